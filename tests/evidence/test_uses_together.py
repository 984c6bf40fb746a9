"""Uses of several at once, told again, blamed or counted: who joins whom, and whom a charge means. All made up."""

from __future__ import annotations

import pytest

from tests.evidence.told import records

MINE, AP, CLUSTER, IED = "mine (type not stated)", "AP mine", "cluster munition", "IED"
Uses = list[tuple[object, ...]]


def uses(text: str) -> Uses:
    """Party and class of the weapon of each use in a text of May 2024."""
    return sorted(
        records(text, "use_allegation", "party", "munition_class", published="2024-05-10")
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ELN and the Gulf Clan still plant antipersonnel mines around coca fields.", [("ELN", AP), ("Gulf Clan", AP)]),
        ("Mines are a scourge in Sudan, where the Rapid Support Forces and the SPLM-N sow them along the roads.",
         [("Rapid Support Forces", MINE), ("SPLM-N", MINE)]),
        ("Malian government forces and Wagner mercenaries have used cluster munitions in Mali.", [("MLI", CLUSTER), ("Wagner Group", CLUSTER)]),
        ("Landmines were laid by UNITA, the MPLA and South African troops during the war.", [("MPLA", MINE), ("UNITA", MINE), ("ZAF", MINE)]),
        ("Government forces in Libya and Chad used antipersonnel mines last year.", [("LBY", AP), ("TCD", AP)]),
        ("Six rebel groups, including Boko Haram in Nigeria and the Arakan Army, used mines.", [("Arakan Army", MINE), ("Boko Haram", MINE)]),
        ("Chad and Libya finished the mining of their common border in 2002.", [("LBY", MINE), ("TCD", MINE)]),
        ("The two sides in Libya go on laying mines.", [("LBY", MINE)]),
    ],
)  # fmt: skip
def test_all_who_stand_joined_used(text: str, expected: Uses) -> None:
    """Commas and «and» join users; those named among a group are the users."""
    assert uses(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Libyan forces laid antipersonnel mines along the border and dropped cluster bombs on Misrata in 2011.", [("LBY", AP), ("LBY", CLUSTER)]),
        ("Chadian planes dropped cluster bombs on Zouar on 3 May, then scattered antipersonnel mines on the road.", [("TCD", AP), ("TCD", CLUSTER)]),
        ("Islamic State made improvised mines in workshops in Mosul, and left them in houses.", [("Islamic State", IED)]),
        ("Russian troops have laid mines in Ukraine. They have used at least ten types of antipersonnel mine.", [("RUS", AP), ("RUS", MINE)]),
        ("Three governments laid antipersonnel mines. Two of them, Eritrea and Chad, have done so without a break.", [("ERI", AP), ("TCD", AP)]),
        ("In 2005 we counted mine use by nine governments. This year we found two. The two are Libya and Nepal.", [("LBY", MINE), ("NPL", MINE)]),
    ],
)  # fmt: skip
def test_a_second_verb_and_a_second_sentence_have_the_same_user(text: str, expected: Uses) -> None:
    """«And dropped», «they», «the two are» speak of those told of before."""
    assert uses(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A girl died when she stepped on a landmine near Tibú. The mayor's office blamed the 33rd Front of the ELN.", [("ELN", MINE)]),
        ("A mine blew up a bus near Gao. The army says it was the JNIM.", [("JNIM", MINE)]),
        ("A landmine killed two people in Bol. Boko Haram was blamed.", [("Boko Haram", MINE)]),
        ("A landmine killed two people in Bol. Nobody claimed it, but Boko Haram is suspected.", [("Boko Haram", MINE)]),
        ("There are credible allegations of mine use against Chad and Niger, which both have signed.", [("NER", MINE), ("TCD", MINE)]),
        ("Landmines kill. Chad, also a signatory, is accused by local reporters of having mined its border last autumn.", [("TCD", MINE)]),
        ("Fresh mines are being laid by militias on roads that were cleared last year.", [("militias", MINE)]),
        ("NATO dropped cluster bombs on the market at Nis.", [("NATO", CLUSTER)]),
        ("A Saudi-led coalition carried out ten cluster attacks in Yemen.", [("SAU", CLUSTER)]),
        ("Russian aircraft took part in cluster bomb attacks on Homs.", [("RUS", CLUSTER)]),
    ],
)  # fmt: skip
def test_whom_a_charge_means_used(text: str, expected: Uses) -> None:
    """Blame for a blast, an allegation against a state and a part in attacks tell a use."""
    assert uses(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The HALO Trust and UNITA cleared landmines in Angola.",
        "A landmine killed two in Bol. The mayor blamed the government for the lack of clearance.",
        "A landmine blast hurt two. The minister blamed Chad for the collapse of the talks.",
        "Allegations of corruption against Chad and Niger were raised at the meeting on landmines.",
        "The three are Libya, Chad and Nepal. Landmines are banned there.",
        "A landmine killed two in Bol. The army says it was the government that asked for help.",
        "Poland and Finland use mines in training, and keep detectors.",
    ],
)
def test_other_blame_and_other_lists_are_no_use(text: str) -> None:
    """Blame for other things, other charges and lists of other states tell of no use."""
    assert uses(text) == []
