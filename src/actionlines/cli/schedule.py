"""`actionlines schedule`: give the sessions of a programme their times and rooms."""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from actionlines.cli.output import add_format, answer
from actionlines.problems import InputError, Problem, marked
from actionlines.programme import Programme, Schedule, clashes, penalties
from actionlines.programme.generate import generate
from actionlines.programme.reading import programme_as_data, read_programme, schedule_as_data
from actionlines.programme.solver import Solution, solve


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `schedule`."""
    command = subparsers.add_parser(
        "schedule",
        help="give the sessions of a programme their times and rooms",
        description=(
            "Finds a schedule in which nobody and no room is in two places, and in which sessions of one line or "
            "track seldom run side by side. The score says what share of what should not be was spared: 0 to 100, "
            "higher is better."
        ),
        epilog="Exit status: 0 every session has its place, 1 some have none or places clash, 2 bad input.",
    )
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "file", type=Path, nargs="?", metavar="FILE.json", help="a programme; `schedule` in it is kept"
    )
    what.add_argument(
        "--generate", metavar="SxRxD", help="a made programme: sessions x rooms x days, such as 250x12x5"
    )
    command.add_argument(
        "--seed", type=int, default=1, metavar="N", help="of the made programme and of the search"
    )
    command.add_argument("--limit", type=float, default=60, metavar="SECONDS", help="of the search (60)")
    command.add_argument("--workers", type=int, default=2, metavar="N", help="of the search (2)")
    command.add_argument(
        "--out", type=Path, metavar="FILE.json", help="write the programme with its schedule"
    )
    command.add_argument("--quiet", action="store_true", help="no progress on standard error")
    add_format(command)
    command.set_defaults(func=_schedule)


def _schedule(arguments: argparse.Namespace) -> int:
    if not 0 < arguments.limit <= 86_400 or arguments.workers < 1:
        raise InputError([Problem(marked("--limit is more than 0 seconds, --workers 1 or more."))])
    programme, locked = _programme(arguments)
    try:
        found = solve(
            programme,
            limit=arguments.limit,
            seed=arguments.seed,
            workers=arguments.workers,
            locked=locked,
            progress=None if arguments.quiet or not sys.stderr.isatty() else _tell,
        )
    except ModuleNotFoundError as error:
        raise InputError([Problem(marked("the solver is missing: install the extra “schedule”."))]) from error
    if arguments.out:
        text = json.dumps(programme_as_data(programme, found.schedule), ensure_ascii=False, indent=1)
        part = arguments.out.with_name(arguments.out.name + ".part")
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(arguments.out)
    value = _value(programme, found)
    answer(arguments, value, _lines(programme, found, value))
    return 1 if value["hard_violations"] else 0


def _programme(arguments: argparse.Namespace) -> tuple[Programme, Schedule]:
    if arguments.file:
        return read_programme(arguments.file)
    size = re.fullmatch(r"(\d{1,5})x(\d{1,3})x(\d{1,2})", arguments.generate)
    expected = marked("sessions x rooms x days, such as 250x12x5.")
    if size is None:
        values = {"found": arguments.generate}
        raise InputError(
            [Problem(marked("“%(found)s” is not a size."), values, "--generate", expected=expected)]
        )
    try:
        sessions, rooms, days = map(int, size.groups())
        return generate(sessions, rooms, days, arguments.seed), {}
    except ValueError as error:
        raise InputError([Problem(marked("%(error)s."), {"error": str(error)}, "--generate")]) from error


def _value(programme: Programme, found: Solution) -> dict[str, Any]:
    hard = clashes(programme, found.schedule)
    points: Counter[str] = Counter()
    for penalty in penalties(programme, found.schedule):
        points[penalty.kind] += round(penalty.points, 3)  # type: ignore[assignment]
    return {
        "sessions": len(programme.sessions),
        "placed": len(found.schedule),
        "hard_violations": len(hard),
        "violations": [str(clash) for clash in hard],
        "score": round(found.score, 3),
        "greedy_score": round(found.greedy_score, 3),
        "score_is": "share of the points spared, 0 to 100, higher is better",
        "bound": round(found.bound, 3),
        "optimal": found.optimal,
        "points": dict(sorted(points.items())),
        "unplaced": dict(found.unplaced),
        "seconds": round(found.seconds, 2),
        "schedule": schedule_as_data(found.schedule),
    }


def _lines(programme: Programme, found: Solution, value: Mapping[str, Any]) -> Iterator[str]:
    for slot in programme.slots:
        yield f"{slot.starts:%a %d %b %H:%M}–{slot.ends:%H:%M}"
        for session in programme.sessions:
            place = found.schedule.get(session.id)
            if place and place.slot == slot.id:
                room = programme.room_by_id[place.room]
                yield f"  {room.name or room.id}: {session.title or session.id} ({', '.join(sorted(session.lines))})"
    for identifier, why in found.unplaced.items():
        yield f"no place for {identifier}: {why}"
    yield from (f"clash: {said}" for said in value["violations"])
    yield (
        f"{value['placed']} of {value['sessions']} sessions placed, {value['hard_violations']} violations; "
        f"score {found.score:.2f} (greedy {found.greedy_score:.2f}, none above {found.bound:.2f}) "
        f"in {found.seconds:.0f} s"
    )


def _tell(seconds: float, score: float) -> None:
    sys.stderr.write(f"{seconds:6.1f} s: {score:.2f}\n")
