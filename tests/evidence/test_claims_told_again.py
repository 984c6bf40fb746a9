"""Claims by seconds, ranges, tests and shares left behind, and figures that come again. All made up."""

from __future__ import annotations

import pytest

from tests.evidence.told import records


def claims(text):
    """Property, least and most of each claim."""
    return records(
        text, "munition_claim", "property", "value_min", "value_max", published="2025-03-20"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mine blows itself up 40 seconds after landing.", [("self-destruct", None, 0.000463)]),
        ("The mine destroys itself between 2 and 48 hours after it is laid.", [("self-destruct", 0.0833333333, 2)]),
        ("Grenades of this kind leave 5 to 8 percent of their number on the ground.", [("failure rate", 5, 8)]),
        ("Fewer than one in fifty of the shells stay behind.", [("failure rate", None, 2)]),
        ("The mine has a four-in-one-thousand chance of staying live after its set period.", [("failure rate", 0.4, 0.4)]),
        ("In trials of 4,000 mines the army counted two failures.", [("failure rate", None, None)]),
        ("It is a bounding mine. It can lie for sixty years.", [("remains active", None, 21900)]),
        ("Mines laid in 1971 are still active in the hills.", [("remains active", None, None)]),
        ("The mines will remain dangerous after their programmed life.", [("remains active", None, None)]),
        ("The mines blow themselves up within 9 days and that, should this fail, the battery runs down within 40 days.", [("self-destruct", None, 9), ("self-deactivate", None, 40)]),
        ("The maker says that a fuze destroys every bomblet that has not gone off, and that the rest is harmless.", [("self-destruct", None, None), ("becomes inert", None, None)]),
        ("The mines self-destruct in as little as two hours or as long as 15 days.", [("self-destruct", 0.083333, 15)]),
        ("The submunitions destroy themselves after 9 days, but tests showed that up to 10 percent do not.", [("self-destruct", None, 9), ("failure rate", None, 10)]),
        ("A smart mine turns itself off after a set time.", [("self-deactivate", None, None)]),
        ("This is a plastic mine that detectors can hardly find.", [("hard to detect", None, None)]),
        ("The shells have a dud rate of 2 percent. Norway tested them and found ten times that.", [("failure rate", 2, 2), ("failure rate", None, None)]),
        ("The mines need battery power to detonate.", [("self-deactivate", None, None)]),
        ("Without a battery the mine cannot go off.", [("self-deactivate", None, None)]),
        ("The mine's timer can be set to go off after 3 hours, after 4 days or after 9 days.", [("self-destruct", 0.125, 9)]),
    ],
)  # fmt: skip
def test_seconds_ranges_shares_left_and_tests_are_claims(text, expected):
    """Whatever the figure's form, its clause tells the property."""
    assert claims(text) == expected


def test_a_share_that_comes_again_is_that_of_its_claim():
    """«But 2 percent is a figure for brochures», sentences later, speaks of the same rate."""
    text = "The bomblets have a dud rate of 2 percent. They were shipped. Nobody spoke. Aid came. The war went on. It rained. A sapper was sceptical. "
    assert len(claims(text + "“But 2 percent is a figure for brochures,” he said.")) == 2
    assert len(claims(text + "Taxes on fuel rose by 2 percent.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Mines kill. About 20 percent of the donors do not.",
        "Mines kill. Deminers found ten times that number of mines.",
        "Mines kill. Drones need a battery to fly.",
        "The minister spoke for 40 seconds about mines.",
        "Mines kill. The donors left 10 percent of their aid behind.",
        "Mines kill. Of the fund, 30 percent is left for clearance.",
        "In tests the detectors failed to find mines at a rate of 3 percent.",
        "The clinic, opened in the 1980s, is still active and treats mine victims.",
        "Mines are still dangerous once the truce period is over.",
        "Article 5 says that a mine deactivates within 30 days.",
        "The Mine Ban Treaty deadline was extended for between 3 and 5 years.",
    ],
)
def test_times_and_shares_of_other_things_are_no_claims(text):
    """Speeches, funds, detectors, clinics, truces and articles of treaties claim nothing."""
    assert claims(text) == []
