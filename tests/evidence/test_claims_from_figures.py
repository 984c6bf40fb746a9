"""Claims of behaviour whose figure is plain and whose property is told around it. All made up."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract
from tests.evidence.told import records


def claims(text):
    """Property, least and most of each claim."""
    return records(
        text, "munition_claim", "property", "value_min", "value_max", published="2025-03-20"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mines' batteries are good for ninety days at most, the maker says.", ("battery life", None, 90)),
        ("The battery in each mine lasts between 30 and 45 days.", ("battery life", 30, 45)),
        ("The mines have a timer that runs for 48 hours.", ("self-destruct", None, 2)),
        ("The mine's fuze can be set to 4, 24 or 48 hours.", ("self-destruct", 1, 2)),
        ("The fuze of the mine offers three settings: 4 hours, 48 hours and 15 days.", ("self-destruct", 0.166667, 15)),
        ("Within 14 days the mines are dead, according to the Pentagon.", ("becomes inert", None, 14)),
        ("The mines die within 120 days because their batteries do.", ("becomes inert", None, 120)),
        ("The mines are inert once the battery is empty, from four hours to two weeks after they are laid.", ("becomes inert", 0.166667, 14)),
        ("About a tenth of the shells had not gone off.", ("failure rate", 10, 10)),
        ("Five to ten per cent of the munitions fired didn't go off.", ("failure rate", 5, 10)),
        ("Up to 40 percent of the cluster bombs turned out to be duds.", ("failure rate", None, 40)),
        ("The older rockets left 16 percent of their submunitions unexploded.", ("failure rate", 16, 16)),
        ("The odds of a mine still being active after 90 days are one in a million.", ("failure rate", 0.0001, 0.0001)),
        ("The army puts the risk of a mine remaining live after its set time at 6 in a million.", ("failure rate", 0.0006, 0.0006)),
        ("The bomblet was tested at 1% or less.", ("failure rate", 1, 1)),
    ],
)  # fmt: skip
def test_the_words_around_a_figure_tell_its_property(text, expected):
    """Battery, timer, setting and duds name what a time or a share says, wherever they stand."""
    assert expected in claims(text)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The shells have a dud rate of 2 percent. Deminers put the real figure at 20 percent.", [2, 20]),
        ("The dud rate of the bomblets is 2.35 percent. Sappers speak of one in five.", [2.35, 20]),
        ("The bomblets fail 1 percent of the time. Clearance teams report figures of 10 to 30 percent.", [1, 30]),
        ("The shells had a 2 percent dud rate, against 16 percent for older rockets.", [2, 16]),
        ("The mine has a timer of 40 days. Sixty days would be nearer the truth, says Lind.", [40, 60]),
        ("The mines have fixed timers: M10 and M11 the short one, of 4 hours, M12 the long one of 48 hours.", [0.166667, 2]),
    ],
)  # fmt: skip
def test_a_figure_without_a_property_has_that_of_the_claim_before(text, figures):
    """A second figure of the same kind goes on with the claim, and each model has its own."""
    assert [most for _, _, most in claims(text)] == figures


def test_finds_that_belie_a_claim_dispute_it():
    """Duds and mines found intact after a claim are a doubt of it, without a figure."""
    text = "The mines self-destruct after 24 hours. Teams still find the mines intact weeks after landing."
    found = [p.fields for p in extract(text).proposals if p.category == "munition_claim"]
    assert [f["stance"] for f in found] == ["asserts", "disputes"]


@pytest.mark.parametrize(
    "text",
    [
        "Training on the mines lasted two weeks.",
        "Mine clearance there will take ten years.",
        "About 80 percent of mine victims are civilians.",
        "Some 14 percent of the land is mined.",
        "He spent two weeks in hospital after the mine exploded.",
        "The Convention sets a deadline of ten years for clearing mines.",
        "Did the mines really last 30 days?",
        "Amended Protocol II requires that no more than 10% of such mines fail to self-destruct within 30 days.",
        "The act barred the export of cluster munitions with a failure rate above 1 percent.",
        "The maker of the mines gave no failure rate at all.",
        "Teams cleared 40 percent of the minefield in two weeks with batteries for detectors.",
        "Of the mines destroyed, 40 percent were PMN-2.",
        "The mine clearance contract was set for 48 months.",
        "The army set aside two weeks for laying the mines.",
    ],
)
def test_other_figures_near_munitions_are_no_claims(text):
    """Work, victims, land, law and questions have figures too."""
    assert claims(text) == []
