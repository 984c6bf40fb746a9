"""Events told in passing: rows of tables, shares of a toll, deaths at work, nobody hurt, bombs raised."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

LEAD = "Deminers in Chad found mines and shells in fields near Tolm, the Chadian ministry said.\n\n"
Fields = dict[str, object]


def events(text: str) -> list[Fields]:
    """Fields of the events that a text of May 2024 on Chad tells after its lead."""
    found = extract(LEAD + text, published="2024-05-15").proposals
    own = [p for p in found if p.category == "event" and p.start >= len(LEAD)]
    return [dict(p.fields) for p in own]


def test_each_row_of_a_table_is_the_work_of_its_body() -> None:
    """Area, ordnance and body stand under their titles, the time in the caption."""
    table = (
        "Table 1: Results by operator, April 2024\n"
        "Operator | Area released (m²) | AP mines | ERW\n"
        "HALO Trust | 1,615,750 | 268 | 154\n"
        "MAG | 988,400 | 41 | 0\n"
        "Total | 2,604,150 | 309 | 154\n"
    )
    halo, mag, total = events(table)
    assert (halo["org"], halo["area_m2"], halo["iso3"]) == ("HALO Trust", 1615750, "TCD")
    assert (mag["org"], total["org"], total["area_m2"]) == ("MAG", None, 2604150)
    assert [m["count"] for m in halo["munitions"]] == [268, 154]  # type: ignore[attr-defined]
    assert (halo["period_start"], halo["period_end"]) == ("2024-04-01", "2024-04-30")


def test_rows_by_province_in_hectares_are_of_their_place() -> None:
    """The first column names places where its title names no bodies; hectares become m²."""
    [row] = events("Province\tSurveyed (ha)\tMines\nLogone\t12.5\t7\n")
    assert (row["kind"], row["place"], row["area_m2"]) == ("survey", "Logone", 125000)


@pytest.mark.parametrize(
    ("title", "area_m2"),
    [
        ("Area m²", 7000),
        ("Area in m²", 7000),
        ("Land released in ha", 70000000),
        ("Area cleared this month (ha)", 70000000),
    ],
)
def test_a_unit_stands_anywhere_behind_the_word_of_a_head(title: str, area_m2: float) -> None:
    """«Area m²» and «Land released in ha» are heads as «Area (m²)» is."""
    [row] = events(f"Province | {title} | Mines\nLogone | 7,000 | 7\n")
    assert (row["place"], row["area_m2"]) == ("Logone", area_m2)


@pytest.mark.parametrize(
    "table",
    [
        "Name | Age | Village\nAnna | 12 | Tolm\n",
        "Operator | Area (m²) | Mines\nMAG | pending | 3\n",
    ],
)
def test_a_table_without_areas_tells_no_work(table: str) -> None:
    """Other columns, and rows without a figure of area, propose nothing."""
    assert events(table) == []


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Mines killed or injured 314 people in 2023. Of these, 193 were in Chad.", 193),
        ("Mines killed or injured 314 people in 2023. Chad accounted for 193 of them.", 193),
        ("Mines killed or injured 314 people in 2023. 193 of them were in Chad.", 193),
    ],
)
def test_a_share_of_a_toll_is_counted_for_its_state(text: str, total: int) -> None:
    """«Of these, 193 were in Chad» has the time of the whole."""
    share = events(text)[-1]
    assert (share["total"], share["iso3"], share["period_start"]) == (total, "TCD", "2023-01-01")


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("At least 15 of them have died on the job since January, he said.", 15, None),
        ("Last week one person was killed and three were injured in two incidents.", 1, 3),
        ("The Red Cross has lost two volunteers to mines since January.", 2, None),
        ("On Monday a tractor ran over a TM-62 mine near Tolm; the driver was not hurt.", 0, 0),
    ],
)
def test_tolls_without_the_word_of_the_cause(
    text: str, killed: int | None, injured: int | None
) -> None:
    """Deaths at work, incidents of a bulletin and an accident without harm are read."""
    [found] = events(f"There are mines, shells and bombs. {text}")
    assert (found["killed"], found["injured"]) == (killed, injured)


def test_two_accidents_of_one_sentence_are_two() -> None:
    """Each clause with its people, place and day is an accident of its own."""
    text = "On 1 May two brothers were injured by a shell near Tolm, and a labourer lost a hand in Khiam on 3 May."
    first, second = events(text)
    assert (first["period_start"], second["period_start"]) == ("2024-05-01", "2024-05-03")
    assert (first["injured"], second["injured"], second["place"]) == (2, 1, "Khiam")


def test_a_bomb_raised_from_a_river_is_clearance() -> None:
    """What divers or teams lift out of water or ground is removed."""
    [found] = events(
        "On 5 May a team raised an Mk-84 bomb weighing 900 kg from the riverbed at Tolm."
    )
    assert found["kind"] == "clearance"


@pytest.mark.parametrize(
    "text",
    [
        "The Observatory, a monitor based in Britain, puts the number of dead slightly higher.",
        "Nobody who has cleared a field treats a dead battery as a safe mine, he said.",
        "Finland joined the convention in 2012 and destroyed more than a million mines.",
        "A mine exploded under a car without causing casualties.",
        "Two soldiers were shot on Monday.",
    ],
)
def test_what_tells_of_no_event_proposes_none(text: str) -> None:
    """Comparisons without figures, sayings, destroyed stocks and other violence are no events."""
    assert events(text) == []
