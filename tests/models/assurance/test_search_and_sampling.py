"""Detection, sampling, transects, effort, digs and bounds against other ways to the number."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from landrelease.errors import FieldError
from landrelease.models.assurance.density import density_upper
from landrelease.models.assurance.detection import (
    belief_after_miss,
    detection_after,
    detection_by_coverage,
    passes_needed,
)
from landrelease.models.assurance.dig import decide_digs
from landrelease.models.assurance.residual import remainder_flat, remainder_poisson
from landrelease.models.assurance.sampling import p_none_seen, possible_defects, sample_size
from landrelease.models.assurance.search import divide_effort
from landrelease.models.assurance.transects import p_traversed
from landrelease.models.calculators import calculate
from landrelease.models.estimate import CannotEstimateError

shares = st.floats(0.0, 1.0)


@given(shares, st.integers(0, 30), shares)
def test_more_passes_never_find_less(pod, passes, never_detectable):
    """One more pass never lowers detection, and detection never exceeds what can be detected."""
    now = detection_after(passes, pod, never_detectable)
    then = detection_after(passes + 1, pod, never_detectable)
    assert now <= then + 1e-15
    assert then <= 1 - never_detectable + 1e-15


@given(shares, shares, st.integers(1, 20))
def test_finding_nothing_never_raises_belief(prior, pod, passes):
    """After a miss an item is at most as likely as before, and each pass lowers it further."""
    if prior == 1 and pod == 1:
        return
    once, more = belief_after_miss(prior, pod, passes), belief_after_miss(prior, pod, passes + 1)
    assert more <= once + 1e-12
    assert once <= prior + 1e-12


@given(st.floats(0.0, 5.0))
def test_laws_of_search_are_ordered(coverage):
    """Random tracks find least, a definite range most."""
    p = detection_by_coverage(coverage)
    assert p["random"] <= p["inverse_cube"] + 1e-12 <= p["definite_range"] + 2e-12


def test_unreachable_target_gives_a_reason():
    """A share no pass can find bounds detection, whatever the passes."""
    answer = calculate("passes", {"pod": 0.8, "target": 0.996, "never_detectable": 0.01})
    assert answer["status"] == "cannot_estimate"
    assert passes_needed(0.8, 0.98, 0.01) == 3


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60), st.sampled_from([1.0, 0.9, 0.4]))
def test_overlooking_agrees_with_scipy(lot, defects, sample, pod):
    """The chance to see no defect is the hypergeometric sum of scipy."""
    defects, sample = min(defects, lot), min(sample, lot)
    seen = np.arange(0, defects + 1)
    expected = (stats.hypergeom.pmf(seen, lot, defects, sample) * (1 - pod) ** seen).sum()
    assert p_none_seen(sample, defects, lot, pod) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize(("lot", "pod"), [(50, 1.0), (137, 0.9), (800, 0.7)])
def test_sample_is_the_least_that_suffices(lot, pod):
    """One unit fewer misses the confidence."""
    n = sample_size(0.95, 0.96, lot, pod)
    defects = possible_defects(lot, 0.96)
    assert p_none_seen(n, defects, lot, pod) <= 0.05 + 1e-9
    assert p_none_seen(n - 1, defects, lot, pod) > 0.05


def test_defects_are_counted_in_decimals():
    """10 × (1 − .9) is one defect, although the binary product lies below one."""
    assert math.floor(10 * (1 - 0.9)) == 0
    assert possible_defects(10, 0.9) == 1


def test_small_lots_and_poor_inspection_give_a_reason():
    """No defect possible, or confidence out of reach: no number."""
    assert calculate("sample-size", {"confidence": 0.95, "clean": 0.99, "lot": 50})["status"] == (
        "cannot_estimate"
    )
    poor = {"confidence": 0.95, "clean": 0.99, "lot": 100, "pod": 0.5}
    assert calculate("sample-size", poor)["status"] == "cannot_estimate"
    perfect = {"confidence": 0.95, "clean": 1.0}
    assert calculate("sample-size", perfect)["status"] == "cannot_estimate"


def test_simulated_inspection_reaches_its_confidence():
    """Lots with the defects guarded against are rejected at least as often as promised."""
    random, lot, pod = np.random.default_rng(6), 500, 0.9
    n, defects = sample_size(0.95, 0.99, lot, pod), possible_defects(lot, 0.99)
    drawn = random.hypergeometric(defects, lot - defects, n, 40_000)
    assert np.mean(random.binomial(drawn, pod) > 0) >= 0.947


def simulate_traversal(a, b, width, spacing, random, throws=400_000):
    """Throw ellipses on parallel strips and count those that touch one."""
    angle, centre = random.uniform(0, math.pi, throws), random.uniform(0, spacing, throws)
    half = np.sqrt((a * np.cos(angle)) ** 2 + (b * np.sin(angle)) ** 2) + width / 2
    return np.mean((centre <= half) | (spacing - centre <= half))


@pytest.mark.parametrize(
    ("a", "b", "width", "spacing"),
    [(100, 50, 2, 300), (30, 10, 1, 60), (80, 5, 3, 60), (40, 40, 2, 60), (10, 1, 0, 5)],
)
def test_traversal_agrees_with_thrown_ellipses(a, b, width, spacing):
    """Closed form and quadrature both agree with simulation."""
    simulated = simulate_traversal(a, b, width, spacing, np.random.default_rng(9))
    assert p_traversed(a, b, width, spacing)[0] == pytest.approx(simulated, abs=0.003)


def test_traversal_is_continuous_between_its_methods():
    """Where the ellipse just fits between transects both methods give one number."""
    closed, method = p_traversed(30, 10, 1, 61)
    beyond, other = p_traversed(30, 10, 1, 61 - 1e-6)
    assert (method, other) == ("closed_form", "quadrature")
    assert closed == pytest.approx(beyond, abs=1e-6)


@given(st.lists(st.floats(0.001, 1.0), min_size=1, max_size=5), st.floats(0.0, 10.0))
def test_effort_is_used_up_and_beats_uniform(weights, effort):
    """The best division spends the effort and never finds less than equal shares."""
    prior = [weight / sum(weights) * 0.99 for weight in weights]
    plan = divide_effort(prior, effort)
    assert sum(plan.effort) == pytest.approx(effort, abs=1e-9)
    assert min(plan.effort) >= 0
    assert plan.p_found >= plan.p_found_uniform - 1e-12


def test_effort_agrees_with_a_numerical_optimum():
    """scipy's constrained optimiser finds no better division."""
    prior, effort = np.array([0.5, 0.3, 0.15, 0.05]), 2.0
    best = optimize.minimize(
        lambda z: -(prior @ -np.expm1(-z)),
        np.full(4, 0.5),
        bounds=[(0, None)] * 4,
        constraints={"type": "eq", "fun": lambda z: z.sum() - effort},
    )
    assert divide_effort(prior.tolist(), effort).p_found == pytest.approx(-best.fun, abs=1e-6)


