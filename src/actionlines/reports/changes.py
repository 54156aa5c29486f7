"""What changed between two versions of a report: the figures that differ, and which records came and went."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that differs between two versions.

    Attributes:
        figure: its id.
        label: what it says, as the later version says it (a figure that is gone: the earlier one).
        before, after: its values; None where the version has no such figure.
        added, removed: records that only the later, only the earlier version counts, sorted.
    """

    figure: str
    label: str
    before: float | None
    after: float | None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def figure_changes(before: Figures, after: Figures) -> tuple[FigureChange, ...]:
    """The figures whose value or whose records differ, in the later version's order; those that are gone come last.

    Args:
        before, after: figures by their id, as `figures.json` of a bundle holds them.
    """
    nothing: Mapping[str, Any] = {}
    order = [*after, *(name for name in before if name not in after)]
    found = []
    for name in order:
        was, now = before.get(name, nothing), after.get(name, nothing)
        old, new = set(was.get("records", ())), set(now.get("records", ()))
        if was.get("value") == now.get("value") and old == new:
            continue
        found.append(
            FigureChange(
                name,
                str(now.get("label", was.get("label", ""))),
                was.get("value"),
                now.get("value"),
                tuple(sorted(new - old)),
                tuple(sorted(old - new)),
            )
        )
    return tuple(found)
