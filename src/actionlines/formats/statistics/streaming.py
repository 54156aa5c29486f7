"""Long tables of any size, row by row: what the command line loads by the million."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from sys import intern

from actionlines.formats.statistics.cells import economy_code, flag_code, series_code
from actionlines.formats.statistics.layouts import roles_of
from actionlines.formats.statistics.reading import day_of_vintage
from actionlines.formats.tabular import read_table
from actionlines.measurement.checks.statistics import breakdown_of
from actionlines.measurement.numbers import NOTHING, plain_number
from actionlines.measurement.observation import Observation
from actionlines.measurement.series import series_by_code
from actionlines.problems import InputError, Problem, marked

_MOST = 200  # problems kept; a wrong column would say the same of every row


def stream_long(path: Path, *, source: str = "", problems: list[Problem]) -> Iterator[Observation]:
    """The observations of a long table, one after the other; rows that cannot be used are added to `problems`.

    Raises:
        InputError: no table, or a column is missing.
    """
    table = read_table(path, any_size=True)
    at = roles_of(table.columns)
    missing = [role for role in ("economy", "period", "series", "value") if role not in at]
    if missing:
        template = marked("no column says the %(missing)s.")
        raise InputError([Problem(template, {"missing": ", ".join(missing)}, table.name, table.header_row)])
    units = {code: one.unit.get("en") for code, one in series_by_code().items()}
    split = [
        role
        for role in ("sex", "age", "area", "education", "wealth", "occupation", "breakdown")
        if role in at
    ]
    breakdowns: dict[tuple[str, ...], str] = {}
    last = max(at.values())

    def fault(row: int, column: str, template: str, said: str) -> None:
        if len(problems) < _MOST:
            problems.append(Problem(template, {"said": said[:60]}, table.name, row, column))

    for row in table.rows:
        cells = row.cells
        text = cells[at["value"]]
        if last >= len(cells) or text.lower() in NOTHING:
            continue
        digits, mark = plain_number(text)
        economy, series = economy_code(cells[at["economy"]]), series_code(cells[at["series"]])
        period = cells[at["period"]]
        if not digits:
            fault(row.number, "value", marked("“%(said)s” is not a number."), text)
        elif not economy:
            fault(row.number, "economy", marked("“%(said)s” is not an economy."), cells[at["economy"]])
        elif not series:
            fault(
                row.number,
                "series",
                marked("“%(said)s” is not a series of the catalogue."),
                cells[at["series"]],
            )
        elif len(period) != 4 or not period.isdecimal():
            fault(row.number, "period", marked("“%(said)s” is not a year."), period)
        else:
            parts = tuple(cells[at[role]] for role in split)
            breakdown = breakdowns.get(parts)
            if breakdown is None:
                breakdown = breakdowns[parts] = breakdown_of(dict(zip(split, parts, strict=True)))
            flag, left = flag_code(
                cells[at["flag"]] if "flag" in at else mark, cells[at["nature"]] if "nature" in at else ""
            )
            note = cells[at["note"]] if "note" in at else ""
            yield Observation(
                *(economy, series, intern(period), Decimal(digits), units[series], flag),
                intern(cells[at["source"]] if "source" in at else "") or source,
                *("", breakdown, "; ".join(filter(None, (left, note)))),
                (day_of_vintage(cells[at["vintage"]]) if "vintage" in at else "") or "",
            )
