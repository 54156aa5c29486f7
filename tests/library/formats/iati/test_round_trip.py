"""What we write is valid IATI 2.03, and our reader finds in it what was put in."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from actionlines.formats import iati
from actionlines.formats.demonstration import demonstration_entries
from actionlines.stocktaking import Entry
from library.formats.iati.activities import ACTIVITIES, FULL

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
TODAY = date(2026, 5, 4)
PUBLISHER = iati.Publisher("XI-REG", "A register")


@pytest.fixture(scope="module")
def schema():
    return etree.XMLSchema(etree.parse(Path(__file__).parent / "schema" / "iati-activities-schema.xsd"))


def xml(*activities):
    return "".join(iati.activities_xml(activities, NOW)).encode()


def read(data):
    file = iati.read_activities(data, "a.xml")
    found = list(file.activities)
    assert file.problems == []
    return found


def test_full_activity_is_valid_and_reads_back(schema):
    data = xml(FULL)
    schema.assertValid(etree.fromstring(data))
    assert read(data) == [FULL]


@given(ACTIVITIES)
@settings(deadline=None, max_examples=150)
def test_any_activity_is_valid_and_reads_back(schema, activity):
    data = xml(activity)
    schema.assertValid(etree.fromstring(data))
    assert read(data) == [activity]


def test_characters_xml_cannot_hold_are_left_out(schema):
    data = xml(replace(FULL, titles=(("en", "a\x00b\x0bc\ud800d\ufffe"),), kept={"id": "x\x01"}))
    schema.assertValid(etree.fromstring(data))
    assert [(found.titles, found.kept) for found in read(data)] == [((("en", "abcd"),), {"id": "x"})]


def test_value_without_a_day_gets_that_of_its_transaction(schema):
    paid = replace(FULL.transactions[0], value=replace(FULL.transactions[0].value, day=""))
    data = xml(replace(FULL, transactions=(paid,)))
    schema.assertValid(etree.fromstring(data))
    assert read(data)[0].transactions[0].value.day == "2020-03-01"


@pytest.mark.parametrize(
    ("field", "value", "part"),
    [
        ("identifier", "", "iati-identifier"),
        ("reporter", iati.Organisation(), "reporting-org"),
        ("titles", (), "title"),
        ("descriptions", (), "description"),
        ("organisations", (), "participating-org"),
        ("status", "", "activity-status"),
        ("dates", (), "activity-date"),
        ("documents", (iati.Document("https://example.org"),), "document-link"),
        ("results", (iati.Result((("en", "x"),)),), "result"),
    ],
)
def test_activity_without_what_the_schema_demands_is_refused(field, value, part):
    activity = replace(FULL, **{field: value})
    assert iati.missing_parts(activity) == (part,)
    with pytest.raises(ValueError, match=part):
        xml(activity)


def test_entries_of_the_demonstration_are_valid_and_come_back_whole(schema):
    entries = demonstration_entries()
    data = xml(*iati.activities_from_entries(entries, PUBLISHER, today=TODAY))
    schema.assertValid(etree.fromstring(data))
    found = iati.read_entries(data, "a.xml")
    assert [replace(entry, row=None) for entry in found.entries] == [
        replace(entry, row=None) for entry in entries
    ]


@pytest.mark.parametrize(
    "entry",
    [
        Entry("1", "Title", "Text"),
        Entry("a/b?c&d e", "Title", "Text", year=2031),
        Entry("2", "Title", "Text", "ar", "Organisation", "technical-community", "NAM", 2010, "winner"),
        Entry("3", "Title", "Text", "zh", start="2020-02-29", end="2020-03-01", year=2020, source="a page"),
        Entry(
            "4",
            "Title",
            "Text",
            "ru",
            start="2040-02-29",
            year=2040,
            lines=("C1", "C7-AGR"),
            targets=("2", "9.c"),
        ),
        Entry(
            "5",
            "Title",
            "Text\n\nin parts",
            "en",
            year=2021,
            end="2022-01-01",
            website="https://example.org/?a=b&c",
        ),
    ],
)
def test_entry_is_valid_and_comes_back_whole(schema, entry):
    data = xml(*iati.activities_from_entries([entry], PUBLISHER, today=TODAY))
    schema.assertValid(etree.fromstring(data))
    found = iati.read_entries(data, "a.xml")
    assert [replace(one, row=None) for one in found.entries] == [entry]


@pytest.mark.parametrize(
    ("start", "end", "year", "status", "types"),
    [
        ("2020-01-01", "2021-01-01", 2020, "4", ["2", "4"]),
        ("2020-01-01", "2030-01-01", 2020, "2", ["2", "3"]),
        ("2030-01-01", "", 2030, "1", ["1"]),
        ("", "", 2019, "2", ["2"]),
        ("", "", 2031, "1", ["1"]),
        ("", "", None, "2", ["2"]),
    ],
)
def test_days_decide_the_status_and_the_types_of_dates(start, end, year, status, types):
    entry = Entry("1", "Title", "Text", start=start, end=end, year=year)
    (activity,) = iati.activities_from_entries([entry], PUBLISHER, today=TODAY)
    assert (activity.status, [one.type for one in activity.dates]) == (status, types)


def test_export_names_lines_goals_and_targets_in_their_vocabularies():
    entry = Entry("1", "Title", "Text", "fr", lines=("C7-HEA",), targets=("3", "9.c"))
    (activity,) = iati.activities_from_entries([entry], PUBLISHER, today=TODAY)
    assert [(tag.vocabulary, tag.code, tag.uri) for tag in activity.tags] == [
        ("2", "3", ""),
        ("3", "9.c", ""),
        ("99", "C7-HEA", iati.WSIS_VOCABULARY),
    ]
    assert [tag.names[0][0] for tag in activity.tags if tag.names] == ["fr"]
    assert (activity.identifier, activity.reporter.secondary) == ("XI-REG-1", True)


def test_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        next(iati.activities_xml([], datetime(2026, 1, 1)))  # noqa: DTZ001 - that is what is tested
