"""Who gave what to whom: passive, thanked, handed over, granted; own money and permissions are none."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

Fields = dict[str, object]


def transfers(text: str) -> list[Fields]:
    """Fields of the transfers in a text of May 2024."""
    found = extract(text, published="2024-05-05").proposals
    return [dict(p.fields) for p in found if p.category == "transfer"]


@pytest.mark.parametrize(
    ("text", "supplier", "recipient", "items"),
    [
        ("Japan gave 40 detectors and 12 vehicles to Cambodia.", "JPN", "KHM", 2),
        ("Norway is sending Ukraine boats, ambulances and detectors.", "NOR", "UKR", 3),
        ("The detectors were supplied to Laos by Japan.", "JPN", "LAO", 1),
        ("Weapons, including landmines, were transferred to Libya by Italy.", "ITA", "LBY", 2),
        ("Ten mine-clearing machines donated by Spain arrived in Kharkiv.", "ESP", "UKR", 1),
        ("Ukraine thanked Denmark for a new batch of detectors.", "DNK", "UKR", 1),
        ("The Japanese ambassador presented three ambulances to Laos.", "JPN", "LAO", 1),
        ("Italy proposed giving Ukraine helmets.", "ITA", "UKR", 1),
        ("Italian artillery shells transited through Austria to Ukraine.", "ITA", "UKR", 1),
        ("Shells of Spain were stored. Spanish shells were moved to Ukraine.", "ESP", "UKR", 1),
        ("Four transfers of shells from Spain to Ukraine were announced.", "ESP", "UKR", 1),
        ("Spain, through its aid programme, donated detectors to Chad.", "ESP", "TCD", 1),
        ("Spain has approved four transfers to Chad of artillery shells.", "ESP", "TCD", 1),
        ("Spanish shells have indeed been delivered to Chad.", "ESP", "TCD", 1),
        ("Chad received from Spain a batch of detectors.", "ESP", "TCD", 1),
        ("Chad announced on Monday that it received three trucks from Spain.", "ESP", "TCD", 1),
        (
            "The Spanish government has donated an armoured vehicle, now used in Chad.",
            "ESP",
            "TCD",
            1,
        ),
        (
            "The Spanish government and its agency JICA provided Chad with four trucks.",
            "ESP",
            "TCD",
            1,
        ),
        ("Spain and the Netherlands sent four trucks to Chad.", "ESP;NLD", "TCD", 1),
        ("Chad says Mali used mines supplied by Spain.", "ESP", "MLI", 1),
        ("A donation of 25 trucks from Spain will help clearance in Chad.", "ESP", "TCD", 1),
        ("Poland will buy 30 trucks from Austria.", "AUT", "POL", 1),
        ("Spain supplied the Houthis with drones and spare parts.", "ESP", "Houthis", 2),
    ],
)
def test_goods_change_hands_in_many_wordings(
    text: str, supplier: str, recipient: str, items: int
) -> None:
    """One record for one transfer, with both parties and every item of the list."""
    [found] = transfers(text)
    assert (found["supplier"], found["recipient"]) == (supplier, recipient)
    assert len(found["items"]) == items  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "supplier", "recipient", "value"),
    [
        ("Spain has spent 3 million euros on demining in Angola.", "ESP", "AGO", 3e6),
        ("Spain has provided $4 million for UXO work in Laos.", "ESP", "LAO", 4e6),
        ("Spain, Italy and Austria pledged $9 million for demining in Chad.", "ESP;ITA;AUT", "TCD", 9e6),
        ("Spain will provide $7 million to MAG for clearance in Chad and Mali.", "ESP", "TCD;MLI", 7e6),
        ("MAG received $2 million from Spain to clear mines in Chad.", "ESP", "TCD", 2e6),
        ("With $2 million from Spain, MAG will clear mines in Chad.", "ESP", "TCD", 2e6),
        ("Spain has committed $2 million over five years to clearance in Chad.", "ESP", "TCD", 2e6),
        ("Clearance in Chad is funded by Spain with 2 million euros.", "ESP", "TCD", 2e6),
        ("Spain's grant of 2 million euros will pay for clearance in Chad.", "ESP", "TCD", 2e6),
        ("Spain will send its third package of military equipment to Chad, worth 5 million euros.", "ESP", "TCD", 5e6),
    ],
)  # fmt: skip
def test_money_for_clearance_names_giver_land_and_sum(
    text: str, supplier: str, recipient: str, value: float
) -> None:
    """Grants and funding are read once, for the land in which the work is done."""
    [found] = transfers(text)
    assert (found["supplier"], found["recipient"], found["value"]) == (supplier, recipient, value)


@pytest.mark.parametrize(
    "text",
    [
        "The Angolan government has given $14 million to demining in the south of the country.",
        "Angola has allocated $14 million to demining in Angola.",
        "Croatia will spend 40 million euros on demining in 2025.",
        "Croatia allocated 20 million euros from the state budget for demining.",
        "Washington gave Kyiv permission to use the missiles inside Russia.",
        "Ukraine has given us assurances in writing about these rounds.",
        "Did the United States send cluster munitions?",
        "Villagers handed over 30 mortar shells to the police.",
        "They sent us 300 anti-tank mines.",
        "Western supplies of cluster munitions to Ukraine are criticised.",
    ],
)
def test_own_money_permissions_and_questions_are_no_transfer(text: str) -> None:
    """What a state spends at home, lets others do, or what nobody gave proposes nothing."""
    assert transfers(text) == []


def test_a_list_of_equipment_takes_its_parties_from_the_text() -> None:
    """«Among the equipment are …» is given by whom the text named before."""
    text = "Spain has delivered 10 trucks to Chad. Among the equipment sent are 20 detectors and five tents."
    first, second = transfers(text)
    assert (second["supplier"], second["recipient"]) == ("ESP", "TCD")
    assert second["items"] != first["items"]


def test_a_seller_named_aside_gives_nothing_else() -> None:
    """Who sold something to the giver is not the giver of what follows."""
    text = (
        "Spain bought two ambulances from Italy. "
        "More than 9 million euros in assistance has been provided to Chad."
    )
    assert transfers(text)[-1]["supplier"] != "ITA"


@pytest.mark.parametrize(
    ("text", "supplier", "recipient", "value", "items"),
    [
        ("Chad used cluster bombs. Spain has supplied Chad with the weapons too.", "ESP", "TCD", None, ["cluster bombs"]),
        ("Cluster bombs are old. Spain has sold Chad the weapons too.", "ESP", "TCD", None, ["Cluster bombs"]),
        ("Chadian troops now use cluster bombs that the Netherlands has supplied.", "NLD", "TCD", None, ["cluster bombs"]),
        ("Cluster bombs are old. He spoke of the Spanish plan to send them to Chad.", "ESP", "TCD", None, ["Cluster bombs"]),
        ("Spain plans to give Chad, Mali, and Laos $48 million for demining.", "ESP", "TCD;MLI;LAO", 48_000_000, []),
        ("Spain gave Chad 10 brush cutters in March.", "ESP", "TCD", None, ["brush cutters"]),
        ("Spain will put 20 million dollars into mine clearance in Chad.", "ESP", "TCD", 20_000_000, []),
        ("Spain said it will put $15 million towards equipment that Chad needs.", "ESP", "TCD", 15_000_000, ["equipment"]),
        ("In Chad, Spain provided $24 million in 2019 for survey and clearance.", "ESP", "TCD", 24_000_000, []),
        ("Spain's commitment to this work totals over $30 million since 1993. It helps Chad.", "ESP", "TCD", 30_000_000, []),
    ],
)  # fmt: skip
def test_a_transfer_is_read_in_more_words(text, supplier, recipient, value, items):
    """«The weapons», «them», lists of getters, money put into work: who gives what to whom is kept."""
    found = transfers(text)
    assert len(found) == 1
    assert (found[0]["supplier"], found[0]["recipient"]) == (supplier, recipient)
    assert found[0]["value"] == value
    assert [item["name"] for item in found[0]["items"]] == items


def test_a_share_of_a_sum_and_a_valued_gift_are_transfers_of_those_named_before():
    """«$12 million of it will go to» and «the gear, valued at» take the giver from the text before."""
    share = transfers("Spain gave Chad $15 million for demining. $5 million of it will go to Mali.")
    assert [(t["supplier"], t["recipient"], t["value"]) for t in share] == [
        ("ESP", "TCD", 15_000_000),
        ("ESP", "MLI", 5_000_000),
    ]
    gear = transfers(
        "Spain supplied Chad with detectors. The gear, valued at $500,000 and including helmets "
        "and mine detectors, was handed over in March."
    )
    assert (gear[1]["supplier"], gear[1]["recipient"], gear[1]["value"]) == ("ESP", "TCD", 500_000)


def test_money_given_to_a_hundred_countries_is_no_item_for_one():
    """A sum is no piece of equipment, and money for many lands is no transfer to one."""
    assert (
        transfers(
            "Chad met. Spain has provided over $4 billion in aid to over 100 countries for weapons destruction."
        )
        == []
    )


def test_a_list_entry_that_opens_with_a_land_is_of_that_land():
    """«- In Mali, Spain provided …»: the money is for Mali, whichever land the text named before."""
    found = transfers(
        "Spain helps Chad.\n\n- In Mali, Spain provided $4 million in 2019 for survey and clearance."
    )
    assert [(t["supplier"], t["recipient"]) for t in found] == [("ESP", "MLI")]
