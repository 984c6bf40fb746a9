"""The score is what it says: published weights, simple curves, intervals over weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landrelease.errors import FieldError
from landrelease.planning.problem import Candidate, PlanParams, Team
from landrelease.planning.score import (
    factor_values,
    points,
    published_factors,
    rank_intervals,
    ranks,
    reasons,
)


def test_a_score_by_hand():
    """One accident, 50,000 m², confirmed: 100 · (2·½ + 3·½ + 2·1) / 13 by the published weights."""
    area = Candidate("a", "HA-1", "CHA", remaining_m2=50_000.0, accidents_within_500_m=1)
    factors = published_factors()
    weights = np.array([factor.weight for factor in factors])
    score = points(factor_values([area], factors, None), weights).sum()
    assert weights.sum() == 13
    assert score == pytest.approx(100 * (2 * 0.5 + 3 * 0.5 + 2 * 1.0) / 13, abs=1e-4)


@given(measure=st.floats(0, 1e9), more=st.floats(0, 1e6))
def test_curves_stay_between_0_and_1_and_keep_their_direction(measure, more):
    """A rising factor never falls with its measure, a falling one never rises."""
    for factor in published_factors():
        if factor.direction == "listed":
            continue
        here, there = factor.value(measure), factor.value(measure + more)
        assert 0 <= here <= 1
        assert there >= here if factor.direction == "rises" else there <= here
        assert factor.value(factor.half_at) == 0.5


def test_equal_scores_keep_their_order():
    """Ties are broken by the order of the rows, which is that of the record ids."""
    assert ranks(np.array([1.0, 5.0, 1.0, 5.0])).tolist() == [3, 1, 4, 2]


def test_without_spread_the_interval_is_the_rank():
    """Weights that are not varied leave no doubt about the rank."""
    values = np.random.default_rng(3).random((30, 4))
    weights = np.array([1.0, 2.0, 3.0, 1.0])
    lower, upper = rank_intervals(values, weights, spread=0.0, draws=5, level=0.9, seed=1)
    expected = ranks(points(values, weights).sum(axis=1))
    assert (lower == expected).all()
    assert (upper == expected).all()


def test_an_area_best_in_everything_is_first_under_any_weights():
    """A dominating area has the interval 1 to 1 however far the weights are varied."""
    values = np.vstack([np.ones(4), np.random.default_rng(3).random((20, 4)) * 0.9])
    lower, upper = rank_intervals(values, np.ones(4), spread=1.0, draws=300, level=0.99, seed=1)
    assert (lower[0], upper[0]) == (1, 1)


def test_what_is_not_known_is_said():
    """Unknown size and position are named in words, never passed over."""
    said = " / ".join(reasons(Candidate("a", "HA-1", "SHA")))
    assert "size not known" in said
    assert "accidents within 500 m not known" in said


def test_values_that_cannot_be_are_refused_by_name():
    """Codes outside their list, negative counts and shares outside 0–1 name their field."""
    for wrong, name in (
        (lambda: Candidate("a", "b", "XHA"), "hazard_kind"),
        (lambda: Candidate("a", "b", "SHA", remaining_m2=-1.0), "remaining_m2"),
        (lambda: Candidate("a", "b", "SHA", remaining_m2=float("nan")), "remaining_m2"),
        (lambda: Team("T", "clearance", 0.0), "output_m2_per_day"),
        (lambda: Team("T", "digging", 5.0), "activity_type"),
        (lambda: Team("T", "clearance", 5.0, max_distance_km=4.0), "max_distance_km"),
        (lambda: PlanParams(weight_spread=2.0), "weight_spread"),
        (lambda: PlanParams(level=1.0), "level"),
        (lambda: PlanParams(weights={"size": -1.0}), "weights.size"),
    ):
        with pytest.raises(FieldError, match=name):
            wrong()
