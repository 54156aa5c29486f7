"""The Open Consultation Process: contributions, their statistics and record, nominations."""

import csv
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from actionlines.problems import InputError
from actionlines.programme.consultation import Answers
from actionlines_web.accounts.models import User
from actionlines_web.forum.actions import consultation as actions
from actionlines_web.forum.models import Contribution, Edition, Nomination
from actionlines_web.forum.queries.consultation import chosen_facilitators, consultation_statistics
from actionlines_web.organisations.models import Organisation
from web.forum.conftest import signed_in

SAID = Answers("Ministry of Health", "government", "SEN", {"themes": "=Access for all"}, {"C2": "Cost"})


@pytest.fixture
def contribution(edition: Edition, organiser: User) -> Contribution:
    """One that was sent."""
    return actions.send_contribution(organiser, actions.save_contribution(organiser, edition, SAID))


def test_a_draft_is_private_and_what_is_sent_public(
    edition: Edition, organiser: User, client: Client
) -> None:
    row = actions.save_contribution(organiser, edition, SAID)
    assert client.get("/forum/2026/consultation/1/").status_code == 404
    actions.send_contribution(organiser, row)
    page = client.get("/forum/2026/consultation/1/").content.decode()
    assert "Access for all" in page
    assert "organiser@example.org" not in page
    with pytest.raises(ValueError, match="sent"):
        actions.save_contribution(organiser, edition, SAID, contribution=row)


def test_region_and_organisation_are_known(contribution: Contribution, ministry: Organisation) -> None:
    assert (contribution.region, contribution.organisation, contribution.period) == ("AFR", ministry, "all")


def test_nobody_writes_for_others_or_outside_the_dates(
    edition: Edition, organiser: User, visitor: User
) -> None:
    row = actions.save_contribution(organiser, edition, SAID)
    with pytest.raises(PermissionDenied):
        actions.save_contribution(visitor, edition, SAID, contribution=row)
    with pytest.raises(PermissionDenied):
        actions.send_contribution(visitor, row)
    with pytest.raises(InputError, match="no contribution can be sent in now"):
        actions.send_contribution(organiser, row, now=datetime(2300, 1, 1, tzinfo=UTC))


def test_the_record_as_csv_names_no_person_and_no_formula(contribution: Contribution, client: Client) -> None:
    answer = client.get("/forum/2026/consultation.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    (row,) = csv.DictReader(text.splitlines())
    assert (row["organisation"], row["stakeholder_type"], row["country"]) == (
        "Ministry of Health",
        "government",
        "SEN",
    )
    assert row["themes"] == "'=Access for all"
    assert row["topics"] == "C2: Cost"
    assert "organiser@" not in text


def test_what_is_taken_back_is_counted_and_shown_no_longer(
    contribution: Contribution, edition: Edition, organiser: User, client: Client
) -> None:
    assert consultation_statistics(edition).by_type == {"government": 1}
    actions.withdraw_contribution(organiser, contribution)
    assert consultation_statistics(edition).total == 0
    assert client.get("/forum/2026/consultation/1/").status_code == 404


def test_the_form_saves_sends_and_names_what_is_missing(edition: Edition, visitor: User) -> None:
    client = signed_in(visitor)
    answer = client.post("/forum/2026/consultation/new/", {"themes": "Access", "send": "1"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"organisation", "stakeholder_type"}
    # What was written is kept as a draft all the same.
    assert Contribution.objects.get().state == "draft"
    answer = client.post(
        "/forum/2026/consultation/1/edit/",
        {
            "organisation": "Club",
            "stakeholder_type": "civil-society",
            "themes": "Access",
            "topics-C4": "Skills",
            "send": "1",
        },
    )
    assert answer.status_code == 302
    found = Contribution.objects.get()
    assert (found.state, found.topics) == ("sent", {"C4": "Skills"})


def test_filters_and_pages(contribution: Contribution, client: Client) -> None:
    def shown(query: str) -> int:
        return len(client.get(f"/forum/2026/consultation/?{query}").context["contributions"])

    assert [
        shown(q) for q in ("", "line=C2", "line=C4", "region=AFR", "stakeholder_type=academia", "after=1")
    ] == [
        1,
        1,
        0,
        1,
        0,
        0,
    ]


def nominee(
    name: str, country: str = "SEN", gender: str = "female", kind: str = "government"
) -> actions.Nominated:
    """Somebody to be nominated."""
    return actions.Nominated(name, f"{name}@example.org", "Org", kind, country, gender, "Able.")


def test_facilitators_are_chosen_among_the_nominated_with_a_public_reason(
    edition: Edition, visitor: User, coordinator: User, client: Client
) -> None:
    for name, country, gender, kind in (
        ("ann", "SEN", "female", "government"),
        ("bob", "SEN", "male", "government"),
        ("cy", "FRA", "male", "academia"),
    ):
        actions.nominate(visitor, edition, nominee(name, country, gender, kind))
    with pytest.raises(InputError, match="nominated already"):
        actions.nominate(visitor, edition, nominee("ann"))
    desk = signed_in(coordinator).get("/forum/2026/desk/facilitators/?seats=2")
    assert [row.name for row, proposed in desk.context["nominations"] if proposed] == ["ann", "cy"]
    keys = [row.pk for row in Nomination.objects.filter(name__in=["ann", "cy"])]
    with pytest.raises(InputError):
        actions.choose_facilitators(coordinator, edition, keys, " ")
    with pytest.raises(PermissionDenied):
        actions.choose_facilitators(visitor, edition, keys, "x")
    actions.choose_facilitators(coordinator, edition, keys, "Two regions.")
    assert [row.name for row in chosen_facilitators(edition)] == ["ann", "cy"]
    page = client.get("/forum/2026/consultation/").content.decode()
    assert "Two regions." in page
    assert "ann@example.org" not in page
