"""Why a text has, or lacks, one link: the arithmetic step by step, and the words that would change the answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from actionlines.alignment.align import SHIPPED, align
from actionlines.alignment.collection import Collection, Portion, Reading, columns_of, nodes_of
from actionlines.alignment.decision import Decision, band, decide
from actionlines.alignment.language import detect_language
from actionlines.alignment.learned import Learned, part_of
from actionlines.alignment.lexicon import Hit, reader
from actionlines.alignment.link import Basis, Evidence, Link
from actionlines.alignment.meaning import meaning
from actionlines.alignment.model import GOALS, Opinion, model
from actionlines.alignment.portions import portions
from actionlines.alignment.scoring import calibration, weigh
from actionlines.alignment.stacker import Stacker, features, stackers, tempered
from actionlines.alignment.tokens import Tokens
from actionlines.frameworks import catalogue

_STRONGEST: Final = 6  # words of the model that are told
_FEATURES: Final = ("score", "apart", "words", "share")  # in the order of stacker.features


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the arithmetic: which sentence of the wording, and what stands in its places."""

    key: str
    values: Mapping[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What the link would be without one place of its evidence.

    Attributes:
        place: the words taken out.
        probability: of the link then; 0 where there is none.
        decision: on the link then.
    """

    place: Evidence
    probability: float
    decision: Decision


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one text has or lacks one link.

    Attributes:
        framework, node: the link asked about.
        link: it, or None where the text has none.
        decision: what is to be done with it.
        steps: the arithmetic, in order.
        changes: each place of its evidence with what the link would be without it, the weightiest first.
        needed: the fewest of these places, taken in that order, without which the decision would be another; empty
            where even without all of them it would not.
    """

    framework: str
    node: str
    link: Link | None
    decision: Decision
    steps: tuple[Step, ...]
    changes: tuple[Change, ...]
    needed: tuple[Evidence, ...]


def explain(
    text: str,
    framework: str,
    node: str,
    *,
    language: str = "",
    lines: Sequence[str] = (),
    targets: Sequence[str] = (),
    learned: Learned = SHIPPED,
    collection: Collection | None = None,
) -> Explanation:
    """Explain one link of a passage or an entry; arguments as of `align`.

    Raises:
        KeyError: no such framework, node or language.
        InputError: the collection reads the meaning, and its extra is not installed.
    """
    code = catalogue().frameworks[framework][node].code
    tongue = language or detect_language(text)
    question = _Question(framework, code, tongue, tuple(lines), tuple(targets), learned, collection)
    link = question.link(text)
    changes = question.changes(text, link)
    needed = question.needed(text, link, [change.place for change in changes])
    steps = tuple(_steps(text, question, link))
    return Explanation(framework, code, link, _decision(link), steps, changes, needed)


def _decision(link: Link | None) -> Decision:
    return decide(link) if link else Decision.NO


@dataclass(frozen=True, slots=True)
class _Question:
    """A link asked about, and all that does not change while words are taken out."""

    framework: str
    node: str
    language: str
    lines: tuple[str, ...]
    targets: tuple[str, ...]
    learned: Learned
    collection: Collection | None

    def link(self, text: str) -> Link | None:
        """The link of a text."""
        found = align(
            text,
            language=self.language,
            lines=self.lines,
            targets=self.targets,
            frameworks=tuple(dict.fromkeys((self.framework, "wsis", "sdg"))),
            learned=self.learned,
            collection=self.collection,
        )
        return next((one for one in found if (one.framework, one.node) == (self.framework, self.node)), None)

    def changes(self, text: str, link: Link | None) -> tuple[Change, ...]:
        """What each place of the evidence does."""
        found = []
        for place in link.evidence if link else ():
            left = self.link(_without(text, [place]))
            found.append(Change(place, left.probability if left else 0.0, _decision(left)))
        return tuple(sorted(found, key=lambda change: (change.probability, change.place.start)))

    def needed(self, text: str, link: Link | None, places: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """The first places without which the decision is another."""
        for count in range(1, len(places) + 1):
            if _decision(self.link(_without(text, places[:count]))) is not _decision(link):
                return tuple(places[:count])
        return ()


def _without(text: str, places: Sequence[Evidence]) -> str:
    """The text with blanks in these places, so that all else stays where it is."""
    for place in places:
        text = text[: place.start] + " " * (place.end - place.start) + text[place.end :]
    return text


def _steps(text: str, question: _Question, link: Link | None) -> Iterator[Step]:
    if link is None:
        yield Step("none")
    elif link.basis in (Basis.DECLARED, Basis.CITED):
        yield Step(link.basis.value, {"words": _quoted(link), "probability": link.probability})
    elif link.basis is Basis.MATRIX:
        yield Step("matrix", {"line": link.source, "probability": link.probability})
    else:
        yield from _counted(text, question, link)
    if link is not None:
        held = band(question.framework)
        yield Step(f"direction.{link.direction.value}")
        yield Step(f"decision.{decide(link).value}", {"yes": held.yes, "no": held.no})


def _quoted(link: Link) -> str:
    return ", ".join(dict.fromkeys(f"“{item.text}”" for item in link.evidence))


def _counted(text: str, question: _Question, link: Link) -> Iterator[Step]:
    """The arithmetic of the portion that holds the evidence."""
    start, end = next(
        part
        for part in portions(text)
        if part[0] <= link.evidence[0].start and link.evidence[-1].end <= part[1]
    )
    if (start, end) != (0, len(text)):
        yield Step("portion", {"start": start, "end": end})
    portion = text[start:end]
    reading = reader(question.language)
    tokens, denied = reading.read(portion)
    hits = reading.lexicons[question.framework].find(tokens, denied)
    told = _told_by_collection(question, portion, tokens, denied, hits)
    node = _spoken_for(question, hits, link, told[1] if told else {})
    if node != question.node:
        yield Step("raised", {"node": node})
    yield from _words(portion, tokens, hits.get(node, []), node)
    root = catalogue().frameworks[question.framework].root_of(node).code
    goal = root if question.framework == "sdg" else node
    if told:
        judged = True
        yield from _collected(told[0], question, goal)
    elif question.collection is not None and question.collection.semantic:
        yield Step("meaning_read")
        yield Step("probability", {"probability": link.probability})
        return
    else:
        known = model(question.language) if question.framework == "sdg" else None
        opinion = known.opinion(tokens, denied) if known and question.language in stackers() else None
        judged = opinion is not None and goal not in stackers()[question.language].unheard
        if opinion is None or not judged:
            yield from _curve(hits, question.framework, goal)
        else:
            stacker = question.learned.stacker(question.language)
            yield from _stacked(portion, tokens, opinion, hits, stacker, goal)
    if goal != node and node in hits:
        weight, half = weigh(hits[node], node), calibration().curves["sdg"].half
        part = weight / (weight + half)
        yield Step("target", {"goal": goal, "weight": weight, "half": half, "part": part})
    slant = question.learned.slants.get(part_of(question.framework, node))
    if slant is not None and not (judged and node == goal):
        yield Step("slant", {"slope": slant.slope, "intercept": slant.intercept})
    yield Step("probability", {"probability": link.probability})


def _told_by_collection(
    question: _Question,
    text: str,
    tokens: Tokens,
    denied: Sequence[tuple[int, int]],
    hits: Mapping[str, Sequence[Hit]],
) -> tuple[Portion, dict[str, float]] | None:
    """The portion as the collection reads it, and what it says; None where it leaves the word to what ships."""
    held = question.collection
    if held is None or held.framework != question.framework:
        return None
    spans = [(tokens.starts[first], tokens.ends[behind - 1]) for first, behind in denied]
    sense = meaning(text, question.language, spans) if held.semantic else None
    portion = Portion(text, question.language, tokens, denied, hits, sense)
    said = held.judged(portion)
    return (portion, said) if said else None


def _collected(portion: Portion, question: _Question, node: str) -> Iterator[Step]:
    """What a collection adds up for one of its nodes."""
    held = question.collection
    if held is None:
        return
    place = nodes_of(held.framework).index(node)
    reading = Reading.of(portion, held.framework)
    yield Step("collection", {"node": node, "base": float(held.mean[place])})
    opinion, tokens = held.opinion(portion), portion.tokens
    for word in opinion.tokens_for(place, tokens)[:_STRONGEST] if opinion else ():
        share = float(opinion.shares[opinion.words.index(tokens.stems[word]), place]) if opinion else 0.0
        words = portion.text[tokens.starts[word] : tokens.ends[word]]
        yield Step("collection_word", {"words": words, "share": share})
    yield Step("collection_terms", {"value": float(held.said_by_words(reading)[place])})
    if held.semantic:
        yield Step("collection_meaning", {"value": float(held.said_by_meaning(reading)[place])})
    yield Step("collection_start", {"intercept": float(held.intercepts[place])})
    names = columns_of(held.framework, semantic=held.semantic)
    for name, value, slope in zip(names, held.columns(reading)[place], held.coefficients, strict=True):
        values = {"value": float(value), "slope": float(slope), "product": float(value * slope)}
        yield Step(f"stacker_{name}", values)
    judged = min(calibration().highest_judged, held.probabilities(reading)[node])
    yield Step("stacked", {"probability": judged})


def _spoken_for(
    question: _Question, hits: Mapping[str, Sequence[Hit]], link: Link, told: Mapping[str, float]
) -> str:
    """The node the words speak for: C7-HEA where C7 is only linked because its sub-line is.

    Args:
        told: what a collection says of its nodes; empty without one.
    """
    framework = catalogue().frameworks[question.framework]
    if told and question.node not in told:
        under = [code for code in told if question.node in {up.code for up in framework.ancestors(code)}]
        return max(under, key=lambda code: told[code], default=question.node)
    if question.node in hits or link.basis is not Basis.LEXICON:
        return question.node
    below = [code for code in hits if question.node in {above.code for above in framework.ancestors(code)}]
    return max(below, key=lambda code: weigh(hits[code], code), default=question.node)


def _words(text: str, tokens: Tokens, hits: Sequence[Hit], node: str) -> Iterator[Step]:
    """Each expression of the lexicon with its weight."""
    if not hits:
        yield Step("no_words")
        return
    seen: dict[tuple[str, ...], list[Hit]] = {}
    for hit in hits:
        seen.setdefault(hit.phrase.stems, []).append(hit)
    for found in seen.values():
        first = found[0]
        words = text[tokens.starts[first.first] : tokens.ends[first.behind - 1]]
        yield Step("word", {"words": words, "weight": first.phrase.weights[node], "times": len(found)})
    yield Step("weight", {"weight": weigh(hits, node)})


def _curve(hits: Mapping[str, Sequence[Hit]], framework: str, node: str) -> Iterator[Step]:
    numbers = calibration()
    curve = numbers.curves[framework]
    nodes = catalogue().frameworks[framework]
    weights = {code: weigh(found, code) for code, found in hits.items()}
    whole = numbers.rest + sum(w for code, w in weights.items() if nodes[code].kind != "target")
    weight = weights.get(node, 0.0)
    yield Step(
        "curve",
        {
            "intercept": curve.intercept,
            "slope": curve.weight,
            "weight": weight,
            "share_slope": curve.share,
            "share": weight / whole,
            "probability": min(numbers.highest, curve.probability(weight, weight / whole)),
        },
    )


def _stacked(
    text: str,
    tokens: Tokens,
    opinion: Opinion,
    hits: Mapping[str, Sequence[Hit]],
    stacker: Stacker,
    goal: str,
) -> Iterator[Step]:
    """The linear model's words, then what stacks its score and the lexicon's weight together."""
    place = GOALS.index(goal)
    for word in opinion.tokens_for(place, tokens)[:_STRONGEST]:
        share = float(opinion.shares[opinion.words.index(tokens.stems[word]), place])
        yield Step("model_word", {"words": text[tokens.starts[word] : tokens.ends[word]], "share": share})
    weights = [weigh(hits[code], code) if code in hits else 0.0 for code in GOALS]
    row = features(opinion.scores, weights)[place]
    yield Step("model_score", {"score": float(opinion.scores[place])})
    yield Step("stacker", {"intercept": float(stacker.intercepts[place])})
    for name, value, slope in zip(_FEATURES, row, stacker.coefficients, strict=True):
        values = {"value": float(value), "slope": float(slope), "product": float(value * slope)}
        yield Step(f"stacker_{name}", values)
    odds, even = float(stacker.intercepts[place] + row @ stacker.coefficients), float(stacker.even[place])
    if odds > even and stacker.temper < 1:
        after = float(tempered(odds, even, stacker.temper))
        yield Step("tempered", {"odds": odds, "even": even, "temper": stacker.temper, "after": after})
    judged = min(calibration().highest_judged, float(stacker.probabilities(opinion.scores, weights)[place]))
    yield Step("stacked", {"probability": judged})
