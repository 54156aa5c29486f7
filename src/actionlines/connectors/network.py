"""Connections that go to the address that was looked at, and only where they may.

A name is resolved once and every address it has is judged; the connection then goes to the address that was judged,
so that a second answer of the name server cannot lead it elsewhere.
"""

import socket
import ssl
from contextlib import suppress
from http.client import HTTPConnection, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult

CONNECT_SECONDS = 5.0
# Networks that carry an IPv4 address inside: what is inside is what is reached.
_NAT64 = ip_network("64:ff9b::/96")

Address = IPv4Address | IPv6Address


def is_public(address: Address) -> bool:
    """Whether it is an address of the public internet, also looked at through the forms that carry another inside."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def addresses_of(host: str, port: int) -> list[Address]:
    """Every address a name has.

    Raises:
        OSError, UnicodeError: the name is not found, or is none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ip_address(str(item[4][0]).partition("%")[0]) for item in found]


class Line:
    """Connects to one address and can be cut from another thread, also in the middle of a TLS handshake.

    A server that sends a byte now and then would else hold its client for as long as it likes.
    """

    def __init__(self, target: Address) -> None:
        self._target = target
        self._twin: socket.socket | None = None
        self.is_cut = False

    def connect(self, place: tuple[str, int], *options: Any) -> socket.socket:
        """What http.client calls to connect to the host it was given: the port is the host's, the address ours."""
        connected = socket.create_connection((str(self._target), place[1]), *options)
        self._twin = connected.dup()
        return connected

    def cut(self) -> None:
        """End the connection for whoever reads from it."""
        self.is_cut = True
        if self._twin is not None:
            with suppress(OSError):
                self._twin.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the descriptor back."""
        if self._twin is not None:
            self._twin.close()


def connection_over(line: Line, parts: SplitResult, seconds: float = CONNECT_SECONDS) -> HTTPConnection:
    """A connection over `line` under the name of the host: its certificate and the header Host are the name's."""
    host = parts.hostname or ""
    connection: HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = HTTPSConnection(host, parts.port, timeout=seconds, context=context)
    else:
        connection = HTTPConnection(host, parts.port, timeout=seconds)
    # The one place where http.client looks a name up; its TLS then checks the certificate against the host's name.
    connection._create_connection = line.connect  # type: ignore[attr-defined]  # noqa: SLF001
    return connection
