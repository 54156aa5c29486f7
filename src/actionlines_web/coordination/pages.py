"""Pages of coordination: lines and who leads them, road maps, asks and answers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language_bidi, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.formats.roadmaps import COLUMNS, rows_of
from actionlines.formats.tabular import csv_text
from actionlines.frameworks import Node, catalogue
from actionlines.problems import InputError
from actionlines.results.followup import Ask, AskSet, ask_sets
from actionlines.results.roadmap import Activity, RowChange, difference
from actionlines_web.coordination import actions, queries
from actionlines_web.coordination.forms import (
    AnswerForm,
    AppointmentForm,
    DayForm,
    FileForm,
    RoadMapForm,
    RowForm,
    UpdateForm,
    VisionForm,
)
from actionlines_web.coordination.gantt import gantt
from actionlines_web.coordination.labels import ANSWER_STATES, CHANGES, FIELDS, ROW_STATES
from actionlines_web.coordination.models import RoadMap
from actionlines_web.coordination.rules import sees
from actionlines_web.organisations.queries import (
    names_of,
    organisations_of,
)
from actionlines_web.stocktaking.queries import EntryQuery, link_counts, links_to_node
from actionlines_web.ui.language import library_language
from actionlines_web.ui.problems import shown

LARGEST_FILE = 5 * 1024 * 1024


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """Every line with who leads it on a day (today), how its road map stands and how many entries it has."""
    form = DayForm(request.GET or None)
    on = (form.cleaned_data["on"] if form.is_bound and form.is_valid() else None) or _today()
    roles = queries.roles_of(on=on)
    known = queries.lines()
    counts = link_counts("wsis", [node.code for node in known], EntryQuery())
    maps: dict[str, RoadMap] = {}
    for road_map in queries.road_maps_for(request.user):
        maps.setdefault(road_map.line, road_map)
    rows = [
        {
            "line": node,
            "roles": [role for role in roles if role.line == node.code],
            "road_map": maps.get(node.code),
            "standing": queries.standing_of(maps[node.code], _today()) if node.code in maps else None,
            "entries": counts.get(node.code, 0),
        }
        for node in known
    ]
    context = {"rows": rows, "form": form if form.is_bound else DayForm(initial={"on": on}), "on": on}
    return render(request, "coordination/lines.html", context)


@require_safe
def line(request: HttpRequest, code: str) -> HttpResponse:
    """One line: its team on a day, the history of its roles, road maps, asks, entries."""
    return render(request, "coordination/line.html", _line_context(request, _line(code)))


def _line_context(request: HttpRequest, node: Node, **more: Any) -> dict[str, Any]:
    form = DayForm(request.GET or None)
    on = (form.cleaned_data["on"] if form.is_bound and form.is_valid() else None) or _today()
    roles = queries.roles_of(node.code)
    may_appoint = request.user.has_perm("coordination.appoint")
    return {
        "line": node,
        "on": on,
        "form": form if form.is_bound else DayForm(initial={"on": on}),
        "team": [role for role in roles if role.holds_on(on)],
        "roles": roles,
        "own": queries.appointments(node.code) if may_appoint else [],
        "road_maps": queries.road_maps_for(request.user, node.code),
        "asks": queries.asks_of_line(node.code),
        "entries": links_to_node("wsis", node.code, EntryQuery()),
        "entry_count": link_counts("wsis", [node.code], EntryQuery()).get(node.code, 0),
        "may_appoint": may_appoint,
        "may_keep": request.user.has_perm("coordination.keep_line", node.code),
        "appointment_form": AppointmentForm(),
        "road_map_form": RoadMapForm(),
        **more,
    }


@login_required
@require_POST
def appoint(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a role."""
    node = _line(code)
    if not request.user.has_perm("coordination.appoint"):
        raise PermissionDenied
    form = AppointmentForm(request.POST)
    problems: list[dict[str, Any]] = []
    if form.is_valid():
        try:
            actions.appoint(request.user, line=node.code, **form.cleaned_data)  # type: ignore[arg-type]
        except InputError as error:
            problems = _told(error)
        else:
            messages.success(request, gettext("The role was entered."))
            return redirect("coordination:line", node.code)
    context = _line_context(request, node, appointment_form=form, problems=problems)
    return render(request, "coordination/line.html", context, status=422)


