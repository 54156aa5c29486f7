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
