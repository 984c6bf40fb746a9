"""Uses told by a noun, a list, an exception or a denial, and words that name no user. All made up."""

from __future__ import annotations

import pytest

from tests.evidence.told import records


def uses(text):
    """Party, class of the weapon, status and land of each use in a text of September 2023."""
    names = ("party", "munition_class", "status", "iso3")
    return sorted(records(text, "use_allegation", *names, published="2023-09-05"))


MINE, CLUSTER = "mine (type not stated)", "cluster munition"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A cluster bomb was found. The Monitor has documented use of the weapon by Kenyan aircraft in six villages of Somalia.", [("KEN", CLUSTER, "confirmed", "SOM")]),
        ("The Monitor has named Eritrea in each report since 2003 as a user of antivehicle mines.", [("ERI", "AV mine", "alleged", "ERI")]),
        ("Eritrea remains a user of landmines, the campaign said.", [("ERI", MINE, "alleged", "ERI")]),
        ("France has never used antipersonnel mines since 1991, apart from two in Chad in 1992.", [("FRA", "AP mine", "confirmed", "TCD")]),
        ("Landmines were found. The Eritrean spokesman denied any use there.", [("ERI", MINE, "denied", "ERI")]),
        ("The Eritrean delegate said that its army did not use landmines.", [("ERI", MINE, "denied", "ERI")]),
        ("Chad denied to Reuters having fired cluster munitions.", [("TCD", CLUSTER, "denied", "TCD")]),
        ("Only two armies, those of Chad and Libya, planted antitank mines in 1987.", [("LBY", "AV mine", "alleged", "LBY"), ("TCD", "AV mine", "alleged", "TCD")]),
        ("Just two governments planted mines in that year: those of Chad and Libya.", [("LBY", MINE, "alleged", "LBY"), ("TCD", MINE, "alleged", "TCD")]),
        ("New use of antipersonnel mines by government forces: Chad and Libya.", [("LBY", "AP mine", "alleged", "LBY"), ("TCD", "AP mine", "alleged", "TCD")]),
        ("The cluster bombs kill. Compare that with what Chad has been dropping.", [("TCD", CLUSTER, "alleged", "TCD")]),
        ("Cluster bombs kill. American planes and guns scattered more than 100,000 of them over Laos.", [("USA", CLUSTER, "alleged", "LAO")]),
        ("Chad pelted Faya with Belgian-made cluster bombs in May.", [("TCD", CLUSTER, "alleged", "TCD")]),
        ("Peru said that Chile had laid mines, and that Bolivia had denied an old claim that its troops did so.", [("BOL", MINE, "denied", "BOL"), ("CHL", MINE, "alleged", "CHL")]),
        ("Sudan's air force chief acknowledged that Sudanese forces had used RBK-500s. He denied that villages were hit.", [("SDN", CLUSTER, "confirmed", "SDN")]),
        ("Non-state armed groups in two countries – Mali and Niger – used improvised mines.", [("Non-state armed groups", "IED", "alleged", "MLI;NER")]),
        ("Government forces in two countries, Chad and Libya, laid mines.", [("LBY", MINE, "alleged", "LBY"), ("TCD", MINE, "alleged", "TCD")]),
        ("Chad was accused of shelling villages with cluster munitions.", [("TCD", CLUSTER, "alleged", "TCD")]),
        ("Amnesty accused Chad of bombing Faya using Belgian-made cluster bombs.", [("TCD", CLUSTER, "alleged", "TCD")]),
        ("The contamination dates from the war with Eritrea, whose forces planted mines at Badme.", [("ERI", MINE, "alleged", "ERI")]),
        ("Reports of mine use by Chad near Faya could not be verified.", [("TCD", MINE, "alleged", "TCD")]),
        ("A cluster bomb was found. The weapon's use in Mali by Chadian troops was condemned.", [("TCD", CLUSTER, "alleged", "MLI")]),
        ("The Monitor lists Chad and Libya as having used mines.", [("LBY", MINE, "alleged", "LBY"), ("TCD", MINE, "alleged", "TCD")]),
        ("Chad alone used mines every year since then.", [("TCD", MINE, "alleged", "TCD")]),
        ("The Chadian government has always denied that it used cluster munitions.", [("TCD", CLUSTER, "denied", "TCD")]),
        ("Sudan's army and the RSF have both been accused of laying mines.", [("Rapid Support Forces", MINE, "alleged", "SDN"), ("SDN", MINE, "alleged", "SDN")]),
        ("Chad should investigate its army's use of landmines in Tibesti.", [("TCD", MINE, "under_investigation", "TCD")]),
    ],
)  # fmt: skip
def test_uses_without_a_verb_of_their_own_user_are_read(text, expected):
    """Nouns, lists of users, exceptions, denials and «what X has been dropping» name user and weapon."""
    assert uses(text) == expected


def test_rebels_who_turn_land_into_a_minefield_mine_it():
    """«Turned the valley into one vast minefield» is a use; years of war are no user."""
    told = "Rebels have turned the valley into one vast minefield, the governor said."
    assert [use[:2] for use in uses(told)] == [("Rebels", MINE)]
    assert uses(told.replace("Rebels have", "Years of war")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Grass hides the landmines. Rain washed mines away.",
        "Whoever planted landmines must pay. Nobody planted mines here. Anyone who lays mines is a criminal.",
        "Three governments laid mines in six countries: Chad, Libya, Mali, Niger, Sudan and Togo.",
        "Eritrea is not a user of landmines. Sudan is a former user of landmines.",
        "The Norwegian delegate said that the Swedish army did not use landmines.",
        "Landmines kill. Sweden denied any use of tax money.",
        "The use of landmines has been denounced by France. The use of cluster munitions made by Spain was condemned by Chad.",
        "Researchers found no evidence of use of the weapon by Kenya. A cluster bomb was found.",
        "Deminers have turned the minefield into a football field.",
        "The cluster bombs kill. We will see what Chad is saying.",
        "Norway rejects any use of cluster munitions by anyone.",
        "The troops let go a man who knew the minefields. Children threw stones at the mines.",
        "The Red Cross, whose staff found mines near Badme, left. Aid groups in three states – Chad, Mali and Niger – used mine detectors.",
        "There is no proof of mine use by Turkey. The bomb's use was condemned by Spain. A cluster bomb was found.",
        "Cluster bombs kill. Experts gave away 100 of them in Laos.",
    ],
)  # fmt: skip
def test_words_that_name_no_user_or_no_use_are_none(text):
    """Common words, places, former users, other topics and who condemns use nothing."""
    assert uses(text) == []


def test_a_use_told_again_without_its_weapon_is_one():
    """«X's use of the weapon» goes back to the use that was told."""
    text = "Amnesty condemned Chad's use of cluster bombs in Mali. The ministers, too, condemned Chad's use of the weapon."
    assert uses(text) == [("TCD", CLUSTER, "alleged", "MLI")]
