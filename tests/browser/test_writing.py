"""Writing an entry in a real browser: by keyboard, without scripts, saved as one writes, two at once."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from actionlines.stocktaking import word_count
from browser.conftest import LANGUAGES, WIDTHS, enter
from browser.test_keyboard import tab_to
from browser.test_pages import check

TEXT = "Doctors in the capital advise nurses on twelve islands by telemedicine."


def begin(page: Page, prefix: str = "") -> None:
    """A new draft of the demonstration's coordinator."""
    enter(page, prefix)
    page.goto(f"{prefix}/submissions/new/")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/edit/")


def test_what_is_written_is_saved_without_a_button_and_proposals_come(page: Page) -> None:
    begin(page)
    page.locator("#id_title").fill("Clinics on line")
    page.locator("#id_description").fill(TEXT)
    expect(page.locator("#version")).to_have_value(re.compile("[2-9]"), timeout=20_000)
    expect(page.locator("#saved")).to_contain_text("Saved at")
    expect(page.locator("#word-count [data-count]")).to_have_text(re.compile("11"))
    proposal = page.locator(".proposal", has_text="C7-HEA")
    expect(proposal.locator("mark").first).to_be_visible()
    proposal.locator("[name=accept]").click()
    expect(page.locator("#picker-lines .picker-chosen")).to_contain_text("C7-HEA")
    expect(page.locator("input[name=lines][value=C7-HEA]")).to_be_checked()
    expect(page.locator("#proposals")).not_to_contain_text("E-health")
    page.reload()
    expect(page.locator("#id_description")).to_have_value(TEXT)
    expect(page.locator("input[name=lines][value=C7-HEA]")).to_be_checked()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT, "en"),
        ("L’accès à l’e-santé : 1.200 infirmières, d'ici à 2030.", "fr"),
        ("学校上网 broadband 联网", "zh"),
        ("学", "zh"),
        ("يقدم الأطباءُ المشورة، في 12 جزيرة.", "ar"),
        ("Врачи — медсёстрам: 50 км.", "ru"),
        ("", "en"),
    ],
)
def test_the_browser_counts_words_as_the_library_does(page: Page, text: str, language: str) -> None:
    begin(page)
    page.locator("#id_language").select_option(language)
    page.locator("#id_description").fill(text)
    assert page.evaluate("([text, language]) => countWords(text, language)", [text, language]) == word_count(
        text, language
    )


def test_a_refused_proposal_stays_away_while_one_goes_on(page: Page) -> None:
    begin(page)
    page.locator("#id_description").fill(TEXT)
    page.locator(".proposal", has_text="C7-HEA").locator("[name=refuse]").click(timeout=20_000)
    expect(page.locator("#proposals details")).to_contain_text("C7-HEA")
    version = page.locator("#version").input_value()
    page.locator("#id_description").fill(TEXT + " Nurses call doctors by telemedicine every week.")
    expect(page.locator("#version")).not_to_have_value(version, timeout=20_000)
    expect(page.locator(".proposal", has_text="C7-HEA")).to_have_count(0)


def test_an_entry_is_written_and_sent_by_keyboard_alone(page: Page) -> None:
    enter(page)
    page.goto("/submissions/")
    tab_to(page, "main a[href$='/submissions/new/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/new/")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")
    tab_to(page, "#id_title")
    page.keyboard.type("Keyboard clinics")
    tab_to(page, "#id_description")
    page.keyboard.type("Words about nothing in particular.")
    tab_to(page, "#picker-lines input[type=search]")
    page.keyboard.type("infrastr")
    expect(page.locator("#picker-lines [data-words]:visible")).to_have_count(1)
    tab_to(page, "input[name=lines][value=C2]")
    page.keyboard.press("Space")
    expect(page.locator("#picker-lines .picker-chosen")).to_contain_text("C2")
    tab_to(page, "[name=submit]", limit=300)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/submissions/\d+/$"))
    assert page.locator("h1").inner_text() == "Keyboard clinics"
    expect(page.locator(".state-submitted")).to_be_visible()


def test_enter_in_a_line_saves_and_sends_nothing(page: Page) -> None:
    begin(page)
    page.locator("#id_title").fill("Not yet")
    page.locator("#id_title").press("Enter")
    expect(page.locator(".message-success")).to_contain_text("The draft was saved.")
    assert page.url.endswith("/edit/")


def test_everything_works_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    try:
        page = context.new_page()
        begin(page)
        page.locator("#id_title").fill("No script")
        page.locator("#id_description").fill(TEXT)
        page.locator("[name=save]").click()
        page.locator(".proposal", has_text="C7-HEA").locator("[name=accept]").click()
        assert page.locator("input[name=lines][value=C7-HEA]").is_checked()
        assert page.locator("#picker-lines [data-picker-search]").is_hidden()
        page.set_input_files(
            "#attachment", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
        )
        page.locator("[name=attach]").click()
        assert page.locator(".attachments").inner_text().startswith("a.pdf")
        page.locator("#id_title").fill("")
        page.locator("[name=submit]").click()
        assert page.locator(".alert-error a").get_attribute("href") == "#id_title"
        page.locator("#id_title").fill("No script")
        page.locator("[name=submit]").click()
        assert page.locator("h1").inner_text() == "No script"
        assert page.locator(".state-submitted").is_visible()
    finally:
        context.close()


def test_two_windows_learn_of_each_other_and_nothing_is_lost(page: Page, browser: Browser, site: str) -> None:
    begin(page)
    other = browser.new_context(base_url=site).new_page()
    try:
        enter(other)
        other.goto(page.url)
        page.locator("#id_title").fill("The first text")
        expect(page.locator("#version")).to_have_value("2", timeout=20_000)
        other.locator("#id_title").fill("The second text")
        expect(other.locator(".conflict")).to_contain_text("The first text", timeout=20_000)
        expect(other.locator("#id_title")).to_have_value("The second text")
        expect(other.locator("#version")).to_have_value("1")
        other.locator("[name=over]").click()
        expect(other.locator("#version")).to_have_value("3")
        page.reload()
        expect(page.locator("#id_title")).to_have_value("The second text")
    finally:
        other.context.close()


def test_the_writer_is_told_when_the_site_cannot_be_reached(page: Page) -> None:
    begin(page)
    page.context.set_offline(True)
    page.locator("#id_title").fill("Written on a train")
    expect(page.locator("#saved")).to_contain_text("cannot be reached", timeout=20_000)
    page.context.set_offline(False)
    page.locator("#id_title").fill("Written on a train, saved later")
    expect(page.locator("#saved")).to_contain_text("Saved at", timeout=20_000)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_and_what_follows_are_sound(browser: Browser, site: str, language: str, width: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": WIDTHS[width], "height": 900})
    try:
        page = context.new_page()
        begin(page, LANGUAGES[language])
        page.locator("#id_title").fill("A title")
        page.locator("#id_end").fill("2019-01-01")
        page.locator("#id_start").fill("2020-01-01")
        page.locator("[name=submit]").click()
        expect(page.locator(".alert-error")).to_be_visible()
        check(page, language)
        page.locator("#id_end").fill("2021-01-01")
        page.locator("#id_description").fill("Telemedicine for nurses, and a text of some length.")
        page.locator("[name=submit]").click()
        page.wait_for_url(re.compile(r"/submissions/\d+/$"))
        check(page, language)
    finally:
        context.close()
