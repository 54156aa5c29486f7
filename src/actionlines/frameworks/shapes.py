"""The world as a flat picture (Equal Earth): its land, and a place inside each economy. Natural Earth, public domain."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

Place = tuple[float, float]

_NUMBERS: Final = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class World:
    """The picture: x runs to the right, y downwards.

    Attributes:
        width, height: of the picture, in its own units.
        land: rings of land, closed.
        places: a place inside each economy, by ISO 3166-1 alpha-3.
    """

    width: int
    height: int
    land: tuple[tuple[Place, ...], ...]
    places: Mapping[str, Place]


@cache
def world() -> World:
    """The picture, read once from `data/areas/world.json`."""
    source = resources.files("actionlines.frameworks") / "data" / "areas" / "world.json"
    raw: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    picture = raw["world"]
    rings = tuple(_ring(part) for part in picture["path"].split("z") if part)
    places = {code: (entry["world"][0], entry["world"][1]) for code, entry in raw["economies"].items()}
    return World(picture["width"], picture["height"], rings, places)


def _ring(path: str) -> tuple[Place, ...]:
    """'M x y l dx dy …': a first point, then the steps from one point to the next."""
    numbers = [float(number) for number in _NUMBERS.findall(path)]
    x, y = numbers[0], numbers[1]
    found = [(x, y)]
    for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x, y))
    return (*found, found[0])
