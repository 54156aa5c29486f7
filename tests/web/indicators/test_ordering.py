"""Large files and downloads are read and stored by the worker, all or none, and say how far they are."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from actionlines.problems import InputError
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.audit.queries import records_of
from actionlines_web.indicators.actions import (
    Given,
    answer_finding,
    apply_batch,
    discard_batch,
    order_download,
    order_mapping,
    order_reading,
    order_storing,
    ordering,
    stage_batch,
)
from actionlines_web.indicators.models import Layout, Observation, ObservationBatch
from actionlines_web.indicators.reading import Mapping
from actionlines_web.jobs.queries import status_of
from actionlines_web.jobs.worker import JobWorker
from answering import Reply, Source, listening
from web.indicators.conftest import table

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN = Given("National office", date(2024, 7, 1), "WPP 2024")
COVERAGE = table("SEN,2020,IT_MOB_2GNTWK,90", "SEN,2020,IT_MOB_3GNTWK,95", "SEN,2021,i99H,58")


@pytest.fixture
def source(settings: Settings, tmp_path: Path) -> Iterator[Source]:
    """A server in the place of every source."""
    with listening() as server:
        settings.STATISTICS_SOURCES = dict.fromkeys(("wdi", "un-sdg", "itu"), server.origin)
        settings.DOWNLOADS_DIR = tmp_path / "downloads"
        yield server


def work() -> None:
    JobWorker().work(until_empty=True)


def itu(*values: tuple[int, float]) -> Reply:
    rows = [{"code": "i99H", "dataYear": year, "answer": [{"value": value}]} for year, value in values]
    return Reply(body=json.dumps(rows).encode())


def test_ordered_file_is_staged_by_the_worker_as_it_is_at_once(statistician: User) -> None:
    at_once = stage_batch(statistician, COVERAGE, "t.csv", GIVEN)
    batch = order_reading(statistician, COVERAGE, "t.csv", GIVEN)
    assert (batch.state, status_of(batch).state, batch.rows) == ("reading", "waiting", [])
    work()
    batch.refresh_from_db()
    assert (batch.state, bytes(batch.content)) == ("staged", b"")
    for name in ("rows", "cells", "mapping", "counts", "problems", "source", "vintage", "population"):
        assert getattr(batch, name) == getattr(at_once, name)
    assert [one.rule for one in batch.findings.all()] == ["3g-above-2g"]
    assert [record.verb for record in records_of(batch)] == ["stage", "order"]
    status = status_of(batch)
    assert (status.state, status.phase) == ("done", "checking")


def test_ordered_file_that_cannot_be_read_says_why(statistician: User) -> None:
    batch = order_reading(statistician, b"PK\x03\x04broken", "t.xlsx", GIVEN)
    work()
    batch.refresh_from_db()
    assert (batch.state, bytes(batch.content), len(batch.problems)) == ("unreadable", b"", 1)
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert [record.verb for record in records_of(batch)] == ["give up", "order"]


def test_file_discarded_before_the_worker_comes_is_not_read(statistician: User) -> None:
    batch = order_reading(statistician, COVERAGE, "t.csv", GIVEN)
    discard_batch(statistician, batch.pk)
    work()
    batch.refresh_from_db()
    assert (batch.state, batch.rows, bytes(batch.content)) == ("discarded", [], b"")


def test_file_discarded_while_the_worker_reads_it_stays_discarded(
    statistician: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = order_reading(statistician, COVERAGE, "t.csv", GIVEN)
    read = ordering.read_table

    def reading(*given: object, **named: object) -> object:
        discard_batch(statistician, batch.pk)
        return read(*given, **named)

    monkeypatch.setattr(ordering, "read_table", reading)
    work()
    batch.refresh_from_db()
    assert (batch.state, batch.rows, batch.findings.count()) == ("discarded", [], 0)


def test_file_is_stored_by_the_worker_once_its_errors_are_answered(statistician: User) -> None:
    batch = stage_batch(statistician, COVERAGE, "t.csv", GIVEN)
    with pytest.raises(InputError, match="1 findings that cannot be true wait for an answer"):
        order_storing(statistician, batch.pk)
    answer_finding(statistician, batch.findings.get().pk, "confirm", "Known.")
    order_storing(statistician, batch.pk)
    assert not Observation.objects.exists()
    for decide in (order_storing, apply_batch, discard_batch):
        with pytest.raises(ValueError, match="is ordered"):
            decide(statistician, batch.pk)
    work()
    batch.refresh_from_db()
    status = status_of(batch)
    assert (batch.state, Observation.objects.count()) == ("applied", 3)
    assert (status.state, status.phase, status.done, status.total) == ("done", "storing", 3, 3)
    assert [record.verb for record in records_of(batch)] == ["apply", "order", "stage"]


def test_file_whose_job_failed_is_stored_again_or_discarded(
    statistician: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = stage_batch(statistician, table("SEN,2021,i99H,58"), "t.csv", GIVEN)

    def fail(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(ordering, "apply_batch", fail)
        order_storing(statistician, batch.pk)
        work()
    assert (status_of(batch).state, Observation.objects.count()) == ("failed", 0)
    order_storing(statistician, batch.pk)
    work()
    assert Observation.objects.get().value == Decimal(58)


def test_large_table_is_read_another_way_by_the_worker(statistician: User) -> None:
    data = b"Pays;An;Valeur\nSenegal;2020;58\nSenegal;2021;60\n"
    batch = stage_batch(statistician, data, "t.csv", GIVEN)
    assert batch.mapping == {}
    mapping = Mapping("long", 1, {"economy": 0, "period": 1, "value": 2}, series="i99H")
    order_mapping(statistician, batch.pk, mapping)
    work()
    batch.refresh_from_db()
    assert (batch.state, [row[4] for row in batch.rows]) == ("staged", ["58", "60"])
    assert Layout.objects.count() == 1


def test_download_is_staged_and_stored_as_a_file_is(statistician: User, source: Source) -> None:
    source.answer = lambda _: itu((2020, 58.4), (2021, 61), (1990, 0))
    batch = order_download(statistician, "itu", ["i99H"], Given("ITU Data Hub", date(2026, 1, 1)), ["SEN"])
    work()
    batch.refresh_from_db()
    assert (batch.state, batch.file_name, len(batch.rows)) == ("staged", "ITU Data Hub: i99H", 2)
    assert [path for path, _ in source.asked] == ["/v2/data/bycode/11624/byiso/SEN"]
    apply_batch(statistician, batch.pk)
    row = Observation.objects.get(period="2020")
    assert (row.value, row.source, row.vintage) == (Decimal("58.4"), "ITU", date(2026, 1, 1))


def test_download_that_fails_says_why(statistician: User, source: Source) -> None:
    source.answer = lambda _: Reply(403)
    batch = order_download(statistician, "itu", ["i99H"], GIVEN, ["SEN"])
    work()
    batch.refresh_from_db()
    assert (batch.state, batch.problems[0]["values"]["status"]) == ("unreadable", 403)


@pytest.mark.parametrize(
    ("code", "series", "economies", "said"),
    [
        ("nowhere", ["i99H"], ["SEN"], "is not a source"),
        ("wdi", [], ["SEN"], "choose one to 20 series"),
        ("wdi", ["i99H"] * 21, ["SEN"], "choose one to 20 series"),
        ("wdi", ["B1"], ["SEN"], "does not answer for B1"),
        ("wdi", ["i99H"], ["FRA"], "economies you report for"),
        ("wdi", ["i99H"], [], "economies you report for"),
    ],
)
def test_what_cannot_be_downloaded_is_refused_before_it_is_ordered(
    statistician: User, source: Source, code: str, series: list[str], economies: list[str], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        order_download(statistician, code, series, GIVEN, economies)
    assert not ObservationBatch.objects.exists()


def test_source_that_is_switched_off_is_no_source(statistician: User, settings: Settings) -> None:
    settings.STATISTICS_SOURCES = {"wdi": None, "un-sdg": "", "itu": ""}
    with pytest.raises(InputError, match="is not a source"):
        order_download(statistician, "wdi", ["i99H"], GIVEN, ["SEN"])


def test_only_statisticians_order(db: None) -> None:
    somebody = User.objects.create_user("somebody@example.org", name="S")
    with pytest.raises(PermissionDenied):
        order_reading(somebody, COVERAGE, "t.csv", GIVEN)
    with pytest.raises(PermissionDenied):
        order_download(somebody, "wdi", ["i99H"], GIVEN, ["SEN"])


def test_upload_of_a_large_file_shows_its_progress(
    office: Client, statistician: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    monkeypatch.setattr("actionlines_web.indicators.pages.imports.BYTES_AT_ONCE", 10)
    monkeypatch.setattr(ordering, "ROWS_AT_ONCE", 1)
    rows = table("SEN,2020,i99H,55", "SEN,2021,i99H,58")
    given = {"file": SimpleUploadedFile("t.csv", rows), "source": "Office", "vintage": "2024-07-01"}
    page = office.post("/indicators/imports/", given)
    batch = ObservationBatch.objects.get()
    assert page.url == f"/indicators/imports/{batch.pk}/"
    waiting = office.get(page.url).content.decode()
    assert "This file is being read" in waiting
    assert f'hx-get="/indicators/imports/{batch.pk}/progress/"' in waiting
    progress = office.get(f"{page.url}progress/")
    assert ("Waiting for the worker" in progress.content.decode(), "HX-Refresh" in progress.headers) == (
        True,
        False,
    )
    work()
    assert office.get(f"{page.url}progress/").headers["HX-Refresh"] == "true"
    assert "What this import would do" in office.get(page.url).content.decode()
    assert office.post(f"{page.url}apply/").status_code == 302
    assert "This file is being stored" in office.get(page.url).content.decode()
    work()
    assert Observation.objects.count() == 2
    assert "What this import did" in office.get(page.url).content.decode()


def test_statistician_orders_a_download_on_the_page(office: Client, source: Source) -> None:
    source.answer = lambda _: itu((2020, 58.4))
    page = office.get("/indicators/imports/download/").content.decode()
    assert ('value="i99H"' in page, 'value="B1"' in page, '<option value="FRA"' in page) == (
        True,
        False,
        False,
    )
    given = {
        "source": "itu",
        "series": ["i99H"],
        "economy": "SEN",
        "first": 2000,
        "last": 2024,
        "vintage": "2026-01-01",
    }
    backwards = office.post("/indicators/imports/download/", {**given, "first": 2025})
    assert (backwards.status_code, "It is before the first year." in backwards.content.decode()) == (
        422,
        True,
    )
    other = office.post("/indicators/imports/download/", {**given, "series": ["i271mw"], "source": "wdi"})
    assert (other.status_code, "does not answer for" in other.content.decode()) == (422, True)
    done = office.post("/indicators/imports/download/", given)
    batch = ObservationBatch.objects.get()
    assert (done.url, batch.wanted["economies"], batch.source) == (
        *(f"/indicators/imports/{batch.pk}/", ["SEN"], "ITU Data Hub"),
    )


def test_who_reports_for_all_chooses_any_economy(client: Client, source: Source) -> None:
    agency = User.objects.create_user("agency@example.org", name="A")
    RoleGrant.objects.create(user=agency, role=RoleGrant.Role.STATISTICIAN, scope="")
    client.force_login(agency, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/indicators/imports/download/").content.decode()
    assert ('<option value=""' in page, '<option value="FRA"' in page) == (True, True)


def test_site_without_sources_has_no_page_for_them(office: Client, settings: Settings) -> None:
    settings.STATISTICS_SOURCES = dict.fromkeys(("wdi", "un-sdg", "itu"))
    assert office.get("/indicators/imports/download/").status_code == 404
    assert "/indicators/imports/download/" not in office.get("/indicators/imports/").content.decode()


def test_sdmx_of_another_office_is_staged(statistician: User) -> None:
    data = (
        b"DATAFLOW,FREQ,SERIES,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE\r\n"
        b"IAEG-SDGs:DF_SDG_GLH(1.8),A,IT_USE_II99,686,F,2020,51\r\n"
    )
    batch = stage_batch(statistician, data, "t.csv", GIVEN)
    assert [row[:5] for row in batch.rows] == [["i99H", "SEN", "2020", "sex=F", "51"]]
    assert batch.mapping["house"] == "SDMX"
