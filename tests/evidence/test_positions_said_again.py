"""Positions whose treaty or deed was told just before: «left it», «B's followed», «the latest to join». All made up."""

from __future__ import annotations

import pytest

from tests.evidence.told import records


def positions(text: str) -> list[tuple[object, ...]]:
    """State, status and date of each position of a text of July 2024, in the order of states."""
    return sorted(
        records(text, "treaty_position", "state", "status", "date", published="2024-07-10")
    )


LEAVES = "Norway's parliament voted to leave the Mine Ban Treaty on 3 April"
NORWAY = ("NOR", "withdrawing", "2024-04-03")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Convention on Cluster Munitions has 111 parties. Denmark, alarmed by its neighbours, quit it in May.",
         [("DNK", "withdrawn", "2024-05")]),
        ("The Mine Ban Treaty has 160 members. Sweden is leaving it.", [("SWE", "withdrawing", "2024-07-10")]),
        ("The Mine Ban Treaty counts 165 parties. Tonga was the newest state to join, in March.",
         [("TON", "party", "2024-03")]),
        (f"{LEAVES}, Denmark's followed on 9 May and Sweden's on 2 June.",
         [("DNK", "withdrawing", "2024-05-09"), NORWAY, ("SWE", "withdrawing", "2024-06-02")]),
        (f"{LEAVES}; and Iceland's did the same on 9 May.", [("ISL", "withdrawing", "2024-05-09"), NORWAY]),
        (f"{LEAVES}. Icelandic deputies are to vote this week.", [("ISL", "party", "2024-07-10"), NORWAY]),
        (f"{LEAVES}. Ireland has voiced a similar plan.", [("IRL", "withdrawing", "2024-07-10"), NORWAY]),
    ],
)  # fmt: skip
def test_positions_told_by_what_was_told_before(
    text: str, expected: list[tuple[object, ...]]
) -> None:
    """A pronoun, a genitive, a vote to come and «the same» take treaty and deed from before."""
    assert positions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"{LEAVES}. Danish deputies are to vote on 1 August on the budget.",
        f"{LEAVES}. Denmark has not voiced a similar plan.",
        f"{LEAVES}, and Denmark's spring came late.",
    ],
)
def test_other_votes_and_other_things_are_no_position(text: str) -> None:
    """A vote on something else, a plan denied and a genitive without a day tell nothing."""
    assert positions(text) == [NORWAY]


def test_what_else_is_left_is_no_treaty() -> None:
    """A ship that leaves a port leaves no convention."""
    text = "The Convention on Cluster Munitions was signed in Oslo. A ship of Norway reached the port and left it in March."
    assert positions(text) == []
