"""`actionlines index picture`: a picture of an index as svg, png, Vega-Lite json, or an html page with its table."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from actionlines.cli.index.drawing import add_drawing, drawing
from actionlines.cli.index.inputs import add_data, layout_of
from actionlines.cli.whole_file import whole_file
from actionlines.measurement.files.data import read_data
from actionlines.measurement.files.editions import specification_named
from actionlines.measurement.index import Index
from actionlines.measurement.result import Result
from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES

if TYPE_CHECKING:
    from actionlines.measurement.pictures import Picture
    from actionlines.measurement.uncertainty import Uncertainty

SUFFIXES: Final = (".svg", ".png", ".json", ".html")
_HELP: Final = {
    "ranked": "scores, the highest first, with intervals where the specification has factors",
    "probabilities": "how probable each rank of each unit is",
    "contributions": "what each part gives to the scores",
    "correlations": "which indicators go together",
    "sunburst": "the hierarchy and its weights (needs no DATA)",
    "radar": "the profile of --unit",
    "change": "what each part added to the score of --unit between --from and --to",
}

# The options that not every kind has a use for, and the kinds that have.
_USED: Final = {
    "unit": ("radar", "change"),
    "units": ("ranked", "probabilities", "contributions"),
    "period": ("ranked", "probabilities", "contributions", "correlations", "radar"),
    "earlier": ("change",),
    "later": ("change",),
    "parts": ("contributions", "radar", "change"),
    "element": ("ranked", "probabilities", "contributions", "change"),
}
_OPTIONS: Final = {"earlier": "--from", "later": "--to"}


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "picture",
        help="draw scores, ranks, contributions, correlations, the hierarchy, a profile or a change",
        description="Kinds: " + "; ".join(f"{kind}: {said}" for kind, said in _HELP.items()) + ".",
    )
    command.add_argument("kind", metavar="KIND", choices=tuple(_HELP), help=", ".join(_HELP))
    command.add_argument(
        "specification", metavar="SPEC", help="specification (TOML file) or name of an edition"
    )
    add_data(command, optional=True)
    add_drawing(command)
    command.add_argument("--unit", default="", metavar="CODE", help="whose profile or change")
    command.add_argument("--units", default="", metavar="CODES", help="only these units, such as CHE,FRA")
    command.add_argument("--period", default="", help="default: the latest; for correlations all together")
    command.add_argument("--from", dest="earlier", default="", metavar="PERIOD", help="default: the first")
    command.add_argument("--to", dest="later", default="", metavar="PERIOD", help="default: the latest")
    command.add_argument(
        "--parts",
        type=int,
        default=0,
        metavar="LEVEL",
        help="level of the parts, 1 for indicators (default: what fits)",
    )
    command.add_argument("--level", type=float, default=0.9, help="of the intervals (default 0.9)")
    command.add_argument(
        "--ranks", action="store_true", help="ranks even of an index that is published without"
    )
    command.add_argument(
        "--lang", default="en", choices=LANGUAGES, help="language of titles of elements (default: en)"
    )
    command.add_argument("-o", "--output", type=Path, metavar="FILE", required=True, help=", ".join(SUFFIXES))
    command.set_defaults(func=_picture)


def _picture(arguments: argparse.Namespace) -> int:
    output: Path = arguments.output
    _check(arguments)
    found = _KINDS[arguments.kind](arguments)
    data = _bytes(found, output.suffix.lower(), arguments.lang)
    with whole_file(output) as stream:
        stream.buffer.write(data)
    return 0


def _check(arguments: argparse.Namespace) -> None:
    """Refuse what cannot work before any work is done.

    Raises:
        InputError: every fault.
    """
    output: Path = arguments.output
    problems = list(_idle(arguments))
    if output.suffix.lower() not in SUFFIXES:
        fault = marked("“%(suffix)s” is no kind of picture that can be written.")
        values = {"suffix": output.suffix, "known": ", ".join(SUFFIXES)}
        problems.append(Problem(fault, values, str(output), expected=marked("one of: %(known)s.")))
    if not output.parent.is_dir():
        problems.append(Problem(marked("its folder does not exist."), {}, str(output)))
    if arguments.data is None and arguments.kind != "sunburst":
        problems.append(Problem(marked("this picture needs DATA."), {}, "DATA"))
    if arguments.kind in ("radar", "change") and not arguments.unit:
        fault, expected = marked("this picture is of one unit."), marked("a code, such as --unit CHE.")
        problems.append(Problem(fault, {}, "--unit", expected=expected))
    if not 0 < arguments.level < 1:
        expected = marked("a number between 0 and 1, such as 0.9.")
        problems.append(
            Problem(
                marked("%(level)s is no level."), {"level": arguments.level}, "--level", expected=expected
            )
        )
    if problems:
        raise InputError(problems)


def _idle(arguments: argparse.Namespace) -> Iterator[Problem]:
    """Options that the kind has no use for."""
    for name, kinds in _USED.items():
        if getattr(arguments, name) and arguments.kind not in kinds:
            fault, expected = marked("“%(kind)s” has no use for it."), marked("one of the kinds %(kinds)s.")
            values = {"kind": arguments.kind, "kinds": ", ".join(kinds)}
            yield Problem(fault, values, _OPTIONS.get(name, f"--{name}"), expected=expected)


def _result(arguments: argparse.Namespace) -> Result:
    specification = specification_named(arguments.specification)
    data = read_data(arguments.data, specification, layout_of(arguments, specification.layout))
    return Index(specification).compute(data.cube)


def _uncertain(arguments: argparse.Namespace, result: Result) -> "Uncertainty":
    from actionlines.measurement.uncertainty import uncertainty

    return uncertainty(result, **drawing(arguments, 1))


def _units(arguments: argparse.Namespace) -> list[str]:
    return [unit for unit in arguments.units.split(",") if unit]


def _ranked(arguments: argparse.Namespace) -> "Picture":
    from actionlines.measurement.pictures import ranked

    result = _result(arguments)
    return ranked(
        result,
        _uncertain(arguments, result) if result.specification.uncertainty else None,
        period=arguments.period,
        element=arguments.element,
        level=arguments.level,
        units=_units(arguments),
        language=arguments.lang,
    )


def _probabilities(arguments: argparse.Namespace) -> "Picture":
    from actionlines.measurement.pictures import probabilities

    result = _result(arguments)
    if not (result.specification.ranked or arguments.ranks):
        fault, expected = (
            marked("the index is published without ranks."),
            marked("--ranks, to rank it all the same."),
        )
        raise InputError([Problem(fault, {}, result.specification.code, expected=expected)])
    return probabilities(
        _uncertain(arguments, result),
        period=arguments.period,
        level=arguments.level,
        units=_units(arguments),
        language=arguments.lang,
    )


def _contributions(arguments: argparse.Namespace) -> "Picture":
    from actionlines.measurement.pictures import contributions

    return contributions(
        _result(arguments),
        period=arguments.period,
        element=arguments.element,
        level=arguments.parts,
        units=_units(arguments),
        language=arguments.lang,
    )


def _correlations(arguments: argparse.Namespace) -> "Picture":
    from actionlines.measurement import pictures
    from actionlines.measurement.pictures.parts import place_of_period
    from actionlines.measurement.statistics import correlations, table_of

    result = _result(arguments)
    place_of_period(result.cube.periods, arguments.period)
    leaves = tuple(one.code for one in result.tree.indicators)
    table, here = table_of(result.cube.only(leaves), arguments.period)
    matrix = correlations(table[here], leaves)
    return pictures.correlations(matrix, result.tree, period=arguments.period, language=arguments.lang)


def _sunburst(arguments: argparse.Namespace) -> "Picture":
    from actionlines.measurement.pictures import sunburst

    settled = arguments.data is not None
    tree = _result(arguments).tree if settled else specification_named(arguments.specification).tree
    return sunburst(tree, language=arguments.lang)


def _radar(arguments: argparse.Namespace) -> "Picture":
    from actionlines.measurement.pictures import radar
    from actionlines.measurement.profile import profile

    result = _result(arguments)
    found = profile(result, arguments.unit, arguments.period)
    return radar(result, found, level=arguments.parts, language=arguments.lang)


def _change(arguments: argparse.Namespace) -> "Picture":
    from actionlines.measurement.pictures import change

    result = _result(arguments)
    return change(
        result,
        arguments.unit,
        arguments.earlier or result.cube.periods[0],
        arguments.later or result.cube.periods[-1],
        element=arguments.element,
        level=arguments.parts,
        language=arguments.lang,
    )


_KINDS: Final[Mapping[str, Callable[[argparse.Namespace], "Picture"]]] = {
    "ranked": _ranked,
    "probabilities": _probabilities,
    "contributions": _contributions,
    "correlations": _correlations,
    "sunburst": _sunburst,
    "radar": _radar,
    "change": _change,
}


def _bytes(found: "Picture", suffix: str, language: str) -> bytes:
    """The file of a picture."""
    if suffix == ".json":
        return (json.dumps(found.document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
    # Drawing needs the renderer of reports, which the other commands do without.
    try:
        from actionlines.cli.index.picture_page import page
        from actionlines.reports.render.fonts import require_chinese
        from actionlines.reports.render.pictures import png, svg_element
    except ModuleNotFoundError as error:
        fault = marked("a picture as %(suffix)s needs the package '%(package)s', which is not installed.")
        expected = marked('the extra "pdf": pip install "actionlines[pdf]"; .json needs none.')
        raise InputError(
            [Problem(fault, {"suffix": suffix, "package": error.name or ""}, expected=expected)]
        ) from error
    from actionlines.reports.model import Chart

    chart = Chart(found.kind, found.title, found.specification, found.alternative)
    if suffix == ".png":
        if language == "zh":
            require_chinese()
        return png(chart)
    if suffix == ".html":
        return page(found, language)
    from lxml import etree

    return bytes(etree.tostring(svg_element(chart, prefix=""), encoding="utf-8"))
