"""Titles, labels, lists and clauses: whose words, which goods, which states. All names are made up."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract
from landrelease.evidence.named_roles import people_of_title


def found(text, category, *fields):
    """Chosen fields of the proposals of a category."""
    proposals = extract(text, published="2024-11-20").proposals
    return [tuple(p.fields.get(f) for f in fields) for p in proposals if p.category == category]


@pytest.mark.parametrize(
    ("title", "people"),
    [
        (
            "Undersecretary of Defense for Policy Dr. Ana Reyl Press Briefing",
            [("Ana Reyl", "Undersecretary of Defense for Policy")],
        ),
        (
            "Press Briefing by Press Secretary Ana Reyl-Moor and National Security Advisor Bo Lund",
            [("Ana Reyl-Moor", "Press Secretary"), ("Bo Lund", "National Security Advisor")],
        ),
        (
            "Pentagon Press Secretary Air Force Maj. Gen. Bo Lund Holds a Press Briefing",
            [("Bo Lund", "Press Secretary")],
        ),
        (
            "UNDER SECRETARY OF STATE FOR ARMS CONTROL AND INTERNATIONAL SECURITY ANA REYL",
            [("Ana Reyl", "Under Secretary of State for Arms Control and International Security")],
        ),
        ("NATO Secretary General Bo Lund", [("Bo Lund", "Secretary General")]),
        ("Changes to Landmine Policy", []),
    ],
)
def test_a_title_names_people_with_their_roles(title, people):
    """Each person of a title or label gets his own role, without ranks and occasions."""
    assert [(p.name, p.role) for p in people_of_title(title)] == people


def test_a_long_label_is_a_label():
    """Words after a label of many capitals are that speaker's, and so are those after the short one."""
    text = (
        "Transcript"
        + chr(10)
        + "BRIGADIER GENERAL BO LUND: Good afternoon, everyone."
        + chr(10) * 2
        + "UNDERSECRETARY OF DEFENSE FOR POLICY DR. ANA REYL: The mines of this package self-destruct."
        + chr(10) * 2
        + "Q: How soon do these mines arrive?"
        + chr(10) * 2
        + "DR. REYL: We send no mines that last longer than two weeks."
    )
    assert (
        found(text, "statement", "speaker", "role")
        == [("Ana Reyl", "Undersecretary of Defense for Policy")] * 2
    )


def test_lines_under_include_are_a_list_without_marks():
    """Goods on lines of their own are items of the package, not sentences of its author."""
    text = chr(10).join(
        [
            "Release",
            "Security Assistance for Ukraine",
            "Today, the Department of Defense announced an assistance package for Ukraine. "
            "The equipment in this package, valued at up to $800 million, includes:",
            "    31 155mm howitzers;",
            "    Mine clearing equipment; and",
            "    Spare parts.",
        ]
    )
    quoted = [p.quote for p in extract(text, published="2023-07-07").proposals]
    assert {"31 155mm howitzers;", "Mine clearing equipment; and", "Spare parts."} <= set(quoted)


LEAD = "The Mine Ban Treaty prohibits anti-personnel mines." + chr(10) * 2


@pytest.mark.parametrize(
    ("sentence", "positions"),
    [
        (
            "Latvia and Estonia – both members that border Russia – have approved withdrawal from the treaty.",
            {("LVA", "withdrawing"), ("EST", "withdrawing")},
        ),
        (
            "New use was recorded by Myanmar, Iran and Syria. None of these three states is party to the treaty.",
            {("MMR", "non-party"), ("IRN", "non-party"), ("SYR", "non-party")},
        ),
        (
            "Peru accused Chile of bad faith over the treaty, to which both countries are parties.",
            {("PER", "party"), ("CHL", "party")},
        ),
        (
            "Latvia and Estonia will exit on 27 December, followed by Finland on 10 January.",
            {("LVA", "withdrawing"), ("EST", "withdrawing"), ("FIN", "withdrawing")},
        ),
        (
            "Finland, which destroyed a million mines after joining in 2012, borders Russia.",
            {("FIN", "party")},
        ),
        ("Though withdrawal is allowed by the treaty, we hope for second thoughts.", set()),
    ],
)
def test_positions_told_in_passing(sentence, positions):
    """Lists, asides and words for states named before are read; a clause without a state is not."""
    assert set(found(LEAD + sentence, "treaty_position", "state", "status")) == positions


def test_kin_and_what_remains():
    """A father counts beside his sons; what remains dangerous is told apart from who was hurt."""
    text = (
        "Mines killed farmers near Tolm in Angola."
        + chr(10) * 2
        + "A father and his two sons were killed by a mine, and 174 square kilometres need to be surveyed."
    )
    kinds = found(text, "event", "kind")
    assert ("contamination",) in kinds
    assert (3,) in found(text, "event", "killed")


def test_who_is_heard_through_others():
    """An official behind an agency, one of a group, and a clause of «who» are the speakers."""
    said = [
        "The mines go inert in two weeks, one of the officials said.",
        "Earlier, Reuters reported that mines would be made at home, according to a US official.",
        "The move drew criticism from Bo Lund, who said mines have no place in war.",
    ]
    names = [found(LEAD + one, "statement", "speaker") for one in said]
    assert names == [[("one of the officials",)], [("US official",)], [("Bo Lund",)]]
