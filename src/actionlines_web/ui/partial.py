"""A page, or only its part that htmx asks for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_page(request: HttpRequest, whole: str, part: str, context: dict[str, Any]) -> HttpResponse:
    """The template `part` for a request by htmx, else `whole`.

    The answer says that it depends on the header, so that a browser going back never shows a part as a page.
    """
    htmx = request.htmx  # type: ignore[attr-defined]
    response = render(request, part if htmx and not htmx.history_restore_request else whole, context)
    patch_vary_headers(response, ("HX-Request",))
    return response
