"""What everybody reads: the editions, one edition with its dates, its categories and nominees, its table."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionlines.prizes.rules import ALL_CATEGORIES
from actionlines_web.prizes import labels
from actionlines_web.prizes.models import Project
from actionlines_web.prizes.pages.found import context_of, found_edition
from actionlines_web.prizes.queries import results
from actionlines_web.prizes.queries.editions import editions as all_editions
from actionlines_web.prizes.queries.editions import moves_of, phases_of, rules_of
from actionlines_web.prizes.queries.projects import nominee_counts, nominee_page, project_by_code
from actionlines_web.prizes.queries.voting import in_own_order


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition."""
    now = timezone.now()
    found = [
        (item, [state for state in phases_of(item, now) if state.state == "open"]) for item in all_editions()
    ]
    return render(request, "prizes/editions.html", {"editions": found})


@require_safe
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """The dates of an edition with every move, its rules in words, what one can do now."""
    found = found_edition(slug)
    now = timezone.now()
    rules = rules_of(found)
    context = context_of(
        request,
        found,
        phases=[(state, labels.PHASE_STATES[state.state]) for state in phases_of(found, now)],
        moves=moves_of(found),
        rules=rules,
        all_categories=rules.ballot == ALL_CATEGORIES,
        asked=[labels.FIELDS[name][0] for name in rules.required],
        criteria=[labels.CRITERIA.get(item.code, item.code) for item in rules.criteria],
        announced=results.is_announced(found, now),
    )
    return render(request, "prizes/edition.html", context)


@require_safe
def categories(request: HttpRequest, slug: str) -> HttpResponse:
    """The categories in the order of the ballot paper: the list to point at, however others shorten it."""
    found = found_edition(slug)
    context = context_of(request, found, categories=rules_of(found).categories, counts=nominee_counts(found))
    return render(request, "prizes/categories.html", context)


@require_safe
def category(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The nominees of a category, in another order for each reader until there is a result."""
    found = found_edition(slug)
    if rules_of(found).category(code) is None:
        raise Http404
    reader = request.user if request.user.is_authenticated else None
    nominees = in_own_order(found, reader, code, nominee_page(found, code))  # type: ignore[arg-type]
    standings = results.standings_of(found)
    now = timezone.now()
    context = context_of(
        request,
        found,
        code=code,
        nominees=standings.get(code, nominees) if standings else nominees,
        published=bool(standings),
        announced=results.is_announced(found, now),
    )
    return render(request, "prizes/category.html", context)


@require_safe
def nominee(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A nominee, with its result once there is one; any other project has no public page."""
    found = found_edition(slug)
    project = project_by_code(found, code)
    if project is None or project.state != Project.State.NOMINATED:
        raise Http404
    now = timezone.now()
    shown = ("organisation", "country", "description", "results", "impact", "website")
    announced = results.is_announced(found, now)
    context = context_of(
        request,
        found,
        project=project,
        fields=[
            (labels.FIELDS[name][0], name, project.fields[name]) for name in shown if project.fields.get(name)
        ],
        published=results.has_result(found),
        announced=announced,
        certified=announced and project.champion,
    )
    return render(request, "prizes/nominee.html", context)


@require_safe
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """The nominees as open data; votes, places and winners as soon as they are public."""
    found = found_edition(slug)
    columns = (
        *("edition", "code", "category", "title", "organisation", "stakeholder_type", "country", "region"),
        *("entry", "description", "language", "votes", "place", "champion", "winner"),
    )
    return _csv(f"nominees-{found.slug}", columns, results.open_data(found, timezone.now()))


@require_safe
def statistics(request: HttpRequest, slug: str) -> HttpResponse:
    """How many projects came how far, as open data; there is none before the result."""
    found = found_edition(slug)
    rows = results.statistics(found, timezone.now())
    if not rows:
        raise Http404
    columns = ("edition", "by", "value", "sent", "admitted", "nominated", "champions", "winners")
    return _csv(f"statistics-{found.slug}", columns, rows)


def _csv(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> HttpResponse:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({column: _cell(row[column]) for column in columns})
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: object) -> object:
    """Empty for what is not known; what a spreadsheet would run as a formula is text."""
    if value is None:
        return ""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return int(value) if isinstance(value, bool) else value
