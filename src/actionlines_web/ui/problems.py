"""The library's problems as templates show them and batches keep them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from actionlines.problems import Problem
from actionlines.text import FIRST_STRONG_ISOLATE, POP_ISOLATE, direction
from actionlines_web.ui.language import library_language


def shown(problem: Problem) -> dict[str, Any]:
    """A problem as plain data; its message is translated when it is shown (filter `problem_message`)."""
    return {
        "template": problem.template,
        "values": {
            name: value if isinstance(value, int | float | str) else str(value)
            for name, value in problem.values.items()
        },
        "expected": problem.expected,
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "severity": problem.severity,
    }


def filled(template: str, values: Mapping[str, Any]) -> str:
    """A message in the reader's language with its values in, each kept together where the page runs right to left."""
    translated = gettext(template)
    if not values:
        return translated.replace("%%", "%")
    if direction(library_language()) == "rtl":
        values = {
            name: f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}" if isinstance(value, str) else value
            for name, value in values.items()
        }
    return translated % values


def sentence(problem: Problem) -> str:
    """What is wrong and what was expected, in the reader's language, as one stands beside a field."""
    said = filled(problem.template, problem.values)
    said = said[:1].upper() + said[1:]
    if not problem.expected:
        return said
    expected = gettext("Expected: %(expectation)s") % {
        "expectation": filled(problem.expected, problem.values)
    }
    return f"{said} {expected}"
