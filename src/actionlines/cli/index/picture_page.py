"""A page of one picture: title, drawing and the table of its numbers; nothing is loaded from elsewhere."""

from typing import Any, Final

from lxml import etree, html
from lxml.html.builder import E

from actionlines.measurement.pictures import Picture
from actionlines.palette import INK, MUTED, PAPER, RULE
from actionlines.reports.model import Chart
from actionlines.reports.render.pictures import svg_element
from actionlines.text import direction

_STYLE: Final = f"""
body {{ font: 16px/1.5 "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", sans-serif; color: {INK};
  background: {PAPER}; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }}
h1 {{ font-size: 1.5rem; font-weight: 600; }}
figcaption {{ color: {MUTED}; max-width: 44rem; }}
figure {{ margin: 1.5rem 0; overflow-x: auto; }}
.wide {{ overflow-x: auto; }}
svg {{ max-width: 100%; height: auto; }}
table {{ border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }}
th, td {{ border-block-end: 1px solid {RULE}; padding: .25rem .75rem; text-align: start; vertical-align: top; }}
td.number {{ text-align: end; }}
thead th {{ color: {MUTED}; font-weight: 600; }}
"""


def page(found: Picture, language: str) -> bytes:
    """The page of a picture."""
    # The heading says the title: the drawing need not say it again.
    bare = {key: value for key, value in found.specification.items() if key != "title"}
    drawn = svg_element(Chart(found.kind, found.title, bare, found.alternative), prefix="picture-")
    document = E.html(
        E.head(
            E.meta(charset="utf-8"),
            E.meta(name="viewport", content="width=device-width, initial-scale=1"),
            E.title(found.title),
            E.style(_STYLE),
        ),
        E.body(
            E.main(
                E.h1(found.title),
                E.figure(drawn, E.figcaption(found.alternative)),
                E.div(
                    _table(found),
                    {"class": "wide", "role": "region", "tabindex": "0", "aria-label": found.title},
                ),
            )
        ),
        lang=language,
        dir=direction(language),
    )
    return bytes(html.tostring(document, doctype="<!DOCTYPE html>", encoding="utf-8"))


def _table(found: Picture) -> "etree._Element":
    head = E.tr(*(E.th(heading, scope="col") for heading in found.columns.values()))
    rows = [E.tr(*(_cell(row[key]) for key in found.columns)) for row in found.rows]
    table: etree._Element = E.table(E.thead(head), E.tbody(*rows))
    return table


def _cell(value: Any) -> "etree._Element":
    if isinstance(value, int | float):
        number: etree._Element = E.td(f"{value:.6g}", {"class": "number"})
        return number
    text: etree._Element = E.td("–" if value is None else str(value))
    return text
