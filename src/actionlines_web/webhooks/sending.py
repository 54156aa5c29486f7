"""One HTTP request to an address a user gave: never into our own network, never elsewhere than was looked at.

The name is resolved once; every address it has must be one of the public internet, and the connection goes to the
address that was looked at, so that a second answer of the name server cannot lead it elsewhere. Redirects are not
followed, environment proxies are not used, and the whole takes at most TOTAL_SECONDS.
"""

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from actionlines.problems import InputError, Problem, marked

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 10.0
_ANSWER_BYTES = 1_024
# Networks that carry an IPv4 address inside: what is inside is what is reached.
_NAT64 = ip_network("64:ff9b::/96")

Address = IPv4Address | IPv6Address


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
    line = _Line(target)
    connection = _connection(parts, line)
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
        found = socket.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise InputError(
            [Problem(marked("the host %(host)s is not found."), {"host": host}, column="address")]
        ) from None
    addresses = [ip_address(str(item[4][0]).partition("%")[0]) for item in found]
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


def is_public(address: Address) -> bool:
    """Whether it is an address of the public internet, also looked at through the forms that carry another inside."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


class _Line:
    """Connects to one address and can be cut from another thread, also in the middle of a TLS handshake.

    A receiver that sends a byte now and then would else hold the worker for as long as it likes.
    """

    def __init__(self, target: Address) -> None:
        self._target = target
        self._twin: socket.socket | None = None

    def connect(self, place: tuple[str, int], *options: Any) -> socket.socket:
        """What http.client calls to connect to the host it was given: the port is the host's, the address ours."""
        connected = socket.create_connection((str(self._target), place[1]), *options)
        self._twin = connected.dup()
        return connected

    def cut(self) -> None:
        """End the connection for whoever reads from it."""
        if self._twin is not None:
            with suppress(OSError):
                self._twin.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the descriptor back."""
        if self._twin is not None:
            self._twin.close()


def _connection(parts: SplitResult, line: _Line) -> HTTPConnection:
    """A connection over `line` under the name of the host: its certificate and the header Host are the name's."""
    host = parts.hostname or ""
    connection: HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = HTTPSConnection(host, parts.port, timeout=CONNECT_SECONDS, context=context)
    else:
        connection = HTTPConnection(host, parts.port, timeout=CONNECT_SECONDS)
    # The one place where http.client looks a name up; its TLS then checks the certificate against the host's name.
    connection._create_connection = line.connect  # type: ignore[attr-defined]  # noqa: SLF001
    return connection
