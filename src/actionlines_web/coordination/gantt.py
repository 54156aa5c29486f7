"""The time of a road map as bars: where each begins and ends, as shares of the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actionlines.results.roadmap import DONE, DROPPED, Activity


@dataclass(frozen=True, slots=True)
class Bar:
    """One row's bar: `left`, `width`, `done` and `done_left` in per cent of the whole width; `late` when its time is over and it is not done."""

    row: Activity
    left: str
    width: str
    done: str
    done_left: str
    late: bool


@dataclass(frozen=True, slots=True)
class Gantt:
    """The bars of the dated rows, the years as (label, left), and today's place ('' outside)."""

    bars: Sequence[Bar]
    years: Sequence[tuple[int, str]]
    today: str


def gantt(rows: Sequence[Activity], today: date, *, mirrored: bool = False) -> Gantt | None:
    """The picture of a road map; None where no row has both days. `mirrored`: time runs from right to left."""
    dated = [row for row in rows if row.start and row.end and row.state != DROPPED]
    if not dated:
        return None
    first = min(row.start for row in dated if row.start)
    last = max(row.end for row in dated if row.end)
    whole = (last - first).days + 1

    def share(days: int) -> float:
        return 100 * days / whole

    def placed(left: float, width: float) -> str:
        return f"{100 - left - width if mirrored else left:.2f}"

    bars = []
    for row in dated:
        start, end = row.start or first, row.end or last
        left, width = share((start - first).days), share((end - start).days + 1)
        done = width * (100 if row.state == DONE else row.percent) / 100
        bars.append(
            Bar(
                row,
                placed(left, width),
                f"{width:.2f}",
                f"{done:.2f}",
                placed(left, done),
                row.state != DONE and end < today,
            )
        )
    years = [
        (year, placed(share((date(year, 1, 1) - first).days), 0))
        for year in range(first.year, last.year + 1)
        if date(year, 1, 1) >= first
    ]
    return Gantt(bars, years, placed(share((today - first).days), 0) if first <= today <= last else "")
