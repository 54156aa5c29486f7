"""What a balancer and a monitor are told."""

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from actionlines_web.jobs.actions import give_sign, take_sign
from actionlines_web.jobs.models import Sign
from actionlines_web.operations import health
from actionlines_web.operations.maintenance import close_site
from actionlines_web.outbox.models import Message


def said(client: Client, **headers: str) -> tuple[int, dict[str, dict[str, object]]]:
    """The status and what was found."""
    answer = client.get("/ready", headers=headers)
    return answer.status_code, answer.json()["checks"]


def test_health_asks_nothing_of_the_database(client: Client) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_a_site_without_a_worker_is_ready_and_says_what_is_missing(client: Client) -> None:
    status, found = said(client)
    assert status == 200
    assert found == {
        "database": {"well": True, "vital": True},
        "migrations": {"well": True, "vital": True},
        "worker": {"well": False, "vital": False},
        "mail": {"well": True, "vital": False},
        "disk": {"well": True, "vital": False},
    }


@pytest.mark.django_db
def test_the_words_are_for_who_has_the_token(client: Client, settings: object) -> None:
    settings.METRICS_TOKEN = "s3cret"  # type: ignore[attr-defined]
    assert "said" not in said(client, authorization="Bearer wrong")[1]["worker"]
    assert said(client, authorization="Bearer s3cret")[1]["worker"]["said"] == "none has given a sign of life"


@pytest.mark.django_db
def test_a_worker_that_gave_a_sign_lately_is_well_until_it_is_silent_or_stops(client: Client) -> None:
    give_sign("w-1")
    assert said(client)[1]["worker"]["well"] is True
    Sign.objects.update(seen_at=timezone.now() - timedelta(seconds=61))
    assert said(client)[1]["worker"]["well"] is False
    give_sign("w-1")
    take_sign("w-1")
    assert said(client)[1]["worker"]["well"] is False


@pytest.mark.django_db
def test_signs_of_yesterday_are_forgotten() -> None:
    give_sign("w-1")
    Sign.objects.update(seen_at=timezone.now() - timedelta(days=2))
    give_sign("w-2")
    assert list(Sign.objects.values_list("worker", flat=True)) == ["w-2"]


@pytest.mark.django_db
def test_mail_that_waits_for_more_than_an_hour_is_named(client: Client) -> None:
    Message.objects.create(
        address="a@example.org", kind="welcome", language="en", due_at=timezone.now() - timedelta(hours=2)
    )
    assert said(client)[1]["mail"] == {"well": False, "vital": False}
    (found,) = [check for check in health.checks() if check.name == "mail"]
    assert found.said == "1 messages wait for more than an hour"


@pytest.mark.django_db
def test_a_site_whose_database_is_away_is_not_ready(client: Client) -> None:
    with patch.object(connection, "cursor", side_effect=OperationalError("host a@example.org is away")):
        answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == {"well": False, "vital": True}
    assert list(answer.json()["checks"]) == ["database", "disk"]


@pytest.mark.django_db
def test_a_missing_migration_makes_the_site_not_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'operations'")
    status, found = said(client)
    assert (status, found["migrations"]["well"]) == (503, False)


@pytest.mark.django_db
def test_a_full_disk_is_named_and_does_not_send_readers_away(client: Client) -> None:
    with patch.object(health, "LEAST_FREE_BYTES", 2**62):
        status, found = said(client)
    assert (status, found["disk"]["well"]) == (200, False)


@pytest.mark.django_db
def test_a_closed_site_is_not_ready(client: Client, tmp_path: Path, settings: object) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    close_site(timezone.now() + timedelta(minutes=5))
    answer = client.get("/ready")
    assert (answer.status_code, answer.json()["ready"], answer.json()["maintenance"]) == (503, False, True)
