"""The five-state model against matrix exponentials, binomial laws and a million simulated items."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, linalg, stats

from landrelease.models.persistence import (
    BetaShare,
    Between,
    Cohort,
    Exact,
    Lifetime,
    LogNormalCount,
    Steps,
    WholeNumber,
    project,
)

TREATY = Cohort(
    quantity=Exact(1000.0),
    self_destruct_failure=Exact(0.1),
    self_destruct=Lifetime.window(0.0, 30.0),
    self_deactivation=Lifetime.weibull(5.0, 88.4),
)


def generator(self_destruct, deactivation, ageing, accident, clearance):
    """Rates between U, A, D, X, C for one armed item."""
    rates = np.zeros((5, 5))
    rates[0, 4] = rates[1, 4] = rates[2, 4] = clearance
    rates[1, 2] = deactivation + ageing
    rates[1, 3] = self_destruct + accident
    np.fill_diagonal(rates, -rates.sum(axis=1))
    return rates


@pytest.mark.parametrize(
    "rates",
    [
        (0.5, 0.0, 0.02, 0.001, 0.01),
        (0.05, 0.03, 0.0, 0.002, 0.0),
        (0.0, 0.01, 0.001, 0.01, 0.02),
        (2.0, 0.5, 0.1, 0.05, 0.3),
    ],
)
def test_constant_rates_agree_with_the_matrix_exponential(rates):
    """With exponential laws the chain is Markov, and scipy.linalg.expm gives every state."""
    self_destruct, deactivation, ageing, accident, clearance = rates
    cohort = Cohort(
        quantity=Exact(1.0),
        never_armed=Exact(0.2),
        self_destruct_failure=Exact(0.0 if self_destruct else 1.0),
        self_destruct=Lifetime.weibull(1.0, 1 / self_destruct) if self_destruct else Lifetime(),
        self_deactivation=Lifetime.weibull(1.0, 1 / deactivation) if deactivation else Lifetime(),
        deactivates_all=True,
        ageing=Steps.constant(ageing),
        accident=Steps.constant(accident),
        clearance=Steps.constant(clearance),
    )
    times = [0.0, 0.3, 1.0, 10.0, 100.0, 1000.0]
    result = project([cohort], times)
    for row, time in enumerate(times):
        expected = np.array([0.2, 0.8, 0, 0, 0]) @ linalg.expm(generator(*rates) * time)
        assert result.by_cohort[0, row] == pytest.approx(expected, abs=1e-9)


def test_stepwise_rates_agree_with_a_product_of_matrix_exponentials():
    """Rates that change on days 10 and 40 are Markov within each step."""
    cohort = Cohort(
        quantity=Exact(1.0),
        ageing=Steps((0.0, 10.0), (0.0, 0.02)),
        accident=Steps((0.0, 40.0), (0.001, 0.0)),
        clearance=Steps((0.0, 10.0, 40.0), (0.0, 0.05, 0.01)),
    )
    first = linalg.expm(generator(0, 0, 0.0, 0.001, 0.0) * 10)
    second = linalg.expm(generator(0, 0, 0.02, 0.001, 0.05) * 30)
    third = linalg.expm(generator(0, 0, 0.02, 0.0, 0.01) * 60)
    expected = np.array([0, 1.0, 0, 0, 0]) @ first @ second @ third
    assert project([cohort], [100.0]).by_cohort[0, 0] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("hazard", "others", "incidence"),
    [(0.2, (0.05, 0.01), 0.559591), (0.05, (0.2, 0.01), 0.139898), (0.01, (0.2, 0.05), 0.027980)],
)
def test_competing_risks_of_three_hazards(hazard, others, incidence):
    """Hazards .2, .05, .01 on day 5: incidences .559591, .139898, .027980; survival .272532."""
    ageing, clearance = others
    cohort = Cohort(
        quantity=Exact(1.0),
        accident=Steps.constant(hazard),
        ageing=Steps.constant(ageing),
        clearance=Steps.constant(clearance),
    )
    states = project([cohort], [5.0]).states
    assert states["exploded"][0] == pytest.approx(incidence, abs=5e-7)
    assert states["armed"][0] == pytest.approx(0.272532, abs=5e-7)


def test_chain_with_fast_self_destruction():
    """Rates .5, .02, .001 on day 10: armed .005462, exploded .954451 + .001909, rest .038178."""
    cohort = Cohort(
        quantity=Exact(1.0),
        self_destruct_failure=Exact(0.0),
        self_destruct=Lifetime.weibull(1.0, 2.0),
        ageing=Steps.constant(0.02),
        accident=Steps.constant(0.001),
    )
    states = project([cohort], [10.0]).states
    assert states["armed"][0] == pytest.approx(0.005462, abs=5e-7)
    assert states["exploded"][0] == pytest.approx(0.954451 + 0.001909, abs=1e-6)
    assert states["deactivated"][0] == pytest.approx(0.035201 + 0.002977, abs=1e-6)


def test_window_with_accidents_agrees_with_adaptive_quadrature():
    """Self-destruction in a window beside a steep battery law, against scipy.integrate.quad."""
    cohort = Cohort(
        quantity=Exact(1.0),
        self_destruct_failure=Exact(0.3),
        self_destruct=Lifetime.window(2.0, 15.0),
        self_deactivation=Lifetime.weibull(8.0, 60.0),
        accident=Steps.constant(0.004),
        clearance=Steps.constant(0.003),
    )
    for day in (1.0, 7.5, 40.0, 200.0):
        due = (
            integrate.quad(
                lambda s: np.exp(-0.007 * s) / 13 * (2 <= s <= 15),
                0,
                day,
                points=[2, 15],
                limit=200,
            )[0]
            + integrate.quad(
                lambda s: 0.004 * np.exp(-0.007 * s) * np.clip((15 - s) / 13, 0, 1),
                0,
                day,
                points=[2, 15],
                limit=200,
            )[0]
        )
        rest = integrate.quad(
            lambda s: 0.004 * np.exp(-0.007 * s - (s / 60) ** 8), 0, day, points=[60], limit=200
        )[0]
        exploded = project([cohort], [day]).states["exploded"][0]
        assert exploded == pytest.approx(0.7 * due + 0.3 * rest, abs=1e-9)


def simulate(items, days, random):
    """Draw items one by one from the story of the model; nothing of its formulas is used."""
    never = random.random(items) < 0.05
    due = random.random(items) >= 0.2
    self_destruct = np.where(due, random.uniform(2.0, 15.0, items), np.inf)
    battery = np.where(due, np.inf, 60.0 * random.weibull(3.0, items))
    ageing, accident, clearance = (
        random.exponential(1 / rate, items) for rate in (0.001, 0.0005, 0.002)
    )
    off = np.minimum(battery, ageing)
    bang = np.minimum(self_destruct, accident)
    first = np.minimum(off, bang)
    exploded = ~never & (bang < off) & (bang < clearance) & (bang <= days)
    cleared = ~exploded & (clearance <= days)
    deactivated = ~never & ~exploded & ~cleared & (off <= bang) & (off <= days)
    armed = ~never & (first > days) & ~cleared
    return [x.mean() for x in (never & ~cleared, armed, deactivated, exploded, cleared)]


def test_a_million_simulated_items_agree():
    """Every state within four standard errors of a simulation that shares no formula."""
    items, random = 1_000_000, np.random.default_rng(20)
    cohort = Cohort(
        quantity=Exact(1.0),
        never_armed=Exact(0.05),
        self_destruct_failure=Exact(0.2),
        self_destruct=Lifetime.window(2.0, 15.0),
        self_deactivation=Lifetime.weibull(3.0, 60.0),
        ageing=Steps.constant(0.001),
        accident=Steps.constant(0.0005),
        clearance=Steps.constant(0.002),
    )
    for day in (10.0, 70.0, 400.0):
        simulated = np.array(simulate(items, day, random))
        error = np.sqrt(simulated * (1 - simulated) / items) + 1e-6
        assert (abs(project([cohort], [day]).by_cohort[0, 0] - simulated) < 4 * error).all()


def test_treaty_cohort_keeps_within_the_limits():
    """At the treaty's limit at most 100 of 1,000 are left and at most 1 functions on day 120."""
    result = project([TREATY], [30.0, 120.0, 365.0])
    assert (result.needs_clearance.mean <= 100).all()
    assert (result.can_function.mean[1:] <= 1).all()


def test_deactivating_all_leaves_more_to_clear():
    """A battery that also stops self-destruction leaves more than the failures explosive."""
    everyone = Cohort(
        quantity=Exact(1000.0),
        self_destruct_failure=Exact(0.1),
        self_destruct=Lifetime.window(0.0, 30.0),
        self_deactivation=Lifetime.weibull(2.0, 20.0),
        deactivates_all=True,
    )
    assert project([everyone], [365.0]).needs_clearance.mean[0] > 101


def test_exact_inputs_give_binomial_quantiles():
    """Without uncertain inputs the interval is that of scipy's binomial law."""
    band = project([TREATY], [365.0], level=0.9).needs_clearance
    law = stats.binom(1000, 0.1)
    assert (band.lower[0], band.upper[0]) == (law.ppf(0.05), law.ppf(0.95))


def test_beta_reliability_gives_beta_binomial_quantiles():
    """A Beta failure probability makes the count beta-binomial."""
    cohort = Cohort(
        quantity=Exact(500.0),
        self_destruct_failure=BetaShare(3.0, 17.0),
        self_destruct=Lifetime.window(0.0, 1.0),
    )
    band = project([cohort], [2.0], level=0.8).needs_clearance
    law = stats.betabinom(500, 3, 17)
    assert band.lower[0] == pytest.approx(law.ppf(0.1), abs=1)
    assert band.upper[0] == pytest.approx(law.ppf(0.9), abs=1)


