"""Events on the ground as bulletins and reports tell them. All places and figures are made up."""

from __future__ import annotations

import pytest

from landrelease.evidence.dates import find_dates
from landrelease.evidence.extract import extract
from landrelease.evidence.quantities import find_quantities


def events(text, *fields, published="2025-06-15"):
    """Chosen fields of the events of a text."""
    found = [
        p.fields for p in extract(text, published=published).proposals if p.category == "event"
    ]
    return [tuple(f.get(name) for name in fields) for f in found]


def counts(text):
    """Names and counts of the munitions of the first event."""
    return [(m["name"], m["count"]) for m in events(text, "munitions")[0][0]]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("1.124 unexploded ordnance", "number", 1124),
        ("12.500 anti-tank mines", "number", 12500),
        ("1.234.567 items", "number", 1234567),
        ("1.124 hectares", "area", 11240),
        ("a ratio of 1.125 to one", "number", 1.125),
        ("400 dunums of land", "area", 400000),
        ("20 rai of rice land", "area", 32000),
        ("Of these four has", "number", 4),
        ("11people were hurt", "number", 11),
    ],
)
def test_a_count_of_things_is_whole_and_units_are_units(text, kind, value):
    """A point in a whole count divides thousands; «four has» is no area."""
    assert next((q.kind, q.plain()) for q in find_quantities(text, 0, len(text))) == (kind, value)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("since the beginning of the month", "2025-06-01", "2025-06-01"),
        ("in the first week of June", "2025-06-01", "2025-06-07"),
        ("the last week of May", "2025-05-25", "2025-05-31"),
        ("from January to October of last year", "2024-01", "2024-10"),
        ("over the past week", "2025-06-08", "2025-06-14"),
        ("over the last day", "2025-06-14", "2025-06-15"),
        ("in the last years", None, None),
    ],
)
def test_the_periods_of_bulletins_are_resolved(text, first, last):
    """Each period counts from the day of the report; an open one stays open."""
    found = find_dates(text, 0, len(text), "2025-06-15")
    assert [(d.first, d.last) for d in found] == [(first, last)]


@pytest.mark.parametrize(
    ("text", "kinds", "areas", "ends"),
    [
        (
            "In Angola, 8.2 km2 were released in 2023 through clearance and 12.6 km2 were cancelled through non-technical survey.",
            ["clearance", "survey"], [8.2e6, 12.6e6], ["2023-12-31", "2023-12-31"],
        ),
        (
            "Clearance in Bosnia covered 2 km2 in 2022 and 3 km2 in 2023.",
            ["clearance", "clearance"], [2e6, 3e6], ["2022-12-31", "2023-12-31"],
        ),
        (
            "The teams cleared 200 hectares of Yemeni land last week, bringing the total area cleared since the start to 9,000 hectares.",
            ["clearance", "clearance"], [2e6, 9e7], ["2025-06-08", None],
        ),
        (
            "In Agdere district of Azerbaijan, 312 ha were cleared of mines; in Zoran 80 ha.",
            ["clearance", "clearance"], [3.12e6, 8e5], [None, None],
        ),
    ],
)  # fmt: skip
def test_a_second_area_with_its_own_clause_is_a_second_event(text, kinds, areas, ends):
    """What a sentence says of another year, method, place or of a total is a record of its own."""
    found = events(text, "kind", "area_m2", "period_end")
    assert [f[0] for f in found] == kinds
    assert [f[1] for f in found] == areas
    assert [f[2] for f in found] == ends


def test_a_total_is_cumulative_and_the_week_is_not():
    """«Bringing the total» makes only its own clause a running count."""
    text = "The teams cleared 200 hectares of Yemeni land last week, bringing the total area cleared to 9,000 hectares."
    assert events(text, "cumulative") == [(False,), (True,)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Teams removed 61 anti-personnel, 157 anti-tank mines and 523 unexploded ordnance (UXO) in Laos.",
            [("anti-personnel mines", 61), ("anti-tank mines", 157), ("unexploded ordnance", 523)],
        ),
        ("Teams destroyed 11 banned anti-personnel mines in Laos.", [("anti-personnel mines", 11)]),
        ("Twenty UXO-related accidents hurt 43 people in Laos.", [("UXO", None)]),
        ("Two soldiers clearing mines in Laos were killed by a mine blast.", [("mines", None), ("mine", None)]),
    ],
)  # fmt: skip
def test_each_number_counts_its_own_thing(text, expected):
    """A noun left out is filled in, an abbreviation in brackets is no second thing, accidents are no ordnance."""
    assert counts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomblet blew up in Laos, killing one child and injuring five adults and seven other children.", [(1, 12, 13)]),
        ("Mine blasts in Laos killed 19 people and either injured or amputated 45 others.", [(19, 45, 64)]),
        ("Mine blasts in Laos had claimed 19 lives and left 44 others wounded.", [(19, 44, 63)]),
        ("Five soldiers died in Laos when their car hit a mine. The explosion killed all five troops on board.", [(5, None, 5)]),
        ("Mustafa noted that 11 people fell victim to mines in Laos in 2024. Seven were injured, and four lost their lives.", [(4, 7, 11)]),
        ("Laos recorded 71 landmine and unexploded ordnance (UXO) casualties in 2024.", [(None, None, 71)]),
        ("An old man stepped on a mine in Laos. He died in hospital. His wife was injured.", [(1, 1, 2)]),
        ("So far this year 12 people have stepped on mines in Laos, five of whom died.", [(5, None, 12)]),
        ("In all, 200 Cambodians have been killed and 450 injured by mines since 1979.", [(200, 450, 650)]),
        ("An explosion of a mine in Laos resulted in five people being injured and one being killed.", [(1, 5, 6)]),
        (
            "A mine accident in Khamo province injured one person and killed two, while in Champo province an explosion injured one person.",
            [(2, 1, 3), (None, 1, 1)],
        ),
    ],
)  # fmt: skip
def test_people_are_summed_over_one_accident_and_no_further(text, expected):
    """Several groups and sentences of one accident are one toll, two places are two."""
    assert events(text, "killed", "injured", "total") == expected


