"""Our observations as records of the SDG structure: series, areas and breakdowns in its codes.

The codes of national tables, which write "Wealth quintile, The richest" where the structure says Q5, stand in
`national.csv`, by economy: what an office itself uses in the SDMX it publishes.
"""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from actionlines.formats.sdmx.structure import Record, sdg_structure
from actionlines.frameworks import find_area
from actionlines.measurement.observation import Observation
from actionlines.measurement.series import series_by_code
from actionlines.problems import InputError, Problem, marked
from actionlines.text import fold

CODES_FILE: Final = Path(__file__).parent / "sdg_codes.toml"
NATIONAL_FILE: Final = Path(__file__).parent / "national.csv"
_COLUMNS: Final = ("economy", "component", "label", "code", "source")
_NOT_SPLIT: Final = frozenset({"FREQ", "REPORTING_TYPE", "SERIES", "REF_AREA"})


@dataclass(frozen=True)
class NationalCodes:
    """What an office writes in its tables, in the codes of its SDMX.

    Attributes:
        always: component to the code all its records have, unless a breakdown says another.
        labels: component and folded label to code.
        names: component and code to label, as the office writes it.
    """

    always: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)


def records_of_observations(
    observations: Iterable[Observation], problems: list[Problem], file: str = ""
) -> Iterator[Record]:
    """The observations as records of `sdg_structure()`.

    An economy with national codes gets these and the reporting type N; any other its three digits of M49 and G. What
    cannot be said in the structure's codes is left out, and told once for each series, part and economy.

    Args:
        observations: of series the catalogue has.
        problems: where what is left out is added.
        file: name for the problems.
    """
    told: set[tuple[str, ...]] = set()
    for one in observations:
        record, fault = _record(one, file)
        if record is not None:
            yield record
        elif fault is not None and (key := (one.series, one.economy, one.breakdown)) not in told:
            told.add(key)
            problems.append(fault)


def _record(one: Observation, file: str) -> tuple[Record | None, Problem | None]:
    codes = sdg_codes()
    series = codes.series.get(one.series)
    if series is None:
        template = marked("%(series)s is no series of the SDG structure and is left out.")
        return None, Problem(template, {"series": one.series}, file, column=one.series)
    national = national_codes().get(one.economy)
    area = find_area(one.economy)
    record = {
        **{component.id: "_T" for component in sdg_structure().dimensions if component.id not in _NOT_SPLIT},
        "FREQ": "A",
        "REPORTING_TYPE": "N" if national else "G",
        "SERIES": series,
        "REF_AREA": area.m49 if area else one.economy,
        **(national.always if national else {}),
    }
    for part in filter(None, one.breakdown.split(";")):
        name, _, label = part.partition("=")
        component = codes.breakdowns.get(name, "")
        code = (national.labels if national else {}).get((component, fold(label).strip()), "")
        if not code and component in codes.open:
            code = label
        if not component or not code:
            template = marked("“%(part)s” has no code in the SDG structure: its values are left out.")
            expected = marked("a row of its economy in the table of national codes.")
            return None, Problem(template, {"part": part}, file, column=one.series, expected=expected)
        record[component] = code
    record |= {"TIME_PERIOD": one.period, "OBS_VALUE": format(one.value, "f"), "OBS_STATUS": one.flag or "A"}
    record.setdefault("UNIT_MEASURE", codes.units.get(series_by_code()[one.series].unit_code, ""))
    if one.source:
        record["SOURCE_DETAIL"] = one.source
    if one.note:
        record["COMMENT_OBS"] = one.note
    return {name: text for name, text in record.items() if text}, None


@dataclass(frozen=True)
class SdgCodes:
    """Our codes in those of the SDG structure.

    Attributes:
        series: of the catalogue to CL_SERIES.
        breakdowns: 'sex' to 'SEX', …
        units: UNIT_MEASURE of the catalogue to that of the structure.
        open: components whose parts are in our breakdowns already codes of the structure.
    """

    series: Mapping[str, str]
    breakdowns: Mapping[str, str]
    units: Mapping[str, str]
    open: frozenset[str]


@cache
def sdg_codes() -> SdgCodes:
    """The codes, from `sdg_codes.toml`."""
    data = tomllib.loads(CODES_FILE.read_text(encoding="utf-8"))
    return SdgCodes(data["series"], data["breakdowns"], data["units"], frozenset(data["open"]))


@cache
def national_codes() -> Mapping[str, NationalCodes]:
    """The codes by economy, from `national.csv`."""
    return read_national_codes(NATIONAL_FILE)


def read_national_codes(path: Path) -> Mapping[str, NationalCodes]:
    """Read and check a table of national codes: economy, component, label ('' for all records), code, source.

    Raises:
        InputError: every row that cannot be used.
    """
    always: defaultdict[str, dict[str, str]] = defaultdict(dict)
    labels: defaultdict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    names: defaultdict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    problems = []
    components = set(sdg_structure().columns)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise InputError(
                [
                    Problem(
                        marked("the columns must be %(columns)s."),
                        {"columns": ", ".join(_COLUMNS)},
                        path.name,
                        1,
                    )
                ]
            )
        for row in reader:
            if row["component"] not in components or find_area(row["economy"]) is None or not row["code"]:
                template = marked("the row names no component of the structure, no economy or no code.")
                problems.append(Problem(template, file=path.name, row=reader.line_num))
                continue
            if row["label"]:
                labels[row["economy"]][row["component"], fold(row["label"]).strip()] = row["code"]
                names[row["economy"]].setdefault((row["component"], row["code"]), row["label"])
            else:
                always[row["economy"]][row["component"]] = row["code"]
    if problems:
        raise InputError(problems)
    return {one: NationalCodes(always[one], labels[one], names[one]) for one in sorted({*always, *labels})}
