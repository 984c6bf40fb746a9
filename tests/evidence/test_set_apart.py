"""Quotations in paragraphs of their own, without marks, as official pages print them."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

PAGE = """GOV.UK
Press release

UK to send mine detectors

From: Ministry of Defence and The Rt Hon Ana Reyl MP
Published 19 February 2024

The UK will provide Chad with mine detectors.

"""
ENDING = "\n\nThe UK is a State Party to the Mine Ban Treaty."


def said(text: str) -> list[tuple[object, object]]:
    """Speaker and mode of each statement."""
    found = extract(text, published="2024-02-19").proposals
    return [(p.fields["speaker"], p.fields["mode"]) for p in found if p.category == "statement"]


@pytest.mark.parametrize("marks", ["    {}", "{}", "“{}”"])
@pytest.mark.parametrize("verb", ["said", "added", "commented", "said during the visit"])
def test_a_paragraph_after_the_colon_is_the_persons(marks: str, verb: str) -> None:
    """On a ministry's page, too, whose every other sentence is the ministry's."""
    words = marks.format("Minefields stand between farmers and their land.")
    told = said(f"{PAGE}Defence Secretary Ana Reyl {verb}:\n\n{words}{ENDING}")
    assert ("Ana Reyl", "direct") in told
    assert told[-1][1] == "written"


def test_a_second_paragraph_of_we_goes_on() -> None:
    """«We will go on clearing mines»: still the speaker; the page's own sentence is not."""
    words = "    Mines kill farmers in Chad every week.\n\n    We will go on clearing mines."
    told = said(f"{PAGE}Defence Secretary Ana Reyl said:\n\n{words}{ENDING}")
    assert told.count(("Ana Reyl", "direct")) == 2
    assert told[-1] == told[0]


def test_in_news_the_paragraph_is_the_speakers() -> None:
    """The same form under a dateline."""
    text = "OSLO (AP) — Mines were found.\n\nDefence Minister Ana Reyl said:\n\nMinefields stand between farmers and their land."
    assert said(text) == [("Ana Reyl", "direct")]


@pytest.mark.parametrize("opening", [
    "The package consists of:",
    "The Secretary of State said mines must go. The list:",
])  # fmt: skip
def test_a_list_after_a_colon_is_nobodys_speech(opening: str) -> None:
    """A colon without a verb of speech opens no quotation."""
    told = said(f"{PAGE}{opening}\n\nMine ploughs will be sent to Chad in the spring.{ENDING}")
    assert all(mode != "direct" for _, mode in told)
