# ruff: noqa: E501 - patterns are read whole
"""Goods told of by what was said before them: the rest, two of which, those in the package, its worth.

A clause here names no giver or no goods of its own. What it leaves out stands in the transfer told
of last, or in the package that the sentence before opens. The patterns are in ``terms/giving.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves.agents import DENIED, part, party_named, subject_of
from landrelease.evidence.sieves.deals import Scene, fields_of, is_thing, named_items, worth
from landrelease.evidence.sieves.given_clauses import Clause, goods_before

_STILL_MEANT = 2
"""Sentences through which «the rest» are those of the transfer told of last."""

_LEFT_OUT = re.compile(
    r"(?:an? (?:unknown|undisclosed|unspecified|unstated) (?:number|quantity|amount)|all (?:(?:of )?(?:its|their|the) )?⟨Q\d+⟩(?: (?:that )?(?:it|they) (?:had|has|have) (?:on order|ordered|left|bought|in (?:stock|service)))?|the (?:rest|remainder|others|(?:other|remaining|last|first) ⟨Q\d+⟩)|(?:another|a further|an additional|⟨Q\d+⟩)(?: ⟨Q\d+⟩)?(?: more| others| further)?|an? (?:second|third|fourth|further|similar)(?: ⟨Q\d+⟩)?(?: batch| lot| consignment| shipment)?)(?: of (?:which|them|these|those|the same [\w-]+))?",
    re.IGNORECASE,
)
"""Goods that the words before name: «the remaining 8», «two of which»."""


def again(tagged: Tagged, clause: Clause, scene: Scene) -> list[dict[str, Any]]:
    """The goods told of last, in the number given now."""
    words = tagged.string[slice(*clause.goods)].strip()
    if not (
        scene.items and scene.told_within(tagged.index, _STILL_MEANT) and _LEFT_OUT.fullmatch(words)
    ):
        return []
    number = next(iter(tagged.all("Q", words)), None)
    last = scene.items[-1]
    same = last["quantity"] if words.endswith("same size") else None
    return [{**last, "quantity": number.data.plain() if number else same}]


def _clause_from(tagged: Tagged, at: int) -> str:
    """The words from a place up to the next comma or the end of the clause."""
    return re.split(r"[,;.]|[–—] | (?:and|but|while|which|who) ", tagged.string[at:], maxsplit=1)[0]


_NOT_GOODS = re.compile(
    r"^ (?:under|from the|into|out|down|up|with|for|suit|through|after|as)\b|\bby ⟨[^DQ]"
)
"""«The others came under fire», «were sent by X» tell of no goods of the one before."""
_OVER = re.compile(r"\b(?:has|have|had)\b|^(?:was|were)\b|^(?:arrived|came|reached)\b")


def remaining(
    reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene
) -> Clause | None:
    """«The rest are to come by May», «two of which had already arrived»."""
    if not (scene.items and scene.supplier and scene.told_within(tagged.index, _STILL_MEANT)):
        return None
    start, end = match.start("goods"), match.end("verb")
    tail = _clause_from(tagged, end)
    if _NOT_GOODS.search(tail) or DENIED.search(f"{match['verb']}{tail}".replace("end of", "")):
        return None
    over = _OVER.search(match["verb"]) and not re.search(r"\bto\b|\bdue\b", match["verb"])
    status = "delivered" if over else "announced"
    return Clause(start, end + len(tail), match.span("goods"), scene.supplier, None, status, True)


_LINKED_PACKAGE = re.compile(
    r"\b(?:drawdown|package|tranche|assistance|aid|shipment|donation|grant)\b[^.;]{0,80}?(?: (?:to|for) (?:the )?(?P<getter>⟨[SG]\d+⟩))"
)


def valued(reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene) -> Clause | None:
    """«It is valued at a sum» after a sentence that opens a package for someone."""
    if not tagged.index or scene.told_at >= tagged.index - 1:
        return None
    opened = reading.tagged[tagged.index - 1]
    package = _LINKED_PACKAGE.search(opened.string)
    if package is None or DENIED.search(opened.string):
        return None
    said = part("[^.;]{0,60}?(?P<verb>announc|unveil|approv|authori|pledg|promis|is |was )").match(
        opened.string
    )
    giver = subject_of(reading, opened, said.start("verb"), scene) if said else None
    supplier = giver.party if giver else scene.supplier
    getter = opened.mention(package["getter"])
    if getter is None or supplier in (None, getter.key):
        return None
    span = (match.start(), match.end())
    return Clause(*span, match.span("value"), supplier, getter.key, "announced", True)


_BY_THEM = r" (?:that |which )?(?P<who><who>|<pronoun>) (?:has |had |have )?(?:announced|approved|unveiled|authori[sz]ed|decided|pledged|promised|signed off)"


def held(reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene) -> Clause | None:
    """«The first shells were in the $40 million package», told with its sum or before."""
    if not (scene.value or match["value"] or match["value2"]):
        return None
    goods = goods_before(tagged, match.start("verb"))
    if DENIED.search(tagged.string[goods[0] : match.end()]):
        return None
    after = tagged.string[match.end() : match.end() + 120]
    by = part(_BY_THEM).search(after)
    giver = party_named(reading, tagged, by["who"]) if by else None
    getter = part(r"^[^.;,]{0,30}? (?:to|for) (?P<getter><getter>)").search(after)
    supplier = giver or scene.supplier
    named = getter["getter"] if getter else None
    day = re.match(r"[^.;,]{0,60}?(?:in|on|of|last|announced|earlier)? ?⟨D\d+⟩", after)
    end = match.end() + (day.end() if day else 0)
    value = "value" if match["value"] else "value2"
    status = "announced" if match[value] else scene.status
    sum_at = match.span(value) if match[value] else None
    return Clause(goods[0], end, goods, supplier, named, status, True, sum_at)


_LIST = re.compile(
    r"\blist (?:of|for) (?:[\w-]+ ){0,3}?(?:military|arms|weapons?|equipment|goods|aid|support|assistance|deliveries|supplies|donations|⟨M)"
    r"|\b(?:package|drawdown|tranche)\b"
)
_STATUS_IN_LIST = re.compile(
    r" as (?:already |having been |being )*(?P<word>delivered|sent|supplied|handed over|promised|pledged|planned|committed|approved)\b"
)
_OF_WORD = {"promised": "announced", "pledged": "announced", "committed": "announced",
            "planned": "proposed", "approved": "authorised"}  # fmt: skip


def listed(reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene) -> Clause | None:
    """«The list shows 40 tanks as delivered», where a list of arms or a package was told of."""
    own = re.search(r"\blist|package", tagged.string)
    near = reading.tagged[max(0, tagged.index - 2) : tagged.index]
    opened = next((t for t in reversed(near) if _LIST.search(t.string)), None)
    if opened is None or not (own or re.search(r"\blist\b", opened.string)):
        return None
    if DENIED.search(match.group()):
        return None
    said = _STATUS_IN_LIST.search(tagged.string, match.end("goods"))
    status = _OF_WORD.get(said["word"], "delivered") if said else scene.status
    giver = re.search(r"^(?:The )?(⟨[SGJ]\d+⟩)", opened.string)
    supplier = party_named(reading, opened, giver[1]) if giver else scene.supplier
    getter = re.search(r"\b(?:to|for) (?:the )?(⟨[SG]\d+⟩)", opened.string)
    mention = opened.mention(getter[1]) if getter else None
    goods = match.span("goods")
    return Clause(*goods, goods, supplier, mention.key if mention else None, status, True)


READERS = {"rest": remaining, "valued": valued, "held": held, "listed": listed}

_NEXT_PAIR = (
    r"(?:,? (?:in |on |last |earlier )?⟨D\d+⟩)?(?:,|,? and| as well as|;)"
    r"(?: (?:also|another|later))?(?:,? (?:through|via|together with|with help (?:of|from)|in|on) [^,;]{2,50},)?"
    r" (?P<goods>(?:⟨Q\d+⟩|an?|some|more) (?:(?!to |for |and |which |that )[^,;.:]){2,80}?) (?:to|for) (?P<getter><getter>)"
    r"(?=[,.;]| and | in | on | last | ⟨D|$)"
)


def paired(reading: Reading, tagged: Tagged, first: Proposal) -> Iterator[Proposal]:
    """Yield what one verb gives to others: «… and, through the ITF, 12 trucks to Peru»."""
    at = tagged.place_of(first.end)
    while more := part(_NEXT_PAIR).match(tagged.string, at):
        at = more.end()
        span = tagged.span(*more.span("goods"))
        goods = named_items(reading, span, reading.text[span.start : span.end])
        getter = party_named(reading, tagged, more["getter"])
        supplier = first.fields["supplier"]
        if not (getter and getter not in (supplier, first.fields["recipient"])):
            return
        if not any(i["class"] not in (None, "support") and is_thing(i) for i in goods):
            return
        status, day = first.fields["status"], first.fields["date"]
        fields = fields_of(supplier, getter, goods, status, day) | worth(reading, None, supplier)
        whole = tagged.span(more.start("goods"), more.end())
        yield propose(reading, "transfer", whole, "giving.paired", "low", **fields)
