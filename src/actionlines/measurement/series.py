"""Series: what an indicator counts, in which unit, and which targets and action lines it speaks to.

The catalogue is in `data/series.csv`, with `units.csv` and `sources.csv` beside it. Codes are those under which
statisticians know the same indicator: ITU's world telecommunication indicators (i112, i91, i271, i911, i99H,
i4213tfbb, i992b), the United Nations' SDG series (EG_ACS_ELEC) and the World Bank's (SE.ADT.LITR.ZS). Unit codes
are those of the SDG data structure (NUMBER, PERCENT, PER_100_POP). A code says what is counted, not who counted:
that is the source's note.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from actionlines.frameworks.datafile import Faults, Row, Table
from actionlines.problems import InputError, marked
from actionlines.text import LANGUAGES, Text

DATA: Final = Path(__file__).parent / "data"

_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")
_TARGET: Final = re.compile(r"(?:[1-9]|1[0-7])\.(?:[1-9][0-9]?|[a-d])")
_LINE: Final = re.compile(r"C(?:[1-9]|1[01])(?:-[A-Z]{3})?")


@dataclass(frozen=True, slots=True)
class Series:
    """One series.

    Attributes:
        code: such as 'i99H'.
        title: what is counted, in six languages.
        unit: in six languages; `unit.get("en")` is the `unit` of its observations.
        unit_code: SDMX UNIT_MEASURE, such as 'PER_100_POP'.
        targets: SDG targets it speaks to, such as ('9.c', '17.6').
        lines: action lines it speaks to, such as ('C2',).
        source_note: where its demonstration values come from and what they are not, in six languages.
    """

    code: str
    title: Text
    unit: Text
    unit_code: str
    targets: tuple[str, ...]
    lines: tuple[str, ...]
    source_note: Text

    @property
    def goals(self) -> tuple[int, ...]:
        """The goals of its targets, ascending."""
        return tuple(sorted({int(target.split(".")[0]) for target in self.targets}))


def series() -> tuple[Series, ...]:
    """Every series, in the order of the catalogue."""
    return tuple(series_by_code().values())


@cache
def series_by_code() -> Mapping[str, Series]:
    """Every series by its code, in the order of the catalogue."""
    return MappingProxyType(read_series(DATA))


def series_of_node(framework: str, code: str) -> tuple[Series, ...]:
    """The series that speak to a node: a target ('sdg', '9.c'), any target of a goal ('sdg', '9'), a line ('wsis', 'C2')."""
    if framework == "wsis":
        return tuple(item for item in series() if code in item.lines)
    if framework == "sdg":
        return tuple(item for item in series() if code in item.targets or code in map(str, item.goals))
    return ()


def read_series(folder: Path) -> dict[str, Series]:
    """Read and validate a catalogue.

    Raises:
        InputError: all faults at once, each with file and row.
    """
    faults: Faults = []
    units = _read_texts(folder / "units.csv", faults)
    sources = _read_texts(folder / "sources.csv", faults)
    found: dict[str, Series] = {}
    columns = ("code", "unit", "targets", "lines", *LANGUAGES, "source")
    for row in Table(folder / "series.csv", "series.csv", columns, faults).rows:
        code = _new_code(row, found)
        found[code] = Series(
            code,
            _complete(row),
            units.get(row.choice("unit", units), Text()),
            row["unit"],
            _codes(row, "targets", _TARGET, marked("SDG targets such as 9.c, with spaces between them.")),
            _codes(row, "lines", _LINE, marked("action lines such as C2, with spaces between them.")),
            sources.get(row.choice("source", sources), Text()),
        )
    if faults:
        raise InputError(faults)
    return found


def _read_texts(path: Path, faults: Faults) -> dict[str, Text]:
    texts: dict[str, Text] = {}
    for row in Table(path, path.name, ("code", *LANGUAGES), faults).rows:
        texts[_new_code(row, texts)] = _complete(row)
    return texts


def _new_code(row: Row, known: Mapping[str, object]) -> str:
    code = row.needed("code")
    if code and not _CODE.fullmatch(code):
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
