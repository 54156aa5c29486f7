"""One series: map, ranking, trend, groups, what it means; and one economy's history of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionlines.frameworks import Area, region_names
from actionlines.measurement import Series, series_by_code
from actionlines.measurement.series import series_catalogue
from actionlines_web.indicators.charts import Line, shade_map, trend_chart
from actionlines_web.indicators.labels import breakdown_label, group_label
from actionlines_web.indicators.models import Observation
from actionlines_web.indicators.pages.answers import (
    OBSERVATION_COLUMNS,
    csv_answer,
    day_in,
    economies_in,
    observation_rows,
    sdmx_answer,
    structure_answer,
    svg_answer,
    the_economy,
    the_series,
)
from actionlines_web.indicators.queries import latest_by_economy, observations_of, revisions
from actionlines_web.indicators.queries.groups import WORLD, group_trends, groups_of, populations
from actionlines_web.ui.language import country_name, library_language
from actionlines_web.ui.templatetags.actionlines import number


@dataclass(frozen=True)
class Asked:
    """What an address asks of a series."""

    series: Series
    economies: list[str]
    breakdown: str
    day: date | None

    @classmethod
    def of(cls, request: HttpRequest, code: str) -> "Asked":
        """Read an address."""
        breakdown = request.GET.get("breakdown", "")[:120].replace("\x00", "")
        return cls(the_series(code), economies_in(request), breakdown, day_in(request))

    def latest(self) -> list[Observation]:
        """The latest value of each economy, the highest first."""
        if not self.breakdown and self.day is None:
            return latest_by_economy(self.series.code)
        newest: dict[str, Observation] = {}
        for row in observations_of(series=self.series.code, breakdown=self.breakdown, day=self.day):
            newest[row.economy] = row
        return sorted(newest.values(), key=lambda row: (-row.value, row.economy))

    def lines(self) -> list[Line]:
        """The trend of the economies asked for, or of the world and the regions."""
        if not self.economies:
            shown = (WORLD, *region_names())
            trends = group_trends(self.series.code, self.series.unit_class, self.day, shown)
            return [
                Line(group_label(code), [(year, one.value) for year, one in points])
                for code, points in trends.items()
            ]
        points: dict[str, list[tuple[int, float]]] = {code: [] for code in self.economies}
        rows = observations_of(
            series=self.series.code, economies=self.economies, breakdown=self.breakdown, day=self.day
        )
        for row in rows:
            points[row.economy].append((int(row.period), float(row.value)))
        return [Line(country_name(code), points[code]) for code in self.economies]

    def title(self) -> str:
        """The name of a picture."""
        title = self.series.title.get(library_language())
        part = breakdown_label(self.breakdown)
        return f"{title} ({part})" if part else title


@require_safe
def series_page(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about a series."""
    asked = Asked.of(request, code)
    rows = asked.latest()
    lines = asked.lines()
    catalogue = series_catalogue()
    context: dict[str, Any] = {
        "series": asked.series,
        "asked": asked,
        "part": breakdown_label(asked.breakdown),
        "rows": _ranked(rows),
        "demonstration_note": any(row.demonstration for row in rows),
        "map": _map(asked, rows),
        "trend": trend_chart(lines, asked.title()),
        "lines": _table(lines),
        "years": sorted({year for line in lines for year, _ in line.points}),
        "groups": _groups(asked, rows),
        "custodian": catalogue.custodians.get(asked.series.custodian),
        "survey": catalogue.surveys.get(asked.series.survey),
        "formula": _formula(asked.series),
        "breakdowns": [(code, catalogue.breakdowns[code]) for code in asked.series.breakdowns],
        "parts": [(part, breakdown_label(part)) for part in _parts(asked.series)],
        "economies": [(row.economy, country_name(row.economy)) for row in rows],
        "address": request.GET.urlencode(),
    }
    context["economies"].sort(key=lambda one: one[1])
    return render(request, "indicators/series.html", context)


def _ranked(rows: list[Observation]) -> list[tuple[Observation, int, int]]:
    """Each row with the length of its bar in per cent and its place; equal values share one."""
    greatest = max((row.value for row in rows), default=0)
    found: list[tuple[Observation, int, int]] = []
    place = 0
    for position, row in enumerate(rows):
        if not position or row.value != rows[position - 1].value:
            place = position + 1
        found.append((row, max(int(100 * row.value / greatest), 0) if greatest > 0 else 0, place))
    return found


