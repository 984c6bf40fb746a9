"""Where events happened, rows of bodies, accidents in telegraphic rows, figures of another time."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract
from tests.evidence.told import Fields


def events(text: str, *names: str, published: str = "2014-05-06") -> list[tuple[object, ...]]:
    """The named fields of each event of a text."""
    found = extract(text, published=published).proposals
    return [tuple(p.fields.get(n) for n in names) for p in found if p.category == "event"]


BULLETIN = (
    "WEEKLY BULLETIN 12/2014\n\nMine Action Centre of Croatia\n\n"
    "Last week teams in Croatia cleared 200,000 m2 and destroyed 60 mines.\n\nBy operator:\n\n"
)


@pytest.mark.parametrize(
    ("row", "org", "area"),
    [
        ("- Norwegian People's Aid: 3 ha at Zadar, 12 AP mines", "Norwegian People's Aid", 30_000),
        ("- MAG: 0.4 sq km; 3 AP mines, 40 UXO, 9 of them BLU-26", None, 400_000),
        ("- Engineer Battalion (army): 2.1 ha; 8 AT mines", "Engineer Battalion", 21_000),
        ("- Civil Protection of the South: 5,200 m2, Sisak; 9 UXO.", "Civil Protection of the South", 5_200),
        ("- Border Police Unit: 900 m2 near Knin; 2 UXO", "Border Police Unit", 900),
    ],
)  # fmt: skip
def test_a_row_of_a_body_is_its_work(row: str, org: str | None, area: int) -> None:
    """Who worked stands before the colon, the area right behind it."""
    found = events(f"{BULLETIN}{row}\n", "kind", "org", "area_m2")
    assert [f for f in found if f[0] == "clearance" and f[2] == area and org in (f[1], None)]


@pytest.mark.parametrize(
    "row",
    [
        "- Suspected area: 40 ha, 300 mines",
        "- Target for the year: 12 ha, 500 mines",
        "- Battalion budget: 12 ha at a cost of EUR 40,000",
    ],
)
def test_a_row_of_a_plan_is_no_work(row: str) -> None:
    """Suspected land, targets and costs are nobody's clearance."""
    found = events(f"{BULLETIN}{row}\n", "kind", "area_m2")
    assert ("clearance", 400_000) not in found
    assert ("clearance", 120_000) not in found


def test_a_row_among_others_may_lack_its_area() -> None:
    """«Gao: 40 items» after rows of the kind counts as one."""
    text = "Clearance in Mali in April 2014\n\nThe teams went on.\n\n- Kidal: 41 mines, 2 ha\n- Gao: 40 items\n"
    assert [f[0] for f in events(text, "place")] == ["Kidal", "Gao"]


@pytest.mark.parametrize(
    ("row", "killed", "injured"),
    [
        ("* 3 May, Sisak. Deminer of the firm Orao, injured in the hand by the fuze of a TMM-1.", None, 1),
        ("* 3 May, Sisak: three boys played with a mortar grenade. One died on the way.", 1, None),
        ("* 3 May, Sisak: a tractor struck an anti-tank mine. The farmer was injured, and his wife was unharmed.", None, 1),
    ],
)  # fmt: skip
def test_an_accident_in_a_telegraphic_row(
    row: str, killed: int | None, injured: int | None
) -> None:
    """Articles and verbs left out, the toll is still told."""
    found = events(f"{BULLETIN}ACCIDENTS\n\n{row}\n", "kind", "killed", "injured")
    assert ("accident", killed, injured) in found


@pytest.mark.parametrize(
    "told",
    [
        "In 2012 the figure was 18 km2.",
        "At the end of 2012 the total stood at 18 km2.",
        "In the same period of 2012 the figure was 18 km2.",
    ],
)
def test_the_figure_of_another_time_is_of_what_was_told(told: str) -> None:
    """«The figure was» counts what the sentence before counts."""
    text = f"Croatia\n\nIn 2013 teams in Croatia cleared 21 km2 of land and destroyed 900 mines. {told}\n"
    first, then = events(text, "kind", "iso3", "area_m2", "period_end")
    assert then[:3] == ("clearance", "HRV", 18_000_000)
    assert first[3] != then[3]


def test_a_figure_of_money_is_no_area_of_another_time() -> None:
    """«The figure was» with money counts no land."""
    text = (
        "Croatia\n\nIn 2013 teams in Croatia cleared 21 km2. In 2012 the figure was $4 million.\n"
    )
    assert len(events(text, "kind")) == 1


GIVER = (
    "Sweden announces support for clearance\n\nSweden gives $4 million for clearance in Iraq. "
    "Swedish experts have trained teams. The minister of Sweden said that Sweden stood by its word.\n\n"
)


def test_what_a_giver_tells_happens_where_it_places_things() -> None:
    """A text of a giver is about the ground of another."""
    (found,) = events(f"{GIVER}Last year 208 civilians were killed or hurt by mines.\n", "iso3")
    assert found == ("IRQ",)


@pytest.mark.parametrize(
    ("before", "then", "state"),
    [
        ("A third of Ukraine may be mined, the minister told Peru.", "In March a farmer lost a leg to a mine.", "UKR"),
        ("Drones strewed PFM-1 mines over Kherson again.", "A nurse lost a foot there on Monday to a mine.", "UKR"),
        ("War has left Yemen one of the most mined countries.", "Some 300 km2 of its land are contaminated.", "YEM"),
    ],
)  # fmt: skip
def test_a_place_goes_on_being_meant_in_its_paragraph(before: str, then: str, state: str) -> None:
    """«There» and «its land» are of the state just spoken of, whatever the text names most."""
    head = (
        "Peru speaks\n\nPeru and Peruvian troops met in Lima. The army of Peru spoke for Peru.\n\n"
    )
    assert events(f"{head}{before} {then}\n", "iso3")[-1] == (state,)


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("Human Rights Watch says planes dropped bombs near Gori and that at least nine people were killed by cluster bombs.", "GEO"),
        ("Bomblets from Saudi-led air strikes have killed 40 people in Yemen since 2015.", "YEM"),
    ],
)  # fmt: skip
def test_who_tells_or_bombs_is_not_where_it_happened(sentence: str, state: str) -> None:
    """A watcher's seat and an attacker's name are no place."""
    assert events(f"News\n\n{sentence}\n", "iso3") == [(state,)]


def test_thousands_counted_by_a_campaign_are_the_worlds() -> None:
    """A figure of the campaign's without a state is of no state."""
    text = (
        "Poland builds a wall\n\nPoland and Polish troops dig in. Poland wants mines.\n\n"
        "The International Campaign to Ban Landmines counted 4,710 people killed or hurt by mines in 2022.\n"
    )
    assert events(text, "iso3", "total") == [(None, 4710)]


def test_ap_mines_are_of_no_agency() -> None:
    """«AP mines» are anti-personnel mines."""
    text = "Croatia\n\nTeams in Croatia destroyed 90 AP mines and 3 AT mines at Sisak.\n"
    ((ordnance,),) = events(text, "munitions")
    counted: list[Fields] = list(ordnance) if isinstance(ordnance, list) else []
    assert [(m["class"], m["count"]) for m in counted] == [("AP mine", 90), ("AV mine", 3)]
