"""Positions whose verb and subject stand apart. All sentences are made up."""

from __future__ import annotations

import pytest

from tests.evidence.told import records


def positions(text, published="2025-09-20"):
    """State, treaty and status of each position."""
    return records(text, "treaty_position", "state", "treaty", "status", published=published)


@pytest.mark.parametrize(
    ("text", "state", "status"),
    [
        ("Peru, which borders Chile, told the depositary in May that it was leaving the Mine Ban Treaty.", "PER", "withdrawing"),
        ("The Chadian parliament voted to pull the country out of the Ottawa Convention.", "TCD", "withdrawing"),
        ("The president signed a decree putting into effect a decision to withdraw Peru from the Mine Ban Treaty.", "PER", "withdrawing"),
        ("The decisions taken this spring by Peru to prepare its withdrawal from the Mine Ban Treaty worry others.", "PER", "withdrawing"),
        ("Peru, whose mines were blown up in 2003, has triggered its exit from the Mine Ban Treaty.", "PER", "withdrawing"),
        ("In June Peru ceased to be bound by the Mine Ban Treaty.", "PER", "withdrawn"),
        ("On 6 March 2025, Peru became the first country to leave the Mine Ban Treaty.", "PER", "withdrawn"),
        ("Peru, once its warmest friend, told the UN in July that it was suspending the Mine Ban Treaty.", "PER", "suspended (claimed)"),
        ("Having ratified the Mine Ban Treaty in 2005, Peru had to destroy its stocks.", "PER", "party"),
        ("As a State Party to the Mine Ban Treaty, Peru may not lay mines.", "PER", "party"),
        ("Peru, among the most mined countries anywhere, ratified the Mine Ban Treaty in 1999.", "PER", "party"),
        ("The Mine Ban Treaty binds most of them. Peru, a state party, destroyed its stocks.", "PER", "party"),
        ("The Mine Ban Treaty binds most of them. Peru, which never signed, lays mines.", "PER", "non-party"),
        ("The Mine Ban Treaty binds most of them. Peru, which is rich, has said it will stay.", "PER", "party"),
        ("Peru is among the countries that have stayed outside the Mine Ban Treaty.", "PER", "non-party"),
        ("Peru has stopped short of joining the Mine Ban Treaty.", "PER", "non-party"),
        ("Peru has resisted calls to join the Mine Ban Treaty.", "PER", "non-party"),
        ("The new law would allow Peru to accede to the Mine Ban Treaty.", "PER", "non-party"),
    ],
)  # fmt: skip
def test_a_subject_is_found_from_its_verb(text, state, status):
    """Over asides, decrees and relative clauses a verb finds the state that it speaks of."""
    assert positions(text) == [(state, "MBT", status)]


@pytest.mark.parametrize(
    "text",
    [
        "Norway urged Peru not to leave the Mine Ban Treaty.",
        "Chad denied that it planned to withdraw from the Mine Ban Treaty.",
        "Should Peru leave the Mine Ban Treaty? Most there say no.",
        "Iraq joined the meeting of the Mine Ban Treaty.",
        "Jordan left the room before the vote on the Mine Ban Treaty.",
        "Peru and Chile signed an agreement to clear the border under the Mine Ban Treaty.",
        "The Mine Ban Treaty's meeting opened in Geneva; Chad leaves on Friday for talks on Mali.",
        "Belgium has cleared mines for parties to the Mine Ban Treaty.",
        "Peru left Kherson to its fate, mining the roads as the Mine Ban Treaty forbids.",
    ],
)
def test_no_position_where_none_is_told(text):
    """Meetings joined, rooms left, denials, questions and appeals give no position."""
    assert positions(text) == []


def test_we_are_the_state_of_the_speaker():
    """«We» stands for the state of whoever speaks."""
    text = (
        '"We are not a party to the Mine Ban Treaty, and we\'re not going to be one," said Ana Vell, '
        "a spokeswoman for the US State Department."
    )
    assert positions(text) == [("USA", "MBT", "non-party")]


def test_we_of_nobody_known_is_no_state():
    """Where no speaker with a state is known, «we» gives no position."""
    assert positions("We are not a party to the Mine Ban Treaty.") == []


