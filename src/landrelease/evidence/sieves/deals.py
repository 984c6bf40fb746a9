# ruff: noqa: E501 - patterns are read whole
"""What the sieves of transfers share: the story so far, parties and goods as words name them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.items import item_class, items_of
from landrelease.evidence.layout import Span
from landrelease.evidence.offices import office_held
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
    home: str | None = None
    subject: str | None = None
    told_at: int = -9

    def told_within(self, index: int, sentences: int) -> bool:
        """Whether a transfer was told of in this sentence or at most so many before it."""
        return 0 <= index - self.told_at <= sentences


@cache
def word(key: str) -> re.Pattern[str]:
    """A named pattern of the terms of transfers."""
    return pattern(load_terms("transfers")[key])


def how_far(words: str, stages: Iterable[tuple[str, re.Pattern[str]]]) -> str | None:
    """The first stage of a transfer of which the words speak.

    Examples
    --------
    >>> stages = (("announced", re.compile("will")), ("delivered", re.compile("arrived")))
    >>> how_far("ten lorries arrived", stages), how_far("ten lorries", stages)
    ('delivered', None)
    """
    return next((stage for stage, regex in stages if regex.search(words)), None)


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
    if mention.key in load_terms("transfers")["seats"]:
        return str(load_terms("transfers")["seats"][mention.key])
    nobody = item_class(mention.key) or _is_local(mention.key)
    return region_of(mention.key) or (None if nobody else mention.key)


def _is_local(name: str) -> bool:
    """A service or unit without its state, which is that of the text."""
    return bool(re.match(load_terms("transfers")["local_body"], f"the {name}"))


def in_office(reading: Reading, tagged: Tagged, words: str) -> str | None:
    """The state for which the last person of a phrase is known to hold office."""
    people = tagged.all("P", words)
    held = office_held(reading, people[-1].key) if people else None
    return held[0] if held else None


def is_condition(tagged: Tagged, words: str) -> bool:
    """Whether words hold a capitalised «If», «Unless» or «Whether», which tags hide."""
    return any(m.key in ("Whether", "If", "Unless") for m in tagged.all("W", words))


_NO_THING = re.compile(
    r"\b(?:maps?|records?|data|information|reports?|evidence|advice|statements?|letters?|answers?|figures?|rates?|guidance|courses?|lessons?|rights?|permission|licen[cs]es?|assurances?|help|education|numbers?|lists?|warnings?|hope|access|demonstration|proof|details?|descriptions?|account|briefings?|tasks?|status|thanks|aid|plans?|orders?|votes?|consent|opinions?|exemptions?|bills?|costs?|fees?|salar(?:y|ies)|invitations?|papers?|documents?|copy|copies|presentations?|films?|books?|messages?|notes?|stor(?:y|ies)|speech|promises?|talks?|seats?|visits?|chair|presidency|laws?|weeks?|months?|days?|time|deadline)$",
    re.IGNORECASE,
)


_SERVICE = re.compile(
    r"\b(?:assistance|support|aid|training|services|work|operations|education|activities|efforts?|expertise|advice)$"
)
"""What is done for others and not handed over."""


def is_service(name: str) -> bool:
    """Whether a name is that of work done for others."""
    return bool(_SERVICE.search(name))


_ABOUT = re.compile(r" (?:for|on|about|to|of|that|until|in|with|from|against|as|while|after)\b")


def is_matter(words: str) -> bool:
    """Whether a phrase is headed by what is no goods.

    Examples
    --------
    >>> is_matter("permission to use missiles"), is_matter("two maps and a tank")
    (True, False)
    """
    head = _ABOUT.split(words)[0].strip()
    return not re.search(r",| and |⟨[MQ]|\d", head) and bool(
        _NO_THING.search(head)
        or re.match(r"(?:for|on|about|to|of|that|until|in|with|from)\b", words)
    )


def is_thing(item: dict[str, Any]) -> bool:
    """«A failure rate for shells», «maps of minefields» are no goods, whatever they are about."""
    head, *about = re.split(r" (?:for|on|about|against|of|to|until|in) ", item["name"], maxsplit=1)
    service = _NO_THING.search(head) or is_service(head) or is_service(item["name"])
    return not service and not (about and item_class(head) is None)


_NONE = re.compile(r"\s*(?:no|not any|none of|neither|never)\b(?! (?:fewer|less))", re.IGNORECASE)
"""What was not sent is no item."""
_THESE = re.compile(
    r"^(?:them|(?:the(?: same)?|these|those|such) (?:[\w-]+ ){0,3}(?:weapons?|munitions|arms))$"
)


def named_items(reading: Reading, span: Span, text: str) -> list[dict[str, Any]]:
    """Items of a phrase, what introduces it left out; «these weapons» are those named before."""
    if _NONE.match(text) or is_matter(text):
        return []
    if _THESE.match(text.strip()) and (before := reading.last_before(span.start, "M")):
        return items_of(reading.text[before.start : before.end])
    told = re.split(
        r"\b(?:said|says|announced|confirmed|used?|using|fired|received|delivered|supplied|works? with|working with|handing over|handover of|use of)(?: that)? ",
        text,
    )[-1]
    return [item for item in items_of(told) or items_of(text) if not _is_errand(item["name"])]


def _is_errand(name: str) -> bool:
    """«Troops to clear mines», «mine clearance training to Peru»: nothing is handed over."""
    head, *aim = re.split(r" (?:to|about|on) ", name, maxsplit=1)
    return bool(aim) and (item_class(head) is None or is_service(head))


def usual_getter(reading: Reading, supplier: str | None) -> str | None:
    """The state that the text names most besides the giver; without a giver nobody."""
    own = (supplier or "").split(";")
    named = (code for code, _ in reading.states.most_common() if code not in own)
    return next(named, None) if supplier else None


def fields_of(
    supplier: str | None, recipient: str | None, items: list[dict[str, Any]], status: str, date: str | None
) -> dict[str, Any]:  # fmt: skip
    """Return the fields of a transfer, but for its worth."""
    return {
        "supplier": supplier, "recipient": recipient, "items": items, "status": status,
        "date": date, "date_basis": "explicit" if date else "unknown",
    }  # fmt: skip


def worth(
    reading: Reading, money: Mention | None, supplier: str | None, scope: str = "package"
) -> dict[str, Any]:
    """Return the fields of a sum that changes hands, empty where none is told."""
    if money is None:
        return {"value": None, "currency": None, "value_scope": None}
    unit = givers.currency(reading.text[money.start : money.end], money.data.unit, supplier)
    return {"value": money.data.plain(), "currency": unit, "value_scope": scope}
