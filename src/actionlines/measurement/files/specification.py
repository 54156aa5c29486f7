"""Read a specification, from a TOML file or from nested tables; every fault at once, with file and line."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from actionlines.measurement.binding import bind
from actionlines.measurement.files.layout import read_layout
from actionlines.measurement.files.toml_lines import toml_lines
from actionlines.measurement.hierarchy import Element, Indicator, Tree
from actionlines.measurement.settings import Settings
from actionlines.measurement.specification import Specification, StepSettings
from actionlines.measurement.steps.transform import TRANSFORMS
from actionlines.problems import InputError, Problem, marked

_NO_SERIES: Final = marked("no indicator and no variable has the code “%(code)s”.")
_DECLARED: Final = marked("a code of an indicator, or one of `variables` under [index].")
_CAPS: Final = ("both", "best", "worst", "none")


def read_specification(path: Path, name: str = "") -> Specification:
    """The specification in a TOML file.

    Args:
        path: the file; name: how problems call it (default: its name).

    Raises:
        InputError: every fault at once, with its line.
    """
    name = name or path.name
    try:
        text = path.read_bytes().decode("utf-8-sig")
        document = tomllib.loads(text)
    except FileNotFoundError:
        raise InputError([Problem(marked("the file is missing."), file=name)]) from None
    except UnicodeDecodeError as error:
        fault = marked("the file is not UTF-8 (byte %(byte)s).")
        raise InputError([Problem(fault, {"byte": error.start + 1}, name)]) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError([Problem(marked("not a toml file: %(reason)s."), {"reason": error}, name)]) from None
    return _specification(Settings(document, (), name, toml_lines(text)))


def specification_of(document: Mapping[str, Any], file: str = "") -> Specification:
    """The specification that nested tables say.

    Raises:
        InputError: every fault at once.
    """
    return _specification(Settings(document, (), file))


def _specification(page: Settings) -> Specification:
    head = page.table("index")
    code = head.text("code")
    elements = (Element(code, "", head.title("title")), *map(_element, page.tables("elements")))
    indicators = tuple(map(_indicator, page.tables("indicators")))
    rounding = head.whole("rounding", low=0) if "rounding" in head else None
    specification = Specification(
        code,
        head.title("title"),
        head.text("edition", ""),
        head.texts("sources", ()),
        head.texts("errata", ()),
        rounding,
        head.flag("ranked", True),
        Tree(elements, indicators),
        head.texts("variables", ()),
        tuple(map(_step, page.tables("steps"))),
        read_layout(page.table("data")),
        page.table("uncertainty").values,
        page.values,
        page.file,
    )
    head.done()
    page.done()
    check_tree(specification.tree, page)
    _check_names(specification, page)
    bind(specification, page)
    return specification


def _element(table: Settings) -> Element:
    element = Element(
        table.text("code"),
        table.text("parent"),
        table.title("title"),
        table.number("weight", 1.0, low=0.0),
    )
    table.done()
    return element


def _indicator(table: Settings) -> Indicator:
    goalposts = table.numbers("goalposts", count=2) if "goalposts" in table else None
    direction = table.raw("direction", -1 if goalposts and goalposts[1] < goalposts[0] else 1)
    if direction not in (1, -1) or isinstance(direction, bool):
        table.fault("direction", marked("%(found)r is no direction."), marked("1 or -1."), found=direction)
        direction = 1
    if goalposts:
        _check_goalposts(table, goalposts, direction)
    indicator = Indicator(
        table.text("code"),
        table.text("parent"),
        table.title("title"),
        table.text("unit", ""),
        direction,
        table.number("weight", 1.0, low=0.0),
        (goalposts[0], goalposts[1]) if goalposts else None,
        table.choice("transform", TRANSFORMS, "none"),
        table.flag("goalposts_transformed"),
        table.choice("cap", _CAPS, "both"),
        table.number("target") if "target" in table else None,
        table.text("denominator", ""),
        table.number("denominator_scale", 1.0),
    )
    table.done()
    return indicator


def _check_goalposts(table: Settings, goalposts: tuple[float, ...], direction: int) -> None:
    worst, best = goalposts
    if worst == best:
        table.fault(
            "goalposts",
            marked("the two goalposts are equal."),
            marked("[worst, best], two different values."),
        )
    elif (best - worst) * direction < 0:
        table.fault(
            "goalposts",
            marked("the goalposts [%(worst)s, %(best)s] contradict the direction %(direction)s."),
            marked("[worst, best]: the best value is the higher one for direction 1, the lower one for -1."),
            worst=worst,
            best=best,
            direction=direction,
        )


def _step(table: Settings) -> StepSettings:
    kind = table.text("step")
    name = table.text("name", kind)
    return StepSettings(
        kind, name, {key: value for key, value in table.values.items() if key not in ("step", "name")}
    )


def check_tree(tree: Tree, page: Settings) -> None:
    """Note codes that stand twice, unknown parents, cycles, elements with nothing below, weights that sum to 0."""
    tables = [page.table("index"), *page.tables("elements"), *page.tables("indicators")]
    nodes = tree.nodes
    known = {element.code for element in tree.elements}
    seen: set[str] = set()
    for node, table in zip(nodes, tables, strict=True):
        if node.code in seen:
            table.fault("code", marked("the code “%(code)s” stands here twice."), code=node.code)
        seen.add(node.code)
        if node.parent and node.parent not in known:
            expected = marked("one of: %(known)s.")
            values = {"parent": node.parent, "known": ", ".join(sorted(known))}
            table.fault("parent", marked("no element has the code “%(parent)s”."), expected, **values)
    _check_cycles(tree, tables)
    for element, table in zip(tree.elements, tables, strict=False):
        below = [node for node in nodes if node.parent == element.code and node is not element]
        if not below:
            table.fault(
                "code",
                marked("nothing stands below “%(code)s”."),
                marked("indicators or elements whose parent it is."),
                code=element.code,
            )
        elif sum(node.weight for node in below) == 0:
            table.fault(
                "code",
                marked("the weights below “%(code)s” sum to 0."),
                marked("at least one weight above 0."),
                code=element.code,
            )


def _check_cycles(tree: Tree, tables: list[Settings]) -> None:
    parent = {element.code: element.parent for element in tree.elements}
    for element, table in zip(tree.elements, tables, strict=False):
        path = [element.code]
        while (above := parent.get(path[-1], "")) and above not in path:
            path.append(above)
        if above == element.code:
            circle = " → ".join([*path, above])
            table.fault("parent", marked("the parents go round in a circle: %(circle)s."), circle=circle)


def _check_names(specification: Specification, page: Settings) -> None:
    scored = {one.code for one in specification.tree.indicators}
    for code in specification.variables:
        if code in scored:
            page.table("index").fault("variables", marked("“%(code)s” is an indicator already."), code=code)
    known = scored | {*specification.variables}
    for one, table in zip(specification.tree.indicators, page.tables("indicators"), strict=True):
        if one.denominator and one.denominator not in known:
            table.fault("denominator", _NO_SERIES, _DECLARED, code=one.denominator)
    names: set[str] = set()
    for step, table in zip(specification.steps, page.tables("steps"), strict=True):
        if step.name in names and "name" in table.values:
            table.fault("name", marked("the name “%(name)s” stands here twice."), name=step.name)
        names.add(step.name)
        terms = step.values.get("of") if step.kind == "combine" else None
        for code in terms if isinstance(terms, Mapping) else ():
            if code not in known:
                table.fault("of", _NO_SERIES, _DECLARED, code=code)
