# ruff: noqa: E501 - patterns are read whole
"""Quoted stretches of a text, within a paragraph and over several."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landrelease.evidence.layout import Block, Quote


def quotes(text: str, parts: list[Block]) -> list[Quote]:
    """Find quoted spans block by block; an unclosed one runs to the end of its block.

    Where a later block closes what an earlier one left open, all between is quoted too. Curly and
    straight double marks open quotations; single curly marks only in a text that has no double ones.
    """
    single = not any(_DOUBLE.search(text, b.start, b.end) for b in parts)
    marks = re.compile(
        r"[‘’]|(?<![\w.,!?])'(?=\w)|(?<=[.,!?])'|'(?=[,.])" if single else r"[\"“”«»„]"
    )
    found: list[Quote] = []
    going_on = 0
    for index, block in enumerate(parts):
        own = list(_quotes_of(text, block, index, marks, begun=going_on > 0))
        going_on -= 1
        if own and not own[-1].closed and going_on <= 0 and not single:
            going_on = _goes_on(text, parts, index)
        found.extend(own or _set_apart(text, parts, index, found))
    return found


_INTRODUCES = re.compile(
    r"[a-z⟩)] (?:said|says|commented|added|adds|stated|remarked|explained|continued)(?: [^.:;“”\"]{1,60})?:$"
)
_OWN_WORDS = re.compile(r"\b(?:[Ww]e|[Oo]ur|I|[Mm]y|us)\b(?!\.)")
_TELLS = re.compile(r"\b(?:said|says|told|added|announced)\b|[:“”\"]")
_LEAST_WORDS = 5


def _set_apart(text: str, parts: list[Block], index: int, found: list[Quote]) -> list[Quote]:
    """A paragraph without marks after «The minister said:», as official pages print quotations.

    The next is theirs too where it speaks of «we» and tells of nobody who said it.
    """
    block, before = parts[index], parts[index - 1] if index else None
    words = text[block.start : block.end]
    if before is None or len(words.split()) < _LEAST_WORDS or not words[0].isupper():
        return []
    introduced = _INTRODUCES.search(text[max(before.start, before.end - 160) : before.end])
    last = found[-1] if found else None
    goes_on = (
        last is not None
        and (last.start, last.end) == (before.start, before.end)
        and _OWN_WORDS.search(words)
        and not _TELLS.search(words)
    )
    return [Quote(block.start, block.end, index, True)] if introduced or goes_on else []


_MARK = re.compile(r"[\"“”«»]")
_DOUBLE = re.compile(r"[\"“«]")
_MOST_PARAGRAPHS = 6
"""So many paragraphs may follow within one quotation without marks of their own."""


def _goes_on(text: str, parts: list[Block], index: int) -> int:
    """How many of the next blocks belong to a quotation left open: up to the one that closes it."""
    for ahead, block in enumerate(parts[index + 1 : index + 1 + _MOST_PARAGRAPHS], start=1):
        mark = _MARK.search(text, block.start, block.end)
        if mark:
            ends = mark.end() == block.end or text[mark.start() - 1] in ",.?!"
            closing = mark.group() in "”»" or (mark.group() == '"' and ends)
            return ahead if closing and mark.start() > block.start else 0
    return 0


def _quotes_of(
    text: str, block: Block, index: int, marks: re.Pattern[str], *, begun: bool
) -> Iterator[Quote]:
    opened, depth = block.start if begun or _only_closes(text, block) else -1, 0
    for match in marks.finditer(text, block.start, block.end):
        mark, at = match.group(), match.start()
        if mark == "'" and opened < 0 and not text[at + 1 : at + 2].isalnum():
            continue
        if (
            mark in "“«„‘"
            or (mark == "'" and opened < 0)
            or (opened < 0 and (mark == '"' or _wrong_way(text, at, block)))
        ):
            depth += opened >= 0 and _nested(text, at, block)
            opened = at + 1 if opened < 0 else opened
        elif opened >= 0 and not _apostrophe(text, at):
            if depth:
                depth -= 1
                continue
            if at > opened:
                yield Quote(opened, at, index, True)
            opened = -1
    if 0 <= opened < block.end:
        yield Quote(opened, block.end, index, False)


def _only_closes(text: str, block: Block) -> bool:
    """Marks without their pair, of which the first ends speech: the mark before it was lost."""
    found = [m.start() for m in re.finditer(r"[\"“”]", text[block.start : block.end])]
    if len(found) % 2 == 0 or text[block.start + found[0]] == "“":
        return False
    return bool(_AFTER_SPEECH.match(text, block.start + found[0] - 1, block.end))


_AFTER_SPEECH = re.compile(
    r"[,.?!][\"”] (?:[\w.’'-]+ ){1,5}(?:said|says|added|told|noted|warned|explained)\b"
)


def _nested(text: str, at: int, block: Block) -> bool:
    """A quotation within a quotation, both closed further on."""
    stop = min(block.end, at + 600)
    closing, opening = text.count("”", at, stop), text.count("“", at, stop)
    return text[at - 1] in " (" and text[at + 1 : at + 2].isalnum() and closing > opening


def _wrong_way(text: str, at: int, block: Block) -> bool:
    """A closing mark where a quotation opens, as some systems print it."""
    begins = at == block.start or text[at - 1].isspace()
    return text[at] == "”" and begins and text[at + 1 : at + 2].isalnum()


def _apostrophe(text: str, at: int) -> bool:
    return text[at] == "’" and at + 1 < len(text) and text[at + 1].isalnum()