def test_priors_above_one_are_refused():
    """The probabilities of the cells cannot exceed 1 in all."""
    with pytest.raises(FieldError) as refusal:
        calculate("search", {"prior": [0.7, 0.6], "effort": 1})
    assert refusal.value.field == "prior"


@given(st.lists(shares, min_size=1, max_size=7), shares)
def test_digs_are_the_shortest_list(probability, tolerable):
    """No shorter list of digs leaves a tolerable chance."""
    decision = decide_digs(probability, tolerable)
    assert decision.p_any_left <= tolerable
    for kept in itertools.combinations(
        range(len(probability)), len(decision.dig) - 1 if decision.dig else 0
    ):
        if decision.dig:
            left = [p for i, p in enumerate(probability) if i not in kept]
            assert 1 - math.prod(1 - p for p in left) > tolerable


def test_flat_prior_agrees_with_summed_bayes():
    """Summing Bayes' rule over totals gives the negative binomial remainder."""
    found, pod = 7, 0.8
    totals = np.arange(found, 400)
    weight = stats.binom.pmf(found, totals, pod)
    weight /= weight.sum()
    left = totals - found
    answer = remainder_flat(found, pod)
    assert answer.mean == pytest.approx(weight @ left, rel=1e-9)
    assert answer.p_none == pytest.approx(weight[0], rel=1e-9)
    assert answer.upper95 == int(left[np.searchsorted(weight.cumsum(), 0.95)])


def test_poisson_prior_agrees_with_summed_bayes():
    """Under a Poisson prior the remainder does not depend on the finds."""
    pod, prior_mean = 0.8, 12.0
    totals = np.arange(0, 200)
    for found in (0, 3, 30):
        weight = stats.poisson.pmf(totals, prior_mean) * stats.binom.pmf(found, totals, pod)
        mean_left = (weight / weight.sum()) @ (totals - found)
        assert remainder_poisson(found, pod, prior_mean).mean == pytest.approx(mean_left, rel=1e-6)


@given(st.integers(0, 50), st.floats(0.05, 0.95), st.floats(0.0, 0.05))
def test_better_detection_never_leaves_more(found, pod, better):
    """Under both priors a better search leaves less."""
    assert remainder_flat(found, pod + better).mean <= remainder_flat(found, pod).mean + 1e-12
    after = remainder_poisson(found, pod + better, 9.0).mean
    assert after <= remainder_poisson(found, pod, 9.0).mean + 1e-12


@pytest.mark.parametrize(("found", "confidence"), [(0, 0.95), (3, 0.9), (12, 0.99)])
def test_density_bound_agrees_with_the_chi_square(found, confidence):
    """Half the chi-square quantile over the effective area."""
    expected = stats.chi2.ppf(confidence, 2 * (found + 1)) / 2 / (50 * 0.8)
    assert density_upper(found, 50, 0.8, confidence) == pytest.approx(expected, rel=1e-12)


def test_searches_that_see_nothing_bound_nothing():
    """Detection of zero is a possible input with no possible answer."""
    with pytest.raises(CannotEstimateError):
        density_upper(0, 10, 0.0, 0.95)
    assert calculate("residual", {"found": 2, "pod": 0})["status"] == "cannot_estimate"
