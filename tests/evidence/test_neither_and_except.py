"""Who is outside, told by «neither», «are not», «all but»: never turned into its opposite."""

from __future__ import annotations

import pytest

from tests.evidence.told import records

IRN_PAK = {("IRN", "non-party"), ("PAK", "non-party")}


def positions(text: str) -> set[tuple[str, str]]:
    """State and status of each position of a text of 2016."""
    return set(records(text, "treaty_position", "state", "status", published="2016-05-15"))


@pytest.mark.parametrize(
    "text",
    [
        "Two armies, those of Iran and Pakistan, laid mines last year. Neither is party to the Mine Ban Treaty.",
        "Mines lie along the border of Iran and Pakistan, and neither has joined the Mine Ban Treaty.",
        "The talks of Iran and Pakistan failed. Neither has signed the Mine Ban Treaty.",
        "Some 160 countries have joined the Mine Ban Treaty. Iran and Pakistan have not.",
        "The Mine Ban Treaty has 160 members. Iran and Pakistan have yet to do so.",
        "The Mine Ban Treaty has been signed by most of Asia but not by Iran or Pakistan.",
        "All countries of the region but Iran and Pakistan are parties to the Mine Ban Treaty.",
    ],
)  # fmt: skip
def test_those_outside_are_outside(text: str) -> None:
    """A clause without a name of its own takes its states from before, and its sense is kept."""
    assert positions(text) == IRN_PAK


@pytest.mark.parametrize(
    "text",
    [
        "Iran, which has not joined the Mine Ban Treaty, laid mines. Pakistan has not.",
        "The Mine Ban Treaty met in May. Did Pakistan lay mines? It did not.",
        "The Mine Ban Treaty has 160 members. Soldiers in Pakistan are not.",
        "The Mine Ban Treaty was opened in Ottawa. Pakistan did not attend.",
    ],
)
def test_what_else_somebody_did_not_do_is_no_position(text: str) -> None:
    """«Has not» speaks of the treaty only right behind a sentence on who has joined."""
    assert "PAK" not in {state for state, _ in positions(text)}


def test_who_signed_and_did_not_ratify_is_a_signatory_where_that_is_known() -> None:
    """China never signed the treaty on mines; Angola signed that on cluster munitions."""
    assert positions("China has never ratified the Mine Ban Treaty.") == {("CHN", "non-party")}
    angola = "Angola has not yet ratified the Convention on Cluster Munitions."
    assert positions(angola) == {("AGO", "signatory")}


@pytest.mark.parametrize(
    ("text", "state", "status"),
    [
        ("Mali became the first state in West Africa to ratify the Mine Ban Treaty, in 1998.", "MLI", "party"),
        ("The delegate of Laos said accession to the Mine Ban Treaty was still under study.", "LAO", "non-party"),
    ],
)  # fmt: skip
def test_first_of_a_region_and_under_study(text: str, state: str, status: str) -> None:
    """The first of its region is a party; whoever studies joining has not joined."""
    assert positions(text) == {(state, status)}
