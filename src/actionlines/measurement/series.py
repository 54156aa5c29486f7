"""Series: what an indicator counts, in which unit, and which targets and action lines it speaks to.

The one catalogue of them is in `catalogue/`: `series.csv` with the codes, `titles.csv` (six languages) and
`definitions.csv` (our own wording) beside it, and `units.csv`, `custodians.csv`, `surveys.csv`,
`breakdowns.csv` and `notes.csv` for what the columns name. A series stands under the code by which statisticians
know it best: ITU's (i112, i91, i99H, …), the United Nations' SDG series (IT_MOB_OWN), the core list's (HH6), the
World Bank's (SP.POP.TOTL), or else that of the edition of an index that reads it. All its other codes are its
`names`. A code says what is counted, not who counted: that is the source's note.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from actionlines.frameworks.datafile import Faults, Row, Table
from actionlines.problems import InputError, marked
from actionlines.text import LANGUAGES, Text

DATA: Final = Path(__file__).parent / "catalogue"

# The sets a series can belong to besides the core list: the SDG indicators, inputs of the IDI of the years named,
# ITU's administrative questionnaire, and the counts from which rates are made.
LISTS: Final = ("sdg", "idi-2011", "idi-2017", "idi-2023-2025", "administrative", "base")
UNIT_CLASSES: Final = ("number", "percent", "per-100", "ratio", "amount")

_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")
_INDICATOR: Final = re.compile(r"(?:[1-9]|1[0-7])\.(?:[1-9][0-9]?|[a-d])\.[1-9]")
_TARGET: Final = re.compile(r"(?:[1-9]|1[0-7])\.(?:[1-9][0-9]?|[a-d])")
_LINE: Final = re.compile(r"C(?:[1-9]|1[01])(?:-[A-Z]{3})?")
_COLUMNS: Final = (
    *(
        "code",
        "unit",
        "numerator",
        "denominator",
        "breakdowns",
        "custodian",
        "survey",
        "sdg",
        "lists",
        "core",
    ),
    *("names", "unverified", "targets", "lines", "source"),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement.

    Attributes:
        code: SDMX UNIT_MEASURE where there is one, such as 'PER_100_POP'.
        kind: one of `UNIT_CLASSES`, by which checks and aggregates go.
        text: in six languages.
    """

    code: str
    kind: str
    text: Text


