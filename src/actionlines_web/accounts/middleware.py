"""Whose eyes a request is answered for: how long a session lasts, the reader's time zone, an administrator who looks as somebody else."""

import time
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from actionlines_web.accounts.viewing import SESSION_KEY, Viewing
from actionlines_web.audit.requests import reading_only

# Keys of the session: when it began, and when it was last used (to the minute, so that reading seldom writes).
BEGAN, USED = "began", "used"
NOTE_EVERY_SECONDS = 60
READS = {"GET", "HEAD", "OPTIONS"}
WAYS_OUT = {"accounts:end-viewing", "accounts:sign-out", "account_logout"}
# What is nobody else's business, and pages that change something when they are merely read.
PRIVATE_PREFIXES = ("account_", "mfa_", "socialaccount_", "openid_connect_", "privacy:")


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
    """Signs out whoever was idle for too long, or signed in too long ago; what they asked for is then asked by nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, as a visitor's if the session is over."""
        if request.user.is_authenticated:
            now, session = int(time.time()), request.session
            began, used = session.setdefault(BEGAN, now), session.setdefault(USED, now)
            if now - used > settings.IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
                logout(request)
            elif now - used >= NOTE_EVERY_SECONDS:
                session[USED] = now
        return self.get_response(request)


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
