"""The patterns by which citations are read: triggers before a number, codes, lists, ranges, and what is no code.

All patterns are compiled once, on import, from `data/citation_words.toml`. The functions take the whole text and
offsets in it, and look at no more of it than a small window.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from actionlines.alignment.citation_words import (
    ARABIC,
    CJK,
    HYPHENS,
    INVISIBLE,
    LETTER,
    WORD,
    bounded,
    expanded,
    key,
    pattern,
    split_by_script,
    words,
)

_WORDS: Final = words()
_BEFORE: Final = _WORDS["before"]

# How far a trigger may reach back from its number, in characters.
_WINDOW: Final = 64
_ARABIC_LETTER: Final = re.compile(f"[{ARABIC}]")
_SPACE: Final = rf"[\s{INVISIBLE}]"
_HYPHEN: Final = f"[{HYPHENS}]"

# Full-width letters, digits, dots and hyphens; commas and brackets of Chinese text are read as they are.
_FULL_WIDTH: Final = re.compile("[．－Ａ-Ｚａ-ｚ０-９]")

# One or two digits, ASCII or Arabic, that are not a part of a longer number. It begins with the digits, not with a
# look behind, so that the search may skip everything else.
NUMBER: Final = re.compile(r"[0-9٠-٩۰-۹](?<!\d\d)(?<!\d[.,٫;|/\s]\d)\d?(?!\d)")
# C in Latin and Cyrillic.
LETTER_C: Final = frozenset("CcСс")

# What before a code makes it a part of a longer word; Arabic writes "and" as a letter before it.
GOES_ON: Final = re.compile(rf"[^\W_{CJK}{ARABIC}]")
GOES_ON_DOTTED: Final = re.compile(rf"[^\W_{CJK}{ARABIC}]|\.")


def narrowed(text: str) -> str:
    """The text with full-width letters and digits in their usual width; offsets are kept."""
    return _FULL_WIDTH.sub(lambda wide: chr(ord(wide.group()) - 0xFEE0), text)


# Triggers

GOAL_KINDS: Final = frozenset({"name", "goal", "objective", "target", "task", "indicator"})
BELOW_GOALS: Final = frozenset({"target", "task", "indicator"})
LINE_KINDS: Final = frozenset({"line", "summit"})
PLAN_KINDS: Final = frozenset({"goal", "objective", "target", "task", "outcome"})

_PHRASES: Final = {
    "name": _BEFORE["names"],
    "goal": _BEFORE["goals"],
    "objective": _BEFORE["objectives"],
    "target": _BEFORE["targets"],
    "task": _BEFORE["tasks"],
    "indicator": _BEFORE["indicators"],
    "line": _BEFORE["lines"],
    "outcome": _BEFORE["outcomes"],
    "letter": _BEFORE["letters"],
    "summit": _WORDS["summit"]["names"],
}
_ACRONYMS: Final = {
    "name": _BEFORE["acronyms"],
    "line": _BEFORE["line_acronyms"],
    "summit": _WORDS["summit"]["acronyms"],
}
_KIND: Final = {
    key(spelling): kind
    for kinds in (_ACRONYMS, _PHRASES)
    for kind, phrases in kinds.items()
    for spelling in expanded(phrases)
}


def _triggers_backwards() -> str:
    joined, spaced = split_by_script(phrase for phrases in _PHRASES.values() for phrase in phrases)
    acronyms = [phrase for phrases in _ACRONYMS.values() for phrase in phrases]
    return (
        rf"(?:(?P<joined>{pattern(joined, backwards=True)})"
        rf"|(?:(?P<acronym>{pattern(acronyms, backwards=True, exact=True)})"
        rf"|(?P<spaced>{pattern(spaced, backwards=True)})){_PROCLITIC}(?!{LETTER}))"
    )


# Arabic letters that stand for "and", "in", "as", "for" before a word.
_PROCLITIC: Final = "[وفبكل]{0,2}"
_GAP: Final = rf"[\s{INVISIBLE}_{HYPHENS}:：#(（)）*\"'“”«»’„]"
_TRIGGER: Final = re.compile(
    rf"(?P<gap>{_GAP}{{0,5}}+)"
    rf"(?:{pattern(_WORDS['number']['from'], backwards=True)}(?P<from>{_GAP}{{1,2}}+)"
    rf"|{pattern(_WORDS['number']['marks'], backwards=True)}{_GAP}{{0,3}}+)?"
    rf"{_triggers_backwards()}"
)
_NAME_BEFORE: Final = re.compile(
    rf"{_GAP}{{0,3}}+(?P<name>{pattern(_BEFORE['names'], backwards=True)}"
    rf"|{pattern([*_BEFORE['acronyms'], *_WORDS['summit']['acronyms']], backwards=True, exact=True)})"
    rf"{_PROCLITIC}(?!{LETTER})"
)
_STRANGER_BEFORE: Final = re.compile(
    rf"{_SPACE}{{0,2}}{pattern(_WORDS['strangers']['before'], backwards=True)}(?!{LETTER})"
)
STRANGER_BEHIND: Final = re.compile(rf"{_SPACE}{{0,2}}{bounded(_WORDS['strangers']['behind'])}")


class Trigger(NamedTuple):
    """The word before a number that says what the number is.

    Attributes:
        kind: 'name' of the goals, 'goal', 'objective', 'target', 'task', 'indicator', 'line', 'summit' (its name),
            'outcome', or 'letter' (C as a word).
        start: where the trigger begins, a name before it included ("SDG target").
        named: True where the trigger is or has a name of the goals.
        definite: True for "Goal" with a capital or with the Arabic article.
        gap: what stands between the trigger and the number, reversed.
        from_word: True for "from 1", which only a range can follow.
        codes: the pattern of the codes of goals that may follow.
    """

    kind: str
    start: int
    named: bool
    definite: bool
    gap: str
    from_word: bool
    codes: re.Pattern[str]


def trigger_before(text: str, position: int) -> Trigger | None:
    """The trigger that stands directly before `position`, or None."""
    match = _TRIGGER.match(_window(text, position))
    if match is None or match["gap"].count("\n") > 1:
        return None
    word = match.lastgroup or ""
    written = match[word][::-1]
    kind = _KIND[key(written)]
    start = position - match.end(word)
    named = kind == "name"
    # "Sustainable Development Goal (SDG) target 9.c" has two names before its trigger.
    while kind != "letter" and (name := _NAME_BEFORE.match(_window(text, start))):
        named, start = True, start - name.end("name")
    return Trigger(
        kind=kind,
        start=start,
        named=named,
        definite=written[0].isupper() or written.startswith(("ال", "لل")),
        gap=match["gap"],
        from_word=match["from"] is not None,
        codes=_ARABIC_CODE if kind in BELOW_GOALS and _ARABIC_LETTER.match(written) else _CODE,
    )


def _window(text: str, position: int) -> str:
    return text[max(0, position - _WINDOW) : position][::-1]


def stranger_before(text: str, position: int) -> bool:
    """Whether a word before the trigger makes it another plan's: "strategic goal 2"."""
    return _STRANGER_BEFORE.match(_window(text, position)) is not None


