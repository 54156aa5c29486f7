"""Tables of requests: looked at, then taken in as a whole."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from actionlines.formats.session_requests import COLUMNS, EXAMPLE
from actionlines_web.accounts.models import User
from actionlines_web.forum.actions import importing
from actionlines_web.forum.models import Edition, RequestBatch, Session
from web.forum.conftest import signed_in


def workbook(count: int, **values: str) -> bytes:
    """An xlsx of so many requests."""
    book = Workbook()
    sheet = book.active
    sheet.append([known[0] for known in COLUMNS.values()])
    for number in range(count):
        row = {**EXAMPLE, "title": f"Session {number}", **values}
        sheet.append([row[name] for name in COLUMNS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_250_requests_come_in_at_one_go_after_a_look(edition: Edition, coordinator: User) -> None:
    client = signed_in(coordinator)
    file = SimpleUploadedFile("requests.xlsx", workbook(250))
    answer = client.post("/forum/2026/desk/imports/", {"file": file})
    batch = RequestBatch.objects.get()
    assert answer["Location"].endswith(f"/desk/imports/{batch.pk}/")
    assert (len(batch.rows), batch.problems, Session.objects.count()) == (250, [], 0)
    client.post(f"/forum/2026/desk/imports/{batch.pk}/", {"do": "apply"})
    assert Session.objects.filter(state=Session.State.SUBMITTED).count() == 250
    assert [item.name for item in Session.objects.first().organisers.all()] == [
        "Ministry of Health",
        "Union of nurses",
    ]
    with pytest.raises(ValueError, match="applied"):
        importing.apply_requests(coordinator, batch)
    assert Session.objects.count() == 250


def test_rows_with_faults_are_shown_with_their_place_and_left_out(
    edition: Edition, coordinator: User
) -> None:
    batch = importing.stage_requests(coordinator, edition, workbook(2, lines="C99"), "requests.xlsx")
    assert batch.rows == []
    assert [(item["row"], item["column"]) for item in batch.problems] == [(2, "lines"), (3, "lines")]
    page = signed_in(coordinator).get(f"/forum/2026/desk/imports/{batch.pk}/").content.decode()
    assert "C99" in page
    importing.discard_requests(coordinator, batch)
    assert RequestBatch.objects.get().state == "discarded"


def test_only_coordinators_bring_tables(edition: Edition, organiser: User) -> None:
    with pytest.raises(PermissionDenied):
        importing.stage_requests(organiser, edition, workbook(1), "x.xlsx")


def test_the_example_can_be_brought_back(edition: Edition, coordinator: User) -> None:
    client = signed_in(coordinator)
    text = client.get("/forum/2026/desk/imports/example.csv").content
    batch = importing.stage_requests(coordinator, edition, text, "example.csv")
    assert (len(batch.rows), batch.problems) == (1, [])
