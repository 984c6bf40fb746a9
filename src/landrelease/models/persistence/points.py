"""Fixed points at which uncertain inputs are evaluated, instead of random draws.

Every column visits the midpoint of each of ``points`` equal strata once, so that the mean of
a smooth function of one input is a midpoint rule. Few columns are paired by a scrambled Sobol
net (Owen 1998, J. Complexity 14:466, doi 10.1006/jcom.1998.0487), many by seeded permutations
(Latin hypercube; McKay, Beckman & Conover 1979, doi 10.1080/00401706.1979.10489755).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

MOST_SOBOL_COLUMNS = 48
SEED = 20260101


def strata(columns: int, points: int) -> NDArray[np.int64]:
    """Return which stratum each column visits at each point.

    Parameters
    ----------
    columns : int
        Number of uncertain inputs.
    points : int
        Number of points; a power of two gives the Sobol net where the columns are few.

    Returns
    -------
    ndarray of int, shape (columns, points)
        Each row is a permutation of ``0 … points - 1``. The same call gives the same rows.

    Examples
    --------
    >>> sorted(strata(2, 8)[1].tolist())
    [0, 1, 2, 3, 4, 5, 6, 7]
    """
    if columns == 0:
        return np.empty((0, points), dtype=np.int64)
    generator = np.random.default_rng(SEED)
    if columns <= MOST_SOBOL_COLUMNS and points & (points - 1) == 0:
        net = qmc.Sobol(columns, scramble=True, rng=generator).random(points)
        return np.floor(net.T * points).astype(np.int64)
    rows = np.broadcast_to(np.arange(points), (columns, points))
    return generator.permuted(rows, axis=1)
