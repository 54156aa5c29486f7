"""From what a reader gives to passages with links: the library's reading and aligning, within limits."""

from collections.abc import Iterable
from dataclasses import dataclass

from actionlines import documents
from actionlines.alignment import Basis, Link, align
from actionlines.alignment.language import detect_language
from actionlines.alignment.review import THRESHOLD
from actionlines.cli.aligned import Aligned
from actionlines.frameworks import catalogue
from actionlines.problems import InputError, Problem, marked
from actionlines_web.playground.forms import MOST_CHARACTERS, MOST_MEGABYTES

# A passage of this many characters shows its own language; a shorter one is taken to be in that of its document.
TELLS_ITS_LANGUAGE = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A node the text has to do with: its strongest link, and in how many passages it was found."""

    link: Link
    passages: int


def aligned(data: bytes, name: str, language: str) -> tuple[list[Aligned], tuple[Problem, ...]]:
    """Every passage of a document with its links, and what the reader should know about the file.

    Args:
        language: of the text, or '' to detect it, passage by passage where they are long enough.

    Raises:
        InputError: too large, or no document the library reads.
    """
    if len(data) > MOST_MEGABYTES * 1024**2:
        raise _too_large(f"{len(data) / 1024**2:.1f}", name)
    document = documents.read_bytes(data, name)
    if len(document.text) > MOST_CHARACTERS:
        raise InputError(
            [
                Problem(
                    marked("the text has %(found)s characters."),
                    {"found": f"{len(document.text):,}", "most": f"{MOST_CHARACTERS:,}"},
                    file=name,
                    expected=marked("at most %(most)s; the command line takes texts of any length."),
                )
            ]
        )
    whole = language or detect_language(document.text)
    found = []
    for passage in document.passages:
        own = detect_language(passage.text) if len(passage.text) >= TELLS_ITS_LANGUAGE else ""
        tongue = language or own or whole
        item = Aligned.of_passage(passage, name, tongue)
        found.append(item.linked(align(passage.text, language=tongue), tongue))
    return found, document.notes


def _too_large(megabytes: str, name: str) -> InputError:
    values = {"found": megabytes, "most": MOST_MEGABYTES}
    expected = marked("a file of at most %(most)s MB.")
    return InputError([Problem(marked("the file has %(found)s MB."), values, name, expected=expected)])


def read_from_text(links: Iterable[Link]) -> list[Link]:
    """The links the text itself carries: not what the matrix implies of them."""
    return [link for link in links if link.basis is not Basis.MATRIX]


def gathered(items: Iterable[Aligned]) -> tuple[list[Found], list[Found]]:
    """The nodes of all passages: those sure enough to count, and the weaker ones; each in reading order."""
    best: dict[tuple[str, str], Link] = {}
    passages: dict[tuple[str, str], int] = {}
    for item in items:
        for link in read_from_text(item.links):
            key = link.framework, link.node
            passages[key] = passages.get(key, 0) + 1
            if key not in best or link.probability > best[key].probability:
                best[key] = link
    order = {
        (framework, node.code): (place, node.order)
        for place, framework in enumerate(("wsis", "sdg"))
        for node in catalogue().frameworks[framework].nodes
    }
    found = [Found(best[key], passages[key]) for key in sorted(best, key=lambda key: order.get(key, (9, 0)))]
    return (
        [item for item in found if item.link.probability >= THRESHOLD],
        [item for item in found if item.link.probability < THRESHOLD],
    )
