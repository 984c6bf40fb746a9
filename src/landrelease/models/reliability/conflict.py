"""Whether finds agree with a claim: the prior predictive check.

Tail probabilities of 1e-30 matter here, so terms are summed as logarithms: the usual survival
function, one minus a cumulative sum, has lost all digits long before.

References
----------
Box, G. E. P. (1980), J. R. Stat. Soc. A 143:383, doi 10.2307/2982063.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from landrelease.models.reliability.failure_rate import Beta, Finds

# beyond this many terms the sum is replaced by an integral
MOST_TERMS = 200_000


def conflict_p_value(finds: Finds, claim: Beta, detection: Beta | None = None) -> float:
    """Return the probability of at least as many failures if the claim were right.

    Parameters
    ----------
    finds : Finds
        Failures seen among trials; fractions are rounded to whole items.
    claim : Beta
        The claim as a prior, see :func:`claim_prior`.
    detection : Beta, optional
        Probability that a failure is detected.

    Returns
    -------
    float
        Small values say that claim and finds do not fit together.

    Examples
    --------
    >>> from landrelease.models.reliability.failure_rate import claim_prior
    >>> f"{conflict_p_value(Finds(20, 1000), claim_prior(1e-4, 1e3)):.2e}"
    '1.10e-08'
    """
    failures, trials = round(finds.failures), round(finds.trials)
    if failures == 0:
        return 1.0
    if detection is None and trials <= MOST_TERMS:
        return _beta_binomial_tail(failures, trials, claim)
    return _thinned_tail(failures, trials, claim, detection)


def _beta_binomial_tail(failures: int, trials: int, claim: Beta) -> float:
    y = np.arange(failures, trials + 1)
    log_terms = (
        special.gammaln(trials + 1)
        - special.gammaln(y + 1)
        - special.gammaln(trials - y + 1)
        + special.betaln(y + claim.alpha, trials - y + claim.beta)
        - special.betaln(claim.alpha, claim.beta)
    )
    return min(1.0, math.exp(float(special.logsumexp(log_terms))))


def _thinned_tail(failures: int, trials: int, claim: Beta, detection: Beta | None) -> float:
    """Average over claimed rate and detection of the binomial tail at their product.

    With a weak claim the mass that matters lies in the far tail of its rate, so the rate is
    integrated on a grid of its logarithm, forty standard deviations wide, and not at its
    quantiles.
    """
    reach = 40 / math.sqrt(claim.alpha)
    middle = math.log(claim.mean)
    log_rate = np.linspace(max(middle - reach, -60.0), min(middle + reach, -1e-9), 1201)
    rate = np.exp(log_rate)
    log_density = (
        claim.alpha * log_rate
        + (claim.beta - 1) * np.log1p(-rate)
        - special.betaln(claim.alpha, claim.beta)
    )
    weight = np.exp(log_density) * (log_rate[1] - log_rate[0])
    detected, shares = (np.ones(1), np.ones(1)) if detection is None else detection.rule()
    tail = special.betainc(failures, trials - failures + 1, rate[:, None] * detected)
    return float(min(1.0, weight @ tail @ shares))
