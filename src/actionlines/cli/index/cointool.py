"""`actionlines index import-cointool`: the workbook of the JRC's COIN Tool as a specification and its data."""

import argparse
from pathlib import Path

from actionlines.cli.index.tables import write_table
from actionlines.cli.output import add_format, answer
from actionlines.cli.whole_file import whole_file
from actionlines.measurement.files.cointool import read_cointool
from actionlines.measurement.files.toml_text import toml_text
from actionlines.measurement.specification import Specification
from actionlines.problems import InputError, Problem, marked


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser("import-cointool", help="read a workbook of the JRC's COIN Tool")
    command.add_argument(
        "workbook", metavar="FILE", type=Path, help="xlsx or xlsm file with the sheets Database and Framework"
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FOLDER",
        type=Path,
        default=Path(),
        help="where specification.toml and data.csv go (default: here)",
    )
    add_format(command)
    command.set_defaults(func=_import)


def _import(arguments: argparse.Namespace) -> int:
    folder: Path = arguments.output
    if not folder.is_dir():
        raise InputError([Problem(marked("this is no folder."), {}, str(folder))])
    found = read_cointool(arguments.workbook)
    specification = Specification.of(found.document, arguments.workbook.name)
    cube = found.cube
    columns: dict[str, list[str] | list[float]] = {
        "unit": list(cube.units),
        "name": [cube.names.get(unit, "") for unit in cube.units],
    }
    columns |= {code: cube.series(code)[0].tolist() for code in cube.indicators}
    with whole_file(folder / "specification.toml") as stream:
        stream.write(toml_text(found.document))
    write_table(folder / "data.csv", columns)
    counts = {"indicators": len(specification.tree.indicators), "units": len(cube.units)}
    files = [str(folder / "specification.toml"), str(folder / "data.csv")]
    said = f"{counts['indicators']} indicators and {counts['units']} units: {', '.join(files)}"
    answer(arguments, {**counts, "files": files}, [said])
    return 0
