"""An identifier for each request: on its audit records, and in its answer's header `X-Request-ID`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

_current: ContextVar[str] = ContextVar("request", default="")
_reading: ContextVar[bool] = ContextVar("reading", default=False)


def current_request() -> str:
    """The identifier of the request being answered; '' outside of one."""
    return _current.get()


@contextmanager
def reading_only(only: bool = True) -> Iterator[None]:
    """Within it no record can be written, and so no action can change anything; with False, inside, they can again."""
    token = _reading.set(only)
    try:
        yield
    finally:
        _reading.reset(token)


def is_reading_only() -> bool:
    """Whether the request being answered may change nothing."""
    return _reading.get()


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
