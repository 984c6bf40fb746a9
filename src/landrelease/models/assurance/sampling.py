"""Accept-on-zero sampling: how many to inspect, all clean, to be confident in the rest.

References
----------
Bowen, M. W. & Bennett, C. A. (1988), NUREG/CR-4604; Squeglia, N. L. (1994), Zero Acceptance
Number Sampling Plans. Assumes a simple random sample: defects that lie in clusters need more.
"""

from __future__ import annotations

import math
from decimal import ROUND_FLOOR, Decimal

import numpy as np
from scipy import special

from landrelease.errors import FieldError
from landrelease.models.checks import require_probability
from landrelease.models.estimate import CannotEstimateError

ROUNDING = 1e-12


def sample_size(
    confidence: float,
    clean: float,
    lot: int | None = None,
    pod: float = 1.0,
    convention: str = "floor",
) -> int:
    """Return the least sample that, found clean, gives the confidence wanted.

    Parameters
    ----------
    confidence : float
        Probability of rejecting a lot with the number of defects below.
    clean : float
        Least share of clean units that is acceptable.
    lot : int, optional
        Units in the lot; without it the lot is taken as endless.
    pod : float, optional
        Probability that a defect in the sample is seen.
    convention : {"floor", "floor-plus-one"}
        Number of defects to guard against: the whole part of ``lot * (1 - clean)``, or one more.

    Returns
    -------
    int
        Units to inspect.

    Raises
    ------
    CannotEstimateError
        No defect is possible, or no sample reaches the confidence.

    Examples
    --------
    >>> sample_size(0.95, 0.99), sample_size(0.95, 0.99, lot=200)
    (299, 155)
    >>> sample_size(0.95, 0.99, lot=200, pod=0.9)
    173
    """
    for field, value in (("confidence", confidence), ("clean", clean), ("pod", pod)):
        require_probability(field, value)
    if pod == 0:
        raise CannotEstimateError("an inspection that sees no defect confirms nothing")
    if lot is None:
        return _endless(confidence, clean, pod)
    return _finite(confidence, possible_defects(lot, clean, convention), lot, pod)


def possible_defects(lot: int, clean: float, convention: str = "floor") -> int:
    """Return the number of defects to guard against, in decimal arithmetic.

    Examples
    --------
    >>> possible_defects(100, 0.95), possible_defects(100, 0.95, "floor-plus-one")
    (5, 6)
    """
    if lot < 1:
        raise FieldError("lot", lot, "a lot has one unit or more")
    share = Decimal(1) - Decimal(str(clean))
    defects = int((lot * share).to_integral_value(rounding=ROUND_FLOOR))
    return min(defects + (convention == "floor-plus-one"), lot)


def p_none_seen(sample: int, defects: int, lot: int, pod: float = 1.0) -> float:
    """Return the probability that a sample shows no defect although the lot has some.

    Parameters
    ----------
    sample, defects, lot : int
        Units inspected, defective units in the lot, units in the lot.
    pod : float, optional
        Probability that a defect in the sample is seen.

    Returns
    -------
    float
        Sum over defects in the sample (hypergeometric) of the chance to overlook them all.

    Examples
    --------
    >>> p_none_seen(10, 1, 100)
    0.9
    """
    drawn = np.arange(max(0, sample + defects - lot), min(sample, defects) + 1)
    if pod == 1:
        drawn = drawn[drawn == 0]
    log_chance = (
        _log_choose(defects, drawn)
        + _log_choose(lot - defects, sample - drawn)
        - _log_choose(lot, np.asarray(sample))
        + special.xlog1py(drawn, -pod)
    )
    return float(np.exp(log_chance).sum())


def _log_choose(
    n: int, k: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.asarray(special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1))


def _endless(confidence: float, clean: float, pod: float) -> int:
    seen = pod * (1 - clean)
    if seen == 0:
        raise CannotEstimateError("no defect is possible when every unit must be clean")
    if confidence == 1:
        raise CannotEstimateError("no sample of an endless lot gives certainty")
    if seen == 1:
        return 1
    return math.ceil(math.log1p(-confidence) / math.log1p(-seen) * (1 - ROUNDING))


def _finite(confidence: float, defects: int, lot: int, pod: float) -> int:
    if defects == 0:
        raise CannotEstimateError(
            "the lot is too small to hold a defect at this standard: inspect every unit, "
            "or use the convention floor-plus-one"
        )
    overlooked = (1 - confidence) * (1 + 1e-9)
    if p_none_seen(lot, defects, lot, pod) > overlooked:
        raise CannotEstimateError(
            f"even inspecting all {lot} units overlooks {defects} defects with probability "
            f"{(1 - pod) ** defects:.3g}: a better inspection is needed, not a larger sample"
        )
    low, high = 0, lot
    while high - low > 1:
        middle = (low + high) // 2
        enough = p_none_seen(middle, defects, lot, pod) <= overlooked
        low, high = (low, middle) if enough else (middle, high)
    return high
