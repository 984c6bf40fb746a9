"""Uncertain inputs: each knows its mean and its quantiles, and nothing is drawn at random."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from scipy import special

from landrelease.models.arrays import Array


class Uncertain(Hashable, Protocol):
    """A number that is known only up to a distribution."""

    @property
    def mean(self) -> float:
        """Expected value."""
        ...

    def quantile(self, share: Array) -> Array:
        """Values below which the given shares of the distribution lie."""
        ...


@dataclass(frozen=True)
class Exact:
    """A number taken as known.

    Examples
    --------
    >>> Exact(3.0).mean
    3.0
    """

    value: float

    @property
    def mean(self) -> float:
        """The value itself."""
        return self.value

    def quantile(self, share: Array) -> Array:
        """The value, once for each share."""
        return np.full_like(share, self.value)


@dataclass(frozen=True)
class Between:
    """Any number from ``low`` to ``high``, all equally likely.

    Examples
    --------
    >>> Between(2.0, 4.0).quantile(np.array([0.0, 0.5])).tolist()
    [2.0, 3.0]
    """

    low: float
    high: float

    @property
    def mean(self) -> float:
        """Middle of the interval."""
        return (self.low + self.high) / 2

    def quantile(self, share: Array) -> Array:
        """Straight line from ``low`` to ``high``."""
        return self.low + share * (self.high - self.low)


@dataclass(frozen=True)
class WholeNumber:
    """A whole number from ``low`` to ``high`` inclusive, all equally likely.

    Examples
    --------
    >>> WholeNumber(1, 6).mean
    3.5
    """

    low: int
    high: int

    @property
    def mean(self) -> float:
        """Middle of the interval."""
        return (self.low + self.high) / 2

    def quantile(self, share: Array) -> Array:
        """Least whole number whose cumulative share reaches ``share``."""
        steps = np.floor(share * (self.high - self.low + 1))
        return np.asarray(np.minimum(self.low + steps, self.high), dtype=np.float64)


@dataclass(frozen=True)
class LogNormalCount:
    """A count known by order of magnitude: ``log`` of it is normal about ``log(median)``.

    Examples
    --------
    >>> round(LogNormalCount(1000.0, 0.5).mean, 1)
    1133.1
    """

    median: float
    sigma: float

    @property
    def mean(self) -> float:
        """Expected value, above the median."""
        return self.median * math.exp(self.sigma**2 / 2)

    def quantile(self, share: Array) -> Array:
        """Quantiles, to the nearest whole item."""
        logs = self.sigma * special.ndtri(share)
        return np.asarray(np.rint(self.median * np.exp(logs)), dtype=np.float64)


@dataclass(frozen=True)
class BetaShare:
    """A probability with a Beta distribution.

    Examples
    --------
    >>> BetaShare(2.0, 18.0).mean
    0.1
    """

    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        """``alpha / (alpha + beta)``."""
        return self.alpha / (self.alpha + self.beta)

    def quantile(self, share: Array) -> Array:
        """Inverse of the regularised incomplete beta function."""
        return np.asarray(special.betaincinv(self.alpha, self.beta, share), dtype=np.float64)


@lru_cache(maxsize=4096)
def quantile_table(uncertain: Uncertain, points: int) -> Array:
    """Return the quantiles at the midpoints of ``points`` equal strata, in rising order.

    Parameters
    ----------
    uncertain : Uncertain
        The input.
    points : int
        Number of strata.

    Returns
    -------
    ndarray, shape (points,)
        Read-only, as it is shared by all cohorts with the same input.

    Examples
    --------
    >>> quantile_table(Between(0.0, 1.0), 4).tolist()
    [0.125, 0.375, 0.625, 0.875]
    """
    table = uncertain.quantile((np.arange(points) + 0.5) / points)
    table.setflags(write=False)
    return table
