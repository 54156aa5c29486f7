"""Writes of partnerships: needs and offers, introductions and their stages, pledges and payments."""

from actionlines_web.partnerships.actions.introductions import (
    add_payment,
    add_pledge,
    answer_introduction,
    ask_for_introduction,
    let_be_counted,
    move_stage,
)
from actionlines_web.partnerships.actions.proposals import erase_proposer, save_proposal, set_state

__all__ = [
    "add_payment",
    "add_pledge",
    "answer_introduction",
    "ask_for_introduction",
    "erase_proposer",
    "let_be_counted",
    "move_stage",
    "save_proposal",
    "set_state",
]
