"""Which way a text moves a goal: it advances it, works against it, or only mentions it.

Each place that is evidence for a link is looked at in its sentence. The nearest word of change governs it ("cut",
"expands", "was closed"); what is changed may be good or bad ("cut subsidies", "cut emissions"). Denied or supposed
change is none. The words, by language: data/lexicon/<language>/direction.toml.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from actionlines.alignment.lexicon import DATA, expressions, page, reader
from actionlines.alignment.link import Direction
from actionlines.alignment.tokens import BREAK, Tokens
from actionlines.problems import InputError, Problem, marked
from actionlines.text import fold

CUES: Final = ("raises", "lowers", "helps", "harms")
_OTHERS: Final = ("doubts", "denials", "counters")
_UNDESIRABLE: Final = "undesirable"
_ALWAYS: Final = "all"

_BEFORE: Final = 10  # tokens between a word of change and what it changes, where it stands before
_BEHIND: Final = 6  # and where it stands behind
_COMMA: Final = 3.0  # a comma between them is as far as so many tokens
_TURNED: Final = 1.5  # "schools were closed": that what is changed comes first is the rarer order
_DENIED: Final = 3  # tokens between a negator and the change it denies
_COUNTERED: Final = 3  # tokens between "prevention" and what is prevented
_SUPPOSED: Final = 2  # tokens a word of doubt may stand behind the change
_SPREAD: Final = {"zh": 2}  # a Chinese token is a character
_COMMAS: Final = re.compile("[,，、،]")
_REMEMBERED: Final = 1 << 16

Span = tuple[int, int]

_folded: Final = lru_cache(_REMEMBERED)(fold)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an expression: a stem, or with a star the shape of the whole word (folded)."""

    stem: str = ""
    shape: re.Pattern[str] | None = None

    def fits(self, stem: str, word: str) -> bool:
        """Whether a token can be it; `word` as it stands in the text."""
        if self.shape is None:
            return stem == self.stem
        return self.shape.fullmatch(_folded(word)) is not None


_Expression = tuple[Word, ...]
_Kinds = tuple[tuple[str, _Expression], ...]


class Begun:
    """Which expressions a token can begin; the hundreds of patterns are tried once for each word.

    Attributes:
        by_none: words that begin none, as they stand in texts.
    """

    def __init__(self, expressions: Mapping[str, Sequence[_Expression]]) -> None:
        self.by_none: set[str] = set()
        self._known: dict[str, _Kinds] = {}
        self._all: _Kinds = tuple(
            (kind, expression) for kind, listed in expressions.items() for expression in listed
        )
        firsts = [expression[0] for _, expression in self._all]
        shapes = sorted({first.shape.pattern for first in firsts if first.shape})
        self._shaped = re.compile("|".join(shapes)) if shapes else None
        self._stems = frozenset(first.stem for first in firsts if not first.shape)

    def by(self, stem: str, word: str) -> _Kinds:
        """Each expression whose first word the token can be, with its kind."""
        found = self._known.get(word)
        if found is None:
            found = self._worked_out(stem, word)
            if len(self._known) + len(self.by_none) >= _REMEMBERED:
                self._known.clear()
                self.by_none.clear()
            if found:
                self._known[word] = found
            else:
                self.by_none.add(word)
        return found

    def _worked_out(self, stem: str, word: str) -> _Kinds:
        shaped = self._shaped is not None and self._shaped.fullmatch(_folded(word)) is not None
        if not (shaped or stem in self._stems):
            return ()
        return tuple((kind, expression) for kind, expression in self._all if expression[0].fits(stem, word))


@dataclass(frozen=True)
class Compass:
    """The words of change of one language.

    Attributes:
        language: which.
        expressions: kind ('raises', …, or 'undesirable all', 'undesirable 13') to its expressions.
        resumers: stems that end a clause before the sentence does.
        softeners: stems that turn a denial into a statement.
        spread: how many tokens make up a word, about.
    """

    language: str
    expressions: Mapping[str, tuple[_Expression, ...]]
    resumers: frozenset[str]
    softeners: frozenset[str]
    spread: int = field(init=False)
    begun: "Begun" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "spread", _SPREAD.get(self.language, 1))
        object.__setattr__(self, "begun", Begun(self.expressions))

    def survey(self, tokens: Tokens, text: str) -> "Survey":
        """Everything in a passage that says or changes a direction."""
        stems, words = tokens.stems, tokens.words
        found = Survey(self, stems)
        begun, resumers = self.begun, self.resumers
        passed = 0  # what lies before this token is part of a longer Chinese word
        found.breaks += [at for at, stem in enumerate(stems) if stem == BREAK or stem in resumers]
        for at in [at for at, word in enumerate(words) if word not in begun.by_none]:
            stem = stems[at]
            if stem == BREAK or stem in resumers:
                continue
            expressions = begun.by(stem, words[at])
            if expressions and at >= passed:
                kinds, length = self._longest(expressions, tokens, at)
                for kind in kinds:
                    found.note(kind, at, at + length)
                if kinds and self.spread > 1:
                    passed = at + length
        if stems:
            found.commas += [bisect_right(tokens.starts, at.start()) for at in _COMMAS.finditer(text)]
        return found

    def _longest(self, begun: "_Kinds", tokens: Tokens, at: int) -> tuple[list[str], int]:
        """The kinds of the longest expression that stands there, and its length in tokens.

        What is undesirable is no word of change: "pollution" pollutes nothing.
        """
        kinds: list[str] = []
        longest = 1
        for kind, expression in begun:
            length = len(expression)
            if length < longest or (length > 1 and not _stands(expression, tokens, at)):
                continue
            kinds = [*kinds, kind] if length == longest else [kind]
            longest = length
        if any(kind.startswith(_UNDESIRABLE) for kind in kinds):
            kinds = [kind for kind in kinds if kind not in CUES]
        return kinds, longest


