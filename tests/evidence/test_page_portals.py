"""Furniture of portals, agencies, letterheads and players; sentences that only look like it stay."""

from __future__ import annotations

import pytest

from landrelease.evidence.cleaning import _fitting, _inner, drop
from landrelease.terms import load_terms

REPORT = [
    "Deminers in the Veshka region destroyed 340 mines in the first week of May, a service said.",
    "“We found them in our own gardens,” said farmer Olla Kovar, 52, who lost a cow in April.",
]
ANYWHERE = [
    "The Office of Digital Services manages this website as a portal for news of the ministry.",
    "External links to other sites should not be construed as an endorsement of their views.",
    "The Veshka Post is not responsible for the content of external sites.",
    "The publisher accepts no responsibility for the content of linked pages.",
    "[A deminer walks a lane near Tolm, May 2. File photo/Veshka Post]",
    "A deminer walks a lane near Tolm, May 2. [Photo: Handout]",
    "(AP Photo/Olla Kovar, File)",
    "Image content: A wooden house after the blast. Veshka Service",
    "Olla Kovar | Publication date 3 June 2024 | 21:14 ICT",
    "By Veshka Mission | 3 June, 2024 | Topics: Arms | Tags: landmines",
    "First uploaded on: 03-06-2024 at 06:15 IST",
    "Latest: Port reopens after storm | Oil price for today",
    "News material may be used with reference to Veshka Line.",
    "Materials may be reprinted provided that the source is named.",
    "POSTAL ADDRESS-ADRESSE POSTALE: VESHKA HOUSE, N.Y. 10099",
    "35-37 Avenue Anna Reyl, 1299 Tolm",
    "P.O. Box 99, Tolm",
    "veshkaservice.example",
    "This fact sheet will be updated regularly as new information is available.",
    "Heard on Morning Veshka",
    "5-Minute Listen   Transcript",
    "Listen · 6:24 min",
    "list 1 of 4",
    "Become a sponsor",
    "Purchase Licensing Rights",
    "[Embed this chart] [Download data]",
    "Interviews in Khmer and French can be arranged.",
    "Photos and video for media use: bit.ly/veshka",
    "Sources and further reading: see www.veshka.example/fs14",
    "Suggested citation: Veshka Institute, Fact Sheet 14, 2023.",
    "Hotline for reports of suspicious objects: 023 990 560",
    "Національний орган Вешки | UA | EN",
    "*Photo: Engineers of the brigade at the range. Credit: O. Kovar*",
    "> Read more: Plans for a factory of mines",
    "Skip to main content (Press Enter).",
]
PROSE = [
    "35 square kilometres were cleared in 2024 by the teams of the Veshka service, 1200 mines found.",
    "Veshka bears no responsibility for the mines that its neighbour laid along the river.",
    "The army operates this site to store 12,000 mines of its own.",
    "The Centre receives support for demining from four donors.",
    "Human Rights Watch reported from Tolm.",
    "Survivors say that few prostheses are available in the region.",
    "This Article forms part of the Protocol on mines.",
    "12.5 ha",
    "Landmine casualties: 5,757",
    "Photo evidence shows that the mines were new: 2.5 kg each.",
    "News of the use of mines was published by the source of the agency on Monday, he said.",
]


@pytest.mark.parametrize("line", ANYWHERE)
def test_furniture_goes_between_sentences_of_a_report(line: str) -> None:
    """The line is dropped whole and no sentence with it."""
    text = "\n\n".join([*REPORT, line, *REPORT])
    gone = [text[d.start : d.end] for d in drop(text)]
    assert gone == [line]


@pytest.mark.parametrize("line", PROSE)
def test_sentences_that_look_like_furniture_stay(line: str) -> None:
    """Areas, states without blame, stores, grants and headings of figures are the report."""
    text = "\n\n".join([*REPORT, line, *REPORT])
    assert drop(text) == ()


def test_an_office_over_its_address_goes_at_the_foot() -> None:
    """The sender's name and address after the last paragraph are a letterhead."""
    foot = ["Permanent Mission of Veshka at Tolm", "27 Chemin Olla Kovar, 1299 Tolm"]
    text = "\n".join([*REPORT, "", *foot])
    assert [text[d.start : d.end] for d in drop(text)] == foot


def test_who_the_authors_are_goes_with_its_heading() -> None:
    """Under «About the authors» stands no report, whatever its words."""
    about = ["About the authors", "Olla Kovar covers rebuilding. Ana Reyl is our data editor."]
    text = "\n".join([*REPORT, "", *about])
    assert [text[d.start : d.end] for d in drop(text)] == about


def test_links_under_their_heading_go() -> None:
    """«LINKS» opens a list of documents; the sentence after it is kept."""
    text = "\n".join([*REPORT, "", "LINKS", "- Veshka Monitor 2024 (full report, maps)"])
    assert [d.rule for d in drop(text)] == ["link-list", "related"]


def test_hints_of_inner_rules_are_in_lower_case() -> None:
    """A hint is sought in the line in lower case; one with capitals would never be found."""
    assert all(hint == hint.casefold() for _, hints, _ in _inner() for hint in hints)


@pytest.mark.parametrize(
    "line",
    [
        "We ask you: make a donation",
        "3 min read",
        "Post\u00a0(opens in new tab)",
        "EIN: 99-1234567",
    ],
)
def test_inner_rules_are_found_by_their_hints(line: str) -> None:
    """Each such line holds a hint of its rule."""
    assert list(_fitting(line))


def test_every_line_rule_reads_from_the_start() -> None:
    """A rule of `lines` is only tried at the first character, so each must begin there."""
    patterns = load_terms("furniture")["lines"].values()
    assert all(pattern.startswith("^") for pattern in patterns)
