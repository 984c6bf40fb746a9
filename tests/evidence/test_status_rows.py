"""Rows «state: status», tables of signatures and ratifications, and who «we» and «her country» are."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract


def positions(text: str) -> dict[str, tuple[str, str | None]]:
    """Status and day of each state's position in a text of 2024."""
    found = extract(text, published="2024-05-15").proposals
    return {
        p.fields["state"]: (p.fields["status"], p.fields["date"])
        for p in found
        if p.category == "treaty_position"
    }


def test_rows_of_a_state_and_its_status() -> None:
    """A row is a state, words on where it stands and a day at most."""
    rows = "Chile: ratified 10 September 2001\nCuba: not a party\nMali: party since 1998\nFiji (State Party)"
    assert positions(f"MINE BAN TREATY\n\n{rows}\n") == {
        "CHL": ("party", "2001-09-10"),
        "CUB": ("non-party", "2024-05-15"),
        "MLI": ("party", "1998"),
        "FJI": ("party", "2024-05-15"),
    }


@pytest.mark.parametrize(
    "rows",
    ["Chad: party leader\nPeru: signed letter", "Chad: bound for Paris\nPeru: member of the board", "Cuba: outside"],
)  # fmt: skip
def test_rows_of_other_things(rows: str) -> None:
    """A row alone, or one that says anything else, is no position."""
    assert positions(f"MINE BAN TREATY\n\n{rows}\n") == {}


def test_the_last_act_of_each_row_of_a_table() -> None:
    """A ratification counts before a signature; «a» behind the day is an accession."""
    table = (
        "Convention on Cluster Munitions\n\n"
        "| Participant | Signature | Ratification, Accession (a) |\n|---|---|---|\n"
        "| Chad | 3 Dec 2008 | 26 Mar 2013 |\n| Angola | 3 Dec 2008 | |\n| Palau | | 19 Apr 2016 a |\n"
    )
    assert positions(table) == {
        "TCD": ("party", "2013-03-26"),
        "AGO": ("signatory", "2008-12-03"),
        "PLW": ("party", "2016-04-19"),
    }
    assert positions(table.replace("Convention on Cluster Munitions", "Arms Trade Treaty")) == {}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Statement by the Delegation of Nepal\n\nMr President, we have not yet joined the Mine Ban Treaty.", "NPL"),
        ("Address by the Government of Mongolia\n\nWe are not a party to the Mine Ban Treaty.", "MNG"),
        ("Ms. BOLD (Mongolia) said that her country was not a State party to the Mine Ban Treaty.", "MNG"),
        ("The envoy of Georgia said his country could not accede to the Mine Ban Treaty.", "GEO"),
    ],
)  # fmt: skip
def test_who_we_and_her_country_are(text: str, state: str) -> None:
    """A state's own text and a delegate named in the sentence tell whose treaty it is."""
    assert positions(text) == {state: ("non-party", "2024-05-15")}


def test_we_of_a_body_are_no_state() -> None:
    """The text of an organisation on a state is not that state's."""
    text = "Statement by the Red Cross on Ukraine\n\nWe are not a party to the Mine Ban Treaty."
    assert positions(text) == {}
