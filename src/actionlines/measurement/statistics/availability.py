"""How complete the data of each unit are, as a whole and under each element of the hierarchy."""

from collections.abc import Mapping

import numpy as np

from actionlines.measurement.cube import Cube, Floats
from actionlines.measurement.hierarchy import Tree


def availability_by_element(cube: Cube, tree: Tree) -> Mapping[str, Floats]:
    """Share of the indicators below each element that have a value, each (P, U)."""
    there = ~np.isnan(cube.values)
    found: dict[str, Floats] = {}
    for code in tree.bottom_up:
        places = cube.columns(leaf for leaf in tree.leaves(code) if leaf in cube.column)
        if places:
            found[code] = there[..., places].mean(axis=-1)
    return found
