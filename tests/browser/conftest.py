"""A real site with the demonstration's data, and a real Chromium that visits it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a served demonstration site in a folder of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("site")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("ACTIONLINES_", "DJANGO_"))
    }
    environment |= {"ACTIONLINES_DATA_DIR": str(folder), "ACTIONLINES_DEMONSTRATION": "1"}
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
