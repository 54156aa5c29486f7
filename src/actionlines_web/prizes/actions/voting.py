"""Voting. A choice is one row (what stands) and one line of the log, in one transaction; neither is there without the other.

No counter is kept and no row is shared between voters, so that voters never wait for one another. The trail of these
writes is the ballot log: an audit record each would make every vote of the site queue at the end of one chain.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from actionlines.prizes import Rules, accepts
from actionlines.prizes.ballots import CAST, WITHDRAW, Answer
from actionlines.prizes.log import receipt_digest
from actionlines.prizes.tally import Nominee
from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import confirmed_addresses
from actionlines_web.audit.requests import is_reading_only
from actionlines_web.prizes.actions.statements import (
    NewBallot,
    NewLine,
    Standing,
    change_ballot,
    enter_voter,
    hold,
    lock_voter,
    standing_ballots,
    write_ballot,
    write_line,
)
from actionlines_web.prizes.models import Ballot, BallotLine, Edition
from actionlines_web.prizes.queries.editions import paper_of, rules_of
from actionlines_web.prizes.queries.voting import keyed, own_nominees, receipt_for, tag_of
from actionlines_web.prizes.rules import ensure

# Two requests of one voter that meet in the database: the one that loses looks again.
ATTEMPTS: Final = 5
_ATTEMPT: Final = re.compile(r"[A-Za-z0-9]{16,32}")


@dataclass(frozen=True, slots=True)
class Cast:
    """An accepted choice: its receipt, and whether it stood already (a double click, a request sent again)."""

    receipt: str
    again: bool


def cast_ballot(
    actor: User,
    edition: Edition,
    category: str,
    nominee: str,
    *,
    attempt: str,
    device: str = "",
    clock: Callable[[], datetime] = timezone.now,
) -> Cast:
    """Choose a nominee in a category.

    Args:
        attempt: what the form carried, new each time it was shown: a form sent twice counts once.
        device: what tells devices apart, see `device_of`.
        clock: the server's; it is read once, when the choice is about to be written.

    Raises:
        PermissionDenied: nobody is signed in, or the request may change nothing.
        InputError: the library's `accepts` refuses the choice, or the form is not one of ours.
    """
    ensure(actor.is_authenticated and actor.is_active and not is_reading_only(), "only people vote")
    if not _ATTEMPT.fullmatch(attempt):
        raise InputError(
            [Problem(marked("the form is not complete."), {}, expected=marked("the form of this site."))]
        )
    verified = bool(confirmed_addresses(actor))
    request = _Request(actor, edition, category, nominee, attempt, device, verified)
    for turn in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return request.write(clock, first=turn == 0)
        except IntegrityError:
            if turn == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


@dataclass(frozen=True, slots=True)
class _Request:
    """One request for one choice."""

    actor: User
    edition: Edition
    category: str
    nominee: str
    attempt: str
    device: str
    verified: bool

    def write(self, clock: Callable[[], datetime], *, first: bool) -> Cast:
        """Write the choice and its line; IntegrityError when another request of the voter came between.

        Nearly every form comes once: `first` goes on as if this one did, and the unique receipt finds out if not.
        """
        edition, voter = hold(self.edition, self.actor)
        rules, paper = rules_of(edition), paper_of(edition)
        voter = self._voter(edition, voter, rules)
        tag = tag_of(edition, self.actor, self.category, rules)
        receipt = receipt_for(edition, tag, self.attempt)
        standing = self._standing(edition, tag, rules)
        same = standing.get(self.nominee)
        if same is not None:
            return Cast(receipt_for(edition, tag, same.attempt), again=True)
        if not first and self._was_sent(edition, receipt):
            return Cast(receipt, again=True)
        now = clock()
        answer = self._answer(edition, rules, paper, now, list(standing))
        if edition.frozen_at is not None or not answer.accepted:
            if self._was_sent(edition, receipt):
                return Cast(receipt, again=True)
            raise InputError([answer.reason or Problem(marked("the vote is not open."), {})])
        line = NewLine(
            edition.pk,
            CAST,
            tag,
            self.category,
            self.nominee,
            int(now.timestamp()),
            receipt_digest(receipt),
        )
        self._put(line, voter, standing, rules)
        return Cast(receipt, again=False)

    def _voter(self, edition: Edition, voter: int | None, rules: Rules) -> int:
        """The person as a voter of the edition, entered with the first vote."""
        if voter is None:
            return enter_voter(edition, self.actor, self.actor.email.rpartition("@")[2].lower()[:253])
        if rules.votes > 1:
            # How many of the votes are given can only be counted while no other request of the voter is at it.
            lock_voter(voter)
        return voter

    def _standing(self, edition: Edition, tag: str, rules: Rules) -> dict[str, Standing]:
        """The voter's ballots in the category by nominee."""
        if rules.category(self.category) is None:
            return {}
        return {ballot.nominee: ballot for ballot in standing_ballots(edition, tag, self.category)}

    def _answer(
        self,
        edition: Edition,
        rules: Rules,
        paper: Mapping[str, Nominee],
        now: datetime,
        standing: Sequence[str],
    ) -> Answer:
        known = paper.get(self.nominee)
        return accepts(
            rules,
            now=now,
            category=self.category,
            nominee=self.nominee,
            nominees={self.nominee: known.category} if known else {},
            verified=self.verified,
            own=own_nominees(edition, self.actor) if not rules.own_project else (),
            standing=standing,
        )

    def _was_sent(self, edition: Edition, receipt: str) -> bool:
        """Whether this very form was counted before; it may have been changed since: then the later word stands."""
        sent = BallotLine.objects.filter(edition=edition, receipt=receipt_digest(receipt)).first()
        if sent is not None and (sent.category, sent.nominee) != (self.category, self.nominee):
            raise InputError(
                [
                    Problem(
                        marked("this form was sent before with another choice."),
                        {},
                        expected=marked("the category opened again."),
                    )
                ]
            )
        return sent is not None

    def _put(self, line: NewLine, voter: int, standing: dict[str, Standing], rules: Rules) -> None:
        ballot = NewBallot(
            edition=line.edition,
            voter=voter,
            tag=line.tag,
            category=line.category,
            slot=line.nominee if rules.votes > 1 else "",
            nominee=line.nominee,
            line=write_line(line),
            attempt=self.attempt,
            device=self.device,
        )
        if rules.votes == 1 and standing:
            (changed,) = standing.values()
            change_ballot(changed, ballot)
        else:
            write_ballot(ballot)


