# ruff: noqa: E501 - patterns are read whole
"""By-lines without «by»: who wrote a page, by name alone, under its headline.

A name alone may also be whose speech or view a page prints, so nothing is dropped where the head
says that it is one, nor where no line of a news page stands beside the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from landrelease.evidence.gazetteer import phrase_book
from landrelease.evidence.names import find_names

_NAME = r"[A-ZÀ-Þ][\w'’.-]+(?: (?:[A-ZÀ-Þ][\w'’.-]*|de|van|von|al|bin)){1,3}"
_NAMES = rf"(?P<names>{_NAME}(?:(?:, | and | & ){_NAME}){{0,3}})"
_JOB = re.compile(
    rf"{_NAMES}(?:,| \|| [–-])? (?:[\w-]+ ){{0,3}}"
    r"(?i:correspondent|reporter|editor|staff writer|columnist|bureau chief)(?: in [A-Z][\w -]{2,20})?"
)
_ALONE = re.compile(
    rf"{_NAMES}(?: in [A-Z][\w-]{{2,20}}(?:(?:, | and )[A-Z][\w-]{{2,20}}){{0,2}})?"
)
_PLACED = re.compile(rf"{_NAMES}, [A-ZÀ-Þ][\w-]{{2,20}}(?: [A-ZÀ-Þ][\w-]{{2,20}})?")
"""«Ana Reyl, Tolm», on a page whose head has rows of a news site."""
_DAY = re.compile(
    r"\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.?,? \d{4}|[a-z]{3,9}\.? \d{1,2},? \d{4})\b.{0,60}",
    re.IGNORECASE,
)
_OF_NEWS = frozenset(
    {"read-time", "listen", "share", "byline-row", "page-row", "dates-furniture", "desk", "caption"}
)
"""Rules of lines that stand by a journalist's name on a page of news."""
_SPEAKS = re.compile(
    r"\b(?:statements?|remarks|speech|address|message|testimony|letter|declaration|opinions?|op-?ed"
    r"|comment(?:ary)?|view(?:point)?s?|column|essay|interview|transcript|delivered|presented)\b",
    re.IGNORECASE,
)
"""Words of a head whose name may be the speaker's."""
_LEAST_HEADLINE = 25


def bylines(head: list[tuple[int, str]], gone: dict[int, str]) -> Iterator[int]:
    """Yield the lines of a head that only name who wrote the page.

    Parameters
    ----------
    head : list of (int, str)
        Number and words of the lines above the first paragraph.
    gone : dict of int to str
        Rules of the lines dropped so far.

    Examples
    --------
    >>> head = [(0, "Two hurt by a mine on the road to Tolm"), (1, "Ana Reyl"), (2, "3 min read")]
    >>> list(bylines(head, {2: "read-time"})), list(bylines(head[:2], {}))
    ([1], [])
    """
    if any(_SPEAKS.search(line) for number, line in head if gone.get(number) != "cells"):
        return
    news = any(gone.get(number) in _OF_NEWS for number, _ in head)
    for at, (number, line) in enumerate(head):
        titled = any(len(before) >= _LEAST_HEADLINE for _, before in head[:at])
        beside = head[max(at - 1, 0) : at] + head[at + 1 : at + 2]
        timed = any(gone.get(n) in _OF_NEWS or _DAY.fullmatch(other) for n, other in beside)
        match = _JOB.fullmatch(line) or (_ALONE.fullmatch(line) if timed else None)
        match = match or (_PLACED.fullmatch(line) if news else None)
        if titled and match and number not in gone and _are_people(match["names"]):
            yield number


def _are_people(names: str) -> bool:
    """Whether the shape of each name is a person's and no list knows it as something else."""
    for name in re.split(r", | and | & ", names):
        listed = any(True for _ in phrase_book().find(name, 0, len(name)))
        found = list(find_names(name, 0, len(name), []))
        if listed or [m.kind for m in found] != ["P"] or found[0].end < len(name):
            return False
    return True
