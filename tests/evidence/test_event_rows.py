"""Rows of bulletins and fact sheets, areas told apart, accidents without their cause; and what is no event."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

Fields = dict[str, object]


def events(text: str, published: str = "2024-08-15") -> list[Fields]:
    """Fields of the events of a text."""
    found = extract(text, published=published).proposals
    return [dict(p.fields) for p in found if p.category == "event"]


HEAD = (
    "Clearance in Mali, 5 to 11 August 2024\n\nThe teams went on with their work in the north.\n\n"
)


def test_a_row_of_a_place_tells_of_work_there() -> None:
    """A place, what was found and how much land, without a verb, is a clearance of its own."""
    rows = events(f"{HEAD}Kidal region: 41 mines, 12.5 ha\nGao: 310 items, 3 ha\nSegou: no work\n")
    assert [(r["place"], r["area_m2"], r["kind"]) for r in rows] == [
        ("Kidal", 125_000, "clearance"),
        ("Gao", 30_000, "clearance"),
    ]


def test_a_row_of_a_place_and_a_body_is_the_work_of_that_body() -> None:
    """What stands between the place and the figures did the work."""
    (row,) = events(f"{HEAD}Gao - HALO: 5,200 sq. metres, PMN-2 x 12.\n")
    assert (row["org"], row["place"], row["area_m2"]) == ("The HALO Trust", "Gao", 5200)


@pytest.mark.parametrize(
    ("row", "killed", "injured", "total"),
    [
        ("Victims in 2023: 40 (9 killed).", 9, 31, 40),
        ("Casualties since 1999: 1,211, of whom 300 were killed.", 300, 911, 1211),
        ("Deminers killed at work: 11.", 11, None, 11),
    ],
)
def test_a_row_of_people_counts_them(
    row: str, killed: int, injured: int | None, total: int
) -> None:
    """The head says who is counted; the dead among them are told behind the figure."""
    (found,) = events(f"Mines in Laos at a glance\n\n- {row}\n- Staff: 1,300.\n")
    assert (found["killed"], found["injured"], found["total"]) == (killed, injured, total)


def test_a_row_of_land_is_contamination_without_a_time_of_others() -> None:
    """«Suspected area» says what it is; the period of another row is not its own."""
    text = "Laos\n\n- Victims in 2023: 40 (9 killed).\n- Suspected area: 90 km2, 2 % of it.\n"
    land = events(text)[-1]
    assert (land["kind"], land["area_m2"], land["period_start"]) == (
        "contamination", 90_000_000, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        "Victims assisted: 30.",
        "Deadline: 31 December 2025.",
        "People trained: 212.",
        "Accidents: none.",
        "Budget: $4 million.",
    ],
)
def test_rows_of_other_things_are_no_events(row: str) -> None:
    """Help, plans, deadlines and budgets tell of nothing on the ground."""
    assert events(f"Laos at a glance\n\n- {row}\n- Staff: 1,300.\n") == []


def test_the_area_of_a_week_told_apart_is_one_more() -> None:
    """What was found and how much land was made safe are two figures in two sentences."""
    text = "Last week sappers found 40 mines in Iraq. The area made safe was 90,500 square metres."
    assert [e["area_m2"] for e in events(text)] == [None, 90_500]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The teams covered 9,000 square metres in Kut and Basra in Iraq.", "clearance"),
        ("In Iraq sappers found 40 items last week. They were made up of 30 mines and 10 shells.", "clearance"),
        ("Forty countries are still affected by landmines.", "contamination"),
        ("A British bomb from the Second World War was found on a farm near Padborg in Denmark.", "contamination"),
        ("Chile had 40 square kilometres suspect in 2010.", "contamination"),
        ("A live bomb was found in Denmark on Monday. Army experts destroyed it in the evening.", "clearance"),
        ("Mines were laid in Peru. Some 4,000 mines came out of the ground in two years.", "clearance"),
        ("Mines lie along the border of Chile. A Chilean soldier had his foot blown off near Arica.", "accident"),
        ("Bombs were dropped on Marib in Yemen. Over 90 people have been wounded by them in Marib alone.", "casualties"),
        ("Three of HALO's sappers were killed on Friday when a mine went off near Kuito in Angola.", "accident"),
        ("Mines were sown along the border of Peru. On 4 July two teachers on a hike at Tacna were hurt; one of them lost a foot.", "accident"),
    ],
)  # fmt: skip
def test_what_is_told_in_passing_is_read(text: str, kind: str) -> None:
    """The last event is of the kind that the words tell."""
    assert events(text)[-1]["kind"] == kind


def test_figures_of_many_states_are_no_states() -> None:
    """«Forty countries» are none of them."""
    assert events("Chad spoke. Forty countries are still affected by landmines.")[0]["iso3"] is None


def test_the_area_of_another_day_is_one_more() -> None:
    """«At the end of 2020 it was …» after what is mined now."""
    text = "About 80 square kilometres of Chad are mined. At the end of 2020 it was 120 square kilometres."
    assert [e["area_m2"] for e in events(text)] == [80_000_000, 120_000_000]


def test_an_accident_and_its_toll_are_quoted_together() -> None:
    """What hit what, and who was hurt in the next sentence, is one event in both sentences."""
    text = "A car hit a mine near Kut in Iraq on Monday. The driver, 51, was taken to hospital with a blast injury."
    found = [p for p in extract(text, published="2024-08-15").proposals if p.category == "event"]
    assert [(p.quote, p.fields["injured"]) for p in found] == [(text, 1)]


def test_the_count_of_a_year_is_told_once() -> None:
    """«In 2022 the count was 70; last year it was forty» are two figures."""
    text = "In Laos 90 people were killed or hurt by bomblets in 2021. In 2022 the count was 70; last year it was forty."
    assert [e["total"] for e in events(text)] == [90, 70, 40]


@pytest.mark.parametrize(
    "text",
    [
        "Police found a man in Peru. Experts removed it from the web site.",
        "Mines remain in Sudan. Seven aid workers were hurt near Kassala when their lorry overturned.",
        "Gunmen shot dead four deminers near Gao in Mali on Monday.",
        '"In trials of 900 cluster bombs we found 41 duds," the maker said.',
        "He has cleared mines in more than 20 countries, among them Angola.",
        "Experts say the mines were freshly laid by troops along the river in Chad.",
        "The wounded man, aged 40, was flown to the hospital in Huambo after the mine accident.",
        "The doctor could not say how many of the patients had been hit by mines.",
    ],
)
def test_what_is_no_event_is_left(text: str) -> None:
    """Shootings, road accidents, tests, careers, laying and what nobody knows are not proposed."""
    assert [e for e in events(text) if e["kind"] != "contamination" or "laid" in text] == []
