# ruff: noqa: E501 - patterns are read whole
"""Clauses of giving read from their verb: where the goods stand, who gives, who gets, how far it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from landrelease.evidence.items import items_of
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves.agents import (
    DENIED,
    Agent,
    before,
    denied_before,
    part,
    party_named,
    subject_of,
)
from landrelease.evidence.sieves.deals import Scene, how_far, party_of
from landrelease.terms import load_terms


@dataclass(frozen=True)
class Clause:
    """What a clause of giving says: places in the tagged string, and words of its parties.

    ``worth`` is where its sum stands, if not among the goods.
    """

    start: int
    end: int
    goods: tuple[int, int]
    giver: str | None = None
    getter: str | None = None
    status: str | None = None
    owned: bool = False
    worth: tuple[int, int] | None = None


_BE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)(?: (?:also|already|now|since|then|just|finally|first|all|both|⟨D\d+⟩|[a-z]+ly)){0,3} $"
)
_NO_OBJECT = re.compile(
    r"(?:$|[.,;)]| (?:to|by|in|at|on|from|since|last|this|through|under|via|during|as|and|for|⟨D\d+⟩)(?: |$)| ⟨D)"
)
_CLAUSE_END = re.compile(
    r"[;:] |, (?:and (?:has|have|had|will|would|is|are|was|it|they|he|she)\b|but|while|which|who|where|whose|after|saying|said|says|as|although|though)|[–—] | (?:while|because|although|after|before|when|whereas) | as (?=⟨[SGJP]\d+⟩ [a-z])|\.$"
)


def _tail(tagged: Tagged, at: int) -> str:
    """What follows a verb up to the end of its clause."""
    ends = _CLAUSE_END.search(tagged.string, at)
    return tagged.string[at : min(ends.start() if ends else len(tagged.string), at + 320)]


_TAILS = (
    r" (?:to|for) (?P<getter><getter>)(?:, [^,;]{3,60},)? (?P<goods>(?:⟨[QV]\d+⟩|an?|the|some|its|more|another|new|several|dozens|hundreds|thousands)\b.{2,200}|⟨[QV]\d+⟩.{2,200})",
    r" (?P<getter><getter>|it|them|us|him|her) with (?P<goods>.{3,260})",
    r" (?P<goods>.{2,220}?) (?:to|into) (?:help |support |assist )?(?P<getter><getter>)",
    r" (?P<getter>(?:the )?⟨[SGO]\d+⟩(?:[’']s <units>)?|(?:the )?⟨[SGO]\d+⟩ (?:army|military|government|troops|forces|police)|(?:the )?⟨J\d+⟩ <units>|us|them|him|her|it) (?P<goods>(?!to |for |with |and |or |in |on |at |by |from |that |as |of |who |which |engineers |deminers |sappers |units? |troops |forces |teams? )[^,].{2,220})",
    r" (?P<goods>⟨V\d+⟩(?: (?:in|for|on|over) ⟨D\d+⟩)?) (?:to|for|towards?) (?:(?:⟨M\d+⟩|[\w-]+) ){1,4}?(?:in|across|throughout) (?P<getter>(?:the )?{S|G})",
    r" (?P<goods>.{2,220}?) for (?:use (?:by|in) )?(?P<getter><getter>)",
    r" (?P<goods>.{2,220})",
)


def _given(reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene) -> Clause | None:
    """«X gives Y goods», «goods are given to Y by X», «goods given to Y»."""
    start, end = match.span("verb")
    tail = _tail(tagged, end)
    past = part("<past>").fullmatch(match["verb"])
    heavy = part(_TAILS[0]).match(tail)
    told = _relative(reading, tagged, match, scene) if past else None
    if told:
        return told
    if past and (_BE.search(before(tagged, start, 80)) or (_NO_OBJECT.match(tail) and not heavy)):
        return _passive(reading, tagged, match, tail)
    subject = subject_of(reading, tagged, start, scene)
    if subject is None or DENIED.search(subject.between) or denied_before(tagged, subject.start):
        return None
    if CONDITION.search(tail):
        return None
    for source in _TAILS:
        said = part(source).match(tail)
        if said:
            goods = (end + said.start("goods"), end + said.end("goods"))
            getter = said.groupdict().get("getter") or _unsaid(reading, tagged, subject, tail)
            status = _status(subject.between, match["verb"])
            return Clause(subject.start, end + said.end(), goods, subject.party, getter, status)
    return None


CONDITION = re.compile(r"\bonly (?:if|when|where|after|once)\b")
"""What is given only if something else holds is a rule."""
_TO_WHICH = part(
    r"(?P<getter>(?:the )?{S|G})(?:[’']s [\w-]+)?, (?:to|for) (?:which|whom|whose [\w-]+) $"
)
_DONOR_TO = part(
    r"\b(?:donors?|givers?|suppliers?|providers?|supporters?|contributors?)(?: of (?:[\w-]+ ){1,4}?)? ?(?:to|of) (?P<getter>(?:the )?{S|G}), (?:having|which has|and has) (?:[a-z]+ )?$"
)
"""«The largest donor of aid to Y, having committed a sum»."""


def _to_which(tagged: Tagged, at: int) -> str | None:
    """«Y, to which it has given goods»: whom the clause before names."""
    found = _TO_WHICH.search(before(tagged, at, 80))
    return found["getter"] if found else None


def _unsaid(reading: Reading, tagged: Tagged, subject: Agent, tail: str) -> str | None:
    """Who gets things where the clause does not say: the one before «to which», else the home of the text."""
    through = re.match(load_terms("giving")["programme"], tail)
    home = reading.home if through and reading.home != subject.party else None
    donor = _DONOR_TO.search(subject.between)
    return donor["getter"] if donor else _to_which(tagged, subject.start) or home


_WHOSE_GIFT = r"(?<=[\w⟩])(?: that| which)? (?P<who><pronoun>|<who>)(?: (?:has|have|had|once|already|first|also|later))* $"


_NOUN_PHRASE = re.compile(r"(?:[Tt]he|[Tt]hese|[Tt]hose|[Aa]ny)\b|⟨[QM]\d+⟩")


def _relative(
    reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene
) -> Clause | None:
    """«The shells that X had given to Y»: the goods stand before the giver."""
    start, end = match.span("verb")
    tail = _tail(tagged, end)
    getter = part(r" (?:to|for) (?P<getter><getter>)").match(tail)
    giver = part(_WHOSE_GIFT).search(before(tagged, start, 120))
    if getter is None or giver is None:
        return None
    at = start - len(before(tagged, start, 120)) + giver.start()
    goods = goods_before(tagged, at)
    span = tagged.span(*goods)
    words = reading.text[span.start : span.end]
    subject = subject_of(reading, tagged, start, scene)
    if subject is None or not _NOUN_PHRASE.match(tagged.string, goods[0]):
        return None
    if not items_of(words) or denied_before(tagged, goods[0]) or DENIED.search(subject.between):
        return None
    return Clause(goods[0], end + getter.end(), goods, subject.party, getter["getter"], "delivered")


_NP_CUT = re.compile(
    r"(?:^|[;:] |[–—] |, (?:and|but|while|where|which|when) |\b(?:ceremony|event|reception|party) (?:for|of|marking) (?:the )?(?:handover of |delivery of )?|\b(?:said|says|saying|confirmed|announced|added|reported|that|because|after|before|when|while|until|but|as|although|where|since) (?:that )?|⟨D\d+⟩,? (?=⟨Q|the |an? |some |its )|, (?=⟨Q|an? |the ))",
    re.IGNORECASE,
)
_AUX = re.compile(
    r"(?:,? (?:has|have|had|will|would|is|are|was|were|be|been|being|to|due|also|already|now|since|then|just|finally|first|all|both|set|expected|soon|only|recently|⟨D\d+⟩|that|which|[a-z]+ly|on its way|on ⟨D\d+⟩))+ ?$"
)
_CARRIERS = re.compile(
    r"\b(?:by|from|using|with|via|through) (?:the |an? |its |their )?(?:⟨J\d+⟩ |[\w-]+ ){0,2}?(?:rockets?|missiles?|aircraft|planes?|jets?|helicopters?|drones?|artillery|shells?|mortars?|launchers?|air|howitzers?|guns?|hand|truck|rail|road|sea)\b"
)


def goods_before(tagged: Tagged, at: int) -> tuple[int, int]:
    """The noun phrase that a passive verb, or one of arriving, says something of."""
    base = max(0, at - 400)
    head = tagged.string[base:at]
    aux = _AUX.search(head)
    stop = aux.start() if aux else len(head.rstrip())
    aside = re.search(r", [^,;]{3,110},? ?$", head[:stop]) if head[:stop].endswith(",") else None
    if aside and not re.search(r"⟨Q\d+⟩ [a-z⟨]", aside.group()):
        stop = aside.start()
    words = head[:stop]
    cuts = [m.end() for m in _NP_CUT.finditer(words)]
    first = cuts[-1] if cuts else 0
    for earlier in reversed(cuts[:-1]):  # «two trucks, 40 detectors and …»: a list is one phrase
        if not re.search(r",\s*$", words[:first]) or not re.match(r"⟨Q", words[earlier:]):
            break
        first = earlier
    return base + first, base + stop


_OWNER = (
    re.compile(r"(?:the |those |these |⟨Q\d+⟩ )*(⟨[SJ]\d+⟩)(?:[’']s)? ", re.IGNORECASE),
    re.compile(r".{0,80}?(⟨[SJ]\d+⟩)-(?:made|built|produced|donated|supplied|funded)"),
    re.compile(r".{0,80}?\b(?:of|with|by|from) (?:the )?(⟨[SJ]\d+⟩)(?:[’']s)? "),
)
_APPOSED = re.compile(r"(⟨[SJ]\d+⟩)(?:[’']s)? (?:⟨[MWP]\d+⟩|[\w-]+)(?: [\w-]+| ⟨[MWP]\d+⟩)?, $")


def _owner(tagged: Tagged, goods: tuple[int, int]) -> str | None:
    """«Peru's trucks», «Peru-made trucks», «Peru's X, a mine …»: whose the goods are."""
    found = next((m for o in _OWNER if (m := o.match(tagged.string, *goods))), None)
    found = found or _APPOSED.search(before(tagged, goods[0], 60))
    return party_of(tagged, found[1]) if found else None


_KNOWN = re.compile(r"[Tt]he (?:[\w-]+ ){0,2}?⟨M\d+⟩(?: [\w⟨⟩-]+){0,3}$")
_DAY = re.compile(r" (?:in |on |last |earlier )?⟨D")
"""«The mines delivered in April» went to whom the text before names."""


def _passive(reading: Reading, tagged: Tagged, match: re.Match[str], tail: str) -> Clause | None:
    start, end = match.span("verb")
    goods = goods_before(tagged, start)
    whole = tagged.string[goods[0] : end]
    if (
        len(whole) > 200
        or DENIED.search(whole)
        or _CARRIERS.match(tail.lstrip())
        or denied_before(tagged, goods[0])
    ):
        return None
    giver = part(r"(?:by|from) (?P<who><who>)").search(tail)
    getter = part(r" (?:to|for|into|in) (?P<getter><getter>)").match(tail[:90]) or part(
        r" (?:to|into) (?P<getter><getter>)"
    ).search(tail[:120])
    paid = part(_PAID_BY).search(tagged.string, *goods)
    giver, paid = giver or paid, None if giver else paid
    there = _there(tagged, goods[0]) if re.match(r"(?: (?:over|out|down))? there\b", tail) else None
    if giver:
        party = party_named(reading, tagged, giver["who"])
    else:
        party = there[0] if there else _owner(tagged, goods)
    whole_told = _BE.search(before(tagged, start, 80)) and (
        party or "⟨Q" in tagged.string[slice(*goods)] or "⟨D" in tail[:60]
    )
    known = _KNOWN.match(tagged.string, *goods) and _DAY.match(tail)
    if not (giver or getter or there or whole_told or known):
        return None
    reach = max([end, *(end + m.end() for m in (None if paid else giver, getter) if m)])
    status = _status(tagged.string[goods[1] : start], match["verb"])
    named = _no_town(getter) if getter else there[1] if there else None
    return Clause(goods[0], reach, goods, party, named, status)


def _no_town(getter: re.Match[str]) -> str | None:
    """Who gets what is handed over, but for the town where that was done."""
    town = re.match(r" in (?:the )?⟨[WPL]\d+⟩$", getter.group())
    return None if town else getter["getter"]


def _there(tagged: Tagged, at: int) -> tuple[str, str] | None:
    """Who gives and where «there» is: the first and the last state named before in the sentence."""
    states = [m.key for m in tagged.all("SG", tagged.string[:at])]
    return (states[0], states[-1]) if len(set(states)) > 1 else None


def _received(
    reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene
) -> Clause | None:
    """«Y accepts goods from X»."""
    start, end = match.span("verb")
    tail = _tail(tagged, end)
    said = part(
        r" (?P<goods>.{2,200}?) (?:from|donated by|given by|paid for by) (?P<giver><who>)"
    ).match(tail)
    subject = subject_of(reading, tagged, start, scene)
    if said is None or subject is None or DENIED.search(subject.between):
        return None
    goods = (end + said.start("goods"), end + said.end("goods"))
    giver = party_named(reading, tagged, said["giver"])
    if giver is None:
        return None
    status = _status(subject.between, match["verb"])
    return Clause(subject.start, end + said.end(), goods, giver, subject.party, status)


_FALLS = re.compile(r"landed|came|reach")
_LOT = re.compile(
    r"\b(?:batch|consignment|shipment|delivery|first|second|last|more)\b|[^s]s\b[^.]{0,40}$"
)


def _told_already(reading: Reading, tagged: Tagged, goods: tuple[int, int], scene: Scene) -> bool:
    """«The machines reached …» after «… has shipped ten machines» is that shipment."""
    if not re.match(r"(?:[Tt]he|[Tt]hey|[Ii]t)\b(?! ⟨Q| first)", tagged.string[slice(*goods)]):
        return False
    span = tagged.span(*goods)
    classes = {i["class"] for i in items_of(reading.text[span.start : span.end])}
    return scene.status == "delivered" and bool(classes & {i["class"] for i in scene.items})


_PAID_BY = r"(?:ordered|bought|purchased|paid for|financed|funded|donated|given|promised|pledged)(?: [\w-]+)? (?:by|from|with|through) (?:(?:an?|the) )?(?:(?:funds?|money|means|help|support|grant|donation|gift)s? (?:of|from) )?(?P<who><who>)"


_ORDERED_FROM = r"(?:ordered|bought|purchased) by (?P<getter><getter>) from (?:the )?(?P<who><who>)"


def _buyer(
    reading: Reading, tagged: Tagged, paid: re.Match[str] | None, scene: Scene
) -> str | None:
    """Who ordered goods «ordered from X»: the state that opens the sentence, or the one before."""
    if paid is None or not re.match("ordered|bought|purchased", paid.group()):
        return None
    first = part("(?:(?:In|On|By) {D},? )?(?P<who><who>)").match(tagged.string)
    opens = party_named(reading, tagged, first["who"]) if first else None
    return next((one for one in (opens, scene.subject) if one in reading.states), None)


def _arrived(reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene) -> Clause | None:
    """«The first of the mines reached Y's units»."""
    start, end = match.span("verb")
    tail = _tail(tagged, end)
    said = part(r"(?: (?:in|at|to|into|the border of|with))? (?P<getter><getter>)").match(tail)
    after = part(r" from (?:the )?(?P<who>{S|G|O})").match(tail)
    goods = goods_before(tagged, start)
    whole = tagged.string[goods[0] : end]
    both = part(_ORDERED_FROM).search(whole)
    paid = part(_PAID_BY).search(whole) if both is None else None
    due = re.match(r" (?:(?:in|by|on|before|at the end of|early|late) )*⟨D\d+⟩", tail)
    if (
        not (said or (after and "⟨Q" in whole) or (paid and due and "⟨Q" in whole))
        or DENIED.search(whole)
        or denied_before(tagged, goods[0])
    ):
        return None
    span = tagged.span(goods[0], end)
    words = reading.text[span.start : span.end]
    if _FALLS.match(match["verb"]) and "⟨Q" not in whole and not _LOT.search(words):
        return None
    if _told_already(reading, tagged, goods, scene):
        return None
    giver = part(r"(?:by|from) (?:the )?(?P<who><who>)").search(tagged.string, goods[0], start)
    apart = part(r"(?:by|from) (?:the )?(?P<who><who>), $").search(before(tagged, goods[0], 60))
    giver = both or paid or giver or after or apart
    party = party_named(reading, tagged, giver["who"]) if giver else _owner(tagged, goods)
    reach = end + max(m.end() for m in (said, after, due) if m)
    status = _status(tagged.string[goods[1] : start] + match["verb"], match["verb"])
    getter = said["getter"] if said else _buyer(reading, tagged, paid, scene)
    getter = both["getter"] if both else getter
    return Clause(goods[0], reach, goods, party, getter, status)


