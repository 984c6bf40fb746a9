"""Failure rates against statsmodels, simulation and the claims they are compared with."""

import numpy as np
import pytest
from scipy import integrate, stats
from statsmodels.stats.proportion import proportion_confint

from landrelease.errors import FieldError
from landrelease.models.calculators import calculate
from landrelease.models.reliability.conflict import conflict_p_value
from landrelease.models.reliability.failure_rate import (
    Beta,
    Finds,
    claim_prior,
    failure_rate,
    seen_rate,
)
from landrelease.models.reliability.zero_failures import clopper_pearson, trials_needed, upper_rate


@pytest.mark.parametrize(("failures", "trials"), [(0, 30), (3, 40), (104, 9408), (40, 40)])
def test_intervals_agree_with_statsmodels(failures, trials):
    """Clopper-Pearson and Jeffreys as in statsmodels."""
    exact = proportion_confint(failures, trials, method="beta")
    assert clopper_pearson(failures, trials) == pytest.approx(exact, abs=1e-9)
    if 0 < failures < trials:
        lower, upper = proportion_confint(failures, trials, method="jeffreys")
        estimate = failure_rate(seen_rate(Finds(failures, trials)))
        assert (estimate.lower, estimate.upper) == pytest.approx((lower, upper), rel=1e-7)


def test_ratio_agrees_with_simulation():
    """θ/p drawn a million times has the mean and quantiles computed."""
    random = np.random.default_rng(1)
    ratio = np.minimum(random.beta(5.5, 95.5, 1_000_000) / random.beta(12, 8, 1_000_000), 1)
    estimate = failure_rate(seen_rate(Finds(5, 100)), Beta(12, 8), level=0.9)
    assert estimate.mean == pytest.approx(ratio.mean(), rel=2e-3)
    assert estimate.lower == pytest.approx(np.quantile(ratio, 0.05), rel=5e-3)
    assert estimate.upper == pytest.approx(np.quantile(ratio, 0.95), rel=5e-3)


def coverage(true_rate, failures, estimate):
    """Share of true rates within the 90 % interval that their failures lead to."""
    intervals = {count: estimate(count) for count in np.unique(failures)}
    lower = np.array([intervals[count].lower for count in failures])
    upper = np.array([intervals[count].upper for count in failures])
    return np.mean((lower <= true_rate) & (true_rate <= upper))


def test_interval_covers_when_the_claim_prior_is_right():
    """90 % intervals hold the true rate in 88 to 92 of 100 draws from the prior."""
    random, prior = np.random.default_rng(2), claim_prior(0.1, 30)
    rate = random.beta(prior.alpha, prior.beta, 20_000)
    covered = coverage(
        rate,
        random.binomial(80, rate),
        lambda count: failure_rate(seen_rate(Finds(int(count), 80), prior), level=0.9),
    )
    assert 0.88 <= covered <= 0.92


def test_interval_with_uncertain_detection_covers():
    """The same where failures are found with an uncertain probability."""
    random, detection = np.random.default_rng(3), Beta(60, 40)
    seen, found_share = random.beta(2, 60, 20_000), random.beta(60, 40, 20_000)
    covered = coverage(
        seen / found_share,
        random.binomial(300, seen),
        lambda count: failure_rate(seen_rate(Finds(int(count), 300), Beta(2, 60)), detection, 0.9),
    )
    assert 0.88 <= covered <= 0.92


def test_imperfect_detection_never_lowers_the_rate():
    """Finding fewer of the failures means more failures behind the finds."""
    sure = failure_rate(seen_rate(Finds(20, 1000)), 1.0)
    unsure = failure_rate(seen_rate(Finds(20, 1000)), Beta(60, 40))
    assert unsure.mean > sure.mean
    assert unsure.upper > sure.upper


