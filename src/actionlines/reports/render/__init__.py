"""Renderers: a report in, the bytes of a file out; one module a format."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from actionlines.problems import InputError, Problem, marked
from actionlines.reports.model import Report

# Format to its module and the extra of the package that brings what the module needs.
_MODULES: Final[Mapping[str, tuple[str, str]]] = {
    "json": ("as_json", ""),
    "html": ("as_html", "pdf"),
    "docx": ("as_docx", "docx"),
    "pdf": ("as_pdf", "pdf"),
    "xlsx": ("as_xlsx", ""),
}
FORMATS: Final = tuple(_MODULES)
TEXT_FORMATS: Final = ("json", "html")


def render(
    report: Report,
    format: str,  # noqa: A002 - the word users know
    *,
    entries_address: str = "",
    figures_address: str = "",
) -> bytes:
    """The report as a file.

    Args:
        report: what `build` made.
        format: one of FORMATS.
        entries_address: address of the entry list, such as 'https://…/entries/'; where given, each number of the
            html form links to the entries it counts.
        figures_address: address under which each figure has a page ('https://…/figures/' and then 'cell.C2.9/'); where
            given, each number of the html form links to its page instead.

    Returns:
        The file. json, html, docx and xlsx are the same bytes for the same report; all are dated by the report.

    Raises:
        InputError: unknown format, an extra that is not installed, or a script no font is found for.
    """
    if format not in _MODULES:
        raise InputError(
            [
                Problem(
                    marked("there is no report format '%(format)s'."),
                    {"format": format, "known": ", ".join(FORMATS)},
                    expected=marked("one of %(known)s."),
                )
            ]
        )
    module, extra = _MODULES[format]
    try:
        renderer: Callable[..., bytes] = import_module(f"{__name__}.{module}").render
    except ModuleNotFoundError as error:
        raise InputError([_missing(format, extra, error.name or "")]) from error
    if format != "html":
        return renderer(report)
    return renderer(report, entries_address=entries_address, figures_address=figures_address)


def _missing(format: str, extra: str, package: str) -> Problem:  # noqa: A002
    return Problem(
        marked("the format %(format)s needs the package '%(package)s', which is not installed."),
        {"format": format, "package": package, "extra": extra},
        expected=marked('the extra "%(extra)s": pip install "actionlines[%(extra)s]".'),
    )
