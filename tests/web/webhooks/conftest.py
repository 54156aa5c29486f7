"""A receiver on the loopback address that answers as it is told and keeps what it got."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.test import override_settings


class Receiver(HTTPServer):
    """Keeps (path, headers, body) of each request; answers with `status`, or hangs until `release` is set."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.received: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 204
        self.location = ""
        self.hangs = False
        self.release = threading.Event()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}/hook?key=1"


class Handler(BaseHTTPRequestHandler):
    """Handles one request."""

    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.path, dict(self.headers), body))
        if self.server.hangs:
            self.server.release.wait(10)
            return
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keeps the output clean."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A running receiver, which the site may call."""
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    with override_settings(WEBHOOKS_ALLOW_PRIVATE=True):
        yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()