@login_required
@require_POST
def end_role(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Let a role end."""
    node = _line(code)
    if not request.user.has_perm("coordination.appoint"):
        raise PermissionDenied
    found = queries.appointments(node.code).filter(pk=number).first()
    if found is None:
        raise Http404
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
        actions.end_appointment(request.user, number, day)  # type: ignore[arg-type]
    except ValueError:
        messages.error(request, gettext("Choose the last day of the role; nothing was changed."))
    except InputError as error:
        messages.error(request, gettext("Nothing was changed: the role would end before it starts."))
        del error
    else:
        messages.success(request, gettext("The role ends on this day; the history keeps it."))
    return redirect("coordination:line", node.code)


@login_required
@require_POST
def new_road_map(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a road map."""
    node = _line(code)
    if not request.user.has_perm("coordination.keep_line", node.code):
        raise PermissionDenied
    form = RoadMapForm(request.POST)
    problems: list[dict[str, Any]] = []
    if form.is_valid():
        try:
            made = actions.create_road_map(
                request.user,  # type: ignore[arg-type]
                line=node.code,
                language=library_language(),
                **form.cleaned_data,
            )
        except InputError as error:
            problems = _told(error)
        else:
            return redirect("coordination:road-map", node.code, made.cycle)
    context = _line_context(request, node, road_map_form=form, problems=problems)
    return render(request, "coordination/line.html", context, status=422)


@require_safe
def road_map(request: HttpRequest, code: str, cycle: str) -> HttpResponse:
    """A road map: how it stands, its time as a picture, its rows."""
    found = _road_map(request, code, cycle)
    return render(request, "coordination/road_map.html", _map_context(request, found))


def _map_context(request: HttpRequest, found: RoadMap, **more: Any) -> dict[str, Any]:
    rows = queries.activities(found)
    today = _today()
    return {
        "road_map": found,
        "line": _line(found.line),
        "rows": rows,
        "standing": queries.standing(rows, today),
        "gantt": gantt(rows, today, mirrored=get_language_bidi()),
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
    found = _kept_map(request, code, cycle)
    form = VisionForm(request.POST)
    if form.is_valid():
        actions.change_vision(request.user, found, form.cleaned_data["vision"])  # type: ignore[arg-type]
    return redirect("coordination:road-map", found.line, found.cycle)


@login_required
@require_POST
def add_row(request: HttpRequest, code: str, cycle: str) -> HttpResponse:
    """Add a row."""
    found = _kept_map(request, code, cycle)
    form = RowForm(request.POST)
    if form.is_valid() and found.rows.filter(number=form.cleaned_data["number"]).exists():
        form.add_error("number", gettext("This number is taken."))
    problems: list[dict[str, Any]] = []
    if form.is_valid():
        values = dict(form.cleaned_data)
        try:
            actions.save_row(request.user, found, values.pop("number"), values)  # type: ignore[arg-type]
        except InputError as error:
            problems = _told(error)
        else:
            return redirect("coordination:road-map", found.line, found.cycle)
    context = _map_context(request, found, row_form=form, problems=problems)
    return render(request, "coordination/road_map.html", context, status=422)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, code: str, cycle: str, number: str) -> HttpResponse:
    """One row: its updates, and for its keepers forms to change it and to note how it stands."""
    found = _kept_map(request, code, cycle)
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
        UpdateForm(initial={"state": state.state, "percent": state.percent, "day": _today()}),
    )
    problems: list[dict[str, Any]] = []
    if request.method == "POST":
        try:
            done, form, update = _steered(request, found, number, form, update)
        except InputError as error:
            problems, done = _told(error), False
        if done:
            return redirect("coordination:road-map", found.line, found.cycle)
    context = {
        "road_map": found,
        "line": _line(found.line),
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
    found = _kept_map(request, code, cycle)
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
    found = _kept_map(request, code, cycle)
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
        rows = actions.read_road_map(file.read(), file.name)
        sure = request.POST.get("sure") == "1"
        changes = actions.replace_rows(actor, found, rows, _today(), dry_run=not sure)
    except InputError as error:
        context = _map_context(request, found, file_form=form, problems=_told(error))
        return render(request, "coordination/road_map.html", context, status=422)
    if sure:
        messages.success(request, gettext("The rows are those of the table now."))
        return redirect("coordination:road-map", found.line, found.cycle)
    context = {
        "road_map": found,
        "line": _line(found.line),
        "changes": _shown_changes(changes),
        "form": FileForm(),
    }
    return render(request, "coordination/import.html", context)


@require_safe
def export(request: HttpRequest, code: str, cycle: str) -> HttpResponseBase:
    """The rows as csv."""
    found = _road_map(request, code, cycle)
    text = "\ufeff" + csv_text(list(COLUMNS), rows_of(queries.activities(found)))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="road-map-{found.line}-{found.pk}.csv"'
    return answer


@require_safe
def versions(request: HttpRequest, code: str, cycle: str) -> HttpResponse:
    """Two published versions side by side: what was added, removed, changed."""
    found = _road_map(request, code, cycle)
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
        "line": _line(found.line),
        "versions": list(known.values()),
        "older": known[older],
        "newer": known[newer],
        "changes": _shown_changes(changes),
        "vision_changed": known[older].vision != known[newer].vision,
    }
    return render(request, "coordination/versions.html", context)


