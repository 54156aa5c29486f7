"""The shapes of the world's economies, read from the library's `frameworks/data/areas/world.json`.

`scripts/make_world_map.py` makes that file from Natural Earth's boundaries (public domain):

    world      width, height and SVG path of the world picture (Equal Earth, units of that picture)
    economies  ISO 3166-1 alpha-3 → point   a place inside it, degrees east and north
                                    world   the same place in the world picture
                                    rings   shores and borders: x, y of a first point, then the steps from one
                                            point to the next, in 1/steps_per_degree of a degree; a single point
                                            is an islet; the largest ring comes first; rings run on past 180°
    unnamed    rings of land that has no code of its own
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import ceil
from typing import Any, Final

Place = tuple[float, float]  # x and y: degrees east and north, or units of a picture
Ring = tuple[Place, ...]  # the end is not repeated

LONGEST_STEP: Final = 3.0  # degrees


@dataclass(frozen=True, slots=True)
class Economy:
    """One economy's place and shape; see the file's layout above."""

    point: Place
    world: Place
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Atlas:
    """The whole file.

    Attributes:
        width, height, path: the world picture.
        economies: by ISO 3166-1 alpha-3.
        unnamed: land without a code.
    """

    width: int
    height: int
    path: str
    economies: Mapping[str, Economy]
    unnamed: tuple[Ring, ...]


@cache
def atlas() -> Atlas:
    """The shapes, read once."""
    source = resources.files("actionlines.frameworks") / "data" / "areas" / "world.json"
    raw: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    step = 1 / raw["steps_per_degree"]
    economies = {
        code: Economy(
            (entry["point"][0], entry["point"][1]),
            (entry["world"][0], entry["world"][1]),
            tuple(_ring(flat, step) for flat in entry["rings"]),
        )
        for code, entry in raw["economies"].items()
    }
    picture = raw["world"]
    unnamed = tuple(_ring(flat, step) for flat in raw["unnamed"])
    return Atlas(picture["width"], picture["height"], picture["path"], economies, unnamed)


def _ring(flat: list[int], step: float) -> Ring:
    x = y = 0
    places: list[Place] = []
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        # A border along a parallel is straight in degrees only: a long step gets places between its ends.
        parts = max(1, ceil(max(abs(dx), abs(dy)) * step / LONGEST_STEP)) if places else 1
        places += [((x + dx * i / parts) * step, (y + dy * i / parts) * step) for i in range(1, parts + 1)]
        x, y = x + dx, y + dy
    return tuple(places)
