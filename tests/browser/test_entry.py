"""An entry with every field, in a real browser: sound in each language and width, translated with the keyboard."""

import csv
import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from actionlines.stocktaking import row_of
from browser.conftest import LANGUAGES, WIDTHS, enter
from browser.test_pages import check
from web.stocktaking.full_entry import FULL


@pytest.fixture(scope="module")
def address(browser: Browser, site: str) -> str:
    """The entry's address, once a coordinator has brought it in."""
    row = row_of(FULL)
    table = io.StringIO()
    csv.writer(table).writerows([list(row), list(row.values())])
    context = browser.new_context(base_url=site)
    page = context.new_page()
    enter(page)
    page.goto("/imports/")
    upload = {"name": "full.csv", "mimeType": "text/csv", "buffer": table.getvalue().encode()}
    page.set_input_files("input[type=file]", upload)
    page.locator("form:has(input[type=file]) button[type=submit]").click()
    page.wait_for_url("**/imports/*/")
    page.locator("form[action$='/apply/'] button").click()
    page.wait_for_load_state()
    context.close()
    return f"/entries/{FULL.id}/"


@pytest.fixture
def desk(browser: Browser, site: str, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, viewport={"width": WIDTHS["desktop"], "height": 900})
    page = context.new_page()
    enter(page)
    yield page
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_entry_is_sound(browser: Browser, site: str, address: str, language: str, width: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": WIDTHS[width], "height": 900})
    try:
        page = context.new_page()
        page.goto(LANGUAGES[language] + address)
        check(page, language)
        assert page.locator(".told").count() == 3
    finally:
        context.close()


def test_a_translation_is_written_with_the_keyboard_alone(desk: Page, address: str) -> None:
    desk.goto(f"{address}translations/es/")
    check(desk, "en")
    desk.locator("#id_title").focus()
    desk.keyboard.type("Quioscos de aldea")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Nada notable.")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/translations/")
    check(desk, "en")
    desk.goto(f"/es{address}")
    assert desk.locator("h1").inner_text() == "Quioscos de aldea"
    desk.locator("a[href='?text=original']").click()
    assert desk.locator("h1").inner_text() == FULL.title


def test_a_translation_without_a_title_says_so_beside_the_field(desk: Page, address: str) -> None:
    desk.goto(f"{address}translations/ru/")
    desk.locator("form.panel button[type=submit]:not([name])").click()
    check(desk, "en")
    assert desk.locator("#id_title_error").is_visible()
    assert desk.locator(".alert a").get_attribute("href") == "#id_title"
