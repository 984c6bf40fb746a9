"""Positions told in passing: acts told again, rows of notices, predicates before their subject."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

Position = tuple[str, str, str]


def positions(text: str) -> list[Position]:
    """State, treaty and status of each position in a text of September 2025."""
    found = extract(text, published="2025-09-20").proposals
    return [
        (str(p.fields["state"]), str(p.fields["treaty"]), str(p.fields["status"]))
        for p in found
        if p.category == "treaty_position"
    ]


def of(status: str, *states: str, treaty: str = "MBT") -> set[Position]:
    """The positions of states with one status."""
    return {(state, treaty, status) for state in states}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nepal ratified the Mine Ban Treaty in 2003, as did Fiji by accession in 2004 and Peru in 2005.", of("party", "NPL", "FJI", "PER")),
        ("Nepal ratified the Mine Ban Treaty in July 1999 and Fiji in November 1998.", of("party", "NPL", "FJI")),
        ("Peru is a party to the Mine Ban Treaty, as is Chile.", of("party", "PER", "CHL")),
        ("Peru has not joined the Mine Ban Treaty. Chile did so in 2001.", of("non-party", "PER") | of("party", "CHL")),
        ("Peru is not bound by the Mine Ban Treaty. Nor is Nepal.", of("non-party", "PER", "NPL")),
        ("The Peruvian parliament voted for withdrawal from the Mine Ban Treaty on June 19 by 157 to 18, and the Polish Sejm followed on June 25.", of("withdrawing", "PER", "POL")),
        ("Chile's parliament voted on 3 May 2025 to leave the Mine Ban Treaty. Peru's Congress did the same on 12 May.", of("withdrawing", "CHL", "PER")),
        ("Chile has decided to leave the Mine Ban Treaty, a step Peru is also taking.", of("withdrawing", "CHL", "PER")),
        ("Peru left the Convention on Cluster Munitions on 6 March 2025; so did Chile in April.", of("withdrawn", "PER", "CHL", treaty="CCM")),
        ("Fiji joined the Mine Ban Treaty in 1998, and Nauru in 2000 hosted a meeting.", of("party", "FJI")),
        ("Peru is leaving the Mine Ban Treaty. Norway said it would not follow suit.", of("withdrawing", "PER") | of("party", "NOR")),
    ],
)  # fmt: skip
def test_an_act_told_again_in_few_words_is_an_act(text: str, expected: set[Position]) -> None:
    """«As did X», «Y in 2005», «Z followed» are read with the act they repeat."""
    assert set(positions(text)) == expected


def test_the_effect_of_a_withdrawal_is_that_of_the_state_spoken_of() -> None:
    """«It will take effect on …» is dated for the state whose withdrawal was told last."""
    text = (
        "On 10 July 2025 the Republic of Peru deposited its notice of withdrawal from the Mine Ban"
        " Treaty. It will take effect on 10 January 2026. On 20 August 2025 Chile did likewise; the"
        " withdrawal will take effect on 20 February 2026."
    )
    found = [
        (p.fields["state"], p.fields["date"], p.fields["date_kind"])
        for p in extract(text, published="2025-09-20").proposals
        if p.category == "treaty_position"
    ]
    assert found == [
        ("PER", "2025-07-10", "notified"),
        ("PER", "2026-01-10", "effective"),
        ("CHL", "2025-08-20", "notified"),
        ("CHL", "2026-02-20", "effective"),
    ]


def test_rows_of_a_notice_are_acts_under_its_heading() -> None:
    """A line «State: act, day» counts for the treaty of the heading, whichever a sentence named."""
    text = "\n".join(
        [
            "DEPOSITARY NOTIFICATION: MINE BAN TREATY",
            "",
            "Peru remains bound by Amended Protocol II.",
            "",
            "Further actions in respect of the same Convention:",
            "",
            "Nauru: ratification, 12 March 2025, with entry into force on 1 September 2025.",
            "Fiji: accession, 25 June 2025, with entry into force on 1 December 2025.",
            "Chile: withdrawal, 27 June 2025, with effect from 27 December 2025.",
        ]
    )
    rows = of("party", "NRU", "FJI") | of("withdrawing", "CHL")
    assert set(positions(text)) == rows | of("party", "PER", treaty="CCW-AP2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru, Chile and Mali ceased on Saturday to be bound by the Mine Ban Treaty.", of("withdrawn", "PER", "CHL", "MLI")),
        ("The Mine Ban Treaty is old. Peru told the depositary in May that it would leave.", of("withdrawing", "PER")),
        ("The Mine Ban Treaty is old. Chile, which shares a border with Peru, has said it will stay.", of("party", "CHL")),
        ("The Mine Ban Treaty ties hands while Nepal, which never signed, mines as it likes.", of("non-party", "NPL")),
        ("The users were forces of Iran and Nepal, the Monitor found, both outside the Mine Ban Treaty.", of("non-party", "IRN", "NPL")),
        ("Five members, Peru, Chile, Fiji, Nauru and Mali, gave notice in 2025 that they are pulling out of the Mine Ban Treaty.", of("withdrawing", "PER", "CHL", "FJI", "NRU", "MLI")),
        ("Peru was the second country in the region to ratify the Mine Ban Treaty, in 1998.", of("party", "PER")),
        ("On 6 March 2025, Peru became the first country to leave the Mine Ban Treaty.", of("withdrawn", "PER")),
        ("Chile is poised to become the first state to abandon the Mine Ban Treaty.", of("withdrawing", "CHL")),
        ("The Mine Ban Treaty is strong. Nauru acceded this month, bringing the number to 166.", of("party", "NRU")),
        ("Peru was one of 123 signatories of the Convention on Cluster Munitions.", of("party", "PER", treaty="CCM")),
        ("The Mine Ban Treaty suffers from the decisions taken in recent weeks by Peru, Chile and Mali to prepare their withdrawal.", of("withdrawing", "PER", "CHL", "MLI")),
        ("\"We – the Ministers of Defence of Peru, Chile, and Mali – unanimously recommend withdrawing from the Mine Ban Treaty,\" the statement reads.", of("withdrawing", "PER", "CHL", "MLI")),
        ("The president signed a decree on June 29 putting into effect a decision by the National Security Council to withdraw Chile from the Mine Ban Treaty.", of("withdrawing", "CHL")),
        ("The Mine Ban Treaty binds. Peru and Chile have completed their procedures and plan to hand in their notices in May.", of("withdrawing", "PER", "CHL")),
        ("Chile's cabinet on Tuesday gave the green light to leaving the Mine Ban Treaty.", of("withdrawing", "CHL")),
        ("Instruments of withdrawal were deposited by Peru and Chile on 27 June 2025 under the Mine Ban Treaty.", of("withdrawing", "PER", "CHL")),
        ("The Mine Ban Treaty will cease to apply to Chile on 12 November 2025.", of("withdrawing", "CHL")),
        ("As a party to the Mine Ban Treaty, Peru must destroy them. As a non-party, Nepal need not.", of("party", "PER") | of("non-party", "NPL")),
        ("Campaigners urge Nepal to accede to the treaties banning mines and cluster munitions. Nepal is party to neither. The Mine Ban Treaty is old.", of("non-party", "NPL") | of("non-party", "NPL", treaty="CCM")),
        ("Nauru is party to the Convention on Cluster Munitions but not to the Mine Ban Treaty.", of("party", "NRU", treaty="CCM") | of("non-party", "NRU")),
        ("Nepal has itself yet to join the Mine Ban Treaty.", of("non-party", "NPL")),
        ("Peru, by contrast, has never joined the Mine Ban Treaty.", of("non-party", "PER")),
    ],
)  # fmt: skip
def test_words_of_joining_and_leaving_find_their_states(text: str, expected: set[Position]) -> None:
    """Whoever is the subject, near or far, of words of joining and leaving takes the position."""
    assert set(positions(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Mine Ban Treaty is old. Norway left the meeting early. Peru joined the debate.",
        "If Peru left the Mine Ban Treaty, others would too.",
        "It is false that Peru joined the Mine Ban Treaty.",
        "Chile does not recommend withdrawing from the Mine Ban Treaty.",
        "Peru will never leave the Mine Ban Treaty, analysts believe.",
        "Nepal laid mines. None of the three countries has joined the Mine Ban Treaty.",
    ],
)
def test_what_is_not_said_of_a_state_gives_nothing(text: str) -> None:
    """Other joining and leaving, conditions, denials and guesses are no position."""
    assert positions(text) == []


def test_a_treaty_named_in_passing_is_left_with_its_paragraph() -> None:
    """After a paragraph that names another treaty once, «the convention» is the main one again."""
    text = (
        "Peru is leaving the Mine Ban Treaty, the Mine Ban Treaty of 1997.\n\n"
        "It quit the Convention on Cluster Munitions in March 2025. Chile never joined it.\n\n"
        "Nepal, a party since 2006, stayed silent."
    )
    assert ("CHL", "CCM", "non-party") in positions(text)
    assert ("NPL", "MBT", "party") in positions(text)
