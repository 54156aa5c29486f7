"""Exports: the entries of the list and no others, codes and names, and never a file that looks whole and is not."""

import csv
import io
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path

import pytest
from django.test import Client, override_settings
from lxml import etree
from python_calamine import CalamineWorkbook

from actionlines.formats.demonstration import demonstration_entries
from actionlines.formats.iati import read_activities, read_entries
from actionlines.stocktaking import LONG_TEXTS
from actionlines_web.stocktaking.exports import FORMATS, iati
from actionlines_web.stocktaking.exports.table import COLUMNS
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.queries import EntryQuery, exported
from actionlines_web.stocktaking.queries import rows as rows_module
from web.conftest import an_entry
from web.stocktaking.full_entry import FULL

FORMS = ("csv", "xlsx", "jsonl", "jsonld", "iati")
ATOM = "{http://www.w3.org/2005/Atom}"


def body(client: Client, path: str, params: dict[str, str] | None = None) -> bytes:
    """The whole answer of a download."""
    answer = client.get(path, params or {})
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def table(content: bytes) -> list[dict[str, str]]:
    """The rows of a csv export."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def identifiers(form: str, content: bytes) -> list[str]:
    """The entries of an export in any format, in its order."""
    match form:
        case "csv":
            return [row["id"] for row in table(content)]
        case "xlsx":
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
            return [str(row[0]) for row in sheet.to_python()[1:]]
        case "jsonl":
            return [json.loads(line)["id"] for line in content.decode().splitlines()]
        case "iati":
            return [activity.kept["id"] for activity in read_activities(content).activities]
        case _:
            return [item["identifier"] for item in json.loads(content)["@graph"]]


@pytest.fixture
def demonstration(store: Callable[..., None]) -> None:
    store(demonstration_entries())


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "params", [{}, {"goal": "9", "basis": "declared"}, {"q": "school"}, {"year_from": "2014", "line": "C3"}]
)
def test_a_file_holds_the_entries_of_the_list(
    demonstration: None, client: Client, form: str, params: dict[str, str]
) -> None:
    passing = EntryQuery.from_params(params).apply(Entry.objects.order_by("-pk"))
    wanted = list(passing.values_list("identifier", flat=True))
    assert wanted
    assert identifiers(form, body(client, f"/entries/export.{form}", params)) == wanted


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_a_list_without_entries_is_a_whole_empty_file(client: Client, form: str) -> None:
    assert identifiers(form, body(client, f"/entries/export.{form}")) == []


@pytest.mark.django_db
def test_a_row_carries_codes_and_names_in_the_readers_language(store, client: Client) -> None:
    store([replace(FULL, id="a/1", lines=("C7-HEA",))])
    (row,) = table(body(client, "/fr/entries/export.csv", {"basis": "declared"}))
    assert tuple(row) == COLUMNS
    assert row == {
        "id": "a/1",
        "title": "Village kiosks",
        "description": "Nothing of note.",
        "organisation": "Ministry of Works",
        "stakeholder_type": "government",
        "stakeholder_type_name": "Gouvernement",
        "partners": "Bureau, Nairobi; Union of Postmen",
        "country_iso3": "KEN",
        "country": "Kenya",
        "further_countries_iso3": "UGA; RWA",
        "further_countries": "Ouganda; Rwanda",
        "region": "AFR",
        "region_name": "Afrique",
        "coverage": "regional",
        "coverage_name": row["coverage_name"],
        "year": "2023",
        "start": "2023-02-01",
        "end": "2024-11-30",
        "stage": "completed",
        "stage_name": row["stage_name"],
        "status": "entry",
        "status_name": row["status_name"],
        "lines": "C7; C7-HEA",
        "line_titles": row["line_titles"],
        "goals": "9",
        "goal_titles": row["goal_titles"],
        "targets": "9.c",
        "target_titles": row["target_titles"],
        "basis": "C7=declared; C7-HEA=declared; 9=declared; 9.c=declared",
        "probability": "C7=1; C7-HEA=1; 9=1; 9.c=1",
        "directions": "C7=advances; C7-HEA=advances; 9=advances; 9.c=advances",
        "setbacks": "",
        "beneficiaries": "Market women.",
        "results": "Queues became short.\n\nPeople came back.",
        "technology": "Solar panels.",
        "replicability": "Plans are free.",
        "sustainability": "Fees pay the keepers.",
        "values": "Solidarity.",
        "challenges": "Dust.",
        "financing": "A loan.",
        "figures": "Kiosks opened: 412 (2024); Visits: 1,200 a day",
        "website": "https://kiosks.example",
        "source": "Yearbook, page 7",
        "language": "en",
        "demonstration": "0",
        "address": "http://testserver/entries/a%2F1/",
    }
    assert len(row["line_titles"].split("; ")) == 2


@pytest.mark.django_db
def test_json_lines_carry_every_field_and_the_translations(store, client: Client) -> None:
    store([FULL])
    (line,) = body(client, "/entries/export.jsonl", {"basis": "declared"}).decode().splitlines()
    record = json.loads(line)
    assert {name: record[name] for name in (*LONG_TEXTS, "figures", "partners")} == {
        **{name: getattr(FULL, name) for name in LONG_TEXTS},
        "figures": list(FULL.figures),
        "partners": list(FULL.partners),
    }
    assert record["countries"] == [{"code": "UGA", "name": "Uganda"}, {"code": "RWA", "name": "Rwanda"}]
    assert (record["coverage"], record["stage"]) == (
        {"code": "regional", "name": "Regional"},
        {"code": "completed", "name": "Completed"},
    )
    assert record["translations"] == [
        {
            "language": "fr",
            "title": "Kiosques de village",
            "description": "Rien de notable.",
            "made_by": "human",
        },
        {"language": "zh", "title": "乡村信息亭", "description": "", "made_by": "machine"},
    ]


@pytest.mark.django_db
def test_json_ld_tells_countries_partners_results_and_translations(store, client: Client) -> None:
    store([FULL])
    (project,) = json.loads(body(client, "/entries/export.jsonld", {"basis": "declared"}))["@graph"]
    assert [place["identifier"] for place in project["areaServed"]] == ["KEN", "UGA", "RWA"]
    assert [member["name"] for member in project["member"]] == list(FULL.partners)
    told = {
        (item["propertyID"], item.get("name")): item["value"]
        for item in project["additionalProperty"]
        if "measurementTechnique" not in item
    }
    assert told["stage", None] == "completed"
    assert told["challenges", None] == {"@value": "Dust.", "@language": "en"}
    assert told["figures", "Kiosks opened"] == "412 (2024)"
    assert project["subjectOf"]["workTranslation"] == [
        {
            "@type": "CreativeWork",
            "inLanguage": "fr",
            "name": {"@value": "Kiosques de village", "@language": "fr"},
            "description": {"@value": "Rien de notable.", "@language": "fr"},
            "creditText": "human",
        },
        {
            "@type": "CreativeWork",
            "inLanguage": "zh",
            "name": {"@value": "乡村信息亭", "@language": "zh"},
            "creditText": "machine",
        },
    ]


@pytest.mark.django_db
def test_entries_far_apart_are_read_by_name_and_near_ones_as_a_stretch(store) -> None:
    store([an_entry(f"e{number}", year=2020 + number % 8 // 7) for number in range(24)])
    query = EntryQuery.from_params({"year_from": "2021"})
    found = [entry.identifier for chunk in exported(query) for entry in chunk]
    assert found == ["e23", "e15", "e7"]
    near = [entry.identifier for chunk in exported(EntryQuery(year_to=2020)) for entry in chunk]
    assert near == [f"e{number}" for number in range(23, -1, -1) if number % 8 != 7]


def test_the_iati_file_is_valid_and_comes_back_as_the_same_entries(
    demonstration: None, client: Client
) -> None:
    answer = client.get("/entries/export.iati", {"basis": "declared"})
    assert answer["Content-Disposition"].endswith('.xml"')
    content = b"".join(answer.streaming_content)
    schema = Path(__file__).parents[2] / "library/formats/iati/schema/iati-activities-schema.xsd"
    etree.XMLSchema(etree.parse(schema)).assertValid(etree.fromstring(content))
    found = {entry.id: entry for entry in read_entries(content).entries}
    assert len(found) == 70
    first = demonstration_entries()[0]
    assert (found[first.id].title, found[first.id].country, found[first.id].lines) == (
        *(first.title, first.country),
        first.lines,
    )
    with override_settings(IATI_PUBLISHER="XM-DAC-47043", IATI_PUBLISHER_NAME="Our office"):
        (one, *_) = read_activities(body(client, "/entries/export.iati")).activities
    assert (one.reporter.ref, one.reporter.names[0][1], one.reporter.secondary) == (
        *("XM-DAC-47043", "Our office"),
        True,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_a_text(store, client: Client, form: str) -> None:
    store([an_entry("a", title="=HYPERLINK(1)", organisation="@SUM(1)")])
    content = body(client, f"/entries/export.{form}")
    if form == "csv":
        row = list(table(content)[0].values())
    else:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        row = [str(cell) for cell in sheet.to_python()[1]]
    assert (row[1], row[3]) == ("'=HYPERLINK(1)", "'@SUM(1)")


@pytest.mark.django_db
def test_json_ld_names_targets_by_the_addresses_of_the_united_nations(store, client: Client) -> None:
    store([an_entry("a", lines=("C2",), targets=("9.c",), country="KEN")])
    (project,) = json.loads(body(client, "/entries/export.jsonld", {"basis": "declared"}))["@graph"]
    assert [subject["@id"] for subject in project["subjects"]] == [
        "http://testserver/frameworks/wsis/C2/",
        "http://metadata.un.org/sdg/9",
        "http://metadata.un.org/sdg/9.c",
    ]
    assert project["@type"] == "Project"
    assert project["name"] == {"@value": "Entry a", "@language": "en"}
    assert project["subjectOf"]["@id"] == "http://testserver/entries/a/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("params", "named"),
    [({"line": "C99"}, "line"), ({"contry": "FRA"}, "contry"), ({"year_from": "soon"}, "year_from")],
)
@pytest.mark.parametrize("path", ["/entries/export.csv", "/entries/feed.atom"])
def test_a_parameter_that_cannot_be_used_is_refused_by_name(
    client: Client, path: str, params: dict[str, str], named: str
) -> None:
    answer = client.get(path, params)
    assert (answer.status_code, answer.content.decode().split(":")[0]) == (422, named)


@pytest.mark.django_db
def test_more_entries_than_a_workbook_holds_are_refused_before_the_file_begins(
    store, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    store([an_entry("a"), an_entry("b")])
    monkeypatch.setitem(FORMATS, "xlsx", replace(FORMATS["xlsx"], most=1))
    answer = client.get("/entries/export.xlsx")
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8")


@pytest.mark.django_db
def test_an_unknown_format_is_not_found(client: Client) -> None:
    assert client.get("/entries/export.odt").status_code == 404


@pytest.mark.django_db
def test_reading_in_blocks_gives_each_entry_once(store, monkeypatch: pytest.MonkeyPatch) -> None:
    store([an_entry(f"e{number:02}", year=2000 + number % 3) for number in range(23)])
    monkeypatch.setattr(rows_module, "BLOCK", 7)
    monkeypatch.setattr(rows_module, "CHUNK", 3)
    found = [entry.identifier for chunk in exported(EntryQuery()) for entry in chunk]
    assert found == [f"e{number:02}" for number in range(22, -1, -1)]
    most = [entry.identifier for chunk in exported(EntryQuery(), most=8) for entry in chunk]
    assert most == found[:8]


@pytest.mark.django_db
def test_entries_written_while_a_file_is_read_neither_come_twice_nor_push_others_out(
    store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store([an_entry(f"e{number}", year=2020) for number in range(6)])
    monkeypatch.setattr(rows_module, "BLOCK", 2)
    reading = exported(EntryQuery())
    found = [entry.identifier for entry in next(reading)]
    store([an_entry("new", year=2026), an_entry("e5", year=1999), an_entry("e0", year=2026)])
    found += [entry.identifier for chunk in reading for entry in chunk]
    assert found == ["e5", "e4", "e3", "e2", "e1", "e0"]


@pytest.mark.django_db
def test_the_number_of_questions_to_the_database_does_not_grow_with_the_rows(
    demonstration: None, client: Client, django_assert_num_queries
) -> None:
    with django_assert_num_queries(3):
        body(client, "/entries/export.csv")
    with django_assert_num_queries(5):  # the translations and which are told as stories
        body(client, "/entries/export.jsonl")


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "jsonl", "jsonld", "iati"])
def test_an_error_in_the_middle_is_raised_and_not_swallowed(
    store, client: Client, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    store([an_entry(f"e{number}") for number in range(9)])
    monkeypatch.setattr(rows_module, "CHUNK", 2)
    monkeypatch.setattr(iati, "_ACTIVITIES_OF_A_PART", 2)
    load = rows_module._loaded
    calls: list[int] = []

    def failing(keys: list[int], tier: int, **wanted: bool) -> list[rows_module.ExportedEntry]:
        calls.append(len(keys))
        if len(calls) == 4:
            raise RuntimeError("the disk is gone")
        return load(keys, tier, **wanted)

    monkeypatch.setattr(rows_module, "_loaded", failing)
    parts = client.get(f"/entries/export.{form}").streaming_content
    with pytest.raises(RuntimeError, match="the disk is gone"):
        list(parts)


def test_the_server_breaks_the_connection_when_an_export_fails(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "ACTIONLINES_DATA_DIR": str(tmp_path)}
    environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "2"]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen([*command, "failing_export:application"], env=environment, stderr=log)
    try:
        # A busy machine is no fault: the server and its first page may take a while.
        with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
            for _ in range(600):
                try:
                    connection.request("GET", "/entries/export.csv")
                    break
                except OSError:
                    connection.close()
                    time.sleep(0.1)
            answer = connection.getresponse()
            assert answer.status == 200
            with pytest.raises(IncompleteRead) as broken:
                answer.read()
            assert broken.value.partial.startswith(b"\xef\xbb\xbfid,title,")
    finally:
        server.terminate()
        server.wait(60)


@pytest.mark.django_db
def test_the_feed_shows_the_newest_entries_of_a_filter_and_is_sent_once(store, client: Client) -> None:
    store(
        [an_entry("a", lines=("C2",)), an_entry("b"), an_entry("c", lines=("C2",), organisation="Org & Co")]
    )
    answer = client.get("/entries/feed.atom", {"line": "C2"})
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(answer.content)
    assert [item.findtext(f"{ATOM}id") for item in feed.iter(f"{ATOM}entry")] == [
        "http://testserver/entries/c/",
        "http://testserver/entries/a/",
    ]
    assert [item.get("term") for item in feed.iter(f"{ATOM}category")] == ["C2", "C2"]
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        "alternate": "http://testserver/entries/?line=C2",
        "self": "http://testserver/entries/feed.atom?line=C2",
    }
    assert feed.findtext(f"{ATOM}updated")
    again = client.get("/entries/feed.atom", {"line": "C2"}, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
def test_the_page_offers_the_files_of_its_own_filter(demonstration: None, client: Client) -> None:
    content = client.get("/fr/entries/", {"line": "C3"}).content.decode()
    for form in FORMS:
        assert f'href="/fr/entries/export.{form}?line=C3"' in content
    assert 'type="application/atom+xml"' in content
    assert 'href="/fr/entries/feed.atom?line=C3"' in content
