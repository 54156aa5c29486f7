"""Real files of publishers, read to what a careful person would enter. The figures were counted without our reader."""

from collections import Counter
from decimal import Decimal

import pytest

from actionlines.formats import iati
from shared import SHARED, needs_shared

FOLDER = SHARED / "data" / "interchange" / "iati"
pytestmark = needs_shared


def read(name):
    file = iati.read_activities(FOLDER / name)
    return file, list(file.activities)


def total(activities):
    return sum((one.value.amount for activity in activities for one in activity.transactions), Decimal(0))


def test_bilingual_file_keeps_both_languages_and_says_each_point_without_a_position():
    file, (activity,) = read("gac-canada-bilingual-2.03.xml")
    assert activity.identifier == "CA-3-D002451001"
    assert [code for code, _ in activity.titles] == ["fr", "en"]
    assert [code for code, _ in activity.descriptions[0].texts] == ["fr", "en"]
    assert (len(activity.transactions), total([activity])) == (13, Decimal("38359642.00"))
    assert {one.value.currency for one in activity.transactions} == {"CAD"}
    assert (len(activity.sectors), len(activity.results)) == (5, 2)
    assert [(problem.row, problem.column, problem.severity) for problem in file.problems] == [
        (2, "location/point", "warning")
    ] * 7


def test_file_without_a_version_takes_that_of_its_activity():
    file, (activity,) = read("ec-intpa-sdg-tags-noversion.xml")
    assert file.version == "2.03"
    assert iati.classified(activity).targets == ("12", "15")
    assert (len(activity.transactions), total([activity])) == (6, Decimal("3114954.73"))
    assert [problem.column for problem in file.problems] == [
        "iati-activities/@version",
        "participating-org/@ref",
    ]
    assert [one.ref for one in activity.organisations] == [
        "XI-IATI-EC_INTPA",
        "XT-IATI-EC_INTPA",
        "60000",
        "",
    ]


def test_spanish_file_keeps_its_goals_and_invents_no_language():
    file, activities = read("caf-es-sdg-tags-30acts.xml")
    goals = Counter(tag.code for activity in activities for tag in activity.tags if tag.vocabulary == "2")
    assert (len(activities), goals.total(), goals["9"], goals["11"]) == (30, 76, 24, 19)
    assert (sum(len(one.transactions) for one in activities), total(activities)) == (60, Decimal(5039295631))
    results = [result for activity in activities for result in activity.results]
    assert (len(results), sum(len(result.indicators) for result in results)) == (70, 70)
    assert {code for one in activities for code, _ in one.titles} == {"es"}
    assert file.problems == []
    assert "Internet< una vez" in activities[0].descriptions[1].texts[0][1]


def test_old_file_is_upgraded_to_the_codes_of_today():
    file, activities = read("aiddata-senegal-1.04-fr-text-60acts.xml")
    assert (file.version, len(activities)) == ("1.04", 60)
    assert {one.role for activity in activities for one in activity.organisations} == {"1"}
    assert {(one.vocabulary, len(one.code)) for activity in activities for one in activity.sectors} == {
        ("2", 3)
    }
    assert {one.type for activity in activities for one in activity.transactions} == {"2", "3"}
    assert sum(len(one.transactions) for one in activities) == 263
    assert total(activities).quantize(Decimal("0.01")) == Decimal("3897337215.93")
    assert {activity.status for activity in activities} <= {"1", "2", "3", "4", "5"}
    assert activities[0].titles == (("en", "RENFORCEMENT CAPACITE SERVICE MAIN D'OEUVRE"),)
    assert activities[0].reporter.names == (("en", "AidData"),)


def test_language_that_does_not_look_right_is_said_and_left():
    found = iati.read_entries(FOLDER / "aiddata-senegal-1.04-fr-text-60acts.xml")
    assert len(found.entries) == 60
    assert {entry.language for entry in found.entries} == {"en"}
    said = [problem.values for problem in found.problems if problem.column == "xml:lang"]
    assert said == [{"declared": "en", "found": "fr"}]


def test_entry_of_a_spanish_activity_has_its_country_goals_and_page():
    found = iati.read_entries(FOLDER / "caf-es-sdg-tags-30acts.xml")
    assert (len(found.entries), found.problems) == (30, ())
    first = found.entries[0]
    assert (first.id, first.country, first.year, first.start, first.targets, first.language) == (
        *("XM-DAC-46008-cfa012402", "SLV", 2024, "2024-10-07"),
        *(("8", "9", "12"), "es"),
    )
    assert first.organisation == "República de El Salvador"
    assert first.website.startswith("https://www.caf.com/es/proyectos/cfa012402-")
    assert (
        first.source
        == "IATI: XM-DAC-46008-cfa012402 (CAF Development bank of Latin America and the Caribbean)"
    )


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.xml")) or ["none"])
def test_second_reading_of_what_we_write_finds_the_same(name):
    """Where an activity has all that 2.03 demands, reading, writing and reading again changes nothing."""
    from datetime import UTC, datetime

    _, activities = read(name)
    whole = [activity for activity in activities if not iati.missing_parts(activity)]
    data = "".join(iati.activities_xml(whole, datetime(2026, 1, 1, tzinfo=UTC))).encode()
    assert list(iati.read_activities(data, name).activities) == whole
