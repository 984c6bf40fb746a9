"""Upper bound of the density of items, from what a searched area showed."""

from __future__ import annotations

from scipy import special

from landrelease.models.checks import require_count, require_positive, require_probability
from landrelease.models.estimate import CannotEstimateError


def density_upper(found: int, area_m2: float, pod: float, confidence: float) -> float:
    """Return the one-sided upper bound of items per square metre.

    Parameters
    ----------
    found : int
        Items found in the searched area.
    area_m2 : float
        Area searched, in square metres.
    pod : float
        Probability of detection of one item.
    confidence : float
        Confidence of the bound, below 1.

    Returns
    -------
    float
        Half the chi-square quantile with ``2 * (found + 1)`` degrees of freedom, over
        ``area_m2 * pod``. Items scattered independently; clusters make it optimistic.

    Raises
    ------
    CannotEstimateError
        The search detects nothing, or certainty is asked for.

    Examples
    --------
    >>> round(density_upper(0, 10.0, 0.9, 0.95), 6)
    0.332859
    """
    require_count("found", found)
    require_positive("area_m2", area_m2)
    require_probability("pod", pod)
    require_probability("confidence", confidence)
    if pod == 0:
        raise CannotEstimateError("a search that detects nothing bounds nothing")
    if confidence == 1:
        raise CannotEstimateError("no finite bound holds with certainty")
    return float(special.gammaincinv(found + 1, confidence)) / (area_m2 * pod)