# Codes of goals, targets and indicators

# Letters of targets: Latin, the Cyrillic letters that look like them or stand in their place, Arabic in their order.
_LETTER_OF: Final = dict(zip("abcdABCDаАбБсСأابجد", "abcdabcdaabbccaabcd", strict=True))
_LETTERS: Final = f"[{''.join(_LETTER_OF)}]"
_ARABIC_LETTERS: Final = "[أابجد]"
_CODE_END: Final = rf"(?!{WORD}|\.\d|\s\d{{3}}(?!\d))"


def _goal_code(dot: str) -> re.Pattern[str]:
    """'9', '9.c', '9.c.1', '4.1.1.a' (a level of 4.1.1), '5b' (for 5.b), Arabic '9-ج', '9-ج-1', '9 (ج)'."""
    end = rf"(?!{WORD})"
    return re.compile(
        r"(?P<goal>\d{1,2})"
        rf"(?:{dot}(?P<dotted>\d{{1,2}}(?!\d)|{_LETTERS}(?:(?={dot}\d)|{end}))"
        rf"(?:{dot}(?P<indicator>\d{{1,2}})(?:\.?[a-z]{end})?)?"
        rf"|{_HYPHEN}(?P<hyphened>{_ARABIC_LETTERS}{end})(?:{_HYPHEN}(?P<last>\d{{1,2}}))?"
        rf"|{_SPACE}?[(（](?P<bracketed>{_ARABIC_LETTERS})[)）]"
        rf"|(?P<joined>[a-d]){end})?{_CODE_END}"
    )


_CODE: Final = _goal_code("[.·٫]")
# Behind an Arabic word for target or indicator a hyphen is a dot: "الغاية 17-8".
_ARABIC_CODE: Final = _goal_code(rf"[.·٫{HYPHENS}]")


