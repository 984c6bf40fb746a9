# ruff: noqa: E501 - patterns are read whole
"""Interviews and pages of questions: who asks, who answers, whatever marks the turns.

Turns are marked «Q:» and «A:», by names before a colon, or only by the question marks of short
paragraphs. What asks gets the label ``Q``, what answers without a name the label ``A``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from landrelease.evidence.layout import Block, inked

ANSWERS = re.compile(r"A|ANSWER", re.IGNORECASE)
"""Labels of whoever is asked, as the head of the page names them."""
ASKS = re.compile(r"Q|QUESTION|INTERVIEWER|MODERATOR", re.IGNORECASE)
_NAME = re.compile(
    r"(?:\*\*)?(?P<label>[A-ZÀ-Þ][\w.'’-]{1,24}(?: [A-ZÀ-Þ][\w.'’-]{0,24}){0,3}) ?:(?:\*\*)?(?=\s|$)"
)
_SAYS_SO = re.compile(
    r"\binterview|\bQ ?(?:&|and) ?A\b|\bFAQ|\bquestions\b|\bin conversation with\b|\bask(?:ed|s)? the expert",
    re.IGNORECASE,
)
"""What the head of such a page calls it."""
_TITLE = 150
_HEAD = 1200
_LONGEST_QUESTION = 260
_FEWEST_QUESTIONS = 3
_ENDS = re.compile(r"\?[”\"’*]{0,3}$")
_NUMBERED = re.compile(r"(?:Q?\d{1,2}[.):] ?)?(?:#+ )?(?:\*\*)?[A-Z]")


def turns(text: str, blocks: list[Block]) -> list[Block]:
    """Return the blocks of a text with the labels of its turns, where it is an interview."""
    return _by_name(text, blocks) or _by_question(text, blocks)


def _by_name(text: str, blocks: list[Block]) -> list[Block] | None:
    """Label by names that open two paragraphs or more, one of whom mostly asks."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        match = None if block.label else _NAME.match(text, block.start, block.end)
        if match:
            found[match["label"]].append(number)
    often = {name: at for name, at in found.items() if len(at) > 1}
    asking = {name for name, at in often.items() if _mostly_asks(text, blocks, at)}
    asked = sum(bool(b.label and ASKS.fullmatch(b.label)) for b in blocks) > 1
    if not (asking or asked) or not set(often) - asking:
        return None
    turn = {number: "Q" if name in asking else name for name, at in often.items() for number in at}
    return [_turned(text, b, turn[n]) if n in turn else b for n, b in enumerate(blocks)]


def _mostly_asks(text: str, blocks: list[Block], at: list[int]) -> bool:
    questions = sum(bool(_ENDS.search(text[blocks[n].start : blocks[n].end])) for n in at)
    return questions * 2 > len(at)


def _turned(text: str, block: Block, label: str) -> Block:
    match = _NAME.match(text, block.start, block.end)
    start, _ = inked(text, match.end() if match else block.start, block.end)
    return replace(block, start=start, label=label)


def _by_question(text: str, blocks: list[Block]) -> list[Block]:
    """Questions alone in short paragraphs, or labelled, with answers that nothing marks."""
    labelled = [n for n, b in enumerate(blocks) if b.label and ASKS.fullmatch(b.label)]
    if len(labelled) > 1 and not any(b.label for n, b in enumerate(blocks) if n not in labelled):
        return list(_answered(text, blocks, set(labelled)))
    if any(b.label for b in blocks) or not _SAYS_SO.search(text, 0, _HEAD):
        return blocks
    questions = {n for n, b in enumerate(blocks) if _is_question(text, b)}
    if len(questions) < (2 if _SAYS_SO.search(text, 0, _TITLE) else _FEWEST_QUESTIONS):
        return blocks
    return list(_answered(text, blocks, questions))


def _is_question(text: str, block: Block) -> bool:
    words = text[block.start : block.end]
    return (
        len(words) <= _LONGEST_QUESTION
        and bool(_ENDS.search(words))
        and bool(_NUMBERED.match(words))
        and "“" not in words
    )


def _answered(text: str, blocks: list[Block], questions: set[int]) -> Iterator[Block]:
    """Label the questions, and the first paragraph after each as an answer."""
    for number, block in enumerate(blocks):
        if number in questions:
            yield replace(block, label="Q")
        elif number - 1 in questions and text[block.end - 1 : block.end] != "?":
            yield replace(block, label="A", bullet=False)
        else:
            yield block
