"""A road map: its rows and updates, its versions, tables in and out."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language_bidi, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.formats.roadmaps import COLUMNS, read_road_map, rows_of
from actionlines.formats.tabular import csv_text
from actionlines.problems import InputError
from actionlines.reports import render as render_report
from actionlines.reports.road_map import build
from actionlines.results.roadmap import Activity, RowChange, difference
from actionlines_web.coordination import actions, queries
from actionlines_web.coordination.forms import (
    LARGEST_FILE,
    FileForm,
    RowForm,
    UpdateForm,
    VisionForm,
)
from actionlines_web.coordination.gantt import gantt
from actionlines_web.coordination.labels import CHANGES, FIELDS, ROW_STATES
from actionlines_web.coordination.models import RoadMap
from actionlines_web.coordination.pages.found import kept_map, line_of, road_map_of, today, told
from actionlines_web.ui.language import library_language

DOCUMENTS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_safe
def road_map(request: HttpRequest, code: str, cycle: str) -> HttpResponse:
    """A road map: how it stands, its time as a picture, its rows."""
    found = road_map_of(request, code, cycle)
    return render(request, "coordination/road_map.html", _map_context(request, found))


def _map_context(request: HttpRequest, found: RoadMap, **more: Any) -> dict[str, Any]:
    rows = queries.activities(found)
    day = today()
    return {
        "road_map": found,
        "line": line_of(found.line),
        "rows": rows,
        "standing": queries.standing(rows, day),
        "gantt": gantt(rows, day, mirrored=get_language_bidi()),
        "versions": list(found.versions.all()),
        "may_keep": request.user.has_perm("coordination.keep_line", found.line),
        "states": ROW_STATES,
        "row_form": RowForm(),
        "file_form": FileForm(),
        "vision_form": VisionForm(initial={"vision": found.vision}),
        **more,
    }


@login_required
@require_POST
def change_vision(request: HttpRequest, code: str, cycle: str) -> HttpResponse:
    """Set the vision."""
    found = kept_map(request, code, cycle)
    form = VisionForm(request.POST)
    if form.is_valid():
        actions.change_vision(request.user, found, form.cleaned_data["vision"])  # type: ignore[arg-type]
    return redirect("coordination:road-map", found.line, found.cycle)


@login_required
@require_POST
def add_row(request: HttpRequest, code: str, cycle: str) -> HttpResponse:
    """Add a row."""
    found = kept_map(request, code, cycle)
    form = RowForm(request.POST)
    if form.is_valid() and found.rows.filter(number=form.cleaned_data["number"]).exists():
        form.add_error("number", gettext("This number is taken."))
    problems: list[dict[str, Any]] = []
    if form.is_valid():
        values = dict(form.cleaned_data)
        try:
            actions.save_row(request.user, found, values.pop("number"), values)  # type: ignore[arg-type]
        except InputError as error:
            problems = told(error)
        else:
            return redirect("coordination:road-map", found.line, found.cycle)
    context = _map_context(request, found, row_form=form, problems=problems)
    return render(request, "coordination/road_map.html", context, status=422)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, code: str, cycle: str, number: str) -> HttpResponse:
    """One row: its updates, and for its keepers forms to change it and to note how it stands."""
    found = kept_map(request, code, cycle)
    kept = found.rows.filter(number=number).first()
    if kept is None:
        raise Http404
    state = queries.activity_of(kept)
    initial = {name: getattr(kept, name) for name in actions.ROW_FIELDS} | {
        "number": number,
        "links": ", ".join(kept.links),
    }
    form, update = (
        RowForm(initial=initial),
        UpdateForm(initial={"state": state.state, "percent": state.percent, "day": today()}),
    )
    problems: list[dict[str, Any]] = []
    if request.method == "POST":
        try:
            done, form, update = _steered(request, found, number, form, update)
        except InputError as error:
            problems, done = told(error), False
        if done:
            return redirect("coordination:road-map", found.line, found.cycle)
    context = {
        "road_map": found,
        "line": line_of(found.line),
        "row": state,
        "form": form,
        "update_form": update,
        "updates": [
            (item, ROW_STATES.get(item.state, item.state)) for item in kept.updates.order_by("-day", "-pk")
        ],
        "problems": problems,
    }
    return render(request, "coordination/row.html", context, status=422 if request.method == "POST" else 200)


def _steered(
    request: HttpRequest, found: RoadMap, number: str, form: RowForm, update: UpdateForm
) -> tuple[bool, RowForm, UpdateForm]:
    """Do what the button asks; whether it was done, and the forms as they are shown again."""
    actor: Any = request.user
    what = request.POST.get("do")
    if what == "remove":
        actions.remove_row(actor, found, number)
        messages.success(request, gettext("The row was taken out; versions that were published keep it."))
        return True, form, update
    if what == "update":
        update = UpdateForm(request.POST)
        if not update.is_valid():
            return False, form, update
        actions.add_update(actor, found, number, **update.cleaned_data)
        return True, form, update
    form = RowForm({**request.POST.dict(), "number": number})
    if not form.is_valid():
        return False, form, update
    actions.save_row(actor, found, number, form.cleaned_data)
    return True, form, update


@login_required
@require_POST
def publish(request: HttpRequest, code: str, cycle: str) -> HttpResponse:
    """Publish the road map as it stands."""
    found = kept_map(request, code, cycle)
    try:
        made = actions.publish_road_map(request.user, found)  # type: ignore[arg-type]
    except InputError:
        messages.error(request, gettext("A road map without a row is not published."))
    else:
        messages.success(request, gettext("Version %(number)s is public.") % {"number": made.number})
    return redirect("coordination:road-map", found.line, found.cycle)


@login_required
@require_POST
def import_rows(request: HttpRequest, code: str, cycle: str) -> HttpResponse:
    """Show what a table would change; change it when that was confirmed (the same file is sent again)."""
    found = kept_map(request, code, cycle)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["file"].size > LARGEST_FILE:
        form.add_error("file", gettext("at most %(most)d MB.") % {"most": LARGEST_FILE // 2**20})
    if not form.is_valid():
        return render(
            request, "coordination/road_map.html", _map_context(request, found, file_form=form), status=422
        )
    file = form.cleaned_data["file"]
    actor: Any = request.user
    try:
        rows = read_road_map(file.read(), file.name)
        sure = request.POST.get("sure") == "1"
        changes = actions.replace_rows(actor, found, rows, today(), dry_run=not sure)
    except InputError as error:
        context = _map_context(request, found, file_form=form, problems=told(error))
        return render(request, "coordination/road_map.html", context, status=422)
    if sure:
        messages.success(request, gettext("The rows are those of the table now."))
        return redirect("coordination:road-map", found.line, found.cycle)
    context = {
        "road_map": found,
        "line": line_of(found.line),
        "changes": _shown_changes(changes),
        "form": FileForm(),
    }
    return render(request, "coordination/import.html", context)


@require_safe
def export(request: HttpRequest, code: str, cycle: str) -> HttpResponseBase:
    """The rows as csv."""
    found = road_map_of(request, code, cycle)
    text = "\ufeff" + csv_text(list(COLUMNS), rows_of(queries.activities(found)))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="road-map-{found.line}-{found.pk}.csv"'
    return answer


@require_safe
def document(request: HttpRequest, code: str, cycle: str, format: str) -> HttpResponseBase:  # noqa: A002
    """The road map as a Word document or a PDF file, its heads in the reader's language."""
    found = road_map_of(request, code, cycle)
    if format not in DOCUMENTS:
        raise Http404
    try:
        content = render_report(
            build(queries.document_of(found), language=library_language(), today=today()), format
        )
    except InputError as error:
        context = _map_context(request, found, document_problems=told(error))
        return render(request, "coordination/road_map.html", context, status=422)
    answer = HttpResponse(content, content_type=DOCUMENTS[format])
    name = f"road-map-{found.line}-{found.pk}-{library_language()}.{format}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def versions(request: HttpRequest, code: str, cycle: str) -> HttpResponse:
    """Two published versions side by side: what was added, removed, changed."""
    found = road_map_of(request, code, cycle)
    known = {version.number: version for version in found.versions.all()}
    if not known:
        raise Http404
    last = max(known)
    older, newer = _number(request, "from", max(1, last - 1)), _number(request, "to", last)
    if older not in known or newer not in known:
        raise Http404
    changes = difference(queries.version_activities(known[older]), queries.version_activities(known[newer]))
    context = {
        "road_map": found,
        "line": line_of(found.line),
        "versions": list(known.values()),
        "older": known[older],
        "newer": known[newer],
        "changes": _shown_changes(changes),
        "vision_changed": known[older].vision != known[newer].vision,
    }
    return render(request, "coordination/versions.html", context)


def _number(request: HttpRequest, name: str, default: int) -> int:
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 7 else default


def _shown_changes(changes: Sequence[RowChange]) -> list[dict[str, Any]]:
    """Each change with its word, and each changed field with its word and both values."""
    return [
        {
            "kind": change.kind,
            "word": CHANGES[change.kind],
            "number": change.number,
            "row": change.after or change.before,
            "fields": [
                (FIELDS[name], _value(change.before, name), _value(change.after, name))
                for name in change.changed
            ],
        }
        for change in changes
    ]


def _value(row_: Activity | None, name: str) -> str:
    value = getattr(row_, name) if row_ else ""
    if name == "state":
        return str(ROW_STATES.get(value, value))
    if name == "links":
        return ", ".join(value)
    return str(value) if value is not None else ""
