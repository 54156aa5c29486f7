"""The coordinators' desk: what waits, requests with what is like them, decisions, tables of requests."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from actionlines.formats.session_requests import COLUMNS, EXAMPLE
from actionlines.formats.tabular import csv_text
from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.forum.actions import importing
from actionlines_web.forum.actions import requests as actions
from actionlines_web.forum.forms.desk import TableForm
from actionlines_web.forum.models import RequestBatch, Session
from actionlines_web.forum.pages.found import METHODS, context_of, found_edition, run_edition, sees_desk, told
from actionlines_web.forum.queries.editions import edition_of
from actionlines_web.forum.queries.schedule import latest_version
from actionlines_web.forum.queries.sessions import (
    SessionQuery,
    counts_by_state,
    session_by_number,
    session_page,
    similar_sessions,
    visible_sessions,
)
from actionlines_web.ui.language import library_language


@login_required
@never_cache
@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits: requests by state, the schedule, the consultation."""
    edition = found_edition(slug)
    if not sees_desk(request):
        raise PermissionDenied
    runs = request.user.has_perm("forum.run_edition")
    counts = counts_by_state(edition) if runs else {}
    context = context_of(
        request,
        edition,
        runs=runs,
        states=[
            (code, label, counts.get(code, 0)) for code, label in Session.State.choices if counts.get(code)
        ],
        version=latest_version(edition),
    )
    return render(request, "forum/desk.html", context)


@login_required
@never_cache
@require_safe
def requests(request: HttpRequest, slug: str) -> HttpResponse:
    """The requests that were sent in, filtered; a facilitator sees those of the own lines."""
    edition = found_edition(slug)
    if not sees_desk(request):
        raise PermissionDenied
    query = SessionQuery.from_params(request.GET)
    said = request.GET.get("after", "")
    rows = query.apply(visible_sessions(cast("User", request.user), edition))
    page, following = session_page(rows, int(said[:9]) if said.isdecimal() else 0)
    data, language = edition_of(edition), library_language()
    left = request.GET.copy()
    left["after"] = str(following)
    context = context_of(
        request,
        edition,
        sessions=page,
        next_address=f"?{left.urlencode()}" if following else "",
        query=query,
        states=[item for item in Session.State.choices if item[0] != Session.State.DRAFT],
        kinds=[(kind.code, kind.title.get(language)) for kind in data.kinds],
        tracks=[(track.code, track.title.get(language)) for track in data.tracks],
        runs=request.user.has_perm("forum.run_edition"),
    )
    return render(request, "forum/requests.html", context)


@login_required
@never_cache
@require_http_methods(METHODS)
def decide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One request and those like it: accept it, refuse it, merge it, cancel it."""
    actor, edition = run_edition(request, slug)
    found = session_by_number(edition, number)
    if found is None or found.state == Session.State.DRAFT:
        raise Http404
    problems: list[dict[str, Any]] = []
    if request.method == "POST":
        try:
            _decided(request, actor, found)
        except InputError as error:
            problems = told(error)
        except ValueError:
            messages.error(request, gettext("This is not possible any more; nothing was changed."))
            return redirect("forum:decide", slug, number)
        else:
            messages.success(request, gettext("The decision was kept, and the organisers are told."))
            return redirect("forum:decide", slug, number)
    context = context_of(
        request,
        edition,
        session=found,
        similar=similar_sessions(found) if found.state in {"submitted", "accepted"} else [],
        organisers=list(found.organisers.all()),
        problems=problems,
        reason=request.POST.get("reason", ""),
    )
    return render(request, "forum/decide.html", context, status=422 if problems else 200)


def _decided(request: HttpRequest, actor: User, found: Session) -> None:
    reason = request.POST.get("reason", "")
    match request.POST.get("decision", ""):
        case "accept" | "refuse" as said:
            actions.decide_request(actor, found, accept=said == "accept", reason=reason)
        case "cancel":
            actions.cancel_session(actor, found, reason)
        case "merge":
            said_number = request.POST.get("into", "")
            kept = session_by_number(found.edition, int(said_number[:9])) if said_number.isdecimal() else None
            if kept is None:
                raise Http404
            actions.merge_requests(actor, kept, found, reason)
        case _:
            raise Http404


@login_required
@require_http_methods(METHODS)
def imports(request: HttpRequest, slug: str) -> HttpResponse:
    """Upload a table of requests; the tables so far."""
    actor, edition = run_edition(request, slug)
    problems: list[dict[str, Any]] = []
    posted = request.method == "POST"
    form = TableForm(*((request.POST, request.FILES) if posted else ()))
    if posted and getattr(request, "upload_too_large", False):
        messages.error(request, gettext("This file is too large."))
    elif posted and form.is_valid():
        upload = cast("UploadedFile", form.cleaned_data["file"])
        try:
            batch = importing.stage_requests(actor, edition, upload.read(), upload.name or "")
        except InputError as error:
            problems = told(error)
        else:
            return redirect("forum:import", slug, batch.pk)
    batches = RequestBatch.objects.filter(edition=edition).defer("rows", "problems")[:20]
    context = context_of(request, edition, form=form, problems=problems, batches=list(batches))
    return render(request, "forum/imports.html", context, status=422 if posted else 200)


@login_required
@never_cache
@require_http_methods(METHODS)
def import_batch(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a table would bring, and what is wrong in it; take it in or give it up."""
    actor, edition = run_edition(request, slug)
    batch = RequestBatch.objects.filter(edition=edition, pk=number).first()
    if batch is None:
        raise Http404
    if request.method == "POST":
        try:
            if request.POST.get("do") == "apply":
                taken = importing.apply_requests(actor, batch)
                said = ngettext("%(count)d request was taken in.", "%(count)d requests were taken in.", taken)
                messages.success(request, said % {"count": taken})
                return redirect("forum:requests", slug)
            importing.discard_requests(actor, batch)
            messages.success(request, gettext("The table was given up."))
        except ValueError:
            messages.error(request, gettext("This is not possible any more; nothing was changed."))
        return redirect("forum:imports", slug)
    rows = [(row["row"], row["title"], ", ".join(row["organisers"]), row["kind"]) for row in batch.rows]
    context = context_of(request, edition, batch=batch, rows=rows)
    return render(request, "forum/import.html", context)


@require_safe
def import_example(request: HttpRequest, slug: str) -> HttpResponse:
    """A table with every column and one request."""
    found_edition(slug)
    columns = [known[0] for known in COLUMNS.values()]
    text = csv_text(columns, [[EXAMPLE[name] for name in COLUMNS]])
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="requests.csv"'},
    )
