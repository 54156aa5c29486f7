"""The style sheet is whole: a rule left open swallows all that follow it, and no browser says so."""

import re
from pathlib import Path

import pytest

import actionlines_web

SHEETS = sorted(
    path
    for path in Path(actionlines_web.__file__).parent.glob("*/static/**/*.css")
    if "min." not in path.name
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_rule_is_closed_before_the_next_begins(sheet: Path) -> None:
    text = re.sub(
        r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), sheet.read_text("utf-8"), flags=re.DOTALL
    )
    depth, wrong = 0, []
    for number, line in enumerate(text.splitlines(), 1):
        if "{" in line and depth and not line.startswith((" ", "\t")):
            wrong.append(number)
        depth += line.count("{") - line.count("}")
    assert (wrong, depth) == ([], 0)
