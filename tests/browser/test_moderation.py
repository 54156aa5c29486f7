"""Moderating in a browser: the queue, the page to decide on, one step for many; in three languages, by keyboard, without script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import LANGUAGES, WIDTHS, enter
from browser.test_pages import check

WORDS = "Nurses on twelve islands ask doctors in the capital for advice by telemedicine. " * 13


def send_entry(page: Page, title: str) -> None:
    """Write an entry and send it to the moderators."""
    page.goto("/submissions/new/")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/edit/")
    page.fill("#id_title", title)
    page.fill("#id_description", WORDS)
    page.locator("button[name=submit]").click()
    page.wait_for_url("**/submissions/*/")


@pytest.fixture
def waiting(browser: Browser, site: str) -> str:
    """The title of an entry that waits, like one of the register."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    enter(page)
    title = "Nenasala centres"
    page.goto("/moderation/")
    if page.get_by_role("link", name=title).count() == 0:
        send_entry(page, title)
    context.close()
    return title


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_queue_and_review_are_sound(
    browser: Browser, site: str, waiting: str, language: str, width: str
) -> None:
    context = browser.new_context(base_url=site, viewport={"width": WIDTHS[width], "height": 900})
    page = context.new_page()
    enter(page, LANGUAGES[language])
    page.goto(LANGUAGES[language] + "/moderation/")
    check(page, language)
    page.get_by_role("link", name=waiting).first.click()
    page.wait_for_url("**/moderation/*/")
    check(page, language)
    assert page.get_by_role("link", name="Nenasala", exact=True).count() == 1  # the twin in the register
    page.goto(LANGUAGES[language] + "/moderation/")
    page.locator("input[name=chosen]").first.check()
    page.locator("button[name=step][value=return]").click()
    check(page, language)
    for address in ("/entries/wsis-041/duplicates/", "/entries/wsis-041/merge/wsis-108/"):
        page.goto(LANGUAGES[language] + address)
        check(page, language)
    context.close()


def test_a_canned_reply_is_put_in_without_leaving_the_page(context, page: Page, waiting: str) -> None:
    enter(page)
    page.goto("/moderation/")
    page.get_by_role("link", name=waiting).first.click()
    page.fill("#comment", "A word I am still writing")
    page.select_option("#reply", "duplicate")
    page.get_by_role("button", name="Put it in").click()
    expect(page.locator("#answer-text")).to_have_value(
        "Thank you for your entry. The register has this project already. Please open that entry and propose a change of"
        " it, so that everything about the project stands in one place."
    )
    assert page.input_value("#comment") == "A word I am still writing"


def test_without_script_by_keyboard_one_is_returned_after_a_look(
    browser: Browser, site: str, waiting: str
) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    enter(page)
    page.goto("/moderation/")
    page.locator("input[name=chosen]").first.focus()
    page.keyboard.press("Space")
    page.locator("button[name=step][value=return]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/moderation/many/")
    page.select_option("#reply", "missing-dates")
    page.locator("button[name=use-reply]").click()
    expect(page.locator("textarea[name=comment-en]")).to_have_value(re.compile("^Thank you for your entry"))
    page.locator("button[name=confirm]").click()
    expect(page.get_by_text("This was done.")).to_be_visible()
    expect(page.locator(".state-applied")).to_have_count(1)
    page.goto("/moderation/?state=returned")
    assert page.get_by_role("link", name=waiting).count() == 1
    context.close()
