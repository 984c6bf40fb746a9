# ruff: noqa: E501 - patterns are read whole
"""Words that stand where a user is named and name none: common words, forces named apart, places."""

from __future__ import annotations

import re

from landrelease.evidence.reading import Reading, Tagged

NOBODY = re.compile(
    r"[A-Z][a-z]{3,}ing|North|South|East|West|(?:Any|Some|Every|No)(?: ?one|body)|Whoever|Nothing|None|Those|People|Others|Many|Few|All"
)
"""A deed at the head of a line («Clearing mined areas»), «anyone» and a quarter of the sky name nobody."""


ANYBODY = re.compile(
    r"(?:the )?(?:government|state|armed|military|security) (?:forces|troops|armies)$",
    re.IGNORECASE,
)


def is_common_word(reading: Reading, tagged: Tagged, match: re.Match[str]) -> bool:
    """«Grass hides them»: a word that only the head of a sentence makes a capital is no name."""
    words = match.groupdict().get("party") or ""
    if not re.fullmatch(r"⟨W\d+⟩", words) or match.start("party") > 1:
        return False
    name = str(tagged.all("W", words)[0].key)
    if not re.fullmatch(r"[A-Z][a-z]+", name):
        return False
    return re.search(rf"[\w,] {name}\b", reading.text) is None


_STRIKES = re.compile(
    r"\b(?:bomb|shell|attack|hitt?|str[iu]c?k|target|pound|bombard|pelt)(?:s|ed|ing)? (?:the )?$"
)


def is_target(tagged: Tagged, match: re.Match[str]) -> bool:
    """«Bombing X using …»: X suffers it."""
    words = match.groupdict().get("party") or ""
    start = match.start("party") if words else 0
    before = tagged.string[max(0, start - 30) : start]
    return bool(re.fullmatch(r"⟨[WPLSG]\d+⟩", words) and _STRIKES.search(before))


_WHERE = re.compile(r"\b(?:countries|states|nations|places|regions|territories)\b[^⟨]{0,20}$")
"""«Laid mines in six countries: A, B, …» lists where."""


def lists_where(tagged: Tagged, match: re.Match[str]) -> bool:
    """Whether the list of states after a use tells where and not who."""
    between = tagged.string[match.end("weapon") : match.start("party")]
    return _WHERE.search(between) is not None


_THOSE_OF = re.compile(
    r",? (?:\(|[–—-] ?)?(?:those|that|namely) | in (?:[\w-]+ ){1,4}(?:countries|states)(?:,|:| [(–—-])"
)
_LISTED = re.compile(r"(?::| [–—-]) (?:those of |the )?⟨[SG]")


def named_apart(reading: Reading, tagged: Tagged, match: re.Match[str]) -> bool:
    """«Government forces, those of A and B, …», «use by government forces: A and B»."""
    words = match.groupdict().get("party")
    if not words or not ANYBODY.match(words):
        return False
    end = tagged.span(*match.span("party")).end
    apart = _THOSE_OF.match(reading.text, end) or _LISTED.match(tagged.string, match.end())
    return apart is not None
