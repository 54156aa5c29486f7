"""What stakeholders say about the next Forum, and whom they nominate for its high-level track."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from actionlines.frameworks import area
from actionlines.problems import InputError, Problem, marked
from actionlines.programme.consultation import Answers, problems_of
from actionlines.stocktaking import STAKEHOLDER_TYPES
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.forum.models import Contribution, Edition, Nomination
from actionlines_web.forum.queries.consultation import contribution_answers
from actionlines_web.forum.queries.editions import edition_of
from actionlines_web.forum.rules import ensure, may_run, wrote
from actionlines_web.organisations.queries import member_organisations
from actionlines_web.ui.language import library_language

State = Contribution.State


@transaction.atomic
def save_contribution(
    actor: Actor,
    edition: Edition,
    said: Answers,
    *,
    contribution: Contribution | None = None,
    language: str = "",
) -> Contribution:
    """Keep a contribution as it is written, a new one where none is given.

    Raises:
        PermissionDenied: nobody is signed in, or it is not theirs.
        ValueError: it is sent: others have read it.
        InputError: something in it cannot stand.
    """
    ensure(isinstance(actor, User) and actor.is_active, "only people with an account contribute")
    assert isinstance(actor, User)  # noqa: S101 - said to the type checker
    if contribution is None:
        # The numbers of an edition have no gap and no twin.
        Edition.objects.select_for_update().get(pk=edition.pk)
        last = Contribution.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
        row = Contribution(edition=edition, number=last + 1, author=actor, language=library_language())
    else:
        row = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
        ensure(wrote(actor, row), "only who wrote a contribution changes it")
        if row.state != State.DRAFT:
            raise ValueError(f"contribution {row.number} is {row.state}")
    _refuse(problems_of(said, complete=False))
    row.organisation_name, row.stakeholder_type = said.organisation.strip()[:300], said.stakeholder_type
    row.country, row.region = said.country, _region(said.country)
    row.fields, row.topics = dict(said.answers), dict(said.topics)
    row.language = language if language in LANGUAGES else row.language
    mine = {item.name: item for item in member_organisations(actor)}
    row.organisation = mine.get(row.organisation_name)
    row.save()
    if contribution is None:
        write_record(actor, "create", row)
    else:
        write_record(actor, "edit", row)
    return row


def _region(country: str) -> str:
    return area(country).region(timezone.now().date()) if country else ""


@transaction.atomic
def send_contribution(
    actor: Actor, contribution: Contribution, *, now: datetime | None = None
) -> Contribution:
    """Send a contribution in while the edition takes them; it is public from then on.

    Raises:
        PermissionDenied: it is not the actor's.
        ValueError: it is no draft.
        InputError: something is missing, or no period is open.
    """
    row = (
        Contribution.objects.select_for_update(of=("self",)).select_related("edition").get(pk=contribution.pk)
    )
    ensure(wrote(actor, row), "only who wrote a contribution sends it")
    if row.state != State.DRAFT:
        raise ValueError(f"contribution {row.number} is {row.state}")
    moment = now or timezone.now()
    edition = edition_of(row.edition)
    problems = problems_of(contribution_answers(row), complete=True)
    if not edition.takes("contributions", moment):
        expected = marked("a day of a period that takes contributions.")
        problems.append(Problem(marked("no contribution can be sent in now."), {}, expected=expected))
    _refuse(problems)
    row.state, row.sent_at = State.SENT, moment
    row.period = next(
        period.code
        for period in edition.periods
        if "contributions" in period.takes and edition.bounds(period)[0] <= moment < edition.bounds(period)[1]
    )
    row.save(update_fields=["state", "sent_at", "period"])
    write_record(actor, "submit", row)
    return row


@transaction.atomic
def withdraw_contribution(actor: Actor, contribution: Contribution) -> Contribution:
    """Take a contribution back; it is public no longer.

    Raises:
        PermissionDenied: it is neither the actor's nor does the actor run editions.
        ValueError: it was taken back before.
    """
    row = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
    ensure(may_run(actor) or wrote(actor, row), "only who wrote a contribution takes it back")
    if row.state == State.WITHDRAWN:
        raise ValueError(f"contribution {row.number} is {row.state}")
    row.state = State.WITHDRAWN
    row.save(update_fields=["state"])
    write_record(actor, "withdraw", row)
    return row


@dataclass(frozen=True, slots=True)
class Nominated:
    """Somebody to be nominated."""

    name: str
    email: str
    organisation: str
    stakeholder_type: str
    country: str
    gender: str = ""
    statement: str = ""


@transaction.atomic
def nominate(actor: Actor, edition: Edition, said: Nominated, *, now: datetime | None = None) -> Nomination:
    """Nominate somebody as a facilitator of the high-level track.

    Raises:
        PermissionDenied: nobody is signed in.
        InputError: something is missing, the person is nominated already, or no period takes nominations.
    """
    ensure(isinstance(actor, User) and actor.is_active, "only people with an account nominate")
    problems = [
        Problem(marked("“%(key)s” is missing."), {"key": name}, column=name)
        for name in ("name", "email", "organisation", "country")
        if not getattr(said, name).strip()
    ]
    if said.stakeholder_type not in STAKEHOLDER_TYPES:
        problems.append(
            Problem(marked("“%(key)s” is missing."), {"key": "stakeholder_type"}, column="stakeholder_type")
        )
    if not edition_of(edition).takes("nominations", now or timezone.now()):
        expected = marked("a day of a period that takes nominations.")
        problems.append(Problem(marked("nobody can be nominated now."), {}, expected=expected))
    email = said.email.strip().lower()
    live = Nomination.objects.filter(edition=edition, email=email).exclude(state=Nomination.State.WITHDRAWN)
    if email and live.exists():
        problems.append(Problem(marked("this person is nominated already."), {}, column="email"))
    _refuse(problems)
    made = Nomination.objects.create(
        edition=edition,
        nominator=actor if isinstance(actor, User) else None,
        name=said.name.strip()[:200],
        email=email[:254],
        organisation_name=said.organisation.strip()[:300],
        stakeholder_type=said.stakeholder_type,
        country=said.country,
        region=_region(said.country),
        gender=said.gender,
        statement=said.statement.strip()[:5_000],
    )
    write_record(actor, "nominate", made)
    return made


@transaction.atomic
def choose_facilitators(
    actor: Actor, edition: Edition, chosen: Collection[int], reason: str
) -> Sequence[Nomination]:
    """Choose the facilitators of the high-level track (numbers of nominations); all others are passed over.

    Raises:
        PermissionDenied: the actor runs no editions.
        InputError: nobody is chosen, somebody is not nominated, or no reason is given.
    """
    ensure(may_run(actor), "only coordinators choose facilitators")
    rows = list(
        Nomination.objects.select_for_update(of=("self",))
        .filter(edition=edition)
        .exclude(state=Nomination.State.WITHDRAWN)
    )
    problems = []
    if not chosen or not set(chosen) <= {row.pk for row in rows}:
        problems.append(Problem(marked("choose among those who are nominated."), {}, column="chosen"))
    if not reason.strip():
        expected = marked("a sentence; it is published.")
        problems.append(Problem(marked("no reason is given."), {}, column="reason", expected=expected))
    _refuse(problems)
    for row in rows:
        row.state = Nomination.State.CHOSEN if row.pk in chosen else Nomination.State.PASSED_OVER
        row.reason = reason.strip()[:500]
    Nomination.objects.bulk_update(rows, ["state", "reason"])
    write_record(actor, "choose facilitators", edition, {"number": len(set(chosen))})
    return [row for row in rows if row.pk in chosen]


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise InputError(problems)
