"""The site's own wording of messages: kept in the database, checked by line, before the files, given up again."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings

from actionlines.problems import InputError
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.audit.queries import records_about
from actionlines_web.outbox.actions import change_wording, queue_message, reset_wording
from actionlines_web.outbox.models import Message, OwnWording
from actionlines_web.outbox.queries import example_of, own_source, standing_source
from actionlines_web.outbox.wording import Source, compiled, kinds

pytestmark = pytest.mark.django_db
ADDRESS = "/mail/wording/welcome/fr/"
OWN = Source("Bienvenue, $name", "Bonjour $name,\n\n[Entrez]($address).")
VALUES = {"name": "Ada", "address": "https://register.example.org/sign-in/"}


@pytest.fixture
def desk(client: Client, coordinator: User) -> Client:
    """A coordinator's browser."""
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def seen(kind: str = "welcome", language: str = "fr") -> str:
    """What somebody who opens the page has before them."""
    return standing_source(kind, language).fingerprint


def form(source: Source = OWN, **more: str) -> dict[str, str]:
    """What the page sends."""
    return {"subject": source.subject, "text": source.text, "seen": seen(), **more}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_wording_can_be_saved_as_it_is(coordinator: User, language: str) -> None:
    for kind in kinds():
        source = standing_source(kind, language)
        change_wording(coordinator, kind, language, source, seen=source.fingerprint)
        assert own_source(kind, language) == source


def test_a_message_is_written_in_the_site_s_own_words_and_in_those_of_the_files_elsewhere(
    coordinator: User, visitor: User
) -> None:
    change_wording(coordinator, "welcome", "fr", OWN, seen=seen())
    for language in ("fr", "es"):
        visitor.language = language
        queue_message(System(), visitor, "welcome", VALUES)
    french, spanish = Message.objects.order_by("pk")
    assert (french.subject, french.text) == (
        "Bienvenue, Ada",
        "Bonjour Ada,\n\nEntrez: https://register.example.org/sign-in/.",
    )
    assert french.html == (
        '<p>Bonjour Ada,</p>\n<p><a href="https://register.example.org/sign-in/">Entrez</a>.</p>\n'
    )
    assert spanish.subject == kinds()["welcome"].wordings["es"].source.subject


def test_a_message_that_waits_stays_as_it_was_written(coordinator: User, visitor: User) -> None:
    visitor.language = "fr"
    message = queue_message(System(), visitor, "welcome", VALUES)
    assert message is not None
    before = message.subject
    change_wording(coordinator, "welcome", "fr", OWN, seen=seen())
    message.refresh_from_db()
    assert message.subject == before


