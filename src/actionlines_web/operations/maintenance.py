"""Maintenance: the site is closed to everybody but administrators, says so in the reader's language, and can be opened.

The mark is a file in the data folder, because the database is just what may be away meanwhile. Where several machines
serve one site, each has its own mark.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.auth import get_user
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from actionlines_web.accounts.rules import is_administrator

# Addresses that answer while the site is closed: those that tell machines how it is, and the way in for administrators.
_OPEN: Final = ("/health", "/ready", "/metrics")
_WAYS_IN: Final = ("accounts:sign-in", "account_login", "mfa_authenticate", "account_reauthenticate")
_DEFAULT_SECONDS: Final = 600


def _mark() -> Path:
    return Path(settings.DATA_DIR) / "maintenance"


def close_site(until: datetime) -> None:
    """Close the site; `until` is when readers are told to come back (it does not open by itself)."""
    partial = _mark().with_suffix(".new")
    partial.write_text(until.astimezone(UTC).isoformat(), encoding="ascii")
    partial.replace(_mark())


def open_site() -> bool:
    """Open it again; whether it was closed."""
    was = is_closed()
    _mark().unlink(missing_ok=True)
    return was


def is_closed() -> bool:
    """Whether the site is closed."""
    return _mark().is_file()


def closed_until() -> datetime:
    """When readers are told to come back: as set, or in a few minutes where that has passed or cannot be read."""
    soon = datetime.now(tz=UTC) + timedelta(seconds=_DEFAULT_SECONDS)
    try:
        said = datetime.fromisoformat(_mark().read_text(encoding="ascii").strip())
        return said if said > datetime.now(tz=UTC) else soon
    except (OSError, ValueError, TypeError):
        return soon


class Maintenance:
    """Answers 503 in place of every page while the site is closed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through who may pass; tell everybody else when to come back."""
        if not is_closed() or request.path in _OPEN:
            return self.get_response(request)
        return self.get_response(request) if _may_pass(request) else closed_page(request)


def _may_pass(request: HttpRequest) -> bool:
    try:
        match = request.resolver_match or _resolved(request)
        if match in _WAYS_IN:
            return True
        return bool(is_administrator(get_user(request)))
    except DatabaseError:
        return False


def _resolved(request: HttpRequest) -> str:
    from django.urls import Resolver404, resolve

    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def closed_page(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After: a page without the database, or problem+json for programs."""
    until = closed_until()
    wait = max(1, int((until - datetime.now(tz=UTC)).total_seconds()))
    headers = {"Retry-After": str(wait), "Cache-Control": "no-store"}
    if request.path.startswith("/api/"):
        problem = {
            "type": "about:blank",
            "title": _("The site is closed for maintenance"),
            "status": 503,
            "detail": _("Please come back in a while; nothing was changed."),
        }
        return JsonResponse(problem, status=503, content_type="application/problem+json", headers=headers)
    page = render_to_string("operations/closed.html", {"until": until, "minutes": -(-wait // 60)})
    return HttpResponse(page, status=503, headers=headers)
