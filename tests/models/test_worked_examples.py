"""Published and independently computed examples, each with where it comes from.

Tolerance is half a unit of the last digit given.
"""

import math

import pytest
from scipy import special

from landrelease.models.assurance.removal import estimate_removal, first_pass_differs
from landrelease.models.assurance.transects import p_traversed
from landrelease.models.calculators import calculate
from landrelease.models.finds import finds_against_outlook
from landrelease.models.outlook import outlook
from landrelease.models.reliability.failure_rate import Finds, failure_rate, seen_rate
from landrelease.models.reliability.zero_failures import clopper_pearson, upper_rate
from tests.models.examples import EXAMPLES, SAMPLES


def assert_digits(value, expected):
    """Compare to half a unit of the last digit that the source gives."""
    if isinstance(expected, dict):
        for key, inner in expected.items():
            assert_digits(value[key], inner)
    elif isinstance(expected, list):
        assert len(value) == len(expected)
        for item, inner in zip(value, expected, strict=True):
            assert_digits(item, inner)
    elif expected is None or not _is_number(expected):
        assert value == expected
    else:
        mantissa, _, exponent = expected.partition("e")
        decimals = len(mantissa.partition(".")[2])
        tolerance = 0.5001 * 10.0 ** (int(exponent or 0) - decimals)
        assert abs(value - float(expected)) <= tolerance


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(("name", "inputs", "expected", "source"), EXAMPLES)
def test_calculator_reproduces_its_source(name, inputs, expected, source):
    """Each example comes out to the digits its source gives."""
    assert_digits(calculate(name, inputs)["results"], expected)


@pytest.mark.parametrize(("confidence", "clean", "lot", "n", "convention"), SAMPLES)
def test_sample_sizes(confidence, clean, lot, n, convention):
    """Exact hypergeometric sample sizes, both conventions for the defects in the lot."""
    inputs = {"confidence": confidence, "clean": clean, "lot": lot, "convention": convention}
    assert calculate("sample-size", inputs)["results"] == {"n": n}


@pytest.mark.parametrize(("lot", "n"), [(200, 173), (500, 250), (1000, 287)])
def test_sample_sizes_with_imperfect_inspection(lot, n):
    """Detection of 0.9 raises the sample to the figures of the definition."""
    inputs = {"confidence": 0.95, "clean": 0.99, "lot": lot, "pod": 0.9}
    assert calculate("sample-size", inputs)["results"] == {"n": n}


def test_first_pass_test_matches_schnute():
    """Schnute 1983, sample 45, 11, 18, 8: chi-square 4.74, p-value .02955."""
    chi_square, p_value = first_pass_differs([45, 11, 18, 8])
    assert_digits(chi_square, "4.74")
    assert_digits(p_value, "0.02955")


def test_seber_and_zippin_agree_on_falling_catches():
    """Both solve the same likelihood; with many items they come close."""
    seber = estimate_removal([7200, 5600, 4600], "seber")
    assert estimate_removal([7200, 5600, 4600], "zippin").n == pytest.approx(seber.n, rel=1e-3)


def test_known_detection():
    """Jeffreys with detection .6 known: q .0084158, 95 % .0062607-.0108830."""
    estimate = failure_rate(seen_rate(Finds(50, 10_000)), 0.6)
    assert_digits(estimate.mean, "0.0084158")
    assert_digits(estimate.lower, "0.0062607")
    assert_digits(estimate.upper, "0.0108830")


@pytest.mark.parametrize(("trials", "bound"), [(300, "0.0099361"), (67_000, "4.471e-5")])
def test_rule_of_three(trials, bound):
    """The exact bound behind the rule of three."""
    assert_digits(upper_rate(trials, 0.95), bound)


def test_norwegian_test_does_not_reach_field_rate():
    """104 (from memory) of 9,408: 1.105 %, Clopper-Pearson .904-1.338 %, below the field's 10 %."""
    lower, upper = clopper_pearson(104, 9408)
    assert_digits(100 * 104 / 9408, "1.105")
    assert_digits(100 * lower, "0.904")
    assert_digits(100 * upper, "1.338")
    assert upper < 0.10


def test_simple_formula_fails_where_ellipses_meet_two_transects():
    """Cauchy's formula gives .72570 where the true probability is .72432."""
    a, b, width, spacing = 30.0, 10.0, 1.0, 60.0
    perimeter = 4 * a * float(special.ellipe(1 - (b / a) ** 2))
    assert_digits((perimeter / math.pi + width) / spacing, "0.72570")
    assert p_traversed(a, b, width, spacing)[1] == "quadrature"


@pytest.mark.parametrize(
    ("rate", "expected", "p_any", "p_25"),
    [
        (6e-6, "0.708", "0.5074", "5.8e-30"),
        (1e-4, "11.8", "0.9999925", "5.43e-4"),
        (1e-3, "118", "1", "1"),
    ],
)
def test_failures_among_items_reported_used(rate, expected, p_any, p_25):
    """118,000 items (GAO-02-1003) at a claimed rate: items left, and the chance to find some."""
    cohort = {
        "name": "1991",
        "quantity": 118_000,
        "never_armed_probability": 0,
        "self_destruct": {"from_h": 4, "to_h": 360, "failure_probability": rate},
    }
    (day,) = outlook({"cohorts": [cohort], "times_days": [30]})["times"]
    assert_digits(day["needs_clearance"]["mean"], expected)
    for found, stated in ((1, p_any), (25, p_25)):
        answer = finds_against_outlook({"cohorts": [cohort]}, found=found, days=30, pod=1.0)
        assert_digits(answer["p_at_least"], stated)


@pytest.mark.parametrize(
    ("quantity", "rate", "left"),
    [
        (289_536, 0.03, "8686"),
        (289_536, 0.10, "28954"),
        (289_536, 0.15, "43430"),
        (289_536, 0.26, "75279"),
        (270_000_000, 0.30, "81000000"),
        (72, 0.0235, "1.69"),
        (72, 0.06, "4.32"),
        (72, 0.14, "10.08"),
        (6 * 644, 0.05, "193"),
        (6 * 644, 0.23, "889"),
    ],
)
def test_submunitions_left_of_published_numbers(quantity, rate, left):
    """Kosovo, Laos, one M864 shell and one volley of M77 at published failure rates."""
    window = {"to_h": 0, "failure_probability": rate}
    (day,) = outlook(
        {"cohorts": [{"quantity": quantity, "self_destruct": window}], "times_days": [1]}
    )["times"]
    assert_digits(day["needs_clearance"]["mean"], left)
