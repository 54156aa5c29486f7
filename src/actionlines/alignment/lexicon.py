"""The curated lexicon: which words of a text speak for which node. How the files are written: data/lexicon/README.md."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import compress, count, pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

from actionlines.alignment.negation import Grammar, denied
from actionlines.alignment.tokens import Tokenizer, Tokens
from actionlines.frameworks import Framework, catalogue
from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES

DATA: Final = Path(__file__).parent / "data" / "lexicon"
GRADES: Final[Mapping[str, float]] = {"strong": 3.0, "plain": 1.5, "hint": 0.5}
FRAMEWORKS: Final = ("gdc", "sdg", "wsis")
"""What a lexicon exists for: objectives of the Global Digital Compact, goals and targets, action lines."""

_Key = tuple[tuple[str, ...], frozenset[str], frozenset[str]]
_NO_NODE: Final = "-"
_BLOCKING: Final = "phrases"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One expression of the lexicon.

    Attributes:
        stems: its words.
        weights: node to weight; a phrase of a target also weighs for the goal.
        company: stems of which one must stand in the passage, or empty.
        strangers: stems of which none may stand there.
        blocks: whether shorter phrases inside it do not count.
    """

    stems: tuple[str, ...]
    weights: Mapping[str, float]
    company: frozenset[str] = frozenset()
    strangers: frozenset[str] = frozenset()
    blocks: bool = False
    # Asked of every phrase of every text: worked out once.
    size: int = field(init=False)
    conditional: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", len(self.stems))
        object.__setattr__(self, "conditional", bool(self.company or self.strangers))

    def fits(self, stems: frozenset[str]) -> bool:
        """Whether a passage with these stems lets the phrase count."""
        return (not self.company or not self.company.isdisjoint(stems)) and self.strangers.isdisjoint(stems)


class Hit(NamedTuple):
    """A phrase found: tokens `first` up to, not including, `behind`."""

    phrase: Phrase
    first: int
    behind: int


@dataclass(frozen=True)
class Lexicon:
    """All phrases of one language for one framework.

    Attributes:
        language, framework: which.
        heads: first stem to the phrases that begin with it, the longest first.
    """

    language: str
    framework: str
    heads: Mapping[str, tuple[Phrase, ...]]

    def find(self, tokens: Tokens, denied_stretches: Iterable[tuple[int, int]] = ()) -> dict[str, list[Hit]]:
        """Node to the hits that speak for it, in reading order; where two overlap, the longer one.

        Hits inside a denied stretch, or inside a longer phrase that belongs to no node, are left out.
        """
        by_node: dict[str, list[Hit]] = {}
        for hit in _unblocked(self._hits(tokens), denied_stretches):
            for node in hit.phrase.weights:
                by_node.setdefault(node, []).append(hit)
        return {node: _longest(hits) if len(hits) > 1 else hits for node, hits in by_node.items()}

    def _hits(self, tokens: Tokens) -> list[Hit]:
        stems = tokens.stems
        begun = self._begun
        passage: frozenset[str] | None = None
        found = []
        for first in compress(count(), map(begun.__contains__, stems)):
            alone, followed = begun[stems[first]]
            longer = followed.get(stems[first + 1], ()) if followed and first + 1 < len(stems) else ()
            for phrase in (*longer, *alone) if longer else alone:
                behind = first + phrase.size
                if phrase.size > 2 and stems[first:behind] != phrase.stems:
                    continue
                if phrase.conditional:
                    passage = frozenset(stems) if passage is None else passage
                    if not phrase.fits(passage):
                        continue
                found.append(Hit(phrase, first, behind))
        return found

    @cached_property
    def _begun(self) -> Mapping[str, tuple[tuple[Phrase, ...], Mapping[str, tuple[Phrase, ...]]]]:
        """First stem to the phrases of one word and, by their second stem, the longer ones."""
        found = {}
        for stem, phrases in self.heads.items():
            followed: dict[str, tuple[Phrase, ...]] = {}
            for phrase in phrases:
                if phrase.size > 1:
                    followed[phrase.stems[1]] = (*followed.get(phrase.stems[1], ()), phrase)
            found[stem] = tuple(phrase for phrase in phrases if phrase.size == 1), followed
        return found


def _unblocked(hits: list[Hit], denied_stretches: Iterable[tuple[int, int]]) -> Iterable[Hit]:
    blocked = [(hit.first, hit.behind) for hit in hits if hit.phrase.blocks]
    stretches = list(denied_stretches)
    if not blocked and not stretches:
        return hits
    return (
        hit
        for hit in hits
        if not any(first <= hit.first and hit.behind <= behind for first, behind in stretches)
        and not any(
            first <= hit.first and hit.behind <= behind and hit.behind - hit.first < behind - first
            for first, behind in blocked
        )
    )


def _longest(hits: list[Hit]) -> list[Hit]:
    """Of overlapping hits the longest, of equally long ones the first; in reading order."""
    if all(one.behind <= two.first for one, two in pairwise(hits)):
        return hits
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: (hit.first - hit.behind, hit.first)):
        places = range(hit.first, hit.behind)
        if taken.isdisjoint(places):
            kept.append(hit)
            taken.update(places)
    kept.sort(key=lambda hit: hit.first)
    return kept


