"""Who is responsible for a line on a day."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.coordination import actions, queries
from actionlines_web.coordination.models import Appointment

WORKSHOP: dict[str, Any] = {
    "line": "C2",
    "organisation": "World Bank",
    "role": "partner",
    "source": "Letter of 3 May 2024",
    "start": date(2024, 5, 3),
}


def held(line: str, on: date) -> set[tuple[str, str]]:
    """Organisations and roles."""
    return {(role.organisation, role.role) for role in queries.roles_of(line, on)}


# What paragraphs 4 and 7 of the paper of 2018 say, on a day of its year.
@pytest.mark.parametrize(
    ("line", "organisation", "role"),
    [
        *((line, "ITU", "lead") for line in ("C2", "C5", "C6")),
        *((line, "ITU", "co-facilitator") for line in ("C1", "C3", "C4", "C7", "C11")),
        *((line, "ITU", "partner") for line in ("C8", "C9")),
        ("C4", "BDT", "interim"),
        *((line, "BDT", "focal point") for line in ("C1", "C2", "C3", "C4", "C6", "C7", "C9", "C11")),
    ],
)
@pytest.mark.django_db
def test_every_role_that_the_paper_states_is_found_on_1_march_2018(
    line: str, organisation: str, role: str
) -> None:
    assert (organisation, role) in held(line, date(2018, 3, 1))


def test_a_role_of_the_site_is_held_between_its_days(coordinator: User) -> None:
    made = actions.appoint(coordinator, **WORKSHOP)
    assert ("World Bank", "partner") not in held("C2", date(2024, 5, 2))
    assert ("World Bank", "partner") in held("C2", date(2024, 5, 3))
    actions.end_appointment(coordinator, made.pk, date(2025, 1, 31))
    assert ("World Bank", "partner") in held("C2", date(2025, 1, 31))
    assert ("World Bank", "partner") not in held("C2", date(2025, 2, 1))


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"line": "C99"}, "line"),
        ({"role": "king"}, "role"),
        ({"organisation": " "}, "organisation"),
        ({"source": ""}, "source"),
        ({"end": date(2024, 1, 1)}, "end"),
    ],
)
def test_a_role_without_sense_is_refused_with_its_field(
    coordinator: User, change: dict[str, Any], column: str
) -> None:
    with pytest.raises(InputError) as raised:
        actions.appoint(coordinator, **WORKSHOP | change)
    assert [problem.column for problem in raised.value.problems] == [column]
    assert not Appointment.objects.exists()


def test_only_coordinators_enter_roles(facilitator: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.appoint(facilitator, **WORKSHOP)


@pytest.mark.django_db
def test_the_page_answers_for_a_day_with_its_source(client: Client) -> None:
    text = client.get("/lines/C4/?on=2018-03-01").content.decode()
    team = text[text.index("team-title") :].partition("</section>")[0]
    assert "BDT" in team
    assert "paragraph 7" in team


@pytest.mark.django_db
def test_a_day_that_is_none_shows_today_and_says_so(client: Client) -> None:
    answer = client.get("/lines/?on=yesterday")
    assert answer.status_code == 200
    assert "field-wrong" in answer.content.decode()


def test_a_coordinator_enters_and_ends_a_role_on_the_page(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    client.post("/lines/C2/appoint/", {"organisation": "World Bank", "role": "partner", "source": "Letter"})
    (made,) = Appointment.objects.all()
    client.post(f"/lines/C2/roles/{made.pk}/end/", {"day": "2025-01-31"})
    made.refresh_from_db()
    assert made.end == date(2025, 1, 31)
    assert client.post(f"/lines/C5/roles/{made.pk}/end/", {"day": "2025-01-31"}).status_code == 404


@pytest.mark.django_db
def test_past_roles_are_shown_where_there_are_others_than_todays(client: Client, coordinator: User) -> None:
    assert "history-title" not in client.get("/lines/C2/").content.decode()
    made = actions.appoint(coordinator, **WORKSHOP)
    actions.end_appointment(coordinator, made.pk, date(2025, 1, 31))
    assert "World Bank" in client.get("/lines/C2/").content.decode().partition("history-title")[2]
