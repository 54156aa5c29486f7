"""A real site with the demonstration's data, and a real Chromium that visits it."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = (
    os.environ.get("ACTIONLINES_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
LANGUAGES = {"en": "", "fr": "/fr", "ar": "/ar"}
WIDTHS = {"phone": 390, "desktop": 1440}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark these tests; skip them, visibly, where there is no Chromium."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(
                    pytest.mark.skip(reason="Chromium is not installed (Debian: apt install chromium)")
                )


class Mailbox:
    """An SMTP server's handler that keeps what the site sends."""

    def __init__(self) -> None:
        self._received: list[EmailMessage] = []
        self._changed = threading.Condition()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802, ARG002 - aiosmtpd's names
        """Keep one message."""
        with self._changed:
            self._received.append(message_from_bytes(envelope.content, policy=policy.default))
            self._changed.notify_all()
        return "250 OK"

    def text_to(self, address: str) -> str:
        """The text of the newest message to an address, as soon as there is one."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._newest(address), timeout=60):
                pytest.fail(f"no mail came to {address}")
            found = self._newest(address)
        assert found is not None
        body = found.get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def _newest(self, address: str) -> EmailMessage | None:
        return next((found for found in reversed(self._received) if address in str(found["To"])), None)


@pytest.fixture(scope="session")
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """A mail server on the loopback address, and its port."""
    box, port = Mailbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, port
    server.stop()


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, mailbox: tuple[Mailbox, int]) -> Iterator[str]:
    """Address of a served demonstration site in a folder of its own, which sends its mail to `mailbox`."""
    port = free_port()
    folder = tmp_path_factory.mktemp("site")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("ACTIONLINES_", "DJANGO_"))
    }
    environment |= {
        "ACTIONLINES_DATA_DIR": str(folder),
        "ACTIONLINES_DEMONSTRATION": "1",
        "ACTIONLINES_EMAIL_URL": f"smtp://127.0.0.1:{mailbox[1]}",
        # Browsers make passkeys for this name without HTTPS.
        "ACTIONLINES_SITE_ADDRESS": f"http://localhost:{port}",
    }
    command = [str(Path(sys.executable).with_name("actionlines-web")), "serve", "--port", str(port)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(600):
                if server.poll() is not None:
                    raise RuntimeError((folder / "log").read_text())
                try:
                    urllib.request.urlopen(f"{address}/health", timeout=2).read()
                    break
                except OSError:
                    time.sleep(0.2)
            yield address
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield found
        found.close()


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A fresh visitor at desktop width."""
    made = browser.new_context(base_url=site, viewport={"width": WIDTHS["desktop"], "height": 900})
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page that fails the test on errors in the console or blocked by the content security policy."""
    found = context.new_page()
    found.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    return found


def enter(page: Page, prefix: str = "") -> None:
    """Come in as the demonstration's coordinator."""
    page.goto(f"{prefix}/sign-in/")
    page.locator("form[action*='demonstration/enter'] button").click()
