"""Canned replies: complete in six languages, a site's own before the shipped ones, faults named by file or field."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings

from actionlines.problems import InputError
from actionlines.text import LANGUAGES, Text
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.audit.queries import records_about
from actionlines_web.stocktaking.actions.replies import change_reply, reset_reply
from actionlines_web.stocktaking.models import OwnReply
from actionlines_web.stocktaking.queries.replies import replies
from actionlines_web.stocktaking.replies import Reply, replies_of_files

pytestmark = pytest.mark.django_db
ADDRESS = "/moderation/replies/too-short/"


@pytest.fixture
def desk(client: Client, coordinator: User) -> Client:
    """A coordinator's browser."""
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form(kind: str = "too-short", **more: str) -> dict[str, str]:
    """What the page of a reply sends when its French text is changed."""
    reply = replies()[kind]
    words = {f"title-{code}": reply.title.get(code) for code in LANGUAGES}
    words |= {f"text-{code}": reply.text.get(code) for code in LANGUAGES}
    return {**words, "seen": reply.fingerprint, "text-fr": "Dites-en\r\nplus.", **more}


def greeting(**texts: str) -> Reply:
    """A reply of the site's own kind."""
    words = Text({code: f"Good day ({code})" for code in LANGUAGES} | texts)
    return Reply("greeting", words, words)


def test_a_coordinator_words_a_reply_and_the_moderators_are_offered_it(desk: Client) -> None:
    answer = desk.post(ADDRESS, form())
    assert (answer.status_code, answer["Location"]) == (302, "/moderation/replies/")
    # A mail says it in one paragraph.
    assert replies()["too-short"].text.get("fr") == "Dites-en plus."
    assert replies()["too-short"].text.get("es") == replies_of_files()["too-short"].text.get("es")
    (record,) = records_about("stocktaking.ownreply", "too-short")
    before = replies_of_files()["too-short"].text.get("fr")
    assert (record.verb, record.detail["changes"]) == (
        "change reply",
        {"text (fr)": [before, "Dites-en plus."]},
    )


def test_a_reply_of_the_site_is_given_up_and_the_words_of_the_files_hold_again(desk: Client) -> None:
    desk.post(ADDRESS, form())
    desk.post(ADDRESS, {"reset": "1"})
    assert replies() == dict(replies_of_files())
    assert [record.verb for record in records_about("stocktaking.ownreply", "too-short")] == [
        "reset reply",
        "change reply",
    ]


def test_a_new_reply_begins_in_all_six_languages_and_ends(desk: Client) -> None:
    words = form(code="greeting", seen="")
    assert desk.post("/moderation/replies/new/", words).status_code == 302
    assert replies()["greeting"].text.get("fr") == "Dites-en plus."
    assert desk.post("/moderation/replies/new/", words).status_code == 422
    desk.post("/moderation/replies/greeting/", {"reset": "1"})
    assert "greeting" not in replies()
    assert desk.get("/moderation/replies/greeting/").status_code == 404


@pytest.mark.parametrize("code", ["", "new", "Too Long", "a/b", "-a", "a--b"])
def test_a_code_that_is_none_is_refused_beside_its_field(desk: Client, code: str) -> None:
    answer = desk.post("/moderation/replies/new/", form(code=code, seen=""))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"code"}
    assert not OwnReply.objects.exists()


def test_a_reply_without_one_language_is_refused_and_nothing_changes(desk: Client, coordinator: User) -> None:
    answer = desk.post(ADDRESS, form(**{"text-ar": " \n "}))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"text-ar"})
    with pytest.raises(ValueError, match="no words in ru"):
        change_reply(coordinator, greeting(ru=""), seen="")
    assert not OwnReply.objects.exists()


def test_the_second_of_two_coordinators_at_once_is_told(desk: Client) -> None:
    opened = form(**{"text-fr": "Le second."})
    desk.post(ADDRESS, form())
    assert desk.post(ADDRESS, opened).status_code == 422
    assert replies()["too-short"].text.get("fr") == "Dites-en plus."


def test_a_moderator_words_no_reply(visitor: User) -> None:
    RoleGrant.objects.create(user=visitor, role=RoleGrant.Role.MODERATOR)
    with pytest.raises(PermissionDenied):
        change_reply(visitor, greeting(), seen="")
    with pytest.raises(PermissionDenied):
        reset_reply(visitor, "too-short")


def test_every_shipped_reply_has_a_title_and_a_text_in_six_languages() -> None:
    found = replies()
    assert set(found) == {
        *("advertising", "duplicate", "missing-dates", "no-technology", "not-a-project", "too-short"),
    }
    for reply in found.values():
        assert set(reply.title) == set(reply.text) == set(LANGUAGES)
        # A mail says it in one paragraph.
        assert [language for language in LANGUAGES if "\n" in reply.text.get(language)] == []


def test_a_site_says_it_in_its_own_words_and_adds_kinds(tmp_path: Path) -> None:
    (tmp_path / "duplicate").mkdir()
    (tmp_path / "duplicate" / "fr.md").write_text("Title: Déjà là\n\nVoyez la fiche.\n", encoding="utf-8")
    (tmp_path / "greeting").mkdir()
    for language in LANGUAGES:
        (tmp_path / "greeting" / f"{language}.md").write_text("Title: Hello\n\nGood day.\n")
    with override_settings(REPLIES_DIR=tmp_path):
        found = replies()
    assert (found["duplicate"].title.get("fr"), found["duplicate"].text.get("fr")) == (
        "Déjà là",
        "Voyez la fiche.",
    )
    assert found["duplicate"].text.get("en") == replies()["duplicate"].text.get("en")
    assert found["greeting"].text.get("ru") == "Good day."


def test_faults_are_named_all_at_once_with_their_files(tmp_path: Path) -> None:
    (tmp_path / "greeting").mkdir()
    (tmp_path / "greeting" / "en.md").write_text("Hello\n\n")
    with override_settings(REPLIES_DIR=tmp_path), pytest.raises(InputError) as caught:
        replies()
    said = sorted((problem.file, problem.template) for problem in caught.value.problems)
    missing = [
        (f"greeting/{language}.md", "the file is missing.") for language in LANGUAGES if language != "en"
    ]
    assert said == sorted(
        [*missing, ("greeting/en.md", "the title is missing."), ("greeting/en.md", "the text is missing.")]
    )
