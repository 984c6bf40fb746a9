"""Claims of how munitions behave, as officials, makers and critics word them. All made up."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract


def claims(text, *fields):
    """Chosen fields of the claims of a text."""
    found = extract(text, published="2024-11-20").proposals
    return [tuple(p.fields.get(f) for f in fields) for p in found if p.category == "munition_claim"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A third of the bomblets failed to detonate.", ("failure rate", 33.3, "asserts")),
        ("One in five submunitions did not explode.", ("failure rate", 20, "asserts")),
        ("The cluster bombs have failure rates as high as 40 percent.", ("failure rate", 40, "asserts")),
        ("The smart mines failed at a rate far higher than the maker reported.", ("failure rate", None, "disputes")),
        ("The mines lose the ability to detonate over time.", ("becomes inert", None, "asserts")),
        ("Such landmines remain lethal for an indefinite period of time.", ("remains active", None, "asserts")),
        ("A landmine can still kill: it may stay active for 50 years.", ("remains active", 18250, "asserts")),
        ("The mines are set for a time and deactivated once their batteries fail.", ("self-deactivate", None, "asserts")),
        ("A feature renders the mine inert if its self-destruction fails to work.", ("becomes inert", None, "asserts")),
    ],
)  # fmt: skip
def test_a_claim_has_its_property_value_and_stance(text, expected):
    """Shares in words are read, a long life is no doubt, a fallback under «if» is no failure rate."""
    assert claims(text, "property", "value_max", "stance") == [expected]


def test_two_amounts_in_two_clauses_are_two_claims():
    """A second time or share with its own clause is a claim of its own."""
    text = "The mines self-destruct after 15 days, and their batteries run out within 120 days."
    assert claims(text, "property", "value_max") == [
        ("self-destruct", 15),
        ("self-deactivate", 120),
    ]
    text = "The cluster bombs fail in 40 percent of cases, but the American shells fail only 2 percent of the time."
    assert claims(text, "munition", "value_max") == [("cluster bombs", 40), ("shells", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "The mines are highly effective and reliable.",
        "Reliable data on landmines are scarce.",
        "A policy of 2008 required cluster munitions to have a failure rate of no more than 1 percent.",
        "The army has the goal of reducing the failure rate of its cluster munitions to under 1 percent.",
        "The ministry says the dud-rate studies of cluster munitions are secret.",
    ],
)
def test_praise_aims_and_duties_are_no_claims(text):
    """What a weapon is praised for, should do or is studied for says nothing of what it does."""
    assert claims(text, "property") == []


def test_a_dying_battery_is_nobody_dead():
    """«When the battery dies» tells of no victim."""
    text = "The landmines become inert when the battery dies, in no more than two weeks."
    found = extract(text, published="2024-11-20").proposals
    assert [p.category for p in found] == ["munition_claim"]


@pytest.mark.parametrize(
    ("text", "properties"),
    [
        ("The mines are small; a pressure of less than three kilos can set them off.", ["activation pressure"]),
        ("A weight of 5 kg is enough to trigger the mine.", ["activation pressure"]),
        ("The mine detonates under a load of 10 kilograms.", ["activation pressure"]),
        ("The mines hold little metal. They escape all but the best detectors.", ["low metal content", "hard to detect"]),
        ("The wooden mines are difficult to detect.", ["hard to detect"]),
        ("The mines cannot be found by ordinary detectors.", ["hard to detect"]),
        ("The mines are made to go off when the lid is opened.", ["explodes when touched"]),
        ("Bomblets can go off at the slightest touch.", ["explodes when touched"]),
        ("Cluster bombs may explode “if touched or moved”.", ["explodes when touched"]),
        ("Claymore mines, which are fired by a soldier on command, are allowed.", ["command-detonated"]),
        ("The mines are not victim-activated, so the treaty allows them.", ["command-detonated"]),
        ("The cluster bombs seem to have failed on a massive scale.", ["failure rate"]),
        ("A child touched a mine and it exploded.", []),
        ("Mines lie there. A solution is hard to find.", []),
        ("He opened the door with a weight of 5 kg. No mine exploded.", []),
    ],
)  # fmt: skip
def test_what_sets_a_munition_off_or_hides_it_is_a_claim(text, properties):
    """Pressure, touch, command and hiding from detectors are claims of behaviour; accidents are none."""
    found = extract(text, published="2024-05-05").proposals
    assert [p.fields["property"] for p in found if p.category == "munition_claim"] == properties


def test_a_pressure_keeps_its_bounds_and_unit():
    """«Less than three kilos» is at most 3 kg."""
    found = extract("Of these mines, a pressure of less than three kilos sets them off.").proposals
    (claim,) = [p.fields for p in found if p.category == "munition_claim"]
    assert (claim["value_min"], claim["value_max"], claim["unit"]) == (None, 3, "kg")


def test_no_higher_than_is_no_dispute():
    """«No higher than» states a bound; «higher than» doubts one."""
    found = extract(
        "The dud rate of the cluster bombs would be no higher than 2 percent."
    ).proposals
    (claim,) = [p.fields for p in found if p.category == "munition_claim"]
    assert (claim["stance"], claim["value_max"]) == ("asserts", 2)
