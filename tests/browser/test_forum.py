"""The Forum in a browser: its inner pages in three languages on two widths, and the grid with a pointer and without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import LANGUAGES, WIDTHS, enter
from browser.test_pages import check

FORUM = "/forum/demonstration/"
INNER_PAGES = (
    "/forum/new/",
    *(
        f"{FORUM}{path}"
        for path in ("agenda/", "requests/", "requests/new/", "requests/6/", "requests/6/edit/")
    ),
    *(f"{FORUM}consultation/{path}" for path in ("new/", "nominate/")),
    *(f"{FORUM}desk/{path}" for path in ("", "edition/", "requests/", "requests/6/", "imports/")),
    *(f"{FORUM}desk/{path}" for path in ("schedule/?day=d2&move=3", "facilitators/?seats=2")),
)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_inner_pages_are_sound(browser: Browser, site: str, language: str, width: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": WIDTHS[width], "height": 900})
    try:
        page = context.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        enter(page, LANGUAGES[language])
        for address in INNER_PAGES:
            answer = page.goto(LANGUAGES[language] + address)
            assert answer is not None
            assert (address, answer.status) == (address, 200)
            check(page, language)
        assert errors == []
    finally:
        context.close()


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def desk(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The coordinator's window."""
    context = browser.new_context(
        base_url=site, java_script_enabled=request.param, viewport={"width": 1400, "height": 900}
    )
    page = context.new_page()
    enter(page)
    yield page
    context.close()


def test_a_session_is_moved_by_its_link_and_a_button(desk: Page) -> None:
    desk.goto(f"{FORUM}desk/schedule/?day=d2")
    cell = desk.locator("td[data-slot='d2.6'][data-room='D']")
    expect(cell.locator("#session-7")).to_have_count(0)
    desk.locator("#session-7 a").press("Enter")
    desk.wait_for_url(re.compile("move=7"))
    button = cell.get_by_role("button", name=re.compile("Here"))
    button.press("Enter")
    desk.wait_for_url(re.compile("#session-7"))
    expect(cell.locator("#session-7")).to_have_count(1)
    # Back, for whoever comes next.
    desk.goto(f"{FORUM}desk/schedule/?day=d2&move=7")
    desk.locator("td[data-slot='d2.1'][data-room='D']").get_by_role("button", name=re.compile("Here")).click()
    expect(desk.locator("td[data-slot='d2.1'][data-room='D'] #session-7")).to_have_count(1)


def test_a_session_is_dragged_to_another_cell(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 1400, "height": 1400})
    try:
        page = context.new_page()
        enter(page)
        for slot in ("d2.5", "d2.1"):
            # From the top of the page: the one that answers stands at the session, and a drag scrolls badly.
            page.goto(f"{FORUM}desk/schedule/?day=d2")
            cell = page.locator(f"td[data-slot='{slot}'][data-room='B']")
            page.locator("#session-4").drag_to(cell)
            expect(cell.locator("#session-4")).to_have_count(1, timeout=30_000)
    finally:
        context.close()
