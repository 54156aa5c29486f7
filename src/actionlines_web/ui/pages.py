"""Pages about the site itself, and the error pages."""

import sys
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionlines.frameworks import catalogue
from actionlines_web.ui.busy import RETRY_AFTER_SECONDS, is_busy

# How long a reader of security.txt may go by what it says (RFC 9116 wants less than a year).
SECURITY_CONTACT_HOLDS = timedelta(days=180)


def about(request: HttpRequest) -> HttpResponse:
    """What the site counts and how, where its data come from."""
    known = catalogue()
    context = {"frameworks": known.frameworks.values(), "crosswalks": known.crosswalks.values()}
    return render(request, "ui/about.html", context)


@require_safe
def security_contact(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness of the site (RFC 9116); 404 on a site that has named nobody."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = (timezone.now() + SECURITY_CONTACT_HOLDS).replace(microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, fr",
        f"Canonical: {settings.SITE_ADDRESS}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _error(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"ui/{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: says which role the page needs."""
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _error(request, 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429."""
    return _error(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database is merely busy: pages that need no database."""
    if is_busy(sys.exc_info()[1]):
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
        return HttpResponse(get_template("ui/503.html").render(), status=503, headers=headers)
    return HttpResponse(get_template("ui/500.html").render(), status=500)
