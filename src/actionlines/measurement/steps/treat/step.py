"""The step `treat`: which columns fail the test, what is done to them, and the table of decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from actionlines.measurement.cube import Bits, Cube, Flag, Floats, Places
from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.moments import skewness_and_kurtosis
from actionlines.measurement.settings import Settings
from actionlines.measurement.steps.registry import register
from actionlines.measurement.steps.step import Decision, Kind, StepResult
from actionlines.measurement.steps.tables import stacked
from actionlines.measurement.steps.treat.functions import FUNCTIONS, box_cox
from actionlines.measurement.steps.treat.winsorise import passes, winsorised
from actionlines.problems import marked


@dataclass(frozen=True, slots=True)
class Rule:
    """How one indicator is treated.

    Attributes:
        skewness, kurtosis: a column is left alone when |skewness| < `skewness` or kurtosis < `kurtosis`.
        limit: points winsorised at most; limit_share: or this share of the column's values, when not NaN.
        then: function of `FUNCTIONS` for columns that still fail; power: of 'box_cox', NaN for the likeliest.
        combine: apply the function to the winsorised values instead of the untreated ones.
        force: treat even a column that passes: winsorise up to the limit.
        skip: leave the indicator alone.
    """

    skewness: float = 2.0
    kurtosis: float = 3.5
    limit: int = 5
    limit_share: float = float("nan")
    then: str = "log_ct"
    power: float = float("nan")
    combine: bool = False
    force: bool = False
    skip: bool = False


@dataclass(frozen=True, slots=True)
class Treat:
    """Parameters.

    Attributes:
        rules: indicator to rule; pooled: judge and treat all periods together, instead of each alone.
    """

    rules: Mapping[str, Rule]
    pooled: bool


def bind(settings: Settings, tree: Tree) -> Treat:
    """Read the settings, named as the fields of `Rule`, for all and under `indicators` for one."""
    default = _rule(settings, Rule())
    rules = {one.code: default for one in tree.indicators}
    template = marked("no indicator has the code “%(code)s”.")
    for code, own in settings.tables_by_code("indicators", rules, template).items():
        rules[code] = _rule(own, default)
        own.done()
    return Treat(rules, settings.flag("pooled"))


def _rule(settings: Settings, default: Rule) -> Rule:
    share = (
        settings.number("limit_share", default.limit_share, low=0.0, high=1.0)
        if "limit_share" in settings
        else default.limit_share
    )
    return Rule(
        settings.number("skewness", default.skewness, low=0.0),
        settings.number("kurtosis", default.kurtosis),
        settings.whole("limit", default.limit, low=0),
        share,
        settings.choice("then", FUNCTIONS, default.then),
        settings.number("power") if "power" in settings else default.power,
        settings.flag("combine", default.combine),
        settings.flag("force", default.force),
        settings.flag("skip", default.skip),
    )


def run(cube: Cube, params: Treat) -> StepResult:
    """Treat every column that fails: winsorise, and where that is not enough take the function."""
    rules = [params.rules[code] for code in cube.indicators]
    tables = stacked(cube.values, params.pooled)
    skewness, kurtosis = skewness_and_kurtosis(tables, -2)
    fails = ~passes(skewness, kurtosis, _field(rules, "skewness"), _field(rules, "kurtosis"))
    fails = (fails | _field(rules, "force")) & ~_field(rules, "skip")
    table, indicator = np.nonzero(fails)
    done = np.zeros(cube.flags.shape, np.uint16)
    columns = tables[table, :, indicator]
    treated, bits, facts = _treated(columns, [rules[place] for place in indicator], cube.draws is None)
    if len(columns):
        tables = tables.copy()
        tables[table, :, indicator] = treated
    values = tables.reshape(cube.values.shape)
    if cube.draws is not None:
        return StepResult(cube.with_values(values, done), done)
    stacked(done, params.pooled)[table, :, indicator] = bits
    by_column = dict(zip(zip(table.tolist(), indicator.tolist(), strict=True), facts, strict=True))
    decisions = _decisions(cube, params.pooled, skewness, kurtosis, by_column)
    return StepResult(cube.with_values(values, done), done, decisions)


def _field(rules: list[Rule], name: str) -> Any:
    return np.array([getattr(rule, name) for rule in rules])


def _treated(columns: Floats, rules: list[Rule], record: bool) -> tuple[Floats, Bits, list[dict[str, Any]]]:
    """Columns (K, N) treated, the bits of each cell, and for each column what was found, when `record` asks."""
    most = _field(rules, "skewness"), _field(rules, "kurtosis")
    within, low, high = winsorised(columns, *most, _limits(columns, rules), _field(rules, "force"))
    skewness, kurtosis = skewness_and_kurtosis(within)
    after = passes(skewness, kurtosis, *most)
    treated = within.copy()
    functions = np.array([rule.then if not good else "none" for rule, good in zip(rules, after, strict=True)])
    for name in sorted({*functions.tolist()} - {"none"}):
        chosen = np.flatnonzero(functions == name)
        combine = np.array([rules[place].combine for place in chosen])[:, None]
        start = np.where(combine, within[chosen], columns[chosen])
        treated[chosen] = _by_function(name, start, [rules[place] for place in chosen])
    if not record:
        return treated, np.zeros(0, np.uint16), []
    moved = _moved(columns, within, treated, functions, rules)
    return treated, moved, _facts((low, high), (skewness, kurtosis), treated, functions.tolist(), most)


def _facts(
    ends: tuple[Places, Places],
    within: tuple[Floats, Floats],
    treated: Floats,
    functions: list[str],
    most: tuple[Floats, Floats],
) -> list[dict[str, Any]]:
    """What was found for each column: points moved, moments after winsorising and at the end."""
    final = [one.copy() for one in within]
    changed = [place for place, name in enumerate(functions) if name != "none"]
    if changed:
        final[0][changed], final[1][changed] = skewness_and_kurtosis(treated[changed])
    good = passes(final[0], final[1], most[0], most[1])
    return [
        {
            "winsorised_low": int(ends[0][place]),
            "winsorised_high": int(ends[1][place]),
            "winsorised_skewness": float(within[0][place]),
            "winsorised_kurtosis": float(within[1][place]),
            "function": name,
            "final_skewness": float(final[0][place]),
            "final_kurtosis": float(final[1][place]),
            "passes": bool(good[place]),
        }
        for place, name in enumerate(functions)
    ]


def _limits(columns: Floats, rules: list[Rule]) -> Places:
    count = (~np.isnan(columns)).sum(axis=-1)
    share = _field(rules, "limit_share") if rules else np.zeros(0)
    by_share = np.where(np.isnan(share), 0.0, np.floor(np.nan_to_num(share) * count))
    return np.where(np.isnan(share), _field(rules, "limit") if rules else 0, by_share).astype(np.intp)


def _by_function(name: str, columns: Floats, rules: list[Rule]) -> Floats:
    powers = _field(rules, "power")
    if name != "box_cox" or np.isnan(powers).all():
        return FUNCTIONS[name](columns)
    return np.stack(
        [
            FUNCTIONS[name](column[None])[0] if np.isnan(power) else box_cox(column[None], float(power))[0]
            for column, power in zip(columns, powers, strict=True)
        ]
    )


def _moved(columns: Floats, within: Floats, treated: Floats, functions: Any, rules: list[Rule]) -> Bits:
    """What was done to each cell (K, N)."""
    by_function = (functions != "none")[:, None]
    stays = np.array([rule.combine for rule in rules], np.bool_)[:, None] if len(rules) else by_function
    moved = (within != columns) & ~np.isnan(columns) & (~by_function | stays)
    bits = np.where(moved, np.uint16(Flag.WINSORISED), np.uint16(0))
    return np.where(by_function & ~np.isnan(treated), bits | np.uint16(Flag.TRANSFORMED), bits)


def _decisions(
    cube: Cube,
    pooled: bool,
    skewness: Floats,
    kurtosis: Floats,
    facts: Mapping[tuple[int, int], dict[str, Any]],
) -> tuple[Decision, ...]:
    """One row for each column: skewness and kurtosis before, and what was done."""
    left = marked("%(subject)s: left as it is (skewness %(skewness).3g, kurtosis %(kurtosis).3g).")
    done = marked(
        "%(subject)s: skewness %(skewness).3g, kurtosis %(kurtosis).3g; %(winsorised_low)d low and"
        " %(winsorised_high)d high values winsorised, then %(function)s."
    )
    return tuple(
        Decision(
            code,
            done if (table, place) in facts else left,
            {
                "skewness": float(skewness[table, place]),
                "kurtosis": float(kurtosis[table, place]),
                **facts.get((table, place), {}),
            },
            "" if pooled else cube.periods[table],
        )
        for table in range(len(skewness))
        for place, code in enumerate(cube.indicators)
    )


TREAT: Final = register(Kind("treat", 1, bind, run))
