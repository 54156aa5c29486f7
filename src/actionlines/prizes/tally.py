"""The tally: from the ballot log to votes, places and champions. The site and `actionlines tally` call this."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Final

from actionlines.prizes.ballots import CAST, INVALIDATE, RESTORE, WITHDRAW, Ballot
from actionlines.prizes.phases import VOTE, phase_of
from actionlines.prizes.rules import ALL_CATEGORIES, EARLIER_SUBMISSION, REVIEW_SCORE, Rules


@dataclass(frozen=True, slots=True)
class Nominee:
    """A project on the ballot paper.

    Attributes:
        id, category: its number and where it stands.
        title, organisation: as shown.
        score: of the expert review, or None.
        submitted_at: seconds since 1970 (UTC), or None.
    """

    id: str
    category: str
    title: str = ""
    organisation: str = ""
    score: float | None = None
    submitted_at: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a nominee came out: valid votes, place (equal votes share one), and whether it is a champion."""

    nominee: str
    votes: int
    place: int
    champion: bool


@dataclass(frozen=True, slots=True)
class CategoryResult:
    """The nominees of a category, the most votes first; `tied` says that equal votes met at the last champion's place."""

    category: str
    standings: tuple[Standing, ...]
    tied: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """The result of a vote.

    Attributes:
        categories: in the order of the rules, those with nominees.
        lines: lines of the log.
        voters: tags with a choice that stood at the end.
        counted: choices counted.
        void: choices of voters who did not fill every category, where the rules ask for it.
        invalid: choices two officers declared invalid.
        outside: choices written outside the phase of the vote (0 in every log the site writes).
    """

    categories: tuple[CategoryResult, ...]
    lines: int
    voters: int
    counted: int
    void: int
    invalid: int
    outside: int


# (voter, category, nominee), or for one vote a category (voter, category, '')
_Slot = tuple[str, str, str]
# (number of the line, nominee)
_Choice = tuple[int, str]

_EVER: Final = (-(1 << 62), 1 << 62)


def tally(ballots: Iterable[Ballot], rules: Rules, nominees: Iterable[Nominee]) -> Tally:
    """Count the log of an edition.

    The last choice of a voter in a category stands (with several votes, the last word on each nominee); choices
    declared invalid and not restored do not count; in the mode of all categories a voter's choices count only
    when every category with nominees has a valid one.

    Args:
        ballots: the log, in its order.
        rules: of the edition; without phases every line counts as written in time.
        nominees: the ballot paper; a choice of anything else is not counted (`outside`).
    """
    paper = {nominee.id: nominee for nominee in nominees}
    standing, invalid, lines, outside = _standing(ballots, rules, paper)
    valid = {slot: choice for slot, choice in standing.items() if choice[0] not in invalid}
    counted = _complete(valid, rules, paper) if rules.ballot == ALL_CATEGORIES else valid
    votes = Counter(nominee for _, nominee in counted.values())
    return Tally(
        categories=results(rules, paper.values(), votes),
        lines=lines,
        voters=len({voter for voter, _, _ in standing}),
        counted=len(counted),
        void=len(valid) - len(counted),
        invalid=len(standing) - len(valid),
        outside=outside,
    )


def _standing(
    ballots: Iterable[Ballot], rules: Rules, paper: Mapping[str, Nominee]
) -> tuple[dict[_Slot, _Choice], set[int], int, int]:
    """The choices that stand at the end, the lines declared invalid, and how many lines there are and lie outside."""
    phase = phase_of(rules.phases, VOTE)
    first, last = (_seconds(phase.starts), _seconds(phase.ends)) if phase else _EVER
    several = rules.votes > 1
    categories = {nominee.id: nominee.category for nominee in paper.values()}
    standing: dict[_Slot, _Choice] = {}
    invalid: set[int] = set()
    lines = outside = 0
    for number, kind, voter, category, nominee, at, about in ballots:
        lines += 1
        slot = (voter, category, nominee if several else "")
        if kind == CAST:
            if categories.get(nominee) != category or not first <= at < last:
                outside += 1
            else:
                standing[slot] = (number, nominee)
        elif kind == WITHDRAW:
            standing.pop(slot, None)
        elif kind == INVALIDATE:
            invalid.add(about)
        elif kind == RESTORE:
            invalid.discard(about)
    return standing, invalid, lines, outside


def _complete(
    valid: Mapping[_Slot, _Choice], rules: Rules, paper: Mapping[str, Nominee]
) -> dict[_Slot, _Choice]:
    """The choices of voters who filled every category that has a nominee."""
    with_nominees = {nominee.category for nominee in paper.values()}
    asked = sum(category.code in with_nominees for category in rules.categories)
    filled: defaultdict[str, set[str]] = defaultdict(set)
    for voter, category, _ in valid:
        filled[voter].add(category)
    return {slot: choice for slot, choice in valid.items() if len(filled[slot[0]]) == asked}


def results(
    rules: Rules, nominees: Iterable[Nominee], votes: Mapping[str, int]
) -> tuple[CategoryResult, ...]:
    """Places and champions of every category that has nominees, in the order of the rules.

    Args:
        votes: nominee to the number of its valid votes; who is not there has none.
    """
    paper = list(nominees)
    return tuple(
        _result(category.code, found, rules, votes)
        for category in rules.categories
        if (found := [nominee for nominee in paper if nominee.category == category.code])
    )


def _result(category: str, nominees: list[Nominee], rules: Rules, votes: Mapping[str, int]) -> CategoryResult:
    def rank(nominee: Nominee) -> tuple[float, ...]:
        return -votes.get(nominee.id, 0), *_tie_rank(nominee, rules.tie_break)

    ordered = sorted(nominees, key=lambda nominee: (rank(nominee), nominee.id))
    standings: list[Standing] = []
    # Nobody becomes a champion without a vote.
    for _, group in groupby(ordered, key=rank):
        place = len(standings) + 1
        standings += [
            Standing(
                nominee.id,
                count := votes.get(nominee.id, 0),
                place,
                champion=place <= rules.champions and count > 0,
            )
            for nominee in group
        ]
    cut = rules.champions
    tied = (
        0 < cut < len(standings)
        and standings[cut - 1].votes == standings[cut].votes
        and standings[cut].votes > 0
    )
    return CategoryResult(category, tuple(standings), tied)


def _tie_rank(nominee: Nominee, tie_break: str) -> tuple[float, ...]:
    """What orders nominees with equal votes: the smaller comes first; () for nothing does."""
    if tie_break == REVIEW_SCORE:
        return (-(nominee.score if nominee.score is not None else float("-inf")),)
    if tie_break == EARLIER_SUBMISSION:
        return (float(nominee.submitted_at if nominee.submitted_at is not None else _EVER[1]),)
    return ()


def _seconds(moment: datetime) -> int:
    """The first whole second that is not before the moment."""
    return math.ceil(moment.astimezone(UTC).timestamp())
