"""What the aligner says of entries. Without a model of the database: workers of a pool and of a cluster import it."""

from collections.abc import Sequence

from actionlines.alignment import Basis, Link, align
from actionlines.alignment.review import THRESHOLD
from actionlines.stocktaking import Entry

# A link found in a text counts from this probability on; weaker ones are not kept.
EVIDENCE_THRESHOLD = THRESHOLD


def links_of(entry: Entry) -> list[Link]:
    """The links of an entry worth keeping: not what the matrix implies, for that is a suggestion and never counted.

    Setbacks are among them, and `aligning.link_row` puts them where nothing counts them.
    """
    return [link for link in proposals_of(entry) if link.probability >= EVIDENCE_THRESHOLD]


def proposals_of(entry: Entry) -> list[Link]:
    """What the aligner says of an entry, also where it is too weak to count; nothing that the matrix implies."""
    found = align(entry.text, language=entry.language, lines=entry.lines, targets=entry.targets)
    return [link for link in found if link.basis is not Basis.MATRIX]


def linked(chunk: Sequence[Entry]) -> list[list[Link]]:
    """The links of some entries."""
    return [links_of(entry) for entry in chunk]
