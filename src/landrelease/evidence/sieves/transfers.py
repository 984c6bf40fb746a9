# ruff: noqa: E501 - patterns are read whole
"""Who sends what to whom: packages, lists, deliveries, plans; permission to use is no transfer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from landrelease.evidence import authors, letterhead
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.grammar import compiled
from landrelease.evidence.items import item_class
from landrelease.evidence.layout import Block
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves import documents, donor_rows, givers, giving, goods_lists
from landrelease.evidence.sieves.deals import (
    Scene,
    fields_of,
    in_office,
    is_condition,
    is_service,
    named_items,
    party_of,
    usual_getter,
    word,
    worth,
)
from landrelease.evidence.sieves.given_clauses import CONDITION
from landrelease.evidence.sieves.theatre import region_of
from landrelease.terms import load_terms


@dataclass(frozen=True)
class _Rule:
    """A rule of the table; ``only`` must be found before a slow one is tried."""

    name: str
    table: dict[str, Any]
    regex: re.Pattern[str]
    only: re.Pattern[str]


@cache
def _rules() -> list[_Rule]:
    table = load_terms("transfers")
    parts = table["parts"]
    return [
        _Rule(name, rule, compiled(rule["pattern"], parts), compiled(rule.get("only", ""), parts))
        for name, rule in table["rules"].items()
    ]


def transfers(reading: Reading) -> Iterator[Proposal]:
    """Yield transfers sentence by sentence, list entries under the line that opens the list."""
    home = _home(reading)
    recipient = _usual_recipient(reading, home)
    scene = Scene(home or _usual_supplier(reading, recipient), recipient, home=home)
    if documents.is_transcript(reading) or authors.is_written(reading):
        scene.fallback = reading.published
    before: Tagged | None = None
    for tagged in reading.tagged:
        block = reading.blocks[tagged.sentence.block]
        bullet = block.bullet or (scene.listing and goods_lists.is_row(_words(reading, block)))
        if goods_lists.opens(reading, tagged, scene):
            scene.listing, before = True, tagged
            continue
        if reading.is_heading(tagged.sentence.block) and not bullet:
            goods_lists.heading(reading, tagged, before, scene)
            yield from donor_rows.read(reading, tagged, scene)
            before = tagged
            continue
        found = list(_of_sentence(reading, tagged, scene))
        found = found or donor_rows.read(reading, tagged, scene)
        if not found and bullet and scene.listing:
            found = list(goods_lists.entry(reading, tagged, scene))
        found.extend(giving.unread(reading, tagged, scene, found))
        goods_lists.follow(reading, tagged, before, bullet, scene)
        before = tagged
        yield from found


def _words(reading: Reading, block: Block) -> str:
    return reading.text[block.start : block.end]


def _home(reading: Reading) -> str | None:
    """The state of the publisher, else of the office that the head of the text names."""
    body = letterhead.publisher_of(reading)
    if body:
        return body.country
    marks = load_terms("transfers")["home_marks"]
    return next((k for k, mark in marks.items() if re.search(mark, reading.text[:800])), None)


def _usual_recipient(reading: Reading, home: str | None) -> str | None:
    """Before any sentence names one: the state that «to», «for» or «aid» precedes most often."""
    counts: Counter[str] = Counter()
    for tagged in reading.tagged:
        for match in _GETTER.finditer(tagged.string):
            counts[tagged.mentions[int(match[1])].key] += 1
    return next((code for code, _ in counts.most_common() if code != home), None)


_GETTER = re.compile(
    r"\b(?:to|for|supply|provide|arm|aid|assist|help|support) (?:the )?⟨[SJG](\d+)⟩"
)


_GIVING = re.compile(
    r"(⟨[SGJO]\d+⟩)(?:['’]s)?[^.;⟨]{0,60}?(?:⟨P\d+⟩[^.;⟨]{0,30}?)?(?:⟨D\d+⟩[^.;⟨]{0,30}?)?\b(?:announc|provid|send|sent|transferr|deliver|donat|pledg|suppl|unveil|approv|authori|giv|gave|committ|allocat|ship)"
)


def _usual_supplier(reading: Reading, recipient: str | None) -> str | None:
    """Before any sentence names one: the state told of most often as giving."""
    counts: Counter[str] = Counter()
    for tagged in reading.tagged:
        for match in _GIVING.finditer(tagged.string):
            party = party_of(tagged, match[1])
            if party and len(party) == 3 and party != recipient:
                counts[party] += 1
    return next((code for code, _ in counts.most_common(1)), None)


def _of_sentence(reading: Reading, tagged: Tagged, scene: Scene) -> Iterator[Proposal]:
    taken: list[tuple[int, int]] = []
    for rule in _rules() if _of_goods(tagged) else ():
        if not rule.only.search(tagged.string):
            continue
        for match in rule.regex.finditer(tagged.string):
            groups = match.groupdict()
            core = match.span("core" if groups.get("core") else 0)
            things = match.span("items") if groups.get("items") else core
            if any(_overlap(one, used) for one in (core, things) for used in taken):
                continue
            if _barred(tagged, match, rule.table):
                continue
            proposal = _transfer(reading, tagged, match, rule.name, rule.table, scene)
            if proposal:
                taken.extend((core, things))
                yield proposal


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _of_goods(tagged: Tagged) -> bool:
    """Only a sentence with money, arms or equipment can tell of a transfer, and no question."""
    if tagged.string.endswith("?"):
        return False
    return "⟨V" in tagged.string or bool(word("goods").search(tagged.string))


_TO_THE_WORLD = re.compile(
    r"^[^.;]{0,120}? (?:in|to|across) (?:over |more than |some |about )?⟨Q\d+⟩ (?:[\w-]+ ){0,2}(?:countries|states|nations)\b"
)
"""Money to many states at once is a programme, no transfer to one."""


_SECOND_VERB = re.compile(r" and (?:will|would|has|had|have) ")
"""Goods do not run on over a second verb of the same subject."""


def _barred(tagged: Tagged, match: re.Match[str], rule: dict[str, Any]) -> bool:
    before = tagged.string[max(0, match.start() - 110) : match.start()]
    after = re.split("[.;]", tagged.string[match.end() : match.end() + 50])[0]
    if is_condition(tagged, before) or CONDITION.search(after):
        return True
    if _SECOND_VERB.search(match.groupdict().get("items") or ""):
        return True
    giver = tagged.mention(match.groupdict().get("supplier"))
    if giver and giver.key in load_terms("transfers")["no_givers"]:
        return True
    getter = tagged.mention(match.groupdict().get("recipient"))
    if getter and getter.kind == "W" and item_class(getter.key):
        return True
    if rule.get("needs") == "value" and _TO_THE_WORLD.search(tagged.string[match.start() :]):
        return True
    return bool(word("bar_before").search(before) or word("bar_inside").search(match.group()))


def _transfer(
    reading: Reading,
    tagged: Tagged,
    match: re.Match[str],
    name: str,
    rule: dict[str, Any],
    scene: Scene,
) -> Proposal | None:
    supplier, recipient = _parties(reading, tagged, match, scene)
    items = _items(reading, tagged, match)
    groups = match.groupdict()
    if rule.get("signed"):
        recipient = givers.signing_for(tagged.mention(groups.get("recipient"))) or recipient
    if rule.get("again"):
        items = _again(tagged, groups, scene)
    money = tagged.mention(groups.get("value") or groups.get("value2"))
    if _told_already(match, items, scene):
        return None
    if (money and money.start in scene.told) or _pronoun_without_package(match, rule, scene):
        return None
    if money is None and rule.get("carry") and items:
        money = scene.value
    if not _enough(rule.get("needs", ""), supplier, recipient, items, money):
        return None
    if money and not items and _own_money(tagged, match, supplier, recipient):
        return None
    status = rule.get("status") or _status(tagged, match)
    if rule.get("carry") and not word("delivered_already").search(tagged.string):
        status = scene.status
    date = _rule_date(reading, tagged, match, rule) or scene.fallback
    scene.items = items or scene.items
    _remember(scene, None if rule.get("aside") else supplier, recipient, status, date)
    if money:
        scene.told.add(money.start)
        scene.value = money if rule.get("scope", "package") == "package" else scene.value
    fields = fields_of(supplier, recipient, items, status, date)
    fields |= worth(reading, money, supplier, rule.get("scope", "package"))
    if money and money.data.low is not None:
        fields["value_min"] = money.data.low
    span = tagged.span(match.start(), match.end())
    return propose(reading, "transfer", span, f"transfer.{name}", "medium", **fields)


def _enough(
    needs: str,
    supplier: str | None,
    recipient: str | None,
    items: list[dict[str, Any]],
    money: Mention | None,
) -> bool:
    """Whether a rule found what it needs: items, goods that are no mere service, money, parties."""
    goods = any(i["class"] != "support" and not is_service(i["name"]) for i in items)
    wanted = {
        "items": bool(items),
        "goods": goods,
        "value": money is not None,
        "parties": goods and bool(supplier) and bool(recipient),
        "supplied": bool(items) and bool(supplier),
    }
    told = bool(items) or money is not None
    return told and wanted.get(needs, True) and bool(supplier or recipient)


_BUDGETED = re.compile(r"spen|allocat|budget|set aside|earmark|reserv|disburs")
_FOR_ARMS = re.compile(
    r"⟩ (?:for|on) (?:(?:new|more|its|buying|the) ){0,3}(?:⟨M\d+⟩|weapons|arms\b)"
)
_AT_HOME = re.compile(
    r"\b(?:in|of|across|throughout) (?:the|its own|this|our) (?:country|territory|republic)\b|\b(?:national|state|federal|own) (?:budget|funds|resources)\b|\bits own\b"
)


def _own_money(
    tagged: Tagged, match: re.Match[str], supplier: str | None, recipient: str | None
) -> bool:
    """What a state spends on its own land is no transfer."""
    if not supplier or match.groupdict().get("recipient"):
        return False
    rest = tagged.string[match.start() :]
    named = {m.key for m in tagged.all("SGJ", rest)}
    at_home = recipient is None or _FOR_ARMS.search(rest)
    if at_home and _BUDGETED.match(match["core"] or "") and named <= {supplier}:
        return True
    if _AT_HOME.search(rest) and named <= {supplier}:
        return True
    inside = re.search(r"\b(?:in|across|of) (?:the )?(?:[\w-]+ ){0,2}?(⟨[SG]\d+⟩)", rest)
    return bool(inside and party_of(tagged, inside[1]) == supplier and named == {supplier})


def _parties(
    reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene
) -> tuple[str | None, str | None]:
    """Who gives and who gets: as the words say, else as the text before them does."""
    groups = match.groupdict()
    giver = groups.get("supplier") or groups.get("supplier2")
    giver = _without_place(tagged, match, giver)
    getter = groups.get("recipient") or groups.get("recipient2")
    supplier = (
        party_of(tagged, giver)
        or _made_by(tagged, groups.get("items"))
        or _spokes(tagged, match)
        or in_office(reading, tagged, tagged.string[: match.end()])
        or (None if _unnamed(tagged, match) else scene.supplier)
    )
    recipient = party_of(tagged, getter) or _holder(tagged, groups.get("items"))
    recipient = recipient or _orderer(tagged, match) or _user(tagged, match)
    recipient = recipient or _there(tagged, match, supplier) or scene.recipient
    recipient = recipient or usual_getter(reading, supplier)
    if groups.get("via") and recipient == party_of(tagged, groups["via"]):
        recipient = None
    if supplier and supplier == recipient:
        own = giver is None and groups.get("recipient")
        return (None, recipient) if own else (supplier, _there(tagged, match, supplier))
    return supplier, recipient


_SOMEBODY = re.compile(
    r"\bby (?:an?|another|one|some|unnamed) (?:[\w-]+ ){0,2}?(?:[Ss]tates?|country|countries|governments?|donors?)\b"
)


def _unnamed(tagged: Tagged, match: re.Match[str]) -> bool:
    """«By a state not party»: who gives is said to be somebody, and is not whoever gave before."""
    return bool(_SOMEBODY.search(tagged.string, match.start(), match.end() + 60))


_ORDERED = re.compile(
    r"[^.;,⟨]{0,40}?(?: that| which)? (?:the )?(⟨[SG]\d+⟩)(?: had| has)? (?:ordered|bought|purchased|requested|asked for|paid for)\b"
)


def _orderer(tagged: Tagged, match: re.Match[str]) -> str | None:
    """«Five of the 20 vehicles that Y ordered»: who ordered them gets them."""
    ordered = _ORDERED.match(tagged.string, match.end())
    return party_of(tagged, ordered[1]) if ordered else None


_HOLDS = re.compile(
    r"(⟨[SG]\d+⟩)(?: \w+){0,2} (?:us(?:ed|es|ing)|fired|firing|received|deployed)\b"
)


def _holder(tagged: Tagged, items: str | None) -> str | None:
    """«Ukraine used shells supplied by …»: who used them got them."""
    held = _HOLDS.search(items or "")
    return party_of(tagged, held[1]) if held else None


_USES = re.compile(
    r"(⟨[SJG]\d+⟩)(?:['’]s)? (?:(?:troops|forces|army|soldiers|units|gunners|artillery) )?(?:\w+ ){0,2}(?:uses?|used|using|fires?|fired|firing|received|deployed)\b[^.;⟨]{0,30}$"
)


def _user(tagged: Tagged, match: re.Match[str]) -> str | None:
    """«Ukrainian troops use shells that … has supplied»: who uses them got them."""
    used = _USES.search(tagged.string[: match.start()])
    return party_of(tagged, used[1]) if used else None


_PLACE_AHEAD = re.compile(r"\b(?:in|for|to|across|from) (?:the )?$", re.IGNORECASE)


def _without_place(tagged: Tagged, match: re.Match[str], giver: str | None) -> str | None:
    """«In Peru, Canada gave …»: the first state is where, not who."""
    at = match.start("supplier") if match.groupdict().get("supplier") else match.start()
    if giver and ", " in giver and _PLACE_AHEAD.search(tagged.string[:at]):
        return giver.split(", ", 1)[1]
    return giver


_MADE = re.compile(r"(⟨[SJ]\d+⟩)-(?:made|built|produced|supplied|donated)\b")


def _made_by(tagged: Tagged, items: str | None) -> str | None:
    """«US cluster munitions», «the Czech shells»: whose they are."""
    made = _MADE.search(items or "")
    if made:
        return party_of(tagged, made[1])
    owner = re.match(r"(?:[Tt]he |[Tt]hose |[Tt]hese |⟨Q\d+⟩ )*(⟨[SJ]\d+⟩)(?:['’]s)? ", items or "")
    return party_of(tagged, owner[1]) if owner else None


_LANDS = r"(⟨[SG]\d+⟩(?:(?:, and |, | and )⟨S\d+⟩){0,9})"
_THERE = (
    re.compile(rf"\b(?:for|to) (?:the )?{_LANDS}"),
    re.compile(
        rf"\b(?:in|for|to|across) (?:the )?(?:(?!since|from|by|against|after|before|with)[\w-]+ ){{0,3}}?{_LANDS}"
    ),
)


_AHEAD = re.compile(r"(?:[-–•*] )?(?:In|For|To) (?:the )?(⟨[SG]\d+⟩), ")


def _there(tagged: Tagged, match: re.Match[str], supplier: str | None) -> str | None:
    """A state named after the words of giving: the work is done there."""
    ahead = _AHEAD.match(tagged.string)
    if ahead and (party := party_of(tagged, ahead[1])) != supplier:
        return party
    for regex in _THERE:
        for found in regex.finditer(tagged.string, match.start()):
            party = party_of(tagged, found[1])
            if party != supplier:
                return party
    names = tagged.all("WLP", tagged.string[match.start() :])
    lands = (region_of(name.key) for name in names)
    return next((land for land in lands if land and land != supplier), None)


def _pronoun_without_package(match: re.Match[str], rule: dict[str, Any], scene: Scene) -> bool:
    """«It includes» tells of a transfer only after a package was named."""
    return bool(rule.get("carry") and scene.value is None and re.match(r"[Ii]t\b", match.group()))


def _told_already(match: re.Match[str], items: list[dict[str, Any]], scene: Scene) -> bool:
    """«The machines arrived at the port» after «Japan provided 14 machines» is no second transfer."""
    definite = re.match(r"The (?!⟨Q)", match.groupdict().get("items") or "")
    known = {item["class"] for item in scene.items}
    uncounted = [item["class"] for item in items if item["quantity"] is None]
    return bool(
        definite and scene.status == "delivered" and len(items) == 1 and known & {*uncounted}
    )


_SPOKES = re.compile(
    r"(⟨[SJGW]\d+⟩)(?:['’]s)? (?:(?:[\w-]+ )?(?:embassy|government|ministry|ambassador|department|officials?)|President|Prime Minister|Secretary)|^(?:The )?(⟨[SG]\d+⟩) (?:has |have )?(?:said|announced|confirmed|pledged)"
)


def _spokes(tagged: Tagged, match: re.Match[str]) -> str | None:
    """The state whose government speaks in the sentence is the one that gives."""
    found = _SPOKES.search(tagged.string[: match.end()])
    return party_of(tagged, found[1] or found[2]) if found else None


def _rule_date(
    reading: Reading, tagged: Tagged, match: re.Match[str], rule: dict[str, Any]
) -> str | None:
    """The rule may take the document's date or none; else the date beside the words."""
    if rule.get("date") == "document":
        return reading.published
    return None if rule.get("date") == "none" else _date(tagged, match)


