"""The data of an SDMX file as a table of statistics, so that it goes the way of every other table.

Codes of series and areas become ours where we know them: the three digits of M49, and what a national office calls its
country and its parts. What splits the population goes into one column, as our breakdowns write it.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from actionlines.formats.sdmx.csv_reading import is_sdmx_csv, read_sdmx_csv
from actionlines.formats.sdmx.ml_reading import is_sdmx_ml, read_sdmx_ml
from actionlines.formats.sdmx.observations import national_codes, sdg_codes
from actionlines.formats.sdmx.statistics import series_of_id
from actionlines.formats.sdmx.structure import Record
from actionlines.formats.tabular import Grid
from actionlines.frameworks import find_area
from actionlines.measurement.checks.statistics import is_total
from actionlines.problems import InputError, Problem, marked

HEADER: Final = (
    *(
        "SERIES",
        "REF_AREA",
        "TIME_PERIOD",
        "OBS_VALUE",
        "OBS_STATUS",
        "BREAKDOWN",
        "UNIT_MEASURE",
        "UNIT_MULT",
    ),
    *("SOURCE", "NOTE", "VINTAGE"),
)
_SERIES: Final = ("SERIES", "INDICATOR")
_SOURCES: Final = ("SOURCE_DETAIL", "SOURCE", "OBS_SOURCE")
_NOTES: Final = ("COMMENT_OBS", "OBS_COMMENT", "COMMENT_TS", "NOTE")
# What splits further: their codes stand as they are.
_PARTS: Final = (
    *("CUST_BREAKDOWN", "COMPOSITE_BREAKDOWN", "DISABILITY_STATUS", "ACTIVITY", "PRODUCT"),
    *("COMP_BREAKDOWN_1", "COMP_BREAKDOWN_2", "COMP_BREAKDOWN_3", "PART"),
)
# Components that say nothing a value of ours keeps.
_UNUSED: Final = frozenset(
    {
        *(
            "FREQ",
            "REPORTING_TYPE",
            "REPORTING_TYPE_ID",
            "TIME_DETAIL",
            "TIME_FORMAT",
            "TIME_COVERAGE",
            "NATURE",
        ),
        *("OBS_CONF", "CONF_STATUS", "DECIMALS", "UNIT_TYPE", "AGG_METHOD", "DATABASE_ID", "GEO_INFO_URL"),
        *("GEO_INFO_TYPE", "BASE_PER", "UPPER_BOUND", "LOWER_BOUND", "DATA_LAST_UPDATE", "CUST_BREAKDOWN_LB"),
        *("UNIT_MULT", "UNIT_MEASURE", "OBS_STATUS", "OBS_VALUE", "TIME_PERIOD", "REF_AREA", "VINTAGE"),
        *(*_SERIES, *_SOURCES, *_NOTES, *_PARTS),
    }
)


def is_sdmx(data: bytes) -> bool:
    """Whether a file is SDMX data in one of the forms read here."""
    start = data[:4096]
    return is_sdmx_csv(start) or is_sdmx_ml(start)


def sdmx_grid(data: bytes, name: str) -> tuple[Grid, list[Problem]]:
    """The data of a file as a table with the columns `HEADER`, and what was left out of it.

    Row n + 1 of the table is the nth observation of the file.

    Raises:
        InputError: the file cannot be read to its end, or holds no observation.
    """
    message = (read_sdmx_csv if is_sdmx_csv(data[:4096]) else read_sdmx_ml)(data, name)
    strange: dict[str, int] = {}
    rows: list[tuple[str, ...]] = [HEADER]
    for number, record in enumerate(message.records, 2):
        rows.append(_row(record))
        for component in record.keys() - _UNUSED - _dimensions().keys():
            strange.setdefault(component, number)
    if len(rows) == 1:
        raise InputError([*message.problems, Problem(marked("the file holds no observation."), file=name)])
    problems = [
        Problem(
            marked("the component %(column)s is not known here: what it says is left out."),
            {"column": component},
            name,
            number,
            component,
            severity="warning",
        )
        for component, number in sorted(strange.items())
    ]
    return Grid(name, tuple(rows)), [*message.problems, *problems]


def _row(record: Record) -> tuple[str, ...]:
    area = record.get("REF_AREA", "")
    found = find_area(area)
    economy, territory = (found.iso3, "") if found else _national_areas().get(area, (area, ""))
    value = record.get("OBS_VALUE", "")
    status = record.get("OBS_STATUS", "")
    if status in {"", "A"} and record.get("NATURE") in {"E", "M"}:
        status = "E"  # estimated or modelled by the agency, whatever the observation says of itself
    return (
        series_of_id(_first(record, _SERIES)),
        economy,
        record.get("TIME_PERIOD", ""),
        "" if value == "NaN" else value,
        status,
        _breakdown(record, economy, territory),
        record.get("UNIT_MEASURE", ""),
        record.get("UNIT_MULT", ""),
        _first(record, _SOURCES),
        _first(record, _NOTES),
        record.get("VINTAGE", ""),
    )


def _first(record: Record, names: tuple[str, ...]) -> str:
    return next((record[name] for name in names if record.get(name)), "")


def _breakdown(record: Record, economy: str, territory: str) -> str:
    national = national_codes().get(economy)
    parts = {f"territory={territory}"} if territory else set()
    for component, dimension in _dimensions().items():
        code = record.get(component, "")
        if is_total(code) or component == "REF_AREA":
            continue
        if national is not None and national.always.get(component) == code:
            continue
        label = national.names.get((component, code), code) if national is not None else code
        parts.add(f"{dimension}={label}".replace(";", ","))
    for component in _PARTS:
        code = record.get(component, "")
        if component == "PART" and "=" in code:
            parts |= set(code.split(";"))  # as our own structure writes it
        elif not is_total(code):
            parts.add(f"part={code}".replace(";", ","))
    return ";".join(sorted(parts))


@cache
def _dimensions() -> Mapping[str, str]:
    """Component to our name of what it splits by."""
    return {component: name for name, component in sdg_codes().breakdowns.items()}


@cache
def _national_areas() -> Mapping[str, tuple[str, str]]:
    """Code of an area as offices write it to the economy and its part."""
    found: dict[str, tuple[str, str]] = {}
    for economy, national in national_codes().items():
        if "REF_AREA" in national.always:
            found[national.always["REF_AREA"]] = (economy, "")
        for (component, code), label in national.names.items():
            if component == "REF_AREA":
                found[code] = (economy, label)
    return found
