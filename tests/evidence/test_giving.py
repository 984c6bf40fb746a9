"""Transfers read from their verb: who gives by walking back, what and to whom from what follows."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

Fields = dict[str, object]


def transfers(text: str) -> list[Fields]:
    """Fields of the transfers in a text of May 2024 on a state that gets things."""
    found = extract(f"Laos is heavily mined. {text}", published="2024-05-05").proposals
    return [dict(p.fields) for p in found if p.category == "transfer"]


@pytest.mark.parametrize(
    ("text", "supplier", "item", "status"),
    [
        ("Canada had begun sending Laos mine detectors in 2021.", "CAN", "mine detectors", "delivered"),
        ("Norway delivered to Laos 400 anti-tank mines.", "NOR", "anti-tank mines", "delivered"),
        ("Norway flew 40 tonnes of ammunition to Laos.", "NOR", "ammunition", "delivered"),
        ("It was Norway that gave Laos the detectors in 2020.", "NOR", "detectors", "delivered"),
        ("Oslo said it would send Laos 40 detectors.", "NOR", "detectors", "announced"),
        ("President Macron agreed to send Laos 40 howitzers.", "FRA", "howitzers", "authorised"),
        ("President Macron signed off on the transfer of 40 howitzers to Laos.", "FRA", "howitzers", "authorised"),
        ("Norway said it was considering the supply of DM632 shells.", "NOR", "DM632 shells", "proposed"),
        ("Norway approved, on its army's advice, the transfer of shells to Laos.", "NOR", "shells", "authorised"),
        ("The MAG charity will pass two more robots to Laos in August.", "MAG", "robots", "announced"),
        ("Norwegian forces handed over five robots to their Laotian counterparts.", "NOR", "robots", "delivered"),
        ("Laos accepted cluster bombs from the Norwegian government.", "NOR", "cluster bombs", "delivered"),
        ("Laos thanked Norway, which has provided it with 40 detectors.", "NOR", "detectors", "delivered"),
        ("A mine supplied to Laos in 2022 by Norway is hard to find.", "NOR", "mine", "delivered"),
        ("Norway's PX1, an anti-tank mine supplied to Laos in 2022, was found.", "NOR", "anti-tank mine", "delivered"),
        ("A consignment of Norwegian robots was handed over in Vientiane on Tuesday.", "NOR", "Norwegian robots", "delivered"),
        ("Twelve trucks bought with Norwegian money were handed over to Laos.", "NOR", "trucks", "delivered"),
        ("Shells from Norway reached Laotian troops last month.", "NOR", "Shells", "delivered"),
        ("A second batch of Norwegian howitzers arrived in Laos on 3 May.", "NOR", "Norwegian howitzers", "delivered"),
        ("Norwegian-supplied howitzers have reached the front in Laos.", "NOR", "howitzers", "delivered"),
        ("The consignment from Norway, 10 trucks, landed in Laos on Friday.", "NOR", "trucks", "delivered"),
        ("Six howitzers, a gift from Norway, are on their way to Laos.", "NOR", "howitzers", "announced"),
        ("A further 50 detectors will follow from Norway for Laos in June.", "NOR", "detectors", "announced"),
        ("Norway ended its ban and sent Laos cluster shells.", "NOR", "cluster shells", "delivered"),
        ("Norway lent Laos 500 shells, a newspaper said.", "NOR", "shells", "announced"),
        ("The mines, made in Norway, were sold to Laos in the 1980s.", "NOR", "mines", "delivered"),
    ],
)  # fmt: skip
def test_goods_are_read_from_the_verb_outwards(
    text: str, supplier: str, item: str, status: str
) -> None:
    """One record with its giver, goods and status, in active, passive and relative clauses."""
    [found] = transfers(text)
    assert (found["supplier"], found["recipient"], found["status"]) == (supplier, "LAO", status)
    assert [i["name"] for i in found["items"]] == [item]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "Norway refused to send Laos cluster munitions.",
        "Norway denied that it had sent mines to Laos.",
        "Laos called on Norway to supply 40 detectors.",
        "Whether Norway will send Laos mines is unclear.",
        "Norway handed over maps of minefields to Laos.",
        "Norway sent a letter to Laos about landmines.",
        "Norway gave Laos training in mine clearance.",
        "Norway gave Laos permission to use the missiles.",
        "Norwegian rockets delivered mines over Laos in 1970.",
        "Medics gave first aid until the ambulance arrived.",
        "Norwegian documents give a failure rate for shells of 6 percent.",
        "Norway dropped its own limits on supplying the weapon to Laos.",
        "Norway will be in a position to provide Laos with artillery.",
        "Norway will provide more support to help Laos mitigate the impact of mines.",
        "Norway has provided $2 billion in aid to over 100 countries for weapons destruction.",
        "Norway handed over the chair of the mine convention to Laos.",
        "Norway sent troops to Laos to clear mines.",
        "Norway has provided mine clearance training to Laos since 2010.",
        "A missile from Norway landed in Laos.",
        "The Pathet Lao gave Laos a week to clear the mines.",
        "Police in Norway received a report of a grenade.",
        "Deminers handed over 40 hectares of cleared land to the people of Laos.",
    ],
)
def test_what_is_not_handed_over_is_no_transfer(text: str) -> None:
    """Denials, calls, papers, services, ways of firing and cleared land give no record."""
    assert transfers(text) == []


def test_those_told_of_before_are_the_goods_of_a_pronoun() -> None:
    """«6,000 of them» are the mines of the sentence before, in the number given now."""
    [found] = transfers("The box mines came from Norway, which sold 6,000 of them to Laos in 1988.")
    assert (found["supplier"], found["recipient"], found["date"]) == ("NOR", "LAO", "1988")
    [item] = found["items"]  # type: ignore[misc]
    assert item["quantity"] == 6000


def test_a_package_and_what_it_holds() -> None:
    """A numbered package by its worth, and the list that a pronoun ties to it."""
    first, second = transfers(
        "Norway announced aid. This is its 42nd drawdown of equipment for Laos and it is valued at "
        "$8 million. The equipment, to be drawn from stocks, would include drones and mines."
    )
    assert (first["supplier"], first["recipient"], first["value"]) == ("NOR", "LAO", 8000000)
    assert [i["name"] for i in second["items"]] == ["drones", "mines"]  # type: ignore[attr-defined]


def test_headings_open_lists_and_part_them() -> None:
    """A heading in bold opens a list; a smaller one inside leaves its entries in the list."""
    text = (
        "U.S. Security Cooperation with Laos\n\nTo date, we have provided aid since China launched "
        "its invasion of Laos.\n\n**U.S. security assistance committed to Laos since 2022 includes:**"
        "\n\n*Fires*\n\n-   More than 40 HIMARS;\n-   31 Abrams tanks;\n\n*Other*\n\n-   Mine clearing equipment.\n"
    )
    found = [
        p.fields
        for p in extract(text, published="2024-05-05").proposals
        if p.category == "transfer"
    ]
    assert [(f["supplier"], f["recipient"]) for f in found] == [("USA", "LAO")] * 3


@pytest.mark.parametrize(
    "text",
    [
        "Asked about reports that Washington would again ship mines to Laos, she said she had seen none.",
    ],
)
def test_what_a_question_is_about_is_no_transfer(text: str) -> None:
    """That someone was asked about a shipment does not tell of one."""
    assert transfers(text) == []
