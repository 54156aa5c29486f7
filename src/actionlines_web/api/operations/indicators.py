"""Reading series, observations, indices and findings."""

from collections.abc import Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router

from actionlines import measurement
from actionlines.formats import sdmx
from actionlines_web.api.schema import MISSING, REFUSED
from actionlines_web.api.statistics import (
    ExportParameters,
    FindingPage,
    FindingParameters,
    IndexEdition,
    IndexParameters,
    IndexScore,
    ObservationPage,
    ObservationParameters,
    Series,
)
from actionlines_web.indicators.queries import observations_after
from actionlines_web.indicators.queries.batches import findings_after
from actionlines_web.indicators.queries.indices import edition_names, edition_of, inputs_of, scores
from actionlines_web.indicators.queries.observations import exchanged, observations_between
from actionlines_web.ui.language import library_language
from actionlines_web.ui.problems import filled

router = Router(tags=["indicators"])


@router.get("/indicators/series", response={200: list[Series], **REFUSED}, operation_id="listSeries")
def list_series(request: HttpRequest) -> list[dict[str, Any]]:
    """Every series: what it counts, in which unit, for which targets and action lines."""
    return [_series(found) for found in measurement.series()]


@router.get("/indicators/series/{code}", response={200: Series, **MISSING}, operation_id="getSeries")
def get_series(request: HttpRequest, code: str) -> dict[str, Any]:
    """One series."""
    found = measurement.series_by_code().get(code)
    if found is None:
        raise Http404
    return _series(found)


@router.get(
    "/indicators/observations", response={200: ObservationPage, **REFUSED}, operation_id="listObservations"
)
def list_observations(
    request: HttpRequest, response: HttpResponse, parameters: Query[ObservationParameters]
) -> dict[str, Any]:
    """The observations of a series, an economy, a span of years, page by page: as known today, or on a day."""
    rows = observations_after(
        parameters.after or 0,
        series=parameters.series or "",
        economy=parameters.economy or "",
        breakdown=parameters.part(),
        year_from=parameters.year_from,
        year_to=parameters.year_to,
        day=parameters.as_of,
        limit=parameters.limit + 1,
    )
    shown = rows[: parameters.limit]
    following = _next(request, response, shown[-1].pk) if len(rows) > len(shown) else None
    items = [
        {
            "series": row.series,
            "economy": row.economy,
            "period": row.period,
            "breakdown": row.breakdown,
            "value": f"{row.value.normalize():f}",
            "flag": row.flag,
            "source": row.source,
            "note": row.note,
            "vintage": row.vintage,
            "demonstration": row.demonstration,
        }
        for row in shown
    ]
    return {"items": items, "next": following}


@router.get(
    "/indicators/observations.sdmx.csv",
    response={200: None, **REFUSED},
    operation_id="exportObservations",
    openapi_extra={
        "responses": {
            200: {"content": {"application/vnd.sdmx.data+csv": {"schema": {"type": "string"}}}},
        }
    },
)
def export_observations(request: HttpRequest, parameters: Query[ExportParameters]) -> StreamingHttpResponse:
    """The same as one file of SDMX-CSV 2.0, written while it is read, in the structure of `getStructure`."""
    rows = observations_between(
        series=parameters.series or "",
        economy=parameters.economy or "",
        breakdown=parameters.part(),
        year_from=parameters.year_from,
        year_to=parameters.year_to,
        day=parameters.as_of,
    )
    return StreamingHttpResponse(
        sdmx.sdmx_csv(sdmx.statistics_structure(), sdmx.statistics_records(exchanged(rows))),
        content_type="application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8",
    )


