# ruff: noqa: E501 - patterns are read whole
"""Which states «both countries», «none of the three» and a pronoun before its name are."""

from __future__ import annotations

import re

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.reading import Reading, Tagged

_COUNTS = {"both": 2, "neither": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def how_many(tagged: Tagged, word: str) -> int | None:
    """Return how many states «both», «the three countries» are; none where no number is told."""
    number = next(iter(tagged.all("Q", word)), None)
    if number:
        return int(number.data.value)
    return next((n for w, n in _COUNTS.items() if re.search(rf"\b{w}\b", word.casefold())), None)


_GROUP_WORD = re.compile(
    r"(?:both|th(?:e|ese|ose)\b.*) ?(?:countries|states|nations|kingdoms|republics|neighbou?rs|governments)",
    re.IGNORECASE,
)
_NEAR_BEFORE = 700
"""Characters before «these countries» in which they are named."""


def named_before(reading: Reading, tagged: Tagged, match: re.Match[str]) -> list[Mention]:
    """Return the states that «none of the three countries» are: the three named last.

    Parameters
    ----------
    reading : Reading
        The text.
    tagged : Tagged
        The sentence.
    match : re.Match
        A clause whose group ``it`` is the words for the states.
    """
    word = match.groupdict().get("it") or ""
    if not _GROUP_WORD.match(word):
        return []
    start = tagged.span(match.start("it"), match.end("it")).start
    named = reading.inside(max(0, start - _NEAR_BEFORE), start, "SGJ")
    before = [
        m
        for m in named
        if m.kind != "G" or not _AT.search(reading.text, max(0, m.start - 6), m.start)
    ]
    last = list({m.key: m for m in reversed(before) if not _of_make(reading, m)}.values())
    count = how_many(tagged, word)
    last = last if count else _of_paragraph(reading, tagged, last)
    if count and len(last) > count:
        often = sorted(last, key=lambda m: -reading.states[m.key])[:count]
        last = [m for m in last if m in often]
    elif count and len(last) < count:
        last = []
    return last[::-1] if 1 < len(last) <= _MOST_NAMED else []


def _of_paragraph(reading: Reading, tagged: Tagged, states: list[Mention]) -> list[Mention]:
    """«None of these states»: of those that the paragraph names, but for mere places, where two are left."""
    first = _paragraph_start(reading, tagged)
    own = [m for m in states if m.start >= first]
    acting = [m for m in own if not _is_place(reading, m)]
    return next((some for some in (acting, own) if len(some) > 1), states)


def _paragraph_start(reading: Reading, tagged: Tagged) -> int:
    """Where the first sentence told of a sentence's paragraph begins."""
    block = tagged.sentence.block
    return next(t.sentence.start for t in reading.told if t.sentence.block == block)


def _is_place(reading: Reading, mention: Mention) -> bool:
    """«In Peru», «across Peru»: a state where things happen."""
    return bool(_PLACE.search(reading.text, max(0, mention.start - 12), mention.start))


_PLACE = re.compile(r"\b(?:in|into|near|over|inside|across)(?: the)? $")
_AT = re.compile(r"\b(?:in|at|from|near|to|of) $")
"""A capital where people met is no party to what follows."""
_MAKE = re.compile(r"-(?:made|type|built|style|designed|supplied|era)\b")


def _of_make(reading: Reading, mention: Mention) -> bool:
    """«A Norsian-made mine» speaks of the mine."""
    return bool(_MAKE.match(reading.text, mention.end))


_MOST_NAMED = 6


_TWO = re.compile(
    r"(?:both|the two|the ⟨Q\d+⟩)\b|neither\b|(?:country|state|side|government)$", re.I
)
"""Words for two states; «neither country» without its first word."""
_OFTEN = 3
_MORE_OFTEN = 2
"""Times that each of two states is named, and how many times as often as any third."""


def pair_before(reading: Reading, tagged: Tagged, word: str, at: int) -> list[Mention]:
    """Return the two states that «both countries» and «neither state» mean.

    They are the two that the paragraph names, else the two that the whole text is about.

    Parameters
    ----------
    reading : Reading
        The text.
    tagged : Tagged
        The sentence.
    word : str
        The words for the states.
    at : int
        Where they stand in the tagged sentence.
    """
    if not _TWO.match(word) or how_many(tagged, word) not in (None, 2):
        return []
    own = _acting_in(reading, tagged, tagged.span(at, at + 1).start)
    return own if len(own) == 2 else [] if own else _main_two(reading)


def _acting_in(reading: Reading, tagged: Tagged, end: int) -> list[Mention]:
    """The states that a paragraph names up to a place, but for where things happen and of what make."""
    named = reading.inside(_paragraph_start(reading, tagged), end, "SJ")
    acting = [m for m in named if not _is_place(reading, m) and not _of_make(reading, m)]
    return list({m.key: m for m in acting}.values())


def _main_two(reading: Reading) -> list[Mention]:
    """The two states that a text names far more often than any other."""
    often = [*reading.states.most_common(3), ("", 0), ("", 0), ("", 0)][:3]
    two, third = often[:2], often[2][1]
    clear = two[1][1] >= max(_OFTEN, _MORE_OFTEN * third)
    return [Mention("S", 0, 0, key) for key, _ in two] if clear else []


_AHEAD = re.compile(
    r"^[“\"]?(?:[^,;⟨]|⟨[UQDTO]\d+⟩){0,60}?\b(?:[Aa]fter|[Ww]hen|[Ss]ince|[Bb]efore|[Ww]hile|[Oo]nce|[Aa]s|[Aa]lthough|[Tt]hough|[Uu]ntil|[Bb]ecause)\b(?:[^,;⟨]|⟨[UQDTO]\d+⟩){0,60}$"
)
_OWNER = re.compile(r"(?:[^,;⟨]|⟨[UQDTO]\d+⟩){0,120}, (?:the )?(⟨S\d+⟩)(?!['’])")


def named_after(tagged: Tagged, noun: re.Match[str]) -> Mention | None:
    """Return whom «months after it said that it was leaving, Peru …» means: the name that follows.

    Parameters
    ----------
    tagged : Tagged
        The sentence.
    noun : re.Match
        A subject whose group ``pronoun`` is matched.
    """
    if not _ONE_STATE.match(noun["pronoun"]) or not _AHEAD.match(tagged.string[: noun.start()]):
        return None
    owner = _OWNER.match(tagged.string, noun.end())
    return tagged.mention(owner[1]) if owner else None


_ONE_STATE = re.compile(r"(?:it|the (?:country|state|kingdom|republic|nation))\b", re.IGNORECASE)
