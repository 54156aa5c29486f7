"""The pages of the audit trail: for coordinators, readable, with the request they came from."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.models import Record


@pytest.fixture
def desk(client: Client, coordinator: User) -> Client:
    """A coordinator's browser."""
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/audit/", "/audit/accounts.user/1/"])
def test_only_coordinators_read_the_trail(client: Client, visitor: User, address: str) -> None:
    write_record(System(), "create", visitor)
    assert client.get(address).status_code == 302
    client.force_login(visitor, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/fr", "/ar"])
def test_the_page_of_an_object_shows_before_and_after(desk: Client, coordinator: User, prefix: str) -> None:
    write_record(coordinator, "change", coordinator, {"changes": {"title": ["Old <b>", "New"]}})
    answer = desk.get(f"{prefix}/audit/accounts.user/{coordinator.pk}/").content.decode()
    assert "<del><bdi>Old &lt;b&gt;</bdi></del>" in answer
    assert "<ins><bdi>New</bdi></ins>" in answer
    assert desk.get(f"{prefix}/audit/accounts.user/999999/").status_code == 404


@pytest.mark.django_db
def test_recent_changes_are_filtered_and_paged(desk: Client, coordinator: User, visitor: User) -> None:
    for _ in range(51):
        write_record(System(), "grant", visitor)
    write_record(coordinator, "create", visitor)
    first = desk.get("/audit/?type=accounts.user&verb=grant")
    assert [line.record.sequence for line in first.context["lines"]] == list(range(51, 1, -1))
    older = desk.get(f"/audit/?verb=grant&before={first.context['older']}")
    assert [line.record.sequence for line in older.context["lines"]] == [1]
    assert desk.get("/audit/?before=x").context["lines"][0].record.sequence == 52


@pytest.mark.django_db
def test_an_erased_account_takes_its_name_out_of_the_trail(desk: Client, visitor: User) -> None:
    write_record(visitor, "look", visitor)
    number = visitor.pk
    visitor.delete()
    answer = desk.get(f"/audit/accounts.user/{number}/")
    assert [line.who for line in answer.context["lines"]] == ["an account that was erased"]
    assert "visitor@example.org" not in answer.content.decode()


@pytest.mark.django_db
def test_records_carry_the_request_that_its_answer_names(desk: Client) -> None:
    data = b"id,title,description\na-1,Title,Some text\n"
    answer = desk.post(
        "/imports/", {"file": SimpleUploadedFile("t.csv", data)}, headers={"X-Request-ID": "forged"}
    )
    assert Record.objects.get(verb="stage").request_id == answer.headers["X-Request-ID"]
    assert len(answer.headers["X-Request-ID"]) == 32