_GOVERNS = re.compile(
    r"\b(?P<verb>approv\w+|authori[sz]\w+|consider\w*|announc\w+|weigh\w*|mull\w*|plan\w*|propos\w*|confirm\w*|agreed (?:to|on)|discuss\w*|welcom\w*|order\w*|complet\w+|began|begun|start\w*|report\w*|sign\w*|back\w*|pledg\w*|promis\w*|made|make\w*|notif\w+ (?:the )?⟨[OW]\d+⟩ of)(?:,[^,;]{3,100},)?(?: (?:an?|the|its|another|further|new|possible|direct|first|planned|⟨Q\d+⟩|⟨D\d+⟩|[a-z]+ly|yet|to))* (?:[\w-]+ )?$",
    re.IGNORECASE,
)


def _named(reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene) -> Clause | None:
    """«X's gift of goods to Y», «X considers the supply of goods»."""
    start, end = match.span("verb")
    tail = _tail(tagged, end)
    said = next((m for s in (_TAILS[2], _TAILS[5], _TAILS[6]) if (m := part(s).match(tail))), None)
    if said is None:
        return None
    within = part(r" to (?P<getter><getter>) of$").search(match["verb"])
    getter = within["getter"] if within else said.groupdict().get("getter")
    goods = (end + said.start("goods"), end + said.end("goods"))
    by = part(r" (?:by|from) (?P<who><who>)").search(tail)
    owner = part(r"(?P<who><who>)(?:(?<=[’']s)|(?<=s[’'])) (?:[\w-]+ ){0,3}$").search(
        before(tagged, start, 90)
    )
    rules = _GOVERNS.search(before(tagged, start, 200))
    at = max(0, start - 200) + rules.start("verb") if rules else start
    subject = subject_of(reading, tagged, at, scene) if rules else None
    denied = tagged.string[subject.start if subject else max(0, start - 50) : start]
    if DENIED.search(denied):
        return None
    words = owner or by
    party = subject.party if subject else None
    giver = party_named(reading, tagged, words["who"]) if words else party
    if giver is None:
        return None
    over = rules is not None and _IS_OVER.match(rules["verb"]) and not _TO_COME.search(denied)
    open_still = (rules and not over) or _PENDING.search(tagged.string)
    status = _status(f"{denied} {tail}", "") if open_still else None
    first = subject.start if subject else start - len(owner.group()) if owner else start
    behind = re.compile(r",? (?:worth|valued at) (⟨V\d+⟩)").match(tail, said.end())
    worth = (end + behind.start(1), end + behind.end(1)) if behind else None
    stop = end + (behind or said).end()
    return Clause(first, stop, goods, giver, getter, status, owner is not None, worth)


