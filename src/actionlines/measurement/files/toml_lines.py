"""On which line of a TOML file each table and key stands, so that a fault can name its place."""

import re
from typing import Final

from actionlines.measurement.settings import Path

_TABLE: Final = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?")
_ARRAY: Final = re.compile(r"\s*\[\[\s*([^\[\]]+?)\s*\]\]\s*(?:#.*)?")
_KEY: Final = re.compile(
    r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_PART: Final = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def toml_lines(text: str) -> dict[Path, int]:
    """Path to line, counted from 1, of a text tomllib accepts.

    Inline tables have the line of their key. A line inside a multi-line text that looks like a key is taken for
    one; the only harm is a wrong line in a message.
    """
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _ARRAY.fullmatch(line):
            inside = _path(found[1], counts)
            counts[inside] = counts.get(inside, -1) + 1
            table = (*inside, counts[inside])
            lines.setdefault(table, number)
        elif found := _TABLE.fullmatch(line):
            table = _path(found[1], counts)
            lines.setdefault(table, number)
        elif found := _KEY.match(line):
            lines.setdefault((*table, *_parts(found[1])), number)
    return lines


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _path(dotted: str, counts: dict[Path, int]) -> Path:
    # A table under an array of tables belongs to the array's last table.
    path: Path = ()
    parts = _parts(dotted)
    for place, part in enumerate(parts, start=1):
        path = (*path, part)
        if place < len(parts) and path in counts:
            path = (*path, counts[path])
    return path
