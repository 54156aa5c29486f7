"""Tokens: made by their owner or from the command line, taken back, and when they were used last."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import user_by_email
from actionlines_web.api.models import ApiToken, Scope
from actionlines_web.api.queries import digest_of, valid_tokens_of
from actionlines_web.audit.actions import write_record

_USE_NOTED_EVERY = timedelta(hours=1)
MOST_OF_ONE = 20
LONGEST_DAYS = 365


@transaction.atomic
def issue_token(
    actor: System, *, email: str, scopes: Iterable[str], label: str = "", days: int | None = None
) -> tuple[ApiToken, str]:
    """A new token of a person and its key, which cannot be read again. Only from the command line.

    Raises:
        InputError: nobody has this address, or a scope does not exist.
    """
    user = user_by_email(email.lower())
    problems = [] if user else [Problem(marked("nobody has the address %(email)s."), {"email": email})]
    wanted = sorted(set(scopes))
    problems += _unknown(wanted)
    if problems or user is None:
        raise InputError(problems)
    return _issued(actor, user, wanted, label, days)


@transaction.atomic
def make_token(actor: User, *, scopes: Iterable[str], label: str, days: int) -> tuple[ApiToken, str]:
    """A new token of the actor's own and its key, which cannot be read again.

    Raises:
        InputError: no scope or an unknown one, another time than 1 to LONGEST_DAYS days, or MOST_OF_ONE tokens already.
    """
    wanted = sorted(set(scopes))
    problems = _unknown(wanted)
    if not wanted:
        problems.append(
            Problem(marked("no scope is chosen."), column="scopes", expected=marked("at least one."))
        )
    if not 1 <= days <= LONGEST_DAYS:
        expected = marked("1 to %(most)d days.")
        problems.append(
            Problem(
                marked("a token cannot hold %(days)d days."),
                {"days": days, "most": LONGEST_DAYS},
                "",
                None,
                "days",
                expected,
            )
        )
    if valid_tokens_of(actor.pk).count() >= MOST_OF_ONE:
        problems.append(
            Problem(
                marked("you have %(most)d tokens that hold."),
                {"most": MOST_OF_ONE},
                expected=marked("revoke one that is not needed."),
            )
        )
    if problems:
        raise InputError(problems)
    return _issued(actor, actor, wanted, label, days)


def _unknown(scopes: Iterable[str]) -> list[Problem]:
    return [
        Problem(
            marked("“%(scope)s” is not a scope."),
            {"scope": scope, "known": ", ".join(Scope.values)},
            expected=marked("one of: %(known)s."),
        )
        for scope in scopes
        if scope not in Scope.values
    ]


def _issued(
    actor: System | User, user: User, scopes: list[str], label: str, days: int | None
) -> tuple[ApiToken, str]:
    key = f"al_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user,
        label=label[:100],
        start=key[:12],
        digest=digest_of(key),
        scopes=scopes,
        expires_at=timezone.now() + timedelta(days=days) if days else None,
    )
    write_record(actor, "issue", token, {"user": user.pk, "scopes": scopes, "label": label[:100]})
    return token, key


@transaction.atomic
def revoke_token(actor: System | User, start: str) -> ApiToken:
    """Make a token useless, named by the first twelve characters of its key; once is enough.

    Raises:
        InputError: there is no such token, or it is not the actor's own.
    """
    found = ApiToken.objects.filter(start=start[:12])
    token = (found if isinstance(actor, System) else found.filter(user=actor)).first()
    if token is None:
        expected = marked("the first twelve characters of a key, such as al_1a2b3c4d5.")
        raise InputError(
            [Problem(marked("there is no token %(start)s."), {"start": start}, expected=expected)]
        )
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        write_record(actor, "revoke", token)
    return token


def note_use(token: ApiToken) -> None:
    """Keep when a token was used last, to the hour: a write for every request would be dear."""
    now = timezone.now()
    if token.used_at is None or now - token.used_at > _USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)


def erase_tokens(user: User) -> int:
    """Delete a person's tokens and the answers kept for them; part of erasing an account. Returns how many rows."""
    return ApiToken.objects.filter(user=user).delete()[0]
