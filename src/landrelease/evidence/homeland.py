# ruff: noqa: E501 - patterns are read whole
"""Which state a ministry, an army or a parliament belongs to when its name does not say."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.terms import load_terms

_STATE_BODY = re.compile(
    r"\b(?:Ministry|Department|Joint Chiefs|Security Council Secretariat|General Staff|Foreign Office|Army|Navy|Air Force|Armed Forces|Defen[cs]e Forces?|Police|Parliament|Senate|Cabinet|Coast Guard|Border Guard|Emergency Service|Embassy|Presidential Office|Presidency|National Security (?:Council|Service))\b"
)
"""Bodies of which every state has one."""
_BESIDE = re.compile(r"(?:['’]s|s['’])? (?:own |Royal )?|–|-")
_OF_STATE = re.compile(r",? (?:of|in) (?:the )?(?:Republic of |Kingdom of )?")
SPEAKS_FIRST = re.compile(
    r"(?:The )?⟨[SJ]\d+⟩(?:['’]s?)?(?: (?:[a-z-]+ ){0,2}(?:military|army|navy|government|ministry|office|parliament|authorities|officials|police|president|minister))?(?: (?:on |late |early )?⟨D\d+⟩(?: \([^)]{2,20}\))?)? (?:has |have )?(?:said|says|accused|accuses|urged|announced|denied|condemned|rejected|confirmed|protested|demanded|lodged|blamed|claimed|vowed|pledged|called)\b"
)
"""A document that opens with what a state says of another is at home with the one that speaks."""
_CLEARLY = 1.6
"""A state named this many times as often as the next is the one a document is at home in."""


def home_of(counts: Counter[str]) -> str | None:
    """The state that a document names clearly more often than any other.

    Examples
    --------
    >>> home_of(Counter({"KHM": 6, "THA": 2})), home_of(Counter({"KHM": 3, "THA": 3}))
    ('KHM', None)
    """
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _CLEARLY * ranked[1][1]):
        return None
    return ranked[0][0]


def by_parliament(text: str) -> str | None:
    """The state whose parliament or seat of government a text names.

    Examples
    --------
    >>> by_parliament("He told the House of Lords so."), by_parliament("He told the house so.")
    ('GBR', None)
    """
    table = load_terms("reporting")["parliaments"]
    return next((state for state, words in table.items() if re.search(words, text)), None)


def owned(text: str, mentions: list[Mention]) -> list[Mention]:
    """Give each state body the state named beside it, else the one it had before, else the home state.

    A listed body keeps its own state unless another stands beside it: «South Korea's Joint Chiefs».
    """
    home = home_of(Counter(filter(None, map(_state_of, mentions))))
    known: dict[str, str] = {}
    found: list[Mention] = []
    for before, mention, after in zip(
        [None, *mentions], mentions, [*mentions[1:], None], strict=False
    ):
        words = " ".join(text[mention.start : mention.end].split())
        if mention.kind != "O" or not _STATE_BODY.search(words):
            found.append(mention)
            continue
        beside = _beside(text, before, mention, after)
        state = beside or known.get(words) or (None if _listed(mention) else home)
        if beside:
            known[words] = beside
        found.append(_of(mention, state, words))
    return found


def _beside(text: str, before: Mention | None, body: Mention, after: Mention | None) -> str | None:
    if before and before.kind in "SJG" and _BESIDE.fullmatch(text, before.end, body.start):
        return before.key
    if after and after.kind in "SG" and _OF_STATE.fullmatch(text, body.end, after.start):
        return after.key
    return None


def _listed(mention: Mention) -> bool:
    return bool(gazetteer.organisation(mention.key).get("iso3"))


def _state_of(mention: Mention) -> str | None:
    """The state that a mention names, or whose own body it names; an agency that reports is none."""
    if mention.kind in "SJG":
        return mention.key
    if mention.kind != "O" or mention.key.startswith("agency:"):
        return None
    return gazetteer.organisation(mention.key).get("iso3")


_OF_FIGHTERS = re.compile(
    r"\b(?:Salvation|Liberation|Independence|Resistance|Revolutionary|Insurgent|Redemption|Patriotic|Democratic|Rebel) (?:[A-Z][a-z]+ )?Army\b"
)
"""An army that fights a state is not its own."""


def _of(mention: Mention, state: str | None, words: str) -> Mention:
    if (
        state is None
        or _OF_FIGHTERS.search(words)
        or gazetteer.organisation(mention.key).get("iso3") == state
    ):
        return mention
    name = re.sub(r" of the (?:Kingdom|Republic|Union)$", "", words)
    return replace(mention, key=f"body:{state}:{name}")
