"""Reading from a copy of the database that follows it, for people who have not signed in.

A copy is a moment behind. Whoever has a session, whatever writes, and every program with a token therefore ask the
database itself: they must see what they have just done.
"""

import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

NAME: Final = "replica"
# Seconds for which a copy that did not answer is left alone.
_REST: Final = 10.0
# Counts of attempts and the like, which must be the same for everybody.
_ALWAYS_DEFAULT: Final = frozenset({"django_cache", "sessions"})

_reading: ContextVar[bool] = ContextVar("reading from the replica", default=False)
_rests_until = 0.0


class Replica:
    """Django's router of databases."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """The copy while somebody reads who may; inside a transaction never."""
        app = model._meta.app_label  # noqa: SLF001 - public by its documentation
        if not _reading.get() or app in _ALWAYS_DEFAULT:
            return None
        return None if transaction.get_connection("default").in_atomic_block else NAME

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """The database itself."""
        return "default"

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Both hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """The copy follows by itself."""
        return False if db == NAME else None


class ReadFromReplica:
    """Lets a request read from the copy if nothing of it can depend on what its sender just did."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Decide once, at the beginning."""
        if not may_read(request) or not _answers():
            return self.get_response(request)
        token = _reading.set(True)
        try:
            return self.get_response(request)
        finally:
            _reading.reset(token)


def may_read(request: HttpRequest) -> bool:
    """Whether the request only reads, and comes from nobody in particular."""
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
    )


def _answers() -> bool:
    """Whether the copy can be asked; one that cannot is left alone for a while, and the database itself does its work."""
    global _rests_until
    if time.monotonic() < _rests_until:
        return False
    try:
        connections[NAME].ensure_connection()
    except DatabaseError:
        _rests_until = time.monotonic() + _REST
        return False
    return True