def test_a_treaty_named_in_passing_is_left_with_its_paragraph():
    """A new paragraph speaks again of the treaty that the document is about."""
    text = (
        "Peru will leave the Mine Ban Treaty, a vote in its parliament showed on Monday, and the army "
        "says that the Mine Ban Treaty had tied its hands for far too long along the border.\n\n"
        "It never joined the Convention on Cluster Munitions, whatever others did in those years, as "
        "the ministry of defence was quick to recall in a paper of the same day.\n\n"
        "Chad, a member of the treaty since 1999, said that it would stay."
    )
    assert ("TCD", "MBT", "party") in positions(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Finland told the UN on 10 July that it was quitting the Mine Ban Treaty.", ["FIN withdrawing"]),
        ("Parliament cleared the way on Tuesday for Poland to leave the Mine Ban Treaty.", ["POL withdrawing"]),
        ("A report names the two states leaving the Mine Ban Treaty - Peru and Chad - and their stocks.", ["PER withdrawing", "TCD withdrawing"]),
        ("Norway urged the states leaving the Mine Ban Treaty, among them Peru, to think again.", ["PER withdrawing"]),
        ("Norway objected to Peru's suspension of the Mine Ban Treaty.", ["PER suspended (claimed)"]),
        ("Peru will no longer be bound by the Mine Ban Treaty.", ["PER withdrawing"]),
        ("Since March Peru has no longer been a party to the Mine Ban Treaty.", ["PER withdrawn"]),
        ("Norway has no intention of following its neighbours out of the Mine Ban Treaty.", ["NOR party"]),
        ("Peru completed its ratification of the Mine Ban Treaty on 12 March 2025.", ["PER party"]),
        ("Peru's instrument of ratification of the Mine Ban Treaty was lodged in 1998.", ["PER party"]),
        ("States that have signed but not yet ratified the Mine Ban Treaty include Haiti and Angola.", ["HTI signatory", "AGO signatory"]),
        ("The Mine Ban Treaty binds neither Syria nor Russia.", ["SYR non-party", "RUS non-party"]),
        ("The Mine Ban Treaty, binding on Ukraine since 2006, bans such mines.", ["UKR party"]),
        ("Use by Ukraine would breach its obligations as a party to the Mine Ban Treaty.", ["UKR party"]),
        ("The Mine Ban Treaty has been signed by Peru and Chad but not by Cuba.", ["PER party", "TCD party", "CUB non-party"]),
        ("The Mine Ban Treaty, which Russia refuses to sign, has 165 members.", ["RUS non-party"]),
        ("Chad is one of 165 countries that have joined the Mine Ban Treaty.", ["TCD party"]),
        ("As a country that has not joined the Mine Ban Treaty, Armenia need not report.", ["ARM non-party"]),
        ("Despite not being a party to the Mine Ban Treaty, Armenia sends reports.", ["ARM non-party"]),
        ("Armenia bans them, but its accession to the Mine Ban Treaty depends on others.", ["ARM non-party"]),
        ("Mongolia's delegate reaffirmed its commitment to accede to the Mine Ban Treaty.", ["MNG non-party"]),
        ("Mongolia is acceding to the Mine Ban Treaty step by step.", ["MNG non-party"]),
        ("Kyiv is a signatory to the Mine Ban Treaty. Moscow isn't.", ["UKR party", "RUS non-party"]),
    ],
)  # fmt: skip
def test_duties_lists_and_passives_tell_of_states(text, expected):
    """Whom a treaty binds, who signed it, whose duties it names and who is no longer in it is read."""
    assert sorted(positions(text)) == sorted(
        (state, "MBT", status) for state, status in (one.split(" ", 1) for one in expected)
    )


@pytest.mark.parametrize(
    "text",
    [
        "The vote cleared the way for Peru to leave the room where the Mine Ban Treaty was discussed.",
        "Norway saw no reason for Peru to leave the Mine Ban Treaty.",
        "A bill for Peru to leave the Mine Ban Treaty was voted down.",
        "Peru no longer produces mines under the Mine Ban Treaty.",
        "Peru plans to join the working group on the Mine Ban Treaty.",
        "Peru asked the parties to the Mine Ban Treaty for a longer deadline.",
        "Peru would be in breach of the Mine Ban Treaty if it had joined it.",
        "The Mine Ban Treaty binds states; Peru signed a trade deal.",
        "The soldiers left booby traps in Peru before pulling out in May.",
    ],
)
def test_other_leavings_and_conditions_are_no_positions(text):
    """Rooms left, bills voted down, working groups, conditions and questions to the parties say nothing."""
    assert positions(text) == []
