"""What correlations say against a hierarchy."""

import numpy as np
import pytest

from actionlines.measurement.specification import Specification
from actionlines.measurement.statistics import Remark, belongings, correlations, remarks
from library.measurement.uncertainty import small

TREE = Specification.of(small.document()).tree


def table() -> np.ndarray:
    """Of pillar P: b nearly repeats a; of pillar Q: d runs against c and goes with a."""
    rng = np.random.default_rng(1)
    a, noise = rng.standard_normal(200), rng.standard_normal((3, 200))
    return np.stack([a, a + 0.1 * noise[0], -a + noise[1], a + 0.2 * noise[2]], axis=1)


def test_redundant_opposed_and_misplaced_members_are_remarked() -> None:
    matrix = correlations(table(), ("a", "b", "c", "d"))
    found = remarks(matrix, TREE)
    assert [(one.kind, one.family, one.first, one.second) for one in found] == [
        ("redundant", "P", "a", "b"),
        ("against", "Q", "c", "d"),
        ("elsewhere", "Q", "d", "P"),
    ]
    assert found[0] == Remark("redundant", "P", "a", "b", matrix.of("a", "b"))
    assert found[2].correlation == pytest.approx((matrix.of("d", "a") + matrix.of("d", "b")) / 2)


def test_thresholds_decide_what_is_remarked() -> None:
    matrix = correlations(table(), ("a", "b", "c", "d"))
    kinds = {one.kind for one in remarks(matrix, TREE, redundant=0.9999, against=-0.9999)}
    assert kinds == {"elsewhere"}


def test_mean_correlations_within_and_across_families() -> None:
    matrix = correlations(table(), ("a", "b", "c", "d"))
    by_code = {one.code: one for one in belongings(matrix, TREE)}
    assert by_code["a"].within == pytest.approx(matrix.of("a", "b"))
    assert by_code["a"].across == {"Q": pytest.approx((matrix.of("a", "c") + matrix.of("a", "d")) / 2)}


def test_only_child_has_no_correlation_within_its_family() -> None:
    matrix = correlations(table()[:, [0, 2, 3]], ("a", "c", "d"))
    by_code = {one.code: one for one in belongings(matrix, TREE)}
    assert np.isnan(by_code["a"].within)
    assert not [one for one in remarks(matrix, TREE) if one.first == "a"]
