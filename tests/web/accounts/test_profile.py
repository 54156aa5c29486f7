"""One's own account: what the site knows, and the time zone and language it keeps to."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone, translation

from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.outbox.actions import queue_message
from actionlines_web.ui.templatetags.actionlines import moment

pytestmark = pytest.mark.django_db
PROFILE = {"name": "Ada Example", "language": "fr", "time_zone": "Asia/Kathmandu"}


@pytest.fixture
def desk(person: User, client: Client) -> Client:
    """Ada's browser."""
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_change_is_stored_and_the_trail_names_fields_not_values(desk: Client, person: User) -> None:
    assert desk.post("/account/", PROFILE).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.language, person.time_zone) == tuple(PROFILE.values())
    record = Record.objects.get()
    assert (record.verb, record.detail) == ("change", {"fields": ["name", "language", "time_zone"]})
    desk.post("/account/", PROFILE)
    assert Record.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"name": ""}, {"language": "de"}, {"time_zone": "Mars/Base"}])
def test_a_value_that_cannot_be_is_refused(desk: Client, person: User, wrong: dict[str, str]) -> None:
    assert desk.post("/account/", {**PROFILE, **wrong}).status_code == 422
    person.refresh_from_db()
    assert person.name == ""


def test_a_moment_is_told_in_the_active_zone_which_it_names() -> None:
    with timezone.override("Asia/Kathmandu"), translation.override("en"):
        said = moment(datetime(2026, 11, 24, 20, 30, tzinfo=UTC))
    assert said == "25 November 2026, \u206602:15 UTC+05:45\u2069"
    with translation.override("en"):
        assert moment(datetime(2026, 11, 24, 20, 30, tzinfo=UTC)) == "24 November 2026, \u206620:30 UTC\u2069"


def test_a_page_tells_times_in_the_zone_of_who_reads_it(client: Client, coordinator: User) -> None:
    queue_message(coordinator, coordinator, "unknown-account", {"address": "https://example.org/"})
    User.objects.filter(pk=coordinator.pk).update(time_zone="Asia/Kathmandu")
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    assert "UTC+05:45" in client.get("/audit/").text


def test_an_unknown_zone_falls_back_to_utc(desk: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(time_zone="Nowhere/Gone")
    assert desk.get("/about/").status_code == 200


def test_the_page_shows_only_what_is_ones_own(desk: Client, coordinator: User) -> None:
    page = desk.get("/account/").text
    assert "ada@example.org" in page
    assert coordinator.email not in page
