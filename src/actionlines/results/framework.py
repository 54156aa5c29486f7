"""Results frameworks, one for each cycle: what was to be reached, in which periods, and how it is measured.

The frameworks that come with the library are files of `cycles/`; anybody's own is a file of the same kind. A file may
hold a structure alone: no figure stands in it that its source does not state.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import Any, Final

from actionlines.frameworks import catalogue
from actionlines.problems import InputError, Problem, marked
from actionlines.results.aggregation import Aggregation
from actionlines.results.chain import LEVELS, Chain, Indicator, Result
from actionlines.text import Text

CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
PERIOD: Final = re.compile(r"\d{4}(-(Q[1-4]|H[12]|\d{2}))?")
# Digits before the point that a site keeps.
MOST: Final = Decimal(10) ** 18


@dataclass(frozen=True, slots=True)
class FrameworkResult:
    """A programme, priority, objective, outcome or output.

    Attributes:
        code, level, title: level is one of `chain.LEVELS`.
        parent: code of the result above it, '' at the top.
        lines, goals: action lines and goals or targets it serves.
        unverified: its wording was not found in a source that could be checked.
    """

    code: str
    level: str
    title: Text
    parent: str = ""
    lines: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class FrameworkIndicator:
    """A performance indicator; its fields are those of `chain.Indicator`, without what was measured."""

    code: str
    title: Text
    result: str
    aggregation: Aggregation
    unit: str = ""
    baseline: Decimal | None = None
    baseline_period: str = ""
    targets: Mapping[str, Decimal] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class ResultsFramework:
    """The results framework of a cycle.

    Attributes:
        code, title, cycle: the cycle as people say it, '2018–2021'.
        source: where it is written.
        periods: of the cycle, in their order.
        results: those above before those below.
        indicators: with their targets.
    """

    code: str
    title: Text
    cycle: str
    source: str
    periods: tuple[str, ...]
    results: tuple[FrameworkResult, ...] = ()
    indicators: tuple[FrameworkIndicator, ...] = ()


@cache
def frameworks() -> Mapping[str, ResultsFramework]:
    """The frameworks that come with the library, by code, in the order of their cycles.

    Raises:
        InputError: a file is not as it should be; every fault is named.
    """
    folder = resources.files("actionlines.results") / "cycles"
    found = [
        read_framework(path.name, path.read_text(encoding="utf-8"))
        for path in folder.iterdir()
        if path.name.endswith(".toml")
    ]
    return {item.code: item for item in sorted(found, key=lambda item: (item.periods, item.code))}


def read_framework(name: str, text: str) -> ResultsFramework:
    """A framework from its file.

    Raises:
        InputError: what is missing, unknown or contradicts itself, each with its result or indicator.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError([Problem(marked("is not TOML: %(error)s"), {"error": error}, name)]) from error
    reader = _Reader(name)
    found = reader.framework(raw)
    if reader.problems:
        raise InputError(reader.problems)
    _check_chain(name, found)
    return found


def _check_chain(name: str, found: ResultsFramework) -> None:
    try:
        Chain(
            tuple(Result(one.code, one.level, parent=one.parent) for one in found.results),
            tuple(
                Indicator(one.code, "", one.result, one.aggregation, of=one.of) for one in found.indicators
            ),
        )
    except ValueError as error:
        raise InputError([Problem("%(error)s", {"error": error}, name)]) from error


