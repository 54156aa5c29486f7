"""Road maps: their rows, updates and versions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Max

from actionlines.frameworks import catalogue
from actionlines.problems import InputError, Problem, marked
from actionlines.results.roadmap import STATES, Activity, RowChange, difference
from actionlines_web.accounts.actor import Actor
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.chain import difference as fields_that_differ
from actionlines_web.coordination.models import RoadMap, Row, Update, Version
from actionlines_web.coordination.queries import activities

ROW_FIELDS = (
    "activity",
    "expected",
    "indicator",
    "baseline",
    "target",
    "start",
    "end",
    "resources",
    "partners",
    "links",
)


def _keeps(actor: Actor, line: str) -> None:
    if not rules.has_perm("coordination.keep_line", actor, line):
        raise PermissionDenied("only for the facilitators of the line")


@transaction.atomic
def create_road_map(actor: Actor, *, line: str, cycle: str, language: str, vision: str = "") -> RoadMap:
    """Begin a road map, as a draft.

    Raises:
        InputError: no such line, no cycle, or there is one of this cycle already.
    """
    _keeps(actor, line)
    cycle = cycle.strip()
    if line not in catalogue().frameworks["wsis"]:
        raise InputError([Problem(marked("“%(line)s” is not an action line."), {"line": line})])
    if not cycle or len(cycle) > 20 or "/" in cycle:
        raise InputError(
            [
                Problem(
                    marked("“%(said)s” is no cycle."),
                    {"said": cycle},
                    expected=marked("years such as 2026-2029."),
                )
            ]
        )
    if RoadMap.objects.filter(line=line, cycle=cycle).exists():
        raise InputError(
            [Problem(marked("%(line)s has a road map of %(cycle)s already."), {"line": line, "cycle": cycle})]
        )
    made = RoadMap.objects.create(line=line, cycle=cycle, language=language, vision=vision)
    write_record(actor, "create", made, {"line": line, "name": cycle})
    return made


@transaction.atomic
def change_vision(actor: Actor, road_map: RoadMap, vision: str) -> None:
    """Set the vision of a road map."""
    _keeps(actor, road_map.line)
    found = RoadMap.objects.select_for_update().get(pk=road_map.pk)
    changes = fields_that_differ({"vision": found.vision}, {"vision": vision})
    if not changes:
        return
    found.vision = vision
    found.save()
    write_record(actor, "change", found, {"changes": changes})


@transaction.atomic
def save_row(actor: Actor, road_map: RoadMap, number: str, values: Mapping[str, Any]) -> Row:
    """Change the row of this number, or add it at the end.

    Raises:
        InputError: no activity, the end before the start, a number that is too long.
    """
    _keeps(actor, road_map.line)
    held = RoadMap.objects.select_for_update().get(pk=road_map.pk)
    given = {
        name: values.get(name) or ([] if name == "links" else None if name in {"start", "end"} else "")
        for name in ROW_FIELDS
    }
    _check_row(number, given)
    row = Row.objects.filter(road_map=held, number=number).first()
    before = {name: getattr(row, name) for name in ROW_FIELDS} if row else {}
    if row is None:
        last = held.rows.aggregate(last=Max("position"))["last"] or 0
        row = Row(road_map=held, number=number, position=last + 1)
    for name, value in given.items():
        setattr(row, name, value)
    row.save()
    held.save(update_fields=["changed_at"])
    write_record(actor, "change row", held, {"name": number, "changes": fields_that_differ(before, given)})
    return row


def _check_row(number: str, given: Mapping[str, Any]) -> None:
    problems = []
    if not number.strip() or len(number) > 16:
        problems.append(
            Problem(
                marked("“%(said)s” is no number of a row."),
                {"said": number},
                column="number",
                expected=marked("a number such as 2.1."),
            )
        )
    if not str(given["activity"]).strip():
        problems.append(
            Problem(
                marked("“%(key)s” is missing."),
                {"key": "activity"},
                column="activity",
                expected=marked("what is done."),
            )
        )
    if given["start"] and given["end"] and given["end"] < given["start"]:
        problems.append(
            Problem(
                marked("“%(said)s” cannot stand here."),
                {"said": given["end"]},
                column="end",
                expected=marked("a day not before the start."),
            )
        )
    if problems:
        raise InputError(problems)


@transaction.atomic
def remove_row(actor: Actor, road_map: RoadMap, number: str) -> None:
    """Take a row out of a road map; versions that were published keep it."""
    _keeps(actor, road_map.line)
    row = Row.objects.select_for_update().get(road_map=road_map, number=number)
    row.delete()
    write_record(actor, "remove row", road_map, {"name": number})


@transaction.atomic
def add_update(
    actor: Actor, road_map: RoadMap, number: str, *, day: date, state: str, percent: int, note: str = ""
) -> Update:
    """Note how a row stands on a day.

    Raises:
        InputError: an unknown state, or a share that is none.
    """
    _keeps(actor, road_map.line)
    row = Row.objects.select_for_update().get(road_map=road_map, number=number)
    if state not in STATES or not 0 <= percent <= 100:
        raise InputError(
            [
                Problem(
                    marked("“%(said)s” cannot stand here."),
                    {"said": f"{state} {percent}"},
                    expected=marked("a state, and a number from 0 to 100."),
                )
            ]
        )
    made = Update.objects.create(row=row, day=day, state=state, percent=percent, note=note)
    write_record(actor, "update row", road_map, {"name": number, "state": state, "day": day.isoformat()})
    return made


@transaction.atomic
def publish_road_map(actor: Actor, road_map: RoadMap) -> Version:
    """Make the road map public as it stands, as a new version.

    Raises:
        InputError: it has no row.
    """
    _keeps(actor, road_map.line)
    held = RoadMap.objects.select_for_update().get(pk=road_map.pk)
    rows = activities(held)
    if not rows:
        raise InputError([Problem(marked("the road map has no row."))])
    number = (held.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    kept = json.loads(json.dumps([asdict(row) for row in rows], cls=DjangoJSONEncoder))
    made = Version.objects.create(road_map=held, number=number, vision=held.vision, rows=kept)
    held.state = RoadMap.State.PUBLIC
    held.save()
    write_record(actor, "publish", held, {"name": str(number)})
    return made


@transaction.atomic
def replace_rows(
    actor: Actor, road_map: RoadMap, rows: Sequence[Activity], day: date, *, dry_run: bool = False
) -> list[RowChange]:
    """Let the rows be these; returns what changes. Updates stay with the rows that stay.

    Args:
        day: of the updates that the table states.
        dry_run: only tell.
    """
    _keeps(actor, road_map.line)
    held = RoadMap.objects.select_for_update().get(pk=road_map.pk)
    before = {row.number: row for row in activities(held)}
    wanted = [_with_day(row, before.get(row.number)) for row in rows]
    changes = difference(list(before.values()), wanted)
    if dry_run or not changes:
        return changes
    held.rows.exclude(number__in=[row.number for row in wanted]).delete()
    for position, item in enumerate(wanted, 1):
        row, _ = Row.objects.update_or_create(
            road_map=held,
            number=item.number,
            defaults={
                "position": position,
                **{name: getattr(item, name) for name in ROW_FIELDS},
                "links": list(item.links),
            },
        )
        was = before.get(item.number)
        if (item.state, item.percent) != ((was.state, was.percent) if was else (STATES[0], 0)):
            Update.objects.create(row=row, day=day, state=item.state, percent=item.percent)
    held.save(update_fields=["changed_at"])
    counts = {
        kind: sum(change.kind == kind for change in changes) for kind in ("added", "changed", "removed")
    }
    write_record(actor, "import rows", held, {"rows": counts})
    return changes


def _with_day(row: Activity, was: Activity | None) -> Activity:
    # A table does not say when its states were noted: that does not make two rows differ.
    return replace(row, said_on=was.said_on if was else None)
