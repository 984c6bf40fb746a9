# ruff: noqa: E501 - patterns are read whole
"""What the sieves of transfers share: the story so far, parties and goods as words name them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.items import item_class, items_of
from landrelease.evidence.layout import Span
from landrelease.evidence.reading import TAG, Reading, Tagged, pattern
from landrelease.evidence.sieves import givers
from landrelease.evidence.sieves.theatre import region_of
from landrelease.terms import load_terms


@dataclass
class Scene:
    """Parties and package that earlier sentences named."""

    supplier: str | None
    recipient: str | None
    package: str | None = None
    status: str = "announced"
    date: str | None = None
    listing: bool = False
    fallback: str | None = None
    value: Mention | None = None
    told: set[int] = field(default_factory=set)
    items: list[dict[str, Any]] = field(default_factory=list)


@cache
def word(key: str) -> re.Pattern[str]:
    """A named pattern of the terms of transfers."""
    return pattern(load_terms("transfers")[key])


def party_of(tagged: Tagged, text: str | None) -> str | None:
    """A state's code, else a body's name, else the words."""
    if not text:
        return None
    listed = list(dict.fromkeys(m.key for m in tagged.all("S", text)))
    if len(listed) > 1:
        return ";".join(listed)
    named = tagged.all("SJGOWLP", text)
    if named:
        return _named_party(named[0])
    if re.match(load_terms("transfers")["local_body"], text):
        return None
    words = re.sub(
        r"^(?:the|its|their|our|a|an)\s+", "", TAG.sub("", text).strip(), flags=re.IGNORECASE
    )
    return words.strip(" ,'’") or None


def _named_party(mention: Mention) -> str | None:
    if mention.kind in "SJG":
        return mention.key
    if mention.kind == "O":
        local = not gazetteer.is_listed(mention.key) and _is_local(mention.key)
        return None if local else givers.party_of(mention)
    nobody = item_class(mention.key) or _is_local(mention.key)
    return region_of(mention.key) or (None if nobody else mention.key)


def _is_local(name: str) -> bool:
    """A service or unit without its state, which is that of the text."""
    return bool(re.match(load_terms("transfers")["local_body"], f"the {name}"))


_NONE = re.compile(r"\s*(?:no|not any|none of|neither|never)\b(?! (?:fewer|less))", re.IGNORECASE)
"""What was not sent is no item."""
_THESE = re.compile(
    r"^(?:them|(?:the(?: same)?|these|those|such) (?:[\w-]+ ){0,3}(?:weapons?|munitions|arms))$"
)


def named_items(reading: Reading, span: Span, text: str) -> list[dict[str, Any]]:
    """Items of a phrase, what introduces it left out; «these weapons» are those named before."""
    if _NONE.match(text):
        return []
    before = reading.inside(0, span.start, "M")
    if before and _THESE.match(text.strip()):
        return items_of(reading.text[before[-1].start : before[-1].end])
    told = re.split(
        r"\b(?:said|says|announced|confirmed|used?|using|fired|received|delivered|supplied|works? with|working with|handing over|handover of|use of)(?: that)? ",
        text,
    )[-1]
    return items_of(told) or items_of(text)
