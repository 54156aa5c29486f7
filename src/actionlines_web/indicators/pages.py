"""Indicators: the series, one series by economy, one economy by series."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from actionlines.frameworks import area
from actionlines.measurement import series, series_by_code
from actionlines_web.indicators.queries import coverage_of_economy, latest_by_economy, summaries
from actionlines_web.ui.language import library_language
from actionlines_web.ui.maps import country_map


def indicators(request: HttpRequest) -> HttpResponse:
    """The series and how much is known of each."""
    known = summaries()
    rows = [(item, known.get(item.code)) for item in series()]
    return render(request, "indicators/indicators.html", {"rows": rows})


def series_page(request: HttpRequest, code: str) -> HttpResponse:
    """The newest value of each economy, highest first, with a bar beside each."""
    found = series_by_code().get(code)
    if found is None:
        raise Http404
    rows = latest_by_economy(code)
    greatest = max((row.value for row in rows), default=0)
    bars = [(row, int(100 * row.value / greatest) if greatest else 0) for row in rows]
    return render(request, "indicators/series.html", {"series": found, "rows": bars})


def economy(request: HttpRequest, iso3: str) -> HttpResponse:
    """What is known of one economy."""
    try:
        found = area(iso3)
    except KeyError:
        raise Http404 from None
    by_code = series_by_code()
    rows = [
        (by_code[row.series], row.latest)
        for row in coverage_of_economy(iso3)
        if row.latest and row.series in by_code
    ]
    name = found.names.get(library_language())
    context = {
        "economy": found,
        "rows": rows,
        "groups": found.groups(),
        "region": found.region(),
        "map": country_map(iso3, name),
    }
    return render(request, "indicators/economy.html", context)
