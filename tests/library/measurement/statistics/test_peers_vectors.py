"""The peer's statistics of its example, to the last digits."""

import json

import numpy as np
import pytest

import coin
from actionlines.measurement.cube import Cube, Floats
from actionlines.measurement.statistics import (
    Correlations,
    availability_by_element,
    components,
    correlations,
    cronbach,
    families,
    remarks,
    summaries,
)
from coin import COIN, number
from library.measurement.uncertainty.asem import result
from shared import needs_shared

pytestmark = needs_shared

TREE = coin.specification().tree if COIN.exists() else None


def named(name: str) -> Cube:
    """A data set of the example by the peer's name of it."""
    stages = {"Normalised": "normalise", "Aggregated": "aggregate"}
    return coin.source() if name == "Raw" else result().stage(stages[name]).result.cube


def columns(data: Cube, codes: tuple[str, ...]) -> Floats:
    return data.values[0][:, data.columns(codes)]


def pairs(file: str) -> dict[tuple[str, str], float]:
    return {
        (row["Var1"], row["Var2"]): number(row["Correlation"])
        for row in coin.rows(f"multivariate/{file}.csv")
    }


@pytest.mark.parametrize(
    "row", coin.rows("multivariate/stats_raw.csv") if COIN.exists() else [], ids=lambda row: row["iCode"]
)
def test_summary_is_the_peers(row: dict[str, str]) -> None:
    (found,) = (one for one in summaries(coin.source()) if one.code == row["iCode"])
    floats = [
        found.minimum,
        found.maximum,
        found.mean,
        found.median,
        found.deviation,
        found.skewness,
        found.kurtosis,
    ]
    theirs = [number(row[name]) for name in ("Min", "Max", "Mean", "Median", "Std", "Skew", "Kurt")]
    np.testing.assert_allclose(floats, theirs, rtol=1e-12)
    counts = [found.available, found.nonzero, found.unique, found.same]
    assert counts == [int(row[name]) for name in ("N.Avail", "N.NonZero", "N.Unique", "N.Same")]
    shares = [found.available / found.count, *(count / found.available for count in counts[1:])]
    theirs = [number(row[name]) for name in ("Frc.Avail", "Frc.NonZero", "Frc.Unique", "Frc.Same")]
    np.testing.assert_allclose(shares, theirs, rtol=1e-12)
    names = {
        "Flag.Avail": "available",
        "Flag.NonZero": "nonzero",
        "Flag.Unique": "unique",
        "Flag.SkewKurt": "outliers",
    }
    assert set(found.flags) == {flag for column, flag in names.items() if row[column] != "ok"}


def test_availability_under_each_element_is_the_peers() -> None:
    assert TREE is not None
    found = availability_by_element(coin.source(), TREE)
    rows = coin.rows("multivariate/data_availability_by_group.csv")
    assert [row.pop("uCode") for row in rows] == list(coin.source().units)
    for element in rows[0]:
        theirs = [number(row[element]) for row in rows]
        np.testing.assert_allclose(found[element][0], theirs, rtol=1e-12)


@pytest.mark.parametrize("method", ["pearson", "spearman", "kendall"])
def test_correlations_of_indicators_are_the_peers(method: str) -> None:
    theirs = pairs(f"corr_indicators_{method}")
    codes = tuple(dict.fromkeys(one for one, _ in theirs))
    # The peer names no data set in these files: they are of the normalised one.
    found = correlations(columns(named("Normalised"), codes), codes, method)
    ours = {pair: found.of(*pair) for pair in theirs}
    np.testing.assert_allclose(list(ours.values()), list(theirs.values()), rtol=1e-12, atol=1e-13)


def test_correlations_over_pairs_with_gaps_are_the_peers() -> None:
    theirs = pairs("corr_raw_pairwise_pearson")
    codes = tuple(dict.fromkeys(one for one, _ in theirs))
    found = correlations(columns(coin.source(), codes), codes)
    np.testing.assert_allclose(
        [found.of(*pair) for pair in theirs], list(theirs.values()), rtol=1e-12, atol=1e-13
    )


