"""Which browsers somebody is signed in with: noted as they are used, by their kind only."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from actionlines_web.accounts.models import SignedIn

# Noted so often at most: a page that is read writes nothing.
NOTED_EVERY: Final = 600
IMPATIENCE_MS: Final = 200
NOTED: Final = "signed_in_noted"
# The first that stands in what a browser says of itself; those that claim to be another come before it.
BROWSERS: Final = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|Chromium/|CriOS/"),
    ("Safari", r"Safari/"),
)
SYSTEMS: Final = (
    ("Windows", r"Windows"),
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("ChromeOS", r"CrOS"),
    ("macOS", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)


class Devices:
    """Notes the browser of whoever is signed in; stands before `ViewAs`, so that it is the person's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note and answer."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            _note(request)
        return self.get_response(request)


def _note(request: HttpRequest) -> None:
    key, now = request.session.session_key, int(time.time())
    before, at = request.session.get(NOTED, ("", 0))
    if key is None or not request.user.is_authenticated or (before == key and now - at < NOTED_EVERY):
        return
    browser, system = kind_of(request.headers.get("User-Agent", ""))
    try:
        with _impatient():
            # Signing in again gives a session another key; it is the same browser.
            SignedIn.objects.filter(session_key=before).exclude(session_key=key).delete()
            SignedIn.objects.update_or_create(
                session_key=key,
                defaults={
                    "user": request.user,
                    "browser": browser,
                    "system": system,
                    "used_at": timezone.now(),
                },
            )
    except OperationalError:  # a long import writes: the next page notes it
        return
    request.session[NOTED] = (key, now)


@contextmanager
def _impatient() -> Iterator[None]:
    """Nobody who only reads waits for SQLite's one writer."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {IMPATIENCE_MS:d}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience:d}")


def kind_of(said: str) -> tuple[str, str]:
    """Browser and system, from what a browser says of itself; '' for what is unknown."""
    return _first(BROWSERS, said), _first(SYSTEMS, said)


def _first(known: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, said)), "")
