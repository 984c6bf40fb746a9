"""Transfers whose goods, giver or sum stand in what was said before them."""

from __future__ import annotations

import pytest

from tests.evidence.told import transfers

SHOWN = "The Dutch government has published a list of military support for Ukraine. "
BIG = "The United States announced a $300 million package for Ukraine. "


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Norway sent Ukraine 12 trucks in March. The remaining eight will follow by the end of June.",
         ("NOR", "UKR", 8, "trucks", None, "announced")),
        ("South Korea has given Cambodia 400 mine detectors. The other 200 are due in September.",
         ("KOR", "KHM", 200, "mine detectors", None, "announced")),
        ("Sweden has delivered 6 howitzers to Ukraine, two of which had arrived by Monday.",
         ("SWE", "UKR", 2, "howitzers", None, "delivered")),
        ("The Pentagon today announced a new drawdown of weapons for Taiwan. It is valued at $345 million.",
         ("USA", "TWN", None, None, 345_000_000, "announced")),
        ("Last month Canada announced military assistance for Peru. Its value is put at 20 million euros.",
         ("CAN", "PER", None, None, 20_000_000, "announced")),
        (f"{BIG}Another 500 mines were included in a $1 billion package on May 2.",
         ("USA", "UKR", 500, "mines", 1_000_000_000, "announced")),
        ("Japan gave Laos trucks. The excavators are part of a grant of $30 million that Japan approved in 2023.",
         ("JPN", "LAO", None, "excavators", 30_000_000, "announced")),
        (f"{SHOWN}The list shows 40 Leopard tanks as delivered.",
         ("NLD", "UKR", 40, "Leopard tanks", None, "delivered")),
        (f"{SHOWN}Besides 20 Patriot missiles, it names 900 anti-tank mines as promised.",
         ("NLD", "UKR", 900, "anti-tank mines", None, "announced")),
        (f"{BIG}You will find artillery rounds in the package too.",
         ("USA", "UKR", None, "artillery rounds", None, "announced")),
        ("In 2021 Switzerland gave 40 mine detectors to Bosnia and, through the ITF, 12 vehicles to Croatia.",
         ("CHE", "HRV", 12, "vehicles", None, "delivered")),
        ("Ireland sent 20 metal detectors to Iraq last year and two ambulances to Lebanon.",
         ("IRL", "LBN", 2, "ambulances", None, "delivered")),
    ],
)  # fmt: skip
def test_what_a_clause_leaves_out_stands_before_it(text: str, last: tuple[object, ...]) -> None:
    """The last transfer takes goods, parties or sum from the clause or the package before it."""
    assert transfers(text)[-1] == last


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Canada supports clearance in Laos, to which it has given $12 million since 2016.",
         ("CAN", "LAO", None, None, 12_000_000, "delivered")),
        ("Since 2022 Britain has pledged to Ukraine, besides training, 14 Challenger tanks.",
         ("GBR", "UKR", 14, "Challenger tanks", None, "announced")),
        ("The representative of Germany said that the mines it had supplied to Ukraine were safe.",
         ("DEU", "UKR", None, "mines", None, "delivered")),
        ("The artillery rounds Seoul sold to Poland in 2022 were paid for at once.",
         ("KOR", "POL", None, "artillery rounds", None, "delivered")),
        ("MARIA ROSSI (Italy) said her Government had set aside €4 million in 2023 for mine clearance in Iraq.",
         ("ITA", "IRQ", None, None, 4_000_000, "announced")),
        ("JUAN DIAZ (Spain) said that his country would send 10 mine detectors to Ukraine.",
         ("ESP", "UKR", 10, "mine detectors", None, "announced")),
        ("Latvia buys more. A first lot of 6,000 anti-tank mines ordered from a Finnish company is due in 2027.",
         ("FIN", "LVA", 6_000, "anti-tank mines", None, "announced")),
        ("Chad and Mali met. Chad, Mali. Norway has delivered 5 of the 9 trucks that Peru ordered from it.",
         ("NOR", "PER", 5, "9 trucks", None, "delivered")),
        ("Three flail vehicles bought with funds from Norway are expected in Ukraine in July.",
         ("NOR", "UKR", 3, "flail vehicles", None, "announced")),
        ("Norway gave Ukraine 40 detectors and would send six Leopard tanks to Moldova next.",
         ("NOR", "MDA", 6, "Leopard tanks", None, "announced")),
    ],
)  # fmt: skip
def test_givers_and_getters_in_clauses_about_others(text: str, last: tuple[object, ...]) -> None:
    """«To which», «the mines it had supplied», «her Government», «ordered from» lead to their parties."""
    assert transfers(text)[-1] == last


@pytest.mark.parametrize(
    "more",
    [
        "The rest of the money went to hospitals.",
        "The rest were destroyed by Russian drones.",
        "The others came under fire.",
        "Another 40 soldiers arrived on Monday.",
        "It is worth $300 a month to each soldier.",
        "The list shows 40 villages as cleared.",
        "It has trained 300 soldiers and has 40 detectors.",
        "Three machines bought from Croatia broke down in June.",
        "Armenia hands over minefield maps as Azerbaijan frees 15 captives.",
    ],
)
def test_what_is_no_more_of_the_goods(more: str) -> None:
    """Money, people, losses and maps after a transfer are no second one."""
    assert len(transfers(f"France gave Ukraine 20 howitzers. {more}")) == 1
