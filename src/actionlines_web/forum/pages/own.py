"""A session of one's own: written, sent, its links, its speakers, what it owes."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.alignment import Basis, Link, align
from actionlines.alignment.review import THRESHOLD
from actionlines.problems import InputError
from actionlines.programme.reminders import Owed, owed
from actionlines.programme.request import Request, problems_of
from actionlines_web.accounts.models import User
from actionlines_web.forum import labels
from actionlines_web.forum.actions import duties, people
from actionlines_web.forum.actions import requests as actions
from actionlines_web.forum.forms import show_problems
from actionlines_web.forum.forms.requests import (
    RequestForm,
    SpeakerForms,
    country_choices,
    initial_of,
    speaker_initial,
    speakers_of,
)
from actionlines_web.forum.models import Edition, Person, Session, SessionLink
from actionlines_web.forum.pages.found import (
    METHODS,
    context_of,
    found_edition,
    own_session,
    seen_session,
    told,
)
from actionlines_web.forum.queries.editions import edition_of
from actionlines_web.forum.queries.sessions import (
    appearances_of,
    as_request,
    links_of,
    own_sessions,
    steps_of,
)
from actionlines_web.forum.rules import may_run, owns
from actionlines_web.organisations.queries import member_organisations
from actionlines_web.ui.language import library_language
from actionlines_web.ui.problems import shown


@login_required
@never_cache
@require_safe
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """The reader's sessions in this edition."""
    edition = found_edition(slug)
    context = context_of(
        request,
        edition,
        sessions=own_sessions(cast("User", request.user), edition),
        open=edition_of(edition).takes("requests", timezone.now()),
        closes=edition_of(edition).closes("requests"),
    )
    return render(request, "forum/own.html", context)


