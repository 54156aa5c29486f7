"""The pages of statistics: what they say of stored figures, their tables and pictures."""

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from actionlines.formats.factbook import read_factbook
from actionlines.measurement import Observation as LibraryObservation
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.indicators.actions import store_observations
from actionlines_web.indicators.models import ObservationBatch
from web.indicators.conftest import table

pytestmark = pytest.mark.django_db
Store = Callable[..., None]


@pytest.fixture
def figures(db: None) -> Store:
    """Stores lines 'ECONOMY SERIES YEAR VALUE [BREAKDOWN]'."""

    def stored(*lines: str, vintage: date = date(2024, 7, 1)) -> None:
        made = []
        for line in lines:
            economy, series, year, value, *rest = line.split()
            breakdown = rest[0] if rest else ""
            made.append(
                LibraryObservation(
                    *(economy, series, year, Decimal(value), "", "A", "An office", "", breakdown)
                )
            )
        store_observations(System(), made, vintage=vintage)

    return stored


@pytest.fixture
def factbook(db: None) -> None:
    """The demonstration's figures."""
    store_observations(System(), read_factbook(), demonstration=True)


def read(answer) -> list[dict[str, str]]:
    """The rows of a csv."""
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_list_shows_series_with_values_and_the_core_list_marks_codes(client: Client, figures: Store) -> None:
    figures("SEN i99H 2019 45")
    assert [one.code for one, _ in client.get("/indicators/").context["rows"]] == ["i99H"]
    core = client.get("/indicators/?list=core")
    assert len(core.context["rows"]) == 73
    assert "code not verified" in core.text


def test_series_page_ranks_the_latest_values_and_equal_ones_share_a_place(
    client: Client, figures: Store
) -> None:
    figures(
        "SEN i99H 2019 45", "SEN i99H 2020 50", "FRA i99H 2020 80", "KEN i99H 2019 50", "MLI i99H 2019 20"
    )
    rows = client.get("/indicators/i99H/").context["rows"]
    assert [(row.economy, row.period, share, place) for row, share, place in rows] == [
        ("FRA", "2020", 100, 1),
        ("KEN", "2019", 62, 2),
        ("SEN", "2020", 62, 2),
        ("MLI", "2019", 25, 4),
    ]


def test_series_page_as_known_on_a_day(client: Client, figures: Store) -> None:
    figures("SEN i99H 2019 45", vintage=date(2020, 7, 1))
    figures("SEN i99H 2019 46", vintage=date(2021, 7, 1))
    then = client.get("/indicators/i99H/?as_of=2020-12-31").context["rows"]
    assert [row.value for row, *_ in then] == [45]
    assert [row.value for row, *_ in client.get("/indicators/i99H/").context["rows"]] == [46]


def test_series_page_of_a_part_of_the_population(client: Client, figures: Store) -> None:
    figures("SEN i99H 2019 45", "SEN i99H 2019 40 sex=F")
    answer = client.get("/indicators/i99H/?breakdown=sex=F")
    assert [row.value for row, *_ in answer.context["rows"]] == [40]
    assert "Women" in answer.text


def test_group_that_stands_for_less_than_half_of_its_people_says_so(client: Client, figures: Store) -> None:
    figures("SEN SP.POP.TOTL 2020 17", "NGA SP.POP.TOTL 2020 200", "SEN i99H 2020 50")
    answer = client.get("/indicators/i99H/")
    groups = dict(answer.context["groups"])
    assert (groups["Africa"].value, groups["Africa"].sound) == (50, False)
    assert "stands for less than half of the population" in answer.text


def test_values_are_handed_out_as_csv(client: Client, figures: Store) -> None:
    figures("SEN i99H 2019 45", "SEN i99H 2019 40 sex=F", "FRA i99H 2020 80.25")
    rows = read(client.get("/indicators/i99H/values.csv"))
    assert [(row["economy"], row["breakdown"], row["value"], row["vintage"]) for row in rows] == [
        ("FRA", "", "80.25", "2024-07-01"),
        ("SEN", "", "45", "2024-07-01"),
        ("SEN", "sex=F", "40", "2024-07-01"),
    ]
    assert [row["economy"] for row in read(client.get("/indicators/i99H/values.csv?e=FRA&breakdown="))] == [
        "FRA"
    ]
    assert len(read(client.get("/indicators/economies/SEN/values.csv"))) == 2
    assert len(read(client.get("/indicators/series.csv"))) == 119


@pytest.mark.parametrize("address", ["i99H/map.svg", "i99H/trend.svg?e=SEN", "compare.svg?e=SEN&series=i99H"])
def test_picture_is_a_file_of_its_own(client: Client, figures: Store, address: str) -> None:
    figures("SEN i99H 2019 45", "SEN i99H 2020 50")
    answer = client.get(f"/indicators/{address}")
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert answer.text.startswith("<svg")
    assert "style=" not in answer.text


