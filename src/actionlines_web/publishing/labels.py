"""Words for what reports keep as codes."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: Final[Mapping[str, str | Promise]] = {
    "contribution": _("Contribution to the action lines and the goals"),
    "global": _("Global stocktaking report"),
    "regional": _("Regional stocktaking report"),
    "success-stories": _("Success stories"),
    "action-line": _("Action line report"),
    "meeting-paper": _("Meeting paper"),
    "measuring": _("Measuring the information society"),
}
FOREWORD: Final = _("Foreword")
# What the worker does, as the job reports it.
PHASES: Final[Mapping[str, str | Promise]] = {
    "reading": _("Reading the entries"),
    "counting": _("Counting"),
    "html": _("Writing the web page"),
    "docx": _("Writing the Word document"),
    "pdf": _("Writing the PDF"),
    "xlsx": _("Writing the workbook"),
}
FORMS: Final[Mapping[str, str | Promise]] = {
    "html": _("Web page (html)"),
    "docx": _("Word document (docx)"),
    "pdf": _("PDF"),
    "xlsx": _("Workbook (xlsx)"),
    "zip": _("Bundle that anybody can verify (zip)"),
}
# What a figure is, as the library's `Figure.counting` names it.
COUNTING: Final[Mapping[str, str | Promise]] = {
    "entries": _("distinct entries"),
    "mentions": _("mentions: an entry counts once in each cell it touches"),
    "organisations": _("different organisations among the records"),
    "countries": _("different countries among the records"),
    "regions": _("different regions among the records"),
    "lines": _("different action lines among the records"),
    "goals": _("different goals among the records"),
    "targets": _("different targets among the records"),
    "first year": _("the earliest year among the records"),
    "last year": _("the latest year among the records"),
    "nodes": _("nodes of a framework"),
    "observation": _("the value of one observation"),
    "observations": _("values"),
    "economies": _("different economies among the records"),
    "series": _("different series among the records"),
    "lowest": _("the lowest of the values"),
    "median": _("the median of the values"),
    "highest": _("the highest of the values"),
    "rank": _("the rank among those that have a value"),
    "score": _("the score in the index"),
    "part": _("the score in a sub-index"),
    "score_low": _("the lower end of the 90 per cent interval of the score"),
    "score_high": _("the upper end of the 90 per cent interval of the score"),
    "rank_best": _("the best rank of the 90 per cent interval"),
    "rank_worst": _("the worst rank of the 90 per cent interval"),
}
