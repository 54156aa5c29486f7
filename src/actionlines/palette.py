"""The colours of everything that is drawn: text and graphics pass WCAG 2.2 AA on their grounds (tested)."""

from typing import Final

PAPER: Final = "#ffffff"
INK: Final = "#1c2833"
MUTED: Final = "#566573"
RULE: Final = "#c9d1d8"
GRID: Final = "#e6eaee"
ACCENT: Final = "#1a5a8a"

# Grounds of a heat table from none to most, and the ink that is read on each.
HEAT: Final = ("#ffffff", "#e4eef6", "#bcd6ea", "#86b6d9", "#2f75a8", "#123f66")
HEAT_INK: Final = (MUTED, INK, INK, INK, "#ffffff", "#ffffff")

# Hues that tell parts apart; text in the colour of paper is read on each.
HUES: Final = (
    "#1a5a8a",
    "#b4531a",
    "#2d7a4d",
    "#6a4a9c",
    "#86690a",
    "#a8385f",
    "#17767f",
    "#66727f",
    "#7a4426",
    "#3a78ad",
    "#5a7d1e",
    "#b34579",
)

# From −1 over 0 to 1; ink is read on each.
DIVERGING: Final = ("#dd8246", "#f0c3a2", "#ffffff", "#aed0e8", "#5c9dcc")
