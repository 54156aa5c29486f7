"""What the pages of indicators hand out beside pages: tables as csv, pictures as SVG; and what addresses say."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from actionlines.formats import sdmx
from actionlines.formats.tabular import csv_parts
from actionlines.frameworks import Area, area
from actionlines.measurement import Series, series_by_code
from actionlines_web.indicators.models import Observation
from actionlines_web.indicators.queries.observations import exchanged
from actionlines_web.ui.language import country_name

MOST_COMPARED = 6
_AT_ONCE = 2_000
SDMX_CSV = "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"
OBSERVATION_COLUMNS = (
    *(
        "economy",
        "name",
        "series",
        "period",
        "breakdown",
        "value",
        "unit",
        "flag",
        "source",
        "note",
        "vintage",
    ),
)


def csv_answer(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> StreamingHttpResponse:
    """A table to download, written as it is read."""

    def parts() -> Iterable[str]:
        yield "\ufeff"
        rest = iter(rows)
        yield from csv_parts(columns, iter(lambda: list(islice(rest, _AT_ONCE)), []))

    return StreamingHttpResponse(
        parts(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def sdmx_answer(name: str, rows: QuerySet[Observation]) -> StreamingHttpResponse:
    """Observations as SDMX-CSV 2.0 in the structure of `structure_answer`, written as they are read."""
    return StreamingHttpResponse(
        sdmx.sdmx_csv(sdmx.statistics_structure(), sdmx.statistics_records(exchanged(rows))),
        content_type=SDMX_CSV,
        headers={"Content-Disposition": f'attachment; filename="{name}.sdmx.csv"'},
    )


def structure_answer() -> HttpResponse:
    """The structure of what `sdmx_answer` gives, as SDMX-ML 2.1."""
    header = sdmx.Header("STRUCTURE", "ACTIONLINES", timezone.now())
    return HttpResponse(
        sdmx.structure_ml(sdmx.statistics_structure(), header),
        content_type="application/vnd.sdmx.structure+xml; version=2.1; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="structure.xml"'},
    )


def svg_answer(name: str, picture: str) -> HttpResponse:
    """A picture to download; 404 where there is nothing to draw."""
    if not picture:
        raise Http404
    return HttpResponse(
        picture,
        content_type="image/svg+xml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.svg"'},
    )


def observation_rows(rows: Iterable[Observation]) -> Iterable[list[str]]:
    """Observations as rows of a csv, in the order of OBSERVATION_COLUMNS."""
    units = {code: one.unit.get("en") for code, one in series_by_code().items()}
    for row in rows:
        yield [
            *(row.economy, country_name(row.economy), row.series, row.period, row.breakdown),
            *(f"{row.value.normalize():f}", units.get(row.series, ""), row.flag, row.source, row.note),
            row.vintage.isoformat(),
        ]


def the_series(code: str) -> Series:
    """The series of an address, or 404."""
    found = series_by_code().get(code)
    if found is None:
        raise Http404
    return found


def the_economy(iso3: str) -> Area:
    """The economy of an address, or 404."""
    try:
        return area(iso3)
    except KeyError:
        raise Http404 from None


def economies_in(request: HttpRequest) -> list[str]:
    """The economies an address names (`e=SEN&e=FRA`), each once, those that exist, at most six."""
    found: list[str] = []
    for code in request.GET.getlist("e"):
        try:
            area(code)
        except KeyError:
            continue
        if code not in found:
            found.append(code)
    return found[:MOST_COMPARED]


def day_in(request: HttpRequest) -> date | None:
    """The day of `as_of`, None where there is none or what stands there is no day."""
    try:
        return date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return None