@lru_cache(maxsize=4096)
def goal_code(written: str, codes: re.Pattern[str]) -> tuple[str, str]:
    """The code that `written` stands for, and a note where it is written otherwise than in the framework.

    Args:
        written: what `codes`, the pattern of a trigger, has matched.
    """
    match = codes.fullmatch(written)
    if match is None:
        raise ValueError(f"{written!r} is no code")
    parts = [str(int(match["goal"]))]
    if part := match["dotted"] or match["hyphened"] or match["bracketed"] or match["joined"]:
        parts.append(_LETTER_OF[part] if part in _LETTER_OF else str(int(part)))
    if indicator := match["indicator"] or match["last"]:
        parts.append(str(int(indicator)))
    code = ".".join(parts)
    return code, f"{written} read as {code}" if match["joined"] else ""


# Numbers that are no codes

# What most often stands behind a code; nothing that begins so is a unit or a noun.
_NO_UNIT: Final = frozenset(("", ",", "،", "、", ".", ";", ":", ")", "\n"))
_UNIT: Final = re.compile(rf"{_SPACE}?{bounded(_WORDS['measures']['units'])}")
_COUNTED: Final = re.compile(rf"{_SPACE}?{bounded(_WORDS['measures']['counted'])}")
_AND: Final = rf"{pattern(_WORDS['between']['and'])}(?={_SPACE})"
_TO: Final = rf"{pattern(_WORDS['between']['to'])}(?={_SPACE})"
# Behind a line's first number: "3<tab>The next paragraph", "3) To", "3. To", "3 To".
_NUMBERING: Final = re.compile(r"\t|[)）]|[.)]?[ \u00a0]+(?=[^\W\d_a-zà-ÿа-я])")
# Behind a number after a colon or bracket: "two goals: 1) to", "the Goals: 11 years"; "SDGs: 1 and 2" is none.
_ENUMERATION: Final = re.compile(rf"{_SPACE}?[)）]")
_NOUN: Final = re.compile(rf"{_SPACE}(?!(?:{_AND}|{_TO}))(?={LETTER})")


def measures(text: str, position: int, *, member: bool) -> bool:
    """Whether what stands behind a number shows that it measures ("3.4 million") or, in a list, counts ("12 countries")."""
    if text[position : position + 1] in _NO_UNIT:
        return False
    return bool(_UNIT.match(text, position) or (member and _COUNTED.match(text, position)))


def numbers_something_else(text: str, position: int, gap: str) -> bool:
    """Whether a first number behind `gap` is a numbering or a count and no goal; `position` is behind the number."""
    if "\n" in gap and _NUMBERING.match(text, position):
        return True
    if any(colon in gap for colon in ":：") and _ENUMERATION.match(text, position):
        return True
    return any(sign in gap for sign in ":：(（") and _NOUN.match(text, position) is not None


# Lists and ranges

_RANGE: Final = rf"{_SPACE}{{0,2}}(?:[{HYPHENS}~～]|(?<={_SPACE}){_TO}|{pattern(_WORDS['between']['to_joined'])}){_SPACE}{{0,2}}#?"
_AND_JOINED: Final = pattern(_WORDS["between"]["and_joined"])
_SEPARATOR: Final = (
    rf"{_SPACE}{{0,2}}(?:[,،、;；/&，]{_SPACE}{{0,2}}(?:{_AND}{_SPACE}{{1,2}}|{_AND_JOINED}{_SPACE}{{0,2}})?"
    rf"|(?<={_SPACE}){_AND}{_SPACE}{{1,2}}|{_AND_JOINED}{_SPACE}{{0,2}})#?"
)
_BRACKET: Final = rf"{_SPACE}{{0,2}}[(（][^()（）\n]{{0,120}}[)）]"
SEPARATOR: Final = re.compile(_SEPARATOR)
# What joins two codes, with a remark on the first: "C1 (rôle des gouvernements), C11"; the group `to` makes a range.
JOINT: Final = re.compile(rf"(?:{_BRACKET})?(?:(?P<to>{_RANGE})|{_SEPARATOR})")
_LINK: Final = rf"{_SPACE}{{0,2}}(?:{bounded(_WORDS['link']['words'])}{_SPACE}{{0,2}}){{0,3}}"
GOALS_NAMED: Final = (
    rf"(?:{bounded([*_BEFORE['names'], *_WORDS['near']['goals']])}"
    rf"|(?<!{LETTER}){pattern(_BEFORE['acronyms'], exact=True)}(?!{LETTER}))"
)
SUMMIT_NAMED: Final = (
    rf"(?:{bounded(_WORDS['summit']['names'])}"
    rf"|(?<!{LETTER}){pattern([*_WORDS['summit']['acronyms'], 'GO SMSI'], exact=True)}(?!{LETTER}))"
)
_GOALS_BEHIND: Final = re.compile(_LINK + GOALS_NAMED)
_TAIL: Final = re.compile(rf"{_LINK}(?:{GOALS_NAMED}|{SUMMIT_NAMED})")


