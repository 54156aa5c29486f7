"""When each session is held: the larger part of a schedule, as CP-SAT takes it (extra `schedule`)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from actionlines.programme.programme import Place, Programme, Schedule, Session
from actionlines.programme.score import worst

# Costs are whole numbers: tenths of a point. A session without a time costs more than all else could.
_TENTHS: Final = 10
_NOWHERE: Final = 5_000
# Sets of rooms looked at for Hall's condition; beyond it the condition is checked on these only.
_MOST_SETS: Final = 400


class Times:
    """The choice of times: variables, constraints and costs.

    Attributes:
        bound: after `solve`, no schedule has a higher score than this.
        optimal: after `solve`, whether the times are proven to be the best.
    """

    def __init__(self, programme: Programme, held: Schedule) -> None:
        from ortools.sat.python import cp_model

        self._cp = cp_model
        self.programme = programme
        self.model = cp_model.CpModel()
        self.bound = 100.0
        self.optimal = False
        self._costs: list[Any] = []
        # Session and first slot to the variable that says it begins there.
        self.begins: dict[tuple[str, str], Any] = {}
        self._nowhere: dict[str, Any] = {}
        # How many sessions too many run side by side, and the variables that make them run.
        self._over: list[tuple[Any, list[Any]]] = []
        self._shares: list[tuple[Any, list[Any]]] = []
        for session in programme.sessions:
            self._once(session, held.get(session.id))
        self._running = self._slots_taken()
        self._rooms_enough(held)
        self._persons_once()
        self._beside()
        self._wishes()
        self._balance()
        self.model.minimize(sum(self._costs))

    def solve(
        self,
        hint: Schedule,
        limit: float,
        seed: int,
        workers: int,
        progress: Callable[[float, float], None] | None = None,
    ) -> dict[str, str] | None:
        """Session to the slot it begins in; None where what is locked clashes with itself."""
        self._hint(hint)
        solver = self._cp.CpSolver()
        solver.parameters.max_time_in_seconds = limit
        solver.parameters.random_seed = seed
        solver.parameters.num_workers = workers
        told = _told(self._cp, self._as_score, progress) if progress else None
        status = solver.solve(self.model, told)
        if status not in (self._cp.OPTIMAL, self._cp.FEASIBLE):
            return None
        self.optimal = status == self._cp.OPTIMAL
        # Against schedules that leave out no more sessions than this one does.
        left_out = sum(solver.boolean_value(nowhere) for nowhere in self._nowhere.values())
        cost = solver.best_objective_bound - left_out * _NOWHERE * _TENTHS
        self.bound = self._as_score(max(0.0, cost))
        return {
            identifier: slot
            for (identifier, slot), variable in self.begins.items()
            if solver.boolean_value(variable)
        }

    def _hint(self, schedule: Schedule) -> None:
        """Begin from this schedule. Every variable is told its value: a part of a solution is seldom completed."""
        value: dict[int, int] = {}
        for (identifier, slot), variable in self.begins.items():
            standing = schedule.get(identifier)
            value[variable.index] = int(standing is not None and standing.slot == slot)
        for identifier, nowhere in self._nowhere.items():
            value[nowhere.index] = int(identifier not in schedule)
        for over, running in self._over:
            value[over.index] = max(0, sum(value[variable.index] for variable in running) - 1)
        number = len({slot.day for slot in self.programme.slots})
        weight = self.programme.weights.balance * _TENTHS
        for share, variables in self._shares:
            off = abs(
                number * sum(value[variable.index] for variable in variables) - len(self.programme.sessions)
            )
            value[share.index] = -(-weight * off // number)
        for index, number in value.items():
            self.model.add_hint(self.model.get_int_var_from_proto_index(index), number)

    def _as_score(self, cost: float) -> float:
        most = worst(self.programme)
        return 100.0 if most == 0 else 100 * (1 - cost / _TENTHS / most)

    def _once(self, session: Session, held: Place | None) -> None:
        starts = [held.slot] if held else list(self.programme.starts(session))
        variables = []
        for slot in starts:
            variable = self.model.new_bool_var(f"{session.id} {slot}")
            self.begins[session.id, slot] = variable
            variables.append(variable)
        nowhere = self.model.new_bool_var(f"{session.id} nowhere")
        self.model.add_exactly_one([*variables, nowhere])
        if held:
            self.model.add(nowhere == 0)
        self._nowhere[session.id] = nowhere
        self._costs.append(nowhere * (_NOWHERE * _TENTHS))

    def _slots_taken(self) -> Mapping[tuple[str, str], list[Any]]:
        """Session and slot to the variables that make it run then."""
        running: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
        for (identifier, start), variable in self.begins.items():
            session = self.programme.session_by_id[identifier]
            for slot in self.programme.taken(session, start) or (start,):
                running[identifier, slot].append(variable)
        return running

    def _in(self, sessions: Iterable[str], slot: str) -> list[Any]:
        return [variable for session in sessions for variable in self._running.get((session, slot), ())]

    def _rooms_enough(self, held: Schedule) -> None:
        """In each slot, of the sessions that fit only into a set of rooms there are no more than rooms in the set."""
        programme = self.programme
        suited = {
            session.id: frozenset({held[session.id].room})
            if session.id in held
            else frozenset(room.id for room in programme.rooms if programme.suits(session, room))
            for session in programme.sessions
        }
        for rooms in _unions(suited.values()):
            sessions = [identifier for identifier, own in suited.items() if own <= rooms]
            for slot in programme.slots:
                running = self._in(sessions, slot.id)
                if len(running) > len(rooms):
                    self.model.add(sum(running) <= len(rooms))

    def _persons_once(self) -> None:
        of_person: defaultdict[str, list[str]] = defaultdict(list)
        for session in self.programme.sessions:
            for person in session.persons:
                of_person[person].append(session.id)
        for sessions in sorted({tuple(found) for found in of_person.values() if len(found) > 1}):
            for slot in self.programme.slots:
                self.model.add_at_most_one(self._in(sessions, slot.id))

    def _beside(self) -> None:
        groups: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        weights = self.programme.weights
        for session in self.programme.sessions:
            for line in sorted(session.lines):
                groups[weights.line, line].append(session.id)
            if session.track:
                groups[weights.track, f"track {session.track}"].append(session.id)
        for (weight, name), sessions in groups.items():
            for slot in self.programme.slots:
                running = self._in(sessions, slot.id)
                if len(running) > 1 and weight:
                    over = self.model.new_int_var(0, len(running), f"{name} {slot.id}")
                    self.model.add(over >= sum(running) - 1)
                    self._over.append((over, running))
                    self._costs.append(over * (weight * _TENTHS))

    def _wishes(self) -> None:
        weight = self.programme.weights.wish * _TENTHS
        for (identifier, slot), variable in self.begins.items():
            session = self.programme.session_by_id[identifier]
            if session.wishes and slot not in session.wishes:
                self._costs.append(variable * weight)

    def _balance(self) -> None:
        days: defaultdict[object, list[Any]] = defaultdict(list)
        for (_, slot), variable in self.begins.items():
            days[self.programme.slots[self.programme.place_of_slot[slot]].day].append(variable)
        count, number = len(self.programme.sessions), len({slot.day for slot in self.programme.slots})
        weight = self.programme.weights.balance * _TENTHS
        for day, variables in days.items():
            share = self.model.new_int_var(0, count * weight, f"balance of {day}")
            # Both sides times the number of days, so that the mean is a whole number.
            self.model.add(share * number >= weight * (number * sum(variables) - count))
            self.model.add(share * number >= weight * (count - number * sum(variables)))
            self._shares.append((share, variables))
            self._costs.append(share)


def _unions(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The sets and all their unions, the smallest first, as many as may be looked at."""
    found: dict[frozenset[str], None] = {}
    for one in sorted(set(sets), key=lambda rooms: (len(rooms), sorted(rooms))):
        for other in [*found, frozenset[str]()]:
            if len(found) < _MOST_SETS:
                found.setdefault(one | other)
    return sorted(found, key=lambda rooms: (len(rooms), sorted(rooms)))


def _told(cp_model: Any, as_score: Callable[[float], float], progress: Callable[[float, float], None]) -> Any:
    class Report(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
        def on_solution_callback(self) -> None:
            progress(self.wall_time, as_score(self.objective_value))

    return Report()
