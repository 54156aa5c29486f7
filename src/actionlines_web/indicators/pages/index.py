"""Indices: the editions, one edition with its table and intervals, and what would be if."""

from math import isfinite
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionlines.measurement import Cube, Result, Specification, series_by_code
from actionlines.problems import InputError
from actionlines_web.indicators.charts import Interval, interval_chart
from actionlines_web.indicators.pages.answers import csv_answer, svg_answer
from actionlines_web.indicators.queries import coverage_of_economy, latest_values
from actionlines_web.indicators.queries.indices import (
    DRAWS_AT_ONCE,
    changed,
    data_of,
    edition_names,
    edition_of,
    inputs_of,
    result_of,
    reweighted,
    scored,
    specification_of,
    uncertainty_of,
)
from actionlines_web.indicators.queries.standing import full_score, gains
from actionlines_web.ui.language import country_name, library_language

DRAWN = 40  # economies in the picture of an index; the table has all


def the_edition(name: str) -> Specification:
    """The edition of an address, or 404."""
    found = edition_of(name)
    if found is None:
        raise Http404
    return found


def _year(request: HttpRequest) -> int | None:
    given = request.GET.get("year", "")
    return int(given) if given.isdecimal() and 1990 <= int(given) <= 2100 else None


@require_safe
def indices(request: HttpRequest) -> HttpResponse:
    """The editions, and for how many economies the data here are enough."""
    rows = []
    for name in edition_names():
        specification = specification_of(name)
        inputs = inputs_of(specification)
        known = latest_values(inputs.values())
        present = sum(bool(own) for own in known.values())
        result = result_of(specification, data_of(specification)) if present else None
        number = int((result.scores() == result.scores()).sum()) if result else 0
        rows.append((name, specification, len(set(inputs.values())), present, number))
    return render(request, "indicators/indices.html", {"rows": rows})


@require_safe
def index_page(request: HttpRequest, name: str) -> HttpResponse:
    """One edition on the data of the site: table, intervals, method, errata."""
    specification = the_edition(name)
    year = _year(request)
    data = data_of(specification, year)
    result = result_of(specification, data) if data.units else None
    rows = scored(result) if result is not None else []
    inputs = inputs_of(specification)
    present = {code for code in data.indicators if (data.series(code) == data.series(code)).any()}
    context = {
        "name": name,
        "specification": specification,
        "year": year,
        "editions": [(one, specification_of(one)) for one in edition_names()],
        "rows": rows if specification.ranked else sorted(rows, key=lambda row: country_name(row["economy"])),
        "parts": [node for node in specification.tree.nodes if node.parent == specification.code],
        "indicators": [
            (one, inputs.get(one.code), one.code in present) for one in specification.tree.indicators
        ],
        "chart": _picture(rows, specification, result),
        "drawn": min(DRAWN, len(rows)),
        "missing": result.missing()[:20] if result is not None else [],
        "missing_count": len(result.missing()) if result is not None else 0,
        "address": request.GET.urlencode(),
    }
    return render(request, "indicators/index.html", context)


def _picture(rows: list[dict[str, Any]], specification: Specification, result: Result | None) -> str:
    if not rows or result is None:
        return ""
    drawn = [
        Interval(country_name(row["economy"]), row["exact"], row["low"], row["high"]) for row in rows[:DRAWN]
    ]
    return interval_chart(drawn, specification.title.get(library_language()), full_score(result))


@require_safe
def index_picture(request: HttpRequest, name: str) -> HttpResponse:
    """The intervals as a file."""
    specification = the_edition(name)
    data = data_of(specification, _year(request))
    result = result_of(specification, data) if data.units else None
    rows = scored(result) if result is not None else []
    return svg_answer(name, _picture(rows, specification, result))


