"""Pages about the site itself, and the error pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from actionlines.frameworks import catalogue


def about(request: HttpRequest) -> HttpResponse:
    """What the site counts and how, where its data come from."""
    known = catalogue()
    context = {"frameworks": known.frameworks.values(), "crosswalks": known.crosswalks.values()}
    return render(request, "ui/about.html", context)


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
    """500: a page that needs no database."""
    from django.template.loader import get_template

    return HttpResponse(get_template("ui/500.html").render(), status=500)