def goals_behind(text: str, position: int) -> bool:
    """Whether the name of the goals stands directly behind a list: "objectifs 1 et 3 des ODD"."""
    return _GOALS_BEHIND.match(text, position) is not None


def mention_end(text: str, position: int) -> int:
    """`position`, or the end of the name behind a list: "objectifs 1 et 3 des ODD"."""
    match = _TAIL.match(text, position)
    return match.end() if match else position


# Action lines

LINE_CODE: Final = re.compile(
    rf"(?:[CcСс]|جيم|ج)[\s{INVISIBLE}{HYPHENS}]{{0,2}}(?P<line>\d{{1,2}})(?!{WORD}|[.,]\d)"
)
# The end of a range without its letter: "C1–11".
LINE_NUMBER: Final = re.compile(rf"(?P<line>\d{{1,2}})(?!{WORD}|[.,]\d)")
_C_BEFORE: Final = re.compile(
    rf"{_SPACE}{{1,2}}{pattern(_WORDS['letter_c']['before'], backwards=True)}(?!{LETTER})"
)
_C_BEHIND: Final = re.compile(rf"{_SPACE}?{_HYPHEN}?{bounded(_WORDS['letter_c']['behind'])}")

_SUBLINE_PHRASES: Final = {code: names for code, names in _WORDS["sublines"].items() if code != "filler"}
_SUBLINE_OF: Final = {key(name): code for code, names in _SUBLINE_PHRASES.items() for name in expanded(names)}
_SUBLINE_CODE: Final = re.compile(
    rf"{_HYPHEN}(?P<part>{'|'.join(code[3:] for code in _SUBLINE_PHRASES)})(?!{WORD})"
)
_SUBLINE_OPEN: Final = re.compile(
    rf"{_SPACE}{{0,2}}(?:[:：(（«\"“{HYPHENS}]{_SPACE}{{0,2}}){{0,2}}"
    rf"(?:{bounded(_WORDS['sublines']['filler'])}[\s:'’{HYPHENS}]{{0,3}}){{0,2}}"
)
_SUBLINE_NAME: Final = re.compile(bounded(name for names in _SUBLINE_PHRASES.values() for name in names))


def other_c(text: str, start: int, end: int) -> bool:
    """Whether a bare C and number is a level of language, a vitamin, a table …"""
    return bool(_C_BEFORE.match(_window(text, start)) or _C_BEHIND.match(text, end))


def sublines(text: str, position: int) -> Iterator[tuple[str, int]]:
    """The sub-lines named behind "C7" and the ends of their names: "C7 (e-health, e-learning)", "C7-HEA"."""
    if match := _SUBLINE_CODE.match(text, position):
        yield f"C7-{match['part']}", match.end()
        return
    opening = _SUBLINE_OPEN.match(text, position)
    at = opening.end() if opening else position
    while match := _SUBLINE_NAME.match(text, at):
        yield _SUBLINE_OF[key(match.group())], match.end()
        separator = SEPARATOR.match(text, match.end())
        if separator is None:
            return
        at = separator.end()


# Codes of plans

PLAN_CODE: Final = re.compile(r"[A-Z]\.\d{1,2}(?:-\d{1,2})?")
PLAN_MENTION: Final = re.compile(
    rf"(?P<letter>[A-Z])\.(?P<objective>\d{{1,2}})(?:(?P<mark>[.{HYPHENS}])(?P<outcome>\d{{1,2}}))?(?!{WORD}|[.{HYPHENS}]\d)"
)
PROPER_OUTCOME: Final = re.compile(rf"(?<!{WORD})(?<!\.)[A-Z]\.\d{{1,2}}{_HYPHEN}\d{{1,2}}(?!{WORD})")
_CLAUSE_BEFORE: Final = re.compile(
    rf"{_SPACE}{{1,2}}{pattern(_WORDS['strangers']['clauses'], backwards=True)}(?!{LETTER})"
)


def plan_code(match: re.Match[str]) -> tuple[str, str]:
    """The code a match of PLAN_MENTION stands for, with a note where a dot stands for the hyphen."""
    code = f"{match['letter']}.{int(match['objective'])}"
    if match["outcome"] is None:
        return code, ""
    code = f"{code}-{int(match['outcome'])}"
    return code, f"{match.group()} read as {code}" if match["mark"] == "." else ""


def clause_before(text: str, position: int) -> bool:
    """Whether the word before makes a code a recommendation or a clause: "Recommendation D.1"."""
    return _CLAUSE_BEFORE.match(_window(text, position)) is not None
