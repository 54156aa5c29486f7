"""Statistics to be checked: every value by series, economy, breakdown and year, read from a long table."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

from actionlines.measurement.numbers import NOTHING, plain_number
from actionlines.measurement.observation import Observation
from actionlines.measurement.series import series_catalogue
from actionlines.problems import InputError, Problem, marked
from actionlines.text import fold

# The columns of a long table, each with the names it goes by.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "economy": (
        "economy iso3",
        "economy",
        "iso3",
        "geo",
        "ref area",
        "country",
        "geoareacode",
        "economy code",
    ),
    "period": ("year", "period", "time period", "timeperiod", "time"),
    "series": ("series", "indicator", "seriescode", "indicator code", "core code", "series code"),
    "value": ("value", "obs value", "value pct"),
    "flag": ("flag", "obs status", "observation status"),
    "note": ("note", "notes", "footnote", "footnotes"),
    "vintage": ("vintage", "edition"),
    "breakdown": ("breakdown", "speed", "type of speed", "comp breakdown 1"),
    "sex": ("sex", "sexcode", "sex code"),
    "age": ("age", "agecode", "age code"),
    "area": ("urbanisation", "location", "urban rural", "locationcode", "location code"),
    "education": ("education lev", "education"),
    "wealth": ("income wealth quantile", "wealth"),
    "occupation": ("occupation",),
}
_NEEDED: Final = ("economy", "period", "series", "value")
_TOTALS: Final = frozenset(
    {"", "_t", "t", "total", "bothsex", "both", "all", "allage", "allarea", "anys", "_z", "_u"}
)
_SEXES: Final = {"female": "F", "f": "F", "women": "F", "male": "M", "m": "M", "men": "M"}
_AREAS: Final = {"urban": "U", "rural": "R"}
_SPEEDS: Final = {
    **dict.fromkeys(("256kt2mbps", "is_256kt2m", "256kt2m"), "256K-2M"),
    **dict.fromkeys(("2mt10mbps", "is_2mt10m", "2mt10m"), "2M-10M"),
    **dict.fromkeys(("10mbps", "is_ge10m", "ge10m"), "GE10M"),
}
_WORD: Final = re.compile(r"[^\W_]+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


class Value(NamedTuple):
    """One value; a tuple, since there are millions."""

    number: float
    flag: str = ""
    note: str = ""


# An economy and a breakdown.
Place = tuple[str, str]


@dataclass
class Statistics:
    """Values to be checked.

    Attributes:
        name: of the file, as the user knows it.
        values: series code → (economy, breakdown) → year → the value of the newest vintage.
        earlier: the same for the vintages before: series → place → year → [(vintage, number), …], oldest first.
        units: series code to 'number', 'percent', 'per-100', 'ratio' or ''.
        rows: how many rows were read.
        empty: how many of them say that there is no value.
        problems: cells that could not be read.
    """

    name: str = ""
    values: dict[str, dict[Place, dict[int, Value]]] = field(default_factory=dict)
    earlier: dict[str, dict[Place, dict[int, list[tuple[str, float]]]]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    empty: int = 0
    problems: list[Problem] = field(default_factory=list)

    def of(self, series: str) -> Mapping[Place, Mapping[int, Value]]:
        """The values of a series, none where it is not in the file."""
        return self.values.get(series, {})


def read_statistics(
    columns: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], name: str = ""
) -> Statistics:
    """The values of a long table: one row for each.

    Series are known under the codes of ITU, the UN SDG database and the World Bank; others are read and only the
    rules that need no name look at them. Of a value that stands in two vintages the newest counts.

    Args:
        columns: the header.
        rows: number of the row, as a spreadsheet shows it, and its cells.
        name: of the file, for the problems.

    Raises:
        InputError: a column is missing, or no row holds a value.
    """
    places = _places(columns, name)
    found = Statistics(name)
    catalogue = series_catalogue()
    first: dict[tuple[str, Place, int, str], int] = {}
    for number, cells in rows:
        found.rows += 1
        said = {role: cells[place].strip() for role, place in places.items()}
        code = catalogue.names.get(said["series"].lower(), said["series"])
        known = catalogue.series.get(code)
        found.units.setdefault(code, known.unit_class if known else "")
        year, value = _read_row(found, said, number)
        if year is None or value is None:
            continue
        place = (said["economy"], breakdown_of(said))
        vintage = said.get("vintage", "")
        key = (code, place, year, vintage)
        twin = first.setdefault(key, number)
        if twin != number:
            problem = marked(
                "the value of %(series)s for %(economy)s in %(year)d stands in row %(twin)d as well."
            )
            values = {"series": code, "economy": place[0], "year": year, "twin": twin}
            found.problems.append(Problem(problem, values, name, number, "value", marked("each value once.")))
            continue
        _keep(found, code, place, year, value, vintage)
    if not found.values:
        raise InputError([*found.problems[:20], Problem(marked("holds no value."), file=name)])
    return found


def statistics_of(observations: Iterable[Observation], name: str = "") -> Statistics:
    """The same from observations: of a value in several vintages the newest counts, the others are its history."""
    catalogue = series_catalogue()
    found = Statistics(name)
    for item in observations:
        known = catalogue.series.get(item.series)
        found.units.setdefault(item.series, known.unit_class if known else "")
        found.rows += 1
        value = Value(float(item.value), "" if item.flag == "A" else item.flag, item.note)
        _keep(found, item.series, (item.economy, item.breakdown), int(item.period), value, item.vintage)
    return found


def _keep(found: Statistics, code: str, place: Place, year: int, value: Value, vintage: str) -> None:
    years = found.values.setdefault(code, {}).setdefault(place, {})
    if not vintage:
        years[year] = value
        return
    history = found.earlier.setdefault(code, {}).setdefault(place, {}).setdefault(year, [])
    history.append((vintage, value.number))
    history.sort()
    if history[-1] == (vintage, value.number):
        years[year] = value


def _places(columns: Sequence[str], name: str) -> dict[str, int]:
    known = {" ".join(_WORD.findall(fold(column))): place for place, column in enumerate(columns)}
    places = {
        role: next(known[wording] for wording in wordings if wording in known)
        for role, wordings in COLUMNS.items()
        if any(wording in known for wording in wordings)
    }
    missing = [role for role in _NEEDED if role not in places]
    if missing:
        problem = marked("no column says the %(missing)s.")
        values = {"missing": ", ".join(missing), "found": ", ".join(columns)[:300]}
        expected = marked("a long table with economy, year, series and value; found: %(found)s.")
        raise InputError([Problem(problem, values, name, 1, expected=expected)])
    return places


def _read_row(found: Statistics, said: Mapping[str, str], number: int) -> tuple[int | None, Value | None]:
    def note(column: str, template: str, expected: str) -> None:
        values = {"said": said[column][:40]}
        found.problems.append(Problem(template, values, found.name, number, column, expected))

    if not _YEAR.fullmatch(said["period"]):
        note("period", marked("“%(said)s” is not a year."), marked("a year in four digits."))
        return None, None
    if not said["economy"]:
        note("economy", marked("the economy is missing."), marked("a code such as SEN."))
        return None, None
    text = said["value"]
    if text.lower() in NOTHING:
        found.empty += 1
        return None, None
    read, mark = plain_number(text)
    if not read:
        note(
            "value",
            marked("“%(said)s” is not a number."),
            marked("a number with a point before its decimals; nothing, “..” or “n/a” where there is none."),
        )
        return None, None
    return int(said["period"]), Value(float(read), said.get("flag", "") or mark, said.get("note", ""))


def is_total(code: str) -> bool:
    """Whether a code of a breakdown stands for the whole."""
    return code.lower() in _TOTALS


@cache
def _dimensions() -> frozenset[str]:
    """What breakdowns of the catalogue split by."""
    return frozenset(code for code in series_catalogue().breakdowns if "=" not in code)


def _written_out(value: str) -> list[str]:
    """The parts of a breakdown as we write them ourselves, 'sex=F;area=U'; none where it is a mere name."""
    parts = value.split(";")
    named = all(part.partition("=")[0] in _dimensions() and part.partition("=")[2] for part in parts)
    return parts if named else []


def breakdown_of(said: Mapping[str, str]) -> str:
    """The breakdown that a row's columns say: sex "Female" gives 'sex=F', totals give nothing."""
    parts = []
    for role in ("sex", "age", "area", "education", "wealth", "occupation", "breakdown"):
        value = said.get(role, "")
        folded = value.lower()
        if folded in _TOTALS:
            continue
        if role == "sex":
            value = _SEXES.get(folded, value)
        if role == "area":
            value = _AREAS.get(folded, value)
        if role == "breakdown":
            written = _written_out(value)
            if written:
                parts += written
                continue
            speed = _SPEEDS.get(folded)
            role, value = ("speed", speed) if speed else ("part", value)
        parts.append(f"{role}={value}")
    return ";".join(sorted(set(parts)))


def with_part(breakdown: str, by: str, part: str) -> str:
    """The breakdown with one more part: ('sex=F', 'speed', 'GE10M') gives 'sex=F;speed=GE10M'."""
    return ";".join(sorted([*filter(None, breakdown.split(";")), f"{by}={part}"]))


def years_after(years: Mapping[int, Value]) -> Iterator[tuple[int, Value, Value]]:
    """Each year that follows another in the series: the year, the value before and the value."""
    for year in sorted(years):
        before = years.get(year - 1)
        if before is not None:
            yield year, before, years[year]
