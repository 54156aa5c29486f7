"""Pages of organisations."""

from actionlines_web.organisations.pages.browse import create, edit, organisation, organisations
from actionlines_web.organisations.pages.members import (
    answer_invitation,
    answer_request,
    answer_requests,
    invite,
    join,
    member,
    withdraw,
)
from actionlines_web.organisations.pages.merging import merge, transfer

__all__ = [
    "answer_invitation",
    "answer_request",
    "answer_requests",
    "create",
    "edit",
    "invite",
    "join",
    "member",
    "merge",
    "organisation",
    "organisations",
    "transfer",
    "withdraw",
]