def _remember(
    scene: Scene, supplier: str | None, recipient: str | None, status: str, date: str | None
) -> None:
    scene.supplier = supplier or scene.supplier
    scene.recipient = recipient or scene.recipient
    scene.status, scene.date = status, date


def _items(reading: Reading, tagged: Tagged, match: re.Match[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for group in ("items", "items2"):
        if match.groupdict().get(group):
            span = tagged.span(*match.span(group))
            text = re.sub(r"[“”\"]", "", reading.text[span.start : span.end])
            found.extend(named_items(reading, span, text))
    return found


def _again(tagged: Tagged, groups: dict[str, str | None], scene: Scene) -> list[dict[str, Any]]:
    """«Three more», «the first batch»: the goods told of last, in the number given now."""
    number = tagged.mention(groups.get("number") or groups.get("number2"))
    quantity = number.data.plain() if number else None
    return [{**item, "quantity": quantity} for item in scene.items[-1 if number else 0 :]]


_CLAUSE = re.compile(r", (?:and|while|but|whereas) |; | and (?:will|would|has|have)\b")


def _status(tagged: Tagged, match: re.Match[str]) -> str:
    before = tagged.string[max(0, match.start() - 60) : match.start()]
    after = tagged.string[match.end() : match.end() + 10]
    around = _CLAUSE.split(before)[-1] + match.group() + _CLAUSE.split(after)[0]
    for status, key in (
        ("proposed", "proposing"),
        ("authorised", "authorising"),
        ("announced", "announcing"),
        ("delivered", "delivering"),
    ):
        if word(key).search(around):
            return status
    return "announced"


def _date(tagged: Tagged, match: re.Match[str]) -> str | None:
    inside = [
        m
        for m in tagged.all("D", match.group())
        if m.data.value and not goods_lists.since(tagged, m)
    ]
    if inside:
        return str(inside[-1].data.value)
    before = tagged.string[max(0, match.start() - 45) : match.start()]
    after = re.split(r",? to be |, to ", tagged.string[match.end() : match.end() + 25])[0]
    near = [
        m
        for m in [*tagged.all("D", after), *tagged.all("D", before)]
        if m.data.value and not goods_lists.since(tagged, m)
    ]
    if near:
        return str(near[0].data.value)
    return None
