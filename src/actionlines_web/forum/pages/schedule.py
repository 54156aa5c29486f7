"""The schedule: the grid, places, the solver, versions."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.problems import InputError
from actionlines.programme import Clash, Place
from actionlines.programme.clashes import CLASHES
from actionlines.programme.edition import Day
from actionlines.programme.edition import Edition as LibraryEdition
from actionlines.programme.programme import Slot
from actionlines.programme.standing import changes
from actionlines_web.forum import labels
from actionlines_web.forum.actions import schedule as actions
from actionlines_web.forum.forms import show_problems
from actionlines_web.forum.forms.desk import PublishForm, RunForm
from actionlines_web.forum.models import Edition, Session
from actionlines_web.forum.pages.found import METHODS, context_of, found_edition, run_edition, told
from actionlines_web.forum.queries import schedule as queries
from actionlines_web.forum.queries.editions import edition_of
from actionlines_web.forum.queries.schedule import FACILITATOR
from actionlines_web.forum.queries.sessions import session_by_number
from actionlines_web.forum.templatetags.forum import slot_name
from actionlines_web.jobs.queries import status_of
from actionlines_web.ui.problems import filled, shown


@dataclass(frozen=True, slots=True)
class Cell:
    """A slot in a room: the sessions that stand there, one that goes on, whether the session at hand would clash."""

    room: str
    sessions: list[tuple[Session, bool, list[str]]]
    goes_on: list[Session]
    clashes: list[str]


@login_required
@never_cache
@require_safe
def schedule(request: HttpRequest, slug: str) -> HttpResponse:
    """The grid of a day: choose a session, then its cell; with a pointer, drag it there."""
    _, edition = run_edition(request, slug)
    return _grid(request, edition)


def _grid(
    request: HttpRequest, edition: Edition, problems: list[dict[str, Any]] | None = None, **forms: Any
) -> HttpResponse:
    data = edition_of(edition)
    day = next((item for item in data.days if item.code == request.GET.get("day")), None) or (
        data.days[0] if data.days else None
    )
    draft = queries.draft_of(edition)
    standings = queries.judged(draft)
    moving = draft.sessions.get(request.GET.get("move", ""))
    context = context_of(
        request,
        edition,
        day=day,
        days=data.days,
        rooms=data.rooms,
        rows=_rows(draft, standings, day, moving, data) if day else [],
        standings=standings,
        clashes=[_said(clash, data) for clash in standings.clashes],
        penalties=[
            (labels.PENALTIES[item.kind], item.about, item.where, item.sessions)
            for item in standings.penalties[:50]
        ],
        moving=moving,
        moving_locked=bool(moving) and str(moving.number) in draft.locked,
        placed=len(draft.schedule),
        runs=queries.runs_of(edition),
        versions=queries.versions_of(edition)[:10],
        problems=problems or [],
        **{"run_form": RunForm(), "publish_form": PublishForm(), **forms},
    )
    return render(request, "forum/schedule.html", context, status=422 if problems or forms else 200)


def _rows(
    draft: queries.Draft, standings: queries.Standings, day: Day, moving: Session | None, data: LibraryEdition
) -> list[tuple[Slot, list[Cell]]]:
    """Each slot of the day with a cell for each room."""
    programme = draft.programme
    starting: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    going_on: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for session in programme.sessions:
        place = draft.schedule.get(session.id)
        if place is not None:
            starting[place.slot, place.room].append(session.id)
            for slot in programme.taken(session, place.slot)[1:]:
                going_on[slot, place.room].append(session.id)
    said: defaultdict[str, list[str]] = defaultdict(list)
    for clash in standings.clashes:
        for identifier in clash.sessions:
            said[identifier].append(_said(clash, data))
    made = []
    for slot in programme.slots:
        if slot.day != day.on:
            continue
        cells = [
            Cell(
                room.id,
                [
                    (draft.sessions[item], item in draft.locked, said[item])
                    for item in starting[slot.id, room.id]
                ],
                [draft.sessions[item] for item in going_on[slot.id, room.id]],
                [
                    _said(clash, data)
                    for clash in queries.clashes_at(draft, str(moving.number), Place(slot.id, room.id))
                ]
                if moving
                else [],
            )
            for room in programme.rooms
        ]
        made.append((slot, cells))
    return made


def _said(clash: Clash, data: LibraryEdition) -> str:
    return filled(CLASHES[clash.kind], _named(dict(clash.values), data))


def _named(values: dict[str, Any], data: LibraryEdition) -> dict[str, Any]:
    """The values of a clash with the names of slots, rooms and features in place of their codes."""
    named = dict(values)
    if values.get("slot") in data.slot_by_id:
        named["slot"] = slot_name(data.slot_by_id[values["slot"]])
    if values.get("room") in data.room_by_id:
        named["room"] = data.room_by_id[values["room"]].name
    if isinstance(values.get("needed"), str):
        named["needed"] = ", ".join(
            str(labels.FEATURES.get(code, code)) for code in values["needed"].split(", ")
        )
    line = str(values.get("person", "")).partition(FACILITATOR)[2]
    if line:
        named["person"] = gettext("the facilitator of %(line)s") % {"line": line}
    return named


@login_required
@require_POST
def place(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give a session a place, take it away, or agree on it."""
    actor, edition = run_edition(request, slug)
    found = session_by_number(edition, number)
    if found is None:
        raise Http404
    slot, room = request.POST.get("slot", ""), request.POST.get("room", "")
    try:
        match request.POST.get("do", "place"):
            case "take":
                actions.take_place(actor, found)
            case "place":
                actions.place_session(actor, found, slot, room)
            case "lock" | "unlock" as said if hasattr(found, "placement"):
                standing = found.placement
                actions.place_session(actor, found, standing.slot, standing.room, locked=said == "lock")
                slot = standing.slot
            case _:
                raise Http404
    except InputError as error:
        return _grid(request, edition, told(error))
    except ValueError:
        messages.error(request, gettext("This is not possible any more; nothing was changed."))
    day = slot.rpartition(".")[0] or request.POST.get("day", "")[:40]
    return redirect(f"{reverse('forum:schedule', args=[slug])}?day={day}#session-{number}")


