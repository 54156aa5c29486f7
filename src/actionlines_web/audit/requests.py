"""An identifier for each request: on its audit records, and in its answer's header `X-Request-ID`."""

from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

_current: ContextVar[str] = ContextVar("request", default="")


def current_request() -> str:
    """The identifier of the request being answered; '' outside of one."""
    return _current.get()


class RequestIdentifier:
    """Gives each request its own identifier; one that a client sends is never taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set it, answer, say it."""
        identifier = uuid4().hex
        token = _current.set(identifier)
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response.headers["X-Request-ID"] = identifier
        return response
