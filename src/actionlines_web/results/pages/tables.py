"""Tables of what was measured: what counts as csv or xlsx, and drafts from a file."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from actionlines.formats.actuals import COLUMNS, read_actuals, rows_of
from actionlines.formats.tabular import read_table, write_table
from actionlines.problems import InputError
from actionlines_web.results.actions.importing import import_actuals
from actionlines_web.results.forms import LARGEST_TABLE, TableForm
from actionlines_web.results.labels import CHANGES
from actionlines_web.results.pages.found import fits, framework_of, sent, told
from actionlines_web.results.queries import chain, reports
from actionlines_web.ui.language import library_language

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHOWN = 200


@require_safe
def export(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """What counts, as a table; drafts never stand in it."""
    found = framework_of(request, code)
    if form not in TYPES:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"actuals.{form}"
        write_table(path, list(COLUMNS), (row for item in reports.exported(found) for row in rows_of([item])))
        content = path.read_bytes()
    answer = HttpResponse(content, content_type=TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.code}-actuals.{form}"'
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_table(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a table would bring; keep it as drafts when that was confirmed (the same file is sent again)."""
    found = framework_of(request, code)
    actor: Any = request.user
    may_keep = actor.has_perm("results.approve")
    if not may_keep and not reports.results_of_member(actor, chain.tree_of(found, found.periods[0])):
        raise PermissionDenied
    form = TableForm(*sent(request))
    context: dict[str, Any] = {"framework": found, "form": form, "columns": COLUMNS}
    if request.method != "POST" or not fits(request, form, LARGEST_TABLE):
        return render(
            request, "results/import.html", context, status=422 if request.method == "POST" else 200
        )
    file = form.cleaned_data["file"]
    sure = request.POST.get("sure") == "1"
    try:
        rows = read_actuals(read_table(file.read(), file.name))
        brought = import_actuals(
            actor, found, rows, file=file.name, language=library_language(), dry_run=not sure
        )
    except InputError as error:
        return render(
            request, "results/import.html", {**context, "problems": told(error)[:SHOWN]}, status=422
        )
    if sure:
        messages.success(request, gettext("The table was kept as drafts: submit them when they are right."))
        return redirect("results:waiting")
    shown = [(CHANGES[item.kind], item) for item in brought[:SHOWN]]
    more = max(0, len(brought) - SHOWN)
    return render(
        request,
        "results/import.html",
        {**context, "brought": shown, "more": more, "checked": True, "form": TableForm()},
    )