@router.get(
    "/indicators/structure",
    response={200: None, **REFUSED},
    operation_id="getStructure",
    openapi_extra={
        "responses": {
            200: {"content": {"application/vnd.sdmx.structure+xml": {"schema": {"type": "string"}}}},
        }
    },
)
def get_structure(request: HttpRequest) -> HttpResponse:
    """The structure of `exportObservations`, as SDMX-ML 2.1: dimensions, attributes, code lists."""
    moment = datetime(
        2026, 1, 1, tzinfo=UTC
    )  # of the structure, not of the answer: it is the same until it changes
    header = sdmx.Header("STRUCTURE", "ACTIONLINES", moment)
    return HttpResponse(
        sdmx.structure_ml(sdmx.statistics_structure(), header),
        content_type="application/vnd.sdmx.structure+xml; version=2.1; charset=utf-8",
    )


@router.get("/indicators/indices", response={200: list[IndexEdition], **REFUSED}, operation_id="listIndices")
def list_indices(request: HttpRequest) -> list[dict[str, Any]]:
    """The editions of indices that can be computed here."""
    return [_edition(name) for name in edition_names()]


@router.get(
    "/indicators/indices/{name}/scores",
    response={200: list[IndexScore], **MISSING},
    operation_id="listScores",
)
def list_scores(
    request: HttpRequest, name: str, parameters: Query[IndexParameters]
) -> list[Mapping[str, Any]]:
    """The scores of an edition on the figures of this site, the highest first; not the published ones."""
    specification = edition_of(name)
    if specification is None:
        raise Http404
    ranked = specification.ranked
    return [
        {
            **{key: row[key] for key in ("economy", "low", "high")},
            "parts": {code: value for code, value in row["parts"].items() if isfinite(value)},
            "score": row["exact"],
            "rank": row["rank"] if ranked else None,
            "rank_best": row["best"] if ranked else None,
            "rank_worst": row["worst"] if ranked else None,
        }
        for row in scores(specification, parameters.year)
    ]


@router.get("/indicators/findings", response={200: FindingPage, **REFUSED}, operation_id="listFindings")
def list_findings(
    request: HttpRequest, response: HttpResponse, parameters: Query[FindingParameters]
) -> dict[str, Any]:
    """What the checks asked of stored figures, with the answers of their owners."""
    rows = findings_after(parameters.after or 0, parameters.economy or "", parameters.limit + 1)
    shown = rows[: parameters.limit]
    following = _next(request, response, shown[-1].pk) if len(rows) > len(shown) else None
    items = [
        {
            **{name: getattr(row, name) for name in ("rule", "severity", "economy", "period", "breakdown")},
            **{name: getattr(row, name) for name in ("values", "state", "answer")},
            "message": filled(row.template, row.said),
            "signed_off": row.signed_at is not None,
        }
        for row in shown
    ]
    return {"items": items, "next": following}


def _next(request: HttpRequest, response: HttpResponse, key: int) -> str:
    address = request.GET.copy()
    address["after"] = str(key)
    following = request.build_absolute_uri(f"{request.path}?{address.urlencode()}")
    response["Link"] = f'<{following}>; rel="next"'
    return following


def _edition(name: str) -> dict[str, Any]:
    found = edition_of(name)
    assert found is not None  # noqa: S101 - one of the names
    return {
        "name": name,
        "title": found.title.get(library_language()),
        "edition": found.edition,
        "ranked": found.ranked,
        "inputs": inputs_of(found),
    }


def _series(found: measurement.Series) -> dict[str, Any]:
    language = library_language()
    return {
        "code": found.code,
        "title": found.title.get(language),
        "titles": dict(found.title.by_language),
        "definition": found.definition.get(language),
        "unit": found.unit.get(language),
        "unit_code": found.unit_code,
        "numerator": found.numerator or None,
        "denominator": found.denominator or None,
        "breakdowns": list(found.breakdowns),
        "custodian": found.custodian,
        "survey": found.survey,
        "sdg_indicator": found.indicator or None,
        "core_list": found.core or None,
        "names": list(found.names),
        "unverified": list(found.unverified),
        "targets": list(found.targets),
        "lines": list(found.lines),
        "source_note": found.source_note.get(language),
    }
