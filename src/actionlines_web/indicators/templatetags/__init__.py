"""Template tags of indicators."""
