"""Which anomalies to dig: from the most likely down, until what stays is tolerable.

References
----------
Anderson, K. K. (2005), Clearing unexploded ordnance: Bayesian methodology for assessing
success, PNNL (abstract read): dig lists in order of likelihood, to a tolerable risk.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from landrelease.errors import FieldError
from landrelease.models.checks import require_probability


@dataclass(frozen=True)
class DigDecision:
    """Anomalies to dig and what the others may hide.

    Parameters
    ----------
    dig : tuple of int
        Positions in the list given, from 1, most likely first.
    p_any_left : float
        Probability that at least one anomaly left in the ground is an item.
    expected_left : float
        Expected number of items among the anomalies left.
    """

    dig: tuple[int, ...]
    p_any_left: float
    expected_left: float


def decide_digs(probability: Sequence[float], tolerable: float) -> DigDecision:
    """Return the shortest dig list that keeps the chance of an item left tolerable.

    Parameters
    ----------
    probability : sequence of float
        Probability that each anomaly is an item.
    tolerable : float
        Highest tolerable probability that any item is left among them.

    Returns
    -------
    DigDecision
        What to dig, and what is left.

    Examples
    --------
    >>> decide_digs([0.02, 0.9, 0.3], 0.05)
    DigDecision(dig=(2, 3), p_any_left=0.02, expected_left=0.02)
    """
    if not probability:
        raise FieldError("probability", [], "one anomaly or more is needed")
    for value in probability:
        require_probability("probability", value)
    require_probability("tolerable", tolerable)
    order = sorted(range(len(probability)), key=lambda index: -probability[index])
    for dug in range(len(order) + 1):
        left = [probability[index] for index in order[dug:]]
        p_any_left = 1.0 - math.prod(1 - chance for chance in left)
        if p_any_left <= tolerable:
            break
    return DigDecision(tuple(index + 1 for index in order[:dug]), p_any_left, math.fsum(left))
