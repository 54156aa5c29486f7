"""The measuring report: each figure recomputed by hand from its observations; the index as its engine computes it."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest

from actionlines.measurement import Observation
from actionlines.problems import InputError
from actionlines.reports.measured_bundle import OBSERVATIONS, MeasuredBundle
from actionlines.reports.measuring import Measure, build, record_of
from actionlines.reports.model import Table
from actionlines.reports.verification import verify
from actionlines.text import LANGUAGES

TODAY = date(2026, 11, 25)


def value(economy, series, period, number, **more):
    return Observation(economy, series, period, Decimal(number), "per cent", source="ITU", **more)


GIVEN = (
    value("SEN", "i99H", "2022", "58.0"),
    value("SEN", "i99H", "2023", "60.5", vintage="2024-01-01"),
    value("SEN", "i99H", "2023", "60.6", vintage="2025-01-01"),
    value("KEN", "i99H", "2023", "35.0"),
    value("FRA", "i99H", "2024", "0"),
    value("FRA", "i99H", "2024", "81", breakdown="sex=F"),
    value("SEN", "nobody-knows-it", "2024", "1"),
)


def test_the_newest_year_and_the_newest_vintage_count():
    report = build(GIVEN, language="en", today=TODAY, measure=Measure(("SEN",)))
    found = report.figures["value.i99H.SEN"]
    assert (found.value, found.records) == (60.6, ("i99H.SEN.2023",))
    assert (report.figures["rank.i99H.SEN"].value, len(report.figures["rank.i99H.SEN"].records)) == (1, 3)


def test_the_spread_of_an_sdg_indicator_is_that_of_the_newest_values_and_zero_is_a_value():
    report = build(GIVEN, language="en", today=TODAY)
    numbers = [60.6, 35.0, 0.0]
    got = {
        name: report.figures[f"series.i99H.{name}"].value
        for name in ("economies", "lowest", "median", "highest")
    }
    assert got == {"economies": 3, "lowest": min(numbers), "median": median(numbers), "highest": max(numbers)}
    table = next(block for block in report.blocks() if isinstance(block, Table) and block.id == "table.sdg")
    assert [cell.text for cell in table.rows[1]][2:] == ["3", "0", "35", "60.6", "2023–2024"]


def test_a_last_year_leaves_later_values_out():
    report = build(GIVEN, language="en", today=TODAY, measure=Measure(year_to=2022))
    assert report.figures["all.observations"].records == ("i99H.SEN.2022",)


def test_what_cannot_be_reported_is_refused():
    for given, measure in (((), Measure()), (GIVEN, Measure(("XXX",))), (GIVEN, Measure(edition="nope"))):
        with pytest.raises(InputError):
            build(given, language="en", today=TODAY, measure=measure)


def test_an_index_without_its_values_says_so():
    report = build(GIVEN, language="en", today=TODAY, measure=Measure(edition="idi-2017"))
    texts = [block.text for _, section in report.walk() if section.id == "index" for block in section.blocks]
    assert texts == ["No economy has the values that this index needs."]


@pytest.fixture(scope="module")
def factbook():
    module = pytest.importorskip("actionlines.formats.factbook")
    chosen = {"SEN", "KEN", "FRA", "DEU", "BRA", "IND", "EGY", "JPN"}
    return [item for item in module.read_factbook() if item.economy in chosen]


def test_the_index_is_the_one_of_the_engine_and_its_intervals_hold_it(factbook):
    report = build(factbook, language="fr", today=TODAY, measure=Measure(("SEN",), "uptake-demonstration"))
    scores = {
        name.split(".")[1]: figure.value for name, figure in report.figures.items() if name.endswith(".score")
    }
    assert set(scores) == {item.economy for item in factbook}
    ranks = {code: report.figures[f"index.{code}.rank"].value for code in scores}
    assert sorted(scores, key=lambda code: -scores[code]) == sorted(ranks, key=lambda code: ranks[code])
    for code in scores:
        best, worst = (report.figures[f"index.{code}.rank_{end}"].value for end in ("best", "worst"))
        assert 1 <= best <= worst <= len(scores)
    # A sub-index weighs a half each: ICT access and ICT use, as the edition says.
    access, use = (report.figures[f"index.SEN.part.{part}"].value for part in ("access", "use"))
    assert scores["SEN"] == pytest.approx((access + use) / 2, abs=0.1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bundle_verifies_in_every_language(factbook, tmp_path: Path, language: str):
    made = MeasuredBundle(language, TODAY, factbook, Measure(("SEN",)), demonstration=True)
    path = tmp_path / "b.zip"
    path.write_bytes(made.archive(made.report(), formats=("html", "docx", "xlsx")))
    found = verify(path)
    assert (found.problems, found.records) == ((), len(factbook))


def test_a_changed_value_is_named_as_record_figure_and_text(tmp_path: Path):
    made = MeasuredBundle("en", TODAY, GIVEN[:6], Measure(("SEN",)))
    with zipfile.ZipFile(io.BytesIO(made.archive(made.report(), formats=("html",)))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[OBSERVATIONS] = members[OBSERVATIONS].replace(b"60.6", b"61.6")
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as out:
        for name, data in members.items():
            out.writestr(name, data)
    problems = [str(problem) for problem in verify(path).problems]
    assert any("the record i99H.SEN.2023 has changed" in problem for problem in problems)
    assert any(
        "the figure value.i99H.SEN says value 60.6; the data give 61.6" in problem for problem in problems
    )
    assert any("“60.6” stands where “61.6” is due" in problem for problem in problems)


def test_a_row_that_is_no_observation_is_named(tmp_path: Path):
    made = MeasuredBundle("en", TODAY, GIVEN[:2])
    with zipfile.ZipFile(io.BytesIO(made.archive(made.report(), formats=()))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[OBSERVATIONS] = members[OBSERVATIONS].replace(b"58.0", b"many")
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as out:
        for name, data in members.items():
            out.writestr(name, data)
    assert any(problem.row == 2 and problem.file == OBSERVATIONS for problem in verify(path).problems)


def test_the_data_keep_every_vintage_with_its_source():
    made = MeasuredBundle("en", TODAY, GIVEN[:3])
    rows = list(csv.DictReader(io.StringIO(made.data[OBSERVATIONS].decode(), newline="")))
    assert [(row["record"], row["value"], row["vintage"], row["source"]) for row in rows] == [
        ("i99H.SEN.2022", "58.0", "", "ITU"),
        ("i99H.SEN.2023", "60.5", "2024-01-01", "ITU"),
        ("i99H.SEN.2023", "60.6", "2025-01-01", "ITU"),
    ]


def test_the_command_writes_a_bundle_of_a_file(tmp_path: Path, capsys):
    from actionlines.cli import main

    source = tmp_path / "figures.csv"
    source.write_text(
        "Economy,Series,2022,2023\nSenegal,i99H,58.0,60.6\nKenya,i99H,,35.0\n", encoding="utf-8"
    )
    target = tmp_path / "b.zip"
    assert main(["report", "measuring", str(source), "--economy", "sen", "--bundle", str(target)]) == 0
    with zipfile.ZipFile(target) as archive:
        figures = json.loads(archive.read("figures.json"))["figures"]
    assert (figures["value.i99H.SEN"]["value"], figures["all.economies"]["value"]) == (60.6, 2)
    assert main(["report", "changes", str(target), str(target)]) == 0
    assert "0 figures differ" in capsys.readouterr().out


def test_a_record_is_named_by_series_economy_year_and_breakdown():
    assert record_of(replace(GIVEN[0], breakdown="sex=F")) == "i99H.SEN.2022.sex=F"