@require_safe
def follow_up(request: HttpRequest) -> HttpResponse:
    """The sets of asks, and for a member what its organisations have not answered."""
    mine = names_of(organisations_of(request.user))
    context = {
        "sets": [(item, queries.asked(request.user, item)) for item in queries.sets()],
        "mine": [(name, queries.open_asks(number)) for number, name in mine],
    }
    return render(request, "coordination/follow_up.html", context)


@require_safe
def ask_set(request: HttpRequest, code: str) -> HttpResponse:
    """One set: each paragraph with what came of it."""
    found = _set(code)
    context = {"set": found, "asked": queries.asked(request.user, found), "states": ANSWER_STATES}
    return render(request, "coordination/ask_set.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One paragraph with its answers, and a form for the reader's organisations."""
    found = _set(code)
    wanted = _ask(found, number)
    mine = names_of(organisations_of(request.user))
    if request.method == "POST" and not request.user.is_authenticated:
        raise PermissionDenied
    form = AnswerForm(request.POST or None, organisations=mine) if mine else None
    problems: list[dict[str, Any]] = []
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            given = dict(form.cleaned_data)
            organisation = given.pop("organisation")
            try:
                actions.save_answer(request.user, organisation, ask_set=code, number=number, **given)  # type: ignore[arg-type]
            except InputError as error:
                problems = _told(error)
            else:
                messages.success(request, gettext("The answer was saved."))
                return redirect("coordination:ask", code, number)
    elif form is not None and len(mine) == 1:
        form = _with_answer(found, number, mine)
    (told,) = queries.asked(request.user, found, [wanted])
    context = {"set": found, "asked": told, "states": ANSWER_STATES, "form": form, "problems": problems}
    return render(request, "coordination/ask.html", context, status=422 if request.method == "POST" else 200)


def _with_answer(found: AskSet, number: str, mine: list[tuple[int, str]]) -> AnswerForm:
    answer = queries.answer_of(found, number, mine[0][0])
    if answer is None:
        return AnswerForm(organisations=mine)
    initial = {
        "organisation": mine[0][0],
        "state": answer.state,
        "text": answer.text,
        "public": answer.public,
    }
    return AnswerForm(organisations=mine, initial={**initial, "entries": ", ".join(answer.entries)})


def _today() -> date:
    return timezone.localdate()


def _line(code: str) -> Node:
    framework = catalogue().frameworks["wsis"]
    if code not in framework:
        raise Http404
    return framework[code]


def _road_map(request: HttpRequest, code: str, cycle: str) -> RoadMap:
    found = get_object_or_404(RoadMap, line=code, cycle=cycle)
    if not sees(request.user, found):
        raise Http404
    return found


def _kept_map(request: HttpRequest, code: str, cycle: str) -> RoadMap:
    found = _road_map(request, code, cycle)
    if not request.user.has_perm("coordination.keep_line", found.line):
        raise PermissionDenied
    return found


def _set(code: str) -> AskSet:
    found = ask_sets().get(code)
    if found is None:
        raise Http404
    return found


def _ask(found: AskSet, number: str) -> Ask:
    for item in found.asks:
        if item.number == number:
            return item
    raise Http404


def _number(request: HttpRequest, name: str, default: int) -> int:
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 7 else default


def _told(error: InputError) -> list[dict[str, Any]]:
    return [shown(problem) for problem in error.problems]


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
