"""Explicit mentions of goals, targets, indicators, action lines and outcomes: "ODD 1 à 17", "target 9.c", "C7 (e-health)".

How it reads. Every citation holds a number of one or two digits, so the reader goes from number to number and looks
backwards for a trigger: the word that says what the number is. Only behind a trigger does it read forwards: the
code, then the other members of a list or the end of a range. Codes count only where the catalogue knows them.

What it leaves out, on purpose: codes that do not exist (SDG 18, target 9.9, C12), numbers that measure ("target
2.5 %"), the goals of other plans ("Aichi Target 11", "strategic goal 2", "objective 3 of the project"), numbers
written as words. A bare "C2" counts only near a name of the Summit; a lower-case "goal 9" and every "objectif 1"
only near a name of the Sustainable Development Goals.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from actionlines.alignment import citation_patterns as patterns
from actionlines.alignment import citation_surroundings as surroundings
from actionlines.alignment.citation_patterns import Trigger
from actionlines.frameworks import catalogue


@dataclass(frozen=True, slots=True)
class Citation:
    """One code that a text names.

    Attributes:
        framework: 'sdg', 'wsis' or the code of a plan such as 'itu-d-2020'.
        code: the code in that framework: '9', '9.c', '9.c.1', 'C2', 'C7-HEA', 'D.1-5'.
        start, end: the place of the code in the text. The first code of a mention includes its trigger ("ODD 1"),
            the others are alone ("3"); all codes of a range have the place of the range ("ODD 1 à 17").
        text: what stands there; `text == source[start:end]`.
        mention: start and end of the whole mention, with the other members and the name behind it
            ("objectifs 1, 3 et 5 des ODD").
        normalised: True where the text writes the code otherwise than its framework; `note` says how, in English.
    """

    framework: str
    code: str
    start: int
    end: int
    text: str
    mention: tuple[int, int]
    normalised: bool = False
    note: str = ""


def read_citations(text: str) -> list[Citation]:
    """All citations in `text`, in reading order; the codes of a range in the order of the framework."""
    return _Reader(text).read()


class _Item(NamedTuple):
    """A code or a range as it stands in the text.

    Attributes:
        framework, kind: of the codes.
        first, last: places of the first and the last code among the codes of this kind.
        start, end: place in the text.
        note: how the code is written otherwise than in its framework, or ''.
        parts: the sub-lines that are named behind C7, each from the C of C7 to the end of its name.
    """

    framework: str
    kind: str
    first: int
    last: int
    start: int
    end: int
    note: str = ""
    parts: tuple["_Item", ...] = ()


_Parse = Callable[[int, _Item | None], _Item | None]


@dataclass(frozen=True, slots=True)
class _Known:
    """The codes of the catalogue.

    Attributes:
        places: code to (framework, kind, place among the codes of its kind), for each family of codes.
        codes: (framework, kind) to its codes in order.
        sublines: the codes of C7's sub-lines.
    """

    places: dict[str, tuple[str, str, int]]
    codes: dict[tuple[str, str], tuple[str, ...]]


@cache
def _known() -> _Known:
    places: dict[str, tuple[str, str, int]] = {}
    codes: dict[tuple[str, str], list[str]] = {}
    for framework in catalogue().frameworks.values():
        for node in framework.nodes:
            # The objectives of some plans are bare numbers; nobody could tell them from goals.
            if framework.code not in ("sdg", "wsis") and not patterns.PLAN_CODE.fullmatch(node.code):
                continue
            kind = codes.setdefault((framework.code, node.kind), [])
            places.setdefault(node.code, (framework.code, node.kind, len(kind)))
            kind.append(node.code)
    return _Known(places, {key: tuple(values) for key, values in codes.items()})


def _closed(first: _Item, last: _Item) -> _Item | None:
    """The range from one code to another, or None; a range runs upwards in the order of one kind."""
    if (last.framework, last.kind) != (first.framework, first.kind) or last.first <= first.last:
        return None
    return first._replace(last=last.first, end=last.end, note=first.note or last.note, parts=())


class _Reader:
    """Reads one text from number to number."""

    __slots__ = ("_found", "_known", "_names", "_plan", "_source", "_summit", "_taken", "_text")

    def __init__(self, text: str) -> None:
        self._known = _known()
        self._source = text
        self._text = patterns.narrowed(text)
        self._names = surroundings.Surroundings(self._text, surroundings.NEAR)
        self._summit = surroundings.Surroundings(self._text, surroundings.SUMMIT)
        self._found: list[Citation] = []
        self._taken: set[int] = set()
        self._plan: bool | None = None

    def read(self) -> list[Citation]:
        text = self._text
        for number in patterns.NUMBER.finditer(text):
            start = number.start()
            if start in self._taken or not start:
                continue
            before = text[start - 1]
            if before in patterns.LETTER_C:
                self._read_line(start - 1)
            elif before == "." and text[start - 2 : start - 1].isupper():
                self._read_plan(start - 2)
            elif trigger := patterns.trigger_before(text, start):
                if trigger.kind == "letter":
                    self._read_line(trigger.start)
                elif trigger.kind in patterns.GOAL_KINDS:
                    self._read_goals(start, trigger)
        return sorted(self._found, key=lambda citation: citation.start)

    # Goals, targets, indicators

    def _read_goals(self, start: int, trigger: Trigger) -> None:
        def parse(position: int, range_of: _Item | None) -> _Item | None:
            return self._goal_item(position, trigger, member=position != start or range_of is not None)

        first = parse(start, None)
        if first is None:
            return
        if first.kind == "goal" and patterns.numbers_something_else(self._text, first.end, trigger.gap):
            return
        # A digit that touches a plural is a footnote mark: "the SDGs1".
        if not trigger.gap and self._text[start - 1] == "s":
            return
        items = self._list(first, parse)
        if trigger.from_word and items[0].first == items[0].last:
            return
        if self._about_goals(trigger, items):
            self._keep(items, trigger.start)

    def _goal_item(self, position: int, trigger: Trigger, *, member: bool) -> _Item | None:
        match = trigger.codes.match(self._text, position)
        if match is None:
            return None
        code, note = patterns.goal_code(match.group(), trigger.codes)
        place = self._known.places.get(code)
        if place is None or place[0] != "sdg":
            return None
        kind = place[1]
        if kind == "goal" and trigger.kind in patterns.BELOW_GOALS:
            return None
        if not code[-1].isalpha() and patterns.measures(self._text, match.end(), member=member):
            return None
        return _Item("sdg", kind, place[2], place[2], match.start("goal"), match.end(), note)

    def _about_goals(self, trigger: Trigger, items: list[_Item]) -> bool:
        """Whether these are the Sustainable Development Goals and not the goals of another plan."""
        if trigger.named:
            return True
        text, end = self._text, items[-1].end
        if patterns.goals_behind(text, end):
            return True
        if patterns.stranger_before(text, trigger.start) or patterns.STRANGER_BEHIND.match(text, end):
            return False
        near = surroundings.subject_near(self._names, trigger.start, end)
        return near == "goals" or (near is None and self._stands_alone(trigger, items))

    def _stands_alone(self, trigger: Trigger, items: list[_Item]) -> bool:
        """Whether trigger and codes are clear without a name of the goals near them."""
        codes = self._known.codes
        lettered = any(codes[item.framework, item.kind][item.first][-1].isalpha() for item in items)
        if lettered or any(item.kind == "indicator" for item in items):
            return True
        if trigger.kind == "goal":
            return trigger.definite
        return trigger.kind == "target"

    # Action lines

    def _read_line(self, start: int) -> None:
        if start and patterns.GOES_ON.match(self._text, start - 1):
            return
        first = self._line_item(start, None)
        if first is None:
            return
        items = self._list(first, self._line_item)
        trigger = patterns.trigger_before(self._text, start)
        if trigger and trigger.kind in patterns.LINE_KINDS and not trigger.from_word:
            self._keep(items, trigger.start)
        elif items[0].parts or self._near_summit(start, items[-1].end):
            self._keep(items, start)

    def _line_item(self, position: int, range_of: _Item | None) -> _Item | None:
        match = patterns.LINE_CODE.match(self._text, position)
        if match is None and range_of is not None:
            match = patterns.LINE_NUMBER.match(self._text, position)
            if match and patterns.measures(self._text, match.end(), member=True):
                return None
        if match is None:
            return None
        place = self._known.places.get(f"C{int(match['line'])}")
        if place is None or place[0] != "wsis":
            return None
        end = match.end()
        parts = tuple(self._sublines(position, end)) if place[1:] == self._known.places["C7"][1:] else ()
        return _Item("wsis", place[1], place[2], place[2], position, end, parts=parts)

    def _sublines(self, start: int, position: int) -> Iterator[_Item]:
        for code, end in patterns.sublines(self._text, position):
            if place := self._known.places.get(code):
                yield _Item("wsis", place[1], place[2], place[2], start, end)

    def _near_summit(self, start: int, end: int) -> bool:
        return (
            self._text[start].isupper()
            and any(True for _ in self._summit.around(start, end))
            and not patterns.other_c(self._text, start, end)
        )

    # Codes of plans

    def _read_plan(self, start: int) -> None:
        first = self._plan_item(start, None)
        if first is None:
            return
        text = self._text
        if patterns.clause_before(text, start):
            return
        trigger = patterns.trigger_before(text, start)
        triggered = trigger is not None and trigger.kind in patterns.PLAN_KINDS
        proper = first.kind == "outcome" and not first.note
        if not (proper or triggered or self._has_plan()):
            return
        items = self._list(first, self._plan_item)
        self._keep(items, trigger.start if trigger is not None and triggered else start)

    def _plan_item(self, position: int, _range_of: _Item | None) -> _Item | None:
        match = patterns.PLAN_MENTION.match(self._text, position)
        if match is None or (position and patterns.GOES_ON_DOTTED.match(self._text, position - 1)):
            return None
        code, note = patterns.plan_code(match)
        place = self._known.places.get(code)
        if place is None or place[0] in ("sdg", "wsis"):
            return None
        return _Item(place[0], place[1], place[2], place[2], position, match.end(), note)

    def _has_plan(self) -> bool:
        """Whether a proper code of an outcome stands anywhere in the text."""
        if self._plan is None:
            outcomes = patterns.PROPER_OUTCOME.finditer(self._text)
            self._plan = any(self._plan_item(outcome.start(), None) is not None for outcome in outcomes)
        return self._plan

    # Lists and ranges

    def _list(self, first: _Item, parse: _Parse) -> list[_Item]:
        """`first` and the members behind it, ranges closed."""
        items = [first]
        while joint := patterns.JOINT.match(self._text, self._behind(items[-1])):
            range_of = items[-1] if joint["to"] is not None else None
            member = parse(joint.end(), range_of)
            if member is None:
                break
            if range_of is None:
                items.append(member)
            elif closed := _closed(range_of, member):
                items[-1] = closed
            else:
                break
        return items

    def _behind(self, item: _Item) -> int:
        """The end of an item, the names of sub-lines and their bracket included."""
        if not item.parts:
            return item.end
        end = item.parts[-1].end
        return end + 1 if self._text[end : end + 1] in (")", "）") else end

    def _keep(self, items: list[_Item], start: int) -> None:
        """Add the citations of one mention that begins at `start` and ends with the items."""
        codes = self._known.codes
        mention = (start, patterns.mention_end(self._text, self._behind(items[-1])))
        for item in items:
            self._taken.update(range(item.start, item.end))
            begin = start if item is items[0] else item.start
            for part in item.parts or (item,):
                text = self._source[begin : part.end]
                for code in codes[part.framework, part.kind][part.first : part.last + 1]:
                    self._found.append(
                        Citation(
                            part.framework, code, begin, part.end, text, mention, bool(part.note), part.note
                        )
                    )
