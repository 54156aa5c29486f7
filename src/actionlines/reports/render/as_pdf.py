"""A report as PDF: tagged and, where its text allows, PDF/UA-1; set by Typst from the JSON form."""

import base64
import json
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import Any, Final

import typst

from actionlines.reports import palette
from actionlines.reports.model import Chart, Report, Table
from actionlines.reports.render.as_json import shown_data
from actionlines.reports.render.characters import has_cjk
from actionlines.reports.render.fonts import FAMILIES, require_chinese, typeset_fonts
from actionlines.reports.render.pictures import png, svg
from actionlines.text import direction

_TEMPLATE: Final = "report.typ"
_ACCESSIBLE: Final = "ua-1"


def render(report: Report) -> bytes:
    """The PDF file.

    All text reaches the template as data, never as markup, so no title can change the layout.

    Raises:
        InputError: the report holds Chinese text and the system has no font for it.
    """
    content = json.dumps(_content(report), ensure_ascii=False)
    if has_cjk(content):
        require_chinese()
    template = (files(__package__) / _TEMPLATE).read_bytes()
    try:
        return _set(report, template, content, [_ACCESSIBLE])
    except typst.TypstError:
        # A character no font has (of a script we do not carry) may not stand in a PDF/UA file: tagged, then.
        return _set(report, template, content, [])


def _set(report: Report, template: bytes, content: str, standards: list[Any]) -> bytes:
    return typst.compile(
        template,
        font_paths=typeset_fonts(),
        sys_inputs={"report": content},
        pdf_standards=standards,
        timestamp=datetime.combine(report.made_on, time(), UTC),
        format="pdf",
    )


def _content(report: Report) -> dict[str, Any]:
    """What the template reads: the JSON form, the charts drawn, words, fonts and colours; without the figures."""
    content = shown_data(report)
    rtl = direction(report.language) == "rtl"
    draw = _framed_png if rtl else svg
    drawn = {block.id: draw(block) for block in report.blocks() if isinstance(block, Chart)}
    number_columns = {
        block.id: sorted(block.number_columns) for block in report.blocks() if isinstance(block, Table)
    }
    return content | {
        "charts": drawn,
        "number_columns": number_columns,
        "labels": dict(report.labels),
        "direction": direction(report.language),
        "date_parts": [report.made_on.year, report.made_on.month, report.made_on.day],
        "fonts": list(FAMILIES),
        "heat": list(palette.HEAT),
        "heat_ink": list(palette.HEAT_INK),
        "colours": {
            "ink": palette.INK,
            "muted": palette.MUTED,
            "rule": palette.RULE,
            "accent": palette.ACCENT,
        },
    }


def _framed_png(chart: Chart) -> str:
    """The chart as PNG in an SVG frame: Arabic letters in an SVG lose their characters, which PDF/UA forbids."""
    picture = png(chart)
    width, height = (int.from_bytes(picture[place : place + 4]) for place in (16, 20))
    data = base64.b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )
