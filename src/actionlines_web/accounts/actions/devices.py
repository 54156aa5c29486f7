"""Signing out elsewhere."""

from collections.abc import Iterable

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from actionlines_web.accounts.models import SignedIn, User
from actionlines_web.audit.actions import write_record


@transaction.atomic
def sign_out_device(actor: User, number: int) -> None:
    """Sign one's browser out there.

    Raises:
        SignedIn.DoesNotExist: no such browser of the actor's.
    """
    found = SignedIn.objects.select_for_update().get(pk=number, user=actor)
    _end([found.session_key])
    write_record(actor, "sign out elsewhere", actor)


@transaction.atomic
def sign_out_elsewhere(actor: User, current: str) -> int:
    """Sign every browser of one's own out but the one with the session `current`; returns how many."""
    others = [key for key in session_keys(actor) if key != current]
    _end(others)
    write_record(actor, "sign out elsewhere", actor)
    return len(others)


def end_sessions(user: User) -> None:
    """In the caller's transaction: sign somebody out everywhere."""
    _end(session_keys(user))
    SignedIn.objects.filter(user=user).delete()


def session_keys(user: User) -> list[str]:
    """Sessions do not say whose they are until they are opened, so this opens each: slow, and rare."""
    number = str(user.pk)
    kept = Session.objects.filter(expire_date__gt=timezone.now())
    return [item.pk for item in kept.iterator() if item.get_decoded().get(SESSION_KEY) == number]


def _end(keys: Iterable[str]) -> None:
    ended = list(keys)
    Session.objects.filter(pk__in=ended).delete()
    SignedIn.objects.filter(session_key__in=ended).delete()
