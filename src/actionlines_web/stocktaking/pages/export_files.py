"""One's own files: asking for one, how far it is, downloading it, deleting it."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.stocktaking import actions
from actionlines_web.stocktaking.exports import FORMATS
from actionlines_web.stocktaking.exports.kept import ListedFile, export_by_key, files_of, listed, opened
from actionlines_web.stocktaking.models import ExportFile
from actionlines_web.stocktaking.pages.browse import EXPORTS
from actionlines_web.stocktaking.pages.exports import asked
from actionlines_web.stocktaking.queries.wording import filter_words
from actionlines_web.ui.problems import shown

PHASES = {"writing": _("Writing the entries")}


@login_required
@require_safe
def export_files(request: HttpRequest) -> HttpResponse:
    """The reader's files and where each one stands."""
    return _page(request, [])


@login_required
@require_POST
def order_export(request: HttpRequest) -> HttpResponse:
    """Have a file made of the list whose filter stands in the address."""
    form = request.POST.get("form", "")
    if form not in FORMATS:
        raise Http404
    query, problems = asked(request)
    if problems:
        return _page(request, [shown(problem) for problem in problems], 422)
    try:
        actions.order_export(cast("User", request.user), form, query)
    except InputError as error:
        return _page(request, [shown(problem) for problem in error.problems], 422)
    messages.success(request, gettext("The file is being made. You get a message when it is ready."))
    return redirect("stocktaking:export-files")


@login_required
@require_safe
def export_progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far the making of a file is, for htmx; once it is over, the page is to be read anew."""
    item = listed(_own(request, key))
    response = render(request, "stocktaking/_export_file.html", {"item": _row(item)})
    if item.job is None or not item.job.unfinished:
        response.headers["HX-Refresh"] = "true"
    return response


@login_required
@require_safe
def export_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """The whole file, for its owner; nobody learns that there is one of somebody else's."""
    found = _own(request, key)
    try:
        content = opened(found) if found.made_at else None
    except FileNotFoundError as error:
        raise Http404 from error
    if content is None:
        raise Http404
    response = FileResponse(
        content,
        as_attachment=True,
        filename=listed(found).name,
        content_type=FORMATS[found.form].media_type,
    )
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def delete_export(request: HttpRequest, key: str) -> HttpResponse:
    """Delete a file, or give up one that is being made."""
    try:
        actions.delete_export(cast("User", request.user), key)
    except ExportFile.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, gettext("The file was deleted."))
    return redirect("stocktaking:export-files")


def _own(request: HttpRequest, key: str) -> ExportFile:
    found = export_by_key(cast("User", request.user), key)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, problems: list[dict[str, Any]], status: int = 200) -> HttpResponse:
    files = files_of(cast("User", request.user))
    context = {
        "files": [_row(item) for item in files],
        "unfinished": any(item.job is not None and item.job.unfinished for item in files),
        "kept_days": settings.EXPORT_DAYS,
        "problems": problems,
    }
    return render(request, "stocktaking/export_files.html", context, status=status)


def _row(item: ListedFile) -> dict[str, Any]:
    return {
        "file": item,
        "export": item.export,
        "format": dict(EXPORTS)[item.export.form],
        "chosen": filter_words(item.query),
        "words": PHASES.get(item.job.phase, "") if item.job else "",
        "address": reverse("stocktaking:export-progress", args=[item.export.key]),
        "again": reverse("stocktaking:order-export") + item.query.address(),
    }
