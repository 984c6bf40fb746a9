"""Failure probability from finds, when only a part of the failures is detected.

Finds inform the product of the failure probability ``q`` and the detection probability ``p``
alone. So the product ``theta`` is updated by the finds, ``p`` keeps the distribution that
seeded trials gave it, and ``q = theta / p``.

References
----------
Jeffreys, H. (1946), doi 10.1098/rspa.1946.0056; Brown, Cai & DasGupta (2001), Statistical
Science 16:101, doi 10.1214/ss/1009213286 (the interval for a proportion).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import special

from landrelease.errors import FieldError
from landrelease.models.arrays import Array
from landrelease.models.checks import require_count, require_positive, require_probability


def _graded_rule() -> tuple[Array, Array]:
    """Nodes and weights on (0, 1), dense at both ends where quantiles run away."""
    nodes, weights = np.polynomial.legendre.leggauss(8)
    half = np.concatenate([[0.0], np.geomspace(1e-11, 0.5, 25)])
    edges = np.concatenate([half, 1 - half[-2::-1]])
    width = np.diff(edges)[:, None]
    points = edges[:-1, None] + width * (nodes + 1) / 2
    return points.ravel(), (width * weights / 2).ravel()


SHARES, WEIGHTS = _graded_rule()


@dataclass(frozen=True)
class Beta:
    """A Beta distribution of a probability.

    Examples
    --------
    >>> Beta(60, 40).mean
    0.6
    """

    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        """Expected value."""
        return self.alpha / (self.alpha + self.beta)

    def quantile(self, share: float) -> float:
        """Value below which ``share`` of the distribution lies."""
        return float(special.betaincinv(self.alpha, self.beta, share))

    def rule(self) -> tuple[Array, Array]:
        """Values at which to average over the distribution, and their weights."""
        return _values(self), WEIGHTS


@lru_cache(maxsize=64)
def _values(law: Beta) -> Array:
    return np.asarray(special.betaincinv(law.alpha, law.beta, SHARES), dtype=np.float64)


@dataclass(frozen=True)
class Estimate:
    """An expected value with an interval of equal tails."""

    mean: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Finds:
    """Failures seen among items examined.

    Parameters
    ----------
    failures, trials : float
        Counts; fractions appear once clustering has been allowed for.

    Raises
    ------
    FieldError
        A count is negative, or failures exceed trials.
    """

    failures: float
    trials: float

    def __post_init__(self) -> None:
        for field, value in (("failures", self.failures), ("trials", self.trials)):
            if not value >= 0:
                raise FieldError(field, value, "a count is 0 or more")
        if self.failures > self.trials:
            raise FieldError("failures", self.failures, f"exceeds the {self.trials:g} trials")

    def thinned(self, lot_correlation: float, lot_size: float) -> Finds:
        """Return the counts that carry the same information without clustering.

        Items of one lot fail together; the variance is larger by ``1 + (m − 1) rho``, and the
        counts are divided by it.

        Examples
        --------
        >>> Finds(50, 10_000).thinned(0.25, 5)
        Finds(failures=25.0, trials=5000.0)
        """
        require_probability("lot_correlation", lot_correlation)
        if lot_size < 1:
            raise FieldError("lot_size", lot_size, "a lot has one item or more")
        design_effect = 1 + (lot_size - 1) * lot_correlation
        return Finds(self.failures / design_effect, self.trials / design_effect)


def claim_prior(claim: float, strength: float) -> Beta:
    """Return the prior that a claimed rate of a stated strength amounts to.

    Parameters
    ----------
    claim : float
        Claimed probability of failure, between 0 and 1.
    strength : float
        Number of trials the claim is trusted like; a choice to be shown, never hidden.

    Examples
    --------
    >>> claim_prior(1e-4, 1000)
    Beta(alpha=0.1, beta=999.9)
    """
    if not 0 < claim < 1:
        raise FieldError("claim", claim, "a claimed rate lies between 0 and 1, both excluded")
    require_positive("strength", strength)
    return Beta(strength * claim, strength * (1 - claim))


def seen_rate(finds: Finds, prior: Beta | None = None) -> Beta:
    """Return the distribution of the rate of failures seen, by default on Jeffreys' prior.

    Examples
    --------
    >>> seen_rate(Finds(50, 10_000))
    Beta(alpha=50.5, beta=9950.5)
    """
    prior = prior or Beta(0.5, 0.5)
    return Beta(prior.alpha + finds.failures, prior.beta + finds.trials - finds.failures)


def failure_rate(seen: Beta, detection: Beta | float = 1.0, level: float = 0.95) -> Estimate:
    """Return the failure probability behind a rate of failures seen.

    Parameters
    ----------
    seen : Beta
        Distribution of failures seen per item.
    detection : Beta or float, optional
        Probability that a failure is detected; a distribution is not updated by the finds.
    level : float, optional
        Probability of the interval, equal tails.

    Returns
    -------
    Estimate
        Probabilities; a ratio above 1 counts as 1.

    Examples
    --------
    >>> estimate = failure_rate(seen_rate(Finds(50, 10_000)), Beta(60, 40))
    >>> round(estimate.mean, 7), round(estimate.lower, 6), round(estimate.upper, 6)
    (0.0084729, 0.006046, 0.011473)
    """
    if isinstance(detection, Beta):
        detected, weights = detection.rule()
    else:
        detected, weights = np.array([detection]), np.ones(1)
    tails = ((1 - level) / 2, (1 + level) / 2)
    lower, upper = (_ratio_quantile(seen, detected, weights, tail) for tail in tails)
    return Estimate(_ratio_mean(seen, detected, weights), lower, upper)


def _ratio_mean(seen: Beta, detected: Array, weights: Array) -> float:
    """E min(1, theta / p): the part below p by the beta integral, the rest is 1."""
    below = special.betainc(seen.alpha + 1, seen.beta, detected) * seen.mean / detected
    above = special.betaincc(seen.alpha, seen.beta, detected)
    return float(weights @ (below + above))


def _ratio_quantile(seen: Beta, detected: Array, weights: Array, share: float) -> float:
    """Root of the distribution function of theta / p, sought in its logarithm."""
    from scipy import optimize

    def excess(log_rate: float) -> float:
        seen_then = np.minimum(np.exp(log_rate) * detected, 1.0)
        return float(weights @ special.betainc(seen.alpha, seen.beta, seen_then)) - share

    middle = np.log(max(seen.quantile(share), 1e-300))
    low, high = middle - np.log(detected.max()) - 1e-9, middle - np.log(detected.min()) + 1e-9
    return min(1.0, float(np.exp(optimize.brentq(excess, low, high, xtol=1e-13))))


def check_counts(failures: int, trials: int) -> Finds:
    """Return whole counts as finds, refusing broken ones.

    Examples
    --------
    >>> check_counts(0, 300)
    Finds(failures=0, trials=300)
    """
    require_count("failures", failures)
    require_count("trials", trials)
    return Finds(failures, trials)
