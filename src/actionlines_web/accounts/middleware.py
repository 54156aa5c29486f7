"""Whose eyes a request is answered for: how long a session lasts, the reader's time zone, an administrator who looks as somebody else."""

import time
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth import logout
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from actionlines_web.accounts.viewing import SESSION_KEY, Viewing
from actionlines_web.audit.requests import reading_only

# The key of the session that says when it began.
BEGAN = "began"
NOTE_EVERY_SECONDS = 60
READS = {"GET", "HEAD", "OPTIONS"}
WAYS_OUT = {"accounts:end-viewing", "accounts:sign-out", "account_logout"}
# What is nobody else's business, and pages that change something when they are merely read.
PRIVATE_PREFIXES = ("accounts:devices", "account_", "mfa_", "socialaccount_", "openid_connect_", "privacy:")


class ReadersZone:
    """Times in the time zone of who is signed in; UTC for everybody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in it."""
        name = getattr(request.user, "time_zone", "") or "UTC"
        try:
            zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):  # a name the tz database no longer has
            zone = ZoneInfo("UTC")
        with timezone.override(zone):
            return self.get_response(request)


class SessionLimits:
    """Signs out whoever was idle for too long, or signed in too long ago; what they asked for is then asked by nobody.

    When a session was last used stands in a signed cookie beside it, renewed once a minute: reading then never writes to
    the database, and never waits for who does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, as a visitor's if the session is over."""
        if request.user.is_authenticated and self._is_over(request):
            logout(request)
        response = self.get_response(request)
        key = request.session.session_key
        if key and request.session.get(BEGAN) and not _used_within(request, NOTE_EVERY_SECONDS):
            response.set_cookie(
                settings.USED_COOKIE_NAME,
                _signer(key).sign("used"),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def _is_over(self, request: HttpRequest) -> bool:
        now = int(time.time())
        age = now - request.session.setdefault(BEGAN, now)
        if age > settings.SESSION_COOKIE_AGE:
            return True
        return age > settings.IDLE_SECONDS and not _used_within(request, settings.IDLE_SECONDS)


def _signer(session_key: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"actionlines.session.{session_key}")


def _used_within(request: HttpRequest, seconds: int) -> bool:
    said = request.COOKIES.get(settings.USED_COOKIE_NAME, "")
    try:
        _signer(request.session.session_key or "").unsign(said, max_age=seconds)
    except signing.BadSignature:
        return False
    return True


class ViewAs:
    """Puts the person looked at in the place of the administrator, and refuses every write meanwhile.

    Twice: no method but reading gets through, and the audit trail, which every action must write, takes no record.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the person looked at."""
        request.viewer = None  # type: ignore[attr-defined]
        kept = request.session.get(SESSION_KEY)
        if not kept:
            return self.get_response(request)
        administrator = request.user
        seen = Viewing(**kept).user() if administrator.has_perm("accounts.view_as") else None
        if seen is None:
            del request.session[SESSION_KEY]
            return self.get_response(request)
        request.viewer, request.user = administrator, seen  # type: ignore[attr-defined]
        with reading_only():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse what would change something or is private; the ways out are the administrator's own."""
        viewer = request.viewer  # type: ignore[attr-defined]
        if viewer is None or request.resolver_match is None:
            return None
        name = request.resolver_match.view_name
        if name in WAYS_OUT:
            request.user = viewer
            return None
        if request.method in READS and not name.startswith(PRIVATE_PREFIXES):
            return None
        return render(request, "accounts/viewing_refused.html", status=403)
