"""The table of who may do what (permissions.toml), checked when it is read."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from actionlines.problems import InputError, Problem, marked

PATH: Final = Path(__file__).with_name("permissions.toml")
COLUMNS: Final = (
    *("visitor", "account", "member", "manager"),
    *("moderator", "facilitator", "reviewer", "statistician", "coordinator", "administrator"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A permission: who may (`yes`), and who may within their own scope."""

    code: str
    yes: frozenset[str]
    within: frozenset[str]

    def answers(self) -> Sequence[str]:
        """'yes', 'within' or 'no' for each of COLUMNS."""
        return [
            "yes" if column in self.yes else "within" if column in self.within else "no" for column in COLUMNS
        ]


@cache
def table(path: Path = PATH) -> Mapping[str, Row]:
    """Every permission by its code, in the file's order.

    Raises:
        InputError: somebody in the file is none of COLUMNS, or stands on both sides.
    """
    problems: list[Problem] = []
    found = {}
    for code, said in tomllib.loads(path.read_text(encoding="utf-8")).items():
        yes, within = frozenset(said.get("yes", ())), frozenset(said.get("within", ()))
        problems += [
            Problem(
                marked("“%(name)s” cannot stand there."),
                {"name": name, "known": ", ".join(COLUMNS)},
                path.name,
                column=code,
                expected=marked("one of: %(known)s."),
            )
            for name in (*sorted({*yes, *within} - set(COLUMNS)), *sorted(yes & within))
        ]
        found[code] = Row(code, yes, within)
    if problems:
        raise InputError(problems)
    return found
