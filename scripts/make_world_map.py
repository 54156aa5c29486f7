"""Make the site's world map from the TopoJSON files of the npm package world-atlas.

    python scripts/make_world_map.py countries-50m.json countries-10m.json -o src/actionlines/frameworks/data/areas/world.json

The first file gives the shapes; the second, finer one gives those economies the first leaves out (Tuvalu, Tokelau).
Both hold Natural Earth's boundaries, which are in the public domain. The answer is one JSON file that
`actionlines_web.ui.maps` reads; its layout is told there.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from actionlines.frameworks.areas import areas
from actionlines_web.ui.projection import equal_earth

STEPS_PER_DEGREE = 50  # about 2 km; a country's picture shows 4 km or more in one pixel
TOLERANCE = 0.045  # degrees a shore may be moved
WORLD_TOLERANCE = 0.18
WORLD_WIDTH = 2000  # units of the world picture
WORLD_MIDDLE = 10.0  # the picture is cut in the Bering Strait, not through Chukotka
WORLD_SOUTH, WORLD_NORTH = -56.5, 84.0  # Antarctica is left out of the world picture
ISLET = 0.02  # square degrees; smaller islands of a large country are dropped
WORLD_ISLET = 0.1
LARGE = 1.0  # square degrees of the largest island or mainland of a "large" country

Point = tuple[float, float]
Ring = list[Point]
GridRing = list[tuple[int, int]]  # steps of the grid, the end not repeated
Polygon = list[list[int]]  # rings of arc numbers; ~n is arc n backwards

# Parts that world-atlas draws without a code of their own.
NAMED_PARTS = {"N. Cyprus": "CYP", "Somaliland": "SOM"}


@dataclass(frozen=True)
class Part:
    """Polygons of `owner` ('' for land without a code) inside a box of degrees belong to `code`."""

    code: str
    owner: str
    west: float
    south: float
    east: float
    north: float

    def holds(self, ring: Ring) -> bool:
        return all(self.west <= x <= self.east and self.south <= y <= self.north for x, y in ring)


# Economies with a code of their own that Natural Earth draws as a part of another state, and Crimea, which
# it gives to the state that holds it: United Nations General Assembly resolution 68/262 leaves it with Ukraine.
PARTS = (
    Part("UKR", "RUS", 32.3, 44.2, 36.8, 46.3),
    Part("GUF", "FRA", -55, 2, -51, 6),
    Part("GLP", "FRA", -62, 15.8, -61, 16.6),
    Part("MTQ", "FRA", -61.3, 14.3, -60.7, 15),
    Part("REU", "FRA", 55, -21.5, 56, -20.8),
    Part("MYT", "FRA", 44.9, -13.1, 45.4, -12.6),
    Part("SJM", "NOR", -10, 70.5, -7, 71.5),
    Part("SJM", "NOR", 10, 74, 35, 81),
    Part("BVT", "NOR", 3, -55, 4, -54),
    Part("BES", "NLD", -69, 12, -62, 18),
    Part("TKL", "NZL", -173, -10, -171, -8),
    Part("CXR", "", 105, -11, 106, -10),
    Part("CCK", "", 96, -13, 97.5, -11.5),
)

# Natural Earth draws the line of control here; the northern border of Western Sahara, a non-self-governing
# territory on the United Nations' list, follows this parallel.
SPLIT = ("MAR", "ESH")
SPLIT_AT = 27.667


@dataclass
class Atlas:
    """A topology read into degrees.

    Attributes:
        arcs: the lines that borders and shores are made of.
        polygons: ISO 3166 code ('' for land without one) to its polygons.
    """

    arcs: list[Ring]
    polygons: dict[str, list[Polygon]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Atlas":
        topology = json.loads(path.read_text(encoding="utf-8"))
        (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
        atlas = cls([unrolled((x * sx + tx, y * sy + ty) for x, y in absolute(a)) for a in topology["arcs"]])
        codes = {area.m49: area.iso3 for area in areas()}
        for geometry in topology["objects"]["countries"]["geometries"]:
            code = codes.get(geometry.get("id", ""), NAMED_PARTS.get(geometry["properties"]["name"], ""))
            for polygon in polygons_of(geometry):
                atlas.polygons.setdefault(atlas.owner(code, polygon), []).append(polygon)
        return atlas

    def owner(self, code: str, polygon: Polygon) -> str:
        shore = self.ring(polygon[0])
        return next((part.code for part in PARTS if part.owner == code and part.holds(shore)), code)

    def ring(self, numbers: list[int], simple: dict[int, Ring] | None = None) -> Ring:
        """The closed line (first point repeated at the end) of these arcs."""
        points: Ring = []
        for number in numbers:
            forward = number if number >= 0 else ~number
            arc = simple[forward] if simple else self.arcs[forward]
            points.extend((arc if number >= 0 else arc[::-1])[bool(points) :])
        return unrolled(points)

    def rings(self, code: str, tolerance: float) -> list[Ring]:
        """The simplified rings of an economy, its inner borders taken away."""
        together = SPLIT if code in SPLIT else (code,)
        numbers = merged(self, [polygon for part in together for polygon in self.polygons[part]])
        used = {n if n >= 0 else ~n for ring in numbers for n in ring}
        simple = {n: simplified(self.arcs[n], tolerance) for n in used}
        rings = [self.ring(ring, simple) for ring in numbers]
        if code in SPLIT:
            rings = [half for ring in rings if (half := beyond(ring, SPLIT_AT, north=code == SPLIT[0]))]
        return rings


def absolute(arc: list[list[int]]) -> Iterator[tuple[int, int]]:
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x, y


def unrolled(line: Iterable[Point]) -> Ring:
    """The line without jumps from 180° to -180°: it runs on past 180° instead."""
    points: Ring = []
    turn = 0
    for x, y in line:
        if points and abs(x + turn - points[-1][0]) > 180:
            turn += 360 if x + turn < points[-1][0] else -360
        points.append((x + turn, y))
    return points


def polygons_of(geometry: dict[str, Any]) -> list[Polygon]:
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]


def merged(atlas: Atlas, polygons: list[Polygon]) -> list[list[int]]:
    """The rings round several polygons: arcs that two of them share cancel out, the rest is joined again."""
    whole = [ring for polygon in polygons for ring in polygon]
    seen = {number for ring in whole for number in ring}
    rings = [ring for ring in whole if not any(~number in seen for number in ring)]
    loose = {
        atlas.ring([number])[0]: number
        for ring in whole
        if any(~number in seen for number in ring)
        for number in ring
        if ~number not in seen
    }
    while loose:
        number = loose.pop(next(iter(loose)))
        ring = [number]
        while (end := atlas.ring([ring[-1]])[-1]) in loose:
            ring.append(loose.pop(end))
        rings.append(ring)
    return rings


def simplified(line: Ring, tolerance: float) -> Ring:
    """Douglas and Peucker's line simplification; a degree of longitude counts as long as it is on the ground."""
    keep = {0, len(line) - 1}
    if line[0] == line[-1] and len(line) > 2:  # an island: hold its far end too
        far = max(range(len(line)), key=lambda i: hypot(line[i][0] - line[0][0], line[i][1] - line[0][1]))
        stack = [(0, far), (far, len(line) - 1)]
        keep.add(far)
    else:
        stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        offsets = [(distance(line[i], line[first], line[last]), i) for i in range(first + 1, last)]
        if offsets and max(offsets)[0] > tolerance:
            middle = max(offsets)[1]
            keep.add(middle)
            stack += [(first, middle), (middle, last)]
    return [line[i] for i in sorted(keep)]


