"""Opening accounts and signing in as people do: with a passkey, with a second factor, with the keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Mailbox, enter
from browser.test_keyboard import tab_to
from browser.test_pages import check

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Page]:
    """A page of the site under the name for which browsers make passkeys, with an authenticator plugged in."""
    context = browser.new_context(base_url=site.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield page
    assert errors == []
    context.close()


def code_for(mailbox: tuple[Mailbox, int], address: str) -> str:
    """The code in the mail that confirms an address."""
    found = re.search(r"^([A-Z0-9-]{6,})\s*$", mailbox[0].text_to(address), re.MULTILINE)
    assert found is not None
    return found[1]


def test_an_account_opened_with_a_passkey_is_entered_with_it(
    visitor: Page, mailbox: tuple[Mailbox, int]
) -> None:
    visitor.goto("/sign-up/")
    visitor.get_by_role("link", name="Use a passkey instead of a password").click()
    visitor.fill("input[name=name]", "Ada Example")
    visitor.fill("input[name=email]", "passkey@example.org")
    visitor.locator("main form button[type=submit]").first.click()
    visitor.wait_for_url("**/account/confirm-email/**")
    check(visitor, "en")
    visitor.fill("input[name=code]", code_for(mailbox, "passkey@example.org"))
    visitor.locator("main form button[type=submit]").first.click()
    visitor.wait_for_url("**/account/factors/webauthn/signup/**")
    check(visitor, "en")
    visitor.locator("#mfa_webauthn_signup").click()
    visitor.wait_for_url(lambda address: "signup" not in address)
    expect(visitor.locator(".account-name")).to_have_text("Ada Example")
    visitor.locator(".account form button").click()
    visitor.goto("/fr/sign-in/?next=/fr/account/")
    visitor.locator("#passkey_login").click()
    visitor.wait_for_url("**/fr/account/")
    expect(visitor.locator("main")).to_contain_text("passkey@example.org")
    check(visitor, "fr")


def test_an_account_is_opened_and_left_with_the_keyboard_alone(
    visitor: Page, mailbox: tuple[Mailbox, int]
) -> None:
    visitor.goto("/sign-up/")
    for field, value in {
        "name": "Bob",
        "email": "keys@example.org",
        "password1": "correct horse battery",
    }.items():
        tab_to(visitor, f"input[name={field}]")
        visitor.keyboard.type(value)
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/account/confirm-email/**")
    tab_to(visitor, "input[name=code]")
    visitor.keyboard.type(code_for(mailbox, "keys@example.org"))
    visitor.keyboard.press("Enter")
    expect(visitor.locator(".account-name")).to_have_text("Bob")
    tab_to(visitor, ".account form button")
    visitor.keyboard.press("Enter")
    expect(visitor.locator(".account a")).to_have_text("Sign in")


def test_the_field_for_programs_is_met_by_no_reader(visitor: Page) -> None:
    visitor.goto("/sign-up/")
    decoy = visitor.locator("input[name=homepage]")
    box = decoy.locator("..").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (1, 1)
    assert decoy.get_attribute("tabindex") == "-1"
    assert decoy.locator("..").get_attribute("aria-hidden") == "true"


def test_an_organisation_is_entered_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    enter(page)
    page.goto("/organisations/new/")
    page.fill("input[name=name]", "Society without scripts")
    page.select_option("select[name=stakeholder_type]", "civil-society")
    page.locator("main form button").click()
    expect(page.locator("h1")).to_have_text("Society without scripts")
    page.fill("input[name=address]", "invited@example.org")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator("main")).to_contain_text("invited@example.org")
    context.close()