@pytest.mark.parametrize("file", ["corr_level1_family", "corr_level1_parent2", "corr_level2_level4_p05"])
def test_correlations_across_levels_are_the_peers(file: str) -> None:
    theirs = pairs(file)
    data = named("Aggregated")
    for (above, below), value in theirs.items():
        found = correlations(columns(data, (above, below)), (above, below))
        if np.isnan(value):  # the peer leaves out what is not significant
            assert found.p_values[0, 1] > 0.05
        else:
            assert found.of(above, below) == pytest.approx(value, rel=1e-12)


def test_p_values_are_the_peers() -> None:
    rows = coin.rows("multivariate/pvals_raw_first12.csv")
    codes = tuple(row["iCode"] for row in rows)
    found = correlations(columns(coin.source(), codes), codes)
    theirs = [[number(row[code]) for code in codes] for row in rows]
    off = ~np.eye(len(codes), dtype=bool)
    np.testing.assert_allclose(found.p_values[off], np.array(theirs)[off], rtol=1e-10)


def of_family(data: Cube, kind: str, threshold: float) -> set[tuple[str, str, float]]:
    assert TREE is not None
    codes = tuple(one.code for one in TREE.indicators)
    matrix: Correlations = correlations(columns(data, codes), codes)
    limits = {"redundant": {"redundant": threshold}, "against": {"against": threshold}}[kind]
    return {
        (one.first, one.second, round(one.correlation, 3))
        for one in remarks(matrix, TREE, **limits)
        if one.kind == kind
    }


@pytest.mark.parametrize(
    ("file", "kind", "threshold"),
    [("corr_flags_high075", "redundant", 0.75), ("corr_flags_low_m05", "against", -0.5)],
)
def test_flagged_correlations_within_families_are_the_peers(file: str, kind: str, threshold: float) -> None:
    theirs = {
        frozenset((row["Ind1"], row["Ind2"])): float(row["Corr"])
        for row in coin.rows(f"multivariate/{file}.csv")
    }
    ours = {
        frozenset((one, two)): value for one, two, value in of_family(named("Normalised"), kind, threshold)
    }
    assert ours == theirs


def test_correlations_with_denominators_are_the_peers() -> None:
    data = coin.source()
    for row in coin.rows("multivariate/denominator_corr.csv"):
        both = np.stack([data.series(row["Ind"])[0], data.series(row["Denom"])[0]], axis=-1)
        assert correlations(both, ("i", "d")).of("i", "d") == pytest.approx(float(row["Corr"]), rel=1e-12)


@pytest.mark.parametrize(
    "row",
    coin.rows("multivariate/cronbach.csv") if COIN.exists() else [],
    ids=lambda row: f"{row['dset']}-{row['group']}",
)
def test_alpha_is_the_peers(row: dict[str, str]) -> None:
    assert TREE is not None
    codes = TREE.children[row["group"]]
    assert cronbach(columns(named(row["dset"]), codes), codes).alpha == pytest.approx(
        float(row["alpha"]), rel=1e-12
    )


ANALYSES = json.loads((COIN / "multivariate" / "pca.json").read_text("utf-8")) if COIN.exists() else {}


@pytest.mark.parametrize("name", ANALYSES)
def test_components_are_the_peers(name: str) -> None:
    theirs = ANALYSES[name]
    codes = tuple(theirs["iCodes"])
    found = components(columns(named("Raw" if name.startswith("RAW") else "Aggregated"), codes), codes)
    assert found.rows == theirs["n"]
    np.testing.assert_allclose(found.eigenvalues, theirs["eigenvalues"], rtol=1e-12)
    np.testing.assert_allclose(found.explained, theirs["explained"], rtol=1e-12)
    rotation = np.abs(np.array(theirs["rotation"]))
    np.testing.assert_allclose(np.abs(found.vectors), rotation, rtol=1e-11, atol=1e-12)
    if "center" in theirs:
        np.testing.assert_allclose(found.centre, theirs["center"], rtol=1e-12)
        np.testing.assert_allclose(found.scale, theirs["scale"], rtol=1e-12)


def test_families_are_the_pillars() -> None:
    assert TREE is not None
    codes = tuple(one.code for one in TREE.indicators)
    assert {family: set(members) for family, members in families(TREE, codes).items()} == {
        pillar: set(TREE.children[pillar])
        for pillar in ("Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin")
    }