def test_unknown_date_averages_over_the_period():
    """Uniform emplacement over 60 days: the mean is the integral of the known-date curve."""
    times = np.array([20.0, 45.0, 80.0])
    known = Cohort(
        quantity=Exact(1.0),
        self_destruct_failure=Exact(0.1),
        self_destruct=Lifetime.window(0.0, 30.0),
    )
    unknown = Cohort(
        quantity=Exact(1.0),
        self_destruct_failure=Exact(0.1),
        self_destruct=Lifetime.window(0.0, 30.0),
        start_day=Between(0.0, 60.0),
    )
    starts = (np.arange(20_000) + 0.5) * 60 / 20_000
    ages = np.maximum(times[:, None] - starts, 0.0)
    expected = (0.1 + 0.9 * np.clip(1 - ages / 30, 0, 1)).mean(axis=1)
    assert project([known], [0.0]).needs_clearance.mean[0] == 1
    assert project([unknown], times).needs_clearance.mean == pytest.approx(expected, abs=1e-6)


def draw_counts(replicates, random):
    """Numbers needing clearance on day 25 of three cohorts with all inputs uncertain."""
    total = np.zeros(replicates, dtype=np.int64)
    for low, high in ((50, 150), (900, 1100), (0, 30)):
        quantity = random.integers(low, high + 1, replicates)
        age = np.maximum(25 - random.uniform(0, 40, replicates), 0)
        failure, never = random.beta(2, 18, replicates), random.uniform(0, 0.1, replicates)
        stays = failure + (1 - failure) * np.clip(1 - age / 15, 0, 1)
        total += random.binomial(quantity, never + (1 - never) * stays)
    return total


