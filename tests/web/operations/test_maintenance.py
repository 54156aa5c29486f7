"""A closed site: who is told what, and who may pass."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client

from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.operations import maintenance
from actionlines_web.operations.maintenance import close_site, closed_until, is_closed, open_site


@pytest.fixture(autouse=True)
def closed(tmp_path: Path, settings: object) -> Iterator[None]:
    """The site is closed for ten minutes, with a data folder of its own."""
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    close_site(datetime.now(tz=UTC) + timedelta(minutes=10))
    yield
    open_site()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "The site is closed for maintenance"),
        ("/fr/entries/", "Le site est fermé pour maintenance"),
        ("/ar/entries/", "الموقع مغلق للصيانة"),
        ("/ru/", "Сайт закрыт на обслуживание"),
    ],
)
@pytest.mark.django_db
def test_readers_are_told_in_their_language_when_to_come_back(client: Client, path: str, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 503
    assert 590 <= int(answer.headers["Retry-After"]) <= 600
    assert words in answer.content.decode()
    assert 'dir="rtl"' in answer.content.decode() if path.startswith("/ar/") else True


@pytest.mark.django_db
def test_programs_get_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/entries")
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "about:blank",
        "title": "The site is closed for maintenance",
        "status": 503,
        "detail": "Please come back in a while; nothing was changed.",
    }


@pytest.mark.django_db
def test_what_is_sent_is_not_stored(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    answer = client.post("/organisations/new/", {"name": "Somebody"})
    assert answer.status_code == 503


@pytest.mark.django_db
def test_an_administrator_passes_and_a_coordinator_does_not(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    assert client.get("/").status_code == 503
    RoleGrant.objects.create(user=coordinator, role=RoleGrant.Role.ADMINISTRATOR)
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_the_way_in_and_the_addresses_for_machines_stay_open(client: Client) -> None:
    assert client.get("/sign-in/").status_code == 200
    assert client.get("/health").status_code == 200


def test_readers_are_told_without_a_database(client: Client) -> None:
    with patch.object(maintenance, "get_user", side_effect=OperationalError("away")):
        assert client.get("/").status_code == 503


def test_a_mark_that_cannot_be_read_closes_the_site_for_a_few_minutes(tmp_path: Path) -> None:
    (tmp_path / "maintenance").write_text("no moment")
    assert is_closed()
    assert timedelta(minutes=9) < closed_until() - datetime.now(tz=UTC) <= timedelta(minutes=10)


def test_the_command_closes_says_and_opens() -> None:
    def ran(*arguments: str) -> str:
        out = StringIO()
        call_command("maintenance", *arguments, stdout=out)
        return out.getvalue().strip()

    assert ran("off") == "The site is open."
    assert ran("on", "--minutes", "5").startswith("The site is closed until about ")
    assert ran("status").startswith("The site is closed until about ")
    assert ran("off") == "The site is open."
    assert not is_closed()
