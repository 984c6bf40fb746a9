"""Names of writers under a headline, and the smaller furniture of pages of news."""

from __future__ import annotations

import pytest

from landrelease.evidence.cleaning import drop

REPORT = (
    "Deminers in the Veshka region destroyed 340 mines in the first week of May, a service said.\n\n"
    "A second team begins work near Tolm on Monday, the head of the service told reporters.\n"
)
HEADLINE = "Two deminers hurt by a mine near Tolm"


def dropped(line: str, *, head: str = HEADLINE, beside: str = "3 May 2024") -> bool:
    """Whether a line of the head goes."""
    text = f"{head}\n{line}\n{beside}\n\n{REPORT}"
    at = text.index(line, len(head))
    return any(d.start <= at < d.end for d in drop(text))


@pytest.mark.parametrize(
    "line",
    [
        "Olla Kovar",
        "Olla Kovar, Bo Lund",
        "Olla Kovar and Bo Lund in Tolm",
        "Olla Kovar, legal affairs correspondent",
        "Bo Lund | Senior reporter",
    ],
)
def test_a_name_under_a_headline_is_its_writer(line: str) -> None:
    """Who wrote a page of news is no part of the report."""
    assert dropped(line)


@pytest.mark.parametrize("line", ["South Sudan", "Landmine Monitor", "Veshka Demining Centre"])
def test_other_names_under_a_headline_stay(line: str) -> None:
    """A state, a body or a heading is kept."""
    assert not dropped(line)


def test_a_speaker_and_a_name_beside_no_line_of_news_stay() -> None:
    """Whose speech or view a text is must not be lost."""
    assert not dropped("Olla Kovar", head="Statement on mines at the meeting of states")
    assert not dropped("Olla Kovar", beside="Mines and their clearance")


FURNITURE = [
    "Lire en français",
    "Read this in Ukrainian",
    "Spanish version",
    "ab/cd/efg",
    "Send us your feedback",
    "Daily newsletter",
    "Get the latest world news every evening",
    "Short link https://t.example/x",
    "Slideshow (7 images)",
    "Next news: Storm closes the port of Veshka",
    "Font size  Small  Large    Other languages  Khmer",
    "Follow #ClearVeshka on Facebook and X",
    "Want more of this? Sign up here. Each Friday our editors pick the best of the week.",
    "Read on the go! Download our free app",
    "Minister Olla Kovar. Source: Bo Lund/VNN",
]
KEPT = [
    "He said that people could sign up here for risk education before the clearance begins.",
    "Their feedback on the mines was sent to the ministry.",
    "The daily newsletter of the army reported 12 mines destroyed.",
    "Two mines were found. Source: the ministry said so in Tolm/Veshka",
    "and/or",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_of_news_pages_goes(line: str) -> None:
    """Buttons, languages, sign-offs and credits are no report."""
    text = f"{HEADLINE}\n\n{REPORT}\n{line}\n"
    assert any(d.start <= text.index(line) < d.end for d in drop(text))


@pytest.mark.parametrize("line", KEPT)
def test_reports_with_the_same_words_stay(line: str) -> None:
    """A sentence that reports is kept whatever words of furniture it has."""
    text = f"{HEADLINE}\n\n{line}\n\n{REPORT}"
    assert not any(d.start <= text.index(line) < d.end for d in drop(text))
