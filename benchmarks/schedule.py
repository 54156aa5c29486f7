"""A schedule for a Forum of the size of 2018 and later: 250 sessions, 12 rooms, 5 days, 900 persons, 60 seconds."""

from figure import Figure

from actionlines.programme import clashes
from actionlines.programme.generate import generate
from actionlines.programme.solver import solve

LIMIT = 60


def measure() -> list[Figure]:
    """The score the solver reaches, beside the greedy one."""
    programme = generate(250, 12, 5, 1)
    found = solve(programme, limit=LIMIT, seed=1, workers=2)
    violations = len(clashes(programme, found.schedule))
    persons = len({person for session in programme.sessions for person in session.persons})
    return [
        Figure(
            "schedule of 250 sessions, 12 rooms, 5 days",
            f"{violations} violations; score {found.score:.2f}, greedy {found.greedy_score:.2f}",
            f"none, and a higher score than greedy, in {LIMIT} s",
            f"benchmarks/schedule.py: {persons} persons with sessions, {found.seconds:.0f} s of wall time; 100 is the best",
        )
    ]
