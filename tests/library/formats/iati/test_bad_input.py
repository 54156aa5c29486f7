"""Files with faults: each is said with its line, rule and remedy, and costs as little as it can."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionlines.formats import iati
from actionlines.formats.iati import reading
from actionlines.problems import InputError

HEAD = '<iati-activities version="2.03">\n'
TAIL = "</iati-activities>\n"


def activity(number, inside=""):
    return (
        f'<iati-activity xml:lang="en" default-currency="USD">\n<iati-identifier>X-{number}</iati-identifier>\n'
        f"<title><narrative>Title {number}</narrative></title>\n"
        f"<description><narrative>Text {number}</narrative></description>\n{inside}</iati-activity>\n"
    )


def read(text, name="a.xml"):
    file = iati.read_activities(text if isinstance(text, bytes) else text.encode(), name)
    found = list(file.activities)
    return [one.identifier for one in found], file.problems


def said(problems):
    return [(problem.row, problem.column, problem.severity) for problem in problems]


@pytest.mark.parametrize(
    "broken",
    [
        "<title></titel>\n",
        "<title>a & b</title>\n",
        "<title>\x01</title>\n",
        "<title a=1/>\n",
        "</iati-activities>\n",
        "&unknown;\n",
    ],
)
def test_broken_activity_leaves_the_others(broken):
    identifiers, problems = read(HEAD + activity(1) + activity(2, broken) + activity(3) + activity(4) + TAIL)
    assert identifiers == ["X-1", "X-3", "X-4"]
    (problem,) = problems
    # Activity 2 begins on line 7, its fault stands on line 11 and is seen there or where the next tag ends.
    assert (problem.row, problem.severity) in {(11, "error"), (12, "error")}


def test_lines_after_a_broken_activity_are_those_of_the_file():
    text = (
        HEAD
        + activity(1, "<a></b>\n")
        + activity(2)
        + activity(3, '<activity-date iso-date="x" type="1"/>\n')
        + TAIL
    )
    identifiers, problems = read(text)
    assert identifiers == ["X-2", "X-3"]
    line = text[: text.index("iso-date")].count("\n") + 1
    assert said(problems)[1:] == [(line, "activity-date", "warning")]
    assert [one.line for one in iati.read_activities(text.encode()).activities] == [8, 13]


def test_many_broken_activities_cost_only_themselves():
    text = HEAD + "".join(activity(n, "<a></b>" if n % 2 else "") for n in range(400)) + TAIL
    identifiers, problems = read(text)
    assert identifiers == [f"X-{n}" for n in range(0, 400, 2)]
    assert len(problems) == 200


@pytest.mark.parametrize("size", [64, 100, 1_000])
def test_broken_activity_is_found_wherever_the_blocks_of_the_file_end(monkeypatch, size):
    monkeypatch.setattr(reading, "_CHUNK", size)
    text = HEAD + activity(1) + activity(2, "<a></b>\n") + activity(3) + TAIL
    assert read(text)[0] == ["X-1", "X-3"]


@pytest.mark.parametrize("size", [50, 100_000])
def test_prefix_nobody_declared_is_said_and_costs_nothing(monkeypatch, size):
    monkeypatch.setattr(reading, "_CHUNK", size)
    identifiers, problems = read(HEAD + activity(1, "<x:y/>") + activity(2) + TAIL)
    assert identifiers == ["X-1", "X-2"]
    assert said(problems) == [(6, "iati-activity", "warning")]


@given(st.data())
@settings(deadline=None, max_examples=200)
def test_damaged_file_is_refused_or_read_and_never_breaks_the_reader(data):
    whole = (
        HEAD + activity(1, '<activity-date iso-date="2020-01-01" type="2"/>') + activity(2) + TAIL
    ).encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 60)))
    damaged = whole[:start] + data.draw(st.binary(max_size=12)) + whole[end:]
    with suppress(InputError):
        found = iati.read_entries(damaged, "a.xml")
        assert len(found.entries) + len(found.errors) >= 1


def test_truncated_file_gives_what_was_whole():
    text = HEAD + activity(1) + activity(2)[:90]
    identifiers, problems = read(text)
    assert identifiers == ["X-1"]
    assert [problem.severity for problem in problems] == ["error"]


def test_fault_behind_the_last_activity_is_said_as_such():
    identifiers, (problem,) = read(HEAD + activity(1) + "</wrong>")
    assert identifiers == ["X-1"]
    assert "what follows" in problem.message


def test_activity_without_an_identifier_is_refused_alone():
    text = HEAD + activity(1).replace("X-1", " ") + activity(2) + TAIL
    identifiers, problems = read(text)
    assert identifiers == ["X-2"]
    assert said(problems) == [(2, "iati-identifier", "error")]


@pytest.mark.parametrize(
    ("inside", "column"),
    [
        ('<activity-date iso-date="2020-13-01" type="1"/>', "activity-date"),
        ('<sector code="1" percentage="all"/>', "sector/@percentage"),
        ('<participating-org ref="N/A" role="4"/>', "participating-org/@ref"),
        ("<location><point/></location>", "location/point"),
        ("<document-link/>", "document-link"),
        ('<budget><period-start iso-date="2020-01-01"/></budget>', "budget"),
        ("<transaction/>", "transaction"),
        ("<result><indicator><period/></indicator></result>", "indicator/period"),
    ],
)
def test_part_that_cannot_be_used_is_said_with_its_line(inside, column):
    identifiers, problems = read(HEAD + activity(1, inside) + TAIL)
    assert identifiers == ["X-1"]
    assert said(problems) == [(6, column, "warning")]
    assert all(problem.expected for problem in problems)


@pytest.mark.parametrize(
    ("amount", "kept"),
    [
        ("1,979,997.50", "1979997.50"),
        ("1979997", "1979997"),
        ("NaN", None),
        ("12,5", None),
        ("many", None),
        ("", None),
    ],
)
def test_amount_is_read_or_said(amount, kept):
    inside = (
        '<transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-01"/>'
        f"<value>{amount}</value></transaction>"
    )
    file = iati.read_activities((HEAD + activity(1, inside) + TAIL).encode())
    (found,) = file.activities
    assert [str(one.value.amount) for one in found.transactions] == ([kept] if kept else [])
    assert bool(file.problems) == (amount != "1979997")


def test_zone_of_a_day_is_no_fault():
    inside = '<activity-date iso-date="2020-01-31Z" type="1"/><activity-date iso-date="2020-02-01+02:00" type="3"/>'
    file = iati.read_activities((HEAD + activity(1, inside) + TAIL).encode())
    (found,) = file.activities
    assert ([one.day for one in found.dates], file.problems) == (["2020-01-31", "2020-02-01"], [])


def test_texts_of_old_versions_meet_under_one_description():
    text = (
        '<iati-activities version="1.05"><iati-activity xml:lang="en"><iati-identifier> X </iati-identifier>'
        '<title>Title</title><title xml:lang="FR">Titre</title><description type="1">Text</description>'
        '<description type="1" xml:lang="fr">Texte</description><activity-status code="Implementation"/>'
        '<activity-date type="start-actual">2010-01-31</activity-date><activity-website>https://example.org</activity-website>'
        '<sector code="11110" vocabulary="DAC"/><sector code="111" vocabulary="DAC"/><sector code="7" vocabulary="RO"/>'
        "</iati-activity></iati-activities>"
    )
    (found,) = iati.read_activities(text.encode()).activities
    assert found.titles == (("en", "Title"), ("fr", "Titre"))
    assert [one.texts for one in found.descriptions] == [(("en", "Text"), ("fr", "Texte"))]
    assert (found.status, found.dates) == ("2", (iati.ActivityDate("2", "2010-01-31"),))
    assert [(one.code, one.vocabulary) for one in found.sectors] == [
        ("11110", "1"),
        ("111", "2"),
        ("7", "99"),
    ]
    assert [(one.url, one.categories) for one in found.documents] == [("https://example.org", ("A12",))]


def test_goals_targets_indicators_and_lines_are_found_in_every_place():
    inside = (
        '<sector vocabulary="7" code="4"/><sector vocabulary="9" code="9.c.1"/>'
        '<tag vocabulary="2" code="18"/><tag vocabulary="3" code="5.b"/>'
        '<tag vocabulary="99" vocabulary-uri="https://www.itu.int/net/wsis/x" code="C7 e-health"/>'
        '<tag vocabulary="99" vocabulary-uri="https://example.org" code="C1"/>'
        '<transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-01"/><value>1</value>'
        '<sector vocabulary="8" code="1.4"/></transaction>'
        '<result><indicator><reference vocabulary="9" code="8.8.2"/></indicator></result>'
    )
    (found,) = iati.read_activities((HEAD + activity(1, inside) + TAIL).encode()).activities
    assert iati.classified(found) == iati.Classified(
        ("5.b", "4", "9.c", "1.4", "8.8"), ("C7",), (("target", "18"),)
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"id,title\n1,a\n", "not XML"),
        (b"<html><body/></html>", "begins with the element"),
        (b"<iati-organisations/>", "begins with the element"),
        (
            b'<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE iati-activities [<!ENTITY a "b">]><iati-activities/>',
            "DOCTYPE",
        ),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><iati-activities/>'.encode("utf-16"), "DOCTYPE"),
    ],
)
def test_file_that_is_none_is_refused_as_a_whole(data, words):
    with pytest.raises(InputError, match=words):
        iati.read_activities(data, "a.xml")


def test_missing_and_too_large_files_are_refused(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="no such file"):
        iati.read_activities(tmp_path / "none.xml")
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="MB"):
        iati.read_activities((HEAD + TAIL).encode())


def test_activity_too_large_for_memory_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_ACTIVITY_BYTES", 1_000)
    monkeypatch.setattr(reading, "_CHUNK", 512)
    with pytest.raises(InputError, match="an activity has more than"):
        list(iati.read_activities((HEAD + activity(1, "<a/>" * 1_000) + TAIL).encode()).activities)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings_are_read(encoding):
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n'
    text = declared + HEAD + activity(1).replace("Title 1", "Été") + TAIL
    (found,) = iati.read_activities(text.encode(encoding)).activities
    assert found.titles == (("en", "Été"),)


def test_file_without_any_activity_holds_no_entries():
    with pytest.raises(InputError, match="no activity"):
        iati.read_entries((HEAD + TAIL).encode(), "a.xml")


def test_second_activity_of_an_identifier_is_refused():
    found = iati.read_entries((HEAD + activity(1) + activity(1) + TAIL).encode(), "a.xml")
    assert [entry.id for entry in found.entries] == ["X-1"]
    assert said(found.errors) == [(7, "iati-identifier", "error")]


@pytest.mark.parametrize(
    ("inside", "column"),
    [
        ('<activity-date iso-date="1066-01-01" type="2"/>', "activity-date"),
        (
            '<activity-date iso-date="2020-01-01" type="2"/><activity-date iso-date="2019-01-01" type="4"/>',
            "activity-date",
        ),
        ('<recipient-country code="ZZ"/>', "recipient-country"),
        ('<tag vocabulary="2" code="99"/>', "target"),
        (
            "<description><narrative>&lt;p&gt;Text&amp;eacute;&lt;/p&gt;</narrative></description>",
            "description",
        ),
    ],
)
def test_value_an_entry_cannot_hold_is_mended_and_said(inside, column):
    found = iati.read_entries((HEAD + activity(1, inside) + TAIL).encode(), "a.xml")
    assert len(found.entries) == 1
    assert said(found.problems) == [(2, column, "warning")]


def test_long_texts_and_identifiers_are_cut_and_stay_apart():
    one, two = (
        activity(number)
        .replace(f"X-{number}", "X" * 70 + str(number))
        .replace(f"Title {number}", "word " * 100)
        for number in (1, 2)
    )
    found = iati.read_entries((HEAD + one + two + TAIL).encode(), "a.xml")
    assert [len(entry.id) for entry in found.entries] == [64, 64]
    assert len({entry.id for entry in found.entries}) == 2
    assert {len(entry.title) <= 300 and entry.title.endswith("word…") for entry in found.entries} == {True}
