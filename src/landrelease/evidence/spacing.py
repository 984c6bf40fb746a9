"""One spacing and one kind of quotation marks for all texts; offsets find their way back.

Pages print two spaces after a full stop, hard spaces between a number and its unit, soft hyphens
and indented paragraphs. None of it says anything, and no rule should have to know of it.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SPACES = r"[ \u00a0\u2000-\u200a\u202f\u205f\u3000]"
_UNEVEN = re.compile(
    rf"\r\n?|[{_INVISIBLE}]+|(?:^|(?<=[\n\r])){_SPACES}+|{_SPACES}+(?=[\r\n]|$)"
    rf"|{_SPACES}{{2,}}|[\u00a0\u2000-\u200a\u202f\u205f\u3000]|\u2011"
)


_LONGEST_QUOTATION = 2000
_TURNED = (
    (re.compile(rf"„([^„“”\n]{{1,{_LONGEST_QUOTATION}}})[“”]"), r"“\1”"),
    (re.compile(rf"(?<!\S)»(?=\w)([^»«\n]{{1,{_LONGEST_QUOTATION}}})«"), r"“\1”"),
    (re.compile(rf"(?<![^\s(])”(?=\w)([^“”\n]{{1,{_LONGEST_QUOTATION}}})”"), r"“\1”"),
    (re.compile(rf"«([^»«\n]{{1,{_LONGEST_QUOTATION}}})»"), r"“\1”"),
    (re.compile(r"(?<=\w)[\u02bc\u00b4]"), "’"),
)
"""Quotations as Germans, Danes, Finns and the French print them; apostrophes of other keys."""


@dataclass(frozen=True)
class Evened:
    """A text in even spacing, and where each of its characters stands in the text as given.

    Attributes
    ----------
    text : str
        The evened text.
    origin : array of int
        For each character of ``text`` its offset in the text as given.
    """

    text: str
    origin: array[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return a stretch of the evened text as offsets of the text as given."""
        if start >= end:
            return (self._at(start),) * 2
        return self.origin[start], self.origin[end - 1] + 1

    def _at(self, place: int) -> int:
        if place < len(self.origin):
            return self.origin[place]
        return self.origin[-1] + 1 if self.origin else 0


def even(text: str) -> Evened:
    """Even the spacing of a text, and turn its quotation marks to “so”.

    A gap of three spaces or more within a line stays wider than one, and so do gaps of two in a
    row of several without the end of a sentence: they may part columns.

    Examples
    --------
    >>> evened = even("It cleared" + chr(160) + "3 ha.  Then it left.")
    >>> evened.text
    'It cleared 3 ha. Then it left.'
    >>> evened.back(17, 21)
    (18, 22)
    """
    parts: list[str] = []
    origin = array("q")
    at = 0
    for match in _UNEVEN.finditer(text):
        said = _instead(match, text)
        parts += text[at : match.start()], said
        origin.extend(range(at, match.start()))
        origin.extend(range(match.start(), match.start() + len(said)))
        at = match.end()
    parts.append(text[at:])
    origin.extend(range(at, len(text)))
    return Evened(_turned("".join(parts)), origin)


def _turned(text: str) -> str:
    """One kind of quotation marks, each in the place of the one that was printed."""
    for printed, ours in _TURNED:
        text = printed.sub(ours, text)
    return text


def _instead(match: re.Match[str], text: str) -> str:
    """What stands for an uneven stretch; never longer than it."""
    found = match.group()
    if found[0] == "\r":
        return "\n"
    if found[0] == "\u2011":
        return "-"
    if found[0] in _INVISIBLE or _at_edge(match, text):
        return ""
    wide = len(found) > 2 or (len(found) == 2 and _parts_columns(match, text))
    return "  " if wide else " "


_LONGEST_ROW = 160
_COLUMNS = re.compile(r"[^.!?:;\n\r]*\w  [A-Z0-9][^.!?:;\n\r]*\w  [A-Z0-9][^.!?:;\n\r]*")


def _parts_columns(match: re.Match[str], text: str) -> bool:
    """Whether the row holds more such gaps and no end of a sentence: «News  Politics  Opinion»."""
    start = text.rfind("\n", max(match.start() - _LONGEST_ROW, 0), match.start()) + 1
    end = text.find("\n", match.end(), match.end() + _LONGEST_ROW)
    end = end if end >= 0 else min(len(text), match.end() + _LONGEST_ROW)
    row = text[start:end]
    return len(row) <= _LONGEST_ROW and bool(_COLUMNS.fullmatch(row))


def _at_edge(match: re.Match[str], text: str) -> bool:
    before, after = (
        text[max(match.start() - 1, 0) : match.start()],
        text[match.end() : match.end() + 1],
    )
    return before in ("", "\n", "\r") or after in ("", "\n", "\r")
