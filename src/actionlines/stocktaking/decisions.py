"""What a submitter decides about proposed lines and targets, kept in step with what is declared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from actionlines.frameworks import catalogue

FRAMEWORKS: Final = ("wsis", "sdg")


@dataclass(frozen=True, slots=True)
class Settled:
    """Declared codes and decisions that agree with each other.

    Attributes:
        lines, targets: declared codes in reading order.
        decisions: 'framework:node' to True (taken over: it is declared) or False (refused: it is not proposed again).
    """

    lines: tuple[str, ...]
    targets: tuple[str, ...]
    decisions: Mapping[str, bool] = field(default_factory=dict)


def settle(
    lines: Iterable[str],
    targets: Iterable[str],
    decisions: Mapping[str, bool],
    given: Mapping[str, bool | None],
) -> Settled:
    """Bring declared codes, earlier decisions and new ones together.

    A proposal taken over is declared; one refused is not. A code taken over earlier and no longer declared was taken
    off by hand and counts as refused; a refused one that is declared by hand is no longer refused.

    Args:
        lines, targets: codes declared now.
        decisions: earlier decisions, as in `Settled`.
        given: new decisions; None opens one again.

    Raises:
        ValueError: a key names no line, goal or target.
    """
    declared = {"wsis": set(lines), "sdg": set(targets)}
    kept = {node: taken for node, taken in decisions.items() if node not in given}
    for node, taken in given.items():
        framework, code = node_of(node)
        if taken:
            declared[framework].add(code)
        elif taken is False:
            declared[framework].discard(code)
        if taken is not None:
            kept[node] = taken
    settled = {}
    for node, taken in kept.items():
        framework, code = node_of(node)
        if taken:
            settled[node] = code in declared[framework]
        elif code not in declared[framework]:
            settled[node] = False
    return Settled(
        _in_order("wsis", declared["wsis"]), _in_order("sdg", declared["sdg"]), dict(sorted(settled.items()))
    )


def node_of(said: str) -> tuple[str, str]:
    """'wsis:C2' taken apart; ValueError where it names no line, goal or target."""
    framework, _, code = said.partition(":")
    if framework not in FRAMEWORKS or code not in catalogue().frameworks[framework]:
        raise ValueError(f"“{said}” is no line, goal or target")
    return framework, code


def _in_order(framework: str, codes: Iterable[str]) -> tuple[str, ...]:
    nodes = catalogue().frameworks[framework]
    return tuple(sorted(codes, key=lambda code: nodes[code].order))
