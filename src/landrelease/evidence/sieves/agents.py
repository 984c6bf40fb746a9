# ruff: noqa: E501 - patterns are read whole
"""Who gives: the subject of a verb of giving, found by walking back from it, and what pronouns mean."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.grammar import compiled
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves import givers
from landrelease.evidence.sieves.deals import Scene, in_office, is_condition, party_of
from landrelease.evidence.sieves.plain import ASIDES
from landrelease.terms import load_terms


@cache
def part(source: str) -> re.Pattern[str]:
    """A pattern of the terms of giving, its parts filled in."""
    return compiled(source, load_terms("giving")["parts"])


_AID_BY = r"(?:⟨W\d+⟩ |[\w-]+ ){0,3}?(?:aid|support|assistance|help) (?:given|provided|sent|supplied|promised) by (?:the )?"
"""«Military aid given by X»: X opens the sentence."""


def follow(reading: Reading, tagged: Tagged, scene: Scene) -> None:
    """Whoever opens a sentence is «it» and «they» in the next."""
    opening = part(
        f"(?:(?:(?:[Ii]n|[Oo]n|[Ss]ince|[Bb]y) )?{{D}},? |{_AID_BY})?(?P<who><who>)"
    ).match(tagged.string)
    listed = opening and not re.match(r"[^⟨]*⟨W", opening["who"])
    party = party_named(reading, tagged, opening["who"]) if opening and listed else None
    scene.subject = party or scene.subject


_PHRASES = re.compile(
    r" (?:of|in|at|from|near|for|with|to|on|since|by|after|until|through|under|and) (?:the |its |their )?(?:[\w-]+ ){0,3}?⟨\w\d+⟩"
)
DENIED = re.compile(
    r"\b(?:not|never|no|nor|neither|none|without|refus\w+|declin\w+|reluctan\w+|unwilling|hesitan\w+|den(?:y|ies|ied|ying)|reject\w*|stop\w*|halt\w*|paus\w*|suspend\w*|block\w*|ban\w*|prohibit\w*|oppos\w*|against|if|whether|unless|urg\w+|ask(?:s|ed|ing)?|call(?:s|ed|ing)? (?:on|for)|request\w*|demand\w*|appeal\w*|criticis\w*|instead of|rather than|should|must|needs?|needed|capable of|able to|condemn\w*|fail\w*|cancel\w*|threat\w*|calls? for|end(?:ed|ing)?|barred|supposed|capacity|abilit(?:y|ies)|in a position|enough|sufficient|limit\w*|accus\w+|warn\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_AFTER_PREPOSITION = re.compile(
    r"\b(?:of|in|at|from|near|to|with|against|for|on|into|across|by|around|inside|over|than|like) (?:the |a |an )?(?:[\w-]+ )?$",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    rf"{_AFTER_PREPOSITION.pattern}|\b(?:gave|gives?|given|giving|sent|sends?|sending|handed|lent|offered|sold|granted|promised|supplied|equipped) (?:the )?$",
    re.IGNORECASE,
)
"""Before what stands in a phrase, or before the one who gets things: «gave Y a truck and sent …»."""
_OPEN_NOUN = re.compile(r"⟨[SGJOWPMV]\d+⟩")


_NEW_CLAUSE = re.compile(r"[;:] |, (?:and|but) ")
_LINKED = re.compile(r"[^;:⟨]*(?:, and|, but) ?[^;:⟨]{0,30}")
"""«X trained them, and also gave»: the conjunction still has the subject before it."""
_NEXT_VERB = re.compile(r" and (?=(?:[a-z]+ly |has |have |had |then |also |will |would |to )*$)")
"""Where the second verb of one subject begins: what denies the first says nothing of it."""
_RELATIVE = re.compile(r",? (?:which|who|that) ")
_FAR = 300
"""Tagged characters within which a subject is looked for."""


def before(tagged: Tagged, at: int, length: int) -> str:
    """The words before a place, no more than so many characters of them."""
    return tagged.string[max(0, at - length) : at]


@dataclass(frozen=True)
class Agent:
    """The party that acts, where its name begins, and the words between it and the verb."""

    party: str
    start: int
    between: str


def subject_of(reading: Reading, tagged: Tagged, at: int, scene: Scene) -> Agent | None:
    """Who acts by the verb at a place."""
    nouns = part("(?P<pronoun><pronoun>)|<who>(?:(?:, {S})* and (?:the )?{S})?").finditer(
        tagged.string, max(0, at - _FAR), at
    )
    for noun in reversed(list(nouns)):
        between = ASIDES.sub("", tagged.string[noun.end() : at])
        if not noun["pronoun"] and _NEW_CLAUSE.search(between) and not _LINKED.fullmatch(between):
            return None
        between = _NEXT_VERB.split(between)[-1]
        if len(between) > 130 or ";" in between:
            return None
        if _OPEN_NOUN.search(_PHRASES.sub("", between)):
            continue
        relative = _RELATIVE.match(tagged.string, noun.end())
        inside = _NO_SUBJECT.search(before(tagged, noun.start(), 40))
        if inside and not noun["pronoun"] and not relative:
            continue
        if noun["pronoun"]:
            party = _antecedent(reading, tagged, noun, scene)
        else:
            party = party_named(reading, tagged, noun.group()) or _in_office(tagged, noun, scene)
        if party:
            return Agent(party, noun.start(), between)
    return None


_TITLE = re.compile(
    r"\b(?:Secretary|Minister|President|Chancellor|Ambassador|Premier)(?: of (?:State|Defen[cs]e|War))? $"
)


def _in_office(tagged: Tagged, noun: re.Match[str], scene: Scene) -> str | None:
    """«Secretary X» in a paper of a state is that state's."""
    titled = noun.group().startswith("⟨P") and _TITLE.search(before(tagged, noun.start(), 40))
    return scene.home if titled else None


