"""Measurement: observations and their series, and indices computed from them.

The nouns of an index (`Cube`, `Specification`, `Index`, `Result`, …) are imported when they are first asked for:
they bring numpy, which a page about one series does not need.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from actionlines.measurement.observation import Observation
from actionlines.measurement.series import (
    Series,
    find_series,
    read_series,
    series,
    series_by_code,
    series_of_node,
)

if TYPE_CHECKING:
    from actionlines.measurement.comparison import Comparison, alternatives, compare, removals
    from actionlines.measurement.cube import Cube, Flag
    from actionlines.measurement.explanation import explain
    from actionlines.measurement.files.data import read_data
    from actionlines.measurement.files.editions import edition, edition_names
    from actionlines.measurement.files.specification import read_specification
    from actionlines.measurement.hierarchy import Element, Indicator, Tree
    from actionlines.measurement.index import Index
    from actionlines.measurement.memory import Memory
    from actionlines.measurement.result import Result
    from actionlines.measurement.specification import Specification

__all__ = [
    "Comparison",
    "Cube",
    "Element",
    "Flag",
    "Index",
    "Indicator",
    "Memory",
    "Observation",
    "Result",
    "Series",
    "Specification",
    "Tree",
    "alternatives",
    "compare",
    "edition",
    "edition_names",
    "explain",
    "find_series",
    "read_data",
    "read_series",
    "read_specification",
    "removals",
    "series",
    "series_by_code",
    "series_of_node",
]

# Where each of the later names is at home, below this package.
_HOMES: Final = {
    "comparison": ("Comparison", "alternatives", "compare", "removals"),
    "cube": ("Cube", "Flag"),
    "explanation": ("explain",),
    "files.data": ("read_data",),
    "files.editions": ("edition", "edition_names"),
    "files.specification": ("read_specification",),
    "hierarchy": ("Element", "Indicator", "Tree"),
    "index": ("Index",),
    "memory": ("Memory",),
    "result": ("Result",),
    "specification": ("Specification",),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__} has no attribute {name}")
