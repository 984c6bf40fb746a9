"""Transfers told from the side that gets: bought, contracted, received in a package, rows and labels of lists."""

from __future__ import annotations

import pytest

from tests.evidence.told import transfers


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("In 2019 the Pentagon announced a contract for 800 CBU-87 bombs for Oman, worth $90 million.",
         ("USA", "OMN", 800, "CBU-87 bombs", 90_000_000, "announced")),
        ("The US Department of Defense concluded a $20 million contract in 2014 for the manufacture of 300 rockets for Oman.",
         ("USA", "OMN", 300, "rockets", 20_000_000, "announced")),
        ("France sold 900 rockets to Oman in 2009. Kuwait bought 40 of them for $3 million in 2010.",
         ("FRA", "KWT", 40, "rockets", 3_000_000, "delivered")),
        ("France sold 900 rockets to Oman in 2009. Qatar has received an unknown number.",
         ("FRA", "QAT", None, "rockets", None, "delivered")),
        ("Kuwait bought 200 M26 rockets for $30 million in 2011.",
         (None, "KWT", 200, "M26 rockets", 30_000_000, "delivered")),
        ("Latvia will buy anti-tank mines worth 12 million euros from a German company under a contract signed on Monday.",
         ("DEU", "LVA", None, "anti-tank mines", 12_000_000, "announced")),
        ("The US State Department approved a sale of missiles to Norway. The Government of Norway has asked to buy 40 AIM-120 missiles.",
         ("USA", "NOR", 40, "AIM-120 missiles", None, "proposed")),
        ("Sappers of Ukraine's emergency service found mines in Ukraine. The service also received three GCS-200 machines on Monday as part of an aid package from Japan.",
         ("JPN", "UKR", 3, "GCS-200 machines", None, "delivered")),
        ("Spain licensed the sale of mortar rounds to Libya, and four of the rounds were shipped there in May 2008.",
         ("ESP", "LBY", 4, "rounds", None, "delivered")),
        ("The first three mine layers ordered by Taiwan from the United States have been unloaded at Kaohsiung.",
         ("USA", "TWN", 3, "mine layers", None, "delivered")),
        ("Three robots and 20 suits paid for by Sweden were presented to Georgia's army today.",
         ("SWE", "GEO", 3, "robots", None, "delivered")),
        ("Germany gave Moldova a tank. Further equipment worth 9 million euros is to follow this year.",
         ("DEU", "MDA", None, None, 9_000_000, "announced")),
        ("Japan gave Laos two trucks in March. A second donation, of 40 detectors, is planned for May.",
         ("JPN", "LAO", 40, "detectors", None, "proposed")),
        ("Norway has given Ukraine 5,000 shells. A further 7,000 are on their way.",
         ("NOR", "UKR", 7000, "shells", None, "announced")),
        ("Norway delivered shells to Ukraine. The Claymore mines delivered in April remain in use.",
         ("NOR", "UKR", None, "Claymore mines", None, "delivered")),
        ("Finland and Latvia should not have acted. Military aid given by Norway to Ukraine comes to 90 million euros. Earlier it has sent missiles, nine howitzers and tents.",
         ("NOR", "UKR", None, "missiles", None, "delivered")),
        ("Norway will give Ukraine 5,000 shells. So are two mine ploughs.",
         ("NOR", "UKR", 2, "mine ploughs", None, "announced")),
        ("France has sent 18 howitzers to Ukraine. Denmark is donating all 19 it had on order.",
         ("DNK", "UKR", 19, "howitzers", None, "announced")),
        ("Ukraine will be provided with up to $200 million of arms from U.S. stocks.",
         ("USA", "UKR", None, None, 200_000_000, "announced")),
    ],
)  # fmt: skip
def test_what_is_bought_or_ordered_is_a_transfer(text: str, last: tuple[object, ...]) -> None:
    """Whoever gets things is read, and who gave them beside the goods or in what was told before."""
    assert transfers(text)[-1] == last


SHEET = "U.S. Department of State\n\nFact sheet: U.S. Security Cooperation with Jordan\n\n"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Jordan received $425 million in Foreign Military Financing (FMF) in 2021.",
         ("USA", "JOR", None, None, 425_000_000, "delivered")),
        ("The United States has $2.3 billion in active sales cases with Jordan.",
         ("USA", "JOR", None, None, 2_300_000_000, "authorised")),
        ("U.S.-funded partners in Jordan:\n\n- Cleared 3 million square meters;\n- Supplied the police with 60 mine detectors.",
         ("USA", "JOR", 60, "mine detectors", None, "delivered")),
    ],
)  # fmt: skip
def test_a_fact_sheet_tells_what_its_state_gave(text: str, last: tuple[object, ...]) -> None:
    """Sums for arms and rows of supplies are the author's."""
    assert transfers(f"{SHEET}{text}")[-1] == last


def test_a_label_says_how_far_the_goods_below_it_are() -> None:
    """«Delivered:» and «Under contract:» open lists under a title that names both states."""
    text = (
        "Norway's military support to Ukraine (as of 3 May 2024)\n\nDelivered:\n- 8 Leopard tanks\n"
        "- 30 vehicles, with spare parts\nUnder contract:\n- 10 mine flails\n"
    )
    assert [(t[0], t[1], t[3], t[5]) for t in transfers(text)] == [
        ("NOR", "UKR", "Leopard tanks", "delivered"),
        ("NOR", "UKR", "vehicles", "delivered"),
        ("NOR", "UKR", "mine flails", "announced"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Chad bought 40 goats for $4,000 in 2019.",
        "Peru has received an unknown number of complaints about mines.",
        "A contract for 40 deminers for Angola, worth $3 million, was signed.",
        "Neither Chile nor Peru has sent any missiles to Ukraine.",
        "Kuwait has not bought 200 rockets for $30 million.",
        'Mines lie in Croatia. "We promised it to our children," he said.',
        "By law the government exports cluster munitions to Oman only if they are safe.",
        "Police: 40 items. Delivered: nothing yet.",
    ],
)
def test_what_is_no_transfer_is_left(text: str) -> None:
    """Other goods, people, complaints, denials, promises of other things and conditions are none."""
    assert transfers(text) == []
