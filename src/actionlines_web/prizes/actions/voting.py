"""Voting. A choice is one row (what stands) and one line of the log, in one transaction; neither is there without the other.

No counter is kept and no row is shared between voters, so that voters never wait for one another. The trail of these
writes is the ballot log: an audit record each would make every vote of the site queue at the end of one chain.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from actionlines.prizes import Rules, accepts
from actionlines.prizes.ballots import CAST, WITHDRAW
from actionlines.prizes.log import receipt_digest
from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import confirmed_addresses
from actionlines_web.audit.requests import is_reading_only
from actionlines_web.prizes.models import Ballot, BallotLine, Edition, Voter
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
    for left in reversed(range(ATTEMPTS)):
        try:
            with transaction.atomic():
                return request.write(clock)
        except IntegrityError:
            if not left:
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

    def write(self, clock: Callable[[], datetime]) -> Cast:
        """Write the choice and its line; IntegrityError when another request of the voter came between."""
        edition = hold(self.edition)
        rules, paper = rules_of(edition), paper_of(edition)
        voter = self._voter(edition, rules)
        tag = tag_of(edition, self.actor, self.category, rules)
        receipt = receipt_for(edition, tag, self.attempt)
        standing = self._standing(edition, tag, rules)
        known = self._known(edition, receipt, standing)
        if known is not None:
            return known
        now = clock()
        answer = accepts(
            rules,
            now=now,
            category=self.category,
            nominee=self.nominee,
            nominees={self.nominee: paper[self.nominee].category} if self.nominee in paper else {},
            verified=self.verified,
            own=own_nominees(edition, self.actor) if not rules.own_project else (),
            standing=list(standing),
        )
        if edition.frozen_at is not None or not answer.accepted:
            raise InputError([answer.reason or Problem(marked("the vote is not open."), {})])
        line = BallotLine.objects.create(
            edition=edition,
            kind=CAST,
            voter=tag,
            category=self.category,
            nominee=self.nominee,
            at=int(now.timestamp()),
            receipt=receipt_digest(receipt),
        )
        self._put(edition, voter, tag, line, standing, rules)
        return Cast(receipt, again=False)

    def _voter(self, edition: Edition, rules: Rules) -> Voter:
        """The person as a voter of the edition, entered with the first vote."""
        found = Voter.objects.filter(edition=edition, user=self.actor)
        if rules.votes > 1:
            # How many of the votes are given can only be counted while no other request of the voter is at it.
            found = found.select_for_update()
        domain = self.actor.email.rpartition("@")[2].lower()[:253]
        return found.first() or Voter.objects.create(edition=edition, user=self.actor, domain=domain)

    def _standing(self, edition: Edition, tag: str, rules: Rules) -> dict[str, Ballot]:
        """The voter's ballots in the category by nominee, locked: who changes one waits for who changes it first."""
        if rules.category(self.category) is None:
            return {}
        found = Ballot.objects.select_for_update().filter(edition=edition, tag=tag, category=self.category)
        return {ballot.nominee: ballot for ballot in found.order_by("pk")}

    def _known(self, edition: Edition, receipt: str, standing: dict[str, Ballot]) -> Cast | None:
        """What was said before to the same choice; None for a new one."""
        same = standing.get(self.nominee)
        if same is not None:
            return Cast(receipt_for(edition, same.tag, same.attempt), again=True)
        sent = BallotLine.objects.filter(edition=edition, receipt=receipt_digest(receipt)).first()
        if sent is None:
            return None
        if (sent.category, sent.nominee) != (self.category, self.nominee):
            raise InputError(
                [
                    Problem(
                        marked("this form was sent before with another choice."),
                        {},
                        expected=marked("the category opened again."),
                    )
                ]
            )
        # It was counted, and changed since: the later word stands, whatever the browser sends again.
        return Cast(receipt, again=True)

    def _put(
        self,
        edition: Edition,
        voter: Voter,
        tag: str,
        line: BallotLine,
        standing: dict[str, Ballot],
        rules: Rules,
    ) -> None:
        if rules.votes == 1 and standing:
            (ballot,) = standing.values()
            ballot.nominee, ballot.line, ballot.attempt = self.nominee, line, self.attempt
            ballot.device, ballot.voter, ballot.valid = self.device, voter, True
            ballot.save(update_fields=["nominee", "line", "attempt", "device", "voter", "valid"])
            return
        Ballot.objects.create(
            edition=edition,
            voter=voter,
            tag=tag,
            category=self.category,
            slot=self.nominee if rules.votes > 1 else "",
            nominee=self.nominee,
            line=line,
            attempt=self.attempt,
            device=self.device,
        )


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
        held = hold(edition)
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
        BallotLine.objects.create(
            edition=held,
            kind=WITHDRAW,
            voter=tag,
            category=category,
            nominee=nominee,
            at=int(now.timestamp()),
        )
        return True


def hold(edition: Edition) -> Edition:
    """What a vote must know of the edition as it stands; its rules and paper are read once a process.

    It is kept from being frozen until the transaction ends; voters do not wait for one another.

    PostgreSQL: a lock that many may share and `freeze_vote` must wait for. SQLite has one writer, who is this one.
    """
    if connection.vendor == "postgresql":
        locked = (
            "SELECT id, slug, key, version, paper, frozen_at FROM prizes_edition WHERE id = %s FOR KEY SHARE"
        )
        return Edition.objects.raw(locked, [edition.pk])[0]
    return Edition.objects.only("slug", "key", "version", "paper", "frozen_at").get(pk=edition.pk)


def device_of(edition: Edition, address: str, browser: str) -> str:
    """A keyed digest that tells devices apart and leads back to none; it is blanked some weeks after the vote."""
    return keyed(edition, "device", address, browser).hex()[:16]
