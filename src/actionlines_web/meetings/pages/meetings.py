"""Meetings: all, one with its agenda and documents, and keeping them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.problems import InputError
from actionlines_web.meetings import actions, queries
from actionlines_web.meetings.forms import AgendaForm, MeetingForm, StartForm
from actionlines_web.meetings.models import Meeting
from actionlines_web.meetings.pages.found import beside, listed, meeting_of
from actionlines_web.meetings.queries import DocumentQuery
from actionlines_web.organisations.queries import names_of, organisations_of
from actionlines_web.ui.language import library_language


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """All meetings the reader may see, the latest first."""
    found, following = queries.page_of_meetings(request.user, request.GET.get("before", "")[:40])
    context = {"meetings": found, "following": following, "may_run": _runs(request)}
    return render(request, "meetings/meetings.html", context)


@require_safe
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """A meeting: its dates, its agenda, its documents."""
    return render(request, "meetings/meeting.html", page_of(request, meeting_of(request, slug)))


def page_of(request: HttpRequest, found: Meeting, **more: Any) -> dict[str, Any]:
    """What the page of a meeting shows to this reader."""
    params = {**request.GET.dict(), "meeting": found.slug}
    query = DocumentQuery.from_params(params)
    documents, following = queries.page_of_documents(request.user, query)
    mine = names_of(organisations_of(request.user))
    agenda = queries.agenda_of(found)
    language = library_language()
    lines = "\n".join(f"{item.number} {item.title.get(language)}" for item in agenda)
    return {
        "meeting": found,
        "agenda": agenda,
        "query": query,
        "documents": listed(documents),
        "following": following,
        "may_run": _runs(request),
        "open": timezone.localdate() <= found.last_day,
        "start_form": StartForm(organisations=mine) if mine else None,
        "agenda_form": AgendaForm(initial={"language": language, "agenda": lines}),
        **more,
    }


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Make a meeting."""
    if not _runs(request):
        raise PermissionDenied
    return _saved(request, None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a meeting."""
    if not _runs(request):
        raise PermissionDenied
    return _saved(request, meeting_of(request, slug))


def _saved(request: HttpRequest, found: Meeting | None) -> HttpResponse:
    initial: dict[str, Any] = {}
    if found:
        names = ("slug", "series", "kind", "place", "first_day", "last_day", "deadline")
        initial = {name: getattr(found, name) for name in names}
        initial |= {f"title_{code}": title for code, title in found.titles.items()}
    data = {**request.POST.dict(), "slug": found.slug} if found and request.method == "POST" else request.POST
    form = MeetingForm(data or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.save_meeting(request.user, new=found is None, **form.given())  # type: ignore[arg-type]
        except InputError as error:
            beside(form, error)
        else:
            messages.success(request, gettext("The meeting was saved."))
            return redirect("meetings:meeting", made.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/change.html", {"form": form, "meeting": found}, status=status)


@login_required
@require_POST
def change_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the agenda."""
    found = meeting_of(request, slug)
    form = AgendaForm(request.POST)
    actor: Any = request.user
    if form.is_valid():
        try:
            actions.set_agenda(actor, found, form.cleaned_data["language"], form.items())
        except InputError as error:
            beside(form, error)
        else:
            return redirect("meetings:meeting", slug)
    elif not _runs(request):
        raise PermissionDenied
    return render(request, "meetings/meeting.html", page_of(request, found, agenda_form=form), status=422)


@login_required
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Let everybody see the meeting, or take it back."""
    found = meeting_of(request, slug)
    actions.publish_meeting(request.user, found, public=request.POST.get("public") != "0")  # type: ignore[arg-type]
    return redirect("meetings:meeting", slug)


def _runs(request: HttpRequest) -> bool:
    return request.user.has_perm("meetings.run_meetings")
