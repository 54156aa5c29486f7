"""The schedule: places given by hand, by the solver, and made public as a version."""

from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from actionlines.problems import InputError, Problem, marked
from actionlines.programme import Place, clashes
from actionlines.programme.clashes import CLASHES
from actionlines.programme.reading import schedule_as_data
from actionlines.programme.solver import Solution, solve
from actionlines.programme.standing import changes, following, standings_as_data
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.forum.models import Edition, Placement, ScheduleRun, ScheduleVersion, Session
from actionlines_web.forum.queries.editions import edition_of
from actionlines_web.forum.queries.schedule import (
    Draft,
    draft_of,
    draft_standings,
    latest_version,
    standings_of,
)
from actionlines_web.forum.rules import ensure, may_run
from actionlines_web.jobs.actions import beat, enqueue
from actionlines_web.jobs.running import running

LONGEST_RUN: Final = 600
_WORKERS: Final = 2


@transaction.atomic
def place_session(
    actor: Actor, session: Session, slot: str, room: str, *, locked: bool | None = None
) -> Placement:
    """Give a session a place in the draft; what clashes there is told by the desk, and is for people to settle.

    Args:
        locked: whether the place is agreed, so that the solver leaves it; None leaves that as it is.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: the session is not in the programme.
        InputError: no such slot or room.
    """
    ensure(may_run(actor), "only coordinators make the schedule")
    row = Session.objects.select_for_update(of=("self",)).select_related("edition").get(pk=session.pk)
    if row.state != Session.State.ACCEPTED:
        raise ValueError(f"session {row.number} is {row.state}")
    edition = edition_of(row.edition)
    problems = []
    for column, code, known in (("slot", slot, edition.slot_by_id), ("room", room, edition.room_by_id)):
        if code not in known:
            expected = marked("a slot and a room of this edition.")
            problems.append(
                Problem(
                    marked("“%(found)s” cannot stand here."),
                    {"found": code},
                    column=column,
                    expected=expected,
                )
            )
    if problems:
        raise InputError(problems)
    found = Placement.objects.filter(session=row).first()
    before = _place_of(found)
    placement = found or Placement(session=row)
    placement.slot, placement.room = slot, room
    placement.locked = placement.locked if locked is None else locked
    placement.save()
    if before != _place_of(placement):
        write_record(actor, "place", row, {"changes": {"place": [before, _place_of(placement)]}})
    return placement


def _place_of(placement: Placement | None) -> str | None:
    if placement is None:
        return None
    return f"{placement.slot} {placement.room}{' !' if placement.locked else ''}"


@transaction.atomic
def take_place(actor: Actor, session: Session) -> None:
    """Take a session's place in the draft from it.

    Raises:
        PermissionDenied: the actor runs no editions.
    """
    ensure(may_run(actor), "only coordinators make the schedule")
    found = Placement.objects.select_for_update(of=("self",)).filter(session=session).first()
    if found is not None:
        before = _place_of(found)
        found.delete()
        write_record(actor, "place", session, {"changes": {"place": [before, None]}})


@transaction.atomic
def publish_schedule(actor: Actor, edition: Edition, note: str = "") -> ScheduleVersion:
    """Make the draft public, as a version that never changes.

    Raises:
        PermissionDenied: the actor runs no editions.
        InputError: it has no session, something clashes in it, or nothing has changed since the last version.
    """
    ensure(may_run(actor), "only coordinators publish the schedule")
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    draft = draft_of(locked)
    found = [clash for clash in clashes(draft.programme, draft.schedule) if clash.kind != "unplaced"]
    if found:
        raise InputError([_as_problem(clash.kind, dict(clash.values)) for clash in found])
    last = latest_version(locked)
    standings = following(standings_of(last), draft_standings(locked))
    if not standings:
        raise InputError([Problem(marked("no session has a place yet."))])
    if last is not None and not changes(standings_of(last), standings):
        raise InputError([Problem(marked("nothing has changed since the last version."))])
    made = ScheduleVersion.objects.create(
        edition=locked,
        number=(last.number if last else 0) + 1,
        standings=standings_as_data(standings),
        note=note.strip()[:500],
        published_by=actor if isinstance(actor, User) else None,
    )
    locked.version += 1
    locked.save(update_fields=["version"])
    edition.version = locked.version
    write_record(actor, "publish", locked, {"number": made.number})
    return made


