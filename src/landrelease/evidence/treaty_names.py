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