_IS_OVER = re.compile(r"welcom|confirm|complet|report", re.IGNORECASE)
"""Who welcomes or confirms a handover tells of one that took place."""


def _packed(reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene) -> Clause | None:
    """«The 42nd drawdown for Y is valued at a sum»."""
    arms = re.search(
        r"\b(?:drawdown|military|security|arms|weapons?|defen[cs]e|equipment|munitions|⟨M)",
        match.group(),
        re.IGNORECASE,
    )
    whole = tagged.string[max(0, match.start() - 60) : match.end()]
    if not arms or re.search(r"\bsince ⟨D\d+⟩[^,]{0,30}$", match["about"]) or DENIED.search(whole):
        return None
    getter = part(r" (?:to|for) (?P<getter>(?:the )?⟨[SG]\d+⟩)").search(match["about"])
    subject = subject_of(reading, tagged, match.start("verb"), scene)
    giver = subject.party if subject else None
    status = _status(subject.between, "") if subject else None
    at = subject.start if subject else match.start()
    named = getter["getter"] if getter else None
    return Clause(at, match.end(), match.span("value"), giver, named, status, True)


_THE_PACKAGE = re.compile(
    r"(?:(?<!that )\b[Ii]t|\b(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts) (?:[\w-]+ ){0,3}?(?:package|equipment|aid|assistance|drawdown|shipment|consignment|delivery|batch|donation|gear|arms|tranche))(?:,? [^.;,⟨]{0,30}(?:⟨\w\d+⟩[^.;,⟨]{0,20})?,)? $"
)