def test_interval_of_counts_covers():
    """A 90 % interval holds at least 88 % of numbers drawn from the inputs."""
    cohorts = [
        Cohort(
            quantity=WholeNumber(low, high),
            start_day=Between(0.0, 40.0),
            never_armed=Between(0.0, 0.1),
            self_destruct_failure=BetaShare(2.0, 18.0),
            self_destruct=Lifetime.window(0.0, 15.0),
        )
        for low, high in ((50, 150), (900, 1100), (0, 30))
    ]
    band = project(cohorts, [25.0], level=0.9).needs_clearance
    counts = draw_counts(40_000, np.random.default_rng(3))
    covered = np.mean((counts >= band.lower[0]) & (counts <= band.upper[0]))
    assert 0.88 <= covered <= 0.93
    assert band.mean[0] == pytest.approx(counts.mean(), rel=0.01)


def test_interval_of_a_certain_and_a_rare_cohort_covers():
    """A sum of a certain number and a Poisson one, the hard case for one matching binomial."""
    certain = Cohort(quantity=Exact(1000.0))
    rare = Cohort(
        quantity=Exact(1000.0),
        self_destruct_failure=Exact(0.01),
        self_destruct=Lifetime.window(0.0, 1.0),
    )
    band = project([certain, rare], [2.0], level=0.9).needs_clearance
    counts = 1000 + np.random.default_rng(4).binomial(1000, 0.01, 40_000)
    assert np.mean((counts >= band.lower[0]) & (counts <= band.upper[0])) >= 0.88


def test_quantity_by_order_of_magnitude():
    """A log-normal quantity is centred on its median and spreads by its sigma."""
    band = project([Cohort(quantity=LogNormalCount(1000.0, 0.5))], [0.0], level=0.9).needs_clearance
    assert band.lower[0] == pytest.approx(1000 * np.exp(-0.5 * 1.6449), rel=0.01)
    assert band.upper[0] == pytest.approx(1000 * np.exp(0.5 * 1.6449), rel=0.01)


shares = st.floats(0.0, 1.0)
rates = st.floats(0.0, 0.2)


@st.composite
def cohorts(draw):
    """Any cohort, with known and with uncertain inputs."""
    start = draw(st.floats(0.0, 30.0))
    first = draw(st.floats(0.0, 20.0))
    low = draw(st.integers(0, 500))
    alpha, beta = draw(st.floats(0.3, 30)), draw(st.floats(0.3, 30))
    return Cohort(
        quantity=draw(st.sampled_from([Exact(float(low)), WholeNumber(low, low + 200)])),
        start_day=draw(st.sampled_from([Exact(start), Between(start, start + 40.0)])),
        never_armed=Exact(draw(shares)),
        self_destruct_failure=draw(st.sampled_from([Exact(draw(shares)), BetaShare(alpha, beta)])),
        self_destruct=Lifetime.window(first, first + draw(st.floats(0.0, 40.0))),
        self_deactivation=Lifetime.weibull(draw(st.floats(0.5, 8.0)), draw(st.floats(1.0, 200.0))),
        deactivates_all=draw(st.booleans()),
        ageing=Steps.constant(draw(rates)),
        accident=Steps.constant(draw(rates)),
        clearance=Steps((0.0, 15.0), (draw(rates), draw(rates))),
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(cohorts(), min_size=1, max_size=3))
def test_laws_that_hold_for_every_scenario(scenario):
    """Totals are kept, clearance need never below function, and both only fall with time."""
    result = project(scenario, [0.0, 5.0, 20.0, 31.0, 80.0, 400.0], points=64)
    quantity = sum(cohort.quantity.mean for cohort in scenario)
    assert sum(result.states.values()) == pytest.approx(np.full(6, quantity), rel=1e-9, abs=1e-9)
    assert all((values >= -1e-9).all() for values in result.states.values())
    for bound in ("mean", "lower", "upper"):
        need, function = (
            getattr(band, bound) for band in (result.needs_clearance, result.can_function)
        )
        assert (need >= function - 1e-9).all()
    for band in (result.needs_clearance, result.can_function):
        assert (np.diff(band.mean) <= 1e-9 * max(quantity, 1)).all()
        assert (band.lower <= band.upper).all()
