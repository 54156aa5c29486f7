"""What an address of reports names, or 404; and what every page says of the entries a report is about."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from actionlines.problems import InputError
from actionlines.reports.measuring import NAME as MEASURING
from actionlines.text import LANGUAGES
from actionlines_web.publishing.labels import FOREWORD
from actionlines_web.publishing.models import Part, Report, Version
from actionlines_web.publishing.queries import reports as queries
from actionlines_web.stocktaking.queries import EntryQuery
from actionlines_web.stocktaking.queries.wording import filter_words
from actionlines_web.ui.language import library_language
from actionlines_web.ui.problems import shown


def report_of(request: HttpRequest, key: str) -> Report:
    """A report for those who work on it; nobody else learns that there is one."""
    found = Report.objects.select_related("owner", "approved_by").filter(key=key).first()
    if found is None or not queries.sees_report(request.user, found):
        raise Http404
    return found


def part_of(request: HttpRequest, key: str, name: str) -> Part:
    """A part of such a report."""
    found = queries.part_of(report_of(request, key), name)
    if found is None:
        raise Http404
    return found


def version_of(request: HttpRequest, key: str, number: int) -> Version:
    """A version that is there, for those who may see it."""
    found = queries.version_of(key, number)
    if found is None or not queries.sees_version(request.user, found):
        raise Http404
    return found


def language_of(request: HttpRequest, report: Report) -> str:
    """The report's language that is asked for, or the reader's where the report has it, or its first."""
    for code in (request.GET.get("language", ""), library_language()):
        if code in LANGUAGES and code in report.languages:
            return code
    return str(report.languages[0])


def part_title(part: Part) -> str:
    """What the part is called, in the reader's language where the report has it."""
    if not part.titles:
        return str(FOREWORD)
    said = part.titles
    return str(said.get(library_language()) or next(iter(said.values())))


def chosen(report: Any) -> list[dict[str, str]]:
    """The filter of a report or schedule in words."""
    if report.kind != MEASURING:
        return filter_words(EntryQuery.from_params(report.params))
    titles = {
        "economies": gettext("Economies"),
        "edition": gettext("Edition of an index"),
        "year_to": gettext("To year"),
    }
    return [{"title": titles[name], "label": value, "code": ""} for name, value in report.params.items()]


def told(error: InputError) -> list[dict[str, Any]]:
    """Problems as pages show them."""
    return [shown(problem) for problem in error.problems]
