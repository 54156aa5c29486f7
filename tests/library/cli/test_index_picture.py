"""`actionlines index picture`: what it writes and refuses."""

import json

import pytest
from lxml import etree, html

from actionlines.cli import main
from library.cli.test_index_uncertainty import CHOICE, SPECIFICATION

# A third pillar, for a radar.
MORE = SPECIFICATION.replace(
    "[[steps]]",
    '[[indicators]]\ncode = "speed"\nparent = "X"\ngoalposts = [0, 10]\n\n[[steps]]',
    1,
)
ROWS = "iso3,year,users,price,speed\nFRA,2023,80,3,4\nFRA,2024,83,2,5\nNAM,2023,60,5,2\nNAM,2024,62,4,3\nPER,2023,,9,1\nPER,2024,,9,1\n"
KINDS = {
    "ranked": (),
    "probabilities": (),
    "contributions": ("--parts", "1"),
    "correlations": (),
    "sunburst": (),
    "radar": ("--unit", "FRA", "--parts", "1"),
    "change": ("--unit", "NAM"),
}


@pytest.fixture
def files(tmp_path):
    (tmp_path / "x.toml").write_text(MORE + CHOICE, encoding="utf-8")
    (tmp_path / "x.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


def draw(files, kind, *more, name="out.json", data=True):
    inputs = [str(files / "x.toml"), *([str(files / "x.csv")] if data else [])]
    return main(["index", "picture", kind, *inputs, *more, "-o", str(files / name)])


@pytest.mark.parametrize("kind", KINDS)
def test_json_is_vega_lite_with_text_and_table(files, kind):
    assert draw(files, kind, *KINDS[kind]) == 0
    found = json.loads((files / "out.json").read_text(encoding="utf-8"))
    assert found["$schema"] == "https://vega.github.io/schema/vega-lite/v6.json"
    assert found["description"]
    assert found["usermeta"]["table"]["rows"]


def test_ranked_has_intervals_where_there_are_factors(files):
    assert draw(files, "ranked") == 0
    table = json.loads((files / "out.json").read_text(encoding="utf-8"))["usermeta"]["table"]
    assert list(table["columns"]) == ["unit", "name", "score", "low", "high", "rank", "rank_low", "rank_high"]
    assert [row["unit"] for row in table["rows"]] == ["FRA", "NAM"]


def test_svg_has_title_and_description(files):
    assert draw(files, "change", "--unit", "FRA", name="out.svg") == 0
    root = etree.parse(files / "out.svg").getroot()
    assert root.get("role") == "img"
    assert [child.text for child in root[:2]] == [
        "FRA, X: from 70.00 in 2023 to 76.00 in 2024",
        (
            "Bars that lead from the score of 2023, 70.00, to that of 2024, 76.00: one for what each of 3 parts added."
            " Most was added by speed (+3.333), least by users (+1.000)."
        ),
    ]


def test_png_is_png(files):
    assert draw(files, "sunburst", name="out.png", data=False) == 0
    assert (files / "out.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_page_has_heading_drawing_and_table(files):
    assert draw(files, "contributions", "--parts", "1", name="out.html") == 0
    page = html.parse(files / "out.html").getroot()
    assert page.findtext(".//h1") == "X 2024: what scores are made of"
    assert page.find(".//figure/svg") is not None
    assert [cell.text for cell in page.findall(".//thead//th")] == [
        "Unit",
        "Name",
        "Score",
        "users",
        "price",
        "speed",
    ]
    assert len(page.findall(".//tbody/tr")) == 2


@pytest.mark.parametrize(
    ("kind", "more", "name", "said"),
    [
        ("ranked", (), "out.gif", "“.gif” is no kind of picture that can be written."),
        ("ranked", (), "nowhere/out.svg", "its folder does not exist."),
        ("radar", (), "out.svg", "this picture is of one unit."),
        ("ranked", ("--level", "2"), "out.svg", "2.0 is no level."),
        ("sunburst", ("--from", "2023"), "out.svg", "--from: “sunburst” has no use for it."),
        ("change", ("--unit", "ZZZ"), "out.svg", "the data have no unit “ZZZ”."),
        ("change", ("--unit", "PER"), "out.svg", "“PER” has no score in 2023 or in 2024."),
        ("correlations", ("--period", "1999"), "out.svg", "the data have no period “1999”."),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_nothing_written(files, capsys, kind, more, name, said):
    assert draw(files, kind, *more, name=name) == 2
    assert said in capsys.readouterr().err
    assert not (files / name).exists()


def test_all_but_the_hierarchy_need_data(files, capsys):
    assert draw(files, "ranked", data=False) == 2
    assert "this picture needs DATA." in capsys.readouterr().err


def test_ranks_of_an_index_published_without_are_drawn_on_demand_only(files, capsys):
    text = (
        (files / "x.toml").read_text(encoding="utf-8").replace('code = "X"', 'code = "X"\nranked = false', 1)
    )
    (files / "x.toml").write_text(text, encoding="utf-8")
    assert draw(files, "probabilities") == 2
    assert "published without ranks" in capsys.readouterr().err
    assert draw(files, "probabilities", "--ranks") == 0