def test_clustered_lots_widen_the_interval():
    """Failures that come by lots carry less information; the mean stays nearly."""
    plain = {"failures": 50, "trials": 10_000}
    alone = calculate("reliability", plain)["results"]
    lots = calculate("reliability", {**plain, "lot_correlation": 0.2, "lot_size": 49})["results"]
    assert lots["upper"] - lots["lower"] > 2 * (alone["upper"] - alone["lower"])
    assert lots["mean"] == pytest.approx(alone["mean"], rel=0.15)


def test_lot_correction_matches_beta_binomial_spread():
    """Counts of lots drawn beta-binomially vary as the design effect says."""
    random, size, rho = np.random.default_rng(4), 50, 0.1
    weight = (1 - rho) / rho
    rate = random.beta(0.1 * weight, 0.9 * weight, (20_000, 20))
    counts = random.binomial(size, rate).sum(axis=1)
    effective = Finds(100, 1000).thinned(rho, size).trials
    assert counts.var() / 1000**2 == pytest.approx(0.1 * 0.9 / effective, rel=0.05)


def test_conflict_agrees_with_scipy_where_scipy_has_digits():
    """P(Y ≥ y) under the claim, against scipy's beta-binomial in its safe range."""
    prior = claim_prior(0.02, 50)
    expected = stats.betabinom.sf(4, 200, prior.alpha, prior.beta)
    assert conflict_p_value(Finds(5, 200), prior) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("claim", "strength"), [(1e-4, 1e3), (1e-4, 1e6), (0.3, 5), (6e-6, 1e8)])
def test_conflict_of_many_trials_agrees_with_the_sum(claim, strength, monkeypatch):
    """The integral used for very many trials gives what the sum of terms gives."""
    prior, finds = claim_prior(claim, strength), Finds(31, 150_000)
    summed = conflict_p_value(finds, prior)
    monkeypatch.setattr("landrelease.models.reliability.conflict.MOST_TERMS", 0)
    assert conflict_p_value(finds, prior) == pytest.approx(summed, rel=1e-6)


def test_conflict_with_detection_agrees_with_double_quadrature():
    """Averaging over rate and detection by scipy.integrate gives the same probability."""
    prior, detection = claim_prior(0.05, 40), Beta(30, 20)
    expected = integrate.dblquad(
        lambda p, q: (
            stats.binom.sf(5, 60, q * p)
            * stats.beta.pdf(q, prior.alpha, prior.beta)
            * stats.beta.pdf(p, 30, 20)
        ),
        0,
        1,
        0,
        1,
        epsabs=1e-8,
    )[0]
    assert conflict_p_value(Finds(6, 60), prior, detection) == pytest.approx(expected, rel=1e-3)


def test_no_claim_no_conflict():
    """Without a claim there is nothing to contradict."""
    assert (
        calculate("reliability", {"failures": 1, "trials": 9})["results"]["conflict_p_value"]
        is None
    )


def test_zero_failures_is_the_least_number():
    """One trial fewer leaves the bound above the rate."""
    n = trials_needed(0.01, 0.95)
    assert upper_rate(n, 0.95) <= 0.01 < upper_rate(n - 1, 0.95)


@pytest.mark.parametrize(
    ("inputs", "field"),
    [
        ({"failures": 11, "trials": 10}, "failures"),
        ({"failures": -1, "trials": 10}, "failures"),
        ({"failures": 1, "trials": 10, "claim": 0.1}, "strength"),
        ({"failures": 1, "trials": 10, "detection_beta": 4}, "detection_alpha"),
        ({"failures": 1, "trials": 10, "lot_size": 4}, "lot_correlation"),
        ({"failures": 1, "trials": 10, "level": 1.0}, "level"),
        ({"failures": 1, "trials": 10, "claim": 1.5, "strength": 3}, "claim"),
        ({"failures": 1, "trials": 10, "colour": 3}, "colour"),
        ({"trials": 10}, "failures"),
    ],
)
def test_impossible_input_names_its_field(inputs, field):
    """The refusal names the field that cannot be."""
    with pytest.raises(FieldError) as refusal:
        calculate("reliability", inputs)
    assert refusal.value.field == field
