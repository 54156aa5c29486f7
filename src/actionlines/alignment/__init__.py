"""Alignment: text in, links with evidence to goals, targets and action lines out."""

from actionlines.alignment.align import align
from actionlines.alignment.implied import implied_links
from actionlines.alignment.link import BASIS_ORDER, Basis, Evidence, Link

__all__ = ["BASIS_ORDER", "Basis", "Evidence", "Link", "align", "implied_links"]