@login_required
@require_http_methods(METHODS)
def new_request(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a session."""
    edition = found_edition(slug)
    names = [item.name for item in member_organisations(cast("User", request.user))]
    begin = Request("", language=library_language(), organisers=tuple(names[:1]), attendance=30)
    return _form(request, edition, None, begin)


@login_required
@require_http_methods(METHODS)
def write(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a request; of an accepted session coordinators change it."""
    actor, edition, found = own_session(request, slug, number)
    open_to_all = found.state in {Session.State.DRAFT, Session.State.SUBMITTED}
    if not open_to_all and not (found.state == Session.State.ACCEPTED and may_run(actor)):
        return redirect("forum:request", slug, number)
    return _form(request, edition, found, as_request(found))


def _form(request: HttpRequest, edition: Edition, found: Session | None, begin: Request) -> HttpResponse:
    """The form: saved, sent, or its text read for lines and targets without saving anything."""
    actor = cast("User", request.user)
    data = edition_of(edition)
    posted = request.POST if request.method == "POST" else None
    form = RequestForm(data, posted, initial=initial_of(begin), everything=may_run(actor))
    rows = SpeakerForms(
        posted,
        initial=speaker_initial(begin),
        prefix="speakers",
        form_kwargs={"countries": country_choices()},
    )
    proposals: list[Link] | None = None
    if posted is not None and form.is_valid() and rows.is_valid():
        said = form.request(speakers_of(rows), posted.getlist("add"))
        if "propose" in posted:
            proposals = _proposals(said)
        else:
            try:
                if found is None:
                    found = actions.start_request(actor, edition, said)
                else:
                    found = actions.save_request(actor, found, said)
            except InputError as error:
                show_problems(form, error.problems)
            except ValueError:
                messages.error(request, gettext("This is not possible any more; nothing was changed."))
                return redirect("forum:own", edition.slug)
            else:
                return _saved(request, actor, edition, found)
    context = context_of(request, edition, form=form, rows=rows, session=found, proposals=proposals)
    status = 422 if posted is not None and proposals is None else 200
    return render(request, "forum/write.html", context, status=status)


def _saved(request: HttpRequest, actor: User, edition: Edition, found: Session) -> HttpResponse:
    if "send" in request.POST and found.state == Session.State.DRAFT:
        return _send(request, actor, edition, found)
    messages.success(request, gettext("The request was saved."))
    return redirect("forum:request", edition.slug, found.number)


def _proposals(said: Request) -> list[Link]:
    """What the text speaks of and the organisers do not say, the surest first."""
    known = {*(("wsis", line) for line in said.lines), *(("sdg", target) for target in said.targets)}
    links = align(f"{said.title}. {said.description}", language=said.language)
    found = [
        link
        for link in links
        if link.basis is not Basis.MATRIX
        and link.framework in {"wsis", "sdg"}
        and link.probability >= THRESHOLD
        and (link.framework, link.node) not in known
    ]
    return sorted(found, key=lambda link: (link.framework != "wsis", -link.probability))


def _send(request: HttpRequest, actor: User, edition: Edition, found: Session) -> HttpResponse:
    try:
        actions.submit_request(actor, found)
    except InputError as error:
        return _page(request, actor, edition, found, problems=told(error))
    except ValueError:
        messages.error(request, gettext("It has been sent before."))
    else:
        messages.success(request, gettext("The request was sent."))
    return redirect("forum:request", edition.slug, found.number)


@login_required
@never_cache
@require_safe
def request_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Where a session stands, what happened to it, what its organisers may do now."""
    return _page(request, *seen_session(request, slug, number))


def _page(
    request: HttpRequest,
    actor: User,
    edition: Edition,
    found: Session,
    problems: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    data = edition_of(edition)
    draft = found.state == Session.State.DRAFT
    missing = [] if not draft or problems else problems_of(as_request(found), data, complete=True)
    placement = getattr(found, "placement", None)
    slot = data.slot_by_id.get(placement.slot) if placement else None
    context = context_of(
        request,
        edition,
        session=found,
        organisers=list(found.organisers.all()),
        links=[(link, f"{link.framework} {link.node}") for link in links_of(found)],
        proposed=found.links.filter(state=SessionLink.State.PROPOSED).exists(),
        appearances=appearances_of(found),
        steps=[(labels.STEPS.get(step.action, step.action), step) for step in steps_of(found)],
        kind=data.kind_by_code.get(found.kind),
        track=data.track_by_code.get(found.track),
        needs=[labels.FEATURES[need] for need in found.needs],
        wishes=[data.slot_by_id[slot] for slot in found.wishes if slot in data.slot_by_id],
        barred=[data.slot_by_id[slot] for slot in found.barred if slot in data.slot_by_id],
        slot=slot,
        room=data.room_by_id.get(placement.room) if placement else None,
        duties=_duties(edition, found, slot) if found.state == Session.State.ACCEPTED and slot else [],
        keeps=actor.has_perm("forum.keep_session", found),
        owns=owns(actor, found),
        runs=may_run(actor),
        missing=[shown(problem) for problem in missing],
        problems=problems or [],
    )
    return render(request, "forum/request.html", context, status=422 if problems else 200)


def _duties(edition: Edition, found: Session, slot: Any) -> list[tuple[labels.Label, Owed]]:
    done = {
        name
        for name, at in (
            ("final_description", found.final_at),
            ("panellists", found.panellists_at),
            ("outcomes", found.outcomes_at),
        )
        if at is not None
    }
    data = edition_of(edition)
    today = timezone.now().astimezone(data.clock).date()
    return [(labels.DUTIES[item.duty], item) for item in owed(data, slot.day, today, done, ())]


@login_required
@require_POST
def request_step(request: HttpRequest, slug: str, number: int, step: str) -> HttpResponse:
    """Send it, take it back, answer proposals, invite the speakers, file the description, settle the speakers."""
    actor, edition, found = own_session(request, slug, number)
    try:
        match step:
            case "send":
                return _send(request, actor, edition, found)
            case "withdraw":
                actions.withdraw_request(actor, found)
                messages.success(request, gettext("The request was withdrawn."))
            case "links":
                actions.decide_links(
                    actor, found, request.POST.getlist("take"), request.POST.getlist("refuse")
                )
                messages.success(request, gettext("Your word about the proposals was kept."))
            case "invite":
                number_sent = people.invite_speakers(actor, found)
                said = ngettext(
                    "%(count)d speaker was invited.", "%(count)d speakers were invited.", number_sent
                )
                messages.success(request, said % {"count": number_sent})
            case "description":
                duties.file_description(actor, found, request.POST.get("text", ""))
                messages.success(request, gettext("The final description was filed."))
            case "panellists":
                duties.settle_panellists(actor, found)
                messages.success(request, gettext("The speakers are settled."))
            case "away":
                known = edition_of(edition).slot_by_id
                slots = [slot for slot in request.POST.getlist("slots") if slot in known]
                people.set_away(actor, found, request.POST.get("person", ""), slots)
                messages.success(request, gettext("The absence was noted."))
            case _:
                raise Http404
    except InputError as error:
        return _page(request, actor, edition, found, problems=told(error))
    except Person.DoesNotExist as error:
        raise Http404 from error
    except (ValueError, PermissionDenied):
        messages.error(request, gettext("This is not possible any more; nothing was changed."))
    return redirect("forum:request", slug, number)


@never_cache
@require_http_methods(METHODS)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A speaker answers; the link in the mail is the authority, no account is needed."""
    found = people.read_token(token)
    if found is None or found.session.state != Session.State.ACCEPTED:
        raise Http404
    if request.method == "POST":
        if request.POST.get("answer") not in {"yes", "no"}:
            raise Http404
        people.answer_invitation(token, accept=request.POST["answer"] == "yes")
        messages.success(request, gettext("Thank you: the organisers see your answer."))
        return redirect("forum:invitation", token)
    data = edition_of(found.session.edition)
    placement = getattr(found.session, "placement", None)
    context = {
        "appearance": found,
        "session": found.session,
        "edition": found.session.edition,
        "slot": data.slot_by_id.get(placement.slot) if placement else None,
    }
    return render(request, "forum/invitation.html", context)
