"""Logs for machines: one JSON object a line, without anything that says who somebody is.

Addresses of mail and of the internet are taken out of every line, wherever they come from (a database's error message
quotes the value it refused); paths are logged as routes, for a path may hold a token or a name.
"""

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from actionlines_web.audit.requests import current_request

_MAIL: Final = re.compile(r"""[^\s@<>()\[\],;:"]+@[^\s@<>()\[\],;:"]+""")
_HOST: Final = re.compile(r"(?<![\w:.])(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F:]*::?[0-9a-fA-F:.]*)(?!\w)")
_KNOWN: Final = ("method", "route", "status", "ms")
requests = logging.getLogger("actionlines_web.requests")


def scrubbed(text: str) -> str:
    """A text without addresses of mail and of the internet."""
    return _HOST.sub(_hidden, _MAIL.sub("[mail]", text))


def _hidden(found: re.Match[str]) -> str:
    # Times look like addresses of version 6 to the pattern, not to the library.
    try:
        ip_address(found[0].rstrip("."))
    except ValueError:
        return found[0]
    return "[address]"


def route_of(request: HttpRequest) -> str:
    """The pattern a request matched, such as 'entries/<str:identifier>/'; '' if it matched none."""
    match = request.resolver_match
    return match.route if match else ""


class JsonLine(logging.Formatter):
    """A record as one line of JSON: time, level, logger, message, request; error and place where something was raised."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        moment = datetime.fromtimestamp(record.created, tz=UTC)
        line: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": scrubbed(record.getMessage()),
        }
        if identifier := getattr(record, "request_id", "") or current_request():
            line["request"] = identifier
        line |= {name: getattr(record, name) for name in _KNOWN if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["traceback"] = scrubbed("".join(traceback.format_exception(*record.exc_info)))
        return json.dumps(line, ensure_ascii=False)


class RouteOnly(logging.Filter):
    """Gives Django's records of answered requests the route in place of the path."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record; keeps all."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            status = getattr(record, "status_code", "")
            record.msg, record.args = f"{request.method} /{route_of(request)} {status}".strip(), ()
        return True


class RequestLog:
    """Writes a line for each request: method, route, status, milliseconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then write."""
        began = time.perf_counter()
        response = self.get_response(request)
        milliseconds = round((time.perf_counter() - began) * 1000, 1)
        requests.info(
            "answered",
            extra={
                "method": request.method,
                "route": route_of(request),
                "status": response.status_code,
                "ms": milliseconds,
            },
        )
        return response
