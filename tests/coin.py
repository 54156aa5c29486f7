"""COINr's reference vectors, read as they lie in the shared folder."""

import csv
import math
from dataclasses import replace

import numpy as np

from actionlines.measurement.cube import Cube
from actionlines.measurement.index import Index
from actionlines.measurement.specification import Specification
from shared import SHARED

COIN = SHARED / "data" / "coin"
ELEMENTS = {
    "Conn": "Index", "Sust": "Index",
    "Physical": "Conn", "ConEcFin": "Conn", "Political": "Conn", "Instit": "Conn", "P2P": "Conn",
    "Environ": "Sust", "Social": "Sust", "SusEcFin": "Sust",
}  # fmt: skip
DENOMINATORS = ("Area", "Energy", "GDP", "Population")
GROUPS = ("GDP_group", "GDPpc_group", "Pop_group", "EurAsia_group")


def rows(name):
    """The rows of a file as dictionaries of text."""
    with (COIN / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    """A cell as a number; empty is missing."""
    return float(text) if text else math.nan


def table(name, columns, key="uCode"):
    """Unit codes and values (U, I) of a file's columns."""
    found = rows(name)
    return [row[key] for row in found], np.array([[number(row[code]) for code in columns] for row in found])


def meta():
    """The 49 indicators of the ASEM index, by code, in the order of its data."""
    order = list(rows("pipeline/raw.csv")[0])[1:]
    known = {row["iCode"]: row for row in rows("inputs/asem_iMeta.csv") if row["Type"] == "Indicator"}
    return {code: known[code] for code in order}


def document(*steps):
    """The document of the ASEM index with these steps."""
    return {
        "index": {"code": "Index", "title": "Sustainable Connectivity", "variables": list(DENOMINATORS)},
        "elements": [{"code": code, "parent": parent} for code, parent in ELEMENTS.items()],
        "indicators": [
            {
                "code": code,
                "title": row["iName"],
                "parent": row["Parent"],
                "direction": int(row["Direction"]),
                "unit": row["Unit"],
                "target": float(row["Target"]),
                **({"denominator": row["Denominator"]} if row["Denominator"] else {}),
            }
            for code, row in meta().items()
        ],
        "steps": list(steps),
    }


def specification(*steps):
    """The ASEM index with these steps."""
    return Specification.of(document(*steps), "asem.toml")


EXAMPLE = (
    {"step": "denominate"},
    {"step": "impute", "method": "mean", "group": "EurAsia_group"},
    {"step": "screen", "available": 0.9},
    {"step": "treat"},
    {"step": "normalise"},
    {"step": "aggregate"},
)


def source():
    """The 51 units of the ASEM data, in ascending order of their codes, with denominators and groups."""
    found = sorted(rows("inputs/asem_iData.csv"), key=lambda row: row["uCode"])
    codes = list(meta())
    return Cube.of(
        np.array([[number(row[code]) for code in codes] for row in found]),
        [row["uCode"] for row in found],
        codes,
        ["2018"],
        variables={code: np.array([number(row[code]) for row in found]) for code in DENOMINATORS},
        groups={name: [row[name] for row in found] for name in GROUPS},
        names={row["uCode"]: row["uName"] for row in found},
    )


def source_again(cube):
    """The same data as a cube of its own, nothing about it known yet."""
    return replace(cube)


def panel():
    """The ASEM panel of five years."""
    found = rows("inputs/asem_iData_panel.csv")
    periods, units = sorted({row["Time"] for row in found}), sorted({row["uCode"] for row in found})
    by_key = {(row["Time"], row["uCode"]): row for row in found}
    grid = [[by_key[period, unit] for unit in units] for period in periods]
    codes = list(meta())
    return Cube.of(
        np.array([[[number(row[code]) for code in codes] for row in line] for line in grid]),
        units,
        codes,
        periods,
        variables={
            code: np.array([[number(row[code]) for row in line] for line in grid]) for code in DENOMINATORS
        },
        groups={name: np.array([[row[name] for row in line] for line in grid]) for name in GROUPS},
    )


def stage(name):
    """A cube of one of COINr's stages, such as 'pipeline/treated.csv', as observed data."""
    codes = list(meta())
    units, values = table(name, codes)
    base = source()
    return Cube.of(
        values,
        units,
        codes,
        ["2018"],
        variables=dict(base.variables),
        groups=dict(base.groups),
    )


def after(cube, *steps):
    """The cube after these steps of the ASEM index."""
    return Index(specification(*steps)).compute(cube).cube


def assert_same(found, wanted):
    """Equal within 1e-12 relative; near 0, where digits cancel, within 1e-14 of the greatest value."""
    wanted = np.asarray(wanted, float)
    finite = wanted[np.isfinite(wanted)]
    largest = np.abs(finite).max() if len(finite) else 0.0
    np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-14 * largest, equal_nan=True)
