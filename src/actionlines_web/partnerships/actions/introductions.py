"""Introductions: asked for, answered, moved from stage to stage; pledges and payments."""

from datetime import date
from decimal import Decimal

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.problems import InputError, Problem, marked
from actionlines.results.partnerships import (
    AGREED,
    ASKED,
    DECLINED,
    INTRODUCED,
    NEED,
    OFFER,
    may_follow,
    sums,
)
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.queries import user_by_id
from actionlines_web.audit.actions import write_record
from actionlines_web.organisations.queries import people_of
from actionlines_web.outbox.actions import page_address, queue_message
from actionlines_web.partnerships.actions.proposals import LARGEST
from actionlines_web.partnerships.models import Introduction, Payment, Pledge, Proposal, StageStep
from actionlines_web.partnerships.queries import currencies
from actionlines_web.partnerships.rules import sides_of

_MOST_TEXT = 2_000


@transaction.atomic
def ask_for_introduction(actor: Actor, own: int, other: int, message: str = "") -> Introduction:
    """Ask the organisation of another proposal to get to know the own one; its people are told by mail.

    With the question goes the contact of the own proposal; that of the other comes back when it accepts.

    Raises:
        PermissionDenied: the own proposal is another organisation's.
        InputError: the two do not stand on two sides of one kind, one is not open, or it was asked before.
    """
    mine, theirs = (Proposal.objects.select_related("organisation").get(pk=number) for number in (own, other))
    if not rules.has_perm("partnerships.propose", actor, mine.organisation_id):
        raise PermissionDenied("only for members of the organisation")
    if mine.side == theirs.side or mine.kind != theirs.kind or mine.organisation_id == theirs.organisation_id:
        raise InputError(
            [Problem(marked("a need and an offer of one kind, of two organisations, are introduced."))]
        )
    if {mine.state, theirs.state} != {Proposal.State.PUBLIC}:
        raise InputError([Problem(marked("both must be open."))])
    _check_text(message)
    need, offer = (mine, theirs) if mine.side == NEED else (theirs, mine)
    made, new = Introduction.objects.get_or_create(
        need=need, offer=offer, defaults={"asked_by": mine.side, "message": message.strip()}
    )
    if not new:
        raise InputError([Problem(marked("an introduction was asked for already."))])
    StageStep.objects.create(introduction=made, stage=ASKED)
    _tell(actor, made, theirs, mine, "introduction-asked")
    write_record(actor, "ask for introduction", made)
    return made


def _held(actor: Actor, number: int) -> tuple[Introduction, frozenset[str]]:
    found = (
        Introduction.objects.select_for_update(of=("self",))
        .select_related("need__organisation", "offer__organisation")
        .get(pk=number)
    )
    sides = sides_of(actor, found)
    if not sides:
        raise PermissionDenied("only for the two sides")
    return found, sides


@transaction.atomic
def answer_introduction(actor: Actor, number: int, *, accept: bool) -> Introduction:
    """The side that was asked accepts, and both have each other's contact; or it declines, and none is given.

    Raises:
        InputError: it was answered already.
    """
    found, sides = _held(actor, number)
    if not sides - {found.asked_by}:
        raise PermissionDenied("only for the side that was asked")
    if found.stage != ASKED:
        raise InputError([Problem(marked("it was answered already."))])
    found.stage = INTRODUCED if accept else DECLINED
    found.save()
    StageStep.objects.create(introduction=found, stage=found.stage)
    asked, asking = (found.offer, found.need) if found.asked_by == NEED else (found.need, found.offer)
    if accept:
        _tell(actor, found, asking, asked, "introduction-accepted")
    write_record(actor, "accept introduction" if accept else "decline introduction", found)
    return found


@transaction.atomic
def move_stage(actor: Actor, number: int, stage: str, note: str = "") -> Introduction:
    """Note how far the two sides are: in talks, agreed, ended.

    Raises:
        InputError: the stage cannot follow the one they are in.
    """
    found, _ = _held(actor, number)
    if found.stage == ASKED or not may_follow(found.stage, stage):
        raise InputError(
            [Problem(marked("“%(value)s” cannot follow here."), {"value": stage}, column="stage")]
        )
    _check_text(note)
    before, found.stage = found.stage, stage
    found.save()
    StageStep.objects.create(introduction=found, stage=stage, note=note.strip())
    write_record(actor, "change", found, {"changes": {"stage": [before, stage]}})
    return found


