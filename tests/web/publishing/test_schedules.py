"""Reports that begin by themselves: on their day, once, with the day of the month kept."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.publishing.actions import Asked, make_scheduled, schedule_report, set_schedule
from actionlines_web.publishing.actions.schedules import next_day
from actionlines_web.publishing.models import Report, Schedule
from web.publishing.conftest import made

pytestmark = pytest.mark.django_db
ASKED = Asked("Quarterly", "contribution", ["en"], {"country": "KEN"}, ["press@example.org"])


def test_a_scheduled_report_begins_on_its_day_once(coordinator: User, entries: None) -> None:
    schedule = schedule_report(coordinator, ASKED, "quarter", date(2100, 1, 31))
    assert make_scheduled(date(2100, 1, 30)) == 0
    assert [make_scheduled(date(2100, 1, 31)) for _ in range(2)] == [1, 0]
    report = Report.objects.get()
    assert (report.title, report.owner, report.params) == (
        "Quarterly, 2100-01-31",
        coordinator,
        {"country": "KEN"},
    )
    assert (report.recipients, report.schedule) == (["press@example.org"], schedule)
    assert made(report).entries == 2
    schedule.refresh_from_db()
    assert schedule.next_on == date(2100, 4, 30)


def test_a_schedule_that_slept_begins_one_report(coordinator: User, entries: None) -> None:
    schedule = schedule_report(coordinator, ASKED, "month", date(2100, 1, 1))
    set_schedule(coordinator, schedule.pk, "pause")
    assert make_scheduled(date(2100, 5, 2)) == 0
    set_schedule(coordinator, schedule.pk, "resume")
    assert make_scheduled(date(2100, 5, 2)) == 1
    schedule.refresh_from_db()
    assert schedule.next_on == date(2100, 6, 1)
    set_schedule(coordinator, schedule.pk, "delete")
    assert (Schedule.objects.count(), Report.objects.get().schedule) == (0, None)


@pytest.mark.parametrize(
    ("first", "after", "months", "wanted"),
    [
        (date(2024, 1, 31), date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 1, 31), date(2024, 2, 29), 1, date(2024, 3, 31)),
        (date(2023, 11, 30), date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 2, 29), date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), date(2027, 2, 28), 12, date(2028, 2, 29)),
        (date(2024, 12, 15), date(2024, 12, 15), 1, date(2025, 1, 15)),
    ],
)
def test_the_day_of_the_month_is_kept(first: date, after: date, months: int, wanted: date) -> None:
    assert next_day(first, after, months) == wanted


def test_only_coordinators_schedule(facilitator: User) -> None:
    with pytest.raises(PermissionDenied):
        schedule_report(facilitator, ASKED, "month", date(2100, 1, 1))


@pytest.mark.parametrize(("every", "first"), [("day", date(2100, 1, 1)), ("month", date(2020, 1, 1))])
def test_a_schedule_needs_a_known_period_and_a_day_to_come(
    coordinator: User, every: str, first: date
) -> None:
    with pytest.raises(InputError):
        schedule_report(coordinator, ASKED, every, first)
