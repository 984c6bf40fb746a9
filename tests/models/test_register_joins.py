"""Claims, transfers, finds and completed clearances joined to the models."""

import numpy as np
import pytest

from landrelease.errors import FieldError
from landrelease.models.finds import finds_against_outlook, missed_after_clearance
from landrelease.models.from_register import scenario_from_claim
from landrelease.models.outlook import outlook

TREATY = {"cohorts": [{"munition": "ccw-ap2-limit", "quantity": 1000}]}


def test_claim_of_inertness_leaves_the_treaty_share_to_clear():
    """«Within two weeks they become inert»: none functions on day 14, 100 of 1,000 are left."""
    claim = {
        "munition": "“non-persistent” anti-personnel mines",
        "property": "becomes inert",
        "duration_days": 14,
        "claimant": "spokesperson",
        "stance": "asserts",
    }
    scenario = {**scenario_from_claim(claim), "times_days": [14, 365]}
    result = outlook(scenario)
    assert result["times"][0]["can_function"]["mean"] == pytest.approx(0, abs=1e-9)
    assert result["times"][0]["needs_clearance"]["mean"] == pytest.approx(100)
    assert any("spokesperson" in line for line in result["assumptions"])


def test_claimed_percentage_becomes_the_failure_probability():
    """«No more than 2.35 %» is taken as claimed."""
    claim = {"munition": "DPICM", "property": "dud rate", "value_max": 2.35, "unit": "%"}
    scenario = {**scenario_from_claim(claim), "times_days": [1]}
    assert outlook(scenario)["times"][0]["needs_clearance"]["mean"] == pytest.approx(23.5)


def test_disputed_claim_takes_nothing_from_the_claimant():
    """Who disputes a property gives no numbers for it."""
    claim = {"munition": "M85", "duration_days": 1, "stance": "disputes"}
    assert "self_destruct" not in scenario_from_claim(claim)["cohorts"][0]


def test_transfer_starts_a_scenario_of_its_known_items():
    """Quantities are kept, unknown ones are per 1,000, other goods are named as left out."""
    transfer = {
        "supplier": "USA",
        "recipient": "UKR",
        "items": [
            {"name": "non-persistent anti-personnel landmines", "quantity": 2000},
            {"name": "M77", "quantity": None},
            {"name": "rocket ammunition", "quantity": 5},
        ],
        "date": "2024-11-20",
    }
    scenario = scenario_from_claim(transfer)
    assert [cohort["quantity"] for cohort in scenario["cohorts"]] == [2000, 1000]
    assert any("rocket ammunition" in note for note in scenario["notes"])
    assert outlook(scenario)["releases_land"] is False


@pytest.mark.parametrize("fields", [{"munition": "helmets"}, {"items": [{"name": "helmets"}]}])
def test_unknown_goods_start_nothing(fields):
    """No scenario without a munition of the catalogue."""
    with pytest.raises(FieldError):
        scenario_from_claim(fields)


def test_finds_are_compared_with_what_was_to_be_expected():
    """At 90 % detection of half the ground, 45 finds are expected of 100 left."""
    as_expected = finds_against_outlook(TREATY, found=45, days=200, pod=0.9, share_searched=0.5)
    assert as_expected["expected"]["mean"] == pytest.approx(45)
    assert as_expected["verdict"] == "as_expected"
    more = finds_against_outlook(TREATY, found=100, days=200, pod=0.9, share_searched=0.5)
    assert more["verdict"] == "more_than_expected"
    none = finds_against_outlook(TREATY, found=0, days=200, pod=0.9, share_searched=0.5)
    assert none["verdict"] == "fewer_than_expected"
    assert none["releases_land"] is False


def test_chance_of_finds_agrees_with_simulation():
    """The predictive law of the finds, with uncertain quantity and reliability, by simulation."""
    cohort = {
        "quantity": {"low": 50, "high": 150},
        "self_destruct": {"to_h": 24, "failure_probability": {"beta": [2, 8]}},
    }
    random = np.random.default_rng(7)
    quantity, failure = random.integers(50, 151, 200_000), random.beta(2, 8, 200_000)
    found = random.binomial(quantity, failure * 0.8)
    answer = finds_against_outlook({"cohorts": [cohort]}, found=20, days=9, pod=0.8)
    assert answer["p_at_least"] == pytest.approx(np.mean(found >= 20), abs=0.005)
    assert answer["p_at_most"] == pytest.approx(np.mean(found <= 20), abs=0.005)


def test_completed_clearance_shows_missed_items_and_its_sample():
    """Twenty found at .9 over 5 ha: 2.33 expected left, 225 of 500 units to inspect."""
    answer = missed_after_clearance(
        {"found": 20, "pod": 0.9, "area_m2": 50_000, "counts": [15, 4, 1], "prior_mean": 25}
    )
    assert answer["missed"]["results"]["flat"]["mean"] == pytest.approx(7 / 3)
    assert answer["missed"]["results"]["poisson"]["mean"] == pytest.approx(2.5)
    assert answer["inspection"]["results"]["n"] == 225
    assert answer["by_passes"]["results"]["n"] >= 20
    assert answer["by_teams"] is None
    assert answer["releases_land"] is False


@pytest.mark.parametrize("field", ["found", "pod", "area_m2"])
def test_a_clearance_needs_its_detection_and_area(field):
    """Nothing is estimated from a missing field; the refusal names it."""
    fields = {"found": 20, "pod": 0.9, "area_m2": 50_000}
    del fields[field]
    with pytest.raises(FieldError) as refusal:
        missed_after_clearance(fields)
    assert refusal.value.field == field
