"""Columns of a frame as arrays: numbers strictly, codes, flags."""

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from actionlines.measurement.cube import Bits, Flag, Floats, Places
from actionlines.measurement.files.layout import MISSING
from actionlines.problems import Problem, marked

if TYPE_CHECKING:
    import polars as pl

MOST: Final = 200  # problems said of a table; a wrong column would say the same of every row
_PLAIN: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?", re.ASCII)

# SDMX OBS_STATUS, and words found in the workbooks of the ITU.
_FLAGS: Final = {
    "e": Flag.ESTIMATED,
    "estimate": Flag.ESTIMATED,
    "estimated": Flag.ESTIMATED,
    "itu estimate": Flag.ESTIMATED,
    "m": Flag.MISSING,
    "o": Flag.MISSING,
    "l": Flag.MISSING,
    "i": Flag.ESTIMATED | Flag.IMPUTED_MODEL,
    "imputed": Flag.ESTIMATED | Flag.IMPUTED_MODEL,
    "previous_year": Flag.EARLIER,
    "not_available": Flag.MISSING,
}


def numbers(frame: "pl.DataFrame", column: str, name: str, problems: list[Problem]) -> Floats:
    """A column as numbers, NaN where it is empty or says so; anything else is a problem of its row."""
    import polars as pl

    series = frame[column]
    cast = series.cast(pl.Float64, strict=False)
    found: Floats = cast.fill_null(np.nan).to_numpy().astype(np.float64)
    template, expected = (
        marked("“%(value)s” is not a number."),
        marked("digits with a decimal point, or nothing."),
    )
    # Few cells are neither empty nor a number at once: only these are looked at one by one.
    odd = np.flatnonzero(~np.isfinite(found) & series.is_not_null().to_numpy())
    words = series.gather(odd).cast(pl.String).to_list()
    for place, word in zip(odd.tolist(), words, strict=True):
        found[place] = _number(word)
        if np.isinf(found[place]) and len(problems) < MOST:
            row = int(frame["__row"][place])
            problems.append(Problem(template, {"value": word.strip()}, name, row, column, expected))
    return found


def _number(word: str) -> float:
    """A cell as a number, NaN where it says that it has none; infinite where it is no number."""
    text = word.strip().lower()
    if text in MISSING:
        return float("nan")
    return float(text) if _PLAIN.fullmatch(text) else float("inf")


def codes(frame: "pl.DataFrame", column: str, name: str, problems: list[Problem]) -> list[str]:
    """A column of codes as text; an empty one is a problem of its row."""
    import polars as pl

    text: list[str] = frame[column].cast(pl.String).fill_null("").str.strip_chars().to_list()
    rows = frame["__row"].to_list()
    empty = [row for row, code in zip(rows, text, strict=True) if not code]
    problems += [
        Problem(marked("the cell is empty."), {}, name, row, column, marked("a code."))
        for row in empty[:MOST]
    ]
    return text


def flags(frame: "pl.DataFrame", column: str) -> Bits:
    """A column of flags as bits; words that mean nothing here are an ordinary value."""
    import polars as pl

    text = frame[column].cast(pl.String).fill_null("").str.strip_chars().str.to_lowercase().to_list()
    return np.array([int(_FLAGS.get(word, Flag.OBSERVED)) for word in text], np.uint16)


def places(values: list[str], *, keep_order: bool = False) -> tuple[tuple[str, ...], Places]:
    """The different values, ascending (or as met), and the place of each row's among them."""
    different = tuple(dict.fromkeys(values)) if keep_order else tuple(sorted(set(values)))
    where = {value: place for place, value in enumerate(different)}
    return different, np.array([where[value] for value in values], np.intp)