FAULTS = {
    "an unknown value": (
        Source("Bonjour", "$name\n\n$address\n$nmae"),
        [("“nmae” is unknown", "text", 3 + 1)],
    ),
    "an unknown value in the subject": (
        Source("$nom", "$name $address"),
        [("“nom” is unknown", "subject", 1)],
    ),
    "a value left out": (Source("Bonjour", "$name"), [("“address” is not used", "text", None)]),
    "a stray sign": (Source("Bonjour", "$name\n$address\n5 $ !"), [("“$” stands without", "text", 3)]),
    "a stray sign in the subject": (Source("5 $", "$name $address"), [("“$” stands without", "subject", 1)]),
    "no subject": (Source("", "$name $address"), [("the subject is missing", "subject", 1)]),
    "a link to a name": (
        Source("Bonjour", "$address\n\n[lisez]($name)"),
        [("leads to the value “name”, which is no address", "text", 3)],
    ),
    "a sign in disguise": (
        Source("Bonjour", "$name $address &#36;hidden"),
        [("“hidden” is unknown", "text", None)],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_line_and_nothing_is_stored(coordinator: User, fault: str) -> None:
    source, expected = FAULTS[fault]
    with pytest.raises(InputError) as error:
        change_wording(coordinator, "welcome", "fr", source, seen=seen())
    found = [(problem.message, problem.column, problem.row) for problem in error.value.problems]
    assert [(column, row) for _, column, row in found] == [(column, row) for _, column, row in expected]
    assert all(said in message for (said, *_), (message, *_) in zip(expected, found, strict=True))
    assert not OwnWording.objects.exists()


def test_a_link_by_script_is_no_link() -> None:
    wording, problems = compiled(Source("x", "[a](javascript:alert(1)) <b>$name</b>"), ["name"])
    assert problems == []
    assert wording.html.template == "<p>[a](javascript:alert(1)) &lt;b&gt;$name&lt;/b&gt;</p>\n"


def test_a_file_s_fault_is_named_with_the_file_s_line(tmp_path: Path) -> None:
    (tmp_path / "welcome").mkdir()
    (tmp_path / "welcome" / "fr.md").write_text("Subject: x\n\n$name\n$address\n$oops\n", encoding="utf-8")
    with override_settings(MESSAGES_DIR=tmp_path), pytest.raises(InputError) as error:
        kinds()
    assert [(problem.file, problem.row, problem.column) for problem in error.value.problems] == [
        ("welcome/fr.md", 5, "")
    ]


@pytest.mark.parametrize("role", ["", "moderator", "reviewer", "statistician"])
def test_only_coordinators_word_messages(visitor: User, role: str) -> None:
    if role:
        RoleGrant.objects.create(user=visitor, role=role)
    with pytest.raises(PermissionDenied):
        change_wording(visitor, "welcome", "fr", OWN, seen=seen())
    with pytest.raises(PermissionDenied):
        reset_wording(visitor, "welcome", "fr")
    assert not OwnWording.objects.exists()


def test_the_product_s_wording_comes_back_and_the_trail_keeps_both_changes(coordinator: User) -> None:
    shipped = standing_source("welcome", "fr")
    change_wording(coordinator, "welcome", "fr", OWN, seen=seen())
    assert reset_wording(coordinator, "welcome", "fr")
    assert not reset_wording(coordinator, "welcome", "fr")
    assert standing_source("welcome", "fr") == shipped
    back, there = records_about("outbox.ownwording", "welcome.fr")
    assert (back.verb, there.verb) == ("reset wording", "change wording")
    assert there.detail["changes"] == {
        "subject": [shipped.subject, OWN.subject],
        "text": [shipped.text, OWN.text],
    }
    assert back.detail["changes"]["subject"] == [OWN.subject, shipped.subject]


def test_a_wording_that_has_lost_a_value_gives_way_to_the_product_s(
    visitor: User, caplog: pytest.LogCaptureFixture
) -> None:
    OwnWording.objects.create(code="welcome.fr", kind="welcome", language="fr", subject="x", text="$name")
    assert own_source("welcome", "fr") is None
    assert "welcome.fr is not used" in caplog.text
    visitor.language = "fr"
    message = queue_message(System(), visitor, "welcome", VALUES)
    assert message is not None
    assert message.subject == kinds()["welcome"].wordings["fr"].source.subject


def test_the_page_tries_a_wording_without_saving_it_and_saves_it(desk: Client) -> None:
    tried = desk.post(ADDRESS, form(preview="1"))
    assert "Bienvenue, Ada Example" in tried.text
    assert not OwnWording.objects.exists()
    assert desk.post(ADDRESS, form())["Location"] == ADDRESS
    page = desk.get(ADDRESS).text
    assert "This is the site’s own wording." in page
    assert example_of("welcome", "fr").subject == "Bienvenue, Ada Example"
    assert "Bienvenue, Ada Example" in desk.get("/mail/preview/welcome/fr/").text
    assert desk.post(ADDRESS, {"reset": "1"})["Location"] == ADDRESS
    assert not OwnWording.objects.exists()


def test_the_page_names_the_line_of_a_fault(desk: Client) -> None:
    answer = desk.post(ADDRESS, form(Source("Bonjour", "$name\r\n$address\r\n$nmae")))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"text": ["Line 3: The value “nmae” is unknown."]}
    assert not OwnWording.objects.exists()


def test_two_who_word_one_message_do_not_overwrite_each_other(desk: Client) -> None:
    mine, theirs = form(Source("Mine $name", "$address")), form(Source("Theirs $name", "$address"))
    desk.post(ADDRESS, theirs)
    answer = desk.post(ADDRESS, mine)
    assert answer.status_code == 422
    assert "Somebody else has changed this wording meanwhile" in answer.text
    assert standing_source("welcome", "fr").subject == "Theirs $name"


@pytest.mark.parametrize("path", ["/mail/wording/nothing/fr/", "/mail/wording/welcome/de/"])
def test_an_unknown_kind_or_language_has_no_page(desk: Client, path: str) -> None:
    assert desk.get(path).status_code == 404