def test_history_shows_what_a_revision_changed(client: Client, figures: Store) -> None:
    figures("SEN i99H 2019 45", vintage=date(2020, 7, 1))
    figures("SEN i99H 2019 46.5", vintage=date(2021, 7, 1))
    rows = client.get("/indicators/i99H/economies/SEN/").context["rows"]
    assert [(row.value, change) for row, _, change, _ in rows] == [
        (Decimal("46.5"), Decimal("1.5")),
        (Decimal(45), None),
    ]


def test_profile_compares_with_region_income_and_groups(client: Client, figures: Store) -> None:
    figures(
        *("SEN SP.POP.TOTL 2020 100", "NGA SP.POP.TOTL 2020 300", "FRA SP.POP.TOTL 2020 100"),
        *("SEN i99H 2020 40", "NGA i99H 2020 60", "FRA i99H 2020 80"),
    )
    context = client.get("/indicators/economies/SEN/").context
    ((one, groups),) = context["places"]
    assert (one.rank, one.ranked) == (3, 3)
    assert [code for code, _ in context["compared"]] == ["WLD", "AFR", "LMC", "LDC"]
    assert [found.value for found in groups] == [60, 55, 55, 40]


def test_demonstration_makes_every_page_of_an_index(client: Client, factbook: None) -> None:
    scored = {name: number for name, *_, number in client.get("/indicators/indices/").context["rows"]}
    assert scored["uptake-demonstration"] == 216
    assert scored["idi-2017"] == 0
    answer = client.get("/indicators/indices/uptake-demonstration/")
    first = answer.context["rows"][0]
    assert first["economy"] == "MCO"
    assert first["low"] <= first["exact"] <= first["high"]
    assert len(read(client.get("/indicators/indices/uptake-demonstration/scores.csv"))) == 216
    assert client.get("/indicators/indices/uptake-demonstration/scores.svg").text.startswith("<svg")
    profile = client.get("/indicators/economies/SEN/").context
    assert (profile["index"], profile["score"]) == ("uptake-demonstration", 47.7)
    assert sum(one.possible for one in profile["gains"]) == pytest.approx(100 - 47.7, abs=0.1)


def test_scenario_of_an_address_moves_score_and_rank(client: Client, factbook: None) -> None:
    address = "/indicators/indices/uptake-demonstration/what-if/?economy=SEN"
    now = client.get(address).context
    assert now["now"] == now["then"]
    more = client.get(f"{address}&v.i99H=91").context
    assert more["then"]["score"] == pytest.approx(more["now"]["score"] + 5, abs=0.11)
    assert more["then"]["rank"] < more["now"]["rank"]
    assert more["then"]["worst"] < more["now"]["worst"]
    weighed = client.get(f"{address}&w.use=0").context
    assert weighed["then"]["score"] == 57.1
    read_back = client.get(f"{address}&v.i99H=91,5&v.i91=many&w.use=-1").context
    assert read_back["unread"] == ["many", "-1"]


def test_scenario_whose_weights_are_all_zero_is_answered(client: Client, factbook: None) -> None:
    answer = client.get("/indicators/indices/uptake-demonstration/what-if/?economy=SEN&w.use=0&w.access=0")
    assert answer.status_code == 200


def test_comparison_takes_six_economies_at_most(client: Client, figures: Store) -> None:
    codes = ["SEN", "FRA", "KEN", "MLI", "NGA", "CHN", "IND"]
    figures(*(f"{code} i99H 2020 {place}0" for place, code in enumerate(codes, 1)))
    asked = "&".join(f"e={code}" for code in ["XXX", *codes])
    context = client.get(f"/indicators/compare/?{asked}").context
    assert [code for code, _ in context["economies"]] == codes[:6]
    ((one, found),) = context["rows"]
    assert (one.code, [row.value for row in found]) == ("i99H", [10, 20, 30, 40, 50, 60])
    (row,) = read(client.get("/indicators/compare.csv?e=SEN&e=FRA"))
    assert (row["SEN"], row["SEN_year"], row["FRA"]) == ("10", "2020", "20")


def test_availability_counts_by_economy_and_custodian(client: Client, figures: Store) -> None:
    figures("SEN i99H 2020 40", "SEN i99H 2019 39", "SEN SE.ADT.LITR.ZS 2018 50", "FRA i99H 2021 80")
    context = client.get("/indicators/availability/").context
    known = {code: (one.values, len(one.economies)) for code, _, one, _ in context["custodians"] if one}
    assert known == {"ITU": (3, 2), "UIS": (1, 1)}
    assert [(code, counts, total) for code, _, counts, total in context["rows"]] == [
        ("FRA", [1, 0], 1),
        ("SEN", [1, 1], 2),
    ]
    assert read(client.get("/indicators/availability.csv"))[1]["values"] == "3"


