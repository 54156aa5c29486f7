"""Search and import with the keyboard alone, and everything without scripts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import enter

TABLE = "id,title,description,country_iso3,year,action_line,language\nkeyboard-1,Keyboard project,Nurses consult doctors by telemedicine.,KEN,2020,C7-HEA,en\n"


def tab_to(page: Page, selector: str, limit: int = 120) -> None:
    """Press Tab until the focus is on the element."""
    wanted = page.locator(selector).first
    for _ in range(limit):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} cannot be reached with Tab")


def test_skip_link_is_the_first_stop_and_leads_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_search_by_keyboard_reaches_an_entry(page: Page) -> None:
    page.goto("/entries/")
    tab_to(page, "input[name=q]")
    page.keyboard.type("malaria")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=malaria**")
    tab_to(page, "main a[href*='/entries/wsis-005/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entries/wsis-005/**")
    assert "Lacak Malaria" in page.locator("h1").inner_text()


def test_import_by_keyboard_from_sign_in_to_the_stored_entry(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "entries.csv"
    path.write_text(TABLE, encoding="utf-8")
    # From the first listener on the browser hands file choosers over; asked just before the key, it may come too late.
    page.on("filechooser", lambda _: None)
    page.goto("/imports/")
    tab_to(page, "form[action*='demonstration/enter'] button")
    # The address of the sign-in page ends with that of the page wanted: only the navigation itself tells.
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "input[type=file]")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(path)
    tab_to(page, "form:has(input[type=file]) button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/imports/*/")
    tab_to(page, "form[action$='/apply/'] button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto("/entries/keyboard-1/")
    assert page.locator("h1").inner_text() == "Keyboard project"


def test_matrix_cell_opens_as_many_entries_as_it_counts(page: Page) -> None:
    page.goto("/")
    cell = page.locator("tbody td.heat-6 a").first
    counted = int(re.findall(r"\d+", cell.inner_text())[-1])
    with page.expect_navigation():
        cell.click()
    assert page.locator("main .entry-item").count() == counted


def test_site_works_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto("/fr/")
        page.select_option("select[name=region]", "AFR")
        page.locator("form:has(select[name=region]) button[type=submit]").first.click()
        assert "region=AFR" in page.url
        page.goto("/fr/entries/")
        page.fill("input[name=q]", "malaria")
        page.locator("form:has(input[name=q]) button[type=submit]").first.click()
        assert page.locator("main a[href*='/entries/wsis-005/']").count() >= 1
        enter(page, "/fr")
        page.goto("/fr/imports/")
        assert page.locator("input[type=file]").count() == 1
    finally:
        context.close()