class _Reader:
    """Reads the tables of one file and notes every fault."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def wrong(
        self, template: str, place: str = "", row: int | None = None, expected: str = "", **values: object
    ) -> None:
        self.problems.append(Problem(template, values, self.name, row, place, expected))

    def framework(self, raw: Mapping[str, Any]) -> ResultsFramework:
        periods = self.periods(raw.get("periods"))
        return ResultsFramework(
            code=self.code(raw, "framework", None),
            title=self.text(raw, None),
            cycle=self.word(raw, "cycle", None, 40),
            source=self.word(raw, "source", None, 500),
            periods=periods,
            results=tuple(self.results(raw)),
            indicators=tuple(self.indicators(raw, frozenset(periods))),
        )

    def periods(self, said: Any) -> tuple[str, ...]:
        found = tuple(str(item) for item in said) if isinstance(said, list) else ()
        if not found or list(found) != sorted(set(found)) or not all(map(PERIOD.fullmatch, found)):
            self.wrong(
                marked("“%(key)s” is missing or cannot stand there."),
                "periods",
                expected=marked("years, quarters (2024-Q3) or months (2024-07) in their order."),
                key="periods",
            )
        return found

    def code(self, raw: Mapping[str, Any], kind: str, row: int | None) -> str:
        said = str(raw.get("code", ""))
        if not CODE.fullmatch(said):
            self.wrong(
                marked("“%(said)s” is no code."),
                f"{kind} code",
                row,
                marked("letters, digits, points and hyphens, at most 40."),
                said=said,
            )
        return said

    def word(self, raw: Mapping[str, Any], key: str, row: int | None, most: int) -> str:
        said = raw.get(key)
        if not isinstance(said, str) or not said.strip() or len(said) > most:
            self.wrong(
                marked("“%(key)s” is missing or cannot stand there."),
                key,
                row,
                marked("a text of at most %(most)d characters."),
                key=key,
                most=most,
            )
            return ""
        return said.strip()

    def text(self, raw: Mapping[str, Any], row: int | None) -> Text:
        said = raw.get("title")
        try:
            found = Text({str(code): str(words) for code, words in said.items()}) if said else Text()
        except (AttributeError, ValueError):
            found = Text()
        if not found or max(map(len, found.by_language.values())) > 1000:
            self.wrong(
                marked("“%(key)s” is missing or cannot stand there."),
                "title",
                row,
                marked("a text in at least one of the six languages, such as title.en."),
                key="title",
            )
        return found

    def codes(self, raw: Mapping[str, Any], key: str, framework: str, row: int) -> tuple[str, ...]:
        known = catalogue().frameworks[framework]
        said = tuple(str(item) for item in raw.get(key, ()))
        for code in said:
            if code not in known:
                self.wrong(
                    marked("%(framework)s has no “%(code)s”."),
                    key,
                    row,
                    marked("a code of %(framework)s."),
                    framework=framework,
                    code=code,
                )
        return said

    def results(self, raw: Mapping[str, Any]) -> Iterator[FrameworkResult]:
        if nodes := raw.get("nodes"):
            yield from self.nodes(str(nodes))
        for row, item in enumerate(raw.get("result", ()), 1):
            level = str(item.get("level", ""))
            if level not in LEVELS:
                self.wrong(
                    marked("“%(said)s” cannot stand here."),
                    "level",
                    row,
                    marked("one of %(known)s."),
                    said=level,
                    known=", ".join(LEVELS),
                )
            yield FrameworkResult(
                self.code(item, "result", row),
                level,
                self.text(item, row),
                str(item.get("parent", "")),
                self.codes(item, "lines", "wsis", row),
                self.codes(item, "goals", "sdg", row),
                bool(item.get("unverified", False)),
            )

    def nodes(self, code: str) -> Iterator[FrameworkResult]:
        """The nodes of a framework of the catalogue, with the lines and goals its crosswalks give them."""
        known = catalogue()
        framework = known.frameworks.get(code)
        if framework is None:
            self.wrong(
                marked("%(framework)s has no “%(code)s”."),
                "nodes",
                expected=marked("one of %(known)s."),
                framework="catalogue",
                code=code,
                known=", ".join(known.frameworks),
            )
            return
        walks = {name: known.crosswalks.get(f"{code}-{name}") for name in ("wsis", "sdg")}
        for node in framework.nodes:
            linked = {
                name: tuple(link.target for link in walk.links_from(node.code)) if walk else ()
                for name, walk in walks.items()
            }
            yield FrameworkResult(
                node.code, node.kind, node.title, node.parent or "", linked["wsis"], linked["sdg"]
            )

    def number(self, said: Any, place: str, row: int) -> Decimal | None:
        try:
            found = Decimal(str(said))
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or abs(found) >= MOST:
            self.wrong(
                marked("“%(said)s” cannot stand here."), place, row, marked("a number."), said=str(said)[:60]
            )
            return None
        return found

    def indicators(self, raw: Mapping[str, Any], periods: frozenset[str]) -> Iterator[FrameworkIndicator]:
        for row, item in enumerate(raw.get("indicator", ()), 1):
            kind = str(item.get("aggregation", ""))
            if kind not in set(Aggregation):
                self.wrong(
                    marked("“%(said)s” cannot stand here."),
                    "aggregation",
                    row,
                    marked("one of %(known)s."),
                    said=kind,
                    known=", ".join(Aggregation),
                )
                kind = Aggregation.SUM
            baseline = item.get("baseline")
            yield FrameworkIndicator(
                self.code(item, "indicator", row),
                self.text(item, row),
                str(item.get("result", "")),
                Aggregation(kind),
                str(item.get("unit", ""))[:60],
                None if baseline is None else self.number(baseline, "baseline", row),
                str(item.get("baseline_period", "")),
                self.targets(item, periods, row),
                tuple(str(part)[:60] for part in item.get("parts", ())),
                str(item.get("of", "")),
            )

    def targets(self, item: Mapping[str, Any], periods: Iterable[str], row: int) -> dict[str, Decimal]:
        found = {}
        for period, value in item.get("targets", {}).items():
            if period not in periods:
                self.wrong(
                    marked("“%(said)s” cannot stand here."),
                    "targets",
                    row,
                    marked("a period of the framework."),
                    said=period,
                )
            if (number := self.number(value, "targets", row)) is not None:
                found[period] = number
        return found
