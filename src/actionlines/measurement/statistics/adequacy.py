"""Whether correlations are fit for a component or factor analysis: Kaiser, Meyer and Olkin; Bartlett."""

from dataclasses import dataclass

import numpy as np

from actionlines.measurement.cube import Floats


@dataclass(frozen=True, slots=True)
class Adequacy:
    """Measures of K columns over N complete rows; NaN where the correlations cannot be inverted.

    Attributes:
        kmo: Kaiser's (1974) measure of sampling adequacy, from 0 to 1; below 0.5 is unacceptable, above 0.8 good.
        by_column: the same for each column.
        bartlett: the statistic of Bartlett's (1950) test that no columns correlate; freedom: its degrees; p_value.
        rows: N.
    """

    kmo: float
    by_column: dict[str, float]
    bartlett: float
    freedom: int
    p_value: float
    rows: int


def adequacy(table: Floats, codes: tuple[str, ...]) -> Adequacy:
    """Measures of a table (N, K), over its complete rows."""
    from scipy.special import chdtrc

    rows = table[~np.isnan(table).any(axis=1)]
    count, width = rows.shape
    freedom = width * (width - 1) // 2
    nothing = Adequacy(
        float("nan"), dict.fromkeys(codes, float("nan")), float("nan"), freedom, float("nan"), count
    )
    if count <= width or width < 2 or (np.ptp(rows, axis=0) == 0).any():
        return nothing
    matrix = np.corrcoef(rows, rowvar=False)
    sign, logarithm = np.linalg.slogdet(matrix)
    if sign <= 0 or logarithm < -700 or np.linalg.cond(matrix) > 1e14:
        return nothing
    inverse = np.linalg.inv(matrix)
    scale = np.sqrt(np.outer(np.diag(inverse), np.diag(inverse)))
    off = 1 - np.eye(width)
    whole, partial = (matrix * off) ** 2, (inverse / scale * off) ** 2
    by_column = whole.sum(axis=0) / (whole.sum(axis=0) + partial.sum(axis=0))
    statistic = -(count - 1 - (2 * width + 5) / 6) * logarithm
    return Adequacy(
        float(whole.sum() / (whole.sum() + partial.sum())),
        dict(zip(codes, by_column.tolist(), strict=True)),
        float(statistic),
        freedom,
        float(chdtrc(freedom, statistic)),
        count,
    )
