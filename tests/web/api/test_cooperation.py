"""Reading meetings, events and partnerships through the API: what is public, whoever asks, and nothing else."""

import json

import pytest
from django.test import Client

from actionlines_web.accounts.actor import System
from actionlines_web.api.actions import issue_token
from web.ui.private_world import World, a_contribution, private_world

V1 = "/api/v1"
PATHS = (
    "/meetings",
    "/meetings/open/documents",
    "/events?when=all",
    "/events/initiatives",
    "/partnerships",
    "/partnerships/figures",
)


@pytest.fixture
def world(db: None) -> World:
    """Drafts, restricted documents, contacts, agreements."""
    return private_world()


def test_nobody_is_given_what_is_private(client: Client, world: World) -> None:
    keys = [
        issue_token(System(), email=world.people[name].email, scopes=["entries:write"])[1]
        for name in ("owner", "coordinator")
    ]
    answers = [
        [client.get(V1 + path, headers=headers).json() for path in PATHS]
        for headers in ({}, *({"Authorization": f"Bearer {key}"} for key in keys))
    ]
    assert answers[0] == answers[1] == answers[2]
    meetings, documents, events, initiatives, proposals, figures = answers[0]
    assert [item["id"] for item in meetings] == ["open"]
    assert documents == {"items": [], "next": None}
    assert [item["id"] for item in events["items"]] == ["event-open"]
    assert len(initiatives) == 33
    assert [item["side"] for item in proposals["items"]] == ["offer", "need"]
    assert [row["agreements"] for row in figures] == [0, 0, 0, 0]
    said = json.dumps(answers[0])
    assert ("nurse@example.org" in said, "dean@example.org" in said) == (False, False)


def test_a_hidden_meeting_has_no_documents_for_anybody(client: Client, world: World) -> None:
    assert client.get(f"{V1}/meetings/hidden/documents").status_code == 404
    assert client.get(f"{V1}/meetings/no-such/documents").status_code == 404


def test_a_public_document_comes_with_its_texts(client: Client, world: World) -> None:
    from actionlines_web.meetings import actions
    from actionlines_web.meetings.queries import contribution_by_number

    restricted = contribution_by_number(int(str(world.places["restricted"])))
    assert restricted is not None
    owner, organisation = world.people["owner"], restricted.organisation_id
    made = a_contribution(owner, restricted.meeting, organisation)
    actions.submit_contribution(owner, made.pk)
    (item,) = client.get(f"{V1}/meetings/open/documents?lang=fr").json()["items"]
    assert {
        name: item[name] for name in ("number", "item", "organisation", "late", "language", "languages")
    } == {
        "number": "OPEN/2",
        "item": "1",
        "organisation": "Ministry of Health",
        "late": False,
        "language": "en",
        "languages": ["en"],
    }
    assert item["address"].endswith(f"/meetings/contributions/{made.pk}/")


@pytest.mark.parametrize(
    "path",
    [
        "/events?region=XXX",
        "/events?when=soon",
        "/events?initiative=AFR1",
        "/partnerships?line=C99",
        "/partnerships?before=0",
    ],
)
def test_a_parameter_that_cannot_be_used_is_refused(client: Client, db: None, path: str) -> None:
    answer = client.get(V1 + path)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_events_and_proposals_are_filtered_as_on_their_pages(client: Client, world: World) -> None:
    assert client.get(f"{V1}/events?region=EUR").json()["items"] == []
    (event,) = client.get(f"{V1}/events?region=AFR&country=KEN").json()["items"]
    assert (event["zone"], event["participants"], event["cancelled"]) == ("UTC", 0, False)
    assert len(client.get(f"{V1}/partnerships?side=need&line=C2").json()["items"]) == 1
    assert client.get(f"{V1}/partnerships?side=need&line=C5").json()["items"] == []


def test_the_next_page_is_named(client: Client, world: World) -> None:
    from actionlines_web.partnerships import actions
    from actionlines_web.partnerships.queries import proposal_by_number
    from web.ui.private_world import a_proposal

    need = proposal_by_number(int(str(world.places["need"])))
    assert need is not None
    for _ in range(50):
        made = a_proposal(world.people["owner"], need.organisation_id, "need")
        actions.set_state(world.people["owner"], made.pk, "public")
    answer = client.get(f"{V1}/partnerships")
    assert len(answer.json()["items"]) == 50
    assert answer["Link"] == f'<{answer.json()["next"]}>; rel="next"'
    rest = client.get(answer.json()["next"]).json()
    assert (len(rest["items"]), rest["next"]) == (2, None)
