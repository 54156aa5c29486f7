"""The page on which a moderator decides."""

import pytest
from django.test import Client

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.outbox.models import Message
from actionlines_web.stocktaking.actions import (
    add_comment,
    save_fields,
    start_submission,
    store_entries,
    take_step,
)
from actionlines_web.stocktaking.models import Entry, Submission
from actionlines_web.stocktaking.queries.replies import replies
from web.conftest import an_entry
from web.stocktaking.test_submissions import moderator, person, published, submitted, written

__all__ = ["moderator"]  # the fixture


@pytest.fixture
def reviewing(client: Client, moderator: User) -> Client:
    """A moderator's browser."""
    client.force_login(moderator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, submission: Submission, query: str = "") -> str:
    """The review page."""
    answer = client.get(f"/moderation/{submission.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_it_shows_text_contact_proposals_twins_and_both_threads(
    visitor: User, moderator: User, reviewing: Client
) -> None:
    store_entries(System(), [an_entry("twin", title="Clinics on line", country="KEN")])
    found = submitted(visitor, contact_name="Ada Lovelace", contact_email="ada@example.org")
    add_comment(visitor, found, "Please be quick", internal=False)
    add_comment(moderator, found, "Looks good to me", internal=True)
    content = page(reviewing, found)
    for said in (
        "Clinics on line",
        "Ada Lovelace",
        "/entries/twin/",
        "Please be quick",
        "Looks good to me",
        "<mark>",
    ):
        assert said in content
    assert "Looks good to me" not in owner_page(visitor, found)


def owner_page(owner: User, submission: Submission) -> str:
    """What its owner sees."""
    client = Client()
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(f"/submissions/{submission.pk}/").content.decode()


@pytest.mark.django_db
def test_a_change_shows_word_by_word_what_differs_and_nothing_else(
    visitor: User, moderator: User, reviewing: Client
) -> None:
    entry = published(visitor, moderator)
    change = start_submission(visitor, entry=entry)
    save_fields(visitor, change, {"title": "Clinics off line"}, change.version)
    take_step(visitor, change, "submit")
    content = page(reviewing, change)
    assert ("<del>on</del>" in content, "<ins>off</ins>" in content) == (True, True)
    assert "Doctors in the capital" not in content


@pytest.mark.django_db
def test_a_canned_reply_comes_in_the_submitters_language_and_may_be_changed(
    visitor: User, reviewing: Client
) -> None:
    visitor.language = "fr"
    visitor.save()
    found = submitted(visitor)
    assert replies()["too-short"].text.get("fr") in page(reviewing, found, "?reply=too-short")
    reviewing.post(f"/moderation/{found.pk}/step/", {"step": "return", "comment": "Écrivez davantage."})
    found.refresh_from_db()
    assert (found.state, Message.objects.last().values["comment"]) == ("returned", "Écrivez davantage.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("step", "comment", "state", "status"),
    [
        ("take", "", "under-review", 302),
        ("publish", "", "published", 302),
        ("return", "Dates, please", "returned", 302),
        ("return", "", "submitted", 422),
        ("refuse", "  ", "submitted", 422),
        ("withdraw", "", "submitted", 404),
    ],
)
def test_steps(visitor: User, reviewing: Client, step: str, comment: str, state: str, status: int) -> None:
    found = submitted(visitor)
    answer = reviewing.post(f"/moderation/{found.pk}/step/", {"step": step, "comment": comment})
    found.refresh_from_db()
    assert (answer.status_code, found.state) == (status, state)


@pytest.mark.django_db
def test_two_moderators_and_one_submission(visitor: User, moderator: User, reviewing: Client) -> None:
    found = submitted(visitor)
    take_step(person("quicker", ("moderator", "")), found, "refuse", "No")
    answer = reviewing.post(f"/moderation/{found.pk}/step/", {"step": "publish"}, follow=True)
    assert "Somebody has moved this entry on meanwhile" in answer.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_comment_goes_to_the_owner_or_stays_among_moderators(visitor: User, reviewing: Client) -> None:
    found = submitted(visitor)
    sent = Message.objects.count()
    reviewing.post(f"/moderation/{found.pk}/", {"comment": "Odd", "internal": "1"})
    assert (Message.objects.count(), "Odd" in owner_page(visitor, found)) == (sent, False)
    reviewing.post(f"/moderation/{found.pk}/", {"comment": "Which island?"})
    assert (Message.objects.count(), "Which island?" in owner_page(visitor, found)) == (sent + 1, True)
    assert reviewing.post(f"/moderation/{found.pk}/", {"comment": " "}).status_code == 422


@pytest.mark.django_db
def test_nobody_is_offered_to_publish_their_own(moderator: User, reviewing: Client) -> None:
    found = submitted(moderator)
    assert "somebody else publishes it" in page(reviewing, found)
    reviewing.post(f"/moderation/{found.pk}/step/", {"step": "publish"})
    found.refresh_from_db()
    assert found.state == "submitted"


@pytest.mark.django_db
def test_drafts_and_what_another_moderates_are_not_shown(
    visitor: User, reviewing: Client, client: Client
) -> None:
    draft = written(visitor)
    assert reviewing.get(f"/moderation/{draft.pk}/").status_code == 403
    found = submitted(visitor, country="KEN", lines="C2")
    other = Client()
    other.force_login(
        person("asp", ("moderator", "ASP")), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert other.get(f"/moderation/{found.pk}/").status_code == 403
    assert other.post(f"/moderation/{found.pk}/step/", {"step": "take"}).status_code == 403
