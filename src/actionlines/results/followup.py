"""Follow-up: the numbered paragraphs of a resolution, plan or paper that ask somebody for something.

The sets that come with the library are files of `follow_up/`, checked when they are read.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
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
# Days before the day something is asked by on which whoever is asked is reminded: each step once.
STEPS: Final = (30, 7, 0)
# An ask whose day has passed for longer is no longer reminded of.
PAST: Final = 30
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")


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
    if problems:
        raise InputError(problems)
    check_set(found, name)
    return found


def check_set(found: AskSet, name: str = "") -> None:
    """Whether a set can be kept: its code, a title and paragraphs, each number once.

    Raises:
        InputError: what is wrong.
    """
    numbers = [ask.number for ask in found.asks]
    problems = [
        Problem(marked("the paragraph %(number)s stands there twice."), {"number": number}, name)
        for number in sorted({number for number in numbers if numbers.count(number) > 1})
    ]
    if not _CODE.match(found.code):
        fault = Problem(
            marked("“%(said)s” is no code."),
            {"said": found.code[:60]},
            name,
            column="code",
            expected=marked("small letters, digits and hyphens, such as res-80-173."),
        )
        problems.append(fault)
    problems.extend(
        Problem(
            marked("“%(said)s” is no number of a paragraph."), {"said": number[:60]}, name, column="number"
        )
        for number in numbers
        if not number or len(number) > 16 or "/" in number
    )
    if not found.asks:
        problems.append(Problem(marked("the set holds no ask."), {}, name))
    if problems:
        raise InputError(problems)


def unknown_codes(ask: Ask, name: str, row: int) -> list[Problem]:
    """What an ask names that its frameworks do not hold."""
    return [
        Problem(
            marked("%(framework)s has no “%(code)s”."),
            {"framework": framework, "code": code},
            name,
            row,
            expected=marked("a code of %(framework)s."),
        )
        for framework, codes in (("wsis", ask.lines), ("sdg", ask.targets))
        for code in codes
        if code not in catalogue().frameworks[framework]
    ]


def as_plain(found: AskSet) -> dict[str, Any]:
    """A set as plain data; `from_plain` makes it again."""
    return {
        "code": found.code,
        "title": dict(found.title.by_language),
        "source": found.source,
        "date": found.date.isoformat(),
        "ask": [
            {
                "number": ask.number,
                "text": dict(ask.text.by_language),
                "asked": dict(ask.asked.by_language),
                "due": ask.due.isoformat() if ask.due else None,
                "lines": list(ask.lines),
                "targets": list(ask.targets),
            }
            for ask in found.asks
        ],
    }


def from_plain(data: Mapping[str, Any]) -> AskSet:
    """A set of what `as_plain` made."""
    asks = tuple(
        Ask(
            item["number"],
            Text(item["text"]),
            Text(item["asked"]),
            date.fromisoformat(item["due"]) if item["due"] else None,
            tuple(item["lines"]),
            tuple(item["targets"]),
        )
        for item in data["ask"]
    )
    return AskSet(data["code"], Text(data["title"]), data["source"], date.fromisoformat(data["date"]), asks)


@dataclass(frozen=True, slots=True)
class Tally:
    """How asks stand: how many there are, have an answer, have one that says done, and are late.

    Late is an ask whose day has passed without an answer that says done; one that was declined is not.
    """

    asks: int
    answered: int
    done: int
    late: int


def tally(asks: Iterable[tuple[date | None, Sequence[str]]], day: date) -> Tally:
    """The tally of asks, each with the day it is asked by and the states of its answers."""
    found = [(due, states) for due, states in asks]
    return Tally(
        asks=len(found),
        answered=sum(any(state != OPEN for state in states) for _, states in found),
        done=sum(DONE in states for _, states in found),
        late=sum(
            due is not None and due < day and not {DONE, DECLINED}.intersection(states)
            for due, states in found
        ),
    )


def reminder_step(due: date | None, day: date) -> int | None:
    """Which of STEPS has been reached on a day, the latest one; None where none has, or the day is long past."""
    if due is None or (day - due).days > PAST:
        return None
    reached = [step for step in STEPS if (due - day).days <= step]
    return min(reached) if reached else None


def _ask(name: str, row: int, item: Mapping[str, Any], problems: list[Problem]) -> Ask:
    ask = Ask(
        number=str(item["number"]),
        text=_text(item["text"]),
        asked=_text(item["asked"]),
        due=item.get("due"),
        lines=tuple(item.get("lines", ())),
        targets=tuple(item.get("targets", ())),
    )
    problems.extend(unknown_codes(ask, name, row))
    return ask


def _text(value: Mapping[str, str]) -> Text:
    if not value:
        raise ValueError("text")
    return Text(dict(value))
