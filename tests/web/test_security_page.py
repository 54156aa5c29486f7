"""docs/security.md names every requirement of levels 1 and 2 once, and no test that is not there."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
# OWASP ASVS 4.0.3: the last number of each section, and those that are deleted or of level 3 alone.
SECTIONS = {
    1: {1: 7, 2: 4, 4: 5, 5: 4, 6: 4, 7: 2, 8: 2, 9: 2, 10: 1, 11: 2, 12: 2, 14: 6},
    2: {1: 12, 2: 3, 3: 3, 4: 6, 5: 7, 6: 3, 7: 6, 8: 7, 9: 3, 10: 4},
    3: {1: 1, 2: 4, 3: 4, 4: 5, 5: 3, 7: 1},
    4: {1: 5, 2: 2, 3: 3},
    5: {1: 5, 2: 8, 3: 10, 4: 3, 5: 4},
    6: {1: 3, 2: 6, 3: 2, 4: 2},
    7: {1: 4, 2: 2, 3: 4, 4: 3},
    8: {1: 4, 2: 3, 3: 8},
    9: {1: 3, 2: 4},
    10: {2: 2, 3: 3},
    11: {1: 8},
    12: {1: 3, 2: 1, 3: 6, 4: 2, 5: 2, 6: 1},
    13: {1: 5, 2: 6, 3: 2, 4: 2},
    14: {1: 4, 2: 6, 3: 3, 4: 7, 5: 4},
}
LEFT_OUT = {"1.4.2", "1.4.3", "1.12.1", "4.1.4", "7.3.2", "13.1.2", "13.2.4", "14.3.1"}
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (\w+) \| (.+) \|$", re.MULTILINE)


def test_every_requirement_of_level_two_stands_on_the_page_once() -> None:
    wanted = {
        f"{chapter}.{section}.{number}"
        for chapter, sections in SECTIONS.items()
        for section, last in sections.items()
        for number in range(1, last + 1)
    } - LEFT_OUT
    assert Counter(number for number, _, _ in ROW.findall(PAGE)) == Counter(wanted)


def test_every_requirement_has_a_known_state() -> None:
    assert {state for _, state, _ in ROW.findall(PAGE)} <= {"yes", "partly", "no", "operator", "none"}


def test_every_test_that_the_page_names_exists() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    known = set(re.findall(r"^def (test_\w+)", written, re.MULTILINE))
    assert set(re.findall(r"`(test_\w+)`", PAGE)) - known == set()
