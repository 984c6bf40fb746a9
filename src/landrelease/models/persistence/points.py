"""Fixed points at which uncertain inputs are evaluated, instead of random draws.

Every column visits the midpoint of each of ``points`` equal strata once, so that the mean of
a smooth function of one input is a midpoint rule. Few columns are paired by Richtmyer's
sequence, the multiples of irrational numbers (Niederreiter 1978, doi
10.1090/S0002-9904-1978-14532-7), many by seeded permutations (Latin hypercube; McKay, Beckman
& Conover 1979, doi 10.1080/00401706.1979.10489755).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SEED = 20260101
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
FEW_COLUMNS = len(_PRIMES)


def strata(columns: int, points: int) -> NDArray[np.int64]:
    """Return which stratum each column visits at each point.

    Parameters
    ----------
    columns : int
        Number of uncertain inputs.
    points : int
        Number of points.

    Returns
    -------
    ndarray of int, shape (columns, points)
        Each row is a permutation of ``0 … points - 1``. The same call gives the same rows.

    Examples
    --------
    >>> sorted(strata(2, 8)[1].tolist())
    [0, 1, 2, 3, 4, 5, 6, 7]
    """
    if columns > FEW_COLUMNS:
        rows = np.broadcast_to(np.arange(points), (columns, points))
        return np.random.default_rng(SEED).permuted(rows, axis=1)
    steps = np.sqrt(np.array(_PRIMES[:columns], dtype=np.float64))
    sequence = np.outer(steps, np.arange(1, points + 1)) % 1.0
    return np.argsort(np.argsort(sequence, axis=1), axis=1)
