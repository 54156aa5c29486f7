"""Writes to accounts: people, their roles, seeing the site as somebody else."""

from actionlines_web.accounts.actions.devices import sign_out_device, sign_out_elsewhere
from actionlines_web.accounts.actions.people import (
    blank_account,
    ensure_user,
    remove_unverified,
    set_password,
    update_profile,
)
from actionlines_web.accounts.actions.roles import grant_role, revoke_role
from actionlines_web.accounts.actions.viewing import begin_viewing, end_viewing

__all__ = [
    "begin_viewing",
    "blank_account",
    "end_viewing",
    "ensure_user",
    "grant_role",
    "remove_unverified",
    "revoke_role",
    "set_password",
    "sign_out_device",
    "sign_out_elsewhere",
    "update_profile",
]
