"""Where states stand, told in few or uncommon words; and like words that tell nothing of it."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract
from tests.evidence.told import records


def positions(text: str) -> set[tuple[str, str, str]]:
    """State, treaty and status of each position of a text of 2025."""
    return set(
        records(text, "treaty_position", "state", "treaty", "status", published="2025-09-01")
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nauru became the 108th state to come on board the Convention on Cluster Munitions.", {("NRU", "CCM", "party")}),
        ("Egypt joined neither. Iran is equally absent from the Mine Ban Treaty.", {("IRN", "MBT", "non-party")}),
        ("Laos said it understood the Mine Ban Treaty but stays a non-State party.", {("LAO", "MBT", "non-party")}),
        ("Georgia steers clear of the Mine Ban Treaty.", {("GEO", "MBT", "non-party")}),
        ("Georgia spoke of the Mine Ban Treaty as a member of none. Georgia wants no part of it.", {("GEO", "MBT", "non-party")}),
        ("Iran is among the few states that openly shun the Mine Ban Treaty.", {("IRN", "MBT", "non-party")}),
        ("The Mine Ban Treaty has 165 members; Nepal was never one of them.", {("NPL", "MBT", "non-party")}),
        ("Jamaica went no further than signing. It keeps off the Convention on Cluster Munitions.", set()),
        ("Jamaica joined talks on the Convention on Cluster Munitions but got no further than its signature.", {("JAM", "CCM", "signatory")}),
        ("Luanda and Djibouti put their names to the Convention on Cluster Munitions in 2008.", {("AGO", "CCM", "signatory"), ("DJI", "CCM", "signatory")}),
        ("Montenegro succeeded to the Mine Ban Treaty in 2006.", {("MNE", "MBT", "party")}),
        ("Of the Mine Ban Treaty, Chad and Niger are long members.", {("TCD", "MBT", "party"), ("NER", "MBT", "party")}),
        ("Belgium and six other States Parties to the Mine Ban Treaty protested.", {("BEL", "MBT", "party")}),
        ("Peru, party to the Mine Ban Treaty since 1998 and to the Convention on Cluster Munitions since 2012, spoke.", {("PER", "MBT", "party"), ("PER", "CCM", "party")}),
        ("Two states ratified the Convention on Cluster Munitions: Mali on 30 June and Chile on 16 December.", {("MLI", "CCM", "party"), ("CHL", "CCM", "party")}),
        ("Not a party to the Mine Ban Treaty, Cuba keeps a stock.", {("CUB", "MBT", "non-party")}),
        ("Lithuania stopped being a party to the Convention on Cluster Munitions on 6 March 2025.", {("LTU", "CCM", "withdrawn")}),
        ("Egypt chose not to sign the Mine Ban Treaty.", {("EGY", "MBT", "non-party")}),
        ("The two Koreas are not parties to the Mine Ban Treaty.", {("PRK", "MBT", "non-party"), ("KOR", "MBT", "non-party")}),
        ("Palau and Fiji are the newest Pacific members of the Convention on Cluster Munitions.", {("PLW", "CCM", "party"), ("FJI", "CCM", "party")}),
        ("The Mine Ban Treaty has been signed by every state of South America but Chile.", {("CHL", "MBT", "non-party")}),
        ("The depositary received Latvia's notification of withdrawal from the Mine Ban Treaty on 27 June 2025.", {("LVA", "MBT", "withdrawing")}),
        ("The depositary received from Fiji on 1 June 2024 an instrument of accession to the Mine Ban Treaty.", {("FJI", "MBT", "party")}),
        ("Speaking as a non-party, the envoy of Iran said the Mine Ban Treaty was unfair.", {("IRN", "MBT", "non-party")}),
        ("Vanuatu's entry into the Mine Ban Treaty dates from 16 September 2005.", {("VUT", "MBT", "party")}),
        ("The Mine Ban Treaty has lost Estonia and Latvia.", {("EST", "MBT", "withdrawn"), ("LVA", "MBT", "withdrawn")}),
        ("Norway's parliament voted to keep the country in the Mine Ban Treaty.", {("NOR", "MBT", "party")}),
        ("Hanoi said on Monday it would accede to the Mine Ban Treaty.", {("VNM", "MBT", "non-party")}),
        ("Does Cuba plan to join Ottawa? Cuba is not a party to the convention.", {("CUB", "MBT", "non-party")}),
    ],
)  # fmt: skip
def test_a_few_words_tell_it(text: str, expected: set[tuple[str, str, str]]) -> None:
    """The verb or noun decides; its subject and its treaty are read outwards."""
    assert positions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Mine Ban Treaty was praised. Peru put its name to a declaration on demining.",
        "Chad never shunned the Mine Ban Treaty.",
        "Brazil was absent from the Mine Ban Treaty meeting.",
        "Turkey was missing from the vote on the Mine Ban Treaty.",
        "Campaigners urged Egypt to put its name to the Mine Ban Treaty.",
        "Mali fights non-State parties to the conflict, whom the Mine Ban Treaty does not bind.",
        "France and three other members of the Security Council spoke on the Mine Ban Treaty.",
        "Norway and Chad signed in Oslo a paper on clearing cluster munitions.",
        "Nigeria will be the next country to come on board the Convention on Cluster Munitions, campaigners hope.",
        "Peru is the newest member of the Mine Ban Treaty committee on victims.",
        "The Mine Ban Treaty lost Peru's support in that vote.",
        "Norway's lawmakers voted against keeping the country in the Mine Ban Treaty.",
        "Albania is out of the Mine Ban Treaty's list of affected states.",
    ],
)
def test_like_words_of_other_things_tell_nothing(text: str) -> None:
    """A meeting, a declaration, a wish or a denial is no position."""
    assert positions(text) == set()


def test_acts_together_share_their_day() -> None:
    """«Together with those of B» has the day of the act that leads on."""
    text = "Its departure from the Mine Ban Treaty took effect on 27 December, together with those of Latvia and Lithuania."
    found = extract("Estonia has left. " + text, published="2025-12-29").proposals
    told = {(p.fields["state"], p.fields["status"], p.fields["date"]) for p in found}
    for state in ("EST", "LVA", "LTU"):
        assert (state, "withdrawn", "2025-12-27") in told
