"""A request for a session on its way into the programme: written, sent, decided, merged, withdrawn, cancelled."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django_tasks import task

from actionlines.alignment import Basis, align
from actionlines.alignment.review import THRESHOLD
from actionlines.problems import InputError, Problem, marked
from actionlines.programme.request import Request, problems_of
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.forum.actions.editions import note_change
from actionlines_web.forum.actions.people import name_speakers, take_speakers_over
from actionlines_web.forum.actions.telling import tell_of_step
from actionlines_web.forum.models import Edition, Organiser, Placement, Session, SessionLink, SessionStep
from actionlines_web.forum.queries.editions import edition_of
from actionlines_web.forum.queries.sessions import as_request
from actionlines_web.forum.rules import ensure, may_keep, may_run, owns
from actionlines_web.jobs.actions import enqueue
from actionlines_web.organisations.queries import organisation_by_name

State = Session.State
# What organisers may still write to.
OPEN: Final = (State.DRAFT, State.SUBMITTED)
_FIELDS: Final = (
    *("title", "description", "language", "kind", "track", "series", "format", "length", "attendance"),
    *("needs", "wishes", "barred", "constraints"),
)


@transaction.atomic
def start_request(actor: Actor, edition: Edition, request: Request) -> Session:
    """A draft of a request.

    Raises:
        PermissionDenied: nobody is signed in.
        InputError: something in it cannot stand.
    """
    ensure(isinstance(actor, User) and actor.is_active, "only people with an account ask for sessions")
    _refuse(problems_of(request, edition_of(edition), complete=False))
    session = _new(actor, edition, request, State.DRAFT)
    write_record(actor, "create", session)
    return session


def import_request(actor: Actor, edition: Edition, request: Request) -> Session:
    """A request of a table that coordinators bring in, in the caller's transaction: received, and nobody is written to."""
    session = _new(actor, edition, request, State.SUBMITTED)
    session.submitted_at = timezone.now()
    session.save(update_fields=["submitted_at"])
    SessionStep.objects.create(
        session=session, action="import", actor=actor if isinstance(actor, User) else None
    )
    return session


def _new(actor: Actor, edition: Edition, request: Request, state: str) -> Session:
    # Two that begin a request at once wait for each other here: the numbers of an edition have no gap and no twin.
    Edition.objects.select_for_update().get(pk=edition.pk)
    last = Session.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
    session = Session(
        edition=edition, number=last + 1, state=state, submitter=actor if isinstance(actor, User) else None
    )
    _write(session, request)
    return session


def _write(session: Session, request: Request) -> None:
    for name in _FIELDS:
        value = getattr(request, name)
        setattr(session, name, list(value) if isinstance(value, tuple) else value)
    session.save()
    _set_organisers(session, request.organisers)
    _declare(session, request)
    name_speakers(session, request.speakers)


def _set_organisers(session: Session, names: Iterable[str]) -> None:
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    session.organisers.exclude(name__in=wanted).delete()
    for position, name in enumerate(wanted):
        Organiser.objects.update_or_create(
            session=session,
            name=name,
            defaults={"position": position, "organisation": organisation_by_name(name)},
        )


def _declare(session: Session, request: Request) -> None:
    """Let the declared links be those of the request; a proposal that is declared is one no longer."""
    wanted = {*(("wsis", line) for line in request.lines), *(("sdg", target) for target in request.targets)}
    known = {(link.framework, link.node): link for link in session.links.all()}
    for key, link in known.items():
        if key in wanted and link.state != SessionLink.State.DECLARED:
            link.state = SessionLink.State.DECLARED
            link.save(update_fields=["state"])
        elif key not in wanted and link.state == SessionLink.State.DECLARED:
            link.delete()
    SessionLink.objects.bulk_create(
        SessionLink(
            session=session,
            framework=framework,
            node=node,
            state=SessionLink.State.DECLARED,
            basis="declared",
        )
        for framework, node in sorted(wanted - set(known))
    )


