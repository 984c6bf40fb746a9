# ruff: noqa: E501 - patterns are read whole
"""Whether a sentence tells of contamination, clearance or survey that was, not of a plan or a stock."""

from __future__ import annotations

import re
from functools import cache

from landrelease.evidence.reading import Tagged, pattern
from landrelease.terms import load_terms


@cache
def word(key: str) -> re.Pattern[str]:
    """A named pattern of the terms of events."""
    return pattern(load_terms("events")[key])


_STILL_TO_DO = re.compile(
    r"\b(?:dud|failure)[\"”]? rates?\b|\bexamined (?:the )?(?:remains|remnants|fragments|parts|pieces|debris)\b|\b(?:interviewed|photographs?|footage|satellite images?)\b|\b(?:needs?|has|have|must|should|requires?|remains?|yet)(?: to)? be(?:ing)? (?:[a-z]+ly )?(?:surveyed|checked|searched|inspected|cleared)|\brequir(?:e|es|ing) survey"
)
_PLANNED = re.compile(
    r"\b(?:aim|plan|hope|intend|expect|mean|want|seek|need|vow|pledge|promise|undert(?:ake|ook)|commit)(?:s|d|ed|ned)? (?:itself |themselves )?to (?:be (?:mine-)?free|clear|survey|demine|release|finish|complete|carry out)\b"
)


def fits(tagged: Tagged, kind: str) -> re.Match[str] | None:
    """The words by which a sentence tells of an event of a kind; None where it tells of none."""
    unmade = kind == "survey" and (not tagged.all("AQ") or _STILL_TO_DO.search(tagged.string))
    if unmade or _PLANNED.search(tagged.string):
        return None
    match = word(kind).search(tagged.string)
    return match if match and _NEEDS.get(kind, _nothing)(tagged) else None


def _nothing(_: Tagged) -> bool:
    return True


def _cleared(tagged: Tagged) -> bool:
    """Whether items or land are told of, and neither money nor a stock."""
    counted = re.search(r"⟨Q\d+⟩ (?:[\w-]+ ){0,3}?(?:⟨M\d+⟩|items|devices|objects)", tagged.string)
    area = tagged.all("A")
    if word("clearance_bar").search(tagged.string) or (not area and _of_stock(tagged)):
        return False
    told = counted or area
    return bool(told or (not tagged.all("V") and word("clearance_sure").search(tagged.string)))


def _contaminated(tagged: Tagged) -> bool:
    """Whether land is told of, by its area or in words that leave no doubt."""
    if word("contamination_bar").search(tagged.string):
        return False
    if tagged.all("A"):
        return True
    sure = word("contamination_sure").search(tagged.string)
    return bool(sure) and not _NO_LAND.search(tagged.string)


_NEEDS = {"clearance": _cleared, "contamination": _contaminated}
"""What more a sentence must tell beside the words of its kind."""
_NO_LAND = re.compile(
    r"\baccus\w+ [^.;]{0,60}? of (?:having )?(?:lay|laid|sow|plant|leav|left|us|scatter|plac|bury|buried|min)\w*\b"
    r"|(?:⟨[CQ]\d+⟩|\bin a million) (?:chance|probability|likelihood)\b|\b(?:chance|probability|likelihood) (?:of|that)\b"
)
"""Who is accused of laying mines, and how likely a mine is to fail, tells of no land."""
_DESTROYED = re.compile(r"\bdestroy(?:ed|ing) (⟨Q\d+⟩)")
_FROM_GROUND = re.compile(
    r"\b(?:found|cleared|lifted|unearthed|minefields?|demin\w*|removed|recovered|collected|teams?|sappers?|units|operators)\b"
)
_LEAST_STOCK = 100_000


def _of_stock(tagged: Tagged) -> bool:
    """A state that destroyed mines by the hundred thousand, no land being named, destroyed a stock."""
    match = _DESTROYED.search(tagged.string)
    number = tagged.mention(match[1]) if match else None
    many = number is not None and number.data.value >= _LEAST_STOCK
    return many and not _FROM_GROUND.search(tagged.string)