def distance(point: Point, start: Point, end: Point) -> float:
    """Degrees from a point to a line between two others."""
    narrow = cos(radians(point[1]))
    px, py = (point[0] - start[0]) * narrow, point[1] - start[1]
    ex, ey = (end[0] - start[0]) * narrow, end[1] - start[1]
    length = ex * ex + ey * ey
    share = max(0.0, min(1.0, (px * ex + py * ey) / length)) if length else 0.0
    return hypot(px - share * ex, py - share * ey)


def beyond(ring: Ring, parallel: float, *, north: bool) -> Ring:
    """The part of a closed ring north or south of a parallel."""
    kept: Ring = []
    for (x0, y0), (x1, y1) in pairwise(ring):
        if (y0 >= parallel) != (y1 >= parallel):
            kept.append((x0 + (x1 - x0) * (parallel - y0) / (y1 - y0), parallel))
        if (y1 >= parallel) == north:
            kept.append((x1, y1))
    return [*kept, kept[0]] if kept else []


def area_of(ring: Ring) -> float:
    """Square degrees as they are on the ground."""
    total = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        total += (x0 * y1 - x1 * y0) * cos(radians((y0 + y1) / 2))
    return abs(total) / 2


def gridded(ring: Ring) -> GridRing:
    """The ring on the grid without its repeated end; one point where nothing more is left of it."""
    steps: GridRing = []
    for x, y in ring[:-1]:
        step = (round(x * STEPS_PER_DEGREE), round(y * STEPS_PER_DEGREE))
        if step not in steps[-1:]:
            steps.append(step)
    return steps if len(set(steps)) > 2 else steps[:1]


def inner_point(ring: Ring) -> Point:
    """The centroid of the ring, or where that lies outside (a crescent) the place farthest from its shores."""
    closed = list(pairwise(ring))
    cross = [(x0 * y1 - x1 * y0, x0 + x1, y0 + y1) for (x0, y0), (x1, y1) in closed]
    total = sum(c for c, _, _ in cross)
    if abs(total) < 1e-9:
        return ring[0]
    centre = (sum(c * x for c, x, _ in cross) / (3 * total), sum(c * y for c, _, y in cross) / (3 * total))
    if inside(centre, closed):
        return centre
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    grid = [
        (min(xs) + (max(xs) - min(xs)) * i / 40, min(ys) + (max(ys) - min(ys)) * j / 40)
        for i in range(1, 40)
        for j in range(1, 40)
    ]
    return max(
        (place for place in grid if inside(place, closed)),
        key=lambda place: min(distance(place, start, end) for start, end in closed),
        default=ring[0],
    )


