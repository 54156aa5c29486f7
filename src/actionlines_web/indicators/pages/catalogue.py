"""The series, and which figures there are."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionlines.measurement import series
from actionlines.measurement.series import LISTS, series_catalogue
from actionlines_web.indicators.labels import LIST_NAMES
from actionlines_web.indicators.pages.answers import csv_answer
from actionlines_web.indicators.queries import summaries
from actionlines_web.indicators.queries.availability import availability
from actionlines_web.ui.language import country_name, library_language


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """The series with values, or those of a list, and how much is known of each."""
    known = summaries()
    chosen = request.GET.get("list", "")
    chosen = chosen if chosen in (*LISTS, "core", "all") else ""
    rows = [(item, known.get(item.code)) for item in series()]
    if chosen == "core":
        rows = [(item, one) for item, one in rows if item.core]
    elif chosen in LISTS:
        rows = [(item, one) for item, one in rows if chosen in item.lists]
    elif not chosen:
        rows = [(item, one) for item, one in rows if one]
    context = {"rows": rows, "chosen": chosen, "lists": LIST_NAMES, "count": len(series())}
    return render(request, "indicators/indicators.html", context)


@require_safe
def catalogue_table(request: HttpRequest) -> HttpResponseBase:
    """The catalogue as csv."""
    language = library_language()
    columns = (
        *(
            "code",
            "title",
            "definition",
            "unit",
            "numerator",
            "denominator",
            "breakdowns",
            "custodian",
            "survey",
        ),
        *("sdg_indicator", "lists", "core_list", "other_codes", "unverified_codes", "targets", "lines"),
    )
    rows = (
        [
            *(one.code, one.title.get(language), one.definition.get(language), one.unit.get(language)),
            *(one.numerator, one.denominator, " ".join(one.breakdowns), one.custodian, one.survey),
            *(one.indicator, " ".join(one.lists), one.core, " ".join(one.names), " ".join(one.unverified)),
            *(" ".join(one.targets), " ".join(one.lines)),
        ]
        for one in series()
    )
    return csv_answer("series", columns, rows)


@require_safe
def available(request: HttpRequest) -> HttpResponse:
    """Which figures there are, by economy and by custodian."""
    by_economy, by_custodian, catalogue = availability()
    custodians = series_catalogue().custodians
    present = [code for code in custodians if code in by_custodian]
    context = {
        "custodians": [
            (code, text, by_custodian.get(code), catalogue.get(code, 0)) for code, text in custodians.items()
        ],
        "present": [(code, custodians[code]) for code in present],
        "rows": [
            (code, one, [one.series.get(custodian, 0) for custodian in present], sum(one.series.values()))
            for code, one in sorted(by_economy.items(), key=lambda pair: country_name(pair[0]))
        ],
    }
    return render(request, "indicators/availability.html", context)


@require_safe
def available_table(request: HttpRequest) -> HttpResponseBase:
    """The same as csv."""
    by_economy, by_custodian, _ = availability()
    present = sorted(by_custodian)
    rows = (
        [
            code,
            country_name(code),
            *(str(one.series.get(name, 0)) for name in present),
            str(one.values),
            one.last,
        ]
        for code, one in sorted(by_economy.items())
    )
    return csv_answer("availability", ("economy", "name", *present, "values", "latest_year"), rows)