def _stands(expression: "_Expression", tokens: Tokens, at: int) -> bool:
    places = range(at, at + len(expression))
    return places.stop <= len(tokens.stems) and all(
        part.fits(tokens.stems[place], tokens.words[place])
        for part, place in zip(expression, places, strict=True)
    )


@dataclass
class Survey:
    """What stands where in one passage; positions are those of its tokens."""

    compass: Compass
    stems: tuple[str, ...]
    cues: dict[int, tuple[int, str]] = field(default_factory=dict)  # first token: behind, kind
    order: list[int] = field(default_factory=list)  # the first tokens of the cues
    marks: dict[str, set[int]] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)  # where a clause ends, in order
    commas: list[int] = field(default_factory=list)  # the tokens behind a comma, in order
    # Worked out already:
    signs: dict[tuple[Span, str | None], int] = field(default_factory=dict)
    clauses: dict[int, tuple[int, int, list[int]]] = field(default_factory=dict)
    voided: dict[int, bool] = field(default_factory=dict)
    undesirable: dict[str | None, set[int]] = field(default_factory=dict)

    def note(self, kind: str, first: int, behind: int) -> None:
        """Write down an expression."""
        if kind in CUES:
            if first not in self.cues:
                self.cues[first] = behind, kind
                self.order.append(first)
        else:
            self.marks.setdefault(kind, set()).update(range(first, behind))

    def direction(self, places: Iterable[Span], goal: str | None = "") -> Direction:
        """Of a link, from the places (first token, behind the last) that are its evidence.

        Args:
            places: where; a place counts once.
            goal: the goal whose undesirable words count beside the general ones: emissions for 13. None where the
                place names something good whatever its words are: "SDG 1 (no poverty)".
        """
        if goal and f"{_UNDESIRABLE} {goal}" not in self.marks:
            goal = ""  # nothing here is undesirable for this goal alone: worked out once for all of them
        known = self.signs
        said = []
        for place in dict.fromkeys(places):
            sign = known.get((place, goal))
            if sign is None:
                sign = known[place, goal] = self._sign(place, goal)
            said.append(sign)
        better, worse = said.count(1), said.count(-1)
        if worse > better:
            return Direction.AGAINST
        return Direction.ADVANCES if better else Direction.MENTIONS

    def _sign(self, place: Span, goal: str | None) -> int:
        low, high, here = self._clause(place)
        if not here:
            return 0
        cue = self._governing(place, low, high)
        if cue is not None:
            return self._effect(cue, place, goal, low)
        return int(any(self._effect(at, place, goal, low) > 0 for at in here))

    def _clause(self, place: Span) -> tuple[int, int, list[int]]:
        """The first token of the clause, the one behind its last, and the words of change in it."""
        before = bisect_left(self.breaks, place[0])
        known = self.clauses.get(before)
        if known is None or place[1] > known[1]:
            behind = bisect_left(self.breaks, place[1])
            low = self.breaks[before - 1] + 1 if before else 0
            high = self.breaks[behind] if behind < len(self.breaks) else len(self.stems)
            known = low, high, self.order[bisect_left(self.order, low) : bisect_left(self.order, high)]
            if behind == before:
                self.clauses[before] = known
        return known

    def _governing(self, place: Span, low: int, high: int) -> int | None:
        """The word of change that is nearest, or None."""
        spread = self.compass.spread
        best, cost = None, float("inf")
        following = bisect_left(self.order, place[0])
        if following and self.order[following - 1] >= max(low, place[0] - _BEFORE * spread):
            best = self.order[following - 1]
            cost = (place[0] - self.cues[best][0]) / spread + _COMMA * self._commas(best, place[0])
        while following < len(self.order) and self.order[following] < place[1]:
            following += 1
        if following < len(self.order) and self.order[following] < min(high, place[1] + _BEHIND * spread):
            at = self.order[following]
            if (at - place[1]) / spread + _TURNED + _COMMA * self._commas(place[1] - 1, at) < cost:
                return at
        return best

    def _commas(self, first: int, last: int) -> int:
        return bisect_right(self.commas, last) - bisect_right(self.commas, first)

    def _effect(self, cue: int, place: Span, goal: str | None, low: int) -> int:
        """1, -1, or 0 where the change is denied or only supposed."""
        behind, kind = self.cues[cue]
        if self._void(cue, low):
            return 0
        sign = {"helps": 1, "harms": -1}.get(kind)
        if sign is None:
            bad = self._bad(
                min(cue - 2 * self.compass.spread, place[0] - 1),
                max(behind, place[1]) + 1,
                (cue, behind),
                goal,
            )
            sign = 1 if bad == (kind == "lowers") else -1
        above = self._above(cue, low, goal)
        if above is not None:
            if self._void(above, low):
                return 0
            sign *= -1 if self.cues[above][1] in ("lowers", "harms") else 1
        return sign

    def _void(self, cue: int, low: int) -> bool:
        """Whether the change is denied or only supposed, in the clause that begins at `low`."""
        known = self.voided.get(cue)
        if known is None:
            known = self.voided[cue] = self._denied(cue) or self._supposed(self.cues[cue][0], low)
        return known

    def _above(self, cue: int, low: int, goal: str | None) -> int | None:
        """The word of change whose object is this one: 'cut' in 'cut support for farmers'."""
        for at in range(cue - 1, max(low, cue - 2 * self.compass.spread) - 1, -1):
            if at in self.cues and self.cues[at][0] <= cue:
                apart = range(self.cues[at][0], cue)
                return None if self._commas(at, cue) or self._undesirable(goal) & set(apart) else at
        return None

    def _undesirable(self, goal: str | None) -> set[int]:
        known = self.undesirable.get(goal)
        if known is None:
            known = self.undesirable[goal] = set()
            if goal is not None:
                for kind in (_ALWAYS, goal):
                    known |= self.marks.get(f"{_UNDESIRABLE} {kind}", set())
        return known

    def _bad(self, first: int, behind: int, cue: Span, goal: str | None) -> bool:
        """Whether something undesirable stands there that nothing counters ('prevention of', 'against')."""
        found = [at for at in self._undesirable(goal) if first <= at < behind and not cue[0] <= at < cue[1]]
        if not found:
            return False
        counters = self.marks.get("counters", set()) - set(range(*cue))
        reach = _COUNTERED * self.compass.spread
        return any(counters.isdisjoint((*range(at - reach, at), at + 1, at + 2)) for at in found)

    def _denied(self, cue: int) -> bool:
        denials = self.marks.get("denials")
        if not denials:
            return False
        reach = range(max(0, cue - _DENIED * self.compass.spread), cue)
        return not denials.isdisjoint(reach) and any(
            at in denials and self.compass.softeners.isdisjoint(self.stems[at : cue + 2]) for at in reach
        )

    def _supposed(self, behind: int, low: int) -> bool:
        return any(low <= at < behind + _SUPPOSED for at in self.marks.get("doubts", ()))