_SPEAKS_FOR = r"(?:(?:[Tt]he )?(?:representative|delegate|delegation|observer|envoy|ambassador) (?:of|from|for) (?:the )?)?"
"""«The representative of X said that it had …»: «it» is X."""


def _antecedent(reading: Reading, tagged: Tagged, noun: re.Match[str], scene: Scene) -> str | None:
    """«It» is whoever opened the sentence, else who opened the one before; «we» the author's state."""
    word = noun.group().casefold()
    if word == "we":
        return scene.home or TELLER
    if scene.home and word.split()[-1] in ("president", "administration"):
        return scene.home
    envoy = _envoy_of(reading, tagged, noun.start()) if _OWN_COUNTRY.match(word) else None
    if envoy:
        return envoy
    opening = part(
        f"(?:^|, |and |but |that )(?:(?:[Ii]n|[Oo]n|[Ss]ince|[Bb]y) {{D}},? )?{_SPEAKS_FOR}(?P<who><who>)"
    )
    for match in opening.finditer(tagged.string, 0, min(noun.start(), _FAR)):
        party = party_named(reading, tagged, match["who"])
        if party and "⟨W" not in match["who"]:
            return party
    return scene.subject


_OWN_COUNTRY = re.compile(r"(?:his|her) (?:own )?(?:country|government|nation)$")
_ENVOY = re.compile(
    r"\b(?:[Aa]mbassador|[Ee]nvoy|[Cc]onsul|[Mm]inister)(?: ⟨P\d+⟩)? (?:of|from) (?:the )?(?P<of>⟨[SG]\d+⟩)|(?P<before>⟨[SJ]\d+⟩)(?:['’]s)? (?:[\w-]+ ){0,2}?(?:[Aa]mbassador|[Ee]nvoy|[Cc]onsul|[Mm]inister)\b"
)


def _envoy_of(reading: Reading, tagged: Tagged, at: int) -> str | None:
    """The state whose envoy was named last in the paragraph: «his country» is that one."""
    told = [(tagged, tagged.string[:at]), *((t, t.string) for t in reading.before(tagged, 2))]
    for one, words in told:
        found = list(_ENVOY.finditer(words))
        if found:
            return party_of(one, found[-1]["of"] or found[-1]["before"])
    return None


TELLER = "we"
"""Whoever speaks, where no head of the text says which state that is."""
_COMMON_BODY = re.compile(
    r"(?:an?|the) .*?(?:charity|foundation|organi[sz]ation|non-profit|NGO|agency)$", re.IGNORECASE
)


_DELEGATE = re.compile(r"⟨P\d+⟩ \((?:the )?(⟨[SG]\d+⟩)\)")
"""«JANE ROE (Peru)»: who speaks for a state acts as that state."""


def party_named(reading: Reading, tagged: Tagged, words: str | None) -> str | None:
    """The party that words name; a holder of a known office acts for the state."""
    if not words:
        return None
    delegate = _DELEGATE.match(words)
    words = delegate[1] if delegate else words
    if not tagged.all("SGJO", words):
        if tagged.all("P", words):
            return in_office(reading, tagged, words)
        if _COMMON_BODY.match(words):
            return _story_body(reading)
    named = tagged.all("SGJOW", words)
    party = party_of(tagged, words) if named else None
    return _as_told(reading, named[0]) if party and named[0].kind == "O" else party


def _as_told(reading: Reading, body: Mention) -> str | None:
    """A body under its listed name, or under the text's own where that name does not occur."""
    name = givers.party_of(body)
    known = name in reading.text or re.fullmatch("[A-Z]{3}", name)
    return name if known else " ".join(reading.text[body.start : body.end].split())


def _story_body(reading: Reading) -> str | None:
    """«The charity» is the body of no state that a document names most."""
    counts: Counter[str] = Counter()
    for mention in reading.mentions:
        if mention.kind == "O" and gazetteer.is_listed(mention.key):
            known = gazetteer.organisation(mention.key)
            if known.get("kind") is None and not known.get("outlet"):
                counts[str(known["name"])] += 1
    return next((name for name, _ in counts.most_common(1)), None)


def denied_before(tagged: Tagged, at: int) -> bool:
    """Whether a clause that begins here is doubted, denied, asked for or made a condition."""
    return is_condition(tagged, before(tagged, at, 60)) or bool(
        re.search(
            r"\b(?:if|whether|unless|den(?:y|ies|ied)(?: [\w-]+){0,3}|neither (?:the )?⟨\w\d+⟩ nor|urg\w+|ask\w*|call(?:s|ed|ing)? (?:on|for)|neither|no evidence|appeal\w*|request\w*|want\w*|expect\w*|allow\w*|forc\w*|persuad\w*|untrue|false|(?:asked|questioned|pressed|quizzed) (?:about|on|over)(?: [\w-]+){0,3}|no (?:sign|indication|proof))(?: that)?(?: the)? $",
            before(tagged, at, 50),
            re.IGNORECASE,
        )
    )
