"""Charts drawn: a Vega-Lite specification in, SVG or PNG out."""

import re
from functools import cache
from importlib import import_module
from typing import Any, Final

import vl_convert
from lxml import etree

from actionlines.reports.model import Chart

_SVG: Final = "http://www.w3.org/2000/svg"
_VEGA_LITE: Final = "6.4"
PNG_SCALE: Final = 2.5  # dots per CSS pixel: 240 dots per inch


def svg(chart: Chart, *, prefix: str = "") -> str:
    """The chart as SVG text; `prefix` goes before the ids in it, so that several stand in one page."""
    drawn = _vega().vegalite_to_svg(dict(chart.specification), vl_version=_VEGA_LITE)
    return _prefixed(str(drawn), prefix) if prefix else str(drawn)


def svg_element(chart: Chart, *, prefix: str) -> "etree._Element":
    """The chart as an SVG element with title and description, for a page."""
    element = etree.fromstring(svg(chart, prefix=prefix).encode())
    for part in element.iter():  # the picture speaks as a whole, not mark by mark
        for name in ("role", "aria-roledescription", "aria-label", "aria-hidden"):
            part.attrib.pop(name, "")
    for name, text in (("desc", chart.alternative), ("title", chart.title)):
        described = etree.Element(f"{{{_SVG}}}{name}", id=f"{prefix}{name}")
        described.text = text
        element.insert(0, described)
    element.set("role", "img")
    element.set("aria-labelledby", f"{prefix}title {prefix}desc")
    # The page may run from right to left; the drawing has placed its texts already.
    element.set("direction", "ltr")
    return element


def png(chart: Chart) -> bytes:
    """The chart as PNG."""
    return bytes(_vega().vegalite_to_png(dict(chart.specification), vl_version=_VEGA_LITE, scale=PNG_SCALE))


@cache
def _vega() -> Any:
    """The converter, knowing our fonts where they are installed."""
    for package in ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic"):
        try:
            root = import_module(package).ROOT
        except ModuleNotFoundError:  # the docx extra draws with the fonts of the system
            continue
        vl_convert.register_font_directory(str(root / "files"))
    return vl_convert


def _prefixed(drawn: str, prefix: str) -> str:
    renamed = re.sub(r'\bid="', f'id="{prefix}', drawn)
    return re.sub(r"url\(#", f"url(#{prefix}", renamed)
