"""Meetings: made and changed by coordinators, seen by all once they are public."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.meetings import actions, queries
from actionlines_web.meetings.models import Contribution, Meeting

SENT = {
    "slug": "sg-1",
    "series": "SG1",
    "kind": "study",
    "place": "Baku",
    "first_day": "2030-05-06",
    "last_day": "2030-05-08",
    "deadline": "2030-04-20T18:00",
    "title_en": "Study group 1",
    "title_ar": "لجنة الدراسات 1",
}


def test_a_meeting_is_made_as_a_draft_and_published_on_the_page(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    assert client.post("/meetings/new/", SENT).status_code == 302
    client.logout()
    assert client.get("/meetings/sg-1/").status_code == 404
    assert "Study group 1" not in client.get("/meetings/").text
    client.force_login(coordinator)
    client.post("/meetings/sg-1/publish/", {"public": "1"})
    client.logout()
    assert "Study group 1" in client.get("/meetings/").text
    assert "لجنة الدراسات 1" in client.get("/ar/meetings/sg-1/").text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"slug": "SG 1"}, "slug"),
        ({"slug": "documents"}, "slug"),
        ({"slug": "tdag-27"}, "slug"),
        ({"series": "SG/1"}, "series"),
        ({"series": "TDAG-27"}, "series"),
        ({"last_day": "2030-05-01"}, "last_day"),
        ({"deadline": "2030-05-07T00:00"}, "deadline"),
        ({"title_en": "", "title_ar": ""}, "title_en"),
        ({"kind": "party"}, "kind"),
    ],
)
def test_a_meeting_without_sense_is_refused_beside_its_field(
    client: Client, coordinator: User, meeting: Meeting, change: dict[str, str], field: str
) -> None:
    client.force_login(coordinator)
    answer = client.post("/meetings/new/", SENT | change)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert Meeting.objects.count() == 1


def test_a_meeting_is_changed_and_its_series_stays_once_a_document_has_it(
    client: Client, coordinator: User, member: User, draft: Contribution
) -> None:
    client.force_login(coordinator)
    sent = {**SENT, "series": "TDAG-2027"}
    assert client.post("/meetings/tdag-27/change/", sent).status_code == 302
    assert Meeting.objects.get().series == "TDAG-2027"
    actions.submit_contribution(member, draft.pk)
    answer = client.post("/meetings/tdag-27/change/", SENT)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"series"})


def test_an_agenda_keeps_titles_of_other_languages_and_items_with_documents(
    coordinator: User, draft: Contribution, meeting: Meeting
) -> None:
    actions.set_agenda(coordinator, meeting, "fr", [("2.1", "Feuilles de route"), ("3", "Divers")])
    found = [(item.number, item.titles) for item in queries.agenda_of(meeting)]
    assert found == [("2.1", {"en": "Road maps", "fr": "Feuilles de route"}), ("3", {"fr": "Divers"})]
    with pytest.raises(InputError, match=r"items with documents are missing: 2\.1"):
        actions.set_agenda(coordinator, meeting, "en", [("1", "Opening")])


@pytest.mark.parametrize("items", [[("1", "")], [("123456789", "x")], [("1", "a"), ("1", "b")]])
def test_an_agenda_without_sense_is_refused(
    coordinator: User, meeting: Meeting, items: list[tuple[str, str]]
) -> None:
    with pytest.raises(InputError):
        actions.set_agenda(coordinator, meeting, "en", items)


def test_only_coordinators_keep_meetings(member: User, meeting: Meeting) -> None:
    options: dict[str, Any] = {
        "titles": {"en": "x"},
        "kind": "study",
        "series": "X",
        "first_day": date(2030, 1, 1),
        "last_day": date(2030, 1, 1),
        "deadline": timezone.now(),
    }
    for refused in (
        lambda: actions.save_meeting(member, "x", new=True, **options),
        lambda: actions.set_agenda(member, meeting, "en", []),
        lambda: actions.publish_meeting(member, meeting, public=False),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_meetings_are_paged_by_their_day(coordinator: User) -> None:
    day = date(2030, 1, 1)
    Meeting.objects.bulk_create(
        Meeting(
            slug=f"m-{n}",
            titles={"en": "M"},
            kind="study",
            series=f"M{n}",
            first_day=day + timedelta(days=n // 2),
            last_day=day,
            deadline=timezone.now(),
        )
        for n in range(60)
    )
    first, following = queries.page_of_meetings(coordinator)
    rest, end = queries.page_of_meetings(coordinator, following)
    assert [item.slug for item in (*first, *rest)] == [f"m-{n}" for n in range(59, -1, -1)]
    assert end == ""
