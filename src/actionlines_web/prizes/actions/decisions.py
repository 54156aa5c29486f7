"""Decisions about ballots: two officers, a reason, nothing deleted, the voter told, who may appeal."""

from collections.abc import Collection
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from actionlines.prizes.ballots import CAST, INVALIDATE, RESTORE
from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.prizes.actions.sealing import seal_lines
from actionlines_web.prizes.actions.telling import tell_voters
from actionlines_web.prizes.models import Appeal, Ballot, BallotDecision, BallotLine, Edition, Voter
from actionlines_web.prizes.queries.voting import voters_of
from actionlines_web.prizes.rules import ensure, may_run

MOST: Final = 20_000
State, Kind = BallotDecision.State, BallotDecision.Kind


@transaction.atomic
def propose_decision(
    actor: User, edition: Edition, kind: str, lines: Collection[int], reason: str
) -> BallotDecision:
    """Propose that ballots be declared invalid, or count again.

    Args:
        lines: numbers of lines of the log whose choices stand.

    Raises:
        PermissionDenied: the actor decides about no ballots.
        ValueError: the vote is not frozen.
        InputError: no reason is given, or a line is no ballot that this could be decided about.
    """
    ensure(may_run(actor), "only officers decide about ballots")
    if edition.frozen_at is None:
        raise ValueError(f"the vote of {edition.slug} is not frozen")
    wanted = sorted(set(lines))
    problems = (
        []
        if reason.strip()
        else [
            Problem(
                marked("no reason is given."),
                {},
                column="reason",
                expected=marked("a sentence; the voters are told it."),
            )
        ]
    )
    found = _ballots(edition, wanted).filter(valid=kind == Kind.INVALIDATE).count() if wanted else 0
    if not wanted or len(wanted) > MOST or found != len(wanted) or kind not in Kind.values:
        problems.append(
            Problem(
                marked("not every line is a ballot that this can be decided about."),
                {},
                column="lines",
                expected=marked("numbers of lines of the log, separated by spaces."),
            )
        )
    if problems:
        raise InputError(problems)
    made = BallotDecision.objects.create(
        edition=edition, kind=kind, lines=wanted, reason=reason.strip(), proposed_by=actor
    )
    write_record(actor, "propose", made, {"kind": kind, "lines": len(wanted)})
    return made


@transaction.atomic
def make_decision(actor: User, decision: BallotDecision, *, agree: bool) -> BallotDecision:
    """The second officer's word: it is made (logged, the voters told), or dropped.

    The result changes with the next publication.

    Raises:
        PermissionDenied: the actor decides about no ballots, or proposed this.
        ValueError: it was decided before.
    """
    ensure(may_run(actor), "only officers decide about ballots")
    # Officers decide one after the other; a result is not counted meanwhile.
    edition = Edition.objects.select_for_update().get(pk=decision.edition_id)
    locked = BallotDecision.objects.select_for_update().get(pk=decision.pk)
    if locked.state != State.PROPOSED:
        raise ValueError(f"decision {locked.pk} is {locked.state}")
    ensure(not agree or locked.proposed_by_id != actor.pk, "the second officer is another person")
    locked.state = State.MADE if agree else State.DROPPED
    locked.decided_by, locked.decided_at = actor, timezone.now()
    locked.save()
    if agree:
        _carry_out(edition, locked)
    write_record(actor, "decide", locked, {"kind": locked.kind, "state": locked.state})
    return locked


def _carry_out(edition: Edition, decision: BallotDecision) -> None:
    ballots = _ballots(edition, decision.lines)
    tags = list(ballots.values_list("tag", flat=True))
    kind = INVALIDATE if decision.kind == Kind.INVALIDATE else RESTORE
    at = int(timezone.now().timestamp())
    BallotLine.objects.bulk_create(
        [
            BallotLine(
                edition=edition,
                kind=kind,
                voter="",
                category="",
                nominee="",
                at=at,
                about=number,
                receipt="",
                reason=f"decision-{decision.pk}",
            )
            for number in decision.lines
        ],
        batch_size=500,
    )
    ballots.update(valid=decision.kind == Kind.RESTORE)
    seal_lines(edition)
    kind = "prizes-vote-invalid" if decision.kind == Kind.INVALIDATE else "prizes-vote-restored"
    readers = [voter.user for voter in voters_of(edition, tags)]
    tell_voters(edition, readers, kind, {"reason": decision.reason})


def _ballots(edition: Edition, lines: Collection[int]) -> QuerySet[Ballot]:
    rows = BallotLine.objects.filter(edition=edition, number__in=list(lines), kind=CAST)
    return Ballot.objects.filter(edition=edition, line__in=rows.values("pk"))


@transaction.atomic
def appeal(actor: User, decision: BallotDecision, text: str) -> Appeal:
    """Say something against a decision about one's own ballot, once.

    Raises:
        PermissionDenied: it is about nobody's ballot of the actor's.
        InputError: nothing is said.
        ValueError: it was said before.
    """
    decision = BallotDecision.objects.select_related("edition").get(pk=decision.pk)
    voter = Voter.objects.filter(edition=decision.edition, user=actor).first()
    mine = voter is not None and _ballots(decision.edition, decision.lines).filter(voter=voter).exists()
    ensure(
        mine and decision.state == State.MADE and decision.kind == Kind.INVALIDATE, "not the actor's ballot"
    )
    assert voter is not None  # noqa: S101 - said to the type checker
    if not text.strip():
        raise InputError([Problem(marked("nothing is written."), {}, column="text")])
    made, new = Appeal.objects.get_or_create(
        decision=decision, voter=voter, defaults={"text": text.strip()[:5000]}
    )
    if not new:
        raise ValueError("an appeal was made before")
    write_record(actor, "appeal", decision)
    return made
