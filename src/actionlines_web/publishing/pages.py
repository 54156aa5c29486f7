"""Asking for a report and getting it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionlines.problems import InputError
from actionlines.reports import Filters
from actionlines.reports import render as render_report
from actionlines_web.publishing.forms import ContributionForm
from actionlines_web.publishing.queries import contribution as build
from actionlines_web.ui.problems import shown

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The form."""
    return render(request, "publishing/reports.html", {"form": ContributionForm(), "problems": []})


@require_safe
def contribution(request: HttpRequest) -> HttpResponse:
    """The report as a file, or the form again with what is wrong."""
    form = ContributionForm(request.GET)
    problems = []
    if form.is_valid():
        asked = form.cleaned_data
        filters = Filters(asked["year_from"], asked["year_to"], asked["region"], asked["organisation"])
        today = timezone.now().date()
        try:
            content = render_report(
                build(filters, asked["language"], today),
                asked["format"],
                entries_address=request.build_absolute_uri(reverse("stocktaking:entries")),
            )
        except InputError as error:
            problems = [shown(problem) for problem in error.problems]
        else:
            name = f"contribution-{today:%Y-%m-%d}-{asked['language']}.{asked['format']}"
            disposition = "inline" if asked["format"] in {"html", "json"} else "attachment"
            response = HttpResponse(content, content_type=MEDIA_TYPES[asked["format"]])
            response["Content-Disposition"] = f'{disposition}; filename="{name}"'
            # A report in html is a page of its own with its styles inside it.
            response._csp_replace = {"style-src": ["'unsafe-inline'"], "script-src": ["'none'"]}  # type: ignore[attr-defined]  # noqa: SLF001
            return response
    return render(request, "publishing/reports.html", {"form": form, "problems": problems}, status=422)
