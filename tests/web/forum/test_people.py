"""Speakers: invited by mail, answering with the link in it."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from actionlines_web.accounts.models import User
from actionlines_web.forum.actions import people
from actionlines_web.forum.models import Appearance, Edition, Person, Session
from actionlines_web.outbox.models import Message
from web.forum.conftest import REQUEST, Make

State = Appearance.State


def states(session: Session) -> dict[str, str]:
    """Name to answer."""
    return dict(session.appearances.values_list("person__name", "state"))


def test_speakers_with_an_address_are_invited_once_after_the_acceptance(
    sent: Make, accepted: Make, organiser: User, visitor: User
) -> None:
    with pytest.raises(ValueError, match="submitted"):
        people.invite_speakers(organiser, sent(title="Waits", speakers=()))
    session = accepted()
    with pytest.raises(PermissionDenied):
        people.invite_speakers(visitor, session)
    assert people.invite_speakers(organiser, session) == 1
    assert people.invite_speakers(organiser, session) == 0
    assert states(session) == {"Ada Example": State.INVITED, "Ben Example": State.NAMED}
    (message,) = Message.objects.filter(kind="forum-invitation")
    assert message.address == "ada@example.org"


def test_the_link_answers_without_an_account_and_the_last_word_stands(
    accepted: Make, organiser: User, client: Client
) -> None:
    session = accepted()
    people.invite_speakers(organiser, session)
    text = Message.objects.get(kind="forum-invitation").text
    address = re.search(r"https?://[^/\s]+(/\S+/forum/invitations/[^)\s]+|/forum/invitations/[^)\s]+)", text)
    assert address is not None
    path = address.group(1)
    assert client.get(path).status_code == 200
    assert states(session)["Ada Example"] == State.INVITED  # looking is no answer: mail programs follow links
    client.post(path, {"answer": "yes"})
    assert states(session)["Ada Example"] == State.CONFIRMED
    client.post(path, {"answer": "no"})
    assert states(session)["Ada Example"] == State.DECLINED


def test_a_link_of_somebody_taken_out_or_of_nobody_answers_nothing(accepted: Make, client: Client) -> None:
    session = accepted()
    token = people.token_of(session.appearances.get(person__email="ada@example.org"))
    assert client.get(f"/forum/invitations/{token}/").status_code == 200
    session.appearances.filter(person__email="ada@example.org").delete()
    for bad in (token, token[:-2] + "xx", "abc"):
        assert client.post(f"/forum/invitations/{bad}/", {"answer": "yes"}).status_code == 404


def test_one_address_is_one_person_in_all_sessions_and_nobody_writes_over_it(
    edition: Edition, draft: Make
) -> None:
    from actionlines.programme.request import Speaker

    draft()
    draft(
        title="Other",
        speakers=(Speaker("A. Example", "ada@example.org"), Speaker("Ada Example", "b@example.org")),
    )
    assert sorted(Person.objects.values_list("name", "email")) == [
        ("Ada Example", "ada@example.org"),
        ("Ada Example", "b@example.org"),
        ("Ben Example", ""),
    ]


def test_without_an_address_name_and_organisation_make_the_person(edition: Edition, draft: Make) -> None:
    from actionlines.programme.request import Speaker

    draft(speakers=(Speaker("Ben Example", organisation="Union of nurses"),))
    draft(title="Other", speakers=(Speaker("ben example", organisation="Union of nurses"),))
    draft(title="Third", speakers=(Speaker("Ben Example", organisation="Elsewhere"),))
    assert Person.objects.count() == 2


def test_who_stays_on_the_list_keeps_the_answer(accepted: Make, coordinator: User) -> None:
    from actionlines_web.forum.actions.requests import save_request
    from web.forum.conftest import changed

    session = accepted()
    session.appearances.filter(person__email="ada@example.org").update(state=State.CONFIRMED)
    save_request(coordinator, session, changed(speakers=REQUEST.speakers[:1]))
    assert states(session) == {"Ada Example": State.CONFIRMED}