def _parts(one: Series) -> list[str]:
    known = series_catalogue().breakdowns
    return [part for part in known if part.partition("=")[0] in one.breakdowns and "=" in part]


def _formula(one: Series) -> tuple[int, Series, Series] | None:
    known = series_by_code()
    if not one.numerator or not one.denominator:
        return None
    return one.factor, known[one.numerator], known[one.denominator]


def _table(lines: list[Line]) -> list[tuple[str, list[float | None]]]:
    years = sorted({year for line in lines for year, _ in line.points})
    return [(line.name, [dict(line.points).get(year) for year in years]) for line in lines]


def _map(asked: Asked, rows: list[Observation]) -> str:
    values = {row.economy: float(row.value) for row in rows}
    labels = {row.economy: f"{country_name(row.economy)}: {number(row.value)} ({row.period})" for row in rows}
    return shade_map(values, labels, asked.title()) if values else ""


def _groups(asked: Asked, rows: list[Observation]) -> list[tuple[str, Any]]:
    if asked.breakdown or not rows:
        return []
    values = {row.economy: float(row.value) for row in rows}
    year = max(int(row.period) for row in rows)
    found = groups_of(values, populations(), asked.series.unit_class, year)
    return [(group_label(code), one) for code, one in found.items()]


@require_safe
def series_table(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every value of the series as csv: the whole, or the part or the economies the address asks for."""
    asked = Asked.of(request, code)
    breakdown = asked.breakdown if "breakdown" in request.GET else None
    rows = observations_of(series=code, economies=asked.economies, breakdown=breakdown, day=asked.day)
    return csv_answer(code, OBSERVATION_COLUMNS, observation_rows(rows.iterator(chunk_size=2_000)))


@require_safe
def series_picture(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The map or the trend as a file."""
    asked = Asked.of(request, code)
    if kind not in {"map", "trend"}:
        raise Http404
    picture = _map(asked, asked.latest()) if kind == "map" else trend_chart(asked.lines(), asked.title())
    return svg_answer(f"{code}-{kind}", picture)


@require_safe
def history_page(request: HttpRequest, code: str, iso3: str) -> HttpResponse:
    """Every vintage of a series of an economy, with what changed."""
    one, economy = the_series(code), the_economy(iso3)
    rows = revisions(code, iso3)
    context = {
        "series": one,
        "economy": economy,
        "rows": [
            (row, older, row.value - older.value if older else None, breakdown_label(row.breakdown))
            for row, older in rows
        ],
        "trend": _history_chart(one, economy),
    }
    return render(request, "indicators/history.html", context)


def _history_chart(one: Series, economy: Area) -> str:
    """The trend of a series of an economy, for women and men, in towns and in the country where they are known."""
    lines: dict[str, list[tuple[int, float]]] = {}
    for row in observations_of(series=one.code, economies=[economy.iso3], breakdown=None):
        lines.setdefault(row.breakdown, []).append((int(row.period), float(row.value)))
    drawn = [
        Line(breakdown_label(part) or gettext("All"), points)
        for part, points in lines.items()
        if not part or part.startswith(("sex=", "area="))
    ]
    language = library_language()
    return trend_chart(drawn, f"{one.title.get(language)}, {economy.names.get(language)}")


@require_safe
def history_picture(request: HttpRequest, code: str, iso3: str) -> HttpResponse:
    """The trend as a file."""
    one, economy = the_series(code), the_economy(iso3)
    return svg_answer(f"{code}-{iso3}", _history_chart(one, economy))


@require_safe
def series_sdmx(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every value of a series as SDMX-CSV, as known today or on a day."""
    the_series(code)
    rows = observations_of(series=code, economies=economies_in(request), breakdown=None, day=day_in(request))
    return sdmx_answer(code, rows)


@require_safe
def structure(request: HttpRequest) -> HttpResponse:
    """The structure of the files of SDMX."""
    return structure_answer()


@require_safe
def history_table(request: HttpRequest, code: str, iso3: str) -> HttpResponseBase:
    """Every vintage as csv."""
    the_series(code)
    the_economy(iso3)
    rows = (row for row, _ in revisions(code, iso3))
    return csv_answer(f"{code}-{iso3}", OBSERVATION_COLUMNS, observation_rows(rows))
