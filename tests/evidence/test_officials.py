"""Officials without a name: of which state they are, and who tells what another believes."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

OPENING = (
    "Chad has asked for mines, two Norwegian officials said. Chad wants them for its border with Libya, and"
    " Chad has few soldiers. "
)


def statements(text: str) -> list[dict[str, object]]:
    """Fields of the statements of a text."""
    found = extract(text, published="2024-05-01").proposals
    return [p.fields for p in found if p.category == "statement"]


@pytest.mark.parametrize("who", ["One official", "Another official", "The officials", "Officials"])
def test_further_officials_are_of_the_state_of_those_before(who: str) -> None:
    """«Another official» is of the officials' state, not of the one that the text names most."""
    said = statements(f"{OPENING}{who} said the mines would be cleared within a year.")
    assert said[-1]["country"] == "NOR"


def test_officials_of_another_state_are_their_own() -> None:
    """Who has a state of their own keeps it."""
    said = statements(f"{OPENING}A Libyan official said the mines would stay.")
    assert said[-1]["country"] == "LBY"


@pytest.mark.parametrize("tail", ["", ", who asked not to be named", " on Friday"])
def test_who_tells_what_another_believes_is_the_speaker(tail: str) -> None:
    """«The ministry believes that mines are safe, said the officials»: they say so."""
    said = statements(
        f"{OPENING}Oslo believes sending the mines is the quickest help, said the officials{tail}."
    )
    assert "officials" in str(said[-1]["speaker"])


def test_states_that_have_signed_say_nothing() -> None:
    """«More than 160 countries have signed the treaty, noting that mines are cruel»."""
    assert (
        statements(
            "More than 160 countries have signed a treaty on mines, noting that mines harm civilians."
        )
        == []
    )