@dataclass(frozen=True, slots=True)
class Series:
    """One series.

    Attributes:
        code: such as 'i99H'.
        title: what is counted, in six languages.
        unit: in six languages; `unit.get("en")` is the `unit` of its observations.
        unit_code: SDMX UNIT_MEASURE, such as 'PER_100_POP'.
        unit_class: one of `UNIT_CLASSES`.
        targets: SDG targets it speaks to, such as ('9.c', '17.6').
        lines: action lines it speaks to, such as ('C2',).
        source_note: where its demonstration values come from and what they are not, in six languages; or empty.
        definition: in our own words, in six languages; or empty.
        numerator, denominator: codes of the series of counts it is made of, '' where it is not, or not from counts
            of the catalogue.
        breakdowns: what its values may be split by, such as ('sex', 'age').
        custodian, survey: codes of `custodians()` and `surveys()`: who collects it, and from what.
        indicator: SDG indicator, such as '9.c.1', or ''.
        lists: of `LISTS`.
        core: its code in the core list of the Partnership on Measuring ICT for Development, or ''.
        names: every other code it goes by, older ones included.
        unverified: which of its codes were not found in a source that could be read.
    """

    code: str
    title: Text
    unit: Text
    unit_code: str
    unit_class: str
    targets: tuple[str, ...]
    lines: tuple[str, ...]
    source_note: Text
    definition: Text = field(default_factory=Text)
    numerator: str = ""
    denominator: str = ""
    breakdowns: tuple[str, ...] = ()
    custodian: str = ""
    survey: str = ""
    indicator: str = ""
    lists: tuple[str, ...] = ()
    core: str = ""
    names: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()

    @property
    def goals(self) -> tuple[int, ...]:
        """The goals of its targets, ascending."""
        return tuple(sorted({int(target.split(".")[0]) for target in self.targets}))

    @property
    def factor(self) -> int:
        """By what numerator ÷ denominator is multiplied: 100 for percentages and rates per 100, else 1."""
        return 100 if self.unit_class in {"percent", "per-100"} else 1


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the files say.

    Attributes:
        series: by code, in the order of the file.
        names: every code and name, in small letters, to the code of its series.
        units, custodians, surveys, breakdowns: what their codes mean.
    """

    series: Mapping[str, Series]
    names: Mapping[str, str]
    units: Mapping[str, Unit]
    custodians: Mapping[str, Text]
    surveys: Mapping[str, Text]
    breakdowns: Mapping[str, Text]


def series() -> tuple[Series, ...]:
    """Every series, in the order of the catalogue."""
    return tuple(series_by_code().values())


def series_by_code() -> Mapping[str, Series]:
    """Every series by its code, in the order of the catalogue."""
    return series_catalogue().series


def find_series(name: str) -> Series | None:
    """The series of a code or an older or foreign name of it, capitals or not; None if there is none."""
    found = series_catalogue()
    code = found.names.get(name.strip().lower())
    return found.series[code] if code else None


def series_of_node(framework: str, code: str) -> tuple[Series, ...]:
    """The series that speak to a node: a target ('sdg', '9.c'), any target of a goal ('sdg', '9'), a line ('wsis', 'C2')."""
    if framework == "wsis":
        return tuple(item for item in series() if code in item.lines)
    if framework == "sdg":
        return tuple(item for item in series() if code in item.targets or code in map(str, item.goals))
    return ()


@cache
def series_catalogue() -> Catalogue:
    """The catalogue that comes with the library."""
    return read_series(DATA)


def read_series(folder: Path) -> Catalogue:
    """Read and validate a catalogue.

    Raises:
        InputError: all faults at once, each with file and row.
    """
    faults: Faults = []
    units = _read_units(folder, faults)
    texts = {name: _read_texts(folder / f"{name}.csv", faults) for name in ("custodians", "surveys", "notes")}
    breakdowns = _read_texts(folder / "breakdowns.csv", faults, shape=re.compile(r"[a-z]+(=[A-Za-z0-9_-]+)?"))
    titles = _read_texts(folder / "titles.csv", faults)
    definitions = _read_texts(folder / "definitions.csv", faults)
    rows = Table(folder / "series.csv", "series.csv", _COLUMNS, faults).rows
    codes = [row["code"] for row in rows]
    found: dict[str, Series] = {}
    names: dict[str, str] = {}
    for row in rows:
        code = _new_code(row, found)
        if code not in titles:
            row.fault(marked("“%(code)s” has no title in titles.csv."), "code", code=code)
        unit = units.get(row.choice("unit", units), Unit("", "", Text()))
        own = tuple(dict.fromkeys([*row["names"].split(), *filter(None, [row["core"]])]))
        found[code] = Series(
            code,
            titles.get(code, Text()),
            unit.text,
            row["unit"],
            unit.kind,
            _codes(row, "targets", _TARGET, marked("SDG targets such as 9.c, with spaces between them.")),
            _codes(row, "lines", _LINE, marked("action lines such as C2, with spaces between them.")),
            texts["notes"].get(row.choice("source", ("", *texts["notes"])), Text()),
            definitions.get(code, Text()),
            row.choice("numerator", ("", *codes)),
            row.choice("denominator", ("", *codes)),
            _known(row, "breakdowns", breakdowns),
            row.choice("custodian", texts["custodians"]),
            row.choice("survey", texts["surveys"]),
            "".join(_codes(row, "sdg", _INDICATOR, marked("an SDG indicator such as 9.c.1."))),
            _known(row, "lists", LISTS),
            row["core"],
            tuple(name for name in own if name != code),
            tuple(row["unverified"].split()),
        )
        _name(row, found[code], names)
    if faults:
        raise InputError(faults)
    return Catalogue(
        MappingProxyType(found),
        MappingProxyType(names),
        units,
        texts["custodians"],
        texts["surveys"],
        breakdowns,
    )


def _name(row: Row, one: Series, names: dict[str, str]) -> None:
    for name in (one.code, *one.names):
        known = names.setdefault(name.lower(), one.code)
        if known != one.code:
            row.fault(
                marked("“%(name)s” is a name of %(known)s already."), "names", "", name=name, known=known
            )


def _read_units(folder: Path, faults: Faults) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for row in Table(folder / "units.csv", "units.csv", ("code", "class", *LANGUAGES), faults).rows:
        code = _new_code(row, units)
        units[code] = Unit(code, row.choice("class", UNIT_CLASSES), _complete(row))
    return units


def _read_texts(
    path: Path,
    faults: Faults,
    *,
    shape: re.Pattern[str] = _CODE,
) -> dict[str, Text]:
    texts: dict[str, Text] = {}
    for row in Table(path, path.name, ("code", *LANGUAGES), faults).rows:
        texts[_new_code(row, texts, shape)] = _complete(row)
    return texts


def _new_code(row: Row, known: Mapping[str, object], shape: re.Pattern[str] = _CODE) -> str:
    code = row.needed("code")
    if code and not shape.fullmatch(code):
        row.fault(marked("“%(code)s” is not a code."), "code", marked("letters, digits, _ and ."), code=code)
    if code in known:
        row.fault(marked("“%(code)s” stands here twice."), "code", code=code)
    return code


def _complete(row: Row) -> Text:
    for language in LANGUAGES:
        row.needed(language)
    return row.text()


def _codes(row: Row, column: str, shape: re.Pattern[str], expected: str) -> tuple[str, ...]:
    codes = tuple(row[column].split())
    for code in codes:
        if not shape.fullmatch(code):
            row.fault(marked("“%(code)s” is not a code."), column, expected, code=code)
    return codes


def _known(row: Row, column: str, known: Mapping[str, object] | tuple[str, ...]) -> tuple[str, ...]:
    codes = tuple(row[column].split())
    for code in codes:
        if code not in known:
            row.fault(marked("“%(code)s” is not a code."), column, code=code)
    return codes
