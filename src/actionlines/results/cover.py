"""What a plan covers: where it addresses each goal, target and line, and where ICT could help and it says nothing."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from actionlines.alignment import Basis, Link, align
from actionlines.alignment.language import detect_language
from actionlines.documents import Document, Passage
from actionlines.frameworks import catalogue

THRESHOLD: Final = 0.5
# Passages kept for each node, the surest first.
KEPT: Final = 5
# Shorter passages are headings, page numbers and cells: they address nothing.
_LEAST_CHARACTERS: Final = 25
_FRAMEWORKS: Final = ("sdg", "wsis")


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that addresses a node: its paragraph and page, its text, the link's basis and probability."""

    paragraph: int
    page: int | None
    text: str
    basis: str
    probability: float


@dataclass(frozen=True, slots=True)
class Addressed:
    """How a plan addresses one node.

    Attributes:
        framework, node: 'sdg' or 'wsis', and the code.
        passages: how many passages address it.
        share: of the plan's characters that stand in them.
        mentions: the surest passages.
    """

    framework: str
    node: str
    passages: int
    share: float
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A goal or target the plan addresses without one of the lines that serve it by the official matrix.

    Attributes:
        node: the goal or target.
        lines: the lines the matrix links to it and the plan does not address.
    """

    node: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """What one plan covers.

    Attributes:
        name, language: of the file ('' for a language not known).
        passages: how many were read.
        addressed: what it addresses, goals before targets before lines, in the frameworks' order.
        silent: nodes it does not address: framework to codes (goals, and lines without C7 as a whole).
        opportunities: where ICT could contribute and the plan is silent on it.
    """

    name: str
    language: str
    passages: int
    addressed: tuple[Addressed, ...]
    silent: Mapping[str, tuple[str, ...]]
    opportunities: tuple[Opportunity, ...]

    def of(self, framework: str, node: str) -> Addressed | None:
        """How the node is addressed, or None."""
        return next((one for one in self.addressed if (one.framework, one.node) == (framework, node)), None)

    def as_json(self) -> dict[str, Any]:
        """The cover as plain dictionaries and lists; `from_json` reads it back."""
        found: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return found

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Cover":
        """The cover of which `as_json` made this."""
        return cls(
            said["name"],
            said["language"],
            said["passages"],
            tuple(
                Addressed(**{**one, "mentions": tuple(Mention(**mention) for mention in one["mentions"])})
                for one in said["addressed"]
            ),
            {framework: tuple(codes) for framework, codes in said["silent"].items()},
            tuple(Opportunity(one["node"], tuple(one["lines"])) for one in said["opportunities"]),
        )


def cover(
    document: Document,
    *,
    language: str = "",
    threshold: float = THRESHOLD,
    progress: Callable[[int, int], None] | None = None,
) -> Cover:
    """What a document covers; a goal counts as addressed wherever one of its targets is.

    Args:
        document: as `documents.read` gives it.
        language: of the document; '' finds it out passage by passage.
        threshold: a link below it does not count.
        progress: told (passages read, of how many) now and then.
    """
    passages = [passage for passage in document.passages if len(passage.text) >= _LEAST_CHARACTERS]
    found: defaultdict[tuple[str, str], list[tuple[Passage, Link]]] = defaultdict(list)
    spoken: defaultdict[str, int] = defaultdict(int)
    for number, passage in enumerate(passages):
        if progress is not None and number % 50 == 0:
            progress(number, len(passages))
        own = language or detect_language(passage.text)
        spoken[own] += len(passage.text)
        for link in align(passage.text, language=own):
            if (
                link.framework in _FRAMEWORKS
                and link.basis is not Basis.MATRIX
                and link.probability >= threshold
            ):
                found[link.framework, link.node].append((passage, link))
    whole = sum(len(passage.text) for passage in passages) or 1
    addressed = tuple(_addressed(key, found[key], whole) for key in _in_order(found))
    return Cover(
        document.name,
        max(spoken, key=lambda code: spoken[code], default=""),
        len(passages),
        addressed,
        _silent(found.keys()),
        _opportunities(found.keys()),
    )


def compare(covers: Iterable[Cover]) -> list[tuple[str, str, tuple[float, ...]]]:
    """(framework, node, share of each plan's text) for every goal and line at least one of the plans addresses."""
    plans = list(covers)
    keys = {(one.framework, one.node) for plan in plans for one in plan.addressed if "." not in one.node}
    return [
        (framework, node, tuple(one.share if (one := plan.of(framework, node)) else 0.0 for plan in plans))
        for framework, node in _in_order(keys)
    ]


def _addressed(key: tuple[str, str], found: list[tuple[Passage, Link]], whole: int) -> Addressed:
    best = sorted(found, key=lambda pair: (-pair[1].probability, pair[0].paragraph))[:KEPT]
    return Addressed(
        *key,
        len(found),
        sum(len(passage.text) for passage, _ in found) / whole,
        tuple(
            Mention(passage.paragraph, passage.page, passage.text, link.basis.value, link.probability)
            for passage, link in best
        ),
    )


def _in_order(keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Goals, then targets, then lines, each in the framework's own order."""
    known = catalogue().frameworks
    return sorted(
        keys, key=lambda key: (_FRAMEWORKS.index(key[0]), "." in key[1], known[key[0]][key[1]].order)
    )


def _silent(keys: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    spoken = set(keys)
    known = catalogue().frameworks
    wanted = {
        "sdg": [node.code for node in known["sdg"].of_kind("goal")],
        "wsis": [node.code for node in known["wsis"].nodes if not known["wsis"].children(node.code)],
    }
    return {
        framework: tuple(code for code in codes if (framework, code) not in spoken)
        for framework, codes in wanted.items()
    }


def _opportunities(keys: Iterable[tuple[str, str]]) -> tuple[Opportunity, ...]:
    spoken = set(keys)
    matrix = catalogue().crosswalks["wsis-sdg"]
    made = []
    for framework, node in _in_order(spoken):
        if framework == "sdg":
            lines = tuple(
                link.source for link in matrix.links_to(node) if ("wsis", link.source) not in spoken
            )
            if lines:
                made.append(Opportunity(node, lines))
    return tuple(made)