def inside(place: Point, edges: list[tuple[Point, Point]]) -> bool:
    x, y = place
    crossings = [
        (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0 for (x0, y0), (x1, y1) in edges
    ]
    return sum(crossings) % 2 == 1


def economy(rings: list[Ring]) -> dict[str, Any]:
    """What the map file says of one economy; the largest ring comes first."""
    rings = sorted((ring for ring in rings if not on_the_pole(ring)), key=area_of, reverse=True)
    is_large = area_of(rings[0]) > LARGE
    kept = [gridded(ring) for ring in rings if not is_large or area_of(ring) > ISLET]
    point = inner_point(rings[0])
    return {
        "point": [round(point[0], 2), round(point[1], 2)],
        "rings": [deltas(ring) for ring in kept if not is_large or len(ring) > 1],
    }


def on_the_pole(ring: Ring) -> bool:
    """Antarctica has a ring that is nothing but the lower edge of a flat map."""
    return all(y < -89.9 for _, y in ring)


def deltas(ring: GridRing) -> list[int]:
    """x, y of the first point, then the steps from each point to the next."""
    flat = list(ring[0])
    for (x0, y0), (x1, y1) in pairwise(ring):
        flat += (x1 - x0, y1 - y0)
    return flat


def world_place(place: Point) -> tuple[int, int]:
    """Units of the world picture, from its upper left corner."""
    scale = WORLD_WIDTH / 2 / equal_earth(180, 0)[0]
    x, y = equal_earth(place[0] - WORLD_MIDDLE, place[1])
    return round(WORLD_WIDTH / 2 + x * scale), round((equal_earth(0, WORLD_NORTH)[1] - y) * scale)


def in_world(ring: Ring) -> Ring:
    """The ring moved by whole turns so that it lies in the world picture."""
    middle = sum(x for x, _ in ring) / len(ring)
    turn = 360 * round((middle - WORLD_MIDDLE) / 360)
    return [(x - turn, y) for x, y in ring]


def world_path(rings: list[Ring]) -> str:
    """SVG path data of an economy in the world picture: its largest ring and what else can be seen."""
    largest = max(rings, key=area_of)
    path = []
    for ring in rings:
        steps = [world_place(place) for place in in_world(ring)[:-1]]
        steps = [step for i, step in enumerate(steps) if step != steps[i - 1]]
        if len(steps) > 2 and (ring is largest or area_of(ring) > WORLD_ISLET):
            moves = [f"{x1 - x0} {y1 - y0}" for (x0, y0), (x1, y1) in pairwise(steps)]
            path.append(f"M{steps[0][0]} {steps[0][1]}l{' '.join(moves)}z".replace(" -", "-"))
    return "".join(path)


def economies(shapes: Atlas, finer: Atlas) -> dict[str, Any]:
    """Every economy by its code, the smallest ones in their finer shape."""
    told = {}
    for code in sorted(area.iso3 for area in areas()):
        rings = shapes.rings(code, TOLERANCE) if code in shapes.polygons else []
        if max(map(area_of, rings), default=0) < ISLET:
            if code not in finer.polygons:
                raise SystemExit(f"no shape for {code}")
            rings = finer.rings(code, TOLERANCE)
        told[code] = economy(rings)
        told[code]["world"] = world_place(in_world([told[code]["point"]])[0])
    return told


def make_map(shapes: Atlas, finer: Atlas) -> dict[str, Any]:
    """The whole map file."""
    seen = [code for code in shapes.polygons if code != "ATA"]
    return {
        "source": "Natural Earth 4.1.0, 1:50m and 1:10m country boundaries, as packed in world-atlas 2.0.2",
        "licence": "Natural Earth is in the public domain; world-atlas is under the ISC licence, (c) Michael Bostock",
        "changes": (
            "Simplified. Parts with an ISO 3166 code of their own are told apart; Crimea is shown with Ukraine, "
            "Western Sahara up to its northern border, northern Cyprus with Cyprus, Somaliland with Somalia."
        ),
        "steps_per_degree": STEPS_PER_DEGREE,
        "world": {
            "width": WORLD_WIDTH,
            "height": world_place((0, WORLD_SOUTH))[1],
            "path": "".join(world_path(shapes.rings(code, WORLD_TOLERANCE)) for code in seen),
        },
        "economies": economies(shapes, finer),
        "unnamed": economy(shapes.rings("", TOLERANCE))["rings"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shapes", type=Path, help="countries-50m.json of world-atlas")
    parser.add_argument("finer", type=Path, help="countries-10m.json of world-atlas")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    world = make_map(Atlas.read(options.shapes), Atlas.read(options.finer))
    lines = json.dumps(world, ensure_ascii=False, separators=(",", ":")).replace('},"', '},\n"')
    options.output.write_text(lines + "\n", encoding="utf-8")
    print(f"{len(world['economies'])} economies, {options.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
