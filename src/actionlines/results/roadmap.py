"""The road map of an action line: rows of activities with what they should bring, until when, and how they stand.

The columns are those of the road maps that facilitators have kept since 2009 (activity, expected result, time frame,
resources, partners, links to goals, resolutions and initiatives), and an indicator with baseline and target, which were
planned for them. Rows are compared by their number, which therefore never changes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

PLANNED: Final = "planned"
ONGOING: Final = "ongoing"
DELAYED: Final = "delayed"
DONE: Final = "done"
DROPPED: Final = "dropped"
STATES: Final = (PLANNED, ONGOING, DELAYED, DONE, DROPPED)


@dataclass(frozen=True, slots=True)
class Activity:
    """A row of a road map.

    Attributes:
        number: of the row, such as '2.1'; unique in its road map and kept for good.
        activity, expected: what is done and what should come of it.
        indicator, baseline, target: how it is measured, as words.
        start, end: first and last day, None where not said.
        resources, partners: as words.
        links: codes of goals, targets and lines, of resolutions and initiatives.
        state: one of STATES; percent: how much is done, 0 to 100.
        said_on: the day of the newest update; None where there is none.
    """

    number: str
    activity: str
    expected: str = ""
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    start: date | None = None
    end: date | None = None
    resources: str = ""
    partners: str = ""
    links: tuple[str, ...] = ()
    state: str = PLANNED
    percent: int = 0
    said_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a road map stands on a day.

    Attributes:
        rows: all but the dropped ones.
        states: how many rows stand in each state, dropped ones included.
        percent: mean of the rows' shares, 0 to 100; None without a row. A row that is done counts 100.
        expected: mean of the time that has passed of each dated row, 0 to 100; None where no row has both dates.
        late: numbers of the rows whose last day has passed and that are not done.
    """

    rows: int
    states: dict[str, int]
    percent: float | None
    expected: float | None
    late: tuple[str, ...]


def standing(rows: Iterable[Activity], day: date) -> Standing:
    """How a road map stands on a day; every row weighs the same, for none states its size."""
    known = list(rows)
    kept = [row for row in known if row.state != DROPPED]
    shares = [100 if row.state == DONE else row.percent for row in kept]
    passed = [share for row in kept if (share := _passed(row, day)) is not None]
    states = Counter(row.state for row in known)
    return Standing(
        rows=len(kept),
        states={state: states[state] for state in STATES},
        percent=sum(shares) / len(shares) if shares else None,
        expected=sum(passed) / len(passed) if passed else None,
        late=tuple(row.number for row in kept if row.state != DONE and row.end is not None and row.end < day),
    )


def _passed(row: Activity, day: date) -> float | None:
    if row.start is None or row.end is None:
        return None
    length = (row.end - row.start).days + 1
    return 100 * min(max((day - row.start).days + 1, 0), length) / length


@dataclass(frozen=True, slots=True)
class RowChange:
    """What became of a row between two versions: `kind` 'added', 'removed' or 'changed', and the fields that differ."""

    kind: str
    number: str
    before: Activity | None
    after: Activity | None
    changed: tuple[str, ...] = ()


def difference(before: Sequence[Activity], after: Sequence[Activity]) -> list[RowChange]:
    """What differs between two versions: in the order of the newer one, removed rows last."""
    old = {row.number: row for row in before}
    new = {row.number: row for row in after}
    found = []
    for number, row in new.items():
        was = old.get(number)
        if was is None:
            found.append(RowChange("added", number, None, row))
        elif was != row:
            changed = tuple(
                part.name for part in fields(row) if getattr(row, part.name) != getattr(was, part.name)
            )
            found.append(RowChange("changed", number, was, row, changed))
    found.extend(RowChange("removed", number, row, None) for number, row in old.items() if number not in new)
    return found
