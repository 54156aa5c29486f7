"""What the WSIS–SDG matrix implies of a line: suggestions for a reader to look at, never facts."""

from collections.abc import Iterable, Iterator
from typing import Final

from actionlines.alignment.link import Basis, Direction, Link
from actionlines.frameworks import catalogue

MATRIX: Final = "wsis-sdg"

# The matrix says that a line can serve a target, not that a project does. A project serves about two of the targets
# of its line, so each of n targets is a chance of 2/n, and never more than three in ten.
_SERVED: Final = 2.0
_HIGHEST: Final = 0.3


def implied_links(lines: Iterable[str]) -> Iterator[Link]:
    """A link of basis MATRIX to each goal and target the matrix ties to one of `lines`, with the line as its source.

    Args:
        lines: codes of lines somebody declared or the text cites.
    """
    matrix = catalogue().crosswalks[MATRIX]
    for line in lines:
        implied = matrix.links_from(line)
        for link in implied:
            yield Link(
                "sdg",
                link.target,
                Basis.MATRIX,
                round(min(_HIGHEST, _SERVED / len(implied)), 4),
                source=line,
                direction=Direction.MENTIONS,
            )
