"""Transfers in passing: no named recipient, elliptic clauses, agreements, batches, local bodies, units of money."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

LEAD = "Sappers cleared fields in Chad this week, the Chadian ministry said.\n\n"
Fields = dict[str, object]


def transfers(text: str) -> list[Fields]:
    """Fields of the transfers in a text of May 2024 on Chad."""
    found = extract(LEAD + text, published="2024-05-15").proposals
    return [dict(p.fields) for p in found if p.category == "transfer"]


@pytest.mark.parametrize(
    ("text", "supplier", "quantities", "status"),
    [
        ("Turkey delivered six mechanical flails last week, his office said.", "TUR", [6], "delivered"),
        ("The centre opens in May, and Turkey delivered six flails last week.", "TUR", [6], "delivered"),
        ("Germany will hand over two flail machines in June.", "DEU", [2], "announced"),
        ("Spain handed over four machines and 50 detectors to the Emergency Service.", "ESP", [4, 50], "delivered"),
        ("Denmark gave the pyrotechnic units 40 detectors.", "DNK", [40], "delivered"),
        ("The pyrotechnic units were given 40 detectors by Denmark.", "DNK", [40], "delivered"),
        ("A GCS-200 machine supplied by Switzerland was put to work on May 7.", "CHE", [None], "delivered"),
        ("Deminers work with 12 machines bought with Swiss money.", "CHE", [12], "delivered"),
        ("A consignment of 500 protective suits from Italy reached them on 3 May.", "ITA", [500], "delivered"),
        ("Lithuania delivered 100 detectors to sappers in the north.", "LTU", [100], "delivered"),
    ],
)  # fmt: skip
def test_goods_without_a_named_state_go_to_that_of_the_story(
    text: str, supplier: str, quantities: list[int | None], status: str
) -> None:
    """Services, units and nobody at all stand for the state that the text is about."""
    [found] = transfers(text)
    assert (found["supplier"], found["recipient"], found["status"]) == (supplier, "TCD", status)
    assert [item["quantity"] for item in found["items"]] == quantities  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "supplier", "value", "currency"),
    [
        ("Denmark has promised 25 million kroner for it.", "DNK", 25e6, "DKK"),
        ("Norway has pledged 30 million kroner to the effort.", "NOR", 30e6, "NOK"),
        ("Japan and Chad signed an exchange of notes on grant aid of 800 million yen for demining equipment.", "JPN", 8e8, "JPY"),
        ("Luxembourg has handed over equipment worth 2 million euros.", "LUX", 2e6, "EUR"),
        ("Equipment worth 2 million euros was handed over by Luxembourg.", "LUX", 2e6, "EUR"),
        ("Finland's 28th package, worth 200 million euros, was announced on Monday.", "FIN", 2e8, "EUR"),
        ("South Korea has pledged a further $10 million to the Safe Fields programme.", "KOR", 1e7, "USD"),
    ],
)  # fmt: skip
def test_sums_are_read_from_pledges_and_agreements(
    text: str, supplier: str, value: float, currency: str
) -> None:
    """A sum for «it», a project or goods is a transfer, in the money of the state that gives."""
    [found] = transfers(text)
    assert (found["supplier"], found["recipient"]) == (supplier, "TCD")
    assert (found["value"], found["currency"]) == (value, currency)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sweden has sent 20 tanks and promised another ten.", [("SWE", 20), ("SWE", 10)]),
        ("Poland donated 14 tanks in 2023 and will send 20 more next year.", [("POL", 14), ("POL", 20)]),
        ("Spain handed over four machines to the army. Eight more machines are to arrive by June.", [("ESP", 4), ("ESP", 8)]),
        ("Spain has promised 50 detectors. The first batch arrived on Monday.", [("ESP", 50), ("ESP", None)]),
        ("Chad received eight trucks from Germany and 20 robots from Canada.", [("DEU", 8), ("CAN", 20)]),
        ("Spain delivered four machines. The machines arrived on Monday.", [("ESP", 4)]),
    ],
)  # fmt: skip
def test_what_a_clause_leaves_out_is_what_the_one_before_told(
    text: str, told: list[tuple[str, int | None]]
) -> None:
    """«Ten more» and «the first batch» are of the goods before, given by who gave those."""
    found = [(f["supplier"], i["quantity"]) for f in transfers(text) for i in f["items"]]  # type: ignore[attr-defined]
    assert found == told


def test_each_giver_of_a_gapped_clause_has_its_own_sum() -> None:
    """«Sweden put up …, and Germany 3 million euros» are two."""
    text = "Sweden put up 40 million kronor for the new centre, and Germany 3 million euros."
    assert [(f["supplier"], f["currency"]) for f in transfers(text)] == [
        ("SWE", "SEK"),
        ("DEU", "EUR"),
    ]


def test_an_authority_signs_for_its_state() -> None:
    """An agreement of a state with a national authority is with its state; a charity signs for itself."""
    said = "On 3 May Japan and {} signed a grant agreement of 2 million dollars."
    [centre] = transfers(said.format("the Cambodian Mine Action Centre"))
    [charity] = transfers(said.format("the Mines Advisory Group"))
    assert (centre["recipient"], charity["recipient"]) == ("KHM", "Mines Advisory Group")


@pytest.mark.parametrize(
    "text",
    [
        "Greece refused to send its missile systems.",
        "Sweden has not sent any mines.",
        "Moldova would like to receive mine detectors.",
        "The ministry handed over 1,905 ha of farmland to 14 companies.",
        "Residents handed over three grenades to the police.",
        "The first batch of returnees arrived on Monday.",
        "Eight more people are to arrive by June.",
    ],
)
def test_refusals_wishes_and_land_are_no_transfer(text: str) -> None:
    """What was not given, is land, or are people, proposes nothing."""
    assert transfers(text) == []
