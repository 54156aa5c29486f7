"""A whole edition in a browser: from the rules to the certificate, and its pages in three languages on two widths."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from actionlines.prizes.published import recount
from browser.conftest import LANGUAGES, WIDTHS, Mailbox, enter
from browser.test_accounts import code_for
from browser.test_pages import check

WORDS = "Nurses on twelve islands ask doctors in the capital for advice by telemedicine. " * 4
# Everything but the vote is open; its dates are set when the ballot paper is made.
RULES = """
year = 2026
name = "Played prizes"
categories = [{{ code = "C7-HEA", line = "C7-HEA" }}, {{ code = "C4", line = "C4" }}]
words = [10, 200]
required = ["title", "organisation", "country", "description"]
criteria = [{{ code = "relevance" }}, {{ code = "results" }}]
reviewers = 1
blind = true
champions = 1
[[phases]]
kind = "submission"
starts = {start}
ends = {end}
[[phases]]
kind = "review"
starts = {start}
ends = {end}
"""


def moment(seconds: float) -> str:
    """A moment so many seconds from now, as a field for it takes it."""
    return f"{datetime.now(UTC) + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S}"


def send(page: Page, name: str) -> None:
    """Press a button and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


@pytest.fixture(scope="module")
def desk(browser: Browser, site: str) -> Iterator[Page]:
    """The coordinator's window."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    enter(page)
    yield page
    context.close()


@pytest.fixture(scope="module")
def person(browser: Browser, site: str, mailbox: tuple[Mailbox, int]) -> Iterator[Page]:
    """The window of somebody who opened an account, and runs no scripts."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-up/")
    for field, value in {
        "name": "Pia",
        "email": "pia@example.org",
        "password1": "correct horse battery",
    }.items():
        page.fill(f"input[name={field}]", value)
    page.locator("main form button[type=submit]").first.click()
    page.fill("input[name=code]", code_for(mailbox, "pia@example.org"))
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".account-name")).to_have_text("Pia")
    yield page
    context.close()


