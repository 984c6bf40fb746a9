"""Quantiles of a number of items: scatter of the items mixed over the uncertain inputs.

Given the inputs, the number is a sum of independent binomials. One binomial with the same
mean and variance stands for the sum; it is exact for one cohort, and tends to the Poisson
law when items are many and rarely survive.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from landrelease.models.arrays import Array

# a binomial with a smaller probability is Poisson to nine digits
RAREST = 1e-9


def mixture_quantile(mean: Array, squares: Array, share: float) -> Array:
    """Return the least number whose cumulative probability reaches ``share``.

    Parameters
    ----------
    mean : ndarray, shape (times, points)
        Expected number at each input point: the sum of ``quantity * probability``.
    squares : ndarray, shape (times, points)
        Sum of ``quantity * probability**2``; the variance is ``mean - squares``.
    share : float
        Cumulative probability, between 0 and 1.

    Returns
    -------
    ndarray, shape (times,)
        Whole numbers.

    Examples
    --------
    >>> mixture_quantile(np.array([[100.0]]), np.array([[10.0]]), 0.95).tolist()
    [116.0]
    """
    quantity, probability = _matching_binomial(mean, squares)
    centre = np.rint(_normal_quantile(mean, np.sqrt(np.maximum(mean - squares, 0.0)), share))
    low, high = _bracket(quantity, probability, centre, share)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        reached = _cumulative(middle, quantity, probability) >= share
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    return high


def cumulative(mean: Array, squares: Array, number: float) -> Array:
    """Return the probability of at most ``number`` items, shape (times,).

    Parameters
    ----------
    mean, squares : ndarray, shape (times, points)
        As in :func:`mixture_quantile`.
    number : float
        Whole number of items; -1 gives 0.

    Examples
    --------
    >>> cumulative(np.array([[1.0]]), np.array([[0.0]]), 0.0).round(4).tolist()
    [0.3679]
    """
    quantity, probability = _matching_binomial(mean, squares)
    return _cumulative(np.full(len(mean), number), quantity, probability)


def reaching(mean: Array, squares: Array, number: float) -> Array:
    """Return the probability of at least ``number`` items, shape (times,).

    It keeps its digits where one minus :func:`cumulative` has none left.

    Parameters
    ----------
    mean, squares : ndarray, shape (times, points)
        As in :func:`mixture_quantile`.
    number : float
        Whole number of items.

    Examples
    --------
    >>> reaching(np.array([[0.708]]), np.array([[4.248e-6]]), 25.0)
    array([5.8e-30])
    """
    if number <= 0:
        return np.ones(len(mean))
    quantity, probability = _matching_binomial(mean, squares)
    room = np.maximum(quantity - number + 1, 0.0)
    tail = special.betainc(number, np.where(room > 0, room, 1.0), probability)
    return np.asarray(np.where(room > 0, tail, 0.0).mean(axis=1))


def _matching_binomial(mean: Array, squares: Array) -> tuple[Array, Array]:
    some = mean > 0
    probability = np.divide(squares, mean, out=np.full_like(mean, RAREST), where=some)
    probability = np.clip(probability, RAREST, 1.0)
    return mean / probability, probability


def _cumulative(number: Array, quantity: Array, probability: Array) -> Array:
    """Probability of at most ``number`` items, averaged over the points; shape (times,)."""
    k = number[:, None]
    # a rounding of quantity below a whole number must not add a certain item
    short = k < quantity * (1 - 1e-12)
    within = special.betaincc(
        np.where(short & (k >= 0), k + 1, 1.0), np.where(short, quantity - k, 1.0), probability
    )
    each = np.where(short, within, 1.0)
    return np.asarray(np.where(number < 0, 0.0, each.mean(axis=1)))


def _normal_quantile(mean: Array, sd: Array, share: float) -> Array:
    """Quantile of the mixture of normals, to start the search; shape (times,)."""
    low, high = (mean - 9 * sd).min(axis=1), (mean + 9 * sd).max(axis=1)
    spread = np.maximum(sd, 1e-9)
    for _ in range(40):
        middle = (low + high) / 2
        reached = special.ndtr((middle[:, None] - mean) / spread).mean(axis=1) >= share
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    return np.asarray((low + high) / 2)


def _bracket(
    quantity: Array, probability: Array, centre: Array, share: float
) -> tuple[Array, Array]:
    """Whole numbers around the quantile: short of ``share`` at the lower, reached at the upper."""
    width = np.full_like(centre, 2.0)
    low, high = np.maximum(centre - width, -1.0), np.maximum(centre + width, 0.0)
    while True:
        too_low = _cumulative(high, quantity, probability) < share
        too_high = (low >= 0) & (_cumulative(low, quantity, probability) >= share)
        if not (too_low | too_high).any():
            return low, high
        width = np.where(too_low | too_high, width * 4, width)
        high = np.where(too_low, high + width, high)
        low = np.where(too_high, np.maximum(low - width, -1.0), low)
