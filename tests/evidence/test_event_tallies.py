"""Figures beside figures: states of a list, earlier years, land then and now, lists of items."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

LEAD = "At least 4,321 people were killed or injured by landmines in 2023, the Landmine Monitor said.\n"
Fields = dict[str, object]


def events(text: str, published: str = "2024-11-20") -> list[Fields]:
    """Fields of the events of a text."""
    found = extract(text, published=published).proposals
    return [dict(p.fields) for p in found if p.category == "event"]


def totals(text: str) -> dict[object, object]:
    """Totals of the casualties after the lead, by state."""
    return {e["iso3"]: e["total"] for e in events(LEAD + text)[1:]}


@pytest.mark.parametrize(
    "text",
    [
        "Chad, with 310, had the most casualties, followed by Mali (120) and Peru (75).",
        "Chad had the most casualties: 310. It was followed by Mali with 120 and Peru with 75.",
        "Chad recorded the most casualties (310), Mali the second most (120), Peru the third most (75).",
        "Most casualties were in Chad (310), Mali (120) and Peru (75).",
        "Casualties were highest in Chad (with 310), Mali (with 120) and Peru (with 75).",
        "There were 310 casualties in Chad, 120 in Mali and 75 in Peru.",
    ],
)
def test_each_state_of_a_list_has_its_figure(text: str) -> None:
    """However the list is worded, every state has its own total in the time of the whole."""
    assert totals(text) == {"TCD": 310, "MLI": 120, "PER": 75}
    assert {e["period_start"] for e in events(LEAD + text)} == {"2023-01-01"}


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("The toll is lower than the 4,710 recorded for 2022.", 4710),
        ("That is down from 4,710 in 2022.", 4710),
        ("That compares with the year before, against 4,710 casualties in 2022.", 4710),
        ("New casualties from landmines worldwide dropped to 4,710 in 2022.", 4710),
    ],
)
def test_the_figure_of_another_year_is_one_more(text: str, total: int) -> None:
    """What a toll is compared with is a toll of its own time."""
    found = [e for e in events(LEAD + text)[1:] if e["total"] == total]
    assert [e["period_end"] for e in found] == ["2022-12-31"]


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        (
            "The mined area of Chad had come down to 156 square kilometres in March 2024 and to 137 "
            "square kilometres in June 2024.",
            [156000000, 137000000],
        ),
        (
            "Fighting has spread mines in Chad beside the 16.1 km2 that were known at the end of 2022.",
            [16100000],
        ),
        (
            "The minefields of Chad were laid in the war. In 1980 they covered 310 square kilometres.",
            [310000000],
        ),
    ],
)
def test_land_then_and_now(text: str, areas: list[int]) -> None:
    """Levels of dangerous land are read from the area outwards, each with its date."""
    found = [int(str(e["area_m2"] or 0)) for e in events(text) if e["kind"] == "contamination"]
    assert [a for a in sorted(found, reverse=True) if a in areas] == areas


@pytest.mark.parametrize(
    "rows",
    [
        "Anti-personnel mines ........ 312\nAnti-vehicle mines ....... 9\nOther UXO ....... 1,088\n",
        "- Anti-personnel mines: 312\n- Anti-vehicle mines: 9\n- Other UXO: 1,088\n",
        "Anti-personnel mines | 312\nAnti-vehicle mines | 9\nOther UXO | 1,088\n",
    ],
)
@pytest.mark.parametrize("caption", ["2. Items found and destroyed (May 2024)", "Destroyed:"])
def test_a_list_of_items_is_one_clearance(caption: str, rows: str) -> None:
    """Kinds and counts under a caption that says what was done with them."""
    text = f"Deminers in Chad worked in May 2024 near Tolm.\n\n{caption}\n{rows}\nNext week."
    [found] = [e for e in events(text) if e["munitions"]]
    assert found["kind"] == "clearance"
    assert [m["count"] for m in found["munitions"]] == [312, 9, 1088]  # type: ignore[attr-defined]


def test_a_list_of_other_things_is_no_clearance() -> None:
    """Without ordnance in its rows a list under such a caption tells no work."""
    assert events("Deminers met.\n\nHouses destroyed:\n- Tolm: 12\n- Venzu: 3\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "No state completed clearance during the year.",
        "“We are not clearing 174 square kilometres,” he said.",
        "Of the 37 sq km taken off the list, hardly a twentieth was cleared by a deminer.",
        "For demining of farmland, 4 auctions took place for 312 hectares in Chad.",
        "Chad destroyed 1.5 million land mines.",
        "Chad destroyed more than 900,000 mines after it acceded in 2012.",
        "Chad has banned the most dangerous types of landmines, those that remain active.",
        "A mine exploded near Tolm and nobody was hurt. A goat was also killed.",
        "Mines were found near Tolm in 2021. A soldier was killed in a brief exchange of fire on May 28.",
    ],
)
def test_what_is_no_event_of_its_kind(text: str) -> None:
    """Denials, stocks, auctions, animals and gunfire tell no clearance and no toll."""
    told = [e for e in events(text) if e["kind"] == "clearance" or e.get("killed")]
    assert told == []


def test_parts_that_leave_some_unknown_make_no_total() -> None:
    """The dead and the hurt are not all where the fate of others is not known."""
    text = "Of the total, 1,983 people were killed and 2,300 injured, while for 38 it is not known."
    share = events(LEAD + text)[-1]
    assert (share["killed"], share["injured"], share["total"]) == (1983, 2300, None)
    assert (share["iso3"], share["period_end"]) == (None, "2023-12-31")


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("A farmer and his son died when their tractor struck an anti-tank mine.", 2, None),
        ("Two cousins, a boy and a girl, were killed when a mine exploded in the fields near Tolm, the police said on Sunday.", 2, None),
        ("A boy of 9 was injured when a submunition exploded near Tolm.", None, 1),
        ("Two brothers collecting scrap were injured by a submunition near Tolm.", None, 2),
        ("The mine blast killed two people; seven others were being treated.", 2, 7),
        ("The mines on our border were laid in 1975. They have since killed 90 of our people.", 90, None),
    ],
)  # fmt: skip
def test_who_was_hurt(text: str, killed: int | None, injured: int | None) -> None:
    """Pairs, asides, ages and pronouns do not change the count."""
    told = events(text)[-1]
    assert (told["killed"], told["injured"]) == (killed, injured)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (
            "In the previous week (June 2 - 8, 2024) deminers destroyed 1,954 mines in Chad.",
            "2024-06-02",
            "2024-06-08",
        ),
        (
            "From 27 May 2024, the day of the ceasefire, to 31 August 2024 mines killed 31 people.",
            "2024-05-27",
            "2024-08-31",
        ),
    ],
)
def test_periods_told_with_asides(text: str, first: str, last: str) -> None:
    """Brackets spell a period out; an aside does not part its ends."""
    [told] = events(text)
    assert (told["period_start"], told["period_end"]) == (first, last)


def test_a_round_of_countries_keeps_to_the_one_spoken_of() -> None:
    """In a text at home nowhere, a sentence without a state is of the state just named."""
    text = (
        "In Chad, three children were killed by a mine on Monday.\n\n"
        "In Mali, two farmers were hurt by a mine. Teams destroyed 90 mines this month.\n\n"
        "In Peru, our partners need funds for mine action."
    )
    assert [e["iso3"] for e in events(text)] == ["TCD", "MLI", "MLI"]


@pytest.mark.parametrize(
    "text",
    [
        "Chad had more casualties than any other country, with 310. Mali came next, with 120.",
        "Chad recorded more casualties than any other state for the third year running: 310. Mali was second, with 120.",
        "Chad again suffered more casualties than anywhere else, with 310. Mali ranked second with 120.",
    ],
)
def test_the_next_of_a_ranking_has_its_figure(text: str) -> None:
    """«More than any other» and «came next» stand beside a state's own total."""
    assert totals(text) == {"TCD": 310, "MLI": 120}


