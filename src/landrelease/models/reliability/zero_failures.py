"""What trials without any failure show, and how many are needed to show a claim."""

from __future__ import annotations

import math

from scipy import special

from landrelease.errors import FieldError
from landrelease.models.checks import require_count, require_probability
from landrelease.models.estimate import CannotEstimateError

ROUNDING = 1e-12


def trials_needed(rate: float, confidence: float) -> int:
    """Return how many trials without failure show that the rate lies below a claim.

    Parameters
    ----------
    rate : float
        Claimed failures per item.
    confidence : float
        Confidence wanted.

    Returns
    -------
    int
        Independent trials.

    Raises
    ------
    CannotEstimateError
        No number of trials shows a rate of 0, or gives certainty.

    Examples
    --------
    >>> trials_needed(6e-6, 0.95)
    499288
    """
    require_probability("rate", rate)
    require_probability("confidence", confidence)
    if rate == 0 or confidence == 1:
        raise CannotEstimateError("no number of trials shows a rate of 0 or gives certainty")
    if rate == 1:
        return 1
    return math.ceil(math.log1p(-confidence) / math.log1p(-rate) * (1 - ROUNDING))


def upper_rate(trials: int, confidence: float) -> float:
    """Return the upper bound of the rate after trials without failure.

    Examples
    --------
    >>> round(upper_rate(300, 0.95), 7)
    0.0099361
    """
    require_count("trials", trials)
    return 1.0 if trials == 0 else -math.expm1(math.log1p(-confidence) / trials)


def clopper_pearson(failures: int, trials: int, level: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of a proportion (Clopper & Pearson 1934).

    Parameters
    ----------
    failures, trials : int
        Counts.
    level : float, optional
        Least coverage.

    Examples
    --------
    >>> lower, upper = clopper_pearson(104, 9408)
    >>> round(lower, 5), round(upper, 5)
    (0.00904, 0.01338)
    """
    require_count("failures", failures)
    if failures > trials:
        raise FieldError("failures", failures, f"exceeds the {trials} trials")
    tail = (1 - level) / 2
    lower = special.betaincinv(failures, trials - failures + 1, tail) if failures else 0.0
    upper = (
        special.betaincinv(failures + 1, trials - failures, 1 - tail) if failures < trials else 1.0
    )
    return float(lower), float(upper)
