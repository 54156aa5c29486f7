"""Keeping events."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from actionlines.frameworks.areas import region_names
from actionlines.problems import InputError
from actionlines_web.events import actions
from actionlines_web.events.forms import EventAgendaForm, EventFileForm, EventForm, OutcomesForm
from actionlines_web.events.models import Event, EventFile
from actionlines_web.events.pages.browse import event_of, page_of
from actionlines_web.ui.problems import sentence


def beside(form: forms.Form, error: InputError) -> None:
    """Each refusal beside its field, or above the form."""
    for problem in error.problems:
        form.add_error(problem.column if problem.column in form.fields else None, sentence(problem))


def kept_event(request: HttpRequest, slug: str) -> Event:
    """The event, where the reader keeps it."""
    found = event_of(request, slug)
    if not request.user.has_perm("events.keep_events", found.region):
        raise PermissionDenied
    return found


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_event(request: HttpRequest) -> HttpResponse:
    """Enter an event."""
    if not any(request.user.has_perm("events.keep_events", region) for region in ("", *region_names())):
        raise PermissionDenied
    return _saved(request, None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Change an event."""
    return _saved(request, kept_event(request, slug))


def _saved(request: HttpRequest, found: Event | None) -> HttpResponse:
    form = EventForm(_data(request, found), initial=_initial(found) if found else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.save_event(request.user, new=found is None, **form.given())  # type: ignore[arg-type]
        except InputError as error:
            beside(form, error)
        else:
            messages.success(request, gettext("The event was saved."))
            return redirect("events:event", made.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "events/change.html", {"form": form, "event": found}, status=status)


def _data(request: HttpRequest, found: Event | None) -> Any:
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if found:
        data["slug"] = found.slug
    return data


def _initial(found: Event) -> dict[str, Any]:
    names = (
        "slug",
        "kind",
        "zone",
        "region",
        "country",
        "city",
        "online",
        "website",
        "language",
        "description",
    )
    return {
        **{name: getattr(found, name) for name in names},
        **{
            name: getattr(found, name).astimezone(found.tz).replace(tzinfo=None)
            for name in ("starts", "ends")
        },
        **{f"title_{code}": title for code, title in found.titles.items()},
        "serves": found.initiative_keys,
    }


@login_required
@require_POST
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """Announce it, cancel it, or hide it."""
    kept_event(request, slug)
    actor: Any = request.user
    try:
        actions.announce_event(actor, slug, request.POST.get("state", ""))
    except InputError as error:
        raise Http404 from error
    return redirect("events:event", slug)


@login_required
@require_POST
def change_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the agenda."""
    found = kept_event(request, slug)
    form = EventAgendaForm(request.POST)
    actor: Any = request.user
    if form.is_valid():
        try:
            actions.set_agenda(actor, slug, form.cleaned_data["agenda"])
        except InputError as error:
            beside(form, error)
        else:
            return redirect("events:event", slug)
    return render(request, "events/event.html", page_of(request, found, agenda_form=form), status=422)


@login_required
@require_POST
def change_outcomes(request: HttpRequest, slug: str) -> HttpResponse:
    """Write what came of it."""
    found = kept_event(request, slug)
    form = OutcomesForm(request.POST)
    actor: Any = request.user
    if form.is_valid():
        actions.set_outcomes(actor, slug, form.cleaned_data["outcomes"])
        return redirect("events:event", slug)
    return render(request, "events/event.html", page_of(request, found, outcomes_form=form), status=422)


@login_required
@require_POST
def add_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a document, or take one away."""
    found = kept_event(request, slug)
    actor: Any = request.user
    gone = request.POST.get("remove", "")
    if gone:
        try:
            actions.remove_event_file(actor, slug, int(gone) if gone.isdecimal() and len(gone) < 16 else 0)
        except EventFile.DoesNotExist as error:
            raise Http404 from error
        return redirect("events:event", slug)
    form = EventFileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.add_event_file(actor, slug, form.cleaned_data["title"], file.name, file.size, file.read)
        except InputError as error:
            beside(form, error)
        else:
            return redirect("events:event", slug)
    return render(request, "events/event.html", page_of(request, found, file_form=form), status=422)