@transaction.atomic
def save_request(actor: Actor, session: Session, request: Request) -> Session:
    """Keep what the organisers have written; what was sent in stays complete. An accepted session only coordinators change.

    Raises:
        PermissionDenied: it is not the actor's.
        ValueError: it is past changing.
        InputError: something in it cannot stand.
    """
    locked = _locked(session)
    ensure(may_keep(actor, locked), "only its organisers write a request")
    if locked.state not in (*OPEN, *((State.ACCEPTED,) if may_run(actor) else ())):
        raise ValueError(f"session {locked.number} is {locked.state}")
    edition = edition_of(locked.edition)
    _refuse(problems_of(request, edition, complete=locked.state != State.DRAFT))
    said = (locked.title, locked.description, locked.language)
    _write(locked, request)
    if locked.state != State.DRAFT and said != (locked.title, locked.description, locked.language):
        enqueue(actor, align_request, locked, session=locked.pk)
    if locked.state == State.ACCEPTED:
        note_change(locked.edition_id)
    write_record(actor, "edit", locked)
    return locked


@transaction.atomic
def submit_request(actor: Actor, session: Session, *, now: datetime | None = None) -> Session:
    """Send a request in while the edition takes requests; its text is then read for further lines and targets.

    Raises:
        PermissionDenied: it is not the actor's.
        ValueError: it is no draft.
        InputError: something is missing, or no period is open.
    """
    locked = _locked(session)
    ensure(owns(actor, locked), "only its organisers send a request")
    if locked.state != State.DRAFT:
        raise ValueError(f"session {locked.number} is {locked.state}")
    edition = edition_of(locked.edition)
    problems = problems_of(as_request(locked), edition, complete=True)
    kind = edition.kind_by_code.get(locked.kind)
    if kind is not None and not kind.asked and not may_run(actor):
        problems.append(Problem(marked("nobody asks for sessions of this type."), {}, column="kind"))
    if not edition.takes("requests", now or timezone.now()) and not may_run(actor):
        problems.append(
            Problem(
                marked("no request can be sent in now."),
                {},
                expected=marked("a day of a period that takes requests."),
            )
        )
    _refuse(problems)
    locked.state, locked.submitted_at = State.SUBMITTED, now or timezone.now()
    locked.save(update_fields=["state", "submitted_at", "changed_at"])
    enqueue(actor, align_request, locked, session=locked.pk)
    _step(actor, locked, "submit")
    write_record(actor, "submit", locked)
    return locked


@task()
def align_request(session: int) -> None:
    """Propose the lines, goals and targets that the text speaks of and nobody declared; what was refused stays refused."""
    found = Session.objects.filter(pk=session).first()
    if found is None:
        return
    links = align(f"{found.title}. {found.text}", language=found.language)
    wanted = {
        (link.framework, link.node): link
        for link in links
        if link.basis is not Basis.MATRIX
        and link.framework in {"wsis", "sdg"}
        and link.probability >= THRESHOLD
    }
    with transaction.atomic():
        Session.objects.select_for_update().get(pk=session)
        found.links.filter(state=SessionLink.State.PROPOSED).delete()
        known = set(found.links.values_list("framework", "node"))
        SessionLink.objects.bulk_create(
            SessionLink(
                session=found,
                framework=framework,
                node=node,
                state=SessionLink.State.PROPOSED,
                basis=link.basis.value,
                probability=link.probability,
            )
            for (framework, node), link in sorted(wanted.items())
            if (framework, node) not in known
        )


@transaction.atomic
def decide_links(actor: Actor, session: Session, declared: Iterable[str], refused: Iterable[str]) -> None:
    """Take proposals over as the organisers' own, or refuse them; each is written 'wsis C2' or 'sdg 9.c'.

    Raises:
        PermissionDenied: it is not the actor's.
    """
    locked = _locked(session)
    ensure(may_keep(actor, locked), "only its organisers say what a session serves")
    said = {
        **dict.fromkeys(refused, SessionLink.State.REFUSED),
        **dict.fromkeys(declared, SessionLink.State.DECLARED),
    }
    changed = []
    for link in locked.links.filter(state=SessionLink.State.PROPOSED):
        state = said.get(f"{link.framework} {link.node}")
        if state is not None:
            link.state = state
            link.save(update_fields=["state"])
            changed.append(link.node)
    if changed:
        if locked.state == State.ACCEPTED:
            note_change(locked.edition_id)
        write_record(actor, "decide links", locked, {"nodes": changed})


@transaction.atomic
def withdraw_request(actor: Actor, session: Session) -> Session:
    """Take a request back that is not decided; what is accepted is cancelled by coordinators.

    Raises:
        PermissionDenied: it is not the actor's.
        ValueError: it is decided.
    """
    locked = _locked(session)
    ensure(owns(actor, locked), "only its organisers take a request back")
    return _moved(actor, locked, OPEN, State.WITHDRAWN, "withdraw", "")


