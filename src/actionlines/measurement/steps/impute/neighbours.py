"""Fill from the k units most alike."""

import numpy as np

from actionlines.measurement.cube import Floats


def neighbour_means(table: Floats, count: int) -> Floats:
    """A table (N, I) with missing cells filled by the mean of the nearest rows that have a value there.

    Rows are compared by the mean squared difference of standardised values over the indicators both have; rows
    without a common indicator are no neighbours. Equally near rows at the edge all count, so that the order of
    the rows cannot matter. A cell without any neighbour stays missing.
    """
    there = ~np.isnan(table)
    counts = np.maximum(there.sum(axis=0), 1)
    mean = np.where(there, table, 0.0).sum(axis=0) / counts
    centred = np.where(there, table - mean, 0.0)
    deviation = np.sqrt((centred**2).sum(axis=0) / counts)
    z = np.where(deviation > 0, centred / np.where(deviation > 0, deviation, 1.0), 0.0)
    filled = table.copy()
    for row in np.flatnonzero(~there.all(axis=1)):
        both = there & there[row]
        common = both.sum(axis=1)
        distance = np.where(both, (z - z[row]) ** 2, 0.0).sum(axis=1) / np.maximum(common, 1)
        distance[common == 0] = np.inf
        distance[row] = np.inf
        for column in np.flatnonzero(~there[row]):
            able = np.where(there[:, column], distance, np.inf)
            reach = np.sort(able)[min(count, len(able)) - 1]
            near = np.isfinite(able) & (able <= (reach if np.isfinite(reach) else np.inf))
            if near.any():
                filled[row, column] = table[near, column].mean()
    return filled
