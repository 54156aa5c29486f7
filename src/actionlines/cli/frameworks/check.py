"""`actionlines frameworks validate`: every fault of the data files at once."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from actionlines.cli.output import answer
from actionlines.frameworks import catalogue
from actionlines.frameworks.areas import DATA, read_areas
from actionlines.problems import InputError, Problem

_INVALID = 2


def validate(arguments: argparse.Namespace) -> int:
    """Check the folder, or what ships; returns 0, or 2 with every fault said.

    In text the faults go to standard error, through InputError; in json they are the answer.
    """
    folder: Path | None = arguments.folder
    problems = _faults_of(lambda: catalogue(folder))
    areas = DATA if folder is None else folder / "areas"
    if areas.is_dir():
        problems += _faults_of(lambda: read_areas(areas))
    if problems and arguments.format == "text":
        raise InputError(problems)
    answer(arguments, _as_json(problems), [] if problems else _as_text(folder))
    return _INVALID if problems else 0


def _faults_of(read: Callable[[], object]) -> list[Problem]:
    try:
        read()
    except InputError as error:
        return list(error.problems)
    return []


def _as_json(problems: list[Problem]) -> dict[str, Any]:
    return {
        "valid": not problems,
        "problems": [
            {
                "file": problem.file,
                "row": problem.row,
                "column": problem.column,
                "message": problem.message,
                "expected": problem.expectation,
            }
            for problem in problems
        ],
    }


def _as_text(folder: Path | None) -> Iterator[str]:
    loaded = catalogue(folder)
    frameworks = [framework for found in loaded.framework_versions.values() for framework in found.values()]
    crosswalks = [crosswalk for found in loaded.crosswalk_versions.values() for crosswalk in found.values()]
    yield (
        f"No faults: {len(loaded.frameworks)} frameworks in {len(frameworks)} versions"
        f" with {sum(len(framework.nodes) for framework in frameworks)} nodes,"
        f" {len(crosswalks)} crosswalks with {sum(len(crosswalk.links) for crosswalk in crosswalks)} links,"
        f" {len(loaded.roles)} roles."
    )
