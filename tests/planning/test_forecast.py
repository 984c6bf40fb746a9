"""The forecast against drawing at random, closed forms, and its refusals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from landrelease.errors import FieldError
from landrelease.planning import forecast
from landrelease.planning.forecast import LEAST_M2, bootstrap_mean_quantiles

years = st.dictionaries(st.integers(2005, 2024), st.floats(0, 1e6), min_size=3, max_size=12)


def test_convolution_agrees_with_drawing():
    """Quantiles of 400,000 drawn bootstrap means agree within 1 % of the range."""
    values = np.array([120.0, 340.0, 90.0, 560.0, 210.0, 400.0, 150.0])
    drawn = np.random.default_rng(5).choice(values, size=(400_000, len(values))).mean(axis=1)
    lower, upper = bootstrap_mean_quantiles(values, 0.9)
    expected = np.quantile(drawn, [0.05, 0.95])
    assert [lower, upper] == pytest.approx(expected, abs=0.01 * np.ptp(values))


def test_two_values_are_a_binomial():
    """Means of draws from {0, 1} are binomial shares: the quantiles are those of scipy."""
    binom = pytest.importorskip("scipy.stats").binom
    values = np.array([0.0, 0.0, 1.0, 1.0, 1.0, 1.0])
    lower, upper = bootstrap_mean_quantiles(values, 0.9)
    n, p = len(values), 4 / 6
    assert [lower, upper] == pytest.approx(
        [binom.ppf(0.05, n, p) / n, binom.ppf(0.95, n, p) / n], abs=1e-3
    )


@settings(max_examples=60, deadline=None)
@example(released={2005: 0.0, 2006: 0.0, 2007: 5e-324}, remaining=1.0)
@given(released=years, remaining=st.floats(0, 1e8))
def test_the_interval_holds_the_estimate(released, remaining):
    """Lower ≤ estimate ≤ upper for pace, years and year; too few or empty years are refused."""
    made = forecast({"SHA": remaining}, released, as_of_year=2025)
    if max(released.values()) < LEAST_M2:
        assert made.status == "cannot_estimate"
        return
    assert made.m2_per_year["lower"] <= made.m2_per_year["estimate"] <= made.m2_per_year["upper"]
    left = made.years_left
    assert left["lower"] <= left["estimate"]
    assert left["upper"] is None or left["estimate"] <= left["upper"]
    assert made.releases_land is False


def test_gaps_between_years_count_as_nothing_released():
    """A year without release between two others lowers the pace."""
    made = forecast({"CHA": 100.0}, {2020: 30.0, 2023: 30.0}, as_of_year=2024)
    assert made.years_used == [2020, 2021, 2022, 2023]
    assert made.m2_per_year["estimate"] == 15.0


def test_too_little_history_cannot_be_estimated():
    """Two years, none, or only empty years: no number but the reason."""
    for released in ({}, {2023: 5.0, 2024: 5.0}, {2021: 0.0, 2022: 0.0, 2023: 0.0}):
        made = forecast({"CHA": 100.0}, released, as_of_year=2024)
        assert made.status == "cannot_estimate"
        assert made.why
        assert made.years_left is None


def test_impossible_figures_are_refused():
    """Negative m² and a level of 1 name their field."""
    with pytest.raises(FieldError, match=r"remaining_m2\[CHA\]"):
        forecast({"CHA": -1.0}, {}, as_of_year=2024)
    with pytest.raises(FieldError, match="level"):
        forecast({"CHA": 1.0}, {}, as_of_year=2024, level=1.0)
