"""Ballots: whether a choice may be accepted, asked by the site before it writes and by nobody else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from actionlines.prizes.phases import VOTE, phase_of
from actionlines.prizes.rules import Rules
from actionlines.problems import Problem, marked

CAST: Final = "cast"
WITHDRAW: Final = "withdraw"
INVALIDATE: Final = "invalidate"
RESTORE: Final = "restore"
KINDS: Final = (CAST, WITHDRAW, INVALIDATE, RESTORE)


class Ballot(NamedTuple):
    """One line of the ballot log (a tuple: millions are made in one count).

    Attributes:
        number: its place in the log, from 1.
        kind: CAST (a choice, or the change of one), WITHDRAW (the voter takes it back), INVALIDATE or RESTORE (two
            officers, about the line `about`).
        voter: a tag that stands for the voter: in this category, or in all where the rules need it.
        category, nominee: what was chosen ('' for INVALIDATE and RESTORE).
        at: seconds since 1970-01-01T00:00:00Z, by the server's clock.
        about: the number of the line an officer's decision is about, or 0.
    """

    number: int
    kind: str
    voter: str
    category: str
    nominee: str
    at: int
    about: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a choice is accepted, and why not."""

    accepted: bool
    reason: Problem | None = None


def accepts(
    rules: Rules,
    *,
    now: datetime,
    category: str,
    nominee: str,
    nominees: Mapping[str, str],
    verified: bool,
    own: Collection[str] = (),
    standing: Collection[str] = (),
) -> Answer:
    """Whether a voter's choice of `nominee` in `category` may be written at the moment `now`.

    Args:
        rules: of the edition, with the phases as they stand.
        now: the server's clock; the choice counts as of this moment and no other.
        category, nominee: as the request says them.
        nominees: every nominee to its category.
        verified: the voter's address has been confirmed.
        own: nominees of organisations the voter belongs to.
        standing: the voter's choices in this category that stand already.
    """
    phase = phase_of(rules.phases, VOTE)
    refusals = (
        (
            phase is None or not phase.holds(now),
            marked("the vote is not open."),
            marked("a vote between its beginning and its end, by the clock of this site."),
        ),
        (
            not verified,
            marked("your e-mail address is not confirmed."),
            marked("a click on the link in the message sent to you."),
        ),
        (
            rules.category(category) is None,
            marked("“%(category)s” is not a category of this edition."),
            marked("a category of the ballot paper."),
        ),
        (
            nominees.get(nominee) != category,
            marked("“%(nominee)s” is not a nominee of %(category)s."),
            marked("a nominee of the category."),
        ),
        (
            not rules.own_project and nominee in own,
            marked("“%(nominee)s” is a project of your organisation."),
            marked("another project: the rules of this edition say so."),
        ),
        (
            bool(standing) and not rules.change and rules.votes == 1,
            marked("you have voted in %(category)s."),
            marked("one vote: the rules of this edition let nobody change it."),
        ),
        (
            rules.votes > 1 and nominee not in standing and len(standing) >= rules.votes,
            marked("you have given your %(votes)d votes in %(category)s."),
            marked("one of them taken back first."),
        ),
    )
    values = {"category": category, "nominee": nominee, "votes": rules.votes}
    for refused, template, expected in refusals:
        if refused:
            return Answer(False, Problem(template, values, expected=expected))
    return Answer(True)
