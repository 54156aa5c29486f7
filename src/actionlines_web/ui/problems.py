"""The library's problems as templates show them and batches keep them."""

from typing import Any

from actionlines.problems import Problem


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
