"""Writes to organisations. The register names organisations through this; the rest is imported from its module."""

from actionlines_web.organisations.actions.naming import ensure_organisations, folded_name

__all__ = ["ensure_organisations", "folded_name"]
