"""Charts: valid Vega-Lite, drawn with the numbers they show, mirrored for Arabic."""

import json

import altair as alt
import pytest
from lxml import etree

from actionlines.reports.model import Chart
from actionlines.reports.render.pictures import png, svg
from actionlines.text import LANGUAGES


def charts(report):
    return {block.id: block for block in report.blocks() if isinstance(block, Chart)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_specifications_are_valid(reports, language):
    for chart in charts(reports(language)).values():
        alt.LayerChart.from_dict(dict(chart.specification)) if "layer" in chart.specification else (
            alt.Chart.from_dict(dict(chart.specification))
        )
        json.dumps(chart.specification, allow_nan=False)


def texts(drawn):
    return [element.text for element in etree.fromstring(drawn.encode()).iter("{*}text") if element.text]


def test_bars_show_labels_and_numbers(reports):
    shown = texts(svg(charts(reports())["chart.line"]))
    assert "C4 Capacity building" in shown
    assert shown.count("C7-HEA E-health") == 1


def test_ids_carry_the_prefix(reports):
    drawn = svg(charts(reports())["chart.matrix"], prefix="here-")
    identifiers = [
        element.get("id") for element in etree.fromstring(drawn.encode()).iter() if element.get("id")
    ]
    assert all(identifier.startswith("here-") for identifier in identifiers)


def test_arabic_labels_carry_their_own_direction(reports):
    chart = charts(reports("ar"))["chart.line"]
    labels = [value["label"] for value in chart.specification["data"]["values"]]
    assert all(label.startswith("\u2067") and label.endswith("\u2069") for label in labels)
    assert chart.specification["encoding"]["x"]["scale"]["reverse"] is True
    assert chart.specification["encoding"]["y"]["axis"]["orient"] == "right"


def test_english_axis_runs_from_left_to_right(reports):
    encoding = charts(reports())["chart.line"].specification["encoding"]
    assert encoding["x"]["scale"]["reverse"] is False


def test_heat_chart_has_a_tile_for_each_line_and_goal(reports):
    values = charts(reports())["chart.matrix"].specification["data"]["values"]
    assert len(values) == 19 * 17  # 18 lines, and C7 alone
    assert sum(value["shown"] != "" for value in values) == sum(value["level"] > 0 for value in values) == 10


def test_png_is_sharp_enough_to_print(reports):
    picture = png(charts(reports())["chart.line"])
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 1750  # 170 mm at about 260 dots per inch
