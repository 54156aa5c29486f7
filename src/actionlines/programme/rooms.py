"""Where each session is held once the times are chosen (CP-SAT, extra `schedule`)."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from actionlines.programme.programme import Place, Programme, Schedule

_WITHOUT: Final = 10_000


def rooms_for(
    programme: Programme,
    times: Mapping[str, str],
    held: Schedule,
    hint: Schedule,
    limit: float,
    seed: int,
    workers: int,
) -> dict[str, Place]:
    """Rooms for sessions at their times: few rooms for each series, and for the rest the smallest that suits.

    Args:
        times: session to the slot it begins in.
        held: places that stay.
        hint: a schedule to begin from.
        limit: seconds.

    Returns:
        The places; a session for which no room is free stays out.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    costs: list[Any] = []
    at: dict[tuple[str, str], Any] = {}
    taken: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    series: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    sizes = sorted({room.capacity for room in programme.rooms})
    for identifier, slot in times.items():
        session = programme.session_by_id[identifier]
        place = held.get(identifier)
        rooms = [place.room] if place else [r.id for r in programme.rooms if programme.suits(session, r)]
        variables = [model.new_bool_var(f"{identifier} {room}") for room in rooms]
        without = model.new_bool_var(f"{identifier} without")
        model.add_exactly_one([*variables, without])
        costs.append(without * _WITHOUT)
        for room, variable in zip(rooms, variables, strict=True):
            at[identifier, room] = variable
            standing = hint.get(identifier)
            model.add_hint(variable, int(standing is not None and standing.room == room))
            for part in programme.taken(session, slot) or (slot,):
                taken[part, room].append(variable)
            if session.series:
                series[session.series, room].append(variable)
            # A small part of a point: it decides only between rooms that are equal otherwise.
            costs.append(variable * sizes.index(programme.room_by_id[room].capacity))
    for variables in taken.values():
        model.add_at_most_one(variables)
    for (name, room), variables in series.items():
        uses = model.new_bool_var(f"{name} uses {room}")
        model.add_max_equality(uses, variables)
        costs.append(uses * (programme.weights.room * 100))
    model.minimize(sum(costs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = workers
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return dict(held)
    return {
        identifier: Place(times[identifier], room)
        for (identifier, room), variable in at.items()
        if solver.boolean_value(variable)
    }