def test_file_goes_through_the_pages_to_the_findings(office: Client, coordinator) -> None:
    given = {"source": "National office", "vintage": "2024-07-01"}
    rows = table("SEN,2020,IT_MOB_2GNTWK,90", "SEN,2020,IT_MOB_3GNTWK,95", "SEN,2021,i99H,<0.1")
    upload = io.BytesIO(rows)
    upload.name = "t.csv"
    page = office.post("/indicators/imports/", {"file": upload, **given}, follow=True)
    assert page.context["open_errors"] == 1
    assert "“&lt;0.1” is a bound, not a value." in page.text
    assert "IT_MOB_3GNTWK is 95.0, above IT_MOB_2GNTWK, which is 90.0." in page.text
    number = ObservationBatch.objects.get().pk
    assert "wait for an answer" in office.post(f"/indicators/imports/{number}/apply/", follow=True).text
    finding = page.context["findings"][0]["finding"].pk
    answer = {"kind": "confirm", "reason": "Two operators."}
    assert (
        "The answer was kept."
        in office.post(f"/indicators/findings/{finding}/answer/", answer, follow=True).text
    )
    assert "2 values were stored." in office.post(f"/indicators/imports/{number}/apply/", follow=True).text
    assert office.post(f"/indicators/findings/{finding}/sign-off/").status_code == 403
    office.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    office.post(f"/indicators/findings/{finding}/sign-off/")
    page = Client().get("/indicators/findings/?economy=SEN")
    assert "Two operators." in page.text
    assert "Signed off" in page.text


def test_findings_of_one_rule_are_confirmed_on_the_page_and_the_file_is_discarded(office: Client) -> None:
    lines = [f"SEN,{year},IT_MOB_{part}GNTWK,{80 + part}" for year in (2019, 2020) for part in (2, 3)]
    upload = io.BytesIO(table(*lines))
    upload.name = "t.csv"
    office.post("/indicators/imports/", {"file": upload, "source": "Office", "vintage": "2024-07-01"})
    number = ObservationBatch.objects.get().pk
    said = {"rule": "3g-above-2g", "reason": ""}
    path = f"/indicators/imports/{number}/"
    assert "2 findings were confirmed." not in office.post(f"{path}confirm/", said, follow=True).text
    said["reason"] = "Known."
    assert "2 findings were confirmed." in office.post(f"{path}confirm/", said, follow=True).text
    assert "The import was discarded" in office.post(f"{path}discard/", follow=True).text
    assert "was already decided" in office.post(f"{path}discard/", follow=True).text
    assert ObservationBatch.objects.get().state == "discarded"


def test_staged_file_of_another_office_is_read_and_not_decided(office: Client) -> None:
    upload = io.BytesIO(table("SEN,2021,i99H,58"))
    upload.name = "t.csv"
    office.post("/indicators/imports/", {"file": upload, "source": "Office", "vintage": "2024-07-01"})
    path = f"/indicators/imports/{ObservationBatch.objects.get().pk}/"
    neighbour = User.objects.create_user("neighbour@example.org")
    RoleGrant.objects.create(user=neighbour, role=RoleGrant.Role.STATISTICIAN, scope="GMB")
    office.force_login(neighbour, backend="django.contrib.auth.backends.ModelBackend")
    page = office.get(path)
    assert (page.status_code, "Discard the import" in page.text) == (200, False)
    assert office.get(f"{path}mapping/").status_code == 403
    assert {office.post(f"{path}{step}/").status_code for step in ("apply", "discard")} == {403}


def test_table_nobody_knows_is_explained_on_a_page(office: Client) -> None:
    upload = io.BytesIO("Pays;Annee;Chiffre\nSénégal;2020;45,5\n".encode())
    upload.name = "t.csv"
    page = office.post(
        "/indicators/imports/", {"file": upload, "source": "Office", "vintage": "2024-07-01"}, follow=True
    )
    assert "The layout of this table is not known." in page.text
    number = ObservationBatch.objects.get().pk
    assert office.get(f"/indicators/imports/{number}/mapping/").status_code == 200
    said = {"layout": "long", "header": "1", "economy_column": "0", "period_column": "1", "value_column": "2"}
    for row in ("first", "9"):
        wrong = office.post(f"/indicators/imports/{number}/mapping/", {**said, "header": row})
        assert (wrong.status_code, "header" in wrong.context["form"].errors) == (422, True)
    wrong = office.post(f"/indicators/imports/{number}/mapping/", said)
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["series_column"])
    page = office.post(f"/indicators/imports/{number}/mapping/", {**said, "series": "i99H"}, follow=True)
    assert [row[:5] for row in page.context["rows"]] == [("i99H", "SEN", "2020", "", "45.5")]


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"PK\x03\x04broken"])
def test_file_that_is_no_table_gets_a_message(office: Client, data: bytes) -> None:
    upload = io.BytesIO(data)
    upload.name = "t.csv"
    page = office.post("/indicators/imports/", {"file": upload, "source": "Office", "vintage": "2024-07-01"})
    assert page.status_code == 422
    assert not ObservationBatch.objects.exists()
