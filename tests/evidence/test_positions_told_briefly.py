"""Positions whose state or treaty stands elsewhere: notices, lists after the verb, «the second». All made up."""

from __future__ import annotations

import pytest

from tests.evidence.told import records


def positions(text):
    """State and status of each position."""
    return records(text, "treaty_position", "state", "status", published="2025-03-20")


LEAVING = "Finland is leaving the Mine Ban Treaty."
TWO = "The Mine Ban Treaty and the Convention on Cluster Munitions differ."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LEAVING} Estonia and Latvia deposited their notices on 27 June.", [("EST", "withdrawing"), ("LVA", "withdrawing")]),
        (f"{LEAVING} The notice was deposited on Thursday and takes effect on 10 January 2026.", [("FIN", "withdrawing")] * 3),
        ("Finland's departure from the Mine Ban Treaty takes effect on 10 May 2025 and Poland's on 20 June.", [("FIN", "withdrawing"), ("POL", "withdrawing")]),
        ("The Secretary-General received instruments of withdrawal from the Mine Ban Treaty from Estonia and Latvia on 27 June 2024.", [("EST", "withdrawing"), ("LVA", "withdrawing")]),
        ("No country has joined the Mine Ban Treaty since Chad and Palestine in 2017.", [("TCD", "party"), ("PSE", "party")]),
        ("The Mine Ban Treaty's newest members are Chad and Tonga.", [("TCD", "party"), ("TON", "party")]),
        ("The holdouts from the Mine Ban Treaty include China, India and Russia.", [("CHN", "non-party"), ("IND", "non-party"), ("RUS", "non-party")]),
        (f"{LEAVING} Norway, which shares a border with Russia, is staying.", [("NOR", "party")]),
        ("The Mine Ban Treaty loses five members, but Slovenia is not going anywhere.", [("SVN", "party")]),
        ("Russia and Myanmar, neither of them party to the Mine Ban Treaty, laid mines.", [("RUS", "non-party"), ("MMR", "non-party")]),
        ("Russia and Myanmar, neither of which has joined the Mine Ban Treaty, laid mines.", [("RUS", "non-party"), ("MMR", "non-party")]),
        ("None of the three, Egypt, Iran and Israel, has signed the Mine Ban Treaty.", [("EGY", "non-party"), ("IRN", "non-party"), ("ISR", "non-party")]),
        (f"{TWO} The United States is bound by the first, not the second.", [("USA", "party"), ("USA", "non-party")]),
        (f"{TWO} Finland was party to the former but never joined the latter.", [("FIN", "party"), ("FIN", "non-party")]),
        ("Peru finished the work in 2009, ten years after ratifying the Mine Ban Treaty.", [("PER", "party")]),
        ("The Mine Ban Treaty loses members. Two of them - Peru and Chile - are leaving under article 20 of the treaty.", [("PER", "withdrawing"), ("CHL", "withdrawing")]),
        ("The Mine Ban Treaty binds most. Peru and Chile are the best known of those that have not adhered.", [("PER", "non-party"), ("CHL", "non-party")]),
        ("The Mine Ban Treaty binds most. In the Pacific only Chad and Tonga have yet to join.", [("TCD", "non-party"), ("TON", "non-party")]),
        ("Peru has ratified the Mine Ban Treaty. The instrument of ratification was deposited on 12 March.", [("PER", "party"), ("PER", "party")]),
        ("The Mine Ban Treaty enters into force for Peru on 1 September 2025.", [("PER", "party")]),
        ("Peru signed the Mine Ban Treaty in 1997 and ratified it in 1998.", [("PER", "party")]),
    ],
)  # fmt: skip
def test_briefly_told_positions_are_read(text, expected):
    """Notices, their effect, names behind the verb, «neither», «the latter» and who stays."""
    found = positions(text)
    assert [one for one in expected if one not in found] == []
    assert len([one for one in found if one in expected]) == len(expected)


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine should join the Convention on Cluster Munitions.",
        "Peru appeals to all who have not acceded to join the Mine Ban Treaty.",
        "Peru regrets the withdrawals from the Mine Ban Treaty.",
        "The notice on mines was deposited in the archive on Thursday.",
        "The ceasefire between Chad and Mali takes effect on Friday; the Mine Ban Treaty helps.",
        "States leave the Mine Ban Treaty. Chad will not leave, experts think.",
    ],
)
def test_wishes_and_other_notices_are_no_positions(text):
    """What a state should do, asks of others or mourns, and other notices, say nothing of it."""
    assert positions(text) == []


def test_both_countries_are_those_that_the_text_is_about():
    """A third state named on the way is none of the two."""
    text = (
        "Thailand accused Cambodia of laying mines. Cambodia denied it; Thailand sent pictures."
        " Its minister was in Japan. Both countries have ratified the Mine Ban Treaty."
    )
    assert sorted(positions(text)) == [("KHM", "party"), ("THA", "party")]


def test_a_convention_that_no_sentence_names_is_known_by_its_subject():
    """A text on landmines that says but «the convention» means the ban of them."""
    text = "Landmines killed many. The report on mines warns. Two states - Peru and Chile - are leaving the treaty."
    assert positions(text) == [("PER", "withdrawing"), ("CHL", "withdrawing")]