@pytest.mark.parametrize(
    ("text", "kind", "area_m2"),
    [
        ("Operators returned another 86.5 ha to farmers through non-technical survey.", "survey", 865_000),
        ("Teams released 12 ha to villagers after technical survey.", "survey", 120_000),
        ("Ms Doe said that 50 hectares had been cleared since 1992 and that Chad would become free of mines.", "clearance", 500_000),
        ("In Chad 50 hectares were cleared last year, and the country hopes to finish by 2030.", "clearance", 500_000),
        ("The area of contaminated land has shrunk by 350 ha, to 1,390 ha.", "contamination", 13_900_000),
        ("In Chad contaminated land had fallen by 40 percent, to 1,390 ha.", "contamination", 13_900_000),
        ("Residents said they had found dozens of unexploded bomblets in gardens.", "contamination", None),
        ("Villagers in Chad came across two live shells near the school.", "contamination", None),
        ("Shells and bombs from the war are still found on several islands.", "contamination", None),
    ],
)  # fmt: skip
def test_work_and_land_by_what_was_done(text: str, kind: str, area_m2: int | None) -> None:
    """Land freed by survey is surveyed, what is hoped for spoils no figure, finds tell of danger."""
    assert [(e["kind"], e["area_m2"]) for e in events(text)] == [(kind, area_m2)]


def test_those_recorded_as_hurt_are_casualties() -> None:
    """«All of the 314 people recorded as killed or injured» gives a total."""
    text = "All of the 314 people recorded as killed or injured by mines in 2023 were civilians."
    assert [e["total"] for e in events(text)] == [314]


def test_laying_without_place_or_size_is_no_contamination() -> None:
    """That a state laid mines tells of use, not of land."""
    assert (
        events("It also found indications that Mali laid mines, on what scale is not clear.") == []
    )
