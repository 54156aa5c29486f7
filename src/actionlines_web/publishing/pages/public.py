"""What everybody sees: the published reports, each version with its files and figures; a report at once."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionlines.measurement import find_series
from actionlines.problems import InputError
from actionlines.reports import render as render_report
from actionlines.reports.measuring import NAME as MEASURING
from actionlines_web.publishing.files import FORMS, MEDIA_TYPES, content_of, figures_of
from actionlines_web.publishing.forms import ContributionForm
from actionlines_web.publishing.labels import COUNTING, KINDS
from actionlines_web.publishing.labels import FORMS as FORM_LABELS
from actionlines_web.publishing.pages.found import chosen, language_of, version_of
from actionlines_web.publishing.queries import reports as queries
from actionlines_web.publishing.queries.building import bundle
from actionlines_web.stocktaking.queries import EntryQuery, entry_titles
from actionlines_web.ui.problems import shown

_FIGURES: Final = 200
_RECORDS: Final = 200


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """What was published, and the form for a report at once."""
    return render(request, "publishing/reports.html", _context(request, ContributionForm(), []))


def _context(request: HttpRequest, form: ContributionForm, problems: list[dict[str, Any]]) -> dict[str, Any]:
    before = request.GET.get("before", "")
    found = list(queries.published(int(before) if before.isdecimal() and len(before) < 12 else None))
    return {
        "form": form,
        "problems": problems,
        "versions": found[: queries.PAGE],
        "next": found[queries.PAGE - 1].pk if len(found) > queries.PAGE else None,
        "kinds": KINDS,
        "works_here": request.user.has_perm("publishing.start_report") or queries.works_on_any(request.user),
    }


@require_safe
def contribution(request: HttpRequest) -> HttpResponse:
    """The report as a file, or the form again with what is wrong."""
    form = ContributionForm(request.GET)
    problems = []
    if form.is_valid():
        asked = form.cleaned_data
        filters = {
            name: asked[name] for name in ("year_from", "year_to", "region", "organisation") if asked[name]
        }
        today = timezone.now().date()
        try:
            content = render_report(
                bundle("contribution", filters, asked["language"], today).report(),
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
            return _styled(response)
    return render(request, "publishing/reports.html", _context(request, form, problems), status=422)


def _styled(response: HttpResponse) -> HttpResponse:
    """A report in html is a page of its own with its styles inside it."""
    response._csp_replace = {"style-src": ["'unsafe-inline'"], "script-src": ["'none'"]}  # type: ignore[attr-defined]  # noqa: SLF001
    return response


@require_safe
def version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A version: its date, its permanent address, its files in each language."""
    found = version_of(request, key, number)
    others = found.report.versions.exclude(published_at=None).exclude(pk=found.pk).order_by("-number")
    context = {
        "made": found,
        "report": found.report,
        "kind": KINDS[found.report.kind],
        "chosen": chosen(found.report),
        "others": list(others[:20]),
        "forms": [(form, FORM_LABELS[form]) for form in FORMS],
        "works_here": queries.sees_report(request.user, found.report),
    }
    return render(request, "publishing/version.html", context)


@require_safe
def file(request: HttpRequest, key: str, number: int, language: str, form: str) -> HttpResponse:
    """A file of a version; the web page is shown, the others are downloaded."""
    found = version_of(request, key, number)
    if language not in found.report.languages or form not in FORMS:
        raise Http404
    try:
        content = content_of(found, language, form)
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=MEDIA_TYPES[form])
    disposition = "inline" if form == "html" else "attachment"
    name = f"{found.report.kind}-{found.day.isoformat()}-v{number}-{language}.{form}"
    response["Content-Disposition"] = f'{disposition}; filename="{name}"'
    if not found.published_at:
        response["Cache-Control"] = "private, no-store"
    return _styled(response)


@require_safe
def figures(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The figures of a version, some a page, each with the way to what it counts."""
    found = version_of(request, key, number)
    language = language_of(request, found.report)
    known = _known(found, language)
    after = request.GET.get("after", "")
    names = list(known)
    start = names.index(after) + 1 if after in known else 0
    shown_names = names[start : start + _FIGURES]
    context = {
        "made": found,
        "report": found.report,
        "language": language,
        "figures": [(name, known[name]) for name in shown_names],
        "next": shown_names[-1] if start + _FIGURES < len(names) else "",
    }
    return render(request, "publishing/figures.html", context)


@require_safe
def figure(request: HttpRequest, key: str, number: int, figure: str) -> HttpResponse:
    """A figure: what it says, how it was counted, the records it counts, and the list as it stands today."""
    found = version_of(request, key, number)
    language = language_of(request, found.report)
    said = _known(found, language).get(figure)
    if said is None:
        raise Http404
    counts_entries = found.report.kind != MEASURING and said["counting"] != "nodes"
    query = EntryQuery.from_params(said["query"]) if counts_entries else None
    from_text = request.GET.get("from", "")
    start = int(from_text) if from_text.isdecimal() and len(from_text) < 9 else 0
    records = said["records"][start : start + _RECORDS]
    titles = entry_titles(records) if counts_entries else {}
    listed = query is not None and not query.problems and said["counting"] in {"entries", "mentions"}
    context = {
        "made": found,
        "report": found.report,
        "language": language,
        "name": figure,
        "figure": said,
        "counting": COUNTING.get(said["counting"], said["counting"]),
        "records": [(record, titles.get(record)) for record in records],
        "counts_entries": counts_entries,
        "addresses": {} if counts_entries else dict(_histories(records)),
        "number": len(said["records"]),
        "start": start + 1,
        "next": start + _RECORDS if start + _RECORDS < len(said["records"]) else None,
        "today": reverse("stocktaking:entries") + query.address() if query is not None and listed else "",
    }
    return render(request, "publishing/figure.html", context)


def _histories(records: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The page of the history of each value, by its record ('i99H.SEN.2023')."""
    for record in records:
        code, _, place = record.rpartition(".")[0].rpartition(".")
        if find_series(code) is not None:
            yield record, reverse("indicators:history", args=[code, place])


@require_safe
def changes(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The figures that differ from the version before."""
    found = version_of(request, key, number)
    before = found.report.versions.exclude(made_at=None).filter(number__lt=number).order_by("-number").first()
    if before is None:
        raise Http404
    start_text = request.GET.get("from", "")
    start = int(start_text) if start_text.isdecimal() and len(start_text) < 9 else 0
    context = {
        "made": found,
        "report": found.report,
        "before": before,
        "number": len(found.changes),
        "changes": found.changes[start : start + _FIGURES],
        "next": start + _FIGURES if start + _FIGURES < len(found.changes) else None,
        "texts": _changed_texts(before.narrative, found.narrative),
    }
    return render(request, "publishing/changes.html", context)


def _changed_texts(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    """The passages that differ: part, language, both texts."""
    places = {(part, language) for said in (before, after) for part in said for language in said[part]}
    return [
        {"part": part, "language": language, "before": old, "after": new}
        for part, language in sorted(places)
        if (old := before.get(part, {}).get(language, "")) != (new := after.get(part, {}).get(language, ""))
    ]


def _known(found: Any, language: str) -> dict[str, dict[str, Any]]:
    try:
        return figures_of(found, language)
    except FileNotFoundError as error:
        raise Http404 from error
