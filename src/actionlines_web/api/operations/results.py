"""Reading results and plans: what is public, approved and read; never a draft."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from actionlines.text import Text
from actionlines_web.api.schema import MISSING, REFUSED
from actionlines_web.api.schema_results import (
    ActualPage,
    PageParameters,
    PlanCover,
    PlanPage,
    ResultsFramework,
    ResultsIndicatorPage,
    ResultsParameters,
    ResultsTree,
)
from actionlines_web.results.queries import chain, plans, reports
from actionlines_web.ui.language import library_language

router = Router(tags=["results"])


@router.get(
    "/results", response={200: list[ResultsFramework], **REFUSED}, operation_id="listResultsFrameworks"
)
def list_results_frameworks(request: HttpRequest) -> list[dict[str, Any]]:
    """The results frameworks, the newest cycle first."""
    return [_framework(found) for found in chain.frameworks_for(AnonymousUser())]


@router.get(
    "/results/{framework}", response={200: ResultsTree, **MISSING}, operation_id="getResultsFramework"
)
def get_results_framework(request: HttpRequest, framework: str) -> dict[str, Any]:
    """One framework with its results."""
    found = _found(framework)
    return {
        **_framework(found),
        "results": [
            {
                "code": row.code,
                "level": row.level,
                "title": _words(row.title),
                "parent": row.parent.code if row.parent else None,
                "lines": row.lines,
                "goals": row.goals,
                "unverified": row.unverified,
            }
            for row in chain.results_of(found)
        ],
    }


@router.get(
    "/results/{framework}/indicators",
    response={200: ResultsIndicatorPage, **MISSING},
    operation_id="listResultsIndicators",
)
def list_results_indicators(
    request: HttpRequest, response: HttpResponse, framework: str, parameters: Query[PageParameters]
) -> dict[str, Any]:
    """The indicators of a framework with their targets and figures, page by page."""
    rows = chain.indicators_after(_found(framework), parameters.after or 0, parameters.limit + 1)
    shown = rows[: parameters.limit]
    following = _next(request, response, shown[-1].pk) if len(rows) > len(shown) else None
    return {"items": [_indicator(row) for row in shown], "next": following}


@router.get(
    "/results/{framework}/actuals", response={200: ActualPage, **MISSING}, operation_id="listResultsActuals"
)
def list_results_actuals(
    request: HttpRequest, response: HttpResponse, framework: str, parameters: Query[ResultsParameters]
) -> dict[str, Any]:
    """What was measured and approved, page by page."""
    rows = reports.actuals_after(
        _found(framework), parameters.after or 0, parameters.limit + 1, parameters.indicator or ""
    )
    shown = rows[: parameters.limit]
    following = _next(request, response, shown[-1].key) if len(rows) > len(shown) else None
    items = [
        {
            "indicator": row.indicator,
            "period": row.period,
            "part": row.part,
            "value": _number(row.value),
            "weight": _number(row.weight),
            "members": list(row.members),
        }
        for row in shown
    ]
    return {"items": items, "next": following}


@router.get("/plans", response={200: PlanPage, **REFUSED}, operation_id="listPlans")
def list_plans(
    request: HttpRequest, response: HttpResponse, parameters: Query[PageParameters]
) -> dict[str, Any]:
    """The public plans of countries, page by page."""
    rows = plans.plans_after(parameters.after or 0, parameters.limit + 1)
    shown = rows[: parameters.limit]
    following = _next(request, response, shown[-1].pk) if len(rows) > len(shown) else None
    return {"items": [_plan(row) for row in shown], "next": following}


@router.get("/plans/{number}", response={200: PlanCover, **MISSING}, operation_id="getPlan")
def get_plan(request: HttpRequest, number: int) -> dict[str, Any]:
    """One public plan: where it addresses which goals, targets and lines, with passages, and where it is silent."""
    found = plans.public_plan(number) if 0 < number < 2**63 else None
    cover = plans.cover_of(found) if found else None
    if found is None or cover is None:
        raise Http404
    said = cover.as_json()
    return {
        **_plan(found),
        **{name: said[name] for name in ("passages", "addressed", "silent", "opportunities")},
    }


def _found(code: str) -> Any:
    found = chain.framework_for(AnonymousUser(), code)
    if found is None:
        raise Http404
    return found


def _words(by_language: dict[str, str]) -> str:
    return Text(by_language).get(library_language())


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _framework(found: Any) -> dict[str, Any]:
    return {
        **{name: getattr(found, name) for name in ("code", "cycle", "source", "periods")},
        "title": _words(found.title),
    }


def _indicator(row: Any) -> dict[str, Any]:
    return {
        "code": row.code,
        "result": row.result.code,
        "title": _words(row.title),
        "unit": row.unit,
        "aggregation": row.aggregation,
        "baseline": _number(row.baseline),
        "baseline_period": row.baseline_period or None,
        "parts": row.parts,
        "part_of": row.part_of.code if row.part_of else None,
        "targets": [
            {"period": item.period, "value": _number(item.value)}
            for item in sorted(row.targets.all(), key=lambda item: item.period)
        ],
        "figures": [
            {
                "period": item.period,
                "value": _number(item.value),
                "partial": item.partial,
                "share": _number(item.share),
                "rating": item.rating,
            }
            for item in sorted(row.figures.all(), key=lambda item: item.period)
        ],
    }


def _plan(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "country": row.country,
        "kind": row.kind,
        "language": row.language or None,
        "organisation": row.organisation.name if row.organisation else None,
        "added": row.added_at,
    }


def _next(request: HttpRequest, response: HttpResponse, key: int) -> str:
    address = request.GET.copy()
    address["after"] = str(key)
    following = request.build_absolute_uri(f"{request.path}?{address.urlencode()}")
    response["Link"] = f'<{following}>; rel="next"'
    return following
