"""Follow-up: the numbered paragraphs of a resolution, plan or paper that ask somebody for something.

The sets that come with the library are files of `follow_up/`, checked when they are read.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

from actionlines.frameworks import catalogue
from actionlines.problems import InputError, Problem, marked
from actionlines.text import Text

OPEN: Final = "open"
UNDER_WAY: Final = "under-way"
DONE: Final = "done"
DECLINED: Final = "declined"
STATES: Final = (OPEN, UNDER_WAY, DONE, DECLINED)


@dataclass(frozen=True, slots=True)
class Ask:
    """A paragraph that asks for something.

    Attributes:
        number: of the paragraph, as the source numbers it.
        text: what is asked, in our own words.
        asked: whom it asks, in words.
        due: the day it is asked by; None where the source names none.
        lines, targets: action lines, goals and targets it speaks of.
    """

    number: str
    text: Text
    asked: Text
    due: date | None = None
    lines: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskSet:
    """The asks of one text: its code, title, source, date and paragraphs in their order."""

    code: str
    title: Text
    source: str
    date: date
    asks: tuple[Ask, ...]


@cache
def ask_sets() -> Mapping[str, AskSet]:
    """The sets that come with the library, by code.

    Raises:
        InputError: a file is not as it should be; every fault is named.
    """
    folder = resources.files("actionlines.results") / "follow_up"
    found = [
        read_ask_set(path.name, path.read_text(encoding="utf-8"))
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".toml")
    ]
    return {item.code: item for item in found}


def read_ask_set(name: str, text: str) -> AskSet:
    """A set from its file.

    Raises:
        InputError: what is missing or unknown, each with its paragraph.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError([Problem(marked("is not TOML: %(error)s"), {"error": error}, name)]) from error
    problems: list[Problem] = []
    try:
        asks = tuple(_ask(name, number, item, problems) for number, item in enumerate(raw["ask"], 1))
        found = AskSet(raw["code"], _text(raw["title"]), raw["source"], raw["date"], asks)
    except (KeyError, TypeError, ValueError) as error:
        told = Problem(
            marked("“%(key)s” is missing or cannot stand there."),
            {"key": str(error).strip("'")},
            name,
            expected=marked("code, title, source, date, and asks with number, text and asked."),
        )
        raise InputError([told]) from error
    numbers = [ask.number for ask in asks]
    problems.extend(
        Problem(marked("the paragraph %(number)s stands there twice."), {"number": number}, name)
        for number in sorted({number for number in numbers if numbers.count(number) > 1})
    )
    if problems:
        raise InputError(problems)
    return found


def _ask(name: str, row: int, item: Mapping[str, Any], problems: list[Problem]) -> Ask:
    ask = Ask(
        number=str(item["number"]),
        text=_text(item["text"]),
        asked=_text(item["asked"]),
        due=item.get("due"),
        lines=tuple(item.get("lines", ())),
        targets=tuple(item.get("targets", ())),
    )
    for framework, codes in (("wsis", ask.lines), ("sdg", ask.targets)):
        known = catalogue().frameworks[framework]
        problems.extend(
            Problem(
                marked("%(framework)s has no “%(code)s”."),
                {"framework": framework, "code": code},
                name,
                row,
                expected=marked("a code of %(framework)s."),
            )
            for code in codes
            if code not in known
        )
    return ask


def _text(value: Mapping[str, str]) -> Text:
    if not value:
        raise ValueError("text")
    return Text(dict(value))
