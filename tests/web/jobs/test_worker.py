"""Work that outlives a request: done once, lost never, half never."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from actionlines_web.accounts.models import User
from actionlines_web.jobs.actions import take_up_lost
from actionlines_web.jobs.models import Job
from actionlines_web.jobs.queries import status_of
from actionlines_web.jobs.running import Interrupted, report, running
from actionlines_web.jobs.worker import JobWorker
from actionlines_web.outbox.models import Message
from actionlines_web.stocktaking.actions import apply_import, discard_import, order_import, stage_import
from actionlines_web.stocktaking.models import Entry, ImportBatch

HEADER = "id,title,description,year"


def staged(actor: User, rows: int = 3) -> ImportBatch:
    """A staged import."""
    lines = [f"p-{number},Project {number},Nothing of note.,2020" for number in range(rows)]
    return stage_import(actor, "\n".join([HEADER, *lines, ""]).encode(), "entries.csv")


@pytest.fixture
def desk(client: Client, coordinator: User) -> Client:
    """A coordinator's browser."""
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(autouse=True)
def a_fresh_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker keeps the connection that holds the test's transaction open."""
    for module in ("actionlines_web.jobs.worker", "django_tasks_db.management.commands.db_worker"):
        monkeypatch.setattr(f"{module}.close_old_connections", lambda: None)


@pytest.mark.django_db
def test_an_ordered_import_is_applied_by_the_worker_and_its_owner_told(coordinator: User) -> None:
    batch = staged(coordinator)
    order_import(coordinator, batch.pk)
    assert (Entry.objects.count(), status_of(batch).state) == (0, "waiting")
    JobWorker().work(until_empty=True)
    batch.refresh_from_db()
    status = status_of(batch)
    assert (Entry.objects.count(), batch.state) == (3, "applied")
    assert (status.state, status.phase, status.done, status.total) == ("done", "storing", 3, 3)
    message = Message.objects.get()
    assert (message.address, message.subject) == (
        "coordinator@example.org",
        "The import of entries.csv is finished",
    )


@pytest.mark.django_db
def test_an_ordered_import_is_not_decided_twice(coordinator: User) -> None:
    batch = staged(coordinator)
    order_import(coordinator, batch.pk)
    for decide in (order_import, discard_import):
        with pytest.raises(ValueError, match="is ordered"):
            decide(coordinator, batch.pk)
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_a_failed_job_stores_nothing_and_may_be_ordered_again(
    coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = staged(coordinator)
    order_import(coordinator, batch.pk)
    with monkeypatch.context() as patch:

        def fail(*_: object) -> None:
            raise RuntimeError("the disk is full")

        patch.setattr("actionlines_web.stocktaking.actions.entries.write_postings", fail)
        JobWorker().work(until_empty=True)
    assert (Entry.objects.count(), status_of(batch).state) == (0, "failed")
    order_import(coordinator, batch.pk)
    JobWorker().work(until_empty=True)
    assert (Entry.objects.count(), status_of(batch).state) == (3, "done")


@pytest.mark.django_db
def test_an_interrupted_job_stores_nothing_and_waits_again(coordinator: User) -> None:
    batch = staged(coordinator)
    order_import(coordinator, batch.pk)
    running.stopping.set()
    JobWorker().work(until_empty=True)
    assert (Entry.objects.count(), status_of(batch).state) == (0, "waiting")
    running.stopping.clear()
    JobWorker().work(until_empty=True)
    assert (Entry.objects.count(), status_of(batch).state) == (3, "done")


def test_a_report_stops_the_task_of_a_worker_that_stops() -> None:
    report("aligning", 1, 2)
    assert (running.phase, running.done, running.total) == ("aligning", 1, 2)
    running.stopping.set()
    with pytest.raises(Interrupted):
        report("aligning", 2, 2)


@pytest.mark.django_db
def test_a_job_run_again_after_its_work_is_done_changes_nothing(coordinator: User) -> None:
    batch = staged(coordinator)
    order_import(coordinator, batch.pk)
    JobWorker().work(until_empty=True)
    DBTaskResult.objects.update(status="READY")
    JobWorker().work(until_empty=True)
    assert (Entry.objects.count(), Message.objects.count(), status_of(batch).state) == (3, 1, "done")


@pytest.mark.django_db
def test_a_lost_job_is_taken_up_again_but_not_for_ever(coordinator: User) -> None:
    batch = staged(coordinator)
    order_import(coordinator, batch.pk)
    long_ago = timezone.now() - timedelta(minutes=5)
    DBTaskResult.objects.update(status="RUNNING", started_at=long_ago, worker_ids=["a"])
    Job.objects.update(beat_at=timezone.now())
    assert (take_up_lost(), status_of(batch).state) == (0, "running")
    Job.objects.update(beat_at=long_ago)
    assert (take_up_lost(), status_of(batch).state) == (1, "waiting")
    DBTaskResult.objects.update(status="RUNNING", started_at=long_ago, worker_ids=["a", "b", "c"])
    assert (take_up_lost(), status_of(batch).state) == (0, "failed")


@pytest.mark.django_db
def test_a_long_file_is_applied_in_the_background_and_its_page_shows_how_far(
    desk: Client, coordinator: User
) -> None:
    batch = staged(coordinator, 501)
    desk.post(f"/imports/{batch.pk}/apply/")
    page = desk.get(f"/imports/{batch.pk}/").content.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert f'hx-get="/imports/{batch.pk}/progress/"' in page
    Job.objects.update(phase="aligning", done=1, total=501)
    DBTaskResult.objects.update(status="RUNNING")
    part = desk.get(f"/imports/{batch.pk}/progress/")
    assert '<progress aria-labelledby="job-title" value="1" max="501">' in part.content.decode()
    assert "HX-Refresh" not in part.headers
    DBTaskResult.objects.update(status="READY")
    call_command("work", "--until-empty")
    assert Entry.objects.count() == 501
    assert desk.get(f"/imports/{batch.pk}/progress/").headers["HX-Refresh"] == "true"
    assert "<noscript>" not in desk.get(f"/imports/{batch.pk}/").content.decode()


@pytest.mark.django_db
def test_a_short_file_is_applied_at_once(desk: Client, coordinator: User) -> None:
    batch = staged(coordinator, 500)
    desk.post(f"/imports/{batch.pk}/apply/")
    assert (Entry.objects.count(), Job.objects.count()) == (500, 0)


@pytest.mark.django_db
@override_settings(JOB_LEASE_SECONDS=15)
def test_a_reader_learns_that_no_worker_lives(desk: Client, coordinator: User) -> None:
    batch = staged(coordinator)
    order_import(coordinator, batch.pk)
    assert status_of(batch).worked
    Job.objects.update(ordered_at=timezone.now() - timedelta(minutes=2))
    assert not status_of(batch).worked


@pytest.mark.django_db
def test_applying_at_once_reports_to_nobody(coordinator: User) -> None:
    stored = apply_import(coordinator, staged(coordinator).pk)
    assert (len(stored.created), Message.objects.count()) == (3, 0)
