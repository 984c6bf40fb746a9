"""Figures and days of casualties that the sentence before them, or a word beside them, dates."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

Fields = dict[str, object]


def events(text: str) -> list[Fields]:
    """Fields of the events in a text of May 2024."""
    found = extract(text, published="2024-05-10").proposals
    return [dict(p.fields) for p in found if p.category == "event"]


@pytest.mark.parametrize(
    ("text", "total", "end"),
    [
        ("The centre recorded 757 casualties of mines in 2023. The year before, the figure was 710.", 710, "2022-12-31"),
        ("The centre recorded 757 casualties of mines in 2023. In 2021 the toll stood at 544.", 544, "2021-12-31"),
        ("Mines hurt or killed 300 people in 2022, far more than in 2021, when 120 were counted.", 120, "2021-12-31"),
        ("Mines hurt or killed 300 people in 2022. 210 of the casualties were in Yemen, 40 in Iraq.", 210, "2022-12-31"),
        ("In 2023 the centre recorded 90 mine casualties. Twelve people were killed and 78 hurt.", 90, "2023-12-31"),
        ("In 2023 the centre recorded 90 mine casualties. Nine casualties were caused by shells.", 9, "2023-12-31"),
        ("Mines hurt many. The police put the number of victims since 1990 at 12,400.", 12_400, "2024-05-10"),
        ("An accident happened on 3 May near Lima. A tractor hit a mine; two farmers died.", 2, "2024-05-03"),
        ("On 11 April a man sawed open a shell. He and his wife were injured by the blast.", 2, "2024-04-11"),
        ("On 4 May two teachers and a chief were killed by a mine.", 3, "2024-05-04"),
    ],
)  # fmt: skip
def test_a_count_has_the_time_told_for_it(text: str, total: int, end: str) -> None:
    """The count is read whole and ends when the words beside or before it say."""
    assert (total, end) in [(e["total"], e["period_end"]) for e in events(text)]


def test_areas_with_their_size_remain() -> None:
    """«900 areas covering 67 hectares remained» is land still dangerous."""
    [found] = events(
        "Minefields were laid in Angola. However, 900 areas covering 67 hectares remained."
    )[-1:]
    assert (found["kind"], found["area_m2"], found["iso3"]) == ("contamination", 670_000, "AGO")


@pytest.mark.parametrize(
    "text",
    [
        "A mine hurt two men. They agreed a truce after five days of fighting that killed 43 people.",
        "Baku has accused Armenian troops of planting thousands of mines in the region.",
        "These are dumb mines, the sort that lie in the earth for years and kill children.",
        "There is a one in a million chance that a mine is still live and contaminates the land.",
    ],
)
def test_wars_charges_and_what_mines_do_are_no_events(text: str) -> None:
    """People killed in fighting, charges of laying, mines in general and odds are left out."""
    assert [e["total"] for e in events(text)] in ([], [2])


def test_an_accident_of_its_own_takes_no_period() -> None:
    """A later accident with a victim of its own is not one of the year counted before."""
    found = events("In 2023 mines caused 90 casualties. A tractor hit a mine and two men died.")
    assert found[-1]["period_end"] is None
