"""Files of entries made by a worker: for their owner, whole or not there, removed in time."""

import errno
import os
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from actionlines.problems import InputError
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import addresses_of
from actionlines_web.audit.models import Record
from actionlines_web.jobs.queries import status_of
from actionlines_web.jobs.running import running
from actionlines_web.jobs.worker import JobWorker
from actionlines_web.outbox.models import Message
from actionlines_web.privacy.actions import erase_account
from actionlines_web.stocktaking.actions import delete_export, exporting, order_export, remove_old_exports
from actionlines_web.stocktaking.exports import FORMATS, Format
from actionlines_web.stocktaking.exports.kept import path_of
from actionlines_web.stocktaking.models import Entry, ExportFile
from actionlines_web.stocktaking.queries import EntryQuery, ExportedEntry
from actionlines_web.stocktaking.queries.belongings import held_about
from web.conftest import an_entry
from web.stocktaking.test_exports import identifiers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test, and a worker that keeps the connection of the test's transaction open."""
    for module in ("actionlines_web.jobs.worker", "django_tasks_db.management.commands.db_worker"):
        monkeypatch.setattr(f"{module}.close_old_connections", lambda: None)
    monkeypatch.setattr(settings, "EXPORTS_DIR", tmp_path / "exports")
    return tmp_path / "exports"


@pytest.fixture
def desk(client: Client, visitor: User) -> Client:
    """The browser of somebody who has signed in."""
    client.force_login(visitor, backend="django.contrib.auth.backends.ModelBackend")
    return client


def work() -> None:
    """Do what is queued."""
    JobWorker().work(until_empty=True)


@pytest.mark.parametrize("form", FORMATS)
def test_the_file_of_any_format_is_what_the_page_sends(
    store: Callable[..., None], desk: Client, form: str
) -> None:
    store([an_entry(f"e-{number}", year=2020 + number % 2, country="KEN") for number in range(5)])
    desk.post("/fr/entries/export/?year_from=2021", {"form": form})
    made = ExportFile.objects.get()
    assert (made.params, made.language, made.made_at) == ({"year_from": "2021"}, "fr", None)
    assert desk.get(f"/exports/{made.key}/").status_code == 404
    work()
    answer = desk.get(f"/exports/{made.key}/")
    content = b"".join(answer.streaming_content)
    assert identifiers(form, content) == ["e-3", "e-1"]
    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        FORMATS[form].media_type,
        "private, no-store",
    )
    made.refresh_from_db()
    assert (made.entries, made.size) == (2, len(content))
    if form == "csv":
        sent = b"".join(desk.get("/fr/entries/export.csv?year_from=2021").streaming_content)
        assert content == sent.replace(b"http://testserver", b"https://register.example.org")


def test_its_owner_gets_a_message_and_sees_it_among_the_files(
    store: Callable[..., None], desk: Client, visitor: User
) -> None:
    store([an_entry("a"), an_entry("b")])
    desk.post("/entries/export/", {"form": "csv"})
    page = desk.get("/exports/").content.decode()
    key = ExportFile.objects.get().key
    assert "Waiting for the worker" in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert "HX-Refresh" not in desk.get(f"/exports/{key}/progress/").headers
    work()
    assert desk.get(f"/exports/{key}/progress/").headers["HX-Refresh"] == "true"
    page = desk.get("/exports/").content.decode()
    assert f'href="/exports/{key}/" download' in page
    assert "<noscript>" not in page
    message = Message.objects.get()
    name = f"entries-{timezone.now():%Y-%m-%d}.csv"
    assert (message.address, message.subject) == ("visitor@example.org", f"Your file {name} is ready")


def test_a_file_is_not_there_for_anybody_else(
    store: Callable[..., None], visitor: User, coordinator: User, client: Client
) -> None:
    store([an_entry("a")])
    made = order_export(visitor, "csv", EntryQuery())
    work()
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    paths = [f"/exports/{made.key}/", f"/exports/{made.key}/progress/"]
    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert client.post(f"/exports/{made.key}/delete/").status_code == 404
    assert made.key not in client.get("/exports/").content.decode()
    assert path_of(made).exists()


