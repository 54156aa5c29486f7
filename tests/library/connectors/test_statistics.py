"""Answers of the shape the sources give become tables that are read as every other; what differs is named."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from actionlines.connectors import SOURCES, Client, Wanted, download
from actionlines.connectors.statistics import source_codes
from actionlines.formats.statistics import read_mapped, recognise
from actionlines.measurement import series_by_code
from actionlines.problems import InputError, Problem
from answering import Reply, Source

Download = Callable[..., tuple[list[tuple[Any, ...]], list[Problem]]]


def as_json(value: object) -> Reply:
    return Reply(body=json.dumps(value).encode(), headers={"Content-Type": "application/json"})


@pytest.fixture
def downloaded(source: Source, tmp_path: Path) -> Download:
    """Downloads from the server of the test, and reads the table."""

    def run(code: str, wanted: Wanted, report: Any = lambda *_: None) -> Any:
        client = Client([source.origin], tmp_path, pause=0.0, attempts=1)
        grid, problems = download(replace(SOURCES[code], address=source.origin), client, wanted, report)
        mapping = recognise(grid)
        assert mapping is not None
        found = read_mapped(grid, mapping)
        rows = [
            (one.economy, one.series, one.period, one.value, one.flag, one.breakdown, one.source, one.note)
            for one in found.observations
        ]
        return rows, [*problems, *found.problems]

    return run


def wdi_value(iso3: str, year: str, value: object, country: str = "X", status: str = "") -> dict[str, object]:
    return {
        "indicator": {"id": "IT.NET.USER.ZS", "value": "Individuals using the Internet (% of population)"},
        "country": {"id": "X", "value": country},
        "countryiso3code": iso3,
        "date": year,
        "value": value,
        "unit": "",
        "obs_status": status,
        "decimal": 0,
    }


def test_every_page_of_the_world_bank_is_read(source: Source, downloaded: Download) -> None:
    pages = {
        "1": [wdi_value("SEN", "2020", 58.40000000000001, status="E"), wdi_value("SEN", "2019", None)],
        "2": [wdi_value("FRA", "2020", 84), wdi_value("AFE", "2020", 30.5, "Africa Eastern and Southern")],
    }

    def answer(path: str) -> Reply:
        page = parse_qs(urlsplit(path).query)["page"][0]
        return as_json([{"page": int(page), "pages": 2, "per_page": 2, "total": 4}, pages[page]])

    source.answer = answer
    rows, problems = downloaded("wdi", Wanted(("i99H",), first=2019, last=2020))
    words = "World Development Indicators"
    assert rows == [
        ("SEN", "i99H", "2020", Decimal("58.40000000000001"), "E", "", words, ""),
        ("FRA", "i99H", "2020", Decimal(84), "A", "", words, ""),
    ]
    assert [(one.values["said"], one.severity) for one in problems] == [("AFE", "warning")]
    asked = urlsplit(source.asked[0][0])
    assert (asked.path, parse_qs(asked.query)["date"]) == (
        "/v2/country/all/indicator/IT.NET.USER.ZS",
        ["2019:2020"],
    )


def test_world_bank_is_asked_for_the_economies_that_are_wanted(source: Source, downloaded: Download) -> None:
    source.answer = lambda _: as_json([{"page": 1, "pages": 1}, [wdi_value("SEN", "2020", 1)]])
    downloaded("wdi", Wanted(("i99H",), ("SEN", "FRA")))
    assert source.asked[0][0].startswith("/v2/country/SEN;FRA/indicator/")


def test_refusal_of_the_world_bank_is_told_and_the_other_series_read(
    source: Source, downloaded: Download
) -> None:
    message = [{"message": [{"id": "120", "key": "Invalid value", "value": "The indicator was not found."}]}]
    good = [{"page": 1, "pages": 1}, [wdi_value("SEN", "2020", 1)]]
    source.answer = lambda path: as_json(good if "USER" in path else message)
    rows, problems = downloaded("wdi", Wanted(("i911", "i99H")))
    assert len(rows) == 1
    assert [str(one) for one in problems] == [
        "World Development Indicators: i911: the source says “The indicator was not found.”."
    ]


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>busy</html>",
        b"[]",
        b"{}",
        b'[{"page": 1}, []]',
        b'[{"pages": "x"}, []]',
        b'[{"pages": 1}, [{"value": 1}]]',
        b'[{"pages": 1}, [1]]',
        b"null",
        b"[" * 100_000,
    ],
)
@pytest.mark.parametrize("code", ["wdi", "un-sdg"])
def test_answer_of_another_shape_is_named(
    source: Source, downloaded: Download, code: str, answer: bytes
) -> None:
    source.answer = lambda _: Reply(body=answer)
    with pytest.raises(InputError, match="does not answer as it should"):
        downloaded(code, Wanted(("i99H",)))


def sdg_value(area: str, year: float, value: str, **more: Any) -> dict[str, Any]:
    return {
        "goal": ["17"],
        "target": ["17.8"],
        "indicator": ["17.8.1"],
        "series": "IT_USE_ii99",
        "seriesDescription": "Internet users per 100 inhabitants",
        "seriesCount": "2",
        "geoAreaCode": area,
        "geoAreaName": "X",
        "timePeriodStart": year,
        "value": value,
        "valueType": "Float",
        "source": None,
        "footnotes": [],
        "attributes": {"Nature": "C", "Units": "PERCENT"},
        "dimensions": {"Reporting Type": "G", "Sex": "BOTHSEX", "Age": "ALLAGE", "Location": "ALLAREA"},
        **more,
    }


def test_every_page_of_the_sdg_database_is_read_with_its_parts(source: Source, downloaded: Download) -> None:
    parts = {"Reporting Type": "G", "Sex": "FEMALE", "Location": "RURAL", "Type of skill": "EMAIL"}
    pages = {
        "1": [
            sdg_value("686", 2020.0, "58.4", source="ITU estimate", footnotes=["Of the agency."]),
            sdg_value("686", 1999.0, "1"),
        ],
        "2": [
            sdg_value("4", 2020.0, "17.6", dimensions=parts, attributes={"Nature": "E"}),
            sdg_value("4", 2021.0, "NaN"),
            sdg_value("1", 2021.0, "60"),
            sdg_value("686", 2021.0, "<1"),
        ],
    }

    def answer(path: str) -> Reply:
        page = parse_qs(urlsplit(path).query)["page"][0]
        return as_json(
            {"size": 2, "totalElements": 6, "totalPages": 2, "pageNumber": int(page), "data": pages[page]}
        )

    source.answer = answer
    rows, problems = downloaded("un-sdg", Wanted(("i99H",), first=2000))
    assert rows == [
        ("SEN", "i99H", "2020", Decimal("58.4"), "A", "", "ITU estimate", "Of the agency."),
        ("AFG", "i99H", "2020", Decimal("17.6"), "E", "area=R;sex=F;skill=EMAIL", "UN SDG database", ""),
    ]
    assert [one.values["said"] for one in problems] == ["<1", "001"]


def test_sdg_database_is_asked_by_numbers_of_areas(source: Source, downloaded: Download) -> None:
    source.answer = lambda _: as_json({"totalPages": 1, "data": [sdg_value("4", 2020, "1")]})
    downloaded("un-sdg", Wanted(("i99H",), ("AFG", "SEN")))
    assert parse_qs(urlsplit(source.asked[0][0]).query)["areaCode"] == ["4", "686"]


def itu_value(year: int, value: object, **more: Any) -> dict[str, Any]:
    return {"code": "i99H", "codeID": 11624, "dataYear": year, "answer": [{"value": value}], **more}


def test_each_economy_is_asked_of_the_data_hub(source: Source, downloaded: Download) -> None:
    answers = {
        "SEN": [itu_value(2020, 58.4, dataSource="ITU estimate"), itu_value(2021, None), itu_value(1990, 0)],
        "FRA": [itu_value(2020, 84.1, dataSource="Insee", dataNote="Aged 15 and over")],
        "KOR": [],
    }
    source.answer = lambda path: as_json(answers[path.rpartition("/")[2]])
    told: list[tuple[str, int, int]] = []
    rows, problems = downloaded(
        "itu", Wanted(("i99H",), ("SEN", "FRA", "KOR")), lambda *given: told.append(given)
    )
    assert rows == [
        ("SEN", "i99H", "2020", Decimal("58.4"), "E", "", "ITU estimate", ""),
        ("FRA", "i99H", "2020", Decimal("84.1"), "A", "", "Insee", "Aged 15 and over"),
    ]
    assert problems == []
    assert [path for path, _ in source.asked] == [
        f"/v2/data/bycode/11624/byiso/{economy}" for economy in ("SEN", "FRA", "KOR")
    ]
    assert (told[0], told[-1]) == (("downloading", 0, 3), ("downloading", 3, 3))


def test_values_of_another_series_than_was_asked_for_are_left_out_and_told_once(
    source: Source, downloaded: Download
) -> None:
    other = [itu_value(2020, 1, code="i271"), itu_value(2021, 2, code="i271"), itu_value(2022, 3)]
    source.answer = lambda _: as_json(other)
    rows, problems = downloaded("itu", Wanted(("i99H",), ("SEN",)))
    assert [row[2] for row in rows] == ["2022"]
    assert [str(one) for one in problems] == [
        "ITU Data Hub: i99H: the source answers with i271, which is left out."
    ]


def test_series_a_source_does_not_have_is_refused_before_anything_is_asked(
    source: Source, downloaded: Download
) -> None:
    with pytest.raises(InputError, match="World Development Indicators does not answer for B1, ED1"):
        downloaded("wdi", Wanted(("B1", "i99H", "ED1")))
    with pytest.raises(InputError, match="does not answer for –"):
        downloaded("wdi", Wanted(()))
    assert source.asked == []


def test_source_without_figures_says_so(source: Source, downloaded: Download) -> None:
    source.answer = lambda _: as_json([])
    with pytest.raises(InputError, match="ITU Data Hub has no figures of what was asked for"):
        downloaded("itu", Wanted(("i99H",), ("SEN",)))


def test_download_that_was_stopped_goes_on_where_it_stopped(source: Source, downloaded: Download) -> None:
    class Stop(BaseException):
        pass

    def stop(phase: str, done: int, total: int) -> None:
        if done == 2:
            raise Stop

    source.answer = lambda _: as_json([itu_value(2020, 1)])
    wanted = Wanted(("i99H",), ("SEN", "FRA", "KOR"))
    with pytest.raises(Stop):
        downloaded("itu", wanted, stop)
    assert len(source.asked) == 2
    rows, _ = downloaded("itu", wanted)
    assert (len(rows), len(source.asked)) == (3, 3)


def test_codes_name_series_of_the_catalogue_under_names_it_knows() -> None:
    known = series_by_code()
    for code, names in source_codes().items():
        assert code in SOURCES
        for series, name in names.items():
            if code != "itu":
                assert name.code in {series, *known[series].names}