@transaction.atomic
def let_be_counted(actor: Actor, number: int, *, public: bool) -> None:
    """Let the agreement be counted in public figures, or no longer; it is counted where both sides let it."""
    found, sides = _held(actor, number)
    changed = {}
    for side, name in ((NEED, "public_by_need"), (OFFER, "public_by_offer")):
        if side in sides and getattr(found, name) != public:
            changed[name] = [not public, public]
            setattr(found, name, public)
    if changed:
        found.save()
        write_record(actor, "change", found, {"changes": changed})


@transaction.atomic
def add_pledge(
    actor: Actor, number: int, *, day: date, amount: Decimal, currency: str, note: str = ""
) -> Pledge:
    """Note what the offering side pledges, once there is an agreement.

    Raises:
        PermissionDenied: the actor does not act for the offering side.
        InputError: no agreement, or an amount or currency that is none.
    """
    found, sides = _held(actor, number)
    if OFFER not in sides:
        raise PermissionDenied("only for the offering side")
    problems = _faults(amount, note)
    if found.stage != AGREED:
        problems.append(Problem(marked("there is no agreement.")))
    if currency not in currencies():
        expected = marked("a code such as USD.")
        problems.append(Problem(marked("this cannot stand here."), column="currency", expected=expected))
    if problems:
        raise InputError(problems)
    made = Pledge.objects.create(
        introduction=found, day=day, amount=amount, currency=currency, note=note.strip()
    )
    write_record(
        actor, "pledge", found, {"day": day.isoformat(), "amount": str(amount), "currency": currency}
    )
    return made


@transaction.atomic
def add_payment(actor: Actor, pledge: int, *, day: date, amount: Decimal, note: str = "") -> Payment:
    """Note what was paid of a pledge; both sides may.

    Raises:
        InputError: an amount that is none, or more than is left of the pledge.
    """
    kept = Pledge.objects.select_for_update().get(pk=pledge)
    found, _ = _held(actor, kept.introduction_id)
    problems = _faults(amount, note)
    (money,) = sums([(kept.currency, kept.amount, list(kept.payments.values_list("amount", flat=True)))])
    if amount > money.left:
        told = {"left": money.left, "currency": kept.currency}
        expected = marked("at most %(left)s %(currency)s, which is left of the pledge.")
        problems.append(Problem(marked("more than was pledged."), told, column="amount", expected=expected))
    if problems:
        raise InputError(problems)
    made = Payment.objects.create(pledge=kept, day=day, amount=amount, note=note.strip())
    write_record(
        actor, "pay", found, {"day": day.isoformat(), "amount": str(amount), "currency": kept.currency}
    )
    return made


def _faults(amount: Decimal, note: str) -> list[Problem]:
    problems = []
    if not 0 < amount <= LARGEST or amount != amount.quantize(Decimal("0.01")):
        expected = marked("a number above 0 with at most two decimals.")
        problems.append(Problem(marked("this cannot stand here."), column="amount", expected=expected))
    if len(note) > 300:
        expected = marked("at most %(most)d characters.")
        problems.append(
            Problem(marked("this cannot stand here."), {"most": 300}, column="note", expected=expected)
        )
    return problems


def _check_text(text: str) -> None:
    if len(text) > _MOST_TEXT:
        expected = marked("at most %(most)d characters.")
        told = {"most": _MOST_TEXT}
        raise InputError(
            [Problem(marked("this cannot stand here."), told, column="message", expected=expected)]
        )


def _tell(actor: Actor, introduction: Introduction, to: Proposal, about: Proposal, kind: str) -> None:
    """Mail the people of an organisation; no contact stands in the mail, for mail is passed on."""
    for person in sorted(people_of(to.organisation_id)):
        reader = user_by_id(person)
        if reader is not None and reader.is_active:
            address = page_address(reader, "partnerships:introduction", introduction.pk)
            values = {"organisation": about.organisation.name, "title": to.title, "address": address}
            queue_message(actor, reader, kind, values)