def test_asking_again_for_what_is_being_made_makes_it_once(store: Callable[..., None], visitor: User) -> None:
    first = order_export(visitor, "csv", EntryQuery(line="C2"))
    assert order_export(visitor, "csv", EntryQuery(line="C2")) == first
    with override("fr"):
        assert order_export(visitor, "csv", EntryQuery(line="C2")) != first
    assert order_export(visitor, "jsonl", EntryQuery(line="C2")) != first
    assert ExportFile.objects.count() == 3
    work()
    assert order_export(visitor, "csv", EntryQuery(line="C2")) != first


def test_somebody_has_so_many_files_and_no_more(desk: Client, visitor: User) -> None:
    for year in range(2000, 2000 + exporting.MOST):
        order_export(visitor, "csv", EntryQuery(year_from=year))
    answer = desk.post("/entries/export/", {"form": "csv"})
    assert answer.status_code == 422
    assert "You have 10 files already." in answer.content.decode()
    assert ExportFile.objects.count() == exporting.MOST
    desk.post(f"/exports/{ExportFile.objects.first().key}/delete/")
    assert desk.post("/entries/export/", {"form": "csv"}).status_code == 302


@pytest.mark.parametrize("address", ["?line=C99", "?contry=FRA"])
def test_a_filter_that_cannot_be_used_is_refused(desk: Client, address: str) -> None:
    assert desk.post(f"/entries/export/{address}", {"form": "csv"}).status_code == 422
    assert ExportFile.objects.count() == 0


