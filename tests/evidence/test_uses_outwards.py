"""Uses read outwards from the verb: user, weapon and denial stand anywhere around it. All made up."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract
from tests.evidence.told import records


def uses(text):
    """Party, class of the weapon and status of each use in a text of September 2025."""
    return sorted(
        records(text, "use_allegation", "party", "munition_class", "status", published="2025-09-20")
    )


MINE, CLUSTER = "mine (type not stated)", "cluster munition"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mines, which Argentine soldiers buried on the islands in 1982, have been lifted.", [("ARG", MINE, "alleged")]),
        ("Thailand complained of mines that three captains say Cambodian troops have been planting near a temple.", [("KHM", MINE, "alleged")]),
        ("It was the Houthis, he said, who mined the port of Hodeidah.", [("Houthis", MINE, "alleged")]),
        ("Colombian prosecutors charged two ELN commanders with laying mines near a school.", [("ELN", MINE, "alleged")]),
        ("Yemen's Houthi movement has admitted to having laid naval mines off Mocha.", [("Houthis", "naval mine", "confirmed")]),
        ("In 2024 just one state, that of Iran, is known to have used antipersonnel mines.", [("IRN", "AP mine", "alleged")]),
        ("The report lists Iran, together with Iraq and Sudan, among five countries whose army troops laid mines.", [("IRN", MINE, "alleged"), ("IRQ", MINE, "alleged"), ("SDN", MINE, "alleged")]),
        ("Landmines were planted by unknown men.", [("unknown men", MINE, "alleged")]),
        ("Ukrainian troops had seen Russians scatter POM-3 mines near Izium.", [("RUS", "AP mine", "alleged")]),
        ("A landmine stood there. Thailand accused Cambodia of having laid the device in August.", [("KHM", MINE, "alleged")]),
        ("The army has denied laying mines, saying the PKK was responsible for them.", [("Kurdistan Workers' Party", MINE, "alleged"), ("army", MINE, "denied")]),
        ("Landmines are everywhere. An Iranian colonel said the army had mined the pass in 1987.", [("IRN", MINE, "alleged")]),
        ("Iran and Iraq fought over mines there. Both armies had mined the shore.", [("IRN", MINE, "alleged"), ("IRQ", MINE, "alleged")]),
    ],
)  # fmt: skip
def test_who_used_is_found_from_the_verb(text, expected):
    """Relative clauses, clefts, charges, admissions, lists and a speaker's own army name the user."""
    assert uses(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Azerbaijan fired cluster munitions at one town; so did Armenia at another.", ["ARM", "AZE"]),
        ("Pakistan's army put mines along the road, he said, and India had done the same.", ["IND", "PAK"]),
        ("Sudan's army made 20 cluster bomb attacks. Ethiopia was responsible for six attacks.", ["ETH", "SDN"]),
        ("Landmines killed two farmers. Bangkok blamed Cambodian troops.", ["KHM"]),
        ("Iranian troops laid mines near Basra. These people keep planting mines, Lind said.", ["IRN"]),
        ("Pakistan laid two million mines that winter and India laid as many.", ["IND", "PAK"]),
        ("We used cluster munitions in Kosovo in 1999, the British defence secretary, John Lind, said.", ["GBR"]),
        ("Syrian-backed factions left booby traps in homes.", ["Syrian-backed factions"]),
    ],
)  # fmt: skip
def test_words_that_stand_for_a_use_or_a_user_are_followed(text, expected):
    """«So did», «the same», attacks, blame, «these people» and «we» mean what was told before."""
    assert sorted({party for party, _, _ in uses(text)}) == expected


def test_bombs_had_been_dropped_by_whom_the_text_told():
    """A passive without an agent goes on with the user told just before, of the same weapon."""
    told = "Iran dropped cluster bombs on Iraq. It was found that “a number of cluster bombs bought in Oslo” had been dropped in Iraq."
    assert [party for party, _, _ in uses(told)] == ["IRN", "IRN"]
    elsewhere = told.replace("dropped in Iraq.", "dropped in Libya.")
    assert [party for party, _, _ in uses(elsewhere)] == ["IRN"]


@pytest.mark.parametrize(
    "text",
    [
        "Landmines kill. Norwegian soldiers used machines to clear mines in Mali.",
        "Landmines kill. Ukraine placed mines on the agenda of the meeting.",
        "The army of Latvia used mines in an exercise and dropped them from the list.",
        "Finland left the mine ban treaty and Poland left it in 2025.",
        "Russian troops withdrew and left the minefield maps behind.",
        "Landmines kill thousands. Sweden blamed Russia for the war.",
        "Children were killed by landmines. Villagers blamed the government for slow clearance.",
        "Turkey destroyed landmines and so did Serbia.",
        "Ukraine will use cluster munitions on its own land and Estonia may do so too.",
        "If Poland lays mines along its border, Belarus would do the same.",
        "Soldiers from Ghana set up signs where mines had been found.",
        "The army launched an investigation into mines and made use of dogs.",
        "He urged Israel to stop using cluster munitions and asked whether Russia had used them.",
        "Rebels used landmine victims as shields.",
        "The government is responsible for the mines' removal.",
        "Swedish police fired shells. The rockets left craters.",
        "There are no signs that Ukrainian troops have planted mines in Izium.",
        "The United States ended all use of persistent landmines in 2010.",
        "Villagers in Laos say that we used mines as pots.",
    ],
)  # fmt: skip
def test_clearing_wishes_training_and_blame_for_other_things_are_no_uses(text):
    """What is cleared, listed, trained with, feared, asked or done to others is no use of it."""
    assert uses(text) == []


def test_what_could_not_be_confirmed_stays_alleged():
    """«Could not be confirmed» confirms nothing."""
    text = "Claims that Iraqi fighters used cluster munitions in Mosul could not be confirmed."
    assert [status for _, _, status in uses(text)] == ["alleged"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("From May 2017 to May 2018 Iranian forces used landmines.", "2017-05-01"),
        ("In 2019 the army of Iran planted landmines.", "2019-01-01"),
        ("Iran has laid mines in Iraq since the start of the war in March 2003.", "2003-03"),
        ("In 2019 Lind announced a ban, unlike Iran's use of landmines in Iraq.", None),
        ("Iran has made wide use of landmines since May 2022.", "2022-05"),
        ("Iran dropped cluster bombs made in Oslo in the 1980s.", None),
        ("Iraq blamed Iran for the mines, an old foe under the 1988 peace deal.", None),
    ],
)
def test_the_period_of_a_use_opens_the_sentence_or_follows_it(text, first):
    """Days of making, of deals and of reports are not those of the use."""
    [use] = [
        p for p in extract(text, published="2025-09-20").proposals if p.category == "use_allegation"
    ]
    assert use.fields["period_start"] == first


def test_a_use_lies_in_the_land_that_opens_the_sentence():
    """«In Laos, where …» names the land."""
    text = "In Laos, where American aircraft dropped cluster bombs, farmers still die."
    [use] = [p for p in extract(text).proposals if p.category == "use_allegation"]
    assert use.fields["iso3"] == "LAO"
