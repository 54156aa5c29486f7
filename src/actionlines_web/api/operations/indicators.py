"""Reading series and observations of indicators."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from actionlines import measurement
from actionlines_web.api.schema import MISSING, REFUSED, ObservationPage, ObservationParameters, Series
from actionlines_web.indicators.queries import observations_after
from actionlines_web.ui.language import library_language

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
    """The observations of a series, an economy, a span of years, page by page."""
    rows = observations_after(
        parameters.after or 0,
        series=parameters.series or "",
        economy=parameters.economy or "",
        year_from=parameters.year_from,
        year_to=parameters.year_to,
        limit=parameters.limit + 1,
    )
    shown = rows[: parameters.limit]
    following = None
    if len(rows) > len(shown):
        address = request.GET.copy()
        address["after"] = str(shown[-1].pk)
        following = request.build_absolute_uri(f"{request.path}?{address.urlencode()}")
        response["Link"] = f'<{following}>; rel="next"'
    items = [
        {
            "series": row.series,
            "economy": row.economy,
            "period": row.period,
            "value": f"{row.value.normalize():f}",
            "flag": row.flag,
            "source": row.source,
            "demonstration": row.demonstration,
        }
        for row in shown
    ]
    return {"items": items, "next": following}


def _series(found: measurement.Series) -> dict[str, Any]:
    language = library_language()
    return {
        "code": found.code,
        "title": found.title.get(language),
        "titles": dict(found.title.by_language),
        "unit": found.unit.get(language),
        "unit_code": found.unit_code,
        "targets": list(found.targets),
        "lines": list(found.lines),
        "source_note": found.source_note.get(language),
    }
