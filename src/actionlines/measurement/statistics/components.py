"""Principal components of the correlations, and how many of them are more than noise."""

from dataclasses import dataclass

import numpy as np

from actionlines.measurement.cube import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Principal components of K standardised columns over N complete rows.

    Attributes:
        codes: of the columns; rows: N; centre, scale: mean and standard deviation of the columns, (K,).
        eigenvalues: (K,), falling; explained: their shares of the variance.
        vectors: (K, K), a column for each component, of length 1; turned so that its elements sum to 0 or more.
    """

    codes: tuple[str, ...]
    rows: int
    centre: Floats
    scale: Floats
    eigenvalues: Floats
    explained: Floats
    vectors: Floats

    @property
    def loadings(self) -> Floats:
        """Correlations (K, K) of the columns with the components."""
        return np.asarray(self.vectors * np.sqrt(np.maximum(self.eigenvalues, 0.0)))


@dataclass(frozen=True, slots=True, eq=False)
class Parallel:
    """Parallel analysis (Horn 1965): eigenvalues against those of unrelated normal columns.

    Attributes:
        reference: (K,) quantiles of the eigenvalues of unrelated columns; level: the quantile.
        retained: how many components, from the first on, exceed their reference.
        draws, seed: of the random tables.
    """

    reference: Floats
    level: float
    retained: int
    draws: int
    seed: int


def components(table: Floats, codes: tuple[str, ...]) -> Components:
    """Components of a table (N, K), over its complete rows.

    Raises:
        ValueError: fewer than three complete rows, or a column that does not vary over them.
    """
    rows = table[~np.isnan(table).any(axis=1)]
    if len(rows) < 3:
        raise ValueError(f"{len(rows)} rows have all values, 3 are needed")
    constant = [code for code, spread in zip(codes, np.ptp(rows, axis=0), strict=True) if spread == 0]
    if constant:
        raise ValueError(f"{', '.join(constant)} does not vary over the rows that have all values")
    centre, scale = rows.mean(axis=0), rows.std(axis=0, ddof=1)
    # Singular values keep digits that the squares of a correlation matrix would lose.
    _, singular, turned = np.linalg.svd((rows - centre) / scale, full_matrices=False)
    eigenvalues = np.zeros(len(codes))
    eigenvalues[: len(singular)] = singular**2 / (len(rows) - 1)
    vectors = np.full((len(codes), len(codes)), np.nan)
    vectors[:, : len(singular)] = turned.T * np.where(turned.sum(axis=1) < 0, -1.0, 1.0)
    return Components(codes, len(rows), centre, scale, eigenvalues, eigenvalues / eigenvalues.sum(), vectors)


def parallel(found: Components, *, draws: int = 1000, level: float = 0.95, seed: int = 0) -> Parallel:
    """Compare components with those of tables of the same size whose columns are unrelated.

    Args:
        draws: random tables; level: quantile of their eigenvalues that a component must exceed; seed: theirs.
    """
    width = len(found.codes)
    eigenvalues = np.empty((draws, width))
    for draw in range(draws):
        table = np.random.default_rng([seed, draw]).standard_normal((found.rows, width))
        eigenvalues[draw] = np.linalg.eigvalsh(np.atleast_2d(np.corrcoef(table, rowvar=False)))[::-1]
    reference = np.quantile(eigenvalues, level, axis=0)
    exceeds = found.eigenvalues > reference
    retained = width if exceeds.all() else int(np.argmin(exceeds))
    return Parallel(reference, level, retained, draws, seed)
