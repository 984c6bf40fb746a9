# ruff: noqa: E501 - patterns are read whole
"""Which of the areas that a sentence names was worked on."""

from __future__ import annotations

import re

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.reading import Tagged

_LEFT_BEFORE = re.compile(
    r"\b(?:scattered|remain\w*|leaving|still (?:contaminated|mined)|contaminated with)\b[^.;⟨]{0,50}$"
)
_LEFT_AFTER = re.compile(
    r"⟨A\d+⟩(?: of (?:[\w-]+ ){0,2}?land)?(?: have| has| is| are)?(?: been| still)? (?:contaminated|to be cleared|remain\w*)\b"
)


def still_dangerous(tagged: Tagged, area: Mention) -> bool:
    """An area still dangerous is no area of work."""
    at = tagged.place(area)
    before, after = tagged.string[:at], tagged.string[at:]
    return bool(_LEFT_BEFORE.search(before) or _LEFT_AFTER.match(after))


_PART_OF = re.compile(r"\b(?:including|of which|of them|among them)(?: [\w-]+){0,2}? $")
_FROM_TO = re.compile(r"\bfrom ⟨A\d+⟩ (?:in ⟨D\d+⟩ )?to (⟨A\d+⟩)")


def nearest_area(tagged: Tagged, areas: list[Mention], at: int) -> Mention:
    """The area next to the word that tells, not a part of it; of «from 9 ha to 5 ha» the latter."""
    change = _FROM_TO.search(tagged.string)
    now = tagged.mention(change[1]) if change else None
    whole = [m for m in areas if not _PART_OF.search(tagged.string[: tagged.place(m)])]
    whole = whole or areas
    return now or min(whole, key=lambda m: abs(tagged.place(m) - at))
