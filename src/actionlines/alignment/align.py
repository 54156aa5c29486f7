"""The aligner: what the owner declared, what the text cites, what its words say, what the matrix implies."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from actionlines.alignment.citations import read_citations
from actionlines.alignment.collection import Collection, Portion, nodes_of
from actionlines.alignment.direction import Survey, compass
from actionlines.alignment.implied import implied_links
from actionlines.alignment.language import detect_language
from actionlines.alignment.learned import Learned
from actionlines.alignment.lexicon import Hit, reader
from actionlines.alignment.link import BASIS_ORDER, Basis, Direction, Evidence, Link
from actionlines.alignment.meaning import Meaning, meaning
from actionlines.alignment.model import GOALS, Opinion, model
from actionlines.alignment.nearness import near_probabilities
from actionlines.alignment.portions import portions
from actionlines.alignment.scoring import calibration, probabilities, weigh
from actionlines.alignment.stacker import BARE, SEMANTIC, stackers
from actionlines.alignment.tokens import Tokens
from actionlines.frameworks import Framework, catalogue

# A judgement: who writes a code means it, but for misprints and for what a text only quotes.
CITED_PROBABILITY = 0.97

USUAL: Final = ("sdg", "wsis")
SHIPPED: Final = Learned()

_RANKS: Final = {basis: BASIS_ORDER[basis.value] for basis in Basis}

_TOLD: Final = (Basis.LEXICON, Basis.MODEL)

Span = tuple[int, int]
Places = tuple[Span, ...]


def align(
    text: str,
    *,
    language: str = "",
    lines: Sequence[str] = (),
    targets: Sequence[str] = (),
    frameworks: Sequence[str] = USUAL,
    learned: Learned = SHIPPED,
    semantic: bool = False,
    collection: Collection | None = None,
) -> list[Link]:
    """The links of one passage or entry.

    Args:
        text: what to read; evidence offsets count in it.
        language: ISO 639-1, or '' to detect it among the six.
        lines, targets: what the owner declared ('C2', 'C7-HEA'; '9', '9.c').
        frameworks: to which the words may link, of FRAMEWORKS: also 'gdc', the objectives of the Global Digital Compact.
        learned: numbers that decisions of people taught, in the place of those that ship.
        semantic: read the meaning too; needs the extra `semantic` and takes twenty times as long. Goals, targets and
            lines are then also found where no word of the lexicon stands.
        collection: what was learnt from labelled texts like this one; of its nodes it has the last word.

    Returns:
        A long text is read in portions of paragraphs and each link is that of the portion that speaks most clearly:
        otherwise the longer a text, the more goals it would touch by accident.
        One link per node (its strongest basis), sorted by framework, then reading order of the node. A link to a
        target also yields a link to its goal; a link to a C7 sub-line also yields C7.

    Raises:
        KeyError: a declared code that does not exist, or a language that is not among the six.
        InputError: the semantic stage is asked for, and its extra is not installed.
    """
    found = [*_declared(lines, targets)]
    semantic = semantic or (collection is not None and collection.semantic)
    tongue = language or detect_language(text)
    if tongue:
        for start, end in portions(text):
            links = _read(text[start:end], tongue, frameworks, learned, collection, semantic=semantic)
            found += [_moved(link, text, start) for link in links]
    firm = [
        link.node
        for link in found
        if link.framework == "wsis" and link.basis in (Basis.DECLARED, Basis.CITED)
    ]
    found += implied_links(dict.fromkeys(firm))
    return _with_parents(_strongest(found), collection)


def _read(
    text: str,
    language: str,
    frameworks: Sequence[str],
    learned: Learned,
    collection: Collection | None,
    *,
    semantic: bool,
) -> Iterator[Link]:
    """What one portion of the text says."""
    reading = reader(language)
    tokens, stretches = reading.read(text)
    passage = _Passage(text, tokens, compass(language).survey(tokens, text))
    denied = [(tokens.starts[first], tokens.ends[behind - 1]) for first, behind in stretches]
    # Of a text of nothing but articles and the like there is no word to show, whatever it may mean.
    sense = meaning(text, language, denied) if semantic and tokens.stems else None
    yield from _cited(passage, denied, frameworks)
    for framework in frameworks:
        hits = reading.lexicons[framework].find(tokens, stretches)
        weights = {node: weigh(found, node) for node, found in hits.items()}
        opinion = _opinion(language, tokens, stretches) if framework == "sdg" else None
        told: dict[str, float] = {}
        if collection and collection.framework == framework:
            portion = Portion(text, language, tokens, stretches, hits, sense)
            told = collection.judged(portion)
            yield from _collected(portion, collection, told, passage)
        judged = told or _judged(learned, language, opinion, weights, sense if framework == "sdg" else None)
        if not told:
            yield from _modelled(passage, opinion, judged, hits)
        for link in _worded(passage, hits, weights, framework, judged, sense):
            slanted = link if link.node in judged else learned.slanted(link)
            if slanted is not None and link.node not in told:
                yield slanted


@dataclass(slots=True)
class _Passage:
    """A portion of the text, and what its places have been found to show: goals and targets share many."""

    text: str
    tokens: Tokens
    survey: Survey
    _evidence: dict[Places, tuple[Evidence, ...]] = field(default_factory=dict)
    _directions: dict[tuple[Places, str], Direction] = field(default_factory=dict)

    def link(self, framework: str, node: str, basis: Basis, probability: float, places: Places) -> Link:
        """A link whose evidence is the tokens at some places (first, behind the last)."""
        goal = node.partition(".")[0] if framework == "sdg" else ""
        evidence = self._evidence.get(places)
        if evidence is None:
            starts, ends = self.tokens.starts, self.tokens.ends
            spans = [(starts[first], ends[behind - 1]) for first, behind in places]
            evidence = self._evidence[places] = _evidence(self.text, spans)
        said = self._directions.get((places, goal))
        if said is None:
            said = self._directions[places, goal] = self.survey.direction(places, goal)
        return Link(framework, node, basis, probability, evidence, direction=said)


def _collected(
    portion: Portion, collection: Collection, judged: dict[str, float], passage: _Passage
) -> Iterator[Link]:
    """What a collection says of its nodes: on words of the lexicon, on its own, or, by the meaning, on the whole."""
    numbers, tokens = calibration(), portion.tokens
    opinion = collection.opinion(portion)
    for place, (node, likely) in enumerate(judged.items()):
        if likely < numbers.lowest:
            continue
        hits = portion.hits.get(node, ())
        words = opinion.tokens_for(place, tokens) if opinion and not hits else []
        places = tuple([hit[1:] for hit in hits] or [(word, word + 1) for word in words])
        if not places and not collection.semantic:
            continue
        basis = Basis.LEXICON if hits else Basis.MODEL
        probability = round(min(numbers.highest_judged, likely), 4)
        whole = ((0, len(tokens.stems)),)
        yield passage.link(collection.framework, node, basis, probability, places or whole)


def _moved(link: Link, text: str, start: int) -> Link:
    """A link of a portion with its evidence at its place in the whole text."""
    if not start:
        return link
    spans = ((item.start + start, item.end + start) for item in link.evidence)
    return replace(link, evidence=tuple(Evidence(first, last, text[first:last]) for first, last in spans))


def _declared(lines: Iterable[str], targets: Iterable[str]) -> Iterator[Link]:
    for framework, codes in (("wsis", lines), ("sdg", targets)):
        for code in codes:
            yield Link(framework, _framework(framework)[code].code, Basis.DECLARED, 1.0)


def _cited(passage: _Passage, denied: Sequence[Span], frameworks: Sequence[str]) -> Iterator[Link]:
    """Citations of goals, targets and lines; of an indicator its target is linked."""
    text, starts = passage.text, passage.tokens.starts
    spans: dict[tuple[str, str], list[Span]] = {}
    for citation in read_citations(text):
        if citation.framework not in frameworks:
            continue
        if any(start <= citation.start and citation.end <= end for start, end in denied):
            continue
        node = _framework(citation.framework)[citation.code]
        code = node.parent if node.kind == "indicator" and node.parent else node.code
        spans.setdefault((citation.framework, code), []).append((citation.start, citation.end))
    for (framework, code), places in spans.items():
        words = [(bisect_left(starts, start), bisect_left(starts, end)) for start, end in places]
        said = passage.survey.direction(words, None)
        yield Link(framework, code, Basis.CITED, CITED_PROBABILITY, _evidence(text, places), direction=said)


def _opinion(language: str, tokens: Tokens, denied: Sequence[Span]) -> Opinion | None:
    """What the linear model says; None where the language has none, or the passage too few words."""
    known = model(language) if language in stackers() else None
    return known.opinion(tokens, denied) if known else None


def _judged(
    learned: Learned,
    language: str,
    opinion: Opinion | None,
    words: dict[str, float],
    sense: Meaning | None,
) -> dict[str, float]:
    """Goal to probability, from model, lexicon and meaning together; empty where neither model nor meaning speaks."""
    if opinion is None and sense is None:
        return {}
    weights = [words.get(goal, 0.0) for goal in GOALS]
    if sense is None:
        stacker = learned.stacker(language)
    else:
        stacker = stackers(SEMANTIC)[language if opinion else BARE]
    scores, goals = opinion.scores if opinion else None, sense.goals if sense else None
    found = dict(zip(GOALS, stacker.probabilities(scores, weights, goals).tolist(), strict=True))
    if sense is None:
        return {goal: probability for goal, probability in found.items() if goal not in stacker.unheard}
    bare = stackers(SEMANTIC)[BARE].probabilities(None, weights, goals).tolist()
    return found | {goal: bare[GOALS.index(goal)] for goal in stacker.unheard}


def _worded(
    passage: _Passage,
    hits: dict[str, list[Hit]],
    weights: dict[str, float],
    framework: str,
    judged: dict[str, float],
    sense: Meaning | None,
) -> Iterator[Link]:
    """What the lexicon has words for and, in the semantic stage, what the passage as a whole is near to."""
    if sense and framework in sense.near:
        likely = near_probabilities(weights, framework, judged, sense)
    else:
        likely = probabilities(weights, _parents(framework), framework, judged)
    whole = ((0, len(passage.tokens.stems)),)
    for node, probability in likely.items():
        found = hits.get(node)
        places = tuple([hit[1:] for hit in found]) if found else whole
        basis = Basis.LEXICON if found else Basis.MODEL
        yield passage.link(framework, node, basis, round(probability, 4), places)


def _modelled(
    passage: _Passage, opinion: Opinion | None, judged: dict[str, float], hits: dict[str, list[Hit]]
) -> Iterator[Link]:
    """Goals of which the lexicon finds no word; the evidence is the words that count most for them."""
    if opinion is None:
        return
    numbers = calibration()
    for place, goal in enumerate(GOALS):
        if goal in hits:
            continue
        probability = round(min(numbers.highest_judged, judged.get(goal, 0.0)), 4)
        if probability < numbers.lowest:
            continue
        words = opinion.tokens_for(place, passage.tokens)
        if words:
            yield passage.link("sdg", goal, Basis.MODEL, probability, tuple([(at, at + 1) for at in words]))


@cache
def _parents(framework: str) -> dict[str, str | None]:
    """Of each node that words can speak for, the goal above it; the lines stand side by side."""
    nodes = _framework(framework).nodes
    return {node.code: node.parent if node.kind == "target" else None for node in nodes}


def _evidence(text: str, places: Sequence[Span]) -> tuple[Evidence, ...]:
    """The places in reading order, overlapping ones joined."""
    if len(places) == 1:
        ((start, end),) = places
        return (Evidence(start, end, text[start:end]),)
    joined: list[Span] = []
    for start, end in sorted(places):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(Evidence(start, end, text[start:end]) for start, end in joined)


def _with_parents(links: Sequence[Link], collection: Collection | None) -> list[Link]:
    """The links and, for each, those to the nodes above it, on the same grounds; of each node the strongest, in order.

    Words for a target do not speak for a goal of which a collection has the last word.
    """
    last = {(collection.framework, node) for node in nodes_of(collection.framework)} if collection else set()
    found = {(link.framework, link.node): link for link in links}
    for link in links:
        rank = _rank(link)
        for above in _above()[link.framework, link.node]:
            if above in last and link.basis in _TOLD:
                continue
            known = found.get(above)
            if known is None or rank < _rank(known):
                found[above] = replace(link, node=above[1])
    return [found[key] for key in sorted(found, key=_reading_order().__getitem__)]


def _strongest(links: Iterable[Link]) -> list[Link]:
    """One link per node: the strongest basis, then the highest probability, then the first; in reading order."""
    best: dict[tuple[str, str], Link] = {}
    for link in links:
        key = link.framework, link.node
        if key not in best or _rank(link) < _rank(best[key]):
            best[key] = link
    return [best[key] for key in sorted(best, key=_reading_order().__getitem__)]


def _rank(link: Link) -> tuple[int, float]:
    return _RANKS[link.basis], -link.probability


@cache
def _above() -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """Framework and node to those of the nodes above it."""
    return {
        (code, node.code): tuple((code, above.code) for above in framework.ancestors(node.code))
        for code, framework in catalogue().frameworks.items()
        for node in framework.nodes
    }


@cache
def _reading_order() -> dict[tuple[str, str], tuple[str, int]]:
    """Framework and node to what sorts them."""
    return {
        (code, node.code): (code, node.order)
        for code, framework in catalogue().frameworks.items()
        for node in framework.nodes
    }


def _framework(code: str) -> Framework:
    return catalogue().frameworks[code]
