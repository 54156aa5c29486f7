"""What every answer of the API shares: language, rate limit, CORS, ETag, problems for what no operation answers."""

import math
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.translation import gettext

from actionlines.problems import Problem, marked
from actionlines.text import LANGUAGES
from actionlines_web.api.limits import seconds_to_wait
from actionlines_web.api.problems import problem_response

PREFIX = "/api/v1/"
READ = ("GET", "HEAD")
WRITE = ("POST", "PUT", "PATCH")
JSON = ("application/json", "application/merge-patch+json")
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Retry-After, Content-Language",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class ApiMiddleware:
    """Touches nothing outside PREFIX."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        with translation.override(_language(request)):
            method, response = request.method, self._answered(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        patch_vary_headers(response, ["Accept-Language"])
        if method in (*READ, "OPTIONS"):
            for name, value in _CORS.items():
                response[name] = value
        if method in READ and isinstance(response, HttpResponse):
            if response.status_code == 200:
                if "ETag" not in response:
                    set_response_etag(response)
                response.headers.setdefault("Cache-Control", "no-cache")
                response = (
                    get_conditional_response(request, etag=response["ETag"], response=response) or response
                )
            if method == "HEAD":
                response.headers["Content-Length"] = str(len(response.content))
                response.content = b""
        elif method == "HEAD":
            response.streaming_content = ()  # type: ignore[attr-defined]
        return response

    def _answered(self, request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=_PREFLIGHT)
        wait = math.ceil(seconds_to_wait(request))
        if wait:
            detail = gettext("Too many requests: ask again in %(seconds)s seconds.") % {"seconds": wait}
            return problem_response(429, detail, headers={"Retry-After": str(wait)})
        if request.method in WRITE and request.content_type not in JSON and _takes_a_body(request):
            detail = gettext("Send the body as application/json, and say so in the header Content-Type.")
            return problem_response(415, detail, headers={"Accept": ", ".join(JSON)})
        if request.method == "HEAD":
            request.method = "GET"
        response: Any = self.get_response(request)
        if response.status_code == 405 and "problem" not in response["Content-Type"]:
            detail = gettext("This address does not know this method.")
            return problem_response(405, detail, headers={"Allow": response.headers.get("Allow", "GET")})
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse parameters the published schema does not name, named twice, or given empty: each is a slip of somebody."""
        if not request.path_info.startswith(PREFIX) or request.resolver_match is None:
            return None
        from actionlines_web.api.interface import parameters_of

        known = parameters_of(request.resolver_match.route, request.method or "GET")
        if known is None:
            return None
        faults = [fault for name in request.GET if (fault := _fault(request, name, known))]
        if faults:
            return problem_response(422, gettext("Some parameters cannot be used."), faults)
        return None


def _fault(request: HttpRequest, name: str, known: frozenset[str]) -> Problem | None:
    values = {"known": ", ".join(sorted(known)), "languages": ", ".join(LANGUAGES)}
    given = request.GET.getlist(name)
    if name not in known:
        return Problem(
            marked("There is no such parameter."),
            values,
            column=name[:80],
            expected=marked("one of: %(known)s."),
        )
    if len(given) > 1:
        return Problem(marked("The parameter is given twice."), column=name, expected=marked("it once."))
    if not given[0].strip() or "\x00" in given[0]:
        return Problem(
            marked("The parameter is empty."), column=name, expected=marked("a value, or no parameter.")
        )
    if name == "lang" and given[0] not in LANGUAGES:
        return Problem(
            marked("“%(said)s” is not known."),
            {**values, "said": given[0][:20]},
            column=name,
            expected=marked("one of: %(languages)s."),
        )
    return None


def _language(request: HttpRequest) -> str:
    """The language asked for by `lang`, or by Accept-Language (addresses of the API have no language in them)."""
    asked = request.GET.get("lang", "")
    if asked in LANGUAGES:
        return "zh-hans" if asked == "zh" else asked
    return translation.get_language_from_request(request)


def _takes_a_body(request: HttpRequest) -> bool:
    """Whether anything is written at the address; elsewhere the method itself is refused."""
    return request.path_info.startswith(f"{PREFIX}entries")
