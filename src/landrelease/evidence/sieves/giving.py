# ruff: noqa: E501 - patterns are read whole
"""Goods that change hands, where no rule over the whole clause fits.

The verb of a clause is found first («sent», «handed over», «accepted», «the gift of»), then who
gives by walking back from it, what and to whom in what follows it, or, in the passive, the other
way round. The patterns are in ``terms/giving.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.grammar import compiled
from landrelease.evidence.items import items_of
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves import bought, given_in_part
from landrelease.evidence.sieves.agents import TELLER, follow, part, party_named
from landrelease.evidence.sieves.deals import (
    Scene,
    fields_of,
    is_matter,
    is_thing,
    named_items,
    usual_getter,
    worth,
)
from landrelease.evidence.sieves.given_clauses import READERS, Clause
from landrelease.terms import load_terms

_READERS = READERS | given_in_part.READERS | bought.READERS


@dataclass(frozen=True)
class _Predicate:
    name: str
    regex: re.Pattern[str]
    kind: str
    status: str


@cache
def _predicates() -> list[_Predicate]:
    table = load_terms("giving")
    return [
        _Predicate(name, compiled(p["pattern"], table["parts"]), p["kind"], p["status"])
        for name, p in table["predicates"].items()
    ]


def _verbs(tagged: Tagged) -> list[tuple[_Predicate, re.Match[str]]]:
    """The verbs and nouns of giving in a sentence, as they follow one another."""
    found = [(p, m) for p in _predicates() for m in p.regex.finditer(tagged.string)]
    return sorted(found, key=lambda one: one[1].start("verb"))


def unread(
    reading: Reading, tagged: Tagged, scene: Scene, found: list[Proposal]
) -> Iterator[Proposal]:
    """Yield transfers of a sentence that the rules of :mod:`.transfers` left unread."""
    if tagged.string.endswith("?") or not part(load_terms("giving")["hint"]).search(tagged.string):
        follow(reading, tagged, scene)
        return
    scene.told_at = tagged.index if found else scene.told_at
    taken = [(tagged.place_of(p.start), tagged.place_of(p.end)) for p in found]
    for one in found:
        for more in given_in_part.paired(reading, tagged, one):
            taken.append((tagged.place_of(more.start), tagged.place_of(more.end)))
            yield more
    for predicate, match in _verbs(tagged):
        start, end = match.span("verb")
        if any(start < b and a < end for a, b in taken):
            continue
        read = _READERS[predicate.kind](reading, tagged, match, scene)
        clause = _apart(read, start, taken) if read else None
        if clause is None or any(clause.start < b and a < clause.end for a, b in taken):
            continue
        proposal = _proposed(reading, tagged, predicate, clause, scene)
        if proposal:
            taken.append((clause.start, clause.end))
            scene.told_at = tagged.index
            yield proposal
            yield from given_in_part.paired(reading, tagged, proposal)
    follow(reading, tagged, scene)


def _apart(clause: Clause, verb: int, taken: list[tuple[int, int]]) -> Clause:
    """The second verb of a subject («X gave … and would send …») is told from behind the first clause."""
    ends = [b for a, b in taken if a <= clause.start < b <= min(verb, clause.goods[0])]
    return replace(clause, start=max(ends)) if ends else clause


def _proposed(
    reading: Reading, tagged: Tagged, predicate: _Predicate, clause: Clause, scene: Scene
) -> Proposal | None:
    money = next(iter(tagged.all("V", tagged.string[slice(*(clause.worth or clause.goods))])), None)
    if money and money.start in scene.told and not clause.worth:
        return None
    goods = _goods(reading, tagged, clause, None if clause.worth else money, scene)
    supplier = clause.giver or (
        scene.supplier if clause.getter or scene.items or scene.told else None
    )
    getter = _getter(reading, tagged, clause, scene)
    local = clause.getter and "⟨" not in clause.getter
    if (getter == supplier and local) or (getter is None and clause.giver and not clause.getter):
        getter = usual_getter(reading, supplier)
    teller = supplier == TELLER or (supplier is None and predicate.kind == "package")
    supplier = None if teller else supplier
    if not getter or not (supplier or teller) or supplier == getter:
        return None
    if not goods and not _is_paid(reading, tagged, money, clause):
        return None
    status = clause.status or predicate.status
    date = _ahead(_date(tagged, clause), status, reading.published) or scene.fallback
    named = supplier if supplier in reading.states or gazetteer.is_listed(supplier or "") else None
    scene.supplier = named or scene.supplier
    scene.recipient = getter if party_named(reading, tagged, clause.getter) else scene.recipient
    scene.items = goods or scene.items
    scene.status, scene.date = status, date
    if money:
        scene.told.add(money.start)
        scene.value = money
    fields = fields_of(supplier, getter, goods, status, date) | worth(reading, money, supplier)
    span = tagged.span(clause.start, clause.end)
    return propose(reading, "transfer", span, f"giving.{predicate.name}", "low", **fields)


def _goods(
    reading: Reading, tagged: Tagged, clause: Clause, money: Mention | None, scene: Scene
) -> list[dict[str, Any]]:
    """Arms or equipment that change hands; services are none, nor is what a sum is for."""
    if money and _MONEY_FIRST.match(tagged.string[slice(*clause.goods)]):
        return []
    named = given_in_part.again(tagged, clause, scene) or _named_goods(reading, tagged, clause)
    goods = any(i["class"] not in (None, "support") and is_thing(i) for i in named)
    return named if goods else []


def _is_paid(reading: Reading, tagged: Tagged, money: Mention | None, clause: Clause) -> bool:
    """Whether money passes between parties that are named, and not to states at large."""
    named = clause.owned or party_named(reading, tagged, clause.getter)
    return bool(money and named) and not _TO_THE_WORLD.search(tagged.string)


_MONEY_FIRST = re.compile(
    r"(?:an?|another|some|the|up to|further|additional|new|extra|about|over| )*⟨V"
)
_TO_THE_WORLD = re.compile(r"⟨Q\d+⟩ (?:[\w-]+ ){0,2}(?:countries|states|nations)\b")
_NO_OBJECTS = re.compile(
    r"(?:⟨D\d+⟩ )?(?:that|it (?:will|would|has|had|is|was)|they|to|how|whether|no|not|what|why)\b",
    re.IGNORECASE,
)


_NO_PARTY = re.compile(
    r"(?:it|this|that|them|these|those) to (?:(?:our|my|your|his|her|their) [a-z]|(?:(?:the|local|land|its) )*(?:end[- ]users?|owners?|communit\w+|farmers|residents|users|beneficiaries|landowners)\b)",
    re.IGNORECASE,
)
"""«We promised it to our children», «transfers them to end users»: no arms change hands."""


_AGAIN = re.compile(
    r"(?:an? (?:unknown|undisclosed|unspecified|unstated|undetermined) (?:number|quantity|amount)|⟨Q\d+⟩)(?: of (?:them|these|those))?$|(?:(?:⟨Q\d+⟩|some|many|most|all|several|the (?:first|last|rest|remainder)|more|half|dozens|hundreds|thousands|⟨J\d+⟩|such|these|those) )*(?:of )?(?:them|these|those|ones?|it|more|another|others)\b(?=$| (?:to|for|in|from|by|on|before|last|next|⟨D))|(?:⟨Q\d+⟩|some|several) (?:more|further|others)$",
    re.IGNORECASE,
)


_FOR_CLEARANCE = re.compile(r"[ -](?:clear|detect|sweep|remov|action|risk)")
"""«Mine-clearing equipment» is no mine that «them» could mean."""


def _named_goods(reading: Reading, tagged: Tagged, clause: Clause) -> list[dict[str, Any]]:
    """The goods of a phrase; «6,000 of them» are those told of before."""
    words = whole = tagged.string[slice(*clause.goods)].lstrip()
    aim = re.search(
        r"(?<!,) to [a-z]+\b| (?:in|on|since|by|during|from|before) (?:\w+ )?⟨D| ⟨D| (?:via|through|under|is|are|was|were) | due to |(?: [a-z]+ed| given| made| bought| paid for)? by (?:the )?(?:[Gg]overnment of )?(?:the )?⟨[SGJO]",
        words,
    )
    words = words[: aim.start()] if aim else words
    span = tagged.span(clause.goods[0], clause.goods[0] + len(words))
    words = words.strip()
    again = _AGAIN.match(words)
    if _NO_PARTY.match(whole):
        return []
    if (is_matter(words) and not again) or _NO_OBJECTS.match(words):
        return []
    if again and not items_of(reading.text[span.start : span.end]):
        number = next(iter(tagged.all("Q", words)), None)
        named = reading.last_before(span.start, "M")
        equipment = named and _FOR_CLEARANCE.match(reading.text, named.end)
        last = items_of(reading.text[named.start : named.end]) if named and not equipment else []
        return [{**i, "quantity": number.data.plain() if number else None} for i in last[:1]]
    return named_items(reading, span, reading.text[span.start : span.end])


def _getter(reading: Reading, tagged: Tagged, clause: Clause, scene: Scene) -> str | None:
    """Whom the words name, be it by the code that a pronoun led to; else whoever got things before."""
    if clause.getter in reading.states:
        return clause.getter
    if re.fullmatch(r"it|them|her|him", clause.getter or ""):
        return _opening(reading, tagged, clause.giver) or scene.recipient
    told = scene.items or scene.told or scene.subject not in reading.states
    untold = None if told or clause.getter is None else scene.subject
    return party_named(reading, tagged, clause.getter) or untold or scene.recipient


def _opening(reading: Reading, tagged: Tagged, giver: str | None) -> str | None:
    """The party that opens the sentence, where it is not the one that gives."""
    first = part("(?:(?:(?:[Ii]n|[Oo]n) )?{D},? )?(?P<who><who>)").match(tagged.string)
    party = party_named(reading, tagged, first["who"]) if first else None
    return None if party == giver else party


def _ahead(date: str | None, status: str, published: str | None) -> str | None:
    """«Will be sent in July», said in August, is next July."""
    if not (date and published and status == "announced" and len(date) == len("2024-07")):
        return date
    next_one = f"{published[:4]}{date[4:]}"
    of_last_year = date[:4] == str(int(published[:4]) - 1)
    return next_one if of_last_year and next_one >= published[:7] else date


def _date(tagged: Tagged, clause: Clause) -> str | None:
    """The day told within the clause or right after it, else before it in the sentence."""
    string = tagged.string
    after = string[clause.end : clause.end + 40].split(". ")[0]
    for words in (
        string[clause.start : clause.end],
        after,
        string[max(0, clause.start - 60) : clause.start],
    ):
        days = [
            m.data.value
            for m in tagged.all("D", words)
            if m.data.value and not re.search(r"\bsince(?: \w+)? $", string[: tagged.place(m)])
        ]
        if days:
            return str(days[-1] if words is not after else days[0])
    return None
