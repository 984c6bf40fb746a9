"""The outlook from a scenario as people write it, and what it says of itself."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from landrelease.errors import FieldError
from landrelease.models.outlook import outlook
from landrelease.models.summary import in_words

COHORT = {
    "name": "north",
    "quantity": 1000,
    "never_armed_probability": 0.02,
    "self_destruct": {
        "distribution": "uniform",
        "from_h": 4,
        "to_h": 360,
        "failure_probability": 0.1,
    },
    "self_deactivation": {"distribution": "weibull", "shape": 5, "scale_days": 88.4},
    "ageing_rate_per_day": 0,
    "accident_rate_per_day": 0,
    "clearance_rate_per_day": 0,
}


def at(scenario, day=0):
    """Outlook of one day."""
    return outlook({"times_days": [day], **scenario})["times"][0]


def test_result_has_exactly_the_keys_of_its_contract():
    """Other programs rely on these keys, and the document is JSON."""
    result = json.loads(json.dumps(outlook({"cohorts": [COHORT], "times_days": [0, 30, 120]})))
    assert set(result) == {
        "times",
        "level",
        "assumptions",
        "warnings",
        "releases_land",
        "statement",
    }
    time = result["times"][1]
    assert set(time) == {"days", "can_function", "needs_clearance", "states"}
    assert set(time["can_function"]) == set(time["needs_clearance"]) == {"mean", "lower", "upper"}
    assert list(time["states"]) == ["never_armed", "armed", "deactivated", "exploded", "cleared"]
    assert result["releases_land"] is False
    assert result["level"] == 0.9


def test_states_add_up_and_never_armed_stay():
    """The five states keep the quantity; 2 % never armed need clearance for ever."""
    time = at({"cohorts": [COHORT]}, 5000)
    assert sum(time["states"].values()) == pytest.approx(1000)
    assert time["states"]["never_armed"] == pytest.approx(20)
    assert time["needs_clearance"]["mean"] == pytest.approx(20 + 98)
    assert time["can_function"]["mean"] == pytest.approx(0, abs=1e-9)


def test_quantity_interval_is_uniform():
    """A range of quantities alone gives its own quantiles."""
    need = at({"cohorts": [{"quantity": {"low": 100, "high": 299}}], "level": 0.8})[
        "needs_clearance"
    ]
    law = stats.randint(100, 300)
    assert need["mean"] == 199.5
    assert need["lower"] == pytest.approx(law.ppf(0.1), abs=1)
    assert need["upper"] == pytest.approx(law.ppf(0.9), abs=1)


@pytest.mark.parametrize(
    ("written", "mean"),
    [
        (0.25, 0.25),
        ({"beta": [2, 6]}, 0.25),
        ({"claimed": 0.1, "strength": 10, "failures": 9, "trials": 30}, 0.25),
        ({"low": 0.2, "high": 0.3}, 0.25),
    ],
)
def test_every_form_of_a_probability(written, mean):
    """Number, Beta, claim with finds and interval all mean what they say."""
    cohort = {"quantity": 1000, "self_destruct": {"to_h": 1, "failure_probability": written}}
    assert at({"cohorts": [cohort]}, 9)["needs_clearance"]["mean"] == pytest.approx(1000 * mean)


@pytest.mark.parametrize(
    "emplaced",
    [
        "2024-03",
        {"from": "2024-03-01", "to": "2024-03-31"},
        {"low": "2024-03-01", "high": "2024-03-31"},
        ["2024-03-01", "2024-03-31"],
        "2024-03-01/2024-03-31",
    ],
)
def test_every_form_of_a_period_of_emplacement(emplaced):
    """A month, an interval and a pair mean the same: uniform, days counted from its first."""
    cohort = {**COHORT, "never_armed_probability": 0, "emplaced_on": emplaced}
    month = outlook({"cohorts": [cohort], "times_days": [15]})
    assert "Day 0 is 2024-03-01." in month["assumptions"]
    armed = month["times"][0]["states"]["armed"]
    alone = at({"cohorts": [{**COHORT, "never_armed_probability": 0}]}, 15)["states"]["armed"]
    assert alone < armed < 1000


def test_cohorts_keep_their_own_clocks():
    """Days count from the earliest emplacement, or from the scenario's own date."""
    late = {**COHORT, "name": "south", "emplaced_on": "2024-02-10"}
    early = {**COHORT, "emplaced_on": "2024-01-01"}
    both = at({"cohorts": [early, late]}, 40)
    assert both["states"]["armed"] == pytest.approx(
        at({"cohorts": [early]}, 40)["states"]["armed"]
        + at({"cohorts": [late]}, 0)["states"]["armed"]
    )
    shifted = at({"cohorts": [early], "from": "2024-01-11"}, 10)
    assert shifted["states"] == pytest.approx(at({"cohorts": [early]}, 20)["states"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"quantity": -1}, "cohorts[0].quantity"),
        ({"quantity": 1.5}, "cohorts[0].quantity"),
        ({"quantity": {"low": 5, "high": 3}}, "cohorts[0].quantity"),
        ({"quantity": "many"}, "cohorts[0].quantity"),
        ({"never_armed_probability": 1.2}, "cohorts[0].never_armed_probability"),
        (
            {"never_armed_probability": {"beta": [1, 0]}},
            "cohorts[0].never_armed_probability.beta[1]",
        ),
        ({"ageing_rate_per_day": -0.1}, "cohorts[0].ageing_rate_per_day"),
        ({"self_destruct": {"to_h": 5}}, "cohorts[0].self_destruct.failure_probability"),
        (
            {"self_destruct": {"from_h": 9, "to_h": 5, "failure_probability": 0}},
            "cohorts[0].self_destruct",
        ),
        (
            {"self_deactivation": {"shape": 0, "scale_days": 9}},
            "cohorts[0].self_deactivation.shape",
        ),
        ({"emplaced_on": "2024-13"}, "cohorts[0].emplaced_on.start"),
        ({"munition": "unheard-of"}, "cohorts[0].munition"),
        ({"colour": "green"}, "cohorts[0].colour"),
        ({"rates": "claimed"}, "cohorts[0].rates"),
    ],
)
def test_impossible_fields_are_named(change, field):
    """The refusal names the field by its path in the scenario."""
    with pytest.raises(FieldError) as refusal:
        outlook({"cohorts": [{**COHORT, **change}]})
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("scenario", "field"),
    [
        ({}, "cohorts"),
        ([COHORT], "scenario"),
        ({"cohorts": []}, "cohorts"),
        ({"cohorts": [COHORT], "level": 1}, "level"),
        ({"cohorts": [COHORT], "times_days": [-1]}, "times_days[0]"),
    ],
)
def test_impossible_scenarios_are_named(scenario, field):
    """What lies outside the cohorts is checked too."""
    with pytest.raises(FieldError) as refusal:
        outlook(scenario)
    assert refusal.value.field == field


