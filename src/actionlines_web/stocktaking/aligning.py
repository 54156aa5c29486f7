"""From the library's links to rows of EntryLink."""

from collections.abc import Iterable

from actionlines.alignment import Basis, Link, align
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.stocktaking.models import EntryLink, Tier

# A link found in a text counts from this probability on; weaker ones are not kept.
EVIDENCE_THRESHOLD = 0.5


def links_of(entry: LibraryEntry) -> list[Link]:
    """The links of an entry worth keeping: not what the matrix implies, for that is a suggestion and never counted."""
    found = align(entry.text, language=entry.language, lines=entry.lines, targets=entry.targets)
    return [
        link for link in found if link.basis is not Basis.MATRIX and link.probability >= EVIDENCE_THRESHOLD
    ]


def link_rows(entry_id: int, links: Iterable[Link]) -> list[EntryLink]:
    """The rows that keep `links` beside the entry."""
    return [
        EntryLink(
            entry_id=entry_id,
            framework=link.framework,
            node=link.node,
            basis=link.basis.value,
            tier=Tier.DECLARED if link.basis is Basis.DECLARED else Tier.EVIDENCE,
            probability=link.probability,
            source=link.source,
            evidence=[[item.start, item.end] for item in link.evidence],
        )
        for link in links
    ]
