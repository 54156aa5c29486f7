"""Alignment: text in, links with evidence to goals, targets, action lines and objectives out."""

from actionlines.alignment.align import align
from actionlines.alignment.decision import Decision, decide
from actionlines.alignment.implied import implied_links
from actionlines.alignment.link import BASIS_ORDER, Basis, Direction, Evidence, Link

__all__ = [
    "BASIS_ORDER",
    "Basis",
    "Decision",
    "Direction",
    "Evidence",
    "Link",
    "align",
    "decide",
    "implied_links",
]
