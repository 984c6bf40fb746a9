"""Treaties that a text describes instead of naming: «a 1997 accord that bans such mines»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from landrelease.evidence.gazetteer import Mention
from landrelease.terms import load_terms


@cache
def _described() -> list[tuple[str, re.Pattern[str]]]:
    table = load_terms("treaties")["described"]
    parts = {name: str(words) for name, words in table.items() if name != "treaties"}
    return [
        (code, re.compile(pattern.format(**parts), re.IGNORECASE))
        for code, patterns in table["treaties"].items()
        for pattern in patterns
    ]


_PROTOCOL = re.compile(
    r"\b(?:the|this|that|which) ((?:amended )?[Pp]rotocol)\b"
    r"(?! (?:[IVX\d]|officer|chief|department|of\b|to the\b|on\b))"
)
_PROTOCOLS = ("CCW-AP2", "CCW-P5")


def find_protocols(text: str, mentions: list[Mention]) -> Iterator[Mention]:
    """Yield «the protocol» where one of the listed protocols was named before, as the last of them.

    Examples
    --------
    >>> text = "Protocol V is short. Peru has signed the protocol."
    >>> [m.key for m in find_protocols(text, [Mention("T", 0, 10, "CCW-P5")])]
    ['CCW-P5']
    """
    named = [m for m in mentions if m.kind == "T" and m.key in _PROTOCOLS]
    for match in _PROTOCOL.finditer(text, named[0].end if named else len(text)):
        last = next(m for m in reversed(named) if m.end <= match.start())
        yield Mention("T", match.start(1), match.end(1), last.key)


_HINT = re.compile(
    r"treat(?:y|ies)|convention|pact|accord|agreement|\bban\b|Oslo|Ottawa", re.IGNORECASE
)


def find_described(text: str, start: int, end: int) -> Iterator[Mention]:
    """Yield the treaties that a stretch describes by what they ban and when they were made.

    Examples
    --------
    >>> text = "It never joined the 1997 international treaty that bans such mines."
    >>> [(text[m.start : m.end], m.key) for m in find_described(text, 0, len(text))]
    [('treaty that bans such mines', 'MBT')]
    """
    if not _HINT.search(text, start, end):
        return
    seen: set[int] = set()
    for code, pattern in _described():
        for match in pattern.finditer(text, start, end):
            if match.start() not in seen:
                seen.add(match.start())
                yield Mention("T", match.start(), match.end(), code)
