"""Non-parametric estimates against published results and lifelines."""

import numpy as np
import pytest
from lifelines import AalenJohansenFitter

from landrelease.errors import FieldError
from landrelease.models.persistence.observed import Stay, cumulative_incidence, state_occupancy

# R survival, tests/mstate.R: one row per stay, item, begin, end, state passed into
MSTATE = [
    Stay(1, 0, 4, "a"),
    Stay(1, 4, 9, "b"),
    Stay(1, 9, 10, "a"),
    Stay(2, 0, 5, "b"),
    Stay(3, 2, 9, "c"),
    Stay(4, 0, 2, "a"),
    Stay(4, 2, 8, "c"),
    Stay(4, 8, 9, None),
    Stay(5, 1, 3, "b"),
    Stay(5, 3, 11, None),
]


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (2, (24, 8, 0, 0)),
        (3, (18, 8, 6, 0)),
        (4, (12, 14, 6, 0)),
        (5, (6, 14, 12, 0)),
        (8, (6, 7, 12, 7)),
        (9, (0, 0, 19, 13)),
        (10, (0, 9.5, 9.5, 13)),
    ],
)
def test_occupancy_matches_r_survival(time, expected):
    """R survival's published test, in thirty-seconds."""
    result = state_occupancy(MSTATE)
    row = result.probability[result.times.tolist().index(time)]
    assert result.states == ("start", "a", "b", "c")
    assert 32 * row == pytest.approx(expected)


def test_incidence_matches_sas():
    """SAS example as in the tests of lifelines: incidence, variance and interval."""
    result = cumulative_incidence([1, 2, 3, 4, 5, 6], [0, 1, 1, 2, 2, 0], cause=2)
    assert result.incidence == pytest.approx([0, 0, 0, 0.2, 0.4, 0.4])
    assert result.variance == pytest.approx([0, 0, 0, 0.032, 0.048, 0.048])
    assert (result.lower[3], result.upper[3]) == pytest.approx((0.00836904, 0.58185303), abs=5e-9)
    assert (result.lower[4], result.upper[4]) == pytest.approx((0.05197575, 0.75281579), abs=5e-9)


def test_incidence_agrees_with_lifelines():
    """400 items with three causes and censoring, no ties."""
    random = np.random.default_rng(12)
    time, cause = random.exponential(10, 400), random.integers(0, 4, 400)
    fitter = AalenJohansenFitter(calculate_variance=True).fit(time, cause, event_of_interest=2)
    result = cumulative_incidence(time, cause, cause=2)
    assert result.incidence == pytest.approx(fitter.cumulative_density_.iloc[1:, 0].to_numpy())
    assert result.variance == pytest.approx(fitter.variance_.to_numpy().ravel()[1:])


def test_incidence_agrees_with_occupancy():
    """Competing causes are the multi-state estimate with one change per item."""
    random = np.random.default_rng(13)
    time, cause = random.exponential(10, 60), random.integers(0, 3, 60)
    stays = [
        Stay(i, 0, t, "ab"[c - 1] if c else None)
        for i, (t, c) in enumerate(zip(time, cause, strict=True))
    ]
    occupancy = state_occupancy(stays)
    incidence = cumulative_incidence(time, cause, cause=2)
    at = np.searchsorted(incidence.times, occupancy.times)
    assert incidence.incidence[at] == pytest.approx(occupancy.probability[:, 2])
    assert occupancy.probability.sum(axis=1) == pytest.approx(1)


def test_broken_observations_are_refused():
    """No stay, a stay that ends before it begins, or causes that do not match."""
    with pytest.raises(FieldError):
        state_occupancy([])
    with pytest.raises(FieldError):
        state_occupancy([Stay(1, 3, 2, None)])
    with pytest.raises(FieldError):
        cumulative_incidence([1.0, 2.0], [1], cause=1)
