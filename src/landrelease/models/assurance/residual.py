"""Items left after one search with a known probability of detection.

What was believed before changes the answer, so two priors stand side by side: every number of
items equally likely, which lets finds raise the remainder, and a Poisson number, under which
the remainder does not depend on the finds at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy import special

from landrelease.models.checks import require_count, require_probability
from landrelease.models.estimate import CannotEstimateError


@dataclass(frozen=True)
class Remainder:
    """Distribution of the number of items left.

    Parameters
    ----------
    mean : float
        Expected number.
    p_none : float
        Probability that none is left.
    upper95 : int
        Least number that is not exceeded with probability 0.95.
    """

    mean: float
    p_none: float
    upper95: int


def remainder_flat(found: int, pod: float) -> Remainder:
    """Return what is left when every total was equally likely beforehand.

    Parameters
    ----------
    found : int
        Items found.
    pod : float
        Probability of detection of one item, 0 to 1.

    Returns
    -------
    Remainder
        Negative binomial with ``found + 1`` and ``pod``.

    Raises
    ------
    CannotEstimateError
        The search detects nothing.

    Examples
    --------
    >>> remainder_flat(20, 0.9)
    Remainder(mean=2.3333, p_none=0.109419, upper95=5)
    """
    _check(found, pod)
    if pod == 0:
        raise CannotEstimateError("a search that detects nothing tells nothing of what is left")
    upper = _least_reaching(0.95, lambda m: float(special.betainc(found + 1, m + 1, pod)))
    return Remainder((found + 1) * (1 - pod) / pod, pod ** (found + 1), upper)


def remainder_poisson(found: int, pod: float, prior_mean: float) -> Remainder:
    """Return what is left when the total was Poisson beforehand; the finds do not matter.

    Parameters
    ----------
    found : int
        Items found.
    pod : float
        Probability of detection of one item, 0 to 1.
    prior_mean : float
        Number of items expected before the search.

    Returns
    -------
    Remainder
        Poisson with mean ``prior_mean * (1 - pod)``.

    Examples
    --------
    >>> remainder_poisson(20, 0.9, 10.0).mean
    1.0
    """
    _check(found, pod)
    mean = prior_mean * (1 - pod)
    upper = _least_reaching(0.95, lambda m: float(special.pdtr(m, mean)))
    return Remainder(mean, math.exp(-mean), upper)


def _least_reaching(share: float, cumulative: Callable[[int], float]) -> int:
    """Least whole number at which a distribution function reaches ``share``."""
    low, high = -1, 1
    while cumulative(high) < share:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if cumulative(middle) >= share else (middle, high)
    return high


def _check(found: int, pod: float) -> None:
    require_count("found", found)
    require_probability("pod", pod)
