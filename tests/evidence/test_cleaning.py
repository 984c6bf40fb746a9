"""Furniture goes wherever it stands, and no line of the report goes with it."""

from __future__ import annotations

import pytest

from landrelease.evidence.cleaning import drop

REPORT = [
    "Deminers in the Veshka region destroyed 340 mines in the first week of May, a service said.",
    "“We found them in our own gardens,” said farmer Olla Kovar, 52, who lost a cow in April.",
    "The ministry did not comment.",
    "A second team begins work near Tolm on Monday.",
    "“For us it is simple: these mines must go,” Ms. Kovar said. “You cannot plough around them.”",
    "In 2023, 103 people died.",
]
FURNITURE = [
    "Read more: A neighbour gives 3 million for demining",
    "READ ALSO",
    "Related stories",
    "Most read",
    "Donate now",
    "Help us keep reporting. Donate today.",
    "SEE ALSO: Mines kill three in Tolm",
    "You may also like",
    "Recommended",
    "Editor's picks",
    "More on this story",
    "[ Read: What a butterfly mine is ]",
    "Sign up for our newsletter",
    "Story continues below advertisement",
]


def _dropped(text: str) -> list[str]:
    return [text[d.start : d.end] for d in drop(text)]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_between_paragraphs_takes_none_of_them_along(line: str, gap: str) -> None:
    """A link or button amid short paragraphs is dropped alone, wherever it stands."""
    for at in range(len(REPORT)):
        text = gap.join(["Mines found near Tolm", *REPORT[:at], line, *REPORT[at:]])
        assert _dropped(text) == [line]


def test_a_list_of_links_is_dropped_to_its_end() -> None:
    """Headlines under an opener go; the report that goes on after them stays."""
    links = ["Related articles", "Three hurt by a mine in Tolm", "Which states left the treaty?"]
    assert _dropped("\n".join([REPORT[0], *links, REPORT[2], REPORT[3]])) == links


def test_an_appeal_is_dropped_to_its_end() -> None:
    """Paragraphs that speak to the reader go, also those in between that tell of the paper."""
    appeal = [
        "A message from the Veshka Herald:",
        "Dear readers,",
        "We are facing hard times, and our reporters work at some risk.",
        "Your support keeps this newsroom open. Please give what you can.",
    ]
    assert _dropped("\n".join([*REPORT, *appeal])) == appeal
    assert _dropped("\n".join([REPORT[0], *appeal, *REPORT[3:]])) == appeal


def test_wrapped_lines_after_a_link_are_prose() -> None:
    """A paragraph broken over lines is known by how it goes on."""
    wrapped = [
        "The governor told a meeting of village heads on Friday that the fields",
        "along the river would be searched before the planting season starts.",
    ]
    assert _dropped("\n".join([REPORT[0], "Read more: Tolm", *wrapped])) == ["Read more: Tolm"]
