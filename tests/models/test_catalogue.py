"""The munition catalogue: sources and tags on every number, nothing unverified by default."""

import pytest

from landrelease.errors import FieldError, NotFoundError
from landrelease.models.catalogue import (
    EVIDENCE_TEXT,
    catalogue,
    claimed_tested_observed,
    find_munition,
    munition,
)
from landrelease.models.outlook import outlook

KINDS = {"claimed", "tested", "observed", "treaty_limit"}


def test_every_rate_has_kind_source_edition_and_tag():
    """No number stands without who said it and how well it was verified."""
    for entry in catalogue().values():
        for rate in entry.rates.values():
            assert rate.kind in KINDS
            assert rate.evidence in EVIDENCE_TEXT
            assert rate.source
            assert rate.edition
            assert 0 <= rate.low <= rate.high
            if rate.unit == "per item":
                assert rate.high <= 1


def test_no_default_rests_on_memory():
    """Unverified numbers are used only where someone asks for them."""
    for entry in catalogue().values():
        if entry.default_scenario is not None:
            chosen = entry.scenarios[entry.default_scenario]
            assert all(rate.evidence != "memory" for rate in chosen.rests_on)


@pytest.mark.parametrize(
    ("munition_id", "rates"),
    [(entry.munition_id, name) for entry in catalogue().values() for name in entry.scenarios],
)
def test_every_scenario_runs_and_cites_its_rates(munition_id, rates):
    """Each labelled scenario gives an outlook whose notes carry source and tag."""
    cohort = {"munition": munition_id, "rates": rates, "quantity": 1000}
    result = outlook({"cohorts": [cohort], "times_days": [0, 365]})
    notes = " ".join(result["assumptions"])
    for rate in munition(munition_id).scenarios[rates].rests_on:
        assert rate.source in notes
        assert rate.tag() in notes


def test_unverified_numbers_are_warned_of():
    """Choosing a scenario from memory says so."""
    cohort = {"munition": "us-non-persistent-ap-mine", "rates": "observed", "quantity": 100}
    assert any("not verified" in line for line in outlook({"cohorts": [cohort]})["warnings"])


def test_a_munition_without_verified_default_needs_a_choice():
    """The refusal names the field and the choices."""
    with pytest.raises(FieldError) as refusal:
        outlook({"cohorts": [{"munition": "us-non-persistent-ap-mine", "quantity": 100}]})
    assert refusal.value.field == "cohorts[0].rates"
    assert "claimed" in refusal.value.cure


def test_what_a_cohort_says_itself_stands():
    """The catalogue fills only what is not given."""
    own = {"to_h": 24, "failure_probability": 0.5}
    cohort = {"munition": "ccw-ap2-limit", "quantity": 1000, "self_destruct": own}
    (day,) = outlook({"cohorts": [cohort], "times_days": [30]})["times"]
    assert day["needs_clearance"]["mean"] == pytest.approx(500)


def test_claim_beside_test_beside_find():
    """The M85 rises from 0.2 % in a test to 10–20 % in the field."""
    rows = claimed_tested_observed("m85")
    assert [row["kind"] for row in rows] == sorted(
        (row["kind"] for row in rows), key=["treaty_limit", "claimed", "tested", "observed"].index
    )
    tested = [row["low"] for row in rows if row["kind"] == "tested"]
    observed = [row["low"] for row in rows if row["kind"] == "observed"]
    assert min(observed) / min(tested) == pytest.approx(50)


def test_counts_carry_exact_intervals():
    """Where failures and trials are known, so is the interval."""
    (row,) = [row for row in claimed_tested_observed("m85") if row["failures"] == 104]
    assert (row["lower"], row["upper"]) == pytest.approx((0.00904, 0.01338), abs=5e-6)
    assert row["tag"] == "from memory, not verified"


def test_unit_of_the_six_in_a_million_claim():
    """6 per million is 0.0006 %, not 0.006 %."""
    assert munition("us-non-persistent-ap-mine").rates["active-after-set-time"].low == 6e-6


@pytest.mark.parametrize(
    ("text", "munition_id"),
    [
        ("M85 bomblets", "m85"),
        ("self-destructing anti-personnel landmines", "us-non-persistent-ap-mine"),
        ("cluster munitions", "submunition"),
        ("anti-personnel mines", "conventional-ap-mine"),
        ("mine detectors", None),
    ],
)
def test_names_in_texts(text, munition_id):
    """The longest name that occurs decides; equipment is no munition."""
    found = find_munition(text)
    assert (found.munition_id if found else None) == munition_id


def test_unknown_munition():
    """An unknown id lists the known ones."""
    with pytest.raises(NotFoundError, match="m85"):
        munition("m1")


def test_published_arithmetic_of_kosovo_laos_and_m864():
    """289,536 at 10 % gives the published 30,000; 72 at 6 % «at least four»; Laos 81 million."""
    kosovo = munition("submunition").rates["kosovo-1999-dropped"].low
    assert kosovo / 1392 == 208
    assert round(kosovo * munition("submunition").rates["kosovo-1999-official"].high) == 28_954
    assert round(kosovo * munition("submunition").rates["kosovo-1999"].low) == 43_430
    assert 72 * munition("m42-m46").rates["m864-last-public"].low == pytest.approx(4.32)
    laos = munition("submunition").rates["laos"]
    assert laos.trials * laos.low == pytest.approx(81e6)


def test_lebanon_shares_agree():
    """57,271 at 41 % and 46,082 at 33 % imply one total, to 0.03 %."""
    m77 = munition("m77").rates["destroyed-lebanon-2006"].low / 0.41
    m42 = munition("m42-m46").rates["destroyed-lebanon-2006"].low / 0.33
    assert (round(m77), round(m42)) == (139_685, 139_642)
