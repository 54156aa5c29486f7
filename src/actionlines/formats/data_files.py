"""Files of data of any kind: what a file is, its contents say; out come one table, its counts and what was odd."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from actionlines.formats import iati, open_sdg, parquet, sdmx
from actionlines.formats.hxl import is_hxl, read_hxl
from actionlines.formats.sdmx.observations import records_of_observations
from actionlines.formats.statistics import Mapping as Layout
from actionlines.formats.statistics import StatisticsFile, read_mapped, recognise
from actionlines.formats.tabular import MAX_BYTES, Grid, read_grid
from actionlines.frameworks import find_area
from actionlines.measurement.observation import Observation
from actionlines.measurement.series import find_series
from actionlines.problems import InputError, Problem, marked

KINDS: Final = ("sdmx-ml", "sdmx-csv", "hxl", "open-sdg", "open-sdg-words", "parquet", "statistics")
# A line of YAML can as well be a table of one column: here the name decides.
_YAML: Final = (".yml", ".yaml")
_BEGINNING: Final = 4096
_OBSERVATION: Final = ("economy", "series", "period", "value", "unit", "flag", "breakdown", "note", "source")


@dataclass(frozen=True)
class DataFile:
    """What stands in a file of data.

    Attributes:
        name: of the file, as the user knows it.
        kind: one of KINDS.
        columns: of the table it makes.
        rows: gives the table's rows, each time it is called.
        records: how many rows there are.
        counts: what else was counted: 'economies', 'series', 'first period', …
        problems: what was mended or left out.
        observations: of series the catalogue has, where the file holds such.
    """

    name: str
    kind: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[tuple[str, ...]]] = field(repr=False)
    records: int
    counts: Mapping[str, Any]
    problems: tuple[Problem, ...]
    observations: tuple[Observation, ...] = field(default=(), repr=False)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What was left out."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def data_kind(source: Path) -> str:
    """Which of KINDS a file is, '' where it is none of them (entries, or nothing that is known)."""
    if not source.is_file():
        return ""
    with source.open("rb") as file:
        start = file.read(_BEGINNING)
    if iati.is_iati(start):
        return ""
    if sdmx.is_sdmx_ml(start):
        return "sdmx-ml"
    if sdmx.is_sdmx_csv(start):
        return "sdmx-csv"
    if parquet.is_parquet(start):
        return "parquet"
    if source.suffix.lower() in _YAML:
        return "open-sdg-words"
    if source.stat().st_size > MAX_BYTES:
        return ""
    try:
        grid = read_grid(source.read_bytes(), source.name)
    except InputError:
        return ""
    if is_hxl(grid):
        return "hxl"
    if open_sdg.is_open_sdg(grid):
        return "open-sdg"
    return "statistics" if recognise(grid) else ""


def read_data_file(source: Path, kind: str = "", *, economy: str = "", series: str = "") -> DataFile:
    """Read a file of data.

    Args:
        kind: one of KINDS; '' for what its contents say.
        economy, series: of a table of statistics that does not say them.

    Raises:
        InputError: the file as a whole cannot be read, or is of no kind that is known.
    """
    kind = kind or data_kind(source)
    if kind in {"sdmx-ml", "sdmx-csv"}:
        return _sdmx(source, kind)
    if not source.is_file():
        raise InputError([Problem(marked("there is no such file."), file=source.name)])
    if kind == "open-sdg-words":
        return _words(source)
    if kind == "parquet":
        return _parquet(source)
    grid = read_grid(source.read_bytes(), source.name)
    if kind == "hxl":
        return _hxl(grid)
    if kind == "open-sdg":
        return _open_sdg(grid)
    if kind == "statistics":
        return _statistics(grid, economy, series)
    template = marked("the layout of the table is not known.")
    expected = marked("SDMX, HXL, Open SDG, or a table with years and economies.")
    raise InputError([Problem(template, file=source.name, expected=expected)])


def sdg_records(
    source: Path, problems: list[Problem], *, economy: str = "", series: str = ""
) -> Iterator[sdmx.Record]:
    """The figures of a file as records of the SDG structure, as they stand: `sdmx.faults_of` says whether they fit.

    Args:
        problems: where what is left out is added.
        economy, series: of a table of statistics that does not say them.

    Raises:
        InputError: the file cannot be read, or holds neither SDMX nor a table of statistics.
    """
    kind = data_kind(source)
    if kind in {"sdmx-ml", "sdmx-csv"}:
        message = (sdmx.read_sdmx_ml if kind == "sdmx-ml" else sdmx.read_sdmx_csv)(source)
        yield from message.records
        problems.extend(message.problems)
        return
    if kind != "statistics":
        missing = not source.is_file()
        template = marked("there is no such file.") if missing else marked("the file holds no figures.")
        expected = marked("SDMX-ML, SDMX-CSV or a table of statistics.")
        raise InputError([Problem(template, file=source.name, expected=expected)])
    found = read_data_file(source, kind, economy=economy, series=series)
    problems.extend(found.errors)
    yield from records_of_observations(found.observations, problems, source.name)


def _sdmx(source: Path, kind: str) -> DataFile:
    read: Callable[[Path], sdmx.Message] = sdmx.read_sdmx_ml if kind == "sdmx-ml" else sdmx.read_sdmx_csv
    message = read(source)
    columns: dict[str, None] = {}
    seen: dict[str, set[str]] = {"REF_AREA": set(), "TIME_PERIOD": set()}
    number = valued = 0
    for record in message.records:
        number += 1
        valued += record.get("OBS_VALUE", "NaN") != "NaN"
        columns |= dict.fromkeys(record)
        for name, found in seen.items():
            found.add(record.get(name, ""))
    names = tuple(columns)

    def rows() -> Iterator[tuple[str, ...]]:
        for record in read(source).records:
            yield tuple([record.get(name, "") for name in names])

    counts = {
        "structure": str(message.reference) if message.reference else "",
        "values": valued,
        **_counted(seen["REF_AREA"], seen["TIME_PERIOD"]),
        "labels": message.labels,
    }
    return DataFile(source.name, kind, names, rows, number, counts, tuple(message.problems))


def _counted(areas: Iterable[str], periods: Iterable[str]) -> dict[str, Any]:
    """How many economies, which areas are none, and the first and the last period."""
    areas, told = set(areas) - {""}, sorted(set(periods) - {""})
    others = sorted(area for area in areas if find_area(area) is None)
    return {
        "economies": len(areas) - len(others),
        "areas that are no economies": others,
        "first period": told[0] if told else "",
        "last period": told[-1] if told else "",
    }


def _hxl(grid: Grid) -> DataFile:
    table = read_hxl(grid)
    country = table.column("#country")
    countries = sorted({row[country] for row in table.rows} - {""}) if country is not None else []
    counts: dict[str, Any] = {"columns with a hashtag": sum(map(bool, table.tags)), "countries": countries}
    untagged = [header for header, tag in zip(table.headers, table.tags, strict=True) if header and not tag]
    problems = []
    if untagged:
        template = marked("columns without a hashtag are kept under their header: %(columns)s.")
        problems = [Problem(template, {"columns": ", ".join(untagged)}, grid.name, severity="warning")]
    return DataFile(
        grid.name, "hxl", table.names, lambda: iter(table.rows), len(table.rows), counts, tuple(problems)
    )


def _open_sdg(grid: Grid) -> DataFile:
    data = open_sdg.read_data(grid)
    rows = tuple(tuple(row.get(column, "") for column in data.columns) for row in data.rows)
    counts = {
        "years": list(data.years),
        "headline": [dict(row) for row in data.headline],
    }
    return DataFile(grid.name, "open-sdg", data.columns, lambda: iter(rows), len(rows), counts, data.problems)


def _parquet(source: Path) -> DataFile:
    found = parquet.read_parquet(source)
    rows = found.rows
    return DataFile(source.name, "parquet", found.columns, lambda: iter(rows), len(rows), {}, found.problems)


def _words(source: Path) -> DataFile:
    # Only these files need a reader of YAML.
    from actionlines.formats.open_sdg_words import read_words

    found = read_words(source.read_bytes(), source.name)
    rows = tuple(found.fields.items())
    counts = {"fields": list(found.fields)[:40]}
    columns = ("name", "text")
    return DataFile(
        source.name, "open-sdg-words", columns, lambda: iter(rows), len(rows), counts, found.problems
    )


def _statistics(grid: Grid, economy: str, series: str) -> DataFile:
    layout = recognise(grid)
    if layout is None:
        raise InputError([Problem(marked("the layout of the table is not known."), file=grid.name)])
    # What a column says wins: the options are for tables that do not say it.
    if "economy" not in layout.columns:
        layout = replace(layout, economy=economy or layout.economy)
    if "series" not in layout.columns:
        layout = replace(layout, series=series or layout.series)
    if layout.layout == "labels" and not layout.economy:
        template = marked("the table does not say of which economy it is.")
        raise InputError([Problem(template, file=grid.name, expected=marked("its code, as --economy KGZ."))])
    if _strange(grid, layout):
        return _as_published(grid, layout)
    found: StatisticsFile = read_mapped(grid, layout)
    rows = tuple(
        (
            *(one.economy, one.series, one.period, format(one.value, "f"), one.unit),
            *(one.flag, one.breakdown, one.note, one.source),
        )
        for one in found.observations
    )
    counts = {
        **_counted((one.economy for one in found.observations), (one.period for one in found.observations)),
        "series": sorted({one.series for one in found.observations}),
        "cells that say there is no value": found.empty,
    }
    return DataFile(
        *(grid.name, "statistics", _OBSERVATION, lambda: iter(rows), len(rows), counts),
        *(found.problems, found.observations),
    )


def _strange(grid: Grid, layout: Layout) -> bool:
    """Whether a table of years has series codes none of which the catalogue knows."""
    place = layout.columns.get("series")
    if layout.layout != "wide" or place is None or layout.series:
        return False
    codes = {row[place] for row in grid.rows[layout.header :] if place < len(row) and row[place]}
    return bool(codes) and not any(find_series(code) for code in codes)


def _as_published(grid: Grid, layout: Layout) -> DataFile:
    """A table of years whose series the catalogue does not know: every value under the codes the table uses."""
    economy, series = layout.columns["economy"], layout.columns["series"]
    rows = tuple(
        (row[economy], row[series], str(year), row[place])
        for row in grid.rows[layout.header :]
        for place, year in layout.years.items()
        if max(economy, series, place) < len(row) and row[place] and row[economy]
    )
    counts = {
        **_counted((row[0] for row in rows), (row[2] for row in rows)),
        "areas in the table": sum(1 for row in grid.rows[layout.header :] if any(row)),
        "series": sorted({row[1] for row in rows}),
    }
    template = marked("the catalogue does not have %(series)s: values are kept under the table's own codes.")
    problem = Problem(template, {"series": ", ".join(counts["series"][:5])}, grid.name, severity="warning")
    return DataFile(
        grid.name, "statistics", _OBSERVATION[:4], lambda: iter(rows), len(rows), counts, (problem,)
    )
