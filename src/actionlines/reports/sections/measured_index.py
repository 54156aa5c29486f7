"""The part of the measuring report about an index: scores and ranks with the intervals that hold them."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Final

from actionlines.measurement.observation import Observation
from actionlines.measurement.series import find_series
from actionlines.reports import charts
from actionlines.reports.model import Block, Cell, Paragraph, Section

if TYPE_CHECKING:
    from actionlines.measurement.specification import Specification
    from actionlines.reports.measuring import Measured

DRAWS: Final = 256
_CHARTED: Final = 30
_PLACES: Final = 6  # beyond what is printed; a number of another machine may differ in its last bits


@dataclass(frozen=True, slots=True)
class Score:
    """An economy in the index: its score, the interval that holds it, and the same of its rank.

    Attributes:
        records: the values that entered.
    """

    economy: str
    score: float
    low: float
    high: float
    rank: int
    best: int
    worst: int
    parts: Mapping[str, float]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The index: economies with a score, the highest first; the names of its parts by code; whether it has intervals."""

    rows: tuple[Score, ...]
    parts: Mapping[str, Mapping[str, str]]
    draws: int

    def of(self, economy: str) -> Score | None:
        """The score of an economy, None where it has none."""
        return next((row for row in self.rows if row.economy == economy), None)


def scores(
    specification: "Specification", values: Mapping[str, Mapping[str, tuple[str, Observation]]]
) -> Scores | None:
    """The index over the newest values; None where no economy has a value of it.

    Args:
        values: series → economy → record id and observation.
    """
    import numpy as np

    from actionlines.measurement.arrangement import series_of
    from actionlines.measurement.cube import Cube
    from actionlines.measurement.index import Index
    from actionlines.measurement.uncertainty import uncertainty

    known = {code: find_series(code) for code in series_of(specification)}
    inputs = {code: values.get(one.code, {}) for code, one in known.items() if one is not None}
    economies = sorted({economy for own in inputs.values() for economy in own})
    if not economies:
        return None
    cells = np.array(
        [
            [float(own[economy][1].value) if economy in own else np.nan for own in inputs.values()]
            for economy in economies
        ]
    )
    result = Index(specification).compute(Cube.of(cells, economies, tuple(inputs), ("",)))
    if not np.isfinite(result.scores()).any():
        return None
    spread = uncertainty(result, draws=DRAWS)
    low, high = spread.score_interval()[:, 0]
    best, worst = spread.rank_interval()[:, 0]
    exact, published, ranks = result.scores()[0], result.published()[0], result.ranks()[0]
    nodes = [node for node in result.tree.nodes if node.parent == specification.code]
    own_parts = {node.code: result.published(node.code)[0] for node in nodes}
    place = {unit: at for at, unit in enumerate(result.source.units)}
    shown = _PLACES if specification.rounding is None else specification.rounding
    rows = [
        Score(
            unit,
            round(float(published[at]), _PLACES),
            round(float(low[place[unit]]), shown),
            round(float(high[place[unit]]), shown),
            *(int(ranks[at]), int(best[place[unit]]), int(worst[place[unit]])),
            {code: round(float(own_parts[code][at]), _PLACES) for code in own_parts},
            tuple(sorted(own[unit][0] for own in inputs.values() if unit in own)),
        )
        for at, unit in enumerate(result.cube.units)
        if isfinite(float(exact[at]))
    ]
    titles = {
        node.code: {code: node.title.get(code) for code in ("ar", "en", "es", "fr", "ru", "zh")}
        for node in nodes
    }
    return Scores(tuple(sorted(rows, key=lambda row: (row.rank, row.economy))), titles, spread.draws)


def index(draft: "Measured", number: str) -> Section:
    """The scores with their intervals, as a picture and as a table."""
    specification, found = draft.specification, draft.index
    title = draft.say("measured.index_title")
    if specification is None or found is None or not found.rows:
        return Section("index", title, (Paragraph(draft.say("measured.index_none"), "note"),), number=number)
    named = specification.tree.by_code[specification.code].title.get(draft.words.language)
    intro = Paragraph(
        draft.say(
            "measured.index_intro",
            name=named,
            edition=draft.words.code(specification.edition or draft.measure.edition),
        )
    )
    rule = Paragraph(draft.say("measured.interval_rule", draws=found.draws), "note")
    blocks: list[Block] = [intro, rule, _chart(draft, found, named), _table(draft, found, named)]
    return Section("index", title, tuple(blocks), number=number)


def _table(draft: "Measured", found: Scores, named: str) -> Block:
    heads = [
        *(draft.head(name) for name in ("rank", "economy", "score", "score_interval", "rank_interval")),
        *(Cell(titles[draft.words.language], head=True) for titles in found.parts.values()),
    ]
    rows = [_row(draft, row, tuple(found.parts)) for row in found.rows]
    return draft.table(
        "table.index",
        draft.say("measured.index_table", name=named),
        [heads, *rows],
        note=draft.say("measured.interval_note"),
        widths=(0.9, 3.4, 1.2, 2.1, 1.7, *[1.4] * len(found.parts)),
    )


def _row(draft: "Measured", row: Score, parts: tuple[str, ...]) -> list[Cell]:
    name = draft.economy(row.economy)

    def kept(what: str, value: float, part: str = "") -> Cell:
        label = draft.say("measured.index_label", what=draft.say(f"head.{what}"), economy=name)
        identifier = ".".join(filter(None, ("index", row.economy, what, part)))
        figure = draft.figure(
            identifier,
            f"{label} {part}".rstrip(),
            value,
            what,
            row.records,
            economy=row.economy,
            element=part,
        )
        return draft.shown(figure)

    low, high = kept("score_low", row.low), kept("score_high", row.high)
    best, worst = kept("rank_best", row.best), kept("rank_worst", row.worst)
    return [
        kept("rank", row.rank),
        Cell(draft.words.name(name), head=True),
        kept("score", row.score),
        Cell(draft.say("list.period", first=low.text, last=high.text)),
        Cell(draft.say("list.period", first=best.text, last=worst.text)),
        *(kept("part", row.parts[code], code) for code in parts),
    ]


def _chart(draft: "Measured", found: Scores, named: str) -> Block:
    shown = [
        charts.Interval(
            draft.economy(row.economy), row.score, row.low, row.high, draft.words.number(row.score)
        )
        for row in found.rows[:_CHARTED]
    ]
    first = shown[0]
    return draft.chart(
        "chart.index",
        draft.say("measured.index_chart", name=named, number=len(shown)),
        charts.intervals(shown, axis=draft.say("head.score"), language=draft.words.language),
        alternative=draft.say("measured.index_alternative", name=first.label, score=first.shown),
        table="table.index",
    )
