"""docs/reliability.md names no test that is not there, and no drill of ours is left out of it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`(test_\w+)`", PAGE))
DRILLS = (
    "library/engine/test_killed.py",
    "web/jobs/test_killed.py",
    "web/operations/test_database_lost.py",
    "web/operations/test_faults.py",
)
# What these files hold besides drills.
OTHERS = {
    "test_a_scheduler_nobody_works_for_is_said",
    "test_a_place_is_one_word",
    "test_a_word_that_is_no_place_is_refused",
    "test_a_chunk_that_kills_every_worker_of_a_cluster_is_named_after_those_before_it",
}


def names_in(path: Path) -> set[str]:
    """The names of the tests of a file."""
    return set(re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_test_that_the_page_names_exists() -> None:
    known = set().union(*map(names_in, (ROOT / "tests").rglob("test_*.py")))
    assert NAMED - known == set()


def test_every_drill_stands_on_the_page() -> None:
    drills = set().union(*(names_in(ROOT / "tests" / path) for path in DRILLS))
    assert drills - NAMED == OTHERS & drills