@cache
def compass(language: str) -> Compass:
    """The words of change of a language, loaded and checked once.

    Raises:
        InputError: a key of its file that is none.
        KeyError: not one of the six languages.
    """
    said = reader(language)
    name = f"{language}/direction.toml"
    written = page(DATA / language / "direction.toml", name)
    undesirable = written.pop(_UNDESIRABLE, {})
    unknown = [key for key in written if key not in (*CUES, *_OTHERS)]
    if unknown:
        fault = marked("“%(key)s” is no kind of words.")
        raise InputError([Problem(fault, {"key": key}, name, column=key) for key in unknown])
    listed = written | {f"{_UNDESIRABLE} {goal}": words for goal, words in undesirable.items()}

    def patterns(expression: str) -> _Expression:
        return tuple(part for word in expression.split() for part in _parts(word, said.tokenizer.stems(word)))

    found = {
        kind: tuple(dict.fromkeys(filter(None, map(patterns, expressions(words)))))
        for kind, words in listed.items()
    }
    negators = tuple((Word(stem),) for stem in sorted(said.grammar.negators))
    found["denials"] = (*found.get("denials", ()), *negators)
    return Compass(language, found, said.grammar.resumers, said.grammar.softeners)


def _parts(word: str, stems: Sequence[str]) -> list[Word]:
    """Of a word without a star its stem, or its characters in Chinese; a star stands for any letters."""
    if "*" in word:
        return [Word(shape=re.compile(r"\w*".join(map(re.escape, fold(word).split("*")))))]
    return [Word(stem) for stem in stems]
