"""Pages of partnerships."""

from actionlines_web.partnerships.pages.introductions import ask, introduction, introductions, payment, pledge
from actionlines_web.partnerships.pages.proposals import (
    change_proposal,
    figures,
    figures_table,
    new_proposal,
    proposal,
    proposals,
    set_state,
    table,
)

__all__ = [
    "ask",
    "change_proposal",
    "figures",
    "figures_table",
    "introduction",
    "introductions",
    "new_proposal",
    "payment",
    "pledge",
    "proposal",
    "proposals",
    "set_state",
    "table",
]
