"""Read the factors that a specification says under [uncertainty]."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.settings import Settings
from actionlines.measurement.specification import Specification
from actionlines.measurement.uncertainty.decode import DEVIATES
from actionlines.measurement.uncertainty.factor import (
    Alternative,
    Choice,
    Dirichlet,
    Errors,
    Factor,
    Imputation,
    Noise,
    Range,
    WeightSets,
)
from actionlines.problems import InputError, marked


def read_factors(specification: Specification) -> tuple[Factor, ...]:
    """The factors of a specification, in their order.

    The table [uncertainty] holds an array [[uncertainty.factors]]; each has a `name`, a `kind` of `KINDS` and what
    the kind needs:

    - choice: `setting` and `values`; or `alternatives`, tables of settings and values, with `labels`; both with
      `probabilities` if they are not equal.
    - range: `setting`, `low`, `high`.
    - noise: `share`, and `levels` (1 for indicators) or `codes`; default all weights.
    - dirichlet: `parents` (default all), `concentration` (default none: all shares equally likely).
    - sets: `sets`, tables of weights, and `probabilities`.
    - errors: `distribution`, `relative` or `absolute` (default: the data's standard errors), `series`.
    - imputation: `step`, `data_sets`.

    Raises:
        InputError: every fault at once.
    """
    faults: list[Any] = []
    page = Settings(specification.uncertainty, ("uncertainty",), specification.file, {}, faults)
    factors: list[Factor] = []
    for table in page.tables("factors"):
        name = table.text("name")
        kind = table.choice("kind", KINDS)
        factors.append(KINDS[kind](name, table, specification.tree))
        table.done()
    page.done()
    if faults:
        raise InputError(faults)
    return tuple(factors)


def _choice(name: str, table: Settings, tree: Tree) -> Factor:
    del tree
    probabilities = table.numbers("probabilities", ())
    if "alternatives" not in table:
        values = table.raw("values", [])
        if not isinstance(values, list):
            table.fault("values", marked("%(found)r is no list."), found=values)
            values = []
        return Choice.of(name, table.text("setting"), values, probabilities)
    tables = list(table.tables("alternatives"))
    labels = table.texts("labels", [_label(one.values) for one in tables])
    if len(labels) != len(tables):
        fault = marked("there are %(labels)d labels for %(alternatives)d alternatives.")
        table.fault("labels", fault, labels=len(labels), alternatives=len(tables))
        labels = tuple(map(str, range(len(tables))))
    alternatives = tuple(
        Alternative(label, tuple(one.values.items())) for label, one in zip(labels, tables, strict=True)
    )
    return Choice(name, alternatives, probabilities)


def _label(changes: Mapping[str, Any]) -> str:
    return ", ".join(str(value) for value in changes.values()) or "as specified"


def _range(name: str, table: Settings, tree: Tree) -> Factor:
    del tree
    return Range(name, table.text("setting"), table.number("low"), table.number("high"))


def _noise(name: str, table: Settings, tree: Tree) -> Factor:
    share = table.number("share", 0.25, low=0.0, high=1.0)
    codes = table.texts("codes", ())
    levels = table.numbers("levels", sorted({*tree.levels.values()} - {tree.levels[tree.root.code]}))
    chosen = codes or tuple(
        node.code for node in tree.nodes if node.parent and tree.levels[node.code] in levels
    )
    return Noise(name, chosen, share)


def _dirichlet(name: str, table: Settings, tree: Tree) -> Factor:
    parents = table.texts("parents", [code for code, below in tree.children.items() if len(below) > 1])
    for parent in parents:
        if parent not in tree.children:
            table.fault("parents", marked("no element has the code “%(code)s”."), code=parent)
    concentration = table.number("concentration") if "concentration" in table else None
    return Dirichlet(name, {one: tree.children.get(one, ()) for one in parents}, concentration)


def _sets(name: str, table: Settings, tree: Tree) -> Factor:
    del tree
    sets = tuple({code: one.number(code, low=0.0) for code in one.values} for one in table.tables("sets"))
    return WeightSets(name, sets, table.numbers("probabilities", ()))


def _errors(name: str, table: Settings, tree: Tree) -> Factor:
    del tree
    return Errors(
        name,
        table.choice("distribution", tuple(DEVIATES), "normal"),
        relative=table.number("relative", 0.0, low=0.0),
        absolute=table.number("absolute", 0.0, low=0.0),
        series=table.texts("series", ()),
    )


def _imputation(name: str, table: Settings, tree: Tree) -> Factor:
    del tree
    return Imputation(name, table.text("step", "impute"), table.whole("data_sets", 20, low=2))


KINDS: Final[Mapping[str, Callable[[str, Settings, Tree], Factor]]] = {
    "choice": _choice,
    "range": _range,
    "noise": _noise,
    "dirichlet": _dirichlet,
    "sets": _sets,
    "errors": _errors,
    "imputation": _imputation,
}
