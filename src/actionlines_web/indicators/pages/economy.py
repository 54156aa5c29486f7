"""The profile of an economy."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionlines.measurement import series_by_code
from actionlines_web.indicators.labels import group_label
from actionlines_web.indicators.pages.answers import (
    OBSERVATION_COLUMNS,
    csv_answer,
    day_in,
    observation_rows,
    sdmx_answer,
    the_economy,
)
from actionlines_web.indicators.queries import coverage_of_economy, observations_of
from actionlines_web.indicators.queries.standing import best_index, full_score, gains, standings, strengths
from actionlines_web.ui.language import library_language
from actionlines_web.ui.maps import country_map


@require_safe
def economy(request: HttpRequest, iso3: str) -> HttpResponse:
    """What is known of one economy, and where it stands."""
    found = the_economy(iso3)
    by_code = series_by_code()
    known = [row for row in coverage_of_economy(iso3) if row.series in by_code]
    order = {code: place for place, code in enumerate(by_code)}
    known.sort(key=lambda row: order[row.series])
    places = standings(found)
    best, worst = strengths(places)
    groups = list(dict.fromkeys(code for one in places for code in one.groups))
    name = found.names.get(library_language())
    context: dict[str, Any] = {
        "economy": found,
        "groups": found.groups(),
        "income": group_label(found.income()) if found.income() else "",
        "region": found.region(),
        "map": country_map(iso3, name),
        "places": [(one, [one.groups.get(code) for code in groups]) for one in places],
        "compared": [(code, group_label(code)) for code in groups],
        "best": best,
        "worst": worst,
        "rows": [(by_code[row.series], row) for row in known],
        "demonstration_note": next(
            (by_code[row.series].source_note for row in known if row.latest and row.latest.demonstration),
            None,
        ),
        **_index(iso3),
    }
    return render(request, "indicators/economy.html", context)


def _index(iso3: str) -> dict[str, Any]:
    found = best_index(iso3)
    if found is None:
        return {"index": None}
    name, result = found
    language = library_language()
    column = result.cube.units.index(iso3)
    ranks = result.ranks()[0]
    return {
        "index": name,
        "index_title": result.specification.title,
        "index_edition": result.specification.edition,
        "score": float(result.published()[0, column]),
        "full": full_score(result),
        "rank": int(ranks[column]) if result.specification.ranked else None,
        "ranked": int((ranks == ranks).sum()),
        "parts": [
            (node.title, float(result.published(node.code)[0, column]), node.weight)
            for node in result.tree.nodes
            if node.parent == result.specification.code
        ],
        "gains": gains(result, iso3, language)[:5],
    }


@require_safe
def economy_table(request: HttpRequest, iso3: str) -> HttpResponseBase:
    """Every value of the economy as csv, as known today or on a day."""
    the_economy(iso3)
    rows = observations_of(economies=[iso3], breakdown=None, day=day_in(request))
    return csv_answer(iso3, OBSERVATION_COLUMNS, observation_rows(rows.iterator(chunk_size=2_000)))


@require_safe
def economy_sdmx(request: HttpRequest, iso3: str) -> HttpResponseBase:
    """Every value of the economy as SDMX-CSV, as known today or on a day."""
    the_economy(iso3)
    return sdmx_answer(iso3, observations_of(economies=[iso3], breakdown=None, day=day_in(request)))