def _included(
    reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene
) -> Clause | None:
    """«The equipment would include goods», after a package was told of."""
    told = _THE_PACKAGE.search(before(tagged, match.start(), 160))
    if told is None or scene.value is None:
        return None
    start = match.start() - len(told.group())
    return Clause(start, match.end(), match.span("items"), scene.supplier, None, scene.status)


READERS = {
    "give": _given,
    "receive": _received,
    "arrive": _arrived,
    "noun": _named,
    "package": _packed,
    "include": _included,
}

_PENDING = re.compile(
    r"\b(?:(?:still|is|are|goes) before (?:its|the) parliament|(?:awaits?|awaiting|needs?|pending|subject to|depends on) [^.;]{0,30}(?:approval|consent|vote|parliament|licen[cs]e))\b"
)
_WORDS_OF_STATUS = (
    ("proposed", re.compile(r"\b(?:consider\w*|weigh\w*|mull\w*|may|might|could|plan(?:s|ned|ning)?|intend\w*|want\w*|hop(?:e|es|ed|ing)|propos\w*|discuss\w*|talks|debat\w*|study\w*|before (?:its|the) parliament|seek\w*|ready|willing|prepared to)\b")),
    ("authorised", re.compile(r"\b(?:approv\w*|authori[sz]\w*|agreed?|agrees|clear(?:ed|s)|allow\w*|green-?lit|signed off|sanctioned|permitted|ordered|directed)\b")),
    ("delivered", re.compile(r"\b(?:began|begun|started|has been|have been|confirm\w*|complet\w*)\b")),
    ("announced", re.compile(r"\b(?:will|would|to|'ll|’ll|is|are|pledg\w*|promis\w*|commit\w*|announc\w*|decid\w*|decision|due|set|going|offer\w*)\b")),
)  # fmt: skip


def _status(before: str, verb: str) -> str | None:
    """How far a transfer is, by the words that govern its verb, else by its tense."""
    told = how_far(before, _WORDS_OF_STATUS)
    if told is None:
        over = part(f"{_DONE}|landed|docked|bought|took delivery of").fullmatch(verb)
        return "delivered" if over else None
    done = told == "announced" and part(_DONE).fullmatch(verb) and not _TO_COME.search(before)
    return "delivered" if done else told


_DONE = "(?:<past>|got|received|accepted|arrived|reached)"
_TO_COME = re.compile(r"\b(?:will|would|to|due|set)\b|\b(?:is|are) (?:being )?$")
"""With these words before it «given» is no past tense: «will be given», «is being given»."""
