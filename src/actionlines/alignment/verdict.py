"""What people decided on proposed links: JSON Lines, one decision a line, as the site exports them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from actionlines.alignment.lexicon import FRAMEWORKS
from actionlines.alignment.link import Basis
from actionlines.frameworks import catalogue
from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES

_SHARED: Final = 10  # links two reviewers must both have decided on before their agreement is told


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision on one link.

    Attributes:
        text, language: what was read.
        framework, node: the link.
        accepted: whether the reviewer agreed.
        probability, basis, model: of the link when it was shown; the model's version or ''.
        reviewer: a pseudonym, or ''.
        at: when, ISO 8601, or ''.
    """

    text: str
    language: str
    framework: str
    node: str
    accepted: bool
    probability: float | None = None
    basis: str = ""
    model: str = ""
    reviewer: str = ""
    at: str = ""


def read_verdicts(path: Path) -> list[Verdict]:
    """The decisions of a file.

    Raises:
        InputError: it cannot be read, or every line that holds no decision.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        fault = marked("cannot be read: %(reason)s.")
        raise InputError([Problem(fault, {"reason": error}, path.name)]) from None
    found: list[Verdict] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            read = _verdict(line, path.name, number)
            if isinstance(read, Verdict):
                found.append(read)
            else:
                problems.append(read)
    if problems:
        raise InputError(problems)
    return found


def _verdict(line: str, file: str, number: int) -> Verdict | Problem:
    try:
        given: Any = json.loads(line)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        expected = marked("one JSON object a line.")
        return Problem(marked("the line is no JSON object."), file=file, row=number, expected=expected)
    for key, expected, holds in _DEMANDS:
        if not holds(given):
            fault = marked("“%(value)s” is none.")
            return Problem(fault, {"value": given.get(key)}, file, number, key, expected)
    probability = given.get("probability")
    return Verdict(
        given["text"],
        given["language"],
        given["framework"],
        catalogue().frameworks[given["framework"]][given["node"]].code,
        given["accepted"],
        float(probability) if isinstance(probability, int | float) else None,
        *(str(given.get(key) or "") for key in ("basis", "model", "reviewer", "at")),
    )


def _is_node(given: Mapping[str, Any]) -> bool:
    return isinstance(given.get("node"), str) and given["node"] in catalogue().frameworks[given["framework"]]


_DEMANDS: Final = (
    ("text", marked("a text."), lambda given: isinstance(given.get("text"), str) and given["text"].strip()),
    ("language", marked("one of ar, en, es, fr, ru, zh."), lambda given: given.get("language") in LANGUAGES),
    ("framework", marked("sdg, wsis or gdc."), lambda given: given.get("framework") in FRAMEWORKS),
    ("node", marked("a code of the framework."), _is_node),
    ("accepted", marked("true or false."), lambda given: isinstance(given.get("accepted"), bool)),
    ("basis", marked("a basis, or nothing."), lambda given: given.get("basis") in (None, "", *Basis)),
)


def agreement(verdicts: Iterable[Verdict]) -> list[dict[str, Any]]:
    """How far each two reviewers agree on the links both decided on.

    Returns:
        reviewers (two), n, agreed (share), kappa (Cohen's; None where one answer was all there was); pairs with fewer
        than ten links in common are left out. Of several decisions of one reviewer on a link the last counts.
    """
    decided: dict[str, dict[tuple[str, str, str], bool]] = {}
    for one in verdicts:
        if one.reviewer:
            decided.setdefault(one.reviewer, {})[one.text, one.framework, one.node] = one.accepted
    found = []
    for first, second in combinations(sorted(decided), 2):
        both = decided[first].keys() & decided[second].keys()
        if len(both) >= _SHARED:
            pairs = [(decided[first][key], decided[second][key]) for key in both]
            found.append({"reviewers": [first, second], "n": len(pairs), **_kappa(pairs)})
    return found


def _kappa(pairs: Sequence[tuple[bool, bool]]) -> dict[str, float | None]:
    """Cohen (1960): agreement beyond what the two shares of yes would give by chance."""
    agreed = sum(one == other for one, other in pairs) / len(pairs)
    yes = [sum(pair[who] for pair in pairs) / len(pairs) for who in (0, 1)]
    chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    kappa = None if chance == 1 else round((agreed - chance) / (1 - chance), 4)
    return {"agreed": round(agreed, 4), "kappa": kappa}
