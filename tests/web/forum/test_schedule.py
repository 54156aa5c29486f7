"""The schedule: places, clashes, versions, the solver."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from actionlines.problems import InputError
from actionlines.programme import Place
from actionlines.programme.request import Speaker
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.forum.actions import requests, schedule
from actionlines_web.forum.actions.editions import move_day
from actionlines_web.forum.models import Appearance, Edition, Placement, ScheduleRun, ScheduleVersion
from actionlines_web.forum.queries.schedule import clashes_at, draft_of, judged, standings_of
from web.forum.conftest import Make, signed_in

ADA = (Speaker("Ada Example", "ada@example.org"),)


def kinds(edition: Edition) -> list[str]:
    """What clashes in the draft."""
    return [clash.kind for clash in judged(draft_of(edition)).clashes]


def test_places_are_given_and_taken_by_coordinators(
    accepted: Make, edition: Edition, organiser: User
) -> None:
    session = accepted()
    with pytest.raises(PermissionDenied):
        schedule.place_session(organiser, session, "d1.1", "A")
    for slot, room in (("d9.1", "A"), ("d1.1", "Z")):
        with pytest.raises(InputError):
            schedule.place_session(System(), session, slot, room)
    schedule.place_session(System(), session, "d1.1", "A")
    assert draft_of(edition).schedule == {"1": Place("d1.1", "A")}
    schedule.take_place(System(), session)
    assert draft_of(edition).schedule == {}
    assert [item.number for item in judged(draft_of(edition)).unplaced] == [1]


def test_a_request_that_is_not_accepted_has_no_place(sent: Make) -> None:
    with pytest.raises(ValueError, match="submitted"):
        schedule.place_session(System(), sent(), "d1.1", "A")


@pytest.mark.parametrize(
    ("values", "slot", "room", "expected"),
    [
        ({"speakers": ADA}, "d1.1", "B", ["person"]),
        ({"speakers": ()}, "d1.1", "A", ["room"]),
        ({"attendance": 90}, "d1.2", "B", ["capacity"]),
        ({"needs": ("captions",)}, "d1.2", "B", ["feature"]),
        ({"barred": ("d1.2",)}, "d1.2", "B", ["barred"]),
        ({"length": 2}, "d1.2", "B", ["break"]),
        ({"length": 2, "speakers": ()}, "d1.1", "B", []),
        ({"speakers": ADA}, "d1.2", "A", []),
    ],
)
def test_clashes(
    placed: Make, edition: Edition, values: Any, slot: str, room: str, expected: list[str]
) -> None:
    placed(speakers=ADA)
    placed(slot, room, **{"title": "Second", "lines": ("C2",), **values})
    assert kinds(edition) == expected


def test_a_remote_speaker_and_one_who_declined_clash_with_nothing(placed: Make, edition: Edition) -> None:
    placed(speakers=ADA)
    second = placed("d1.1", "B", title="Second", speakers=(Speaker("Ada", "ada@example.org", remote=True),))
    assert kinds(edition) == []
    second.appearances.update(remote=False)
    assert kinds(edition) == ["person"]
    second.appearances.update(state=Appearance.State.DECLINED)
    assert kinds(edition) == []


def test_facilitation_meetings_of_one_line_need_its_facilitator_twice(placed: Make, edition: Edition) -> None:
    placed(kind="facilitation", lines=("C2",), speakers=())
    placed("d1.1", "B", title="Second", kind="facilitation", lines=("C2", "C4"), speakers=())
    (clash,) = judged(draft_of(edition)).clashes
    assert str(clash) == "facilitator of C2 is in “Clinics on the islands” and “Second” in d1.1."


def test_one_organiser_in_two_sessions_at_once_is_a_warning(placed: Make, edition: Edition) -> None:
    placed(speakers=())
    placed("d1.1", "B", title="Second", speakers=(), lines=("C2",))
    found = judged(draft_of(edition))
    assert found.clashes == []
    assert [(item.organiser, item.slot, item.sessions) for item in found.overlaps] == [
        ("Ministry of Health", "d1.1", ("1", "2"))
    ]


def test_who_is_away_clashes(placed: Make, edition: Edition) -> None:
    from actionlines_web.forum.actions.people import set_away

    session = placed(speakers=ADA)
    set_away(System(), session, session.appearances.get().person.code, ["d1.1"])
    assert kinds(edition) == ["away"]


def test_what_would_clash_in_a_cell_is_what_clashes_there(
    placed: Make, accepted: Make, edition: Edition
) -> None:
    placed(speakers=ADA)
    accepted(title="Second", speakers=ADA)
    draft = draft_of(edition)
    assert [clash.kind for clash in clashes_at(draft, "2", Place("d1.1", "A"))] == ["room", "person"]
    assert [clash.kind for clash in clashes_at(draft, "2", Place("d1.1", "B"))] == ["person"]
    assert clashes_at(draft, "2", Place("d1.2", "A")) == []


def test_the_grid_works_by_links_and_buttons_alone(placed: Make, accepted: Make, coordinator: User) -> None:
    placed(speakers=())
    accepted(title="Second", speakers=())
    client = signed_in(coordinator)
    page = client.get("/forum/2026/desk/schedule/?day=d1&move=2")
    text = page.content.decode()
    assert page.context["moving"].number == 2
    assert text.count('<input type="hidden" name="slot" value="d1.') == 6
    client.post("/forum/2026/desk/schedule/2/", {"slot": "d1.2", "room": "B"})
    client.post("/forum/2026/desk/schedule/2/", {"do": "lock"})
    found = Placement.objects.get(session__number=2)
    assert (found.slot, found.room, found.locked) == ("d1.2", "B", True)
    client.post("/forum/2026/desk/schedule/2/", {"do": "take"})
    assert not Placement.objects.filter(session__number=2).exists()
    assert client.post("/forum/2026/desk/schedule/2/", {"slot": "x", "room": "B"}).status_code == 422


def test_a_schedule_with_clashes_or_without_sessions_is_not_published(
    placed: Make, publish: Callable[[], ScheduleVersion]
) -> None:
    with pytest.raises(InputError, match="no session has a place yet"):
        publish()
    placed(attendance=200, slot="d1.1", room="B")
    with pytest.raises(InputError, match="expects 200 persons; Room B seats 80"):
        publish()


def test_a_published_version_stays_when_the_draft_goes_on(
    placed: Make, publish: Callable[[], ScheduleVersion], edition: Edition
) -> None:
    session = placed(speakers=())
    publish()
    with pytest.raises(InputError, match="nothing has changed"):
        publish()
    schedule.place_session(System(), session, "d1.2", "A")
    assert [item.slot for item in standings_of(ScheduleVersion.objects.get())] == ["d1.1"]
    second = publish()
    assert [(item.slot, item.sequence) for item in standings_of(second)] == [("d1.2", 1)]
    assert second.number == 2


def test_a_cancelled_session_stays_in_the_next_version_as_cancelled(
    placed: Make, publish: Callable[[], ScheduleVersion], client: Client
) -> None:
    session = placed(speakers=())
    placed("d1.2", "A", title="Second", speakers=())
    publish()
    requests.cancel_session(System(), session, "The speaker is ill.")
    found = [(item.number, item.state, item.sequence) for item in standings_of(publish())]
    assert found == [(1, "cancelled", 1), (2, "held", 0)]
    page = client.get("/forum/2026/versions/").content.decode()
    assert "Cancelled" in page


def test_a_moved_day_moves_its_sessions_with_the_next_version(
    placed: Make, publish: Callable[[], ScheduleVersion], edition: Edition, client: Client
) -> None:
    placed("d2.1", "A", speakers=())
    publish()
    move_day(System(), edition, "d2", date(2026, 7, 9), "Strike.")
    before, after = ScheduleVersion.objects.get(), publish()
    assert [item.starts.astimezone(UTC) for item in standings_of(before)] == [
        datetime(2026, 7, 7, 7, tzinfo=UTC)
    ]
    assert [(item.starts.astimezone(UTC), item.sequence) for item in standings_of(after)] == [
        (datetime(2026, 7, 9, 7, tzinfo=UTC), 1)
    ]
    page = client.get("/forum/2026/versions/?from=1&to=2").content.decode()
    assert "Tuesday 7 July" in page
    assert "Thursday 9 July" in page


def test_a_session_over_midnight_is_published_with_its_end_on_the_next_day(
    placed: Make, publish: Callable[[], ScheduleVersion], client: Client
) -> None:
    placed("d2.2", "A", speakers=())
    (standing,) = standings_of(publish())
    assert [standing.starts.astimezone(UTC), standing.ends.astimezone(UTC)] == [
        datetime(2026, 7, 7, 20, 30, tzinfo=UTC),
        datetime(2026, 7, 7, 22, 30, tzinfo=UTC),
    ]
    page = client.get("/forum/2026/programme/?day=2026-07-07")
    assert [item.number for item in page.context["published"].sessions if item.day == date(2026, 7, 7)] == [1]


def test_the_solver_places_the_rest_around_what_is_agreed(
    placed: Make, accepted: Make, edition: Edition, coordinator: User
) -> None:
    first = placed("d1.1", "B", speakers=ADA)
    schedule.place_session(System(), first, "d1.1", "B", locked=True)
    accepted(title="Second", speakers=ADA, lines=("C2",))
    accepted(title="Giant", attendance=5_000, speakers=(), lines=("C4",))
    run = schedule.order_run(coordinator, edition, seconds=2, keep_all=False)
    schedule.solve_schedule.func(run.pk)
    run.refresh_from_db()
    assert run.result["schedule"]["1"] == {"slot": "d1.1", "room": "B"}
    assert run.result["schedule"]["2"]["slot"] != "d1.1"
    assert run.result["unplaced"] == {"3": "no room seats 5000 and has what it needs (nothing special)"}
    assert run.result["clashes"] == []
    assert not Placement.objects.filter(session__number=2).exists()  # nothing changes until it is taken over
    assert schedule.apply_run(coordinator, run) == 1
    assert kinds(edition) == []
    with pytest.raises(ValueError, match="nothing to take over"):
        schedule.apply_run(coordinator, run)


def test_a_run_that_has_its_result_is_not_solved_again(
    accepted: Make, edition: Edition, coordinator: User
) -> None:
    accepted(speakers=())
    run = schedule.order_run(coordinator, edition, seconds=1, keep_all=False)
    schedule.solve_schedule.func(run.pk)
    first = ScheduleRun.objects.get().done_at
    schedule.solve_schedule.func(run.pk)
    assert ScheduleRun.objects.get().done_at == first


def test_the_page_of_a_run_says_what_could_not_be_met(
    accepted: Make, edition: Edition, coordinator: User
) -> None:
    accepted(title="Giant", attendance=5_000, speakers=())
    client = signed_in(coordinator)
    answer = client.post("/forum/2026/desk/runs/", {"seconds": "1"})
    run = ScheduleRun.objects.get()
    assert answer["Location"].endswith(f"/desk/runs/{run.pk}/")
    assert client.get(answer["Location"]).status_code == 200
    schedule.solve_schedule.func(run.pk)
    assert "no room seats 5000" in client.get(answer["Location"]).content.decode()
    client.post(answer["Location"])
    assert ScheduleRun.objects.get().applied_at is not None
