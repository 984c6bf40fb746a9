"""How a page is spaced changes no proposal and no place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landrelease.evidence.extract import extract
from landrelease.evidence.spacing import even

GOLD = Path(__file__).parents[1] / "gold"
SPACINGS: dict[str, Callable[[str], str]] = {
    "two spaces after a full stop": lambda t: re.sub(r"(?<=[.?!]) (?=[A-Z])", "  ", t),
    "hard spaces between number and unit": lambda t: re.sub(r"(?<=\d) (?=[A-Za-z])", "\u00a0", t),
    "indented lines": lambda t: re.sub(r"(?m)^(?=\S)", "    ", t),
    "carriage returns": lambda t: t.replace("\n", "\r\n"),
    "soft hyphens": lambda t: t.replace("mmun", "m\u00admun"),
}


@given(st.text(alphabet=" \u00a0\u2009\r\n\t\u00ad\ufeffab.", max_size=60))
def test_every_stretch_finds_its_way_back(text: str) -> None:
    """The characters that an evened stretch keeps are those at its place in the text as given."""
    evened = even(text)
    assert len(evened.origin) == len(evened.text)
    assert list(evened.origin) == sorted(set(evened.origin))
    for place, char in enumerate(evened.text):
        start, end = evened.back(place, place + 1)
        given_char = text[start:end]
        assert given_char == char or (given_char.isspace() and char in " \n")
    assert [c for c in text if c in "ab."] == [c for c in evened.text if c in "ab."]


@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize("name", ["04-laos-news", "16-press-gaggle", "32-finland-withdrawal"])
def test_spacing_changes_no_proposal(name: str, spacing: str) -> None:
    """The same proposals with the same words are read however the page is spaced."""
    text = (GOLD / f"{name}.txt").read_text(encoding="utf-8")
    changed = SPACINGS[spacing](text)
    assert changed != text or spacing == "soft hyphens"
    found = extract(changed, published="2025-06-30").proposals
    assert all(changed[p.start : p.end] == p.quote for p in found)
    assert [(p.category, _ink(p.quote)) for p in found] == [
        (p.category, _ink(p.quote)) for p in extract(text, published="2025-06-30").proposals
    ]


def _ink(words: str) -> str:
    return "".join(words.replace("\u00ad", "").split())


@pytest.mark.parametrize("marks", ["”{}”", "„{}“", "„{}”", "»{}«", "«{}»", "“{}”", '"{}"'])
def test_quotation_marks_of_every_kind_part_the_speech(marks: str) -> None:
    """The same words are quoted, with the same speaker, whatever marks a country prints."""
    said = marks.format("Nobody laid mines there. We looked for two years.")
    text = f"Engineer Ana Reyl of the Chad Demining Board was calm. {said}, she said on Friday."
    [own] = [
        p for p in extract(text, published="2024-05-01").proposals if p.fields["mode"] == "direct"
    ]
    assert own.fields["speaker"] == "Ana Reyl"
    assert own.quote == "Nobody laid mines there. We looked for two years."