def test_a_toll_over_months_is_a_count_of_casualties():
    """Seven people over ten months are no single accident."""
    text = "From January to October 2016 four people were killed by UXO in Laos."
    assert events(text, "kind", "period_end") == [("casualties", "2016-10-31")]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("So far this year, mines have killed 12 civilians in Yemen.", "2025-06-15"),
        ("Teams have removed 969 mines so far in June 2025 in Yemen.", "2025-06-15"),
        ("The agency reported 86 mine casualties in 2024 in Yemen.", "2024-12-31"),
    ],
)
def test_a_period_ends_no_later_than_its_document(text, end):
    """«So far» ends with the document, and the year of a figure is not the day of the report."""
    assert events(text, "period_end") == [(end,)]


@pytest.mark.parametrize(
    "text",
    [
        "More than a million landmines have been laid, say demining experts in Yemen.",
        "“This is 174,000 square kilometres,” said the head of the humanitarian demining department of Laos.",
        "In Laos, 30,000 square kilometres have been recognised as not containing evidence of contamination by mines.",
        "No explosive objects were found in the fields of Laos, or those discovered were neutralised.",
        "In Laos, assistance was provided to 1,832 victims of mine accidents.",
        "Norway has supplied Laos with claymores, operator-triggered anti-personnel mines.",
        "In Laos, 78 mechanised mine clearance vehicles are used to clear land from 400 mines.",
    ],
)
def test_what_only_sounds_like_work_or_harm_is_none(text):
    """A noun «demining», help for victims and machines in use tell no event of clearance or harm."""
    kinds = {kind for (kind,) in events(text, "kind")}
    assert not kinds & {"clearance", "accident", "casualties"}


def test_who_laid_or_counted_mines_did_not_clear_them():
    """A party to the war or a body that counts is not the body that works."""
    text = "A total of 383 mines laid by Houthi forces were cleared in Yemen."
    assert events(text, "org") == [(None,)]
    text = "Teams cleared 198 km2 of mined land in Laos, the most ever recorded by the Landmine Monitor."
    assert events(text, "org") == [(None,)]


def test_each_state_of_a_list_has_its_own_casualties():
    """A list of states with figures in brackets is one record a state."""
    text = "The countries with most mine casualties in 2023 are Myanmar (1,003), Syria (933) and Yemen (499)."
    assert events(text, "iso3", "total") == [("MMR", 1003), ("SYR", 933), ("YEM", 499)]


def test_what_is_left_is_no_area_of_work():
    """An area still contaminated in a sentence about clearance belongs to the contamination."""
    text = "In Laos, 2 million mines were destroyed, and mines are still scattered over 2,067 square kilometres."
    assert events(text, "kind", "area_m2") == [("clearance", None), ("contamination", 2067000000)]
    text = "In Laos, 206 hectares have been contaminated by mines, with 100 hectares cleared."
    assert ("clearance", 1000000) in events(text, "kind", "area_m2")


def test_a_neighbour_at_the_border_is_not_where_it_happened():
    """«Near the border with X» is in the other state."""
    text = "Five people were killed in northeast Nigeria, near the border with Niger, by a mine."
    assert events(text, "iso3") == [("NGA",)]


def test_figures_of_the_world_are_no_states():
    """What all states parties cleared belongs to none, whichever state the page names most."""
    text = (
        "In 2023 States Parties cleared 281 km2 of mined land. Laos was thanked. Laos was praised."
    )
    assert events(text, "iso3") == [(None,)]


def test_who_occupied_is_not_where_it_happened():
    """The state whose army left the mines is not the place of the clearance."""
    text = "After years of Armenian occupation, Azerbaijan cleared 40 hectares of mines."
    assert events(text, "iso3") == [("AZE",)]
