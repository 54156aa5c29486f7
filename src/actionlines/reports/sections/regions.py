"""Entries by region and year."""

from collections.abc import Mapping

from actionlines.frameworks.areas import region_names
from actionlines.reports import charts, palette
from actionlines.reports.draft import Draft
from actionlines.reports.model import Block, Cell, Chart, Figure, Section, Table
from actionlines.reports.tally import NONE

_LONGEST_AXIS = 40  # years; a longer span shows only the years that have entries

Cells = Mapping[tuple[str, str], Figure]
Names = Mapping[str, str]


def regions(draft: Draft, number: str) -> Section:
    """Distinct entries by year and region; each entry has one year and one region at most."""
    wanted = draft.filters.region.upper()
    names = {
        code: name.get(draft.words.language) for code, name in region_names().items() if wanted in ("", code)
    }
    if draft.tally.records(region=NONE):
        names[NONE] = draft.say("head.no_region")
    years = _years(draft)
    cells = {(year, region): _cell(draft, year, region, names[region]) for year in years for region in names}
    blocks: list[Block] = [_table(draft, years, names, cells)]
    if any(year != NONE for year in years):
        blocks.insert(0, _chart(draft, [year for year in years if year != NONE], names, cells))
    return Section("by-region", draft.say("breakdown.by_region"), tuple(blocks), number=number)


def _years(draft: Draft) -> list[str]:
    """From the first year to the last, empty ones included where the axis is short; 'none' last if there are such."""
    found = {entry.year for entry in draft.tally.entries if entry.year is not None}
    if found and max(found) - min(found) < _LONGEST_AXIS:
        found = set(range(min(found), max(found) + 1))
    return [*map(str, sorted(found)), *([NONE] if draft.tally.records(year=NONE) else [])]


def _shown(draft: Draft, year: str) -> str:
    return draft.say("head.no_year") if year == NONE else draft.words.code(year)


def _cell(draft: Draft, year: str, region: str, name: str) -> Figure:
    label = draft.say("cell.region_year", region=name, year=_shown(draft, year))
    return draft.count(f"cell.{region}.{year}", label, region=region, year=year)


def _of_year(draft: Draft, year: str) -> Figure:
    return draft.count(f"year.{year}", draft.say("cell.year", year=_shown(draft, year)), year=year)


def _table(draft: Draft, years: list[str], names: Names, cells: Cells) -> Table:
    largest = max((figure.value for figure in cells.values()), default=0)
    rows = [
        [
            Cell(_shown(draft, year), head=True, code=year != NONE),
            *(
                draft.number(cells[year, code], level=palette.level(cells[year, code].value, largest))
                for code in names
            ),
            draft.number(_of_year(draft, year)),
        ]
        for year in years
    ]
    totals = [
        draft.number(draft.count(f"region.{code}", draft.say("cell.region", region=name), region=code))
        for code, name in names.items()
    ]
    everything = draft.number(draft.count("all.entries", draft.say("cell.all")))
    heads = [draft.head("year"), *(Cell(name, head=True) for name in names.values()), draft.head("total")]
    return draft.table(
        "table.region",
        draft.say("breakdown.by_region_table"),
        [heads, *rows, [draft.head("total"), *totals, everything]],
        note=draft.say("breakdown.region_rule"),
        widths=(0.8, *[1.3] * len(names), 0.8),
        kind="heat",
        total=True,
    )


def _chart(draft: Draft, years: list[str], names: Names, cells: Cells) -> Chart:
    rows = [
        {"label": year, "part": region, "value": int(cells[year, region].value)}
        for year in years
        for region in names
    ]
    first = max(years, key=lambda year: _of_year(draft, year).value)
    return draft.chart(
        "chart.region",
        draft.say("breakdown.by_region"),
        charts.columns(rows, axis=draft.say("head.entries"), names=names, language=draft.words.language),
        alternative=draft.say(
            "breakdown.alternative_region",
            year=_shown(draft, first),
            entries=draft.entries(_of_year(draft, first)),
        ),
        table="table.region",
    )
