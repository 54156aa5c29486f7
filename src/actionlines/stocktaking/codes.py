"""Codes of lines, goals and targets as people write them in a cell: "C7 e-health", "SDG 9.c", "ODD 4"."""

import difflib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from actionlines.frameworks import catalogue
from actionlines.text import fold

_WORD: Final = re.compile(r"[^\W_]+")
# "C2", "AL C7-HEA", "C 7 (HEA)"; the words of the line's title may stand behind, but no other number.
_LINE: Final = re.compile(
    r"(?:al\s*)?c\s*(?P<number>\d{1,2})(?:(?P<sign>\s*[-–.(]?\s*)(?P<branch>[a-z]{3})\b\)?)?(?=$|[\s:.–(-])\D*"
)
_TARGET: Final = re.compile(r"[^\d.]{0,24}?(\d{1,2}(?:\.(?:\d{1,2}|[a-z]))?)", re.IGNORECASE)
_INDICATOR: Final = re.compile(r"\D{0,24}?(\d{1,2}\.(?:\d{1,2}|[a-d]))\.\d{1,2}", re.IGNORECASE)


def find_line(said: str) -> str | None:
    """The code of the action line meant, by code or by title in any of the six languages; None if unknown."""
    by_title = line_with_title(said)
    match = _LINE.fullmatch(fold(said).strip())
    if by_title is not None or match is None:
        return by_title
    lines = catalogue().frameworks["wsis"]
    main = f"C{int(match['number'])}"
    code = f"{main}-{match['branch'].upper()}" if match["branch"] else main
    if code in lines:
        return code
    # "C7-FOO" is a wrong code, "C2 the role of …" a code with words behind it.
    return main if main in lines and match["sign"] not in ("-", "–", ".") else None


def line_with_title(said: str) -> str | None:
    """The code of the action line with this title in one of the six languages, or None."""
    return _titles().get(_key(said))


def find_target(said: str) -> tuple[str | None, Sequence[str]]:
    """The code of the goal or target meant, and for an unknown one the codes that may have been meant."""
    nodes = catalogue().frameworks["sdg"]
    folded = fold(said)
    indicator = _INDICATOR.fullmatch(folded)
    if indicator is not None:
        return None, [indicator[1]] if indicator[1] in nodes else []
    match = _TARGET.fullmatch(folded)
    if match is None:
        return None, []
    code = match[1]
    whole, dot, part = code.partition(".")
    code = f"{int(whole)}{dot}{part.lstrip('0') or part}"
    if code in nodes:
        return code, ()
    siblings = [node.code for node in nodes.children(str(int(whole)))] if str(int(whole)) in nodes else []
    goals = [node.code for node in nodes.of_kind("goal")]
    return None, (difflib.get_close_matches(code, siblings, 3, 0.0) if siblings else near(code, goals))


def near(said: str, known: Sequence[str], count: int = 3) -> list[str]:
    """The names most like `said`, case and accents ignored; the nearest first."""
    by_fold: dict[str, str] = {}
    for name in known:
        by_fold.setdefault(fold(name), name)
    return [by_fold[match] for match in difflib.get_close_matches(fold(said), list(by_fold), count, 0.6)]


def _key(title: str) -> str:
    return " ".join(_WORD.findall(fold(title)))


@cache
def _titles() -> Mapping[str, str]:
    """Titles of lines, folded, in every language; a title two lines share means neither."""
    found: dict[str, str] = {}
    for node in catalogue().frameworks["wsis"].nodes:
        for title in node.title.by_language.values():
            known = found.setdefault(_key(title), node.code)
            if known != node.code:
                found[_key(title)] = ""
    return {title: code for title, code in found.items() if code}
