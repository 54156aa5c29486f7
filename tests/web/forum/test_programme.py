"""The public programme: what is published, on which clock, how many questions to the database."""

from collections.abc import Callable

import pytest
from django.test import Client

from actionlines.programme.request import Speaker
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.forum.actions.people import answer_invitation, token_of
from actionlines_web.forum.models import Edition, ScheduleVersion
from actionlines_web.forum.queries.published import ProgrammeQuery, published
from web.forum.conftest import Make, signed_in

Publish = Callable[[], ScheduleVersion]


@pytest.fixture
def programme(placed: Make, publish: Publish) -> None:
    """Three sessions: two lines, two days, one in Arabic."""
    placed("d1.1", "A", title="First", speakers=(Speaker("Ada Example", "ada@example.org"),))
    placed("d1.2", "B", title="Roads", lines=("C2",), targets=("9.1", "9.c"), speakers=(), track="special")
    placed("d2.1", "A", title="جلسة", language="ar", lines=("C7-AGR",), targets=("2",), speakers=())
    publish()


def titles(client: Client, query: str) -> list[str]:
    """The sessions a page shows."""
    page = client.get(f"/forum/2026/programme/?{query}")
    found = page.context["query"].apply(page.context["published"].sessions)
    text = page.content.decode()
    assert all(session.title in text for session in found)
    return [session.title for session in found]


def test_nothing_is_public_before_a_version_is(edition: Edition, placed: Make, client: Client) -> None:
    placed()
    for path in ("programme/", "sessions/1/", "versions/", "people/abc/"):
        assert client.get(f"/forum/2026/{path}").status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["First", "Roads"]),
        ("day=2026-07-07", ["جلسة"]),
        ("line=C7", ["First", "جلسة"]),
        ("line=C7-AGR", ["جلسة"]),
        ("goal=9", ["Roads"]),
        ("goal=9.c", ["Roads"]),
        ("goal=2", ["جلسة"]),
        ("track=special", ["Roads"]),
        ("room=B", ["Roads"]),
        ("kind=ceremony", []),
        ("text=MINISTRY", ["First", "Roads", "جلسة"]),
        ("text=road", ["Roads"]),
        ("day=2026-07-06&room=A", ["First"]),
    ],
)
@pytest.mark.usefixtures("programme")
def test_filters(client: Client, query: str, expected: list[str]) -> None:
    assert titles(client, query) == expected


@pytest.mark.usefixtures("programme")
def test_times_name_the_clock_of_the_place_and_the_readers_own_on_request(visitor: User) -> None:
    User.objects.filter(pk=visitor.pk).update(time_zone="Asia/Tokyo")
    client = signed_in(visitor)
    here = client.get("/forum/2026/programme/").content.decode()
    assert "09:00–10:00" in here.replace("\u2066", "").replace("\u2069", "")
    assert "UTC+02:00" in here
    there = client.get("/forum/2026/programme/?clock=own").content.decode()
    assert "16:00–17:00" in there.replace("\u2066", "").replace("\u2069", "")
    assert "UTC+09:00" in there


@pytest.mark.usefixtures("programme")
def test_on_a_clock_where_it_is_another_day_the_day_is_said(visitor: User, client: Client) -> None:
    User.objects.filter(pk=visitor.pk).update(time_zone="Pacific/Honolulu")
    page = signed_in(visitor).get("/forum/2026/programme/?clock=own").content.decode()
    # 9:00 on Monday in Zurich is 21:00 on Sunday in Honolulu.
    assert "Sunday 5 July, \u206621:00–22:00\u2069" in page


@pytest.mark.usefixtures("programme")
def test_the_page_of_a_session_names_who_and_what(client: Client) -> None:
    page = client.get("/forum/2026/sessions/1/").content.decode()
    for text in ("First", "Room A", "Ministry of Health", "Ada Example", "Monday 6 July", "C7-HEA", "3.8"):
        assert text in page
    assert "ada@example.org" not in page


@pytest.mark.usefixtures("programme")
def test_a_speaker_who_declines_is_gone_from_the_public_pages_at_once(
    edition: Edition, client: Client
) -> None:
    edition.refresh_from_db()
    (person,) = published(edition).people
    assert client.get(f"/forum/2026/people/{person}/").status_code == 200
    from actionlines_web.forum.models import Appearance

    answer_invitation(token_of(Appearance.objects.get()), accept=False)
    assert client.get(f"/forum/2026/people/{person}/").status_code == 404
    assert "Ada Example" not in client.get("/forum/2026/sessions/1/").content.decode()


@pytest.mark.usefixtures("programme")
def test_the_agenda_is_the_readers_own(visitor: User, organiser: User) -> None:
    client = signed_in(visitor)
    client.post("/forum/2026/sessions/2/choose/")
    assert [item.title for item in client.get("/forum/2026/agenda/").context["sessions"]] == ["Roads"]
    assert list(signed_in(organiser).get("/forum/2026/agenda/").context["sessions"]) == []
    client.post("/forum/2026/sessions/2/choose/", {"do": "remove"})
    assert list(client.get("/forum/2026/agenda/").context["sessions"]) == []


@pytest.mark.usefixtures("programme")
def test_a_page_of_the_programme_asks_for_the_edition_alone(
    client: Client, django_assert_num_queries
) -> None:
    first = client.get("/forum/2026/programme/").content
    with django_assert_num_queries(1):
        assert client.get("/forum/2026/programme/").content == first
    with django_assert_num_queries(1):
        client.get("/forum/2026/sessions/1/")


@pytest.mark.usefixtures("programme")
def test_what_another_process_publishes_is_seen(
    edition: Edition, placed: Make, publish: Publish, client: Client
) -> None:
    assert titles(client, "day=2026-07-07") == ["جلسة"]
    placed("d2.2", "A", title="Late", speakers=())
    publish()
    assert titles(client, "day=2026-07-07") == ["جلسة", "Late"]


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("language", ["fr", "ar", "es", "ru", "zh-hans"])
def test_the_programme_reads_in_every_language(client: Client, language: str) -> None:
    page = client.get(f"/{language}/forum/2026/programme/")
    assert page.status_code == 200
    assert f'<html lang="{language}' in page.content.decode()


def test_a_query_from_an_address_is_cut() -> None:
    assert ProgrammeQuery.from_params({"text": "x" * 500, "other": "y"}) == ProgrammeQuery(text="x" * 80)


def test_the_demonstration_shows_a_programme_and_a_second_run_changes_nothing(
    db: None, client: Client
) -> None:
    from actionlines_web.forum.actions.demonstrating import load_demonstration_forum

    first = load_demonstration_forum(System())
    assert load_demonstration_forum(System()) == first
    page = client.get("/forum/demonstration/programme/?day=")
    assert len(page.context["published"].sessions) == 16
    assert client.get("/forum/demonstration/consultation/").context["statistics"].total == 5
