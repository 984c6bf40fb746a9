"""Removal and two-team estimates against likelihoods, simulation and their own assumptions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from landrelease.errors import FieldError
from landrelease.models.assurance.removal import METHODS, estimate_removal
from landrelease.models.assurance.two_team import estimate_two_team
from landrelease.models.calculators import calculate
from landrelease.models.estimate import CannotEstimateError

FALLING = [(38, 26, 12), (72, 56, 46, 30, 24), (45, 11, 18, 8), (79, 28), (400, 90, 20)]


def log_likelihood(n, counts):
    """Multinomial log-likelihood at the best probability of detection, by scipy."""
    p_grid = np.linspace(0.001, 0.999, 1999)
    passes = np.arange(len(counts))
    cells = p_grid[:, None] * (1 - p_grid[:, None]) ** passes
    cells = np.column_stack([cells, 1 - cells.sum(axis=1)])
    return stats.multinomial.logpmf([*counts, n - sum(counts)], n, np.clip(cells, 0, 1)).max()


@pytest.mark.parametrize("counts", FALLING)
def test_zippin_is_the_maximum_likelihood(counts):
    """The whole number with the highest multinomial likelihood lies within one of the answer."""
    n = estimate_removal(counts, "zippin").n
    around = range(max(sum(counts), int(n) - 15), int(n) + 16)
    best = max(around, key=lambda total: log_likelihood(total, counts))
    assert abs(best - n) < 1


@pytest.mark.parametrize(
    ("counts", "method"),
    [
        (counts, method)
        for counts in FALLING
        for method in sorted(METHODS)
        if method != "seber" or len(counts) <= 3
    ],
)
def test_estimates_are_never_below_the_catch(counts, method):
    """What was found was there."""
    result = calculate("removal", {"counts": counts, "method": method})["results"]
    assert result["n"] >= sum(counts)
    assert result["interval"][0] >= sum(counts)
    assert 0 < result["p"] <= 1


@given(st.lists(st.integers(0, 200), min_size=2, max_size=6))
def test_rising_catches_give_a_reason_not_a_number(counts):
    """Catches in rising order never yield an estimate, by any method."""
    with pytest.raises(CannotEstimateError, match="do not fall"):
        estimate_removal(sorted(counts))


@given(st.integers(0, 500), st.integers(0, 500))
def test_two_passes_need_a_fall(first, second):
    """Two passes: an estimate exists exactly when the second catch is smaller."""
    status = calculate("removal", {"counts": [first, second]})["status"]
    assert (status == "ok") == (second < first)


def test_interval_covers_under_its_assumptions():
    """With 400 items and detection .5 in three passes, 90 % intervals hold about 90 %."""
    random = np.random.default_rng(8)
    covered = 0
    for _ in range(1500):
        left, counts = 400, []
        for _pass in range(3):
            counts.append(int(random.binomial(left, 0.5)))
            left -= counts[-1]
        interval = calculate("removal", {"counts": counts, "level": 0.9})["results"]["interval"]
        covered += interval[0] <= 400 <= interval[1]
    assert 0.87 <= covered / 1500 <= 0.93


def test_doubtful_catches_are_named():
    """A rise within falling catches and a first pass unlike the others are said."""
    answer = calculate("removal", {"counts": [45, 11, 18, 8]})
    assert any("pass 3 found more than pass 2" in line for line in answer["assumptions"])
    assert any("Schnute" in line for line in answer["assumptions"])


def test_seber_takes_no_more_than_three_passes():
    """His explicit solution does not exist beyond three; the refusal names another method."""
    with pytest.raises(FieldError, match="zippin"):
        estimate_removal([72, 56, 46, 30], "seber")


def test_one_pass_finding_all_leaves_nothing_uncertain():
    """All found in the first pass: the total is the catch."""
    assert estimate_removal([20, 0], "carle-strub").n == 20


@pytest.mark.parametrize("counts", [[5], [5, -1], []])
def test_impossible_catches_are_refused(counts):
    """One pass or a negative catch is refused with the field named."""
    with pytest.raises(FieldError) as refusal:
        calculate("removal", {"counts": counts})
    assert refusal.value.field == "counts"


def test_chapman_is_nearly_unbiased():
    """Two teams of detection .7 and .6 on 120 items: Chapman's mean is 120."""
    random = np.random.default_rng(5)
    first, second = random.random((4000, 120)) < 0.7, random.random((4000, 120)) < 0.6
    estimates = [
        estimate_two_team(int(a.sum()), int(b.sum()), int((a & b).sum()))
        for a, b in zip(first, second, strict=True)
    ]
    totals = np.array([estimate.chapman for estimate in estimates])
    assert totals.mean() == pytest.approx(120, abs=0.3)
    assert np.mean([estimate.se for estimate in estimates]) == pytest.approx(totals.std(), rel=0.1)


def test_overlap_larger_than_a_team_is_refused():
    """Both cannot exceed either team's finds."""
    with pytest.raises(FieldError) as refusal:
        calculate("two-team", {"first": 10, "second": 8, "both": 9})
    assert refusal.value.field == "both"


def test_no_overlap_gives_no_number():
    """Without a common find nothing bounds what both missed."""
    answer = calculate("two-team", {"first": 10, "second": 8, "both": 0})
    assert answer["status"] == "cannot_estimate"
    assert "results" not in answer
