"""Correlations of all pairs of columns, each over the rows that have both values, with p-values.

Tables are (N, K): N units (and periods), K indicators or elements; NaN is missing.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from actionlines.measurement.cube import Floats, Mask, Places
from actionlines.measurement.ranking import ranks

METHODS: Final = ("pearson", "spearman", "kendall")


@dataclass(frozen=True, slots=True, eq=False)
class Correlations:
    """Correlations of K columns.

    Attributes:
        method: one of `METHODS`; codes: of the columns.
        coefficients: (K, K), NaN where a column does not vary over the common rows, or there are fewer than two.
        p_values: (K, K), of two-sided tests against no correlation; NaN with fewer than three common rows.
        counts: (K, K), numbers of common rows.
    """

    method: str
    codes: tuple[str, ...]
    coefficients: Floats
    p_values: Floats
    counts: Places

    def of(self, one: str, other: str) -> float:
        """The coefficient of two columns.

        Raises:
            ValueError: no such column.
        """
        return float(self.coefficients[self.codes.index(one), self.codes.index(other)])


def correlations(table: Floats, codes: tuple[str, ...], method: str = "pearson") -> Correlations:
    """Correlate the columns of a table (N, K).

    'kendall' is tau-b, which allows for ties. Its p-values are SciPy's, exact for small tables without ties; those of
    the other methods come from the t distribution.

    Raises:
        ValueError: an unknown method, or codes that do not fit the table.
    """
    if method not in METHODS:
        raise ValueError(f"method is {method!r}, expected one of {', '.join(METHODS)}")
    if len(codes) != table.shape[1]:
        raise ValueError(f"{len(codes)} codes for {table.shape[1]} columns")
    there = (~np.isnan(table)).astype(np.float64)
    counts = (there.T @ there).astype(np.intp)
    if method == "kendall":
        coefficients = _kendall(table)
    elif method == "pearson":
        coefficients = _pearson(table, there, counts)
    else:
        coefficients = _spearman(table, there, counts)
    by_t = method != "kendall"
    p_values = _p_by_t(coefficients, counts) if by_t else _p_of_kendall(table, coefficients)
    return Correlations(method, codes, coefficients, p_values, counts)


def covariances(table: Floats) -> Floats:
    """Covariances (K, K) with n − 1, each pair over its common rows; NaN with fewer than two."""
    there = (~np.isnan(table)).astype(np.float64)
    deviations = _deviations(table, there)
    sums, parts = deviations.T @ deviations, deviations.T @ there
    counts = there.T @ there
    with np.errstate(invalid="ignore", divide="ignore"):
        found = (sums - parts * parts.T / counts) / (counts - 1)
    return np.where(counts > 1, found, np.nan)


def _deviations(table: Floats, there: Floats) -> Floats:
    """Values less the mean of their column, 0 where missing."""
    mean = np.where(there > 0, table, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    return np.where(there > 0, table - mean, 0.0)


def _constant(table: Floats, there: Floats) -> Mask:
    """(K, K): whether the column of the row does not vary over the rows common with the column of the column.

    Told from the values themselves: a variance made of differences of sums leaves rounding where it should be 0.
    """
    present = there.T > 0
    found = np.empty((table.shape[1],) * 2, dtype=bool)
    for column in range(table.shape[1]):
        common = present & present[column]
        least = np.where(common, table[:, column], np.inf).min(axis=1, initial=np.inf)
        most = np.where(common, table[:, column], -np.inf).max(axis=1, initial=-np.inf)
        found[column] = least >= most
    return found


def _pearson(table: Floats, there: Floats, counts: Places) -> Floats:
    size = np.abs(np.where(there > 0, table, 0.0)).max(axis=0, initial=0.0)
    deviations = _deviations(table / np.where(size > 0, size, 1.0), there)
    # Σ over the rows common with each other column; the means of these rows are not those of the column.
    sums, parts, squares = deviations.T @ deviations, deviations.T @ there, (deviations**2).T @ there
    number = np.maximum(counts, 1)
    variance = squares - parts**2 / number
    # Of values as large as 1, a sum of squares of 1e-28 is rounding.
    variance = np.where((variance > 1e-28 * number) & ~_constant(table, there), variance, np.nan)
    found = (sums - parts * parts.T / number) / np.sqrt(variance * variance.T)
    return np.asarray(np.clip(np.where(counts > 1, found, np.nan), -1.0, 1.0))


def _spearman(table: Floats, there: Floats, counts: Places) -> Floats:
    order = ranks(table, 0, "average")
    if there.all():
        return _pearson(order, there, counts)
    found = np.full(counts.shape, np.nan)
    for first in range(table.shape[1]):
        # Columns whose gaps leave the same common rows are ranked together.
        patterns, members = np.unique(there[:, [first]] * there, axis=1, return_inverse=True)
        for place in range(patterns.shape[1]):
            others = np.flatnonzero(members.ravel() == place)
            part = table[patterns[:, place] > 0][:, np.concatenate([[first], others])]
            if len(part) > 1:
                whole = np.ones(part.shape)
                number = np.full((part.shape[1], part.shape[1]), len(part))
                found[first, others] = _pearson(ranks(part, 0, "average"), whole, number)[0, 1:]
    return found


def _kendall(table: Floats) -> Floats:
    """Tau-b of all pairs of columns, from the signs of the differences of all pairs of rows."""
    count = table.shape[1]
    agreement, untied = np.zeros((count, count)), np.zeros((count, count))
    for row in range(len(table) - 1):
        signs = np.sign(table[row] - table[row + 1 :])
        there = ~np.isnan(signs)
        signs = np.where(there, signs, 0.0)
        agreement += signs.T @ signs
        untied += np.abs(signs).T @ there.astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(agreement / np.sqrt(untied * untied.T))


def _p_by_t(coefficients: Floats, counts: Places) -> Floats:
    from scipy.special import stdtr

    freedom = np.where(counts > 2, counts - 2.0, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        statistic = np.abs(coefficients) * np.sqrt(freedom / ((1 - coefficients) * (1 + coefficients)))
    return np.asarray(2 * stdtr(freedom, -statistic))


def _p_of_kendall(table: Floats, coefficients: Floats) -> Floats:
    from scipy.stats import kendalltau

    found = np.full(coefficients.shape, np.nan)
    for first in range(len(found)):
        for second in range(first, len(found)):
            both = ~np.isnan(table[:, first]) & ~np.isnan(table[:, second])
            if both.sum() > 2 and not np.isnan(coefficients[first, second]):
                p_value = kendalltau(table[both, first], table[both, second]).pvalue
                found[first, second] = found[second, first] = p_value
    return found
