"""Evidence in a text: which stretches to mark, and the words a link points at."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

Span = tuple[int, int]


class Evident(Protocol):
    """A link that knows the stretches of its text that support it."""

    pk: Any
    node: str
    evidence: Any


def marks(links: Iterable[Evident]) -> tuple[list[dict[str, Any]], dict[Span, str]]:
    """The passages to mark in reading order, each saying which nodes it supports, and each span's mark.

    A span inside another one has no mark of its own: it leads to the one around it.
    """
    nodes: dict[Span, list[str]] = {}
    for link in links:
        for start, end in link.evidence:
            nodes.setdefault((start, end), []).append(link.node)
    found: list[dict[str, Any]] = []
    mark_of: dict[Span, str] = {}
    for (start, end), codes in sorted(nodes.items(), key=lambda item: (item[0][0], -item[0][1])):
        if not found or end > found[-1]["end"]:
            found.append({"start": start, "end": end, "id": f"evidence-{len(found) + 1}", "codes": []})
        found[-1]["codes"] += codes
        mark_of[start, end] = found[-1]["id"]
    return [{**mark, "label": ", ".join(dict.fromkeys(mark["codes"]))} for mark in found], mark_of


def parted(spans: Sequence[dict[str, Any]], title: int) -> dict[str, list[dict[str, Any]]]:
    """The marks of an entry's text (title, empty line, description) as those of its title, which has `title` characters, and of its description."""
    below = title + 2
    return {
        "title_spans": [span for span in spans if span["end"] <= title],
        "text_spans": [
            {**span, "start": span["start"] - below, "end": span["end"] - below}
            for span in spans
            if span["start"] >= below
        ],
    }


def words_of(
    text: str, links: Iterable[Evident], mark_of: dict[Span, str]
) -> dict[Any, list[dict[str, str]]]:
    """Link to the words that support it, each spelling once, with the mark where it stands."""
    words: dict[Any, list[dict[str, str]]] = {}
    for link in links:
        spellings: dict[str, dict[str, str]] = {}
        for start, end in link.evidence:
            word = " ".join(text[start:end].split())
            spellings.setdefault(word.casefold(), {"text": word, "id": mark_of[start, end]})
        words[link.pk] = list(spellings.values())
    return words
