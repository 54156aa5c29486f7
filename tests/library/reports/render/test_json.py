"""The JSON form holds every figure with its query and its records."""

import json
from dataclasses import asdict

from actionlines.reports import render
from actionlines.reports.model import Figure
from library.reports.cases import ENTRIES, LINKS, TODAY
from library.reports.oracle import recount


def test_figures_can_be_recomputed_from_the_file_alone(reports):
    data = json.loads(render(reports(), "json"))
    assert len(data["figures"]) == len(reports().figures)
    for name, figure in data["figures"].items():
        counted = Figure(**{**figure, "records": tuple(figure["records"])})
        assert (name, counted.value, counted.records) == (name, *recount(counted, ENTRIES, LINKS, TODAY))


def test_file_says_what_it_is(reports):
    data = json.loads(render(reports("fr"), "json"))
    assert {key: data[key] for key in ("format", "version", "kind", "language", "date")} == {
        "format": "actionlines report",
        "version": 1,
        "kind": "contribution",
        "language": "fr",
        "date": "2026-11-25",
    }
    assert data["method"]["probability_from"] == 0.5


def test_sections_and_blocks_are_all_there(reports):
    data = json.loads(render(reports(), "json"))
    assert [section["number"] for section in data["sections"]] == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "Annex A",
        "Annex B",
    ]
    types = {block["type"] for section in data["sections"] for block in section["blocks"]}
    assert types == {"key-figures", "paragraph", "chart", "table"}
    entry = data["sections"][3]["sections"][0]["blocks"][1]
    assert entry["type"] == "entry-block"
    assert entry["id"] == "a1"


def test_one_figure_stands_on_one_line(reports):
    lines = render(reports(), "json").decode().splitlines()
    line = next(line for line in lines if line.startswith('  "line.C4": '))
    assert json.loads(line.strip().removeprefix('"line.C4": ').removesuffix(",")) == json.loads(
        json.dumps(asdict(reports().figures["line.C4"]))
    )
