"""Whether an entry's lines and targets belong together in the eyes of the WSIS–SDG matrix: an aid to a reviewer, no rule.

The matrix says which targets a line can serve. A target off its lines is a reason to look twice, not a mistake.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from actionlines.alignment.implied import MATRIX
from actionlines.frameworks import catalogue


@dataclass(frozen=True, slots=True)
class Consistency:
    """What the matrix holds of some lines and targets; everything in reading order.

    Attributes:
        held: (line, goal or target) pairs of the entry that stand in the matrix.
        lines_apart: lines of the entry none of whose targets the entry has.
        targets_apart: targets and goals of the entry that belong to none of its lines.
        implied: goals that the matrix ties to a line of the entry and that the entry does not have, each with those
            lines: suggestions, which nothing counts.
    """

    held: tuple[tuple[str, str], ...]
    lines_apart: tuple[str, ...]
    targets_apart: tuple[str, ...]
    implied: tuple[tuple[str, tuple[str, ...]], ...]


def consistency(lines: Iterable[str], targets: Iterable[str]) -> Consistency:
    """Hold lines ('C2', 'C7-HEA') and targets or goals ('9.c', '9') of one entry against the matrix.

    A line also stands for its parts and a goal of the matrix for its targets: C7 is held by a target of C7-HEA, and
    9.c by a line that the matrix ties to goal 9 as a whole. An entry's goal counts as held by any of its targets.

    Raises:
        KeyError: a code that does not exist.
    """
    wsis, sdg = catalogue().frameworks["wsis"], catalogue().frameworks["sdg"]
    own_lines = sorted({wsis[code].code for code in lines}, key=lambda code: wsis[code].order)
    own_targets = sorted({sdg[code].code for code in targets}, key=lambda code: sdg[code].order)
    reach = {line: _tied(line) for line in own_lines}
    held = tuple(
        (line, target) for line in own_lines for target in own_targets if _holds(reach[line], target)
    )
    goals = {sdg.root_of(target).code for target in own_targets}
    implied: dict[str, list[str]] = {}
    for line in own_lines:
        for goal in {sdg.root_of(target).code for target in reach[line]} - goals:
            implied.setdefault(goal, []).append(line)
    return Consistency(
        held,
        tuple(line for line in own_lines if line not in {pair[0] for pair in held}),
        tuple(target for target in own_targets if target not in {pair[1] for pair in held}),
        tuple((goal, tuple(implied[goal])) for goal in sorted(implied, key=lambda code: sdg[code].order)),
    )


def _tied(line: str) -> frozenset[str]:
    """What the matrix ties to a line and to its parts."""
    matrix = catalogue().crosswalks[MATRIX]
    below = (node.code for node in catalogue().frameworks["wsis"].walk(line))
    return frozenset(link.target for code in below for link in matrix.links_from(code))


def _holds(tied: frozenset[str], target: str) -> bool:
    if "." in target:
        return target in tied or target.split(".", 1)[0] in tied
    return any(code == target or code.startswith(f"{target}.") for code in tied)
