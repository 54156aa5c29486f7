"""The phases of an edition: what is open when. One clock decides, the server's, and one rule: [starts, ends)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from actionlines.problems import Problem, marked

SUBMISSION: Final = "submission"
SCREENING: Final = "screening"
REVIEW: Final = "review"
VOTE: Final = "vote"
SELECTION: Final = "selection"
ANNOUNCEMENT: Final = "announcement"
# In the order in which they follow one another.
KINDS: Final = (SUBMISSION, SCREENING, REVIEW, VOTE, SELECTION, ANNOUNCEMENT)


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of an edition.

    Attributes:
        kind: one of KINDS.
        starts: the first instant that belongs to it, with a time zone.
        ends: the first instant that no longer belongs to it, with a time zone.

    Raises:
        ValueError: an unknown kind, a moment without a time zone, or an end that is not after the start.
    """

    kind: str
    starts: datetime
    ends: datetime

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"“{self.kind}” is not a phase; known: {', '.join(KINDS)}")
        if self.starts.tzinfo is None or self.ends.tzinfo is None:
            raise ValueError(f"{self.kind}: a moment needs its time zone")
        if self.ends <= self.starts:
            raise ValueError(f"{self.kind}: the end {self.ends} is not after the start {self.starts}")

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies in the phase: the very second of the end does not."""
        return self.starts <= moment < self.ends


def phase_at(phases: Iterable[Phase], moment: datetime) -> Phase | None:
    """The phase open at the moment; of two that overlap the one that comes later in the order of KINDS."""
    open_ = [phase for phase in phases if phase.holds(moment)]
    return max(open_, key=lambda phase: KINDS.index(phase.kind), default=None)


def phase_of(phases: Iterable[Phase], kind: str) -> Phase | None:
    """The phase of this kind, or None."""
    return next((phase for phase in phases if phase.kind == kind), None)


def problems_of_phases(phases: Sequence[Phase]) -> list[Problem]:
    """What is wrong with the phases together: one kind twice, or a vote that is not over when the selection begins."""
    problems: list[Problem] = []
    kinds = [phase.kind for phase in phases]
    problems += [
        Problem(marked("The phase “%(kind)s” stands twice."), {"kind": kind}, column="phases")
        for kind in dict.fromkeys(kinds)
        if kinds.count(kind) > 1
    ]
    ordered = sorted(phases, key=lambda phase: KINDS.index(phase.kind))
    for earlier, later in pairwise(ordered):
        # Dates slip in real editions, and the selection of 2017 was planned before the vote had ended: the vote
        # must be over before anybody acts on its result; other phases may overlap.
        if earlier.kind == VOTE and later.starts < earlier.ends:
            problems.append(
                Problem(
                    marked("“%(later)s” begins at %(starts)s, before the vote ends at %(ends)s."),
                    {"later": later.kind, "starts": _said(later.starts), "ends": _said(earlier.ends)},
                    column="phases",
                    expected=marked("a beginning at the end of the vote or after it."),
                )
            )
        elif later.starts < earlier.starts:
            problems.append(
                Problem(
                    marked("“%(later)s” begins at %(starts)s, before “%(earlier)s” does."),
                    {"later": later.kind, "starts": _said(later.starts), "earlier": earlier.kind},
                    column="phases",
                    expected=marked("phases in their order."),
                )
            )
    return problems


def problems_of_move(phase: Phase, moved: Phase, now: datetime) -> list[Problem]:
    """Why `phase` may not become `moved` at the moment `now`; nothing when it may.

    A date that has passed stays as it is: what people did while it stood counts. A new date lies in the future.
    """
    problems: list[Problem] = []
    for name, old, new in (("starts", phase.starts, moved.starts), ("ends", phase.ends, moved.ends)):
        if new == old:
            continue
        if old <= now:
            template, expected = marked("%(old)s has passed."), marked("the date as it was.")
        elif new <= now:
            template, expected = marked("%(new)s lies in the past."), marked("a moment after %(now)s.")
        else:
            continue
        values = {"old": _said(old), "new": _said(new), "now": _said(now)}
        problems.append(Problem(template, values, column=name, expected=expected))
    return problems


def _said(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="minutes")