def test_more_entries_than_the_format_holds_are_refused(
    store: Callable[..., None], visitor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    store([an_entry("a"), an_entry("b")])
    monkeypatch.setitem(FORMATS, "xlsx", replace(FORMATS["xlsx"], most=1))
    with pytest.raises(InputError, match="More entries pass"):
        order_export(visitor, "xlsx", EntryQuery())


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_full_disk_leaves_nothing_and_the_owner_may_try_again(
    store: Callable[..., None],
    desk: Client,
    visitor: User,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:
    store([an_entry("a")])
    made = order_export(visitor, form, EntryQuery())

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("actionlines_web.stocktaking.actions.exporting.os.fsync", full)
        work()
    assert (status_of(made).state, list(place.iterdir()), Message.objects.count()) == ("failed", [], 0)
    assert "Try again" in desk.get("/exports/").content.decode()
    assert order_export(visitor, form, EntryQuery()) == made
    work()
    made.refresh_from_db()
    assert (status_of(made).state, made.entries, list(place.iterdir())) == ("done", 1, [path_of(made)])


def test_an_error_in_the_middle_leaves_nothing(
    store: Callable[..., None], visitor: User, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store([an_entry("a")])
    made = order_export(visitor, "csv", EntryQuery())

    def breaking(self: Format, query: EntryQuery, most: int | None = None) -> Iterator[list[ExportedEntry]]:
        yield [ExportedEntry.of(Entry.objects.get(), query.tier)]
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(Format, "read", breaking)
    work()
    made.refresh_from_db()
    assert (status_of(made).state, made.made_at, list(place.iterdir())) == ("failed", None, [])


def test_a_file_given_up_while_it_is_made_is_not_kept(
    store: Callable[..., None],
    visitor: User,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    store([an_entry("a")])
    made = order_export(visitor, "csv", EntryQuery())
    publish = exporting._publish

    def late(*arguments: Any) -> None:
        delete_export(visitor, made.key)
        publish(*arguments)

    monkeypatch.setattr(exporting, "_publish", late)
    with django_capture_on_commit_callbacks(execute=True):
        work()
    assert (ExportFile.objects.count(), list(place.iterdir()), Message.objects.count()) == (0, [], 0)


def test_an_interrupted_worker_leaves_nothing_and_the_file_waits(
    store: Callable[..., None], visitor: User, place: Path
) -> None:
    store([an_entry("a")])
    made = order_export(visitor, "csv", EntryQuery())
    running.stopping.set()
    work()
    assert (status_of(made).state, list(place.iterdir())) == ("waiting", [])
    running.stopping.clear()
    work()
    assert status_of(made).state == "done"


def test_progress_counts_the_entries(store: Callable[..., None], visitor: User) -> None:
    store([an_entry("a"), an_entry("b")])
    made = order_export(visitor, "csv", EntryQuery())
    work()
    status = status_of(made)
    assert (status.phase, status.done, status.total) == ("writing", 2, 2)


def test_files_go_when_their_days_are_over(
    store: Callable[..., None],
    visitor: User,
    place: Path,
    django_capture_on_commit_callbacks: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store([an_entry("a")])
    old, new, waiting = (order_export(visitor, form, EntryQuery()) for form in ("csv", "jsonl", "jsonld"))
    work()
    long_ago = timezone.now() - timedelta(days=settings.EXPORT_DAYS, minutes=1)
    ExportFile.objects.filter(pk=old.pk).update(ordered_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("remove_exports")
    assert capsys.readouterr().out == "1 removed\n"
    assert set(ExportFile.objects.all()) == {new, waiting}
    assert {path.name for path in place.iterdir()} == {path_of(new).name, path_of(waiting).name}
    record = Record.objects.order_by("sequence").last()
    assert (record.verb, record.object_id, record.actor_label) == (
        "delete",
        str(old.pk),
        str(System("worker")),
    )


def test_a_file_still_waiting_for_a_worker_is_not_removed(visitor: User) -> None:
    order_export(visitor, "csv", EntryQuery())
    ExportFile.objects.update(ordered_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert remove_old_exports() == 0


def test_what_nobody_knows_is_swept_away_after_a_day(visitor: User, place: Path) -> None:
    made = order_export(visitor, "csv", EntryQuery())
    work()
    (place / "fresh.part").write_text("being written")
    (place / "stale.part").write_text("left behind")
    long_ago = time.time() - exporting.PART_SECONDS - 60
    os.utime(place / "stale.part", (long_ago, long_ago))
    os.utime(path_of(made), (long_ago, long_ago))
    remove_old_exports()
    assert {path.name for path in place.iterdir()} == {path_of(made).name, "fresh.part"}


def test_the_files_are_handed_out_and_erased_with_the_account(
    store: Callable[..., None], visitor: User, place: Path, django_capture_on_commit_callbacks: Any
) -> None:
    store([an_entry("a")])
    order_export(visitor, "csv", EntryQuery(line="C2"))
    work()
    (held,) = held_about(visitor, addresses_of(visitor))["files_made"]
    assert (held["form"], held["params"], held["entries"]) == ("csv", {"line": "C2"}, 0)
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(visitor)
    assert (ExportFile.objects.count(), list(place.iterdir())) == (0, [])


def test_only_a_long_list_offers_it_and_only_to_who_has_signed_in(
    store: Callable[..., None], desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    store([an_entry("a"), an_entry("b", year=2020)])
    assert "Have the file made" not in desk.get("/entries/").content.decode()
    monkeypatch.setattr("actionlines_web.stocktaking.pages.browse.LARGE", 1)
    page = desk.get("/entries/").content.decode()
    assert 'action="/entries/export/"' in page
    assert "Have the file made" not in desk.get("/entries/?year_from=2020").content.decode()
    visitor_page = Client().get("/entries/").content.decode()
    assert ("Have the file made" in visitor_page, "Sign in to have it made" in visitor_page) == (False, True)


@pytest.mark.parametrize("form", FORMATS)
def test_memory_does_not_grow_with_the_entries(
    visitor: User, place: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    empty: dict[str, Any] = dict.fromkeys(ExportedEntry._fields, "")
    entry = ExportedEntry(
        **{**empty, "identifier": "a", "title": "Title", "status": "entry", "year": 0, "key": 1}
        | {"created_at": moment, "changed_at": moment, "links": [], "translations": ()}
    )
    number = 0

    def endless(self: Format, query: EntryQuery, most: int | None = None) -> Iterator[list[ExportedEntry]]:
        for chunk in range(number):
            yield [entry._replace(description=f"{chunk} {row} " + "x" * 1_000) for row in range(100)]

    monkeypatch.setattr(Format, "read", endless)
    peaks = []
    for number in (2, 4, 40):  # the first warms what is read once
        made = ExportFile.objects.create(key=f"k{number}", owner=visitor, form=form, language="en")
        tracemalloc.start()
        exporting.make_export.func(export_id=made.pk)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert path_of(made).stat().st_size > 100_000
    # Ten times the rows, 4 MB more of text: nothing of it stays.
    assert peaks[2] - peaks[1] < 1_000_000