@require_safe
def index_table(request: HttpRequest, name: str) -> HttpResponseBase:
    """Unrounded scores with their intervals as csv."""
    specification = the_edition(name)
    data = data_of(specification, _year(request))
    rows = scored(result_of(specification, data)) if data.units else []
    parts = [node.code for node in specification.tree.nodes if node.parent == specification.code]
    columns = ("economy", "name", "score", "score_low", "score_high", "rank_best", "rank_worst", *parts)
    return csv_answer(
        name,
        columns,
        (
            [
                *(row["economy"], country_name(row["economy"])),
                *(f"{row[key]:.6f}" for key in ("exact", "low", "high")),
                *(str(row["best"]), str(row["worst"]), *(f"{part:g}" for part in row["parts"].values())),
            ]
            for row in rows
        ),
    )


@require_safe
def what_if(request: HttpRequest, name: str) -> HttpResponse:
    """Other inputs of one economy, or other weights: what becomes of its score and its interval of ranks."""
    specification = the_edition(name)
    data = data_of(specification)
    economies = sorted(((code, country_name(code)) for code in data.units), key=lambda pair: pair[1])
    asked = request.GET.get("economy", "")
    economy = asked if asked in data.units else (economies[0][0] if economies else "")
    values, weights, unread = _scenario(request, specification)
    context: dict[str, Any] = {
        "name": name,
        "specification": specification,
        "economies": economies,
        "economy": economy,
        "unread": unread,
        "changed": bool(values or weights),
    }
    if economy:
        try:
            context |= _compared(specification, data, economy, values, weights)
        except InputError as error:
            context["problems"] = error.problems
    return render(request, "indicators/what_if.html", context)


def _scenario(
    request: HttpRequest, specification: Specification
) -> tuple[dict[str, float], dict[str, float], list[str]]:
    """The values and weights an address says, and what of it is no number that can be used."""
    values: dict[str, float] = {}
    weights: dict[str, float] = {}
    unread: list[str] = []
    for start, known, found in (
        ("v.", set(inputs_of(specification)), values),
        ("w.", {node.code for node in specification.tree.nodes if node.parent}, weights),
    ):
        for code in sorted(known):
            said = request.GET.get(start + code, "").strip().replace(",", ".")
            if not said:
                continue
            try:
                number = float(said)
            except ValueError:
                unread.append(said[:40])
                continue
            if not isfinite(number) or number < 0 or number > 1e15:
                unread.append(said[:40])
                continue
            found[code] = number
    return values, weights, unread


def _compared(
    specification: Specification,
    data: Cube,
    economy: str,
    values: dict[str, float],
    weights: dict[str, float],
) -> dict[str, Any]:
    language = library_language()
    now = result_of(specification, data)
    then = result_of(reweighted(specification, weights), changed(data, economy, values))
    places = [_place(one, economy) for one in (now, then)]
    rows = {one.code: one for one in gains(now, economy, language)}
    after = {one.code: one for one in gains(then, economy, language)}
    inputs = inputs_of(specification)
    titles = {one.code: one.title for one in specification.tree.indicators}
    known = series_by_code()
    rows_of = {row.series: row.latest for row in coverage_of_economy(economy)}
    held = {code: rows_of.get(series) for code, series in inputs.items()}
    return {
        "now": places[0],
        "then": places[1],
        "full": full_score(now),
        "ranked": specification.ranked,
        "inputs": [
            (
                code,
                titles.get(code) or known[inputs[code]].title,
                known[inputs[code]].unit,
                held[code],
                values.get(code),
                rows.get(code),
                after.get(code),
            )
            for code in inputs
        ],
        "weights": [
            (node.code, node.title, node.weight, weights.get(node.code))
            for node in specification.tree.nodes
            if node.parent
        ],
    }


def _place(result: Result, economy: str) -> dict[str, Any]:
    column = result.cube.units.index(economy)
    score = float(result.scores()[0, column])
    if not isfinite(score):
        missing = next((one for one in result.missing() if one.unit == economy), None)
        return {"score": None, "missing": missing}
    spread = uncertainty_of(result, DRAWS_AT_ONCE)
    at = result.source.units.index(economy)
    low, high = spread.score_interval()[:, 0, at]
    best, worst = spread.rank_interval()[:, 0, at]
    return {
        "score": float(result.published()[0, column]),
        "low": float(low),
        "high": float(high),
        "rank": int(result.ranks()[0, column]),
        "best": int(best),
        "worst": int(worst),
    }
