"""What looks like a use, a transfer or a claim and tells of none: held ground, questions, plans given up. All made up."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

Fields = dict[str, object]


def told(text: str, category: str) -> list[Fields]:
    """The fields of each record of a category in a text of May 2024."""
    found = extract(text, published="2024-05-10").proposals
    return [dict(p.fields) for p in found if p.category == category]


@pytest.mark.parametrize(
    "text",
    [
        "Belarus and Georgia still have mined land.",
        "Eritrea has many mined areas.",
        "Neither Chad nor Libya has signed the Convention on Cluster Munitions. Norway, worried by its neighbour, left it in May.",
        "Jane Roe (Leeds) (Lab): To ask the Minister of Defence whether the UK used cluster munitions in Yemen.",
    ],
)
def test_held_ground_a_left_treaty_and_a_question_are_no_use(text: str) -> None:
    """Nobody is said to have used a weapon where ground is held, a treaty is left or a minister is asked."""
    assert told(text, "use_allegation") == []


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Georgian units have mined the road to Gori.", "GEO"),
        ("Mali has some mined areas. The army of Chad laid mines there.", "TCD"),
        ("Chad brought mines to Bol in 1987. It left them in the fields.", "TCD"),
        (
            "Chad was calm. An officer of the alliance, Sudanese Maj. Gen. Omar Ali, said that its planes had dropped cluster bombs near Bol.",
            "SDN",
        ),
    ],
)
def test_deeds_beside_them_are_told(text: str, party: str) -> None:
    """A deed in like words is read, and «its planes» are those of the speaker's side."""
    assert [fields["party"] for fields in told(text, "use_allegation")] == [party]


def test_a_question_tells_of_no_supply_and_no_rate() -> None:
    """A written question to a minister is neither a transfer nor a claim; its answer is."""
    asked = "John Roe (Hull) (Con): To ask the Secretary of State for Defence how many BL755 bombs were supplied to Oman by the UK and what share of cluster bomblets fail to explode."
    assert told(asked, "transfer") + told(asked, "munition_claim") == []
    assert len(told(f"{asked}\n\nThe UK supplied 40 BL755 bombs to Oman in 1990.", "transfer")) == 1


def test_what_is_given_up_is_given_to_nobody() -> None:
    """«Give up landmines» is no gift; the gift in the same sentence is."""
    text = "Peru, which in May scrapped its promise to give up landmines, gave Chile 40 anti-personnel mines."
    assert [(f["supplier"], f["recipient"]) for f in told(text, "transfer")] == [("PER", "CHL")]
    assert told("Peru refused to talk. Chile gave up its cluster bombs in 2011.", "transfer") == []


def test_these_states_are_those_of_the_paragraph() -> None:
    """«None of these states» are those that act in the paragraph, and not places or others before."""
    text = "Laos and France sent notes.\n\nUse went on. Syria used cluster munitions in Yemen, and so did Libyan forces. None of these states has joined the Convention on Cluster Munitions."
    assert {f["state"] for f in told(text, "treaty_position")} == {"SYR", "LBY"}