def _as_problem(kind: str, values: dict[str, Any]) -> Problem:
    return Problem(CLASHES[kind], values)


@transaction.atomic
def order_run(actor: Actor, edition: Edition, *, seconds: int, keep_all: bool) -> ScheduleRun:
    """Have the solver look for a schedule; what it finds is looked at before anybody takes it over.

    Args:
        keep_all: every session that has a place keeps it, and only the rest is placed; else only locked ones stay.

    Raises:
        PermissionDenied: the actor runs no editions.
        InputError: a time that is no time, or no accepted session.
    """
    ensure(may_run(actor), "only coordinators make the schedule")
    problems = []
    if not 1 <= seconds <= LONGEST_RUN:
        told = {"found": seconds, "most": LONGEST_RUN}
        expected = marked("a number from 1 to %(most)d.")
        problems.append(
            Problem(marked("“%(found)s” cannot stand here."), told, column="seconds", expected=expected)
        )
    if not Session.objects.filter(edition=edition, state=Session.State.ACCEPTED).exists():
        problems.append(Problem(marked("no session is accepted yet.")))
    if problems:
        raise InputError(problems)
    run = ScheduleRun.objects.create(
        edition=edition,
        seconds=seconds,
        keep_all=keep_all,
        ordered_by=actor if isinstance(actor, User) else None,
    )
    enqueue(actor, solve_schedule, run, run=run.pk)
    write_record(actor, "order schedule", edition, {"number": run.pk})
    return run


@task()
def solve_schedule(run: int) -> None:
    """Solve what was ordered, and keep the result; a run that has one is left alone."""
    found = ScheduleRun.objects.select_related("edition").get(pk=run)
    if found.done_at is not None:
        return
    draft = draft_of(found.edition)
    held = draft.schedule if found.keep_all else draft.locked

    def told(seconds: float, _score: float) -> None:
        if running.task is not None:
            beat(running.task, "scheduling", min(int(seconds), found.seconds), found.seconds)

    told(0, 0)
    solution = solve(
        draft.programme, limit=float(found.seconds), workers=_WORKERS, locked=held, progress=told
    )
    found.result = _result(draft, solution)
    found.done_at = timezone.now()
    found.save(update_fields=["result", "done_at"])


def _result(draft: Draft, solution: Solution) -> dict[str, Any]:
    hard = [clash for clash in clashes(draft.programme, solution.schedule) if clash.kind != "unplaced"]
    return {
        "schedule": schedule_as_data(solution.schedule),
        "score": round(solution.score, 2),
        "greedy_score": round(solution.greedy_score, 2),
        "bound": round(solution.bound, 2),
        "optimal": solution.optimal,
        "seconds": round(solution.seconds, 1),
        "unplaced": dict(solution.unplaced),
        "clashes": [{"kind": clash.kind, "values": dict(clash.values)} for clash in hard],
    }


@transaction.atomic
def apply_run(actor: Actor, run: ScheduleRun) -> int:
    """Let the draft be what the solver found; returns how many sessions stand elsewhere now. Locked places stay.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: it is not done, or was taken over before.
    """
    ensure(may_run(actor), "only coordinators make the schedule")
    locked = ScheduleRun.objects.select_for_update(of=("self",)).select_related("edition").get(pk=run.pk)
    if locked.result is None or locked.applied_at is not None:
        raise ValueError("there is nothing to take over")
    edition = edition_of(locked.edition)
    sessions = Session.objects.filter(edition=locked.edition, state=Session.State.ACCEPTED)
    rows = {str(row.number): row for row in sessions}
    standing = {row.session_id: row for row in Placement.objects.filter(session__in=rows.values())}
    moved = 0
    for number, said in locked.result["schedule"].items():
        place = Place(said["slot"], said["room"])
        row = rows.get(number)
        if row is None or place.slot not in edition.slot_by_id or place.room not in edition.room_by_id:
            continue  # withdrawn or taken away while the solver worked
        known = standing.get(row.pk) or Placement(session=row)
        if known.locked or (known.slot, known.room) == (place.slot, place.room):
            continue
        known.slot, known.room = place.slot, place.room
        known.save()
        moved += 1
    locked.applied_at = timezone.now()
    locked.save(update_fields=["applied_at"])
    write_record(actor, "apply schedule", locked.edition, {"number": locked.pk, "moved": moved})
    return moved
