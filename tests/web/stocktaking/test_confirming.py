"""Is it still true? Who is asked when and how often, who may answer, and what the lists say."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from actionlines.stocktaking.freshness import FRESHNESS, freshness
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.jobs.chores import HOUR, hourly
from actionlines_web.organisations.models import Membership
from actionlines_web.outbox.models import Message
from actionlines_web.stocktaking.actions import (
    archive_entry,
    confirm_entry,
    rebuild_postings,
    remind_due,
    store_entries,
)
from actionlines_web.stocktaking.actions.confirming import token_of
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.queries import EntryQuery, entry_page
from web.conftest import an_entry
from web.stocktaking.test_submissions import member, moderator, person, published

__all__ = ["moderator"]  # the fixture


@pytest.fixture
def owner(db: None) -> User:
    """Somebody with an entry in the register."""
    return person("owner")


@pytest.fixture
def entry(owner: User, moderator: User) -> Entry:
    """The owner's entry, confirmed on the leap day of 2024."""
    found = published(owner, moderator)
    Entry.objects.filter(pk=found.pk).update(confirmed_on=date(2024, 2, 29))
    Message.objects.all().delete()
    found.refresh_from_db()
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("today", "asked"),
    [("2025-02-28", 0), ("2025-03-01", 1), ("2026-02-28", 1), ("2026-03-01", 1)],
)
def test_an_owner_is_asked_from_the_anniversary_on(entry: Entry, today: str, asked: int) -> None:
    assert remind_due(date.fromisoformat(today)) == asked
    assert [message.kind for message in Message.objects.all()] == ["still-true"] * asked


@pytest.mark.django_db
def test_an_owner_is_asked_once_a_year_however_often_the_command_runs(entry: Entry) -> None:
    days = ["2025-03-01", "2025-03-01", "2025-12-24", "2026-02-28", "2026-03-01", "2026-03-02", "2027-03-01"]
    assert [remind_due(date.fromisoformat(day)) for day in days] == [1, 0, 0, 0, 1, 0, 1]


@pytest.mark.django_db
def test_an_entry_that_was_confirmed_is_left_alone_for_a_year(entry: Entry, owner: User) -> None:
    confirm_entry(owner, entry)
    today = timezone.now().date()
    assert remind_due(today) == 0
    assert remind_due(today + timedelta(days=366)) == 1


@pytest.mark.django_db
def test_nobody_is_asked_about_archived_entries_demonstrations_or_entries_nobody_owns(entry: Entry) -> None:
    archive_entry(System(), entry, "A reason")
    store_entries(System(), [an_entry("nobodys")])
    store_entries(System(), [an_entry("shown", organisation="Ministry of Health")], demonstration=True)
    member(person("manager"))
    Entry.objects.update(confirmed_on=date(2020, 1, 1))
    assert remind_due(date(2026, 1, 1)) == 0


@pytest.mark.django_db
def test_the_managers_of_the_organisation_are_asked_else_its_members(db: None) -> None:
    store_entries(System(), [an_entry("a", organisation="Ministry of Health")])
    Entry.objects.update(confirmed_on=date(2024, 1, 1))
    one, two = person("one"), person("two")
    organisation = member(one)
    member(two)
    assert remind_due(date(2025, 1, 1)) == 2
    Membership.objects.filter(user=two, organisation=organisation).update(role="manager")
    assert remind_due(date(2026, 1, 1)) == 1
    assert Message.objects.order_by("pk").last().recipient == two


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_comes_in_the_owners_language_and_its_link_is_enough(
    entry: Entry, owner: User, client: Client, language: str
) -> None:
    owner.language = "zh-hans" if language == "zh" else language
    owner.save()
    remind_due(date(2025, 3, 1))
    message = Message.objects.get()
    assert message.language == language
    path = message.values["address"].removeprefix("https://register.example.org")
    assert client.get(path).status_code == 200
    entry.refresh_from_db()
    assert entry.confirmed_on == date(2024, 2, 29)
    assert client.post(path).status_code == 200
    entry.refresh_from_db()
    assert entry.confirmed_on == timezone.now().date()
    record = Record.objects.filter(verb="confirm").get()
    assert (record.actor_id, record.object_id) == (owner.pk, str(entry.pk))


@pytest.mark.django_db
def test_a_link_serves_nobody_else_and_nothing_else(entry: Entry, owner: User, client: Client) -> None:
    stranger = person("stranger")
    token = token_of(owner, entry)
    for useless in (token[:-2] + "xx", token_of(stranger, entry)):
        assert client.post(f"/confirm/{useless}/").status_code == 404
    archive_entry(System(), entry, "A reason")
    assert client.post(f"/confirm/{token}/").status_code == 404
    assert not Record.objects.filter(verb="confirm").exists()


@pytest.mark.django_db
def test_a_stranger_confirms_nothing_and_a_second_click_is_not_recorded(entry: Entry, owner: User) -> None:
    with pytest.raises(PermissionDenied):
        confirm_entry(person("stranger"), entry)
    confirm_entry(owner, entry)
    confirm_entry(owner, entry)
    assert Record.objects.filter(verb="confirm").count() == 1


@pytest.mark.django_db
def test_the_filter_agrees_with_the_library_for_every_day(store) -> None:
    today = timezone.now().date()
    days = [today - timedelta(days=number) for number in (0, 1, 364, 365, 366, 367, 729, 730, 731, 732, 2000)]
    store([an_entry(str(number)) for number in range(len(days) + 1)])
    rows = list(Entry.objects.order_by("pk"))
    for row, day in zip(rows, [*days, None], strict=True):
        Entry.objects.filter(pk=row.pk).update(confirmed_on=day)
    rebuild_postings()
    expected: dict[str, set[str]] = {level: set() for level in FRESHNESS}
    for row in Entry.objects.all():
        expected[freshness(row.confirmed_on, today)].add(row.identifier)
    found = {
        level: {entry.identifier for entry in entry_page(EntryQuery(freshness=level), size=50).entries}
        for level in FRESHNESS
    }
    assert found == expected
    assert [problem.column for problem in EntryQuery.from_params({"freshness": "stale"}).problems] == [
        "freshness"
    ]


@pytest.mark.django_db
def test_the_light_says_it_in_words(entry: Entry, owner: User, client: Client) -> None:
    assert "Not confirmed for two years" in client.get(f"/entries/{entry.identifier}/").content.decode()
    assert "Not confirmed for two years" in client.get("/entries/").content.decode()
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(f"/entries/{entry.identifier}/confirm/", follow=True)
    assert "Confirmed within a year" in answer.content.decode()
    assert "Confirmed within a year" in client.get("/submissions/").content.decode()


@pytest.mark.django_db
def test_the_command_reckons_from_the_day_it_is_told(
    entry: Entry, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("remind", "--today", "2025-03-01")
    assert capsys.readouterr().out == "1 reminders were queued.\n"
    with pytest.raises(CommandError, match="expected a day"):
        call_command("remind", "--today", "soon")


def test_an_hourly_chore_waits_its_hour() -> None:
    done: list[float] = []
    times = iter([0.0, 1.0, HOUR - 1, HOUR, HOUR + 1])
    chore = hourly(lambda: done.append(1), clock=lambda: next(times))
    for _ in range(5):
        chore()
    assert len(done) == 2
