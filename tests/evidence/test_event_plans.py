"""Plans, shares of a toll and what still lies about. All places and figures are made up."""

from __future__ import annotations

import pytest

from tests.evidence.test_event_wording import events


@pytest.mark.parametrize(
    "text",
    [
        "In the second half of the year the office still means to clear 4,100 hectares.",
        "From 2021 to 2025 the centre wants to clear 900 hectares and survey 120 villages.",
        "The country undertook to be free of mines by 2028.",
        "Norway has vowed to finish surveying 30 square kilometres of minefields.",
        "The use of such weapons puts children at risk of being maimed by unexploded mines.",
        '"The injured are in hospital after the mine blast."',
        "The dead were named as Abel Orro and Teo Marn after the mine blast.",
    ],
)
def test_what_is_only_meant_or_feared_is_no_event(text):
    """A plan, a pledge, a risk and a list of names tell of nothing that happened anew."""
    assert events(text, "kind") == []


@pytest.mark.parametrize(
    ("text", "killed", "total"),
    [
        ("Since the war, mines have injured 950 people, 210 of them fatally.", 210, 950),
        ("Mines wounded 84 civilians, 12 of whom were fatal cases, since the war.", None, 84),
        ("Cluster munitions have maimed 77 villagers, 9 of them fatally.", 9, 77),
    ],
)
def test_the_fatal_ones_are_part_of_those_hurt(text, killed, total):
    """«Hurt 950 people, 210 of them fatally» is no sum."""
    [(dead, whole)] = events(text, "killed", "total")
    assert whole == total
    assert killed is None or dead == killed


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("The mission counted 61 casualties of mines and IEDs there by 5 July.", 61),
        ("Our registers show 343 victims of mines, 249 of them injured.", 343),
        ("The database had 1,204 victims of mine accidents since 1996.", 1204),
        ("Two foreign bomb disposal experts were killed in Arda in 2020.", 2),
        ("One guard lost a leg and two others were lightly wounded by a mine.", 3),
        ("A herder lost a foot and three more were injured by the mine.", 4),
        ("The centre recorded 17 deaths and 52 victims of landmines in 2021.", 52),
    ],
)
def test_casualties_of_mines_are_people(text, total):
    """The mines behind «of» do not turn a count of people into one of things."""
    assert [found for (found,) in events(text, "total")] == [total]


def test_confirmed_hazardous_land_is_not_cleared():
    """Each clause with an area of its own has its own kind of work."""
    text = (
        "In the first six months, 120 hectares were cleared, 480 hectares were identified as "
        "confirmed hazardous areas and 31 villages were surveyed."
    )
    found = dict(events(text, "area_m2", "kind"))
    assert found[1_200_000] == "clearance"
    assert found[4_800_000] != "clearance"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thousands of leftover bombs still lie around in Georgia.", "contamination"),
        ("Thousands of anti-tank mines are suspected to be live there.", "contamination"),
        ("Seventeen more mines were found near the scene by soldiers.", "contamination"),
        ("Another 9 landmines had been discovered along the stream.", "contamination"),
        ("The places of the thousands of mines that remain are unmarked.", "contamination"),
        ("One more landmine blast took place in the Arda district on Sunday.", "accident"),
        ("One more area, of about 2 km2, was then identified in the north.", "contamination"),
        ("Since the project began, 12,400 mines and devices have been dismantled.", "clearance"),
        ("The units have already made harmless more than 300 explosive items.", "clearance"),
        ("The area freed so far comes to 64,300 square metres.", "clearance"),
    ],
)
def test_what_lies_about_and_what_was_made_harmless(text, kind):
    """Found, suspected and leftover ordnance is contamination; dismantled ordnance is cleared."""
    assert [found for (found,) in events(text, "kind")] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "A landmine explosion took place in the border region of Chad, which has money from Norway.",
        "Norway's teams removed 40 mines from several regions of Chad.",
        "A farmer was killed by a mine close to the border with Norway in Chad.",
    ],
)
def test_a_giver_or_neighbour_is_not_where_it_happened(text):
    """The land of the event is the one it happened in."""
    assert [found for (found,) in events(text, "iso3")] == ["TCD"]
