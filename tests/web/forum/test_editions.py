"""Editions: made of a file, changed without taking away what sessions stand in, days moved in public."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from actionlines.problems import InputError
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.forum.actions.editions import change_edition, create_edition, move_day
from actionlines_web.forum.models import DayMove, Edition
from actionlines_web.forum.queries.editions import edition_of
from web.forum.conftest import TOML, Make, signed_in


def test_only_coordinators_make_editions(visitor: User, coordinator: User) -> None:
    with pytest.raises(PermissionDenied):
        create_edition(visitor, slug="2027", shipped="demonstration")
    made = create_edition(coordinator, slug="2027", shipped="demonstration", name="Forum of 2027")
    assert (made.name, made.year, edition_of(made).zone) == ("Forum of 2027", 2027, "Europe/Zurich")


@pytest.mark.parametrize("slug", ["2026", "A B", "new", ""])
def test_an_address_that_is_taken_or_none_is_refused(edition: Edition, slug: str) -> None:
    with pytest.raises(InputError) as caught:
        create_edition(System(), slug=slug, shipped="demonstration")
    assert [problem.column for problem in caught.value.problems] == ["slug"]


def test_a_file_with_faults_is_refused_on_the_page_with_each_fault(coordinator: User) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("bad.toml", TOML.replace("Europe/Zurich", "Nowhere").encode())
    answer = signed_in(coordinator).post("/forum/new/", {"slug": "2027", "file": file})
    assert answer.status_code == 422
    assert "Nowhere" in answer.content.decode()
    assert not Edition.objects.exists()


def test_a_new_file_may_not_take_away_what_a_session_stands_in(
    edition: Edition, coordinator: User, placed: Make
) -> None:
    placed("d1.3", "B")
    smaller = TOML.replace('"14:00-15:00"', '"12:00-13:00"').replace('code = "B"', 'code = "C"')
    with pytest.raises(InputError) as caught:
        change_edition(coordinator, edition, smaller.encode(), "new.toml")
    assert [(problem.column, problem.values["code"]) for problem in caught.value.problems] == [("rooms", "B")]
    larger = TOML.replace("capacity = 80", "capacity = 90")
    change_edition(coordinator, edition, larger.encode(), "new.toml")
    edition.refresh_from_db()
    assert edition_of(edition).room_by_id["B"].capacity == 90


def test_a_moved_day_is_published_with_its_reason(
    edition: Edition, coordinator: User, client: Client
) -> None:
    signed_in(coordinator).post(
        "/forum/2026/desk/edition/", {"day": "d2", "on": "2026-07-09", "reason": "The hall is under water."}
    )
    found = DayMove.objects.get()
    assert (found.before, found.after) == (date(2026, 7, 7), date(2026, 7, 9))
    edition.refresh_from_db()
    assert edition_of(edition).slot_by_id["d2.1"].day == date(2026, 7, 9)
    page = client.get("/forum/2026/").content.decode()
    assert "The hall is under water." in page
    assert "Thursday 9 July" in page


def test_a_day_is_not_moved_without_a_reason_or_onto_another_one(edition: Edition, coordinator: User) -> None:
    for on, reason in ((date(2026, 7, 9), " "), (date(2026, 7, 6), "Strike.")):
        with pytest.raises(InputError):
            move_day(coordinator, edition, "d2", on, reason)
    assert not DayMove.objects.exists()
