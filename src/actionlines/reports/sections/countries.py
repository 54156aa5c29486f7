"""Entries by country, under the regions."""

from actionlines.frameworks.areas import region_names
from actionlines.reports import charts
from actionlines.reports.draft import Draft
from actionlines.reports.model import Block, Cell, Chart, Figure, Paragraph, Section
from actionlines.reports.sections.entries import country_name
from actionlines.reports.tally import NONE
from actionlines.text import fold

_CHARTED = 15  # countries; more bars are not read


def countries(draft: Draft, number: str) -> Section:
    """A chart of the countries with most entries and a table of all, by region and name; then those without one."""
    counted = _counted(draft)
    homeless = draft.count("all.no_country", draft.say("cell.no_country"), country=NONE)
    rows = [[Cell(name, head=True), Cell(region), draft.number(figure)] for name, region, figure in counted]
    if homeless.value:
        rows.append([Cell(draft.say("countries.none"), head=True), Cell(""), draft.number(homeless)])
    everything = draft.count("all.entries", draft.say("cell.all"))
    table = draft.table(
        "table.countries",
        draft.say("countries.table"),
        [
            [draft.head("country"), draft.head("region"), draft.head("entries")],
            *rows,
            [draft.head("total"), Cell(""), draft.number(everything)],
        ],
        note=draft.say("countries.note"),
        widths=(5, 4, 1.4),
        total=True,
    )
    blocks: list[Block] = [table]
    if counted:
        most = sorted(counted, key=lambda item: -item[2].value)[:_CHARTED]
        items = [
            charts.Bar(name, int(figure.value), draft.words.number(figure.value)) for name, _, figure in most
        ]
        drawn = _map(draft, counted)
        chart = draft.chart(
            "chart.countries",
            draft.say("countries.chart"),
            charts.bars(items, axis=draft.say("head.entries"), language=draft.words.language),
            alternative=draft.say(
                "breakdown.alternative", name=most[0][0], entries=draft.entries(most[0][2])
            ),
            table="table.countries",
        )
        blocks[:0] = [drawn, Paragraph(draft.say("countries.map_note"), "note"), chart]
    return Section("countries", draft.say("countries.title"), tuple(blocks), number=number)


def _map(draft: Draft, counted: list[tuple[str, str, Figure]]) -> Chart:
    """The world with a bubble for each country; the table gives every number."""
    name, _, most = max(counted, key=lambda item: item[2].value)
    spots = [charts.Spot(figure.id.removeprefix("country."), int(figure.value)) for _, _, figure in counted]
    return draft.chart(
        "chart.map",
        draft.say("countries.map"),
        charts.world_map(spots, language=draft.words.language),
        alternative=draft.say(
            "countries.map_alternative", number=len(counted), name=name, entries=draft.entries(most)
        ),
        table="table.countries",
    )


def _counted(draft: Draft) -> list[tuple[str, str, Figure]]:
    """Name, region and entries of each country, by region and name."""
    language = draft.words.language
    regions = {code: name.get(language) for code, name in region_names().items()}
    found = []
    for code in sorted(draft.tally.values("country", draft.tally.by_id)):
        name = country_name(draft, code)
        figure = draft.count(f"country.{code}", draft.say("cell.country", country=name), country=code)
        # The latest entry says the region: a country changes it at most once in a lifetime.
        latest = next(entry for entry in draft.tally.entries if entry.country == code)
        region = regions.get(draft.tally.region[latest.id], draft.say("head.no_region"))
        found.append((name, region, figure))
    order = [*regions.values()]
    place = {name: number for number, name in enumerate(order)}
    return sorted(found, key=lambda item: (place.get(item[1], len(order)), fold(item[0])))
