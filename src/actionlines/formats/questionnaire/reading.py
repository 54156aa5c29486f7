"""Reading the workbook of a questionnaire back: the counts, and the rates they make."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from actionlines.formats.questionnaire import layout
from actionlines.formats.statistics.cells import Cells, flag_code
from actionlines.formats.statistics.reading import StatisticsFile
from actionlines.formats.tabular import Grid, cell_name
from actionlines.measurement.observation import Observation
from actionlines.measurement.questionnaire import KINDS, questions, rates_from
from actionlines.measurement.series import series_by_code
from actionlines.problems import InputError, Problem, marked

_RATE_NOTE: Final = "computed from the counts of the questionnaire"


def is_questionnaire(grid: Grid) -> bool:
    """Whether this is a questionnaire that `write_questionnaire` wrote."""
    return layout.read_mark(_get(grid.rows[0], 0)) is not None


def read_questionnaire(grid: Grid, *, source: str = "") -> StatisticsFile:
    """The answers as observations, with the rates that follow from them.

    Rates are made anew from the counts: what a formula of the workbook shows is not read.

    Raises:
        InputError: no questionnaire, of an unknown kind, or without its header.
    """
    said = layout.read_mark(_get(grid.rows[0], 0))
    if said is None or said[0] not in KINDS or len(grid.rows) < layout.HEADER:
        template = marked("the file is not a questionnaire that was handed out here.")
        raise InputError([Problem(template, file=grid.name, row=1, column="A1")])
    kind, economy, year = said
    cells = Cells(grid.name)
    asked = {(one.series.code, one.breakdown) for one in questions(kind)}
    known = series_by_code()
    found: list[Observation] = []
    places: list[str] = []
    for number, row in enumerate(grid.rows[layout.HEADER :], layout.HEADER + 1):
        key = (_get(row, layout.CODE), _get(row, layout.PART))
        if key not in asked:
            if key[0]:
                template = marked("“%(said)s” is no question of this questionnaire: the row is left out.")
                cells.note(number, layout.CODE, template, "", severity="warning", said=" ".join(key)[:60])
            continue
        answer = cells.value(_get(row, layout.VALUE), number, layout.VALUE)
        if answer is None:
            continue
        if answer[0] < 0:
            cells.note(number, layout.VALUE, marked("a count is not below zero."))
            continue
        flag, left = flag_code(_get(row, layout.FLAG) or answer[1])
        note = "; ".join(filter(None, (left, _get(row, layout.NOTE))))
        origin = _get(row, layout.SOURCE) or source
        unit = known[key[0]].unit.get("en")
        found.append(Observation(economy, key[0], str(year), answer[0], unit, flag, origin, "", key[1], note))
        places.append(cell_name(number, layout.VALUE))
    cells.finish()
    found += _rates(kind, found, source)
    places += [""] * (len(found) - len(places))
    return StatisticsFile(tuple(found), tuple(cells.problems), cells.empty, tuple(places))


def _rates(kind: str, found: Sequence[Observation], source: str) -> list[Observation]:
    known = series_by_code()
    counts: dict[tuple[str, str], Decimal] = {(one.series, one.breakdown): one.value for one in found}
    flags = {(one.series, one.breakdown): one.flag for one in found}
    made = []
    for (code, part), value in rates_from(kind, counts).items():
        one = known[code]
        own = {
            flags.get((one.numerator, part), "A"),
            flags.get((one.denominator, part), flags.get((one.denominator, ""), "A")),
        }
        flag = next((letter for letter in ("B", "E", "P") if letter in own), "A")
        made.append(
            Observation(
                *(found[0].economy, code, found[0].period, value, one.unit.get("en"), flag, source, "", part),
                _RATE_NOTE,
            )
        )
    return made


def _get(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""
