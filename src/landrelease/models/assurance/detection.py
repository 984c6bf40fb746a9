"""Probability of detection: by coverage, by repeated passes, and after finding nothing.

References
----------
Koopman, B. O. (1980), Search and Screening; Washburn, A. R. (2014), Search and Detection.
"""

from __future__ import annotations

import math

from landrelease.errors import FieldError
from landrelease.models.checks import require_count, require_probability
from landrelease.models.estimate import CannotEstimateError

# a target met to within rounding is met
ROUNDING = 1e-12
MOST_PASSES = 100_000


def detection_by_coverage(coverage: float) -> dict[str, float]:
    """Return the probability of detection under three laws of search.

    Parameters
    ----------
    coverage : float
        Area swept over area searched; 0 or more, without unit.

    Returns
    -------
    dict of str to float
        ``random``: tracks at random. ``inverse_cube``: parallel tracks of a detector whose
        rate falls with the cube of distance. ``definite_range``: all within range is found.

    Examples
    --------
    >>> {law: round(p, 4) for law, p in detection_by_coverage(1.0).items()}
    {'random': 0.6321, 'inverse_cube': 0.7899, 'definite_range': 1.0}
    """
    if not coverage >= 0:
        raise FieldError("coverage", coverage, "coverage is 0 or more")
    return {
        "random": -math.expm1(-coverage),
        "inverse_cube": math.erf(math.sqrt(math.pi) * coverage / 2),
        "definite_range": min(1.0, coverage),
    }


def detection_after(passes: int, pod: float, never_detectable: float = 0.0) -> float:
    """Return the probability that at least one of several independent passes finds an item.

    Parameters
    ----------
    passes : int
        Number of passes.
    pod : float
        Probability of detection in one pass of an item that can be detected.
    never_detectable : float, optional
        Share of items that no pass can find (too deep, too little metal).

    Returns
    -------
    float
        ``(1 - never_detectable) * (1 - (1 - pod) ** passes)``.

    Examples
    --------
    >>> round(detection_after(3, 0.85), 6)
    0.996625
    """
    return (1 - never_detectable) * (1 - (1 - pod) ** passes)


def passes_needed(pod: float, target: float, never_detectable: float = 0.0) -> int:
    """Return the least number of independent passes that reach a target.

    Parameters
    ----------
    pod, target : float
        Probability of detection in one pass, and the one wanted over all.
    never_detectable : float, optional
        Share of items that no pass can find.

    Returns
    -------
    int
        Number of passes.

    Raises
    ------
    CannotEstimateError
        No number of passes reaches the target.

    Examples
    --------
    >>> passes_needed(0.8, 0.996)
    4
    """
    for field, value in (("pod", pod), ("target", target), ("never_detectable", never_detectable)):
        require_probability(field, value)
    if target > 1 - never_detectable + ROUNDING:
        raise CannotEstimateError(
            f"passes approach 1 − {never_detectable:g} = {1 - never_detectable:g} and never "
            f"reach {target:g}: use another kind of detector for what this one cannot see"
        )
    for passes in range(MOST_PASSES):
        if detection_after(passes, pod, never_detectable) >= target - ROUNDING:
            return passes
    raise CannotEstimateError(f"not reached in {MOST_PASSES} passes at a detection of {pod:g}")


def belief_after_miss(prior: float, pod: float, passes: int = 1) -> float:
    """Return the probability that an item is there although passes found nothing.

    Parameters
    ----------
    prior : float
        Probability beforehand.
    pod : float
        Probability of detection in one pass.
    passes : int, optional
        Independent passes that found nothing.

    Returns
    -------
    float
        Bayes' rule; never 0 while ``prior`` is above 0 and ``pod`` below 1.

    Raises
    ------
    CannotEstimateError
        The item is certain to be there and certain to be found, yet was not.

    Examples
    --------
    >>> round(belief_after_miss(0.3, 0.8, 2), 6)
    0.016854
    """
    require_probability("prior", prior)
    require_probability("pod", pod)
    require_count("passes", passes)
    missed = prior * (1 - pod) ** passes
    if missed == 0 and prior == 1:
        raise CannotEstimateError("an item certain to be there and to be found was not found")
    return missed / (1 - prior + missed)
