"""Sessions: a new number at signing in, an end after idleness and after a day's work, none for who waits."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from actionlines_web.accounts.middleware import BEGAN
from actionlines_web.accounts.models import User
from web.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The seconds that have gone by; change the first element to move time on."""
    moved, real = [0], time.time()
    monkeypatch.setattr("actionlines_web.accounts.middleware.time.time", lambda: real + moved[0])
    return moved


def signed_in(person: User) -> Client:
    """A browser in which the person has signed in by the form."""
    client = Client()
    assert client.post("/sign-in/", {"login": person.email, "password": PASSWORD}).status_code == 302
    assert client.get("/account/").status_code == 200
    return client


def test_signing_in_makes_a_new_session_and_signing_out_ends_it(person: User) -> None:
    client = Client()
    client.get("/sign-in/")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    after = client.session.session_key
    assert after != before
    assert not Session.objects.filter(pk=before).exists()
    client.post("/sign-out/")
    assert not Session.objects.filter(pk=after).exists()
    client.cookies["sessionid"] = after
    assert client.get("/account/").status_code == 302


@override_settings(IDLE_SECONDS=1800)
def test_who_was_idle_for_too_long_signs_in_again_and_who_was_not_goes_on(
    person: User, clock: list[int]
) -> None:
    client = signed_in(person)
    for moment in (1700, 3400, 5100):
        clock[0] = moment
        assert client.get("/account/").status_code == 200
    clock[0] = 5100 + 1801
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"
    assert client.get("/").status_code == 200
    assert client.session.get(BEGAN) is None


@override_settings(IDLE_SECONDS=1800, SESSION_COOKIE_AGE=3600)
def test_who_signed_in_too_long_ago_signs_in_again_however_busy(person: User, clock: list[int]) -> None:
    client = signed_in(person)
    for moment in (1700, 3400):
        clock[0] = moment
        assert client.get("/account/").status_code == 200
    clock[0] = 3601
    assert client.get("/account/").status_code == 302


def test_reading_never_writes_to_the_database(person: User, clock: list[int]) -> None:
    client = signed_in(person)
    used = client.cookies["used"].value
    for moment, renewed in ((59, False), (61, True)):
        clock[0] = moment
        with CaptureQueriesContext(connection) as asked:
            client.get("/about/")
        assert {query["sql"].split()[0] for query in asked} == {"SELECT"}
        assert (client.cookies["used"].value != used) is renewed


@override_settings(IDLE_SECONDS=1800)
@pytest.mark.parametrize("kept", ["first", "none", "made up", "another session's"])
def test_an_old_or_foreign_note_of_use_keeps_no_session_alive(
    person: User, clock: list[int], kept: str
) -> None:
    client = signed_in(person)
    first = client.cookies["used"].value
    clock[0] = 1700
    client.get("/account/")
    clock[0] = 1900
    said = {
        "first": first,
        "none": "",
        "made up": "used:1w:x",
        "another session's": signed_in(person).cookies["used"].value,
    }
    client.cookies["used"] = said[kept]
    assert client.get("/account/").status_code == 302


@override_settings(IDLE_SECONDS=1800)
def test_a_new_password_late_in_a_session_ends_nothing(person: User, clock: list[int]) -> None:
    client = signed_in(person)
    for moment in (1700, 3400):
        clock[0] = moment
        client.get("/account/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    form = {"oldpassword": PASSWORD, "password1": "another good one", "password2": "another good one"}
    assert client.post("/account/password/change/", form).status_code == 302
    person.refresh_from_db()
    assert person.check_password("another good one")
    assert client.get("/account/").status_code == 200


def test_a_visitor_has_no_session(client: Client) -> None:
    client.get("/")
    client.get("/entries/?q=school")
    assert not client.cookies.keys() & {"sessionid", "used"}
    assert not Session.objects.exists()


def test_a_password_may_be_long_but_not_without_end(client: Client) -> None:
    form = {"name": "Ada", "email": "ada@example.org"}
    answer = client.post("/sign-up/", {**form, "password1": "x7" * 65})
    assert "A password may have 128 characters at most." in answer.text
    assert not User.objects.exists()
    client.post("/sign-up/", {**form, "password1": "x7" * 64})
    assert User.objects.filter(email="ada@example.org").exists()
