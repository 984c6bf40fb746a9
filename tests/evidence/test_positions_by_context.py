"""Where states stand, told by what the sentences around say: who «both» are, who «went», who «never has»."""

from __future__ import annotations

import pytest

from tests.evidence.told import records

Told = set[tuple[str, str, str]]


def positions(text: str) -> Told:
    """State, treaty and status of each position of a text of June 2020."""
    return set(
        records(text, "treaty_position", "state", "treaty", "status", published="2020-06-01")
    )


def of(*states: str, status: str, treaty: str = "MBT") -> Told:
    """The same status of several states."""
    return {(state, treaty, status) for state in states}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bolivia ceased to be bound by the Mine Ban Treaty. Chile and Nepal had already gone on 3 March and Oman on 10 April.", of("BOL", "CHL", "NPL", "OMN", status="withdrawn")),
        ("Bolivia left the Mine Ban Treaty in May; Chile will go on 3 March 2021.", of("BOL", status="withdrawn") | of("CHL", status="withdrawing")),
        ("Chad's parliament rejected a bill to leave the Mine Ban Treaty.", of("TCD", status="party")),
        ("Chad's lawmakers threw out a proposal for withdrawal from the Mine Ban Treaty on Monday.", of("TCD", status="party")),
        ("Chad said last May it was “suspending” the Mine Ban Treaty.", of("TCD", status="suspended (claimed)")),
        ("Fiji joined the Convention on Cluster Munitions in 2010; Chad quit that one a year ago.", of("FJI", status="party", treaty="CCM") | of("TCD", status="withdrawn", treaty="CCM")),
    ],
)  # fmt: skip
def test_leaving_is_told_in_passing(text: str, expected: Told) -> None:
    """«Went on» after others left, a bill voted down, a suspension between quotation marks."""
    assert positions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We appeal to those who have not yet done so, in particular Egypt and Nepal, to accede to the Mine Ban Treaty.", of("EGY", "NPL", status="non-party")),
        ("The union called on all states that have not joined the Mine Ban Treaty, especially Nepal and Cuba, to do so.", of("NPL", "CUB", status="non-party")),
        ("We call on those still outside, notably Nepal and Cuba, to accede to the Mine Ban Treaty.", of("NPL", "CUB", status="non-party")),
        ("Nepal has no plans to join the Mine Ban Treaty.", of("NPL", status="non-party")),
        ("Nepal won't sign the Mine Ban Treaty, its minister said.", of("NPL", status="non-party")),
        ("The Mine Ban Treaty opens in May. Cuba does not intend to sign it.", of("CUB", status="non-party")),
        ("In February the Clinton administration said it would not join the Mine Ban Treaty.", of("USA", status="non-party")),
        ("The Cubans have never signed the Mine Ban Treaty.", of("CUB", status="non-party")),
        ("Peru ratified the Mine Ban Treaty in 1998. Cuba never has.", of("PER", status="party") | of("CUB", status="non-party")),
        ("Peru ratified the Mine Ban Treaty in 1998; Cuba has yet to.", of("PER", status="party") | of("CUB", status="non-party")),
        ("Nepal announced with Oman in April that both would join the Mine Ban Treaty but has not yet done so.", of("NPL", status="non-party")),
        ("Nepal's government endorsed a draft law on acceding to the Mine Ban Treaty.", of("NPL", status="non-party")),
        ("Nepal is expected to deposit its instrument of accession to the Mine Ban Treaty in June.", of("NPL", status="non-party")),
    ],
)  # fmt: skip
def test_who_is_asked_or_unwilling_is_outside(text: str, expected: Told) -> None:
    """Those called on by name, those who do not mean to, those who «never have»."""
    assert positions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Mine Ban Treaty has 164 parties. Peru is one of them; Cuba is not.", of("PER", status="party") | of("CUB", status="non-party")),
        ("Chad, it said, had been a State party to the Mine Ban Treaty since 1999.", of("TCD", status="party")),
        ("Is Chad in breach of the Mine Ban Treaty? Chad is a party, it has been since 1999.", of("TCD", status="party")),
        ("For Chad the Mine Ban Treaty entered into force on 1 November 1999.", of("TCD", status="party")),
        ("Twelve more have joined the Mine Ban Treaty, among them Palau, which did so in May, Niue and Fiji.", of("PLW", "NIU", "FJI", status="party")),
        ("The Mine Ban Treaty grew. Fiji acceded to it, and Palau, acceding in May, was the 150th State Party.", of("FJI", "PLW", status="party")),
        ("The States Parties to the Mine Ban Treaty met. Chad, which was the first in the region to ratify, presides.", of("TCD", status="party")),
        ("Chad ratified the Mine Ban Treaty in 1999; the Convention on Cluster Munitions followed in 2013.", of("TCD", status="party") | of("TCD", status="party", treaty="CCM")),
        ("Chad signed the Convention on Cluster Munitions. Jamaica, also a signatory, sent nobody.", of("TCD", status="party", treaty="CCM") | of("JAM", status="signatory", treaty="CCM")),
        ("Jamaica and Chad, the former a signatory since 2009, discussed the Convention on Cluster Munitions.", of("JAM", status="signatory", treaty="CCM")),
    ],
)  # fmt: skip
def test_belonging_is_told_by_the_sentences_before(text: str, expected: Told) -> None:
    """«One of them», «the 150th State Party», «followed in 2013»: the treaty was named before."""
    assert positions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chad and Peru met in May. Chad denied it; Peru accused Chad. Both countries are parties to the Mine Ban Treaty.", of("TCD", "PER", status="party")),
        ("Nepal accused Cuban troops of firing. Neither state has joined the Mine Ban Treaty.", of("NPL", "CUB", status="non-party")),
        ("She welcomed Fiji to the Mine Ban Treaty and invited Egypt, Nepal and Cuba to follow. All three remain outside the Convention.", of("EGY", "NPL", "CUB", status="non-party")),
        ("Nepal, which borders India, and Cuba have stayed outside the Mine Ban Treaty.", of("NPL", "CUB", status="non-party")),
    ],
)  # fmt: skip
def test_groups_are_those_named_before(text: str, expected: Told) -> None:
    """«Both countries», «neither state» and «all three» are the states of the paragraph."""
    assert positions(text) == expected


def test_rows_name_their_own_treaty() -> None:
    """A table of acts with a column for the treaty and remarks behind the day."""
    text = (
        "Treaty actions under the Mine Ban Treaty and others.\n\n"
        "Mine Ban Convention    Palau    accession       1 May 2019\n"
        "Cluster Munitions      Nauru    ratification    2 May 2019 (corrected)\n"
    )
    assert positions(text) == of("PLW", status="party") | of("NRU", status="party", treaty="CCM")


@pytest.mark.parametrize(
    "text",
    [
        "Chad may use mines until it ratifies the Mine Ban Treaty.",
        "Chad is bound by the Convention on Cluster Munitions only if its parliament agrees.",
        "The Mine Ban Treaty was not named. Four teams of Brambles and Hollis left in June.",
        "The Mine Ban Treaty stands. We in Chad clear what we can once it is safe to go.",
        "The Mine Ban Treaty knows, said Chad, ratification and withdrawal and nothing else.",
        "Chad's parliament rejected a motion to review the Mine Ban Treaty.",
        "Delegates spoke of the Mine Ban Treaty. The envoys of Chad and Peru went on 27 May.",
    ],
)
def test_what_tells_no_position(text: str) -> None:
    """What is so only later or on a condition, and comings and goings of people."""
    assert positions(text) == set()