def withdraw_ballot(
    actor: User,
    edition: Edition,
    category: str,
    nominee: str,
    *,
    clock: Callable[[], datetime] = timezone.now,
) -> bool:
    """Take a choice back while the vote is open and the rules let it; False when it does not stand.

    Raises:
        PermissionDenied: nobody is signed in.
        InputError: the vote is over, or the rules let nobody change a vote.
    """
    ensure(actor.is_authenticated and actor.is_active and not is_reading_only(), "only people vote")
    with transaction.atomic():
        held, _ = hold(edition, actor)
        rules = rules_of(held)
        tag = tag_of(held, actor, category, rules)
        ballot = (
            Ballot.objects.select_for_update()
            .filter(edition=held, tag=tag, category=category, nominee=nominee)
            .first()
        )
        if ballot is None:
            return False
        now = clock()
        verdict = accepts(
            rules, now=now, category=category, nominee=nominee, nominees={nominee: category}, verified=True
        )
        if held.frozen_at is not None or not verdict.accepted:
            raise InputError([verdict.reason or Problem(marked("the vote is not open."), {})])
        if not rules.change:
            raise InputError([Problem(marked("the rules of this edition let nobody change a vote."), {})])
        ballot.delete()
        write_line(NewLine(held.pk, WITHDRAW, tag, category, nominee, int(now.timestamp())))
        return True


def device_of(edition: Edition, address: str, browser: str) -> str:
    """A keyed digest that tells devices apart and leads back to none; it is blanked some weeks after the vote."""
    return keyed(edition, "device", address, browser).hex()[:16]
