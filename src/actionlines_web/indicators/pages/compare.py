"""Up to six economies side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionlines.frameworks import areas
from actionlines.measurement import Series, series_by_code
from actionlines_web.indicators.charts import Line, trend_chart
from actionlines_web.indicators.models import Observation
from actionlines_web.indicators.pages.answers import csv_answer, economies_in, svg_answer
from actionlines_web.indicators.queries import latest_of, observations_of
from actionlines_web.indicators.queries.standing import headline
from actionlines_web.ui.language import country_name, library_language

SLOTS = 6
FIRST = "i99H"


def _rows(economies: list[str]) -> list[tuple[Series, list[Observation | None]]]:
    chosen = headline()
    known = latest_of(one.code for one in chosen) if economies else {}
    rows = [(one, [known.get((one.code, code)) for code in economies]) for one in chosen]
    return [(one, found) for one, found in rows if any(found)]


def _chosen(request: HttpRequest) -> Series:
    known = series_by_code()
    return known.get(request.GET.get("series", ""), known[FIRST])


def _lines(one: Series, economies: list[str]) -> list[Line]:
    points: dict[str, list[tuple[int, float]]] = {code: [] for code in economies}
    for row in observations_of(series=one.code, economies=economies) if economies else ():
        points[row.economy].append((int(row.period), float(row.value)))
    return [Line(country_name(code), points[code]) for code in economies]


@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """The headline series of the economies of the address, and the trend of one of them."""
    economies = economies_in(request)
    one = _chosen(request)
    named = sorted(((found.iso3, country_name(found.iso3)) for found in areas()), key=lambda pair: pair[1])
    context: dict[str, Any] = {
        "economies": [(code, country_name(code)) for code in economies],
        "slots": [economies[place] if place < len(economies) else "" for place in range(SLOTS)],
        "choices": named,
        "series": one,
        "series_choices": headline(),
        "rows": _rows(economies),
        "trend": trend_chart(_lines(one, economies), one.title.get(library_language())),
        "address": request.GET.urlencode(),
    }
    return render(request, "indicators/compare.html", context)


@require_safe
def compare_table(request: HttpRequest) -> HttpResponseBase:
    """The same as csv."""
    economies = economies_in(request)
    columns = ["series", "title", "unit", *(part for code in economies for part in (code, f"{code}_year"))]
    language = library_language()
    rows = (
        [
            *(one.code, one.title.get(language), one.unit.get(language)),
            *(
                part
                for row in found
                for part in ((f"{row.value.normalize():f}", row.period) if row else ("", ""))
            ),
        ]
        for one, found in _rows(economies)
    )
    return csv_answer("comparison", columns, rows)


@require_safe
def compare_picture(request: HttpRequest) -> HttpResponse:
    """The trend as a file."""
    one = _chosen(request)
    lines = _lines(one, economies_in(request))
    return svg_answer(f"comparison-{one.code}", trend_chart(lines, one.title.get(library_language())))
