"""The lines, who leads them, and the beginning of a road map."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from actionlines.frameworks import Node
from actionlines.problems import InputError
from actionlines_web.coordination import actions, queries
from actionlines_web.coordination.forms import (
    AppointmentForm,
    DayForm,
    RoadMapForm,
)
from actionlines_web.coordination.models import RoadMap
from actionlines_web.coordination.pages.found import line_of, today, told
from actionlines_web.stocktaking.queries import EntryQuery, link_counts, links_to_node
from actionlines_web.ui.language import library_language


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """Every line with who leads it on a day (today), how its road map stands and how many entries it has."""
    form = DayForm(request.GET or None)
    on = (form.cleaned_data["on"] if form.is_bound and form.is_valid() else None) or today()
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
            "standing": queries.standing_of(maps[node.code], today()) if node.code in maps else None,
            "entries": counts.get(node.code, 0),
        }
        for node in known
    ]
    context = {"rows": rows, "form": form if form.is_bound else DayForm(initial={"on": on}), "on": on}
    return render(request, "coordination/lines.html", context)


@require_safe
def line(request: HttpRequest, code: str) -> HttpResponse:
    """One line: its team on a day, the history of its roles, road maps, asks, entries."""
    return render(request, "coordination/line.html", _line_context(request, line_of(code)))


def _line_context(request: HttpRequest, node: Node, **more: Any) -> dict[str, Any]:
    form = DayForm(request.GET or None)
    on = (form.cleaned_data["on"] if form.is_bound and form.is_valid() else None) or today()
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
    node = line_of(code)
    if not request.user.has_perm("coordination.appoint"):
        raise PermissionDenied
    form = AppointmentForm(request.POST)
    problems: list[dict[str, Any]] = []
    if form.is_valid():
        try:
            actions.appoint(request.user, line=node.code, **form.cleaned_data)  # type: ignore[arg-type]
        except InputError as error:
            problems = told(error)
        else:
            messages.success(request, gettext("The role was entered."))
            return redirect("coordination:line", node.code)
    context = _line_context(request, node, appointment_form=form, problems=problems)
    return render(request, "coordination/line.html", context, status=422)


@login_required
@require_POST
def end_role(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Let a role end."""
    node = line_of(code)
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
    node = line_of(code)
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
            problems = told(error)
        else:
            return redirect("coordination:road-map", node.code, made.cycle)
    context = _line_context(request, node, road_map_form=form, problems=problems)
    return render(request, "coordination/line.html", context, status=422)
