"""Lists of states under a label on where they stand, and rows of state, act and day."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract


def positions(text: str) -> dict[str, tuple[str, str, str | None]]:
    """Treaty, status and day of each state's position in a text of 2024."""
    found = extract(text, published="2024-05-15").proposals
    return {
        p.fields["state"]: (p.fields["treaty"], p.fields["status"], p.fields["date"])
        for p in found
        if p.category == "treaty_position"
    }


def test_each_label_tells_of_its_own_list() -> None:
    """Labels are read one by one, also where lines end in no stop; the day beside a name is its own."""
    found = positions(
        "CLUSTER MUNITION CONVENTION: THE PACIFIC AND AFRICA\n\n"
        "Parties: Fiji, Palau\n"
        "Signed but not ratified: Uganda and Angola\n"
        "Still outside: Tonga, Vanuatu\n"
        "Newest member: Nigeria (2023)\n"
    )
    assert found == {
        "FJI": ("CCM", "party", "2024-05-15"),
        "PLW": ("CCM", "party", "2024-05-15"),
        "UGA": ("CCM", "signatory", "2024-05-15"),
        "AGO": ("CCM", "signatory", "2024-05-15"),
        "TON": ("CCM", "non-party", "2024-05-15"),
        "VUT": ("CCM", "non-party", "2024-05-15"),
        "NGA": ("CCM", "party", "2023"),
    }


def test_one_state_a_line_under_a_heading() -> None:
    """A heading of status words over names alone needs no colon; prose below ends the list."""
    found = positions(
        "The Mine Ban Treaty in the Caucasus\n\n"
        "States not party (3)\n- Armenia\n- Azerbaijan\n- Georgia\n\nTurkey has cleared land."
    )
    assert {state: status for state, (_, status, _) in found.items()} == {
        "ARM": "non-party", "AZE": "non-party", "GEO": "non-party"
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The Mine Ban Treaty\n\nParties to the talks: Chad, Niger",
        "The Mine Ban Treaty\n\nAbsent: Peru\nDonors: Japan, Norway",
        "The Mine Ban Treaty is in force.\n\nDeclaration of Lima\n\nSignatories: Chad, Niger",
        "Arms Trade Treaty\n\nSignatories: Chad, Angola",
        "Parties: Chad, Niger",
        "Convention on Cluster Munitions\n\n3 March 2011 – Chile – ratification debate",
        "Convention on Cluster Munitions\n\n3 March 2011 – Chile – statement",
        "The Mine Ban Treaty\n\nMembers\n\nPeru\n\nPeru cleared a field.",
    ],
)
def test_lists_of_other_things_are_none(text: str) -> None:
    """The label must be of a treaty of this field and of nothing else."""
    assert positions(text) == {}


@pytest.mark.parametrize(
    ("row", "state", "day"),
    [
        ("3 March 2011 – Chile – ratification", "CHL", "2011-03-03"),
        ("Accession; Palau; 19 April 2016", "PLW", "2016-04-19"),
        ("Chad | instrument of ratification | March 26, 2013", "TCD", "2013-03-26"),
    ],
)
def test_rows_of_state_act_and_day(row: str, state: str, day: str) -> None:
    """The three cells may come in any order."""
    assert positions(f"Convention on Cluster Munitions\n\n{row}\n") == {
        state: ("CCM", "party", day)
    }


def test_a_form_with_its_act_in_capitals() -> None:
    """The day of the form is that of its deposit; what it takes effect on is a withdrawal's."""
    form = (
        "CONVENTION ON CLUSTER MUNITIONS\n\nLITHUANIA: NOTIFICATION OF WITHDRAWAL\n\n"
        "The above action was effected on 6 September 2024. It shall take effect for Lithuania on 6 March 2025."
    )
    found = [p.fields for p in extract(form, published="2024-09-10").proposals]
    assert [(f["status"], f["date"]) for f in found] == [
        ("withdrawing", "2024-09-06"),
        ("withdrawing", "2025-03-06"),
    ]
    consent = (
        "Protocol II, as amended\n\nPANAMA: CONSENT TO BE BOUND\n\n"
        "Deposited with the depositary on 3 November 1999."
    )
    assert positions(consent) == {"PAN": ("CCW-AP2", "party", "1999-11-03")}
