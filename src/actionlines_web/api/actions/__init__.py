"""Writes of the API."""

from actionlines_web.api.actions.rates import report_requests
from actionlines_web.api.actions.tokens import erase_tokens, issue_token, make_token, note_use, revoke_token
from actionlines_web.api.actions.writes import KEPT_FOR, Answer, KeyReusedError, answer_once, store_entry

__all__ = [
    "KEPT_FOR",
    "Answer",
    "KeyReusedError",
    "answer_once",
    "erase_tokens",
    "issue_token",
    "make_token",
    "note_use",
    "report_requests",
    "revoke_token",
    "store_entry",
]