@transaction.atomic
def decide_request(actor: Actor, session: Session, *, accept: bool, reason: str = "") -> Session:
    """Take a request into the programme, or not; a refusal needs its reason. What was refused may still be accepted.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: it cannot be decided.
        InputError: a refusal without a reason.
    """
    ensure(may_run(actor), "only coordinators decide about requests")
    locked = _locked(session)
    if not accept and not reason.strip():
        expected = marked("a sentence; the organisers read it.")
        raise InputError([Problem(marked("no reason is given."), {}, column="reason", expected=expected)])
    before = (State.SUBMITTED, State.REFUSED) if accept else (State.SUBMITTED,)
    after, verb = (State.ACCEPTED, "accept") if accept else (State.REFUSED, "refuse")
    locked.decided_by = actor if isinstance(actor, User) else None
    locked.decided_at, locked.reason = timezone.now(), reason.strip()
    return _moved(actor, locked, before, after, verb, reason.strip())


@transaction.atomic
def cancel_session(actor: Actor, session: Session, reason: str) -> Session:
    """An accepted session does not take place; the next published version says so.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: it is not in the programme.
        InputError: no reason.
    """
    ensure(may_run(actor), "only coordinators cancel sessions")
    locked = _locked(session)
    if not reason.strip():
        expected = marked("a sentence; the organisers read it.")
        raise InputError([Problem(marked("no reason is given."), {}, column="reason", expected=expected)])
    locked.reason = reason.strip()
    Placement.objects.filter(session=locked).delete()
    return _moved(actor, locked, (State.ACCEPTED,), State.CANCELLED, "cancel", reason.strip())


@transaction.atomic
def merge_requests(actor: Actor, kept: Session, other: Session, reason: str) -> Session:
    """Let one request stand for two: organisers, speakers, lines and targets of the other come to it, and its text follows.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: they are one, of two editions, or not to be decided any more.
        InputError: no reason.
    """
    ensure(may_run(actor), "only coordinators merge requests")
    if kept.pk == other.pk or kept.edition_id != other.edition_id:
        raise ValueError("two requests of one edition are merged")
    if not reason.strip():
        expected = marked("a sentence; the organisers read it.")
        raise InputError([Problem(marked("no reason is given."), {}, column="reason", expected=expected)])
    rows = {
        row.pk: row
        for row in Session.objects.select_for_update().filter(pk__in=(kept.pk, other.pk)).order_by("pk")
    }
    stays, goes = rows[kept.pk], rows[other.pk]
    if {stays.state, goes.state} - {State.SUBMITTED, State.ACCEPTED} or goes.state == State.ACCEPTED:
        raise ValueError(f"sessions {stays.number} and {goes.number} are {stays.state} and {goes.state}")
    names = [item.name for item in (*stays.organisers.all(), *goes.organisers.all())]
    _set_organisers(stays, names)
    known = set(stays.links.values_list("framework", "node"))
    for link in goes.links.exclude(state=SessionLink.State.REFUSED):
        if (link.framework, link.node) not in known:
            link.pk, link.session = None, stays
            link.save(force_insert=True)
    take_speakers_over(stays, goes)
    stays.description = "\n\n".join(
        text for text in (stays.description, goes.title, goes.description) if text
    )
    stays.attendance = max(stays.attendance, goes.attendance)
    stays.save()
    goes.merged_into, goes.reason = stays, reason.strip()
    _moved(actor, goes, (State.SUBMITTED,), State.MERGED, "merge", reason.strip())
    _step(actor, stays, "merged", f"{goes.number} · {reason.strip()}")
    note_change(stays.edition_id)
    write_record(actor, "take over", stays, {"number": goes.number})
    return stays


def _moved(
    actor: Actor, locked: Session, before: Iterable[str], after: str, verb: str, reason: str
) -> Session:
    if locked.state not in before:
        raise ValueError(f"session {locked.number} is {locked.state}")
    locked.state = after
    locked.save()
    note_change(locked.edition_id)
    _step(actor, locked, verb, reason)
    write_record(actor, verb, locked, {"reason": reason} if reason else None)
    return locked


def _step(actor: Actor, session: Session, action: str, reason: str = "") -> None:
    step = SessionStep.objects.create(
        session=session, action=action, reason=reason, actor=actor if isinstance(actor, User) else None
    )
    tell_of_step(session, step)


def _locked(session: Session) -> Session:
    return Session.objects.select_for_update(of=("self",)).select_related("edition").get(pk=session.pk)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise InputError(problems)
