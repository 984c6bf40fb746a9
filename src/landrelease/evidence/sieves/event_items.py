# ruff: noqa: E501 - patterns are read whole
"""The ordnance that a sentence about an event names and counts."""

from __future__ import annotations

import re
from typing import Any

from landrelease.evidence.reading import Reading, Tagged

_COUNTED = re.compile(
    r"(?:(⟨Q\d+⟩) (?:(?:types|items|pieces|units) of |(?!people\b|person\b|men\b|women\b|children\b|child\b|man\b|woman\b|by\b|with\b|from\b|in\b|on\b|of\b|and\b|or\b|to\b|when\b|after\b|killed\b|injured\b|hurt\b|wounded\b|died\b|[a-z]+ing\b|[a-z]+[^s]s\b)[a-z-]+ ){0,2})?(⟨M\d+⟩)"
    r"|(⟨Q\d+⟩) (anti-?\s?personnel|anti-?\s?(?:tank|vehicle))(?=,| and | as well|;)"
)
_OF_WORDS = re.compile(
    r"[- ]?(?:clearance|clearing|removal|detection|disposal|action|awareness|survivors?|victims?|risk|survey)\b"
)
_OF_ACCIDENTS = re.compile(
    r"(?: (?:and|or) ⟨M\d+⟩(?: \(⟨M\d+⟩\))?){0,2}[- ](?:related |caused )?(?:accidents?|explosions?|incidents?|blasts?|casualt\w+|victims?|survivors?|deaths?)\b"
)


def munitions(reading: Reading, tagged: Tagged) -> list[dict[str, Any]]:
    """The ordnance of a sentence with its counts; an abbreviation in brackets names it once more."""
    found: list[dict[str, Any]] = []
    for match in _COUNTED.finditer(tagged.string):
        if match[4]:
            found.append(_short(tagged, match))
            continue
        number, thing = tagged.mention(match[1]), tagged.mention(match[2])
        after = tagged.string[match.end() :]
        again = found and tagged.string[: match.start()].endswith("(") and after.startswith(")")
        if thing is None or again or (number is None and _OF_WORDS.match(after)):
            continue
        words = reading.text[thing.start : thing.end]
        if "field" in words.casefold():
            continue
        count = None if number is None or _OF_ACCIDENTS.match(after) else number.data.plain()
        found.append({"name": words, "class": thing.key, "count": count})
    return found


def _short(tagged: Tagged, match: re.Match[str]) -> dict[str, Any]:
    """«40 anti-personnel and 9 anti-tank mines»: the first noun is left out."""
    number = tagged.mention(match[3])
    kind = "AP mine" if "personnel" in match[4].casefold() else "AV mine"
    count = number.data.plain() if number else None
    return {"name": f"{match[4]} mines", "class": kind, "count": count}
