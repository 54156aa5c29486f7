"""Reminders of what organisers owe."""

from datetime import date

import pytest

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.forum.actions import duties
from actionlines_web.forum.actions.editions import move_day
from actionlines_web.forum.actions.reminding import remind_organisers
from actionlines_web.forum.models import Edition, Reminder
from actionlines_web.outbox.models import Message
from web.forum.conftest import Make, moment, signed_in


def kinds() -> list[str]:
    """The reminders that were queued."""
    return list(
        Message.objects.filter(kind__startswith="forum-owes").order_by("pk").values_list("kind", flat=True)
    )


def test_organisers_are_reminded_once_17_days_before(placed: Make) -> None:
    placed()
    # The last minute of 4 June in Zurich: the panellists are due on 19 June, fifteen days later.
    assert remind_organisers(moment("2026-06-04T21:59+00:00")) == 1
    assert kinds() == ["forum-owes-description"]
    assert remind_organisers(moment("2026-06-04T22:00+00:00")) == 1
    assert kinds() == ["forum-owes-description", "forum-owes-panellists"]
    assert remind_organisers(moment("2026-06-05T12:00+00:00")) == 0
    assert "19 June 2026" in Message.objects.get(kind="forum-owes-panellists").text


def test_what_is_filed_is_not_asked_for(placed: Make, organiser: User) -> None:
    session = placed()
    duties.file_description(organiser, session, "The text that is printed.")
    duties.settle_panellists(organiser, session)
    assert remind_organisers(moment("2026-06-05T12:00+00:00")) == 0
    session.refresh_from_db()
    assert session.text == "The text that is printed."


def test_outcomes_are_asked_for_after_the_session(placed: Make) -> None:
    placed()
    assert remind_organisers(moment("2026-07-06T12:00+00:00")) == 1
    assert kinds() == ["forum-owes-outcomes"]


def test_a_moved_day_is_due_on_another_day(placed: Make, edition: Edition) -> None:
    placed()
    remind_organisers(moment("2026-06-05T12:00+00:00"))
    move_day(System(), edition, "d1", date(2026, 7, 9), "Strike.")
    assert remind_organisers(moment("2026-06-08T12:00+00:00")) == 2
    assert set(Reminder.objects.values_list("duty", "due")) == {
        ("final_description", date(2026, 6, 6)),
        ("panellists", date(2026, 6, 19)),
        ("final_description", date(2026, 6, 9)),
        ("panellists", date(2026, 6, 22)),
    }


def test_the_page_says_what_is_owed_and_takes_it(placed: Make, organiser: User) -> None:
    placed()
    client = signed_in(organiser)
    page = client.get("/forum/2026/requests/1/")
    assert [item.duty for _, item in page.context["duties"]] == [
        "final_description",
        "panellists",
        "outcomes",
    ]
    client.post("/forum/2026/requests/1/description/", {"text": "Printed."})
    client.post("/forum/2026/requests/1/panellists/")
    page = client.get("/forum/2026/requests/1/")
    assert [item.duty for _, item in page.context["duties"]] == ["outcomes"]


@pytest.mark.usefixtures("edition")
def test_sessions_without_a_place_are_due_nowhere(accepted: Make) -> None:
    accepted()
    assert remind_organisers(moment("2026-06-05T12:00+00:00")) == 0
