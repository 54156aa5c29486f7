"""The aligner: citations, then the lexicon, then what the matrix implies."""

from collections.abc import Sequence

from actionlines.alignment.link import Link


def align(text: str, *, language: str = "", lines: Sequence[str] = (), targets: Sequence[str] = ()) -> list[Link]:
    """The links of one passage or entry.

    Args:
        text: what to read; evidence offsets count in it.
        language: ISO 639-1, or '' to detect it among the six.
        lines, targets: what the owner declared ('C2', 'C7-HEA'; '9', '9.c').

    Returns:
        One link per node (its strongest basis), sorted by framework, then reading order of the node. A link to a
        target also yields a link to its goal; a link to a C7 sub-line also yields C7.
    """
    raise NotImplementedError
