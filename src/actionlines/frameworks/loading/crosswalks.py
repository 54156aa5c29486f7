"""Reads `crosswalks/<crosswalk>/<version>/`: crosswalk.toml and links.csv."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from actionlines.frameworks.crosswalk import Crosswalk, CrosswalkLink
from actionlines.frameworks.datafile import Faults, Row
from actionlines.frameworks.framework import Framework
from actionlines.frameworks.loading.place import Place, places
from actionlines.problems import marked

_NEEDED: Final = ("from", "to")
_COLUMNS: Final = ("source", "target")

_Frameworks = Mapping[str, Mapping[str, Framework]]


def load_crosswalks(folder: Path, frameworks: _Frameworks, faults: Faults) -> dict[str, dict[str, Crosswalk]]:
    """Every version of every crosswalk of the folder, the newest last; their ends must be nodes of `frameworks`."""
    found: dict[str, dict[str, Crosswalk]] = {}
    for place in places(folder, "crosswalks", "crosswalk.toml", _NEEDED, faults):
        found.setdefault(place.code, {})[place.version] = _crosswalk(place, frameworks)
    return found


def _crosswalk(place: Place, frameworks: _Frameworks) -> Crosswalk:
    source, target = (_end(place, key, frameworks) for key in _NEEDED)
    languages = place.strings("rationale")
    links: list[CrosswalkLink] = []
    first_rows: dict[tuple[str, str], int] = {}
    for row in place.table("links.csv", _COLUMNS).rows:
        link = CrosswalkLink(
            _node_code(row, "source", *source), _node_code(row, "target", *target), row.text()
        )
        _check_rationale(link, row, languages)
        first = first_rows.setdefault((link.source, link.target), row.number)
        if first != row.number:
            row.fault(
                marked("the link %(source)s → %(target)s stands in row %(first)s already."),
                "target",
                marked("each link once."),
                source=link.source,
                target=link.target,
                first=first,
            )
        links.append(link)
    return Crosswalk(
        place.code,
        source[0],
        target[0],
        tuple(links),
        place.version,
        place.string("source"),
        place.day(),
        place.string("licence"),
        place.strings("notes"),
        place.string("from").partition(" ")[2],
        place.string("to").partition(" ")[2],
    )


def _end(place: Place, key: str, frameworks: _Frameworks) -> tuple[str, Framework | None]:
    """One end of a crosswalk, 'wsis' (its newest version) or 'wsis 2003': its code, and the framework where known."""
    code, _, version = place.string(key).partition(" ")
    versions = frameworks.get(code, {})
    framework = versions.get(version or next(reversed(list(versions)), ""))
    if framework is None and code:
        place.fault(
            marked("there is no framework “%(framework)s”."),
            key,
            marked("one of: %(known)s."),
            framework=place.string(key),
            known=", ".join(f"{name} {one}" for name, found in frameworks.items() for one in found),
        )
    return code, framework


def _node_code(row: Row, column: str, framework: str, nodes: Framework | None) -> str:
    code = row[column]
    if nodes is not None and code not in nodes:
        row.fault(
            marked("%(framework)s has no “%(code)s”."),
            column,
            marked("a code of %(framework)s."),
            framework=framework,
            code=code,
        )
    return code


def _check_rationale(link: CrosswalkLink, row: Row, languages: tuple[str, ...]) -> None:
    for language in languages:
        if language not in link.rationale:
            row.fault(
                marked("the rationale is missing in %(language)s."),
                language,
                marked("a sentence."),
                language=language,
            )