@login_required
@require_POST
def order_run(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the solver look for a schedule."""
    actor, edition = run_edition(request, slug)
    form = RunForm(request.POST)
    if form.is_valid():
        try:
            made = actions.order_run(actor, edition, **form.cleaned_data)
        except InputError as error:
            show_problems(form, error.problems)
        else:
            return redirect("forum:run", slug, made.pk)
    return _grid(request, edition, run_form=form)


@login_required
@never_cache
@require_http_methods(METHODS)
def run(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """How far the solver is, what it found and what it could not meet; take it over."""
    actor, edition = run_edition(request, slug)
    found = queries.run_by_number(edition, number)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            moved = actions.apply_run(actor, found)
        except ValueError:
            messages.error(request, gettext("This is not possible any more; nothing was changed."))
        else:
            said = ngettext(
                "%(count)d session stands elsewhere now.", "%(count)d sessions stand elsewhere now.", moved
            )
            messages.success(request, said % {"count": moved})
        return redirect("forum:schedule", slug)
    result = found.result or {}
    titles = {
        str(item.number): item.title
        for item in Session.objects.filter(edition=edition).only("number", "title")
    }
    context = context_of(
        request,
        edition,
        run=found,
        status=status_of(found),
        result=result,
        unplaced=[
            (number, titles.get(number, ""), why) for number, why in result.get("unplaced", {}).items()
        ],
        clashes=[
            filled(CLASHES[item["kind"]], _named(item["values"], edition_of(edition)))
            for item in result.get("clashes", [])
        ],
        placed=len(result.get("schedule", {})),
    )
    return render(request, "forum/run.html", context)


@login_required
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the draft public as a version."""
    actor, edition = run_edition(request, slug)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            made = actions.publish_schedule(actor, edition, form.cleaned_data["note"])
        except InputError as error:
            data = edition_of(edition)
            problems = [
                replace(problem, values=_named(dict(problem.values), data)) for problem in error.problems
            ]
            return _grid(request, edition, [shown(problem) for problem in problems])
        messages.success(request, gettext("Version %(number)s is public.") % {"number": made.number})
        return redirect("forum:programme", slug)
    return _grid(request, edition, publish_form=form)


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Two published versions compared."""
    edition = found_edition(slug)
    known = queries.versions_of(edition)
    if not known:
        raise Http404
    newer = _wanted(request, edition, "to", known[0].number)
    older = _wanted(request, edition, "from", max(newer.number - 1, 1))
    data = edition_of(edition)
    found = [
        (labels.CHANGES[change.kind], change)
        for change in changes(queries.standings_of(older), queries.standings_of(newer))
    ]
    rooms = {code: room.name for code, room in data.room_by_id.items()}
    context = context_of(
        request, edition, versions=known, older=older, newer=newer, changes=found, rooms=rooms
    )
    return render(request, "forum/versions.html", context)


def _wanted(request: HttpRequest, edition: Edition, name: str, default: int) -> Any:
    said = request.GET.get(name, "")
    found = queries.version_by_number(edition, int(said[:9]) if said.isdecimal() else default)
    if found is None:
        raise Http404
    return found