def test_claim_contradicted_by_finds_is_warned_of():
    """A strong claim against many finds is said, with its p-value."""
    chance = {"claimed": 1e-4, "strength": 1e5, "failures": 20, "trials": 1000}
    cohort = {**COHORT, "self_destruct": {"to_h": 5, "failure_probability": chance}}
    assert any(
        "contradict the claim" in line for line in outlook({"cohorts": [cohort]})["warnings"]
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 3000), st.floats(0, 1), st.floats(0, 1), st.floats(0, 500))
def test_can_function_never_exceeds_needs_clearance(quantity, never, failure, day):
    """The two figures keep their order in mean and in both bounds."""
    cohort = {
        **COHORT,
        "quantity": quantity,
        "never_armed_probability": never,
        "self_destruct": {"to_h": 100, "failure_probability": failure},
    }
    time = at({"cohorts": [cohort]}, day)
    for bound in ("mean", "lower", "upper"):
        assert time["can_function"][bound] <= time["needs_clearance"][bound]


def test_treaty_cohort_in_words():
    """Of 1,000 mines at the limit about 100 need clearance and at most one functions."""
    result = outlook(
        {"cohorts": [{"munition": "ccw-ap2-limit", "quantity": 1000}], "times_days": [120]}
    )
    time = result["times"][0]
    assert time["needs_clearance"]["mean"] <= 100
    assert time["can_function"]["mean"] <= 1
    words = " ".join(in_words(result))
    assert "about 100 still need clearance on day 120" in words
    assert "at most one" in words
    assert "releases no land" in result["statement"]


def test_words_never_call_anything_safe():
    """No sentence of the models says that land or an item is safe."""
    result = outlook({"cohorts": [COHORT], "times_days": [10_000]})
    everything = " ".join([*in_words(result), *result["assumptions"], *result["warnings"]])
    assert "safe" not in everything.casefold()