@pytest.fixture(scope="module")
def played(desk: Page, person: Page, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The code of the winner of an edition that was played to its end."""
    rules = tmp_path_factory.mktemp("rules") / "rules.toml"
    start, end = (f"{moment(seconds)}+00:00" for seconds in (-60, 86_400))
    rules.write_text(RULES.format(start=start, end=end), encoding="utf-8")
    desk.goto("/prizes/new/")
    check(desk, "en")
    desk.fill("input[name=slug]", "played")
    desk.set_input_files("input[name=file]", str(rules))
    send(desk, "Make it")
    code = submit(person)
    review(desk, code)
    vote(desk, person, code)
    close(desk, code)
    return code


def submit(person: Page) -> str:
    """A project, written and sent; returns its code."""
    person.goto("/prizes/played/projects/")
    person.get_by_role("button", name="Begin a draft").click()
    person.select_option("select[name=category]", "C7-HEA")
    person.select_option("select[name=country]", "FJI")
    for field, value in {
        "title": "Island clinics",
        "organisation": "Health Society",
        "description": "Short.",
    }.items():
        person.fill(f"#id_{field}", value)
    person.get_by_role("button", name="Save and send it in").click()
    expect(person.get_by_role("alert")).to_contain_text("The description has 1 words.")
    person.get_by_role("link", name="Write").click()
    person.fill("#id_description", WORDS)
    person.get_by_role("button", name="Save and send it in").click()
    expect(person.locator(".messages")).to_contain_text("Your receipt:")
    return person.url.rstrip("/").rpartition("/")[2]


def review(desk: Page, code: str) -> None:
    """Admitted, judged without a name on it, nominated."""
    desk.goto(f"/prizes/played/desk/projects/{code}/")
    check(desk, "en")
    send(desk, "Admit it to the review")
    desk.goto("/prizes/played/desk/reviewers/")
    desk.fill("input[name=email]", desk_address(desk))
    send(desk, "Add")
    check(desk, "en")
    send(desk, "Deal the projects out")
    desk.goto("/prizes/played/review/")
    check(desk, "en")
    desk.get_by_role("link", name="Island clinics").click()
    expect(desk.locator("main")).not_to_contain_text("Health Society")
    check(desk, "en")
    for criterion in ("relevance", "results"):
        desk.fill(f"input[name=score-{criterion}]", "8")
    send(desk, "Keep my scores")
    desk.goto("/prizes/played/desk/shortlist/")
    send(desk, "Look at it first")
    check(desk, "en")
    send(desk, "Nominate, and tell the owners")
    expect(desk.locator(".messages")).to_contain_text("The nominations are made")


def desk_address(desk: Page) -> str:
    """The address of the demonstration's coordinator, as the account says."""
    reviewers = desk.url
    desk.goto("/account/email/")
    found = desk.locator("main").inner_text()
    desk.goto(reviewers)
    return next(word.strip("(),") for word in found.split() if "@" in word)


def move_vote(desk: Page, starts: str, ends: str, reason: str) -> None:
    """Set or move the vote."""
    desk.goto("/prizes/played/dates/")
    desk.select_option("select[name=kind]", "vote")
    desk.fill("input[name=starts]", starts)
    desk.fill("input[name=ends]", ends)
    desk.fill("input[name=reason]", reason)
    send(desk, "Move it and tell everybody")
    expect(desk.locator(".messages")).to_contain_text("The dates were changed")


def vote(desk: Page, person: Page, code: str) -> None:
    """The vote is opened; somebody without scripts chooses, looks once more, and checks the receipt."""
    opened = moment(-1)
    move_vote(desk, opened, moment(3_600), "The vote begins.")
    person.goto("/prizes/played/vote/C7-HEA/")
    person.get_by_label("Island clinics").check()
    person.get_by_role("button", name="Go on: look at it once more").click()
    expect(person.locator("h1")).to_have_text("Confirm your choice")
    person.get_by_role("button", name="Vote for this project").click()
    expect(person.locator(".messages")).to_contain_text("Your choice stands. Receipt:")
    person.goto("/prizes/played/my-votes/")
    receipt = person.locator("td code").inner_text()
    person.goto("/prizes/played/receipt/")
    person.fill("input[name=receipt]", receipt.lower())
    person.get_by_role("button", name="Look for it").click()
    expect(person.locator("main")).to_contain_text("It stands and counts.")
    desk.goto("/prizes/played/vote/C7-HEA/")
    check(desk, "en")
    desk.get_by_label("Island clinics").check()
    send(desk, "Go on: look at it once more")
    check(desk, "en")
    send(desk, "Vote for this project")
    move_vote(desk, opened, moment(2), "Everybody has voted.")


def close(desk: Page, code: str) -> None:
    """The vote ends by the clock, is closed and published; the winner is chosen and announced."""
    desk.goto("/prizes/played/desk/ballots/")
    check(desk, "en")
    # Refused by the clock until the vote has ended, two seconds after it was moved.
    for _ in range(400):
        send(desk, "Close the vote")
        if "has not ended" not in desk.locator(".messages").inner_text():
            break
    expect(desk.locator(".messages")).to_contain_text("The vote is closed.")
    check(desk, "en")
    send(desk, "Count and publish")
    published = desk.get_by_role("link", name="is published.")
    # The worker counts; while it is at it, the page says so.
    for _ in range(600):
        if published.count():
            break
        desk.reload()
    published.click()
    expect(desk.locator("main")).to_contain_text(re.compile(r"Choices counted: \W?2\W?;"))
    desk.goto("/prizes/played/desk/winners/")
    check(desk, "en")
    desk.locator("summary", has_text="Choose it").click()
    desk.fill("textarea[name=motive]", "It reached every island.")
    send(desk, "Record the choice")
    send(desk, "Announce")
    desk.goto(f"/prizes/played/nominees/{code}/")
    expect(desk.locator("blockquote")).to_have_text("It reached every island.")


def test_an_edition_is_played_to_its_certificates_and_its_file(
    played: str, desk: Page, tmp_path: Path
) -> None:
    desk.goto(f"/prizes/played/nominees/{played}/")
    for name, head in (("Français", b"%PDF"), ("العربيّة", b"%PDF")):
        with desk.expect_download() as download:
            desk.get_by_role("link", name=name).last.click()
        assert Path(download.value.path()).read_bytes()[:4] == head
    desk.goto("/prizes/played/result/")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="(zip)").click()
    path = tmp_path / "vote.zip"
    download.value.save_as(path)
    assert recount(path).proven


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_the_prizes_are_sound(
    browser: Browser, site: str, played: str, language: str, width: str
) -> None:
    context = browser.new_context(base_url=site, viewport={"width": WIDTHS[width], "height": 900})
    page = context.new_page()
    enter(page, LANGUAGES[language])
    paths = [
        *(
            "",
            "categories/",
            "categories/C7-HEA/",
            f"nominees/{played}/",
            "projects/",
            "vote/",
            "vote/C7-HEA/",
        ),
        *(
            "my-votes/",
            "receipt/",
            "result/",
            "dates/",
            "desk/",
            "desk/projects/",
            f"desk/projects/{played}/",
        ),
        *("desk/reviewers/", "desk/shortlist/", "desk/ballots/", "desk/winners/", "desk/message/", "review/"),
    ]
    for path in ("/prizes/", "/prizes/new/", *(f"/prizes/played/{path}" for path in paths)):
        page.goto(LANGUAGES[language] + path)
        check(page, language)
    context.close()


def test_the_rules_speak_while_one_writes(played: str, page: Page) -> None:
    enter(page)
    page.goto("/prizes/played/projects/")
    page.get_by_role("button", name="Begin a draft").click()
    verdicts = page.locator("#verdicts")
    expect(verdicts).to_contain_text("the description has 0 words.")
    page.locator("#id_description").press_sequentially("One two three.")
    expect(verdicts).to_contain_text("the description has 3 words.")
    check(page, "en")
