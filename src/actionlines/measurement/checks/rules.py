"""The rules of the checks, as data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from actionlines.problems import InputError, Problem, marked

FILE: Final = Path(__file__).parent / "rules.toml"
SEVERITIES: Final = ("error", "warning", "note")

# Kind to the keys it needs and those it may have, each with its type.
_NEEDS: Final[Mapping[str, Mapping[str, type]]] = {
    "order": {"larger": str, "smaller": str, "slack": float},
    "parts": {"total": str, "by": str, "parts": list, "share": float},
    "parts-above": {"total": str, "by": str, "parts": list, "share": float},
    "sum": {"total": str, "parts": list, "share": float},
    "between": {"by": str, "parts": list, "slack": float},
    "implied": {"pairs": list, "share": float},
    "range": {"units": list, "least": float},
    "jump": {"series": list},
    "fall": {"series": list},
    "stale": {"series": list},
    "slip": {"factors": list, "share": float},
    "break": {"flags": list},
    "peers": {"units": list, "distance": float, "least": float},
    "revision": {"share": float},
}
_MAY: Final[Mapping[str, Mapping[str, type]]] = {
    "range": {"most": float, "slack": float},
    "jump": {"points": float, "share": float, "base": float},
}


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One rule.

    Attributes:
        name: tells rules apart, and stands in each finding.
        kind: the function that looks (see `kinds`).
        severity: of its findings: 'error', 'warning' or 'note'.
        fires: how often it speaks in published data.
        needs: what the function is told.
    """

    name: str
    kind: str
    severity: str
    fires: str
    needs: Mapping[str, Any]


@cache
def load_check_rules() -> tuple[CheckRule, ...]:
    """The rules that come with the library.

    Raises:
        InputError: the file breaks a rule of its own.
    """
    return read_check_rules(FILE.read_text("utf-8"), FILE.name)


def read_check_rules(text: str, file: str = "") -> tuple[CheckRule, ...]:
    """The rules written as TOML: tables `[[rules]]` with name, kind, severity, fires and what the kind needs.

    Raises:
        InputError: not TOML, or keys missing, unknown or of the wrong type; every fault is named.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError([Problem(marked("is not TOML: %(error)s"), {"error": str(error)}, file)]) from error
    problems: list[Problem] = []
    made: list[CheckRule] = []
    for number, table in enumerate(said.get("rules", []), 1):
        rule, faults = _rule(table, file, number)
        problems += faults
        if rule is not None:
            made.append(rule)
    names = [rule.name for rule in made]
    problems += [
        Problem(marked("the rule “%(name)s” stands twice."), {"name": name}, file)
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    if problems:
        raise InputError(problems)
    return tuple(made)


def _rule(table: Mapping[str, Any], file: str, number: int) -> tuple[CheckRule | None, list[Problem]]:
    kind = str(table.get("kind", ""))
    if kind not in _NEEDS:
        values = {"kind": kind, "known": ", ".join(_NEEDS)}
        return None, [
            Problem(
                marked("“%(kind)s” is not a kind of check."),
                values,
                file,
                number,
                "kind",
                marked("one of: %(known)s."),
            )
        ]
    common = {"name": str, "kind": str, "severity": str, "fires": str}
    wanted = {**common, **_NEEDS[kind]}
    allowed = {**wanted, **_MAY.get(kind, {})}
    problems: list[Problem] = []
    for key, type_ in allowed.items():
        if key in table and not isinstance(table[key], (int, float) if type_ is float else type_):
            values = {"found": table[key], "type": "number" if type_ is float else type_.__name__}
            problems.append(Problem(marked("“%(found)s” is not a %(type)s."), values, file, number, key))
    for key in wanted.keys() - table.keys():
        problems.append(Problem(marked("is missing."), {}, file, number, key))  # noqa: PERF401 - reads as it is done
    for key in table.keys() - allowed.keys():
        problems.append(Problem(marked("a check of this kind has no such key."), {}, file, number, key))  # noqa: PERF401
    if table.get("severity") not in SEVERITIES:
        values = {"found": str(table.get("severity")), "known": ", ".join(SEVERITIES)}
        problems.append(
            Problem(
                marked("“%(found)s” is not a severity."),
                values,
                file,
                number,
                "severity",
                marked("one of: %(known)s."),
            )
        )
    if problems:
        return None, sorted(problems, key=lambda problem: problem.column)
    needs = {key: value for key, value in table.items() if key not in common}
    return CheckRule(table["name"], kind, table["severity"], table["fires"], needs), []
