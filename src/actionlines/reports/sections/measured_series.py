"""Parts of the measuring report about series: summary, SDG indicators, method."""

from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING

from actionlines.measurement.series import Series
from actionlines.reports import charts
from actionlines.reports.model import Block, Cell, Figure, KeyFigure, KeyFigures, Paragraph, Section
from actionlines.reports.sections.method import SOFTWARE

if TYPE_CHECKING:
    from actionlines.reports.measuring import Measured

_CHARTED = 20


def summary(draft: "Measured", number: str) -> Section:
    """How many values, economies and series, and of which years."""
    say, items = draft.say, draft.observations
    records = tuple(items)
    counted = {
        "observations": (len(items), records),
        "economies": (len({item.economy for item in items.values()}), records),
        "series": (len({item.series for item in items.values()}), records),
    }
    figures = [
        draft.figure(f"all.{name}", say(f"measured.{name}"), value, name, found)
        for name, (value, found) in counted.items()
    ]
    years = [item.period for item in items.values()]
    first, last = min(years), max(years)
    tiles = KeyFigures(
        tuple(KeyFigure(draft.words.number(figure.value), figure.label, figure.id) for figure in figures)
    )
    code = draft.words.code
    text = Paragraph(say("measured.scope", first=code(first), last=code(last)))
    return Section(
        "summary", say("summary.title"), (tiles, text, Paragraph(say("measured.rule"), "note")), number=number
    )


def sdg(draft: "Measured", number: str) -> Section:
    """Each SDG indicator of ICT: how many economies have a value, the lowest, the median and the highest."""
    say = draft.say
    chosen = [one for one in draft.known if "sdg" in one.lists]
    intro = Paragraph(say("measured.sdg_intro"))
    if not chosen:
        return Section(
            "sdg",
            say("measured.sdg_title"),
            (intro, Paragraph(say("measured.sdg_none"), "note")),
            number=number,
        )
    heads = ("indicator", "series", "economies", "lowest", "median", "highest", "years")
    rows = [_row(draft, one) for one in chosen]
    table = draft.table(
        "table.sdg",
        say("measured.sdg_table"),
        [[draft.head(name) for name in heads], *rows],
        note=say("measured.sdg_note"),
        widths=(1.3, 4.6, 1.4, 1.5, 1.5, 1.5, 1.6),
    )
    counted = sorted(chosen, key=lambda one: -len(draft.by_series[one.code]))[:_CHARTED]
    bars = [
        charts.Bar(
            _name(draft, one),
            len(draft.by_series[one.code]),
            draft.words.number(len(draft.by_series[one.code])),
        )
        for one in counted
    ]
    chart = draft.chart(
        "chart.sdg",
        say("measured.sdg_chart"),
        charts.bars(bars, axis=say("head.economies"), language=draft.words.language),
        alternative=say("measured.sdg_alternative", name=bars[0].label, number=bars[0].value),
        table="table.sdg",
    )
    return Section("sdg", say("measured.sdg_title"), (intro, chart, table), number=number)


def _name(draft: "Measured", one: Series) -> str:
    return f"{draft.words.code(one.indicator)} {one.title.get(draft.words.language)}".strip()


def _row(draft: "Measured", one: Series) -> list[Cell]:
    found = draft.by_series[one.code]
    values = {economy: (float(item.value), name) for economy, (name, item) in found.items()}
    records = [name for _, name in values.values()]
    numbers = [value for value, _ in values.values()]
    title, say = one.title.get(draft.words.language), draft.say

    def kept(what: str, value: float) -> Figure:
        label = say(f"measured.{what}_of", series=title)
        counting = {"economies": "economies"}.get(what, what)
        return draft.figure(f"series.{one.code}.{what}", label, value, counting, records, series=one.code)

    years = sorted({item.period for _, item in found.values()})
    first, last = draft.words.code(years[0]), draft.words.code(years[-1])
    return [
        Cell(one.indicator or "–", head=True, code=True),
        Cell(f"{title} ({one.unit.get(draft.words.language)})"),
        draft.shown(kept("economies", len(found))),
        draft.shown(kept("lowest", min(numbers))),
        draft.shown(kept("median", median(numbers))),
        draft.shown(kept("highest", max(numbers))),
        Cell(first if first == last else say("list.period", first=first, last=last)),
    ]


def method(draft: "Measured", number: str) -> Section:
    """Sources with their vintages, how the index was computed, what was used."""
    say, code = draft.say, draft.words.code
    sources: dict[str, list[str]] = {}
    for item in draft.observations.values():
        sources.setdefault(item.source or say("list.none"), []).append(item.vintage)
    rows = [
        [
            Cell(draft.words.name(source), head=True),
            draft.shown(_of_source(draft, place, source)),
            Cell(code(max(vintages)) if max(vintages) else say("list.none")),
        ]
        for place, (source, vintages) in enumerate(sorted(sources.items()), start=1)
    ]
    heads = [draft.head("source"), draft.head("observations"), draft.head("vintage")]
    table = draft.table("table.sources", say("measured.sources_table"), [heads, *rows], widths=(6, 1.6, 2))
    used = [
        (say("method.software"), code(SOFTWARE)),
        (say("method.date"), draft.words.day(draft.made_on)),
        *(((say("measured.edition"), code(draft.measure.edition)),) if draft.specification else ()),
    ]
    software = draft.table(
        "table.method",
        say("method.data_table"),
        [
            [draft.head("item"), draft.head("value")],
            *([Cell(name, head=True), Cell(value)] for name, value in used),
        ],
        widths=(3, 7),
    )
    return Section("method", say("method.title"), (*_said(draft), table, software), number=number)


def _of_source(draft: "Measured", place: int, source: str) -> Figure:
    records = [
        name for name, item in draft.observations.items() if (item.source or draft.say("list.none")) == source
    ]
    label = draft.say("measured.of_source", source=source)
    return draft.figure(f"source.{place}", label, len(records), "observations", records, source=source)


def _said(draft: "Measured") -> Iterator[Block]:
    yield Paragraph(draft.say("measured.rule"))
    yield Paragraph(draft.say("measured.vintages"))
    yield Paragraph(draft.say("measured.trace"))
    if draft.specification:
        yield Paragraph(draft.say("measured.index_method"))
        for text in (*draft.specification.sources, *draft.specification.errata):
            yield Paragraph(text, "item", "" if draft.words.language == "en" else "en")
