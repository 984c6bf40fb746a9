"""Who used what, and where: both sides, in passing, nobody named, lists of lands."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

Fields = dict[str, object]


def uses(text: str) -> list[Fields]:
    """Fields of the allegations of use in a text of May 2024."""
    found = extract(text, published="2024-05-05").proposals
    return [dict(p.fields) for p in found if p.category == "use_allegation"]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Both sides have used cluster bombs around Tigray.", ["Both sides"]),
        ("Fields in Chad hold landmines laid by both sides in the war.", ["both sides"]),
        (
            "In the war of Iran and Iraq both countries laid mines along the front.",
            ["IRN", "IRQ"],
        ),
        (
            "Mines were laid by Ethiopian, Eritrean and Tigrayan forces near the town.",
            ["ETH", "ERI", "Tigrayan forces"],
        ),
        ("In Myanmar the regime on 12 March planted landmines at a bridge.", ["MMR"]),
        ("Villagers in Myanmar fled. Junta troops laid mines there.", ["MMR"]),
        ("In Myanmar junta soldiers planted landmines near villages.", ["MMR"]),
        ("Villagers accused army forces of planting mines near Sedda.", ["army forces"]),
        ("The Taliban appear to be systematically laying mines.", ["Taliban"]),
        ("Cluster bombs were first used in the war by German and Italian forces.", ["DEU", "ITA"]),
        ("Repeated Russian cluster bomb attacks killed civilians.", ["RUS"]),
        ("Researchers saw Russian use of cluster bombs in four towns.", ["RUS"]),
        ("The report lists new use of mines by government forces in Myanmar.", ["MMR"]),
        (
            "Mine-laying is rare, with use only by the government forces of Myanmar and Syria.",
            ["MMR", "SYR"],
        ),
        ("Researchers documented use of cluster bombs by both Russia and Ukraine.", ["RUS", "UKR"]),
        (
            "Government troops and UNITA rebels planted landmines in Huambo.",
            ["Government troops", "UNITA"],
        ),
        (
            "Landmines are still being used by the Houthis and by armed groups in Yemen.",
            ["Houthis", "armed groups"],
        ),
        (
            "Use of mines by government forces was reported in three countries: Myanmar, Russia and Syria.",
            ["MMR", "RUS", "SYR"],
        ),
    ],
)  # fmt: skip
def test_everyone_who_used_is_a_party(text: str, parties: list[str]) -> None:
    """Lists, pairs and «both» give one record for each that used."""
    assert [u["party"] for u in uses(text)] == parties


@pytest.mark.parametrize(
    "text",
    [
        "The mines planted by the Taliban years ago still kill shepherds in Helmand.",
        "Soldiers backed by the Taliban buried mines near the road.",
        "Taliban-laid mines keep farmers in Helmand from their fields.",
        "The Taliban last used antipersonnel mines in 2021.",
        "The Taliban seem to have laid mines around the base.",
        "The Taliban, with help from smugglers, left booby traps in the houses.",
        "The Taliban obtained anti-tank mines and have since used them in Helmand.",
        "The Taliban have been accused by villagers of planting mines in Helmand.",
    ],
)
def test_uses_told_in_passing_are_read(text: str) -> None:
    """A use told beside another fact is read once, with the one who used."""
    [use] = uses(text)
    assert use["party"] in ("Taliban", "Soldiers")


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Cluster munitions were used in Yemen in 2016.", "YEM"),
        ("The report lists cases of use of cluster munitions in Sudan.", "SDN"),
        ("Cluster bombs have been dropped in four raids on villages in Darfur.", "SDN"),
    ],
)
def test_a_use_without_a_user_names_no_party(text: str, iso3: str) -> None:
    """What was used in a land is a record even where nobody says by whom."""
    [use] = uses(text)
    assert (use["party"], use["iso3"]) == (None, iso3)


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Armed groups laid mines in Mali, Niger and Burkina Faso.", "MLI;NER;BFA"),
        ("Armed groups in Mali and Niger laid mines last year.", "MLI;NER"),
        (
            "Armed groups laid mines, including in States Parties Mali and Chad; and states not party India and Nepal.",
            "MLI;TCD;IND;NPL",
        ),
        ("Israel claimed that Iran fired a missile with cluster bomblets.", "ISR"),
        ("Armed groups laid mines in two countries: Mali and Niger.", "MLI;NER"),
        ("Israel denied using cluster munitions in Gaza.", "PSE"),
        ("Russian drones scattered PFM-1 mines over villages near Kherson.", "UKR"),
        ("Iran fired a missile with cluster bomblets at Israel.", "ISR"),
        ("Troops laid mines on Thai soil, citing a plan that Cambodia denied in 2019.", "THA"),
        ("Turkey mined its border with Syria.", "TUR"),
        ("Thailand accused Cambodia of laying mines along the border.", "THA"),
        ("Cluster bombs that American aircraft dropped still kill in Laos.", "LAO"),
    ],
)
def test_the_land_is_where_it_was_used(text: str, iso3: str) -> None:
    """The state of a use is the ground it was used on, and every state of a list."""
    assert uses(text)[0]["iso3"] == iso3


@pytest.mark.parametrize(
    "text",
    [
        "HALO used explosives to destroy the mines.",
        "The soldiers used explosives to blow up the bombs.",
        "Deminers found mines that were laid in the village.",
        "The Red Cross uses trucks to carry mine victims.",
        "Researchers found no evidence of use of cluster munitions by Armenia.",
        "Poland plans to lay mines along its border.",
        "Ukraine sent a report on the use of cluster munitions provided by the United States.",
    ],
)
def test_clearance_and_plans_are_no_use(text: str) -> None:
    """Explosives of deminers, what was merely found, and plans propose nothing."""
    assert uses(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Cambodia has denied the allegation that it planted landmines.",
        "Cambodia rejected accusations of laying new mines.",
        "Cambodia claimed it had not laid new mines.",
        "The Foreign Ministry of Cambodia denied that new mines had been laid.",
        "Cambodian officials deny having laid mines near the temple.",
    ],
)
def test_a_denial_keeps_its_status(text: str) -> None:
    """Who denies a use is the party and the status says so."""
    [use] = uses(text)
    assert (use["party"], use["status"]) == ("KHM", "denied")


def test_what_nobody_confirmed_is_alleged() -> None:
    """«Which has not been confirmed» confirms nothing."""
    text = "Users say the army is laying mines near Sedda, which has not been confirmed."
    assert [u["status"] for u in uses(text)] == ["alleged"]


def test_who_accuses_is_no_party() -> None:
    """«Accused by X» makes X the accuser."""
    text = "Azerbaijan was accused by Armenia of using cluster munitions in Stepanakert."
    assert [u["party"] for u in uses(text)] == ["AZE"]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("On 3 May Chadian forces struck a clinic in Kirra with cluster munitions.", ["TCD"]),
        ("On 4 May Chadian forces struck an aid centre in Kirra with cluster munitions.", ["TCD"]),
        ("Chadian jets bombed three villages using cluster bombs.", ["TCD"]),
        ("Twelve villages that Chadian guns hit with cluster bombs are closed.", ["TCD"]),
        ("A boy was wounded by Chadian cluster munitions.", ["TCD"]),
        ("Chadian cluster bombs had killed two farmers.", ["TCD"]),
        ("Chadian soldiers fell. The army blamed Boko Haram for the minefield.", ["Boko Haram"]),
        ("Police held Boko Haram responsible for the landmine.", ["Boko Haram"]),
        ("It accused Chad of having set the mines adrift.", ["TCD"]),
        ("Mines were found. Chad has denied that its forces used any.", ["TCD"]),
        ("Chad used cluster bombs that year, as did Sudan.", ["TCD", "SDN"]),
        ("Cluster bombs fell. Chad is using a banned weapon.", ["TCD"]),
        ("The town came under fire from Chad, including shelling with cluster bombs.", ["TCD"]),
        ("The Chadians fired cluster bombs.", ["TCD"]),
        ("The inquiry found Chad to have used cluster bombs.", ["TCD"]),
        ("Many live with mines (old), grenades and bombs linked to Boko Haram.", ["Boko Haram"]),
        ("Chad put mines on some stretches of its border with Niger.", ["TCD"]),
        ("Boko Haram's mine-laying is spreading.", ["Boko Haram"]),
        ("They condemned it, having seen cluster bombs used in Sudan.", [None]),
        ("Chadian troops now use cluster bombs.", ["TCD"]),
        ("Clearing mined areas is our duty.", []),
        ("They said the North set the mines afloat.", []),
        ("Chad was blamed. He blamed Chad for the lack of mine clearance.", []),
        ("Chad puts mines in storage near the coast.", []),
        ("Chadian police hit the road with mine detectors.", []),
        ("Chad attacked the policy together with mine survivors there.", []),
        ("Chad hits its goal of clearing villages with landmines.", []),
        ("Chad put landmines on the list of banned weapons.", []),
        ("Mines linked to Chad's war kill.", []),
        ("Niger saw cluster bombs used in training in Mali.", []),
    ],
)
def test_a_use_is_read_when_it_is_struck_blamed_linked_or_done_too(text, parties):
    """Striking with, being blamed for, linked to, «as did»: each is a use, praise and storage none."""
    assert [u["party"] for u in uses(text)] == parties
