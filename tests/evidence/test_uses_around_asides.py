"""Uses whose user and weapon stand apart, or are named otherwise. All sentences are made up."""

from __future__ import annotations

import pytest

from tests.evidence.told import records


def uses(text):
    """Party and status of each use."""
    return sorted(records(text, "use_allegation", "party", "status", published="2025-03-20"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia and Myanmar, neither of them party to the treaty, used antipersonnel mines throughout 2024.", [("MMR", "alleged"), ("RUS", "alleged")]),
        ("The army of Myanmar, whose generals reject the treaty, planted mines around churches.", [("MMR", "alleged")]),
        ("Cluster munitions have rained on Ukraine. Russia has used at least ten types.", [("RUS", "alleged")]),
        ("A rocket with a submunition warhead hit the station. Russia denied responsibility.", [("RUS", "denied")]),
        ("A rocket with a submunition warhead struck the market; Ukraine blamed Russia.", [("RUS", "alleged")]),
        ("He accused Russia of mining his country.", [("RUS", "alleged")]),
        ("Ukrainian rockets delivered PFM-1 mines into Izium.", [("UKR", "alleged")]),
        ("Russian aircraft scattered petal mines over the town.", [("RUS", "alleged")]),
        ("Antipersonnel mines were used by Russia, by Myanmar and by Iran in 2024.", [("IRN", "alleged"), ("MMR", "alleged"), ("RUS", "alleged")]),
        ("Russia, which itself is not a member and which itself uses landmines ruthlessly, protested.", [("RUS", "alleged")]),
        ("There were reports that an Iranian ballistic missile that struck Haifa carried submunitions.", [("IRN", "alleged")]),
        ("Cluster munitions are back: there were claims of Israeli use in southern Lebanon.", [("ISR", "alleged")]),
        ("Thailand showed mines. Cambodia insists that it laid none.", [("KHM", "denied")]),
    ],
)  # fmt: skip
def test_a_user_is_found_over_asides_and_in_few_words(text, expected):
    """Asides, «ten types», warheads, launchers, lists and denials of responsibility are read."""
    assert uses(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "How will Ukraine use cluster munitions?",
        "He accused Russia of mining coal in occupied land.",
        "Rockets with nuclear warheads were shown. Russia denied nothing.",
        "Norwegian drones delivered mine detectors to Izium.",
        "Ukraine will record where they use these cluster munitions.",
    ],
)
def test_questions_and_other_deeds_are_no_uses(text):
    """A question, coal and detectors tell of no use of mines."""
    assert uses(text) == []