@dataclass(frozen=True)
class Reader:
    """What reads texts of one language: its tokenizer, its grammar of denial, its lexicons by framework."""

    tokenizer: Tokenizer
    grammar: Grammar
    lexicons: Mapping[str, Lexicon]

    def read(self, text: str) -> tuple[Tokens, list[tuple[int, int]]]:
        """The tokens of a text and the stretches of them it denies."""
        tokens = self.tokenizer(text)
        return tokens, denied(tokens, self.grammar, self._beginnings, text)

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return self.grammar.beginnings


@cache
def reader(language: str) -> Reader:
    """The reader of a language, loaded and checked once.

    Raises:
        InputError: every fault of its files at once.
        KeyError: not one of the six languages.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    said = page(DATA / language / "grammar.toml", f"{language}/grammar.toml")
    tokenizer = Tokenizer(language, frozenset(expressions(said.get("skipped", ""))))

    def phrases(key: str) -> dict[str, list[tuple[str, ...]]]:
        written = (one for phrase in expressions(said.get(key, "")) for one in spelt_out(phrase))
        found: dict[str, list[tuple[str, ...]]] = {}
        for stems in filter(None, dict.fromkeys(map(tokenizer.stems, written))):
            found.setdefault(stems[0], []).append(stems)
        return found

    def words(key: str) -> frozenset[str]:
        return frozenset(stem for found in phrases(key).values() for stems in found for stem in stems)

    grammar = Grammar(
        words("negators"),
        phrases("verbs"),
        phrases("denials"),
        words("softeners"),
        words("resumers"),
        phrases("topics"),
        phrases("rejections"),
        words("asides"),
        phrases("innocent"),
    )
    lexicons = {code: _load(language, catalogue().frameworks[code], tokenizer) for code in FRAMEWORKS}
    return Reader(tokenizer, grammar, lexicons)


def _load(language: str, framework: Framework, tokenizer: Tokenizer) -> Lexicon:
    name = f"{language}/{framework.code}.toml"
    problems: list[Problem] = []
    weights: dict[_Key, dict[str, float]] = {}
    blocking: set[_Key] = set()
    for node, grade, said in _phrases(
        page(DATA / language / f"{framework.code}.toml", name), framework, name, problems
    ):
        key = _parsed(said, tokenizer)
        held = weights.setdefault(key, {})
        if not key[0] or node in held or (node == _NO_NODE and key in blocking):
            problems.append(_fault(name, node, marked("“%(said)s” is empty or stands there twice."), said))
        if node == _NO_NODE:
            blocking.add(key)
            continue
        held[node] = max(held.get(node, 0.0), GRADES[grade])
    if problems:
        raise InputError(problems)
    heads: dict[str, list[Phrase]] = {}
    for key, held in weights.items():
        stems, company, strangers = key
        phrase = Phrase(stems, _with_goals(held, framework), company, strangers, blocks=key in blocking)
        heads.setdefault(stems[0], []).append(phrase)
    return Lexicon(
        language,
        framework.code,
        {head: tuple(sorted(found, key=lambda phrase: -len(phrase.stems))) for head, found in heads.items()},
    )


def _phrases(
    written: dict[str, Any], framework: Framework, name: str, problems: list[Problem]
) -> Iterator[tuple[str, str, str]]:
    """Node, grade and phrase of each phrase of a file; what cannot be one is noted."""
    for node, grades in written.items():
        if node != _NO_NODE and node not in framework:
            problems.append(_fault(name, node, marked("“%(said)s” is not a code of the framework."), node))
            continue
        for grade, phrases in grades.items():
            if grade in ((_BLOCKING,) if node == _NO_NODE else GRADES):
                yield from ((node, grade, said) for said in expressions(phrases))
            else:
                problems.append(_fault(name, node, marked("“%(said)s” is not a grade."), grade))


def _with_goals(weights: Mapping[str, float], framework: Framework) -> Mapping[str, float]:
    """A target weighs for its goal too. Of the sub-lines of C7 none says anything about C7 as such."""
    found = dict(weights)
    for node, weight in weights.items():
        if framework[node].kind == "target":
            goal = framework.root_of(node).code
            found[goal] = max(found.get(goal, 0.0), weight)
    return found


def _parsed(said: str, tokenizer: Tokenizer) -> _Key:
    """'bank ~ account, loan ! river': the stems, the company asked for, the strangers forbidden."""
    rest, _, strangers = said.partition("!")
    phrase, _, company = rest.partition("~")

    def words(listed: str) -> frozenset[str]:
        return frozenset(stem for word in listed.split(",") for stem in tokenizer.stems(word))

    return tokenizer.stems(phrase), words(company), words(strangers)


def spelt_out(phrase: str) -> Iterator[str]:
    """'left out of (plan, study)': the phrase with each of the alternatives in brackets."""
    before, bracket, rest = phrase.partition("(")
    if not bracket:
        yield phrase
        return
    alternatives, _, behind = rest.partition(")")
    for alternative in alternatives.split(","):
        yield from (f"{before}{alternative.strip()}{end}" for end in spelt_out(behind))


def expressions(phrases: str) -> list[str]:
    """The expressions of a list, which stand between bars."""
    return [stripped for phrase in phrases.split("|") if (stripped := phrase.strip())]


def page(path: Path, name: str) -> dict[str, Any]:
    """What a file of the lexicon holds.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            [Problem(marked("cannot be read: %(reason)s."), {"reason": str(error)}, name)]
        ) from None


def _fault(name: str, node: str, template: str, said: str) -> Problem:
    return Problem(template, {"said": said}, name, column=node)
