"""One HTTP request to an address a user gave: never into our own network, never elsewhere than was looked at.

The name is resolved once; every address it has must be one of the public internet, and the connection goes to the
address that was looked at, so that a second answer of the name server cannot lead it elsewhere. Redirects are not
followed, environment proxies are not used, and the whole takes at most TOTAL_SECONDS.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from actionlines.connectors.network import Address, Line, addresses_of, connection_over, is_public
from actionlines.problems import InputError, Problem, marked

__all__ = ["Answer", "check_address", "is_public", "post"]

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 10.0
_ANSWER_BYTES = 1_024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, or None and why there is none."""

    status: int | None
    error: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the receiver took it: a status of 200 to 299."""
        return self.status is not None and 200 <= self.status < 300


def check_address(address: str) -> None:
    """Look at an address as `post` would.

    Raises:
        InputError: it is no address a webhook may have, or its name is not found, or leads into a private network.
    """
    parts = _parts(address)
    _resolved(parts)


def post(address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send the body; what goes wrong is in the answer and never raised."""
    try:
        parts = _parts(address)
        target = _resolved(parts)
    except InputError as error:
        return Answer(None, error.problems[0].message)
    line = Line(target)
    connection = connection_over(line, parts, CONNECT_SECONDS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    timer = Timer(TOTAL_SECONDS, line.cut)
    timer.daemon = True
    timer.start()
    try:
        connection.request("POST", path, body, dict(headers))
        response = connection.getresponse()
        response.read(_ANSWER_BYTES)
        return Answer(response.status, "" if 200 <= response.status < 300 else response.reason[:100])
    except (OSError, HTTPException, ValueError) as error:
        return Answer(None, f"{type(error).__name__}: {error}"[:300])
    finally:
        timer.cancel()
        connection.close()
        line.close()


def _parts(address: str) -> SplitResult:
    problem = None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        problem = marked("the address cannot be read.")
    else:
        if parts.scheme != "https" and not (parts.scheme == "http" and settings.WEBHOOKS_ALLOW_PRIVATE):
            problem = marked("the address does not begin with https://.")
        elif not parts.hostname or parts.username or parts.password or parts.fragment or port == 0:
            problem = marked("the address has no host, or a name, a password or a fragment.")
        elif len(address) > 500 or any(character.isspace() or ord(character) < 32 for character in address):
            problem = marked("the address is too long or has white space in it.")
    if problem:
        raise InputError(
            [Problem(problem, column="address", expected=marked("such as https://example.org/hook."))]
        )
    return parts


def _resolved(parts: SplitResult) -> Address:
    """The address to connect to; all the name has must be public.

    Raises:
        InputError: not found, or not public.
    """
    host = parts.hostname or ""
    try:
        addresses = addresses_of(host, parts.port or 443)
    except (OSError, UnicodeError):
        raise InputError(
            [Problem(marked("the host %(host)s is not found."), {"host": host}, column="address")]
        ) from None
    if not settings.WEBHOOKS_ALLOW_PRIVATE and not all(map(is_public, addresses)):
        raise InputError(
            [
                Problem(
                    marked("the host %(host)s is not on the public internet."),
                    {"host": host},
                    column="address",
                    expected=marked("an address that can be reached from everywhere."),
                )
            ]
        )
    return addresses[0]
