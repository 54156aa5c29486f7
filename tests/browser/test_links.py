"""Reviewing links with the keyboard and without scripts; trying the aligner."""

import re

from playwright.sync_api import Browser, Page, expect

from browser.conftest import enter
from browser.test_pages import check

TEXT = "Nurses in remote clinics consult doctors by telemedicine.\n\nGirls learn at school: SDG 4."


def focused(page: Page) -> str:
    """The place on the page where the keyboard is."""
    found: str = page.evaluate("document.activeElement.id")
    return found


def test_keys_lead_through_the_links_and_decide_them(page: Page) -> None:
    enter(page)
    page.goto("/entries/wsis-004/links/")
    rows = [item.get_attribute("id") for item in page.locator(".review-link").all()]
    page.keyboard.press("j")
    assert focused(page) == rows[0]
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert focused(page) == rows[0]
    with page.expect_navigation():
        page.keyboard.press("a")
    decided = page.locator(f"[id='{rows[0]}']")
    expect(decided).to_have_class(re.compile("state-of-accepted"))
    assert focused(page) in [*rows, "going-on"]
    assert focused(page) != rows[0]
    page.keyboard.press("?")
    expect(page.locator("#shortcuts dl")).to_be_visible()


def test_keys_stay_out_of_the_way_when_switched_off_or_while_typing(page: Page) -> None:
    enter(page)
    page.goto("/entries/wsis-005/links/")
    page.locator("#node").focus()
    page.keyboard.type("jar")
    assert page.locator("#node").input_value() == "jar"
    page.keyboard.press("Escape")
    page.locator("#shortcuts summary").click()
    page.locator("#keys-on").uncheck()
    page.reload()
    page.keyboard.press("j")
    assert not focused(page).startswith("link-")
    page.locator("#shortcuts summary").click()
    expect(page.locator("#keys-on")).not_to_be_checked()


def test_links_are_reviewed_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    try:
        page = context.new_page()
        enter(page, "/fr")
        page.goto("/fr/links/")
        page.locator(".entry-item h3 a").first.click()
        page.wait_for_url("**/entries/*/links/")
        place = page.locator(".review-link.state-of-open").first.get_attribute("id")
        page.locator(".review-link.state-of-open button[value=refuse]").first.click()
        page.wait_for_url("**/links/#**")
        decided = page.locator(f"[id='{place}']")
        expect(decided).to_have_class(re.compile("state-of-refused"))
        expect(page.locator("#shortcuts")).to_be_hidden()
    finally:
        context.close()


def test_a_pasted_text_shows_its_links_in_a_sound_page(browser: Browser, site: str) -> None:
    for scripts in (True, False):
        context = browser.new_context(
            base_url=site, java_script_enabled=scripts, viewport={"width": 390, "height": 900}
        )
        try:
            page = context.new_page()
            page.goto("/ar/align/")
            page.locator("textarea[name=text]").fill(TEXT)
            page.locator("#align-form button").first.click()
            expect(page.locator("#result")).to_be_visible()
            assert page.locator(".passage mark").count() >= 2
            if scripts:
                check(page, "ar")
                with page.expect_download() as download:
                    page.locator("button[value=csv]").click()
                assert download.value.suggested_filename == "links.csv"
        finally:
            context.close()
