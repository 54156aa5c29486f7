"""Writes through the API: tokens, and entries stored once however often they are sent."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import user_by_email
from actionlines_web.api.models import ApiToken, KeptAnswer, Scope
from actionlines_web.api.queries import digest_of
from actionlines_web.audit.actions import write_record
from actionlines_web.stocktaking.actions import Stored, store_entries

KEPT_FOR = timedelta(hours=24)
_USE_NOTED_EVERY = timedelta(hours=1)


class KeyReusedError(Exception):
    """An Idempotency-Key came again with another request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body; `again` where they were kept from the first time."""

    status: int
    body: dict[str, Any]
    again: bool = False


@transaction.atomic
def issue_token(
    actor: System, *, email: str, scopes: Iterable[str], label: str = "", days: int | None = None
) -> tuple[ApiToken, str]:
    """A new token of a person and its key, which cannot be read again. Only from the command line.

    Raises:
        InputError: nobody has this address, or a scope does not exist.
    """
    user = user_by_email(email.lower())
    wanted = sorted(set(scopes))
    problems = [] if user else [Problem(marked("nobody has the address %(email)s."), {"email": email})]
    problems += [
        Problem(
            marked("“%(scope)s” is not a scope."),
            {"scope": scope, "known": ", ".join(Scope.values)},
            expected=marked("one of: %(known)s."),
        )
        for scope in wanted
        if scope not in Scope.values
    ]
    if problems or user is None:
        raise InputError(problems)
    key = f"al_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user,
        label=label,
        start=key[:12],
        digest=digest_of(key),
        scopes=wanted,
        expires_at=timezone.now() + timedelta(days=days) if days else None,
    )
    write_record(actor, "issue", token, {"user": user.pk, "scopes": wanted, "label": label})
    return token, key


@transaction.atomic
def revoke_token(actor: System, start: str) -> ApiToken:
    """Make a token useless, named by the first twelve characters of its key; once is enough.

    Raises:
        InputError: there is no such token.
    """
    token = ApiToken.objects.filter(start=start[:12]).first()
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


@transaction.atomic
def store_entry(token: ApiToken, entry: LibraryEntry) -> Stored:
    """Create or change one entry as the token's user, with an audit record that names the token.

    Raises:
        PermissionDenied: the user may not bring in entries.
    """
    return store_entries(token.user, [entry], note={"token": token.start})


@transaction.atomic
def answer_once(token: ApiToken, key: str, request_digest: str, work: Callable[[], Answer]) -> Answer:
    """Do `work` and keep its answer under `key`; where it was done within KEPT_FOR, only give the answer again.

    What `work` raises undoes everything, so a request that failed may be sent again under its key.

    Raises:
        KeyReusedError: the key was used for another request.
    """
    KeptAnswer.objects.filter(token=token, created_at__lt=timezone.now() - KEPT_FOR).delete()
    try:
        with transaction.atomic():
            # Whoever sends the same key at the same time waits here until this answer stands.
            kept = KeptAnswer.objects.create(token=token, key=key, request_digest=request_digest)
    except IntegrityError:
        known = KeptAnswer.objects.get(token=token, key=key)
        if known.request_digest != request_digest:
            raise KeyReusedError from None
        return Answer(known.status, known.body, again=True)
    answer = work()
    kept.status, kept.body = answer.status, answer.body
    kept.save(update_fields=["status", "body"])
    return answer


def erase_tokens(user: User) -> int:
    """Delete a person's tokens and the answers kept for them; part of erasing an account. Returns how many rows."""
    return ApiToken.objects.filter(user=user).delete()[0]
