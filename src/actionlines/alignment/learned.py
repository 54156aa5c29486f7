"""What decisions of people taught: other numbers for the stacker, and a slant for what it does not judge.

`actionlines align learn` writes a folder with `learned.toml`; without one the aligner is as it ships.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from actionlines.alignment.link import Basis, Link
from actionlines.alignment.scoring import calibration
from actionlines.alignment.stacker import Stacker, stackers
from actionlines.frameworks import catalogue
from actionlines.problems import InputError, Problem, marked

FILE: Final = "learned.toml"
_EDGE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Slant:
    """Log-odds become slope × log-odds + intercept (Platt scaling); (1, 0) changes nothing."""

    slope: float = 1.0
    intercept: float = 0.0

    def probability(self, before: float) -> float:
        """The probability of a link after the slant."""
        return 1 / (1 + math.exp(-(self.slope * log_odds(before) + self.intercept)))


def log_odds(probability: float) -> float:
    """ln(p / (1 - p)), p kept off 0 and 1."""
    kept = min(max(probability, _EDGE), 1 - _EDGE)
    return math.log(kept / (1 - kept))


def part_of(framework: str, node: str) -> str:
    """The part of a model a link belongs to where no stacker judges it: 'sdg.target', 'wsis.line'."""
    return f"{framework}.{catalogue().frameworks[framework][node].kind}"


@dataclass(frozen=True)
class Learned:
    """What was learnt; as it stands here, nothing.

    Attributes:
        coefficients, intercepts: by language, what takes the place of those of the stacker.
        slants: by part, see `part_of`.
    """

    coefficients: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    intercepts: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    slants: Mapping[str, Slant] = field(default_factory=dict)

    def stacker(self, language: str) -> Stacker:
        """The stacker of a language that has one."""
        shipped = stackers()[language]
        if language not in self.coefficients:
            return shipped
        return replace(
            shipped,
            coefficients=np.array(self.coefficients[language]),
            intercepts=np.array(self.intercepts[language]),
        )

    def slanted(self, link: Link) -> Link | None:
        """The link after the slant of its part; None where it has become too weak to tell.

        Only links that words or the model made are slanted, and no goal the stacker judged: its own numbers were learnt.
        """
        if link.basis not in (Basis.LEXICON, Basis.MODEL) or not self.slants:
            return link
        slant = self.slants.get(part_of(link.framework, link.node))
        if slant is None:
            return link
        numbers = calibration()
        probability = round(min(numbers.highest_judged, slant.probability(link.probability)), 4)
        return replace(link, probability=probability) if probability >= numbers.lowest else None

    def toml(self) -> str:
        """As `learned.toml` holds it."""
        rows = [
            "# Numbers refitted on decisions of people, see report.json. Read by `actionlines align --model`."
        ]
        for language in sorted(self.coefficients):
            rows += ["", f"[stacker.{language}]"]
            rows += [f"coefficients = {_listed(self.coefficients[language])}"]
            rows += [f"intercepts = {_listed(self.intercepts[language])}"]
        for part, slant in sorted(self.slants.items()):
            rows += ["", f'[slant."{part}"]', f"slope = {slant.slope!r}", f"intercept = {slant.intercept!r}"]
        return "\n".join(rows) + "\n"


def _listed(numbers: tuple[float, ...]) -> str:
    return "[" + ", ".join(repr(float(number)) for number in numbers) + "]"


def read_learned(folder: Path) -> Learned:
    """What `align learn` wrote into a folder.

    Raises:
        InputError: there is no such file, or it is none of ours.
    """
    path = folder / FILE
    try:
        return _read(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        fault = marked("the file is no learnt model: %(reason)s.")
        expected = marked("a folder that `actionlines align learn` wrote.")
        raise InputError([Problem(fault, {"reason": error}, str(path), expected=expected)]) from None


def _read(page: Mapping[str, Any]) -> Learned:
    coefficients, intercepts = {}, {}
    for language, numbers in page.get("stacker", {}).items():
        shipped = stackers()[language]
        coefficients[language] = tuple(map(float, numbers["coefficients"]))
        intercepts[language] = tuple(map(float, numbers["intercepts"]))
        if (len(coefficients[language]), len(intercepts[language])) != (
            len(shipped.coefficients),
            len(shipped.intercepts),
        ):
            raise ValueError(f"stacker.{language} was learnt for another model")
    slants = {
        part: Slant(float(numbers["slope"]), float(numbers["intercept"]))
        for part, numbers in page.get("slant", {}).items()
    }
    return Learned(coefficients, intercepts, slants)
