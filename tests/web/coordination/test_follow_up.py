"""Asks and the answers of organisations."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from actionlines.problems import InputError
from actionlines.results.followup import ask_sets
from actionlines_web.accounts.models import User
from actionlines_web.coordination import actions, queries
from actionlines_web.coordination.models import Answer
from actionlines_web.organisations.models import Organisation

GIVEN: dict[str, Any] = {
    "ask_set": "tdag-2018",
    "number": "17",
    "state": "done",
    "text": "A survey of households was run.",
}


def answers(actor: User) -> list[str]:
    """What the actor reads about paragraph 17."""
    found = ask_sets()["tdag-2018"]
    (asked,) = (item for item in queries.asked(actor, found) if item.ask.number == "17")
    return [answer.text for answer in asked.answers]


def test_a_private_answer_is_for_its_organisation_and_coordinators(
    client: Client, member: User, ministry: Organisation, visitor: User, coordinator: User
) -> None:
    actions.save_answer(member, ministry.pk, **GIVEN)
    assert [answers(user) for user in (member, coordinator, visitor)] == [
        [GIVEN["text"]],
        [GIVEN["text"]],
        [],
    ]
    assert GIVEN["text"] not in client.get("/lines/asks/tdag-2018/17/").content.decode()
    actions.save_answer(member, ministry.pk, **GIVEN, public=True)
    assert answers(visitor) == [GIVEN["text"]]
    assert GIVEN["text"] in client.get("/lines/asks/tdag-2018/17/").content.decode()
    assert Answer.objects.count() == 1


def test_nobody_answers_for_an_organisation_of_others(visitor: User, ministry: Organisation) -> None:
    with pytest.raises(PermissionDenied):
        actions.save_answer(visitor, ministry.pk, **GIVEN)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": "99"}, "there is no ask 99"),
        ({"ask_set": "x"}, "there is no ask 17 in “x”"),
        ({"state": "perhaps"}, "“perhaps” is not known"),
        ({"text": " "}, "the answer has no text"),
        ({"entries": ["no-such"]}, "the register holds no entry “no-such”"),
    ],
)
def test_an_answer_without_sense_is_refused(
    member: User, ministry: Organisation, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(InputError) as raised:
        actions.save_answer(member, ministry.pk, **GIVEN | change)
    assert words in str(raised.value.problems[0])
    assert not Answer.objects.exists()


def test_a_member_answers_on_the_page_and_is_told_what_is_open(
    client: Client, member: User, ministry: Organisation
) -> None:
    client.force_login(member)
    assert len(queries.open_asks(ministry.pk)) == 8
    text = client.get("/lines/asks/").content.decode()
    assert "Ministry of Health" in text
    answer = client.post(
        "/lines/asks/tdag-2018/17/",
        {"organisation": ministry.pk, "state": "done", "text": "Done.", "entries": "", "public": "on"},
    )
    assert answer.status_code == 302
    assert len(queries.open_asks(ministry.pk)) == 7
    assert 'value="done" selected' in client.get("/lines/asks/tdag-2018/17/").content.decode()


def test_a_visitor_and_a_person_without_organisation_cannot_answer(client: Client, visitor: User) -> None:
    assert client.post("/lines/asks/tdag-2018/17/", {}).status_code == 403
    client.force_login(visitor)
    assert client.post("/lines/asks/tdag-2018/17/", {}).status_code == 403


def test_an_erased_author_is_forgotten_and_the_answer_stays(member: User, ministry: Organisation) -> None:
    actions.save_answer(member, ministry.pk, **GIVEN, public=True)
    assert [held["text"] for held in queries.held_about(member)] == [GIVEN["text"]]
    actions.erase_author(member)
    assert Answer.objects.get().author is None
    assert queries.held_about(member) == []


def test_what_is_asked_is_read_in_the_readers_language(client: Client, member: User) -> None:
    assert (
        "للمؤشرات" in (text := client.get("/ar/lines/asks/tdag-2018/").content.decode()) or "المؤشرات" in text
    )
    assert "États Membres" in client.get("/fr/lines/asks/tdag-2018/").content.decode()


def test_an_answer_names_activities_of_public_road_maps(
    client: Client, member: User, ministry: Organisation, facilitator: User
) -> None:
    made = actions.create_road_map(facilitator, line="C2", cycle="2026-2029", language="en")
    actions.save_row(facilitator, made, "1.1", {"activity": "Connect schools"})
    with pytest.raises(InputError, match=r"no public road map has the row “C2/2026-2029/1\.1”"):
        actions.save_answer(member, ministry.pk, **GIVEN, rows=["C2/2026-2029/1.1"])
    actions.publish_road_map(facilitator, made)
    for wrong in ("C2/2026-2029/9", "C2/1.1", "C5/2026-2029/1.1", "x"):
        with pytest.raises(InputError):
            actions.save_answer(member, ministry.pk, **GIVEN, rows=[wrong])
    client.force_login(member)
    said = {"organisation": ministry.pk, "state": "done", "text": "Done.", "public": "on"}
    client.post("/lines/asks/tdag-2018/17/", {**said, "rows": "C2/2026-2029/1.1, C2/2026-2029/1.1"})
    assert Answer.objects.get().rows == ["C2/2026-2029/1.1"]
    client.logout()
    assert 'href="/lines/C2/road-maps/2026-2029/"' in client.get("/lines/asks/tdag-2018/17/").text
