# ruff: noqa: E501 - patterns are read whole
"""Whom the words name that stand where a user does: a state, a body that fights, forces of a land."""

from __future__ import annotations

import re

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.reading import TAG, Reading, Tagged
from landrelease.terms import load_terms


def subject_in(tagged: Tagged) -> Mention | None:
    """Whom «they» means in the next sentence: the one party named, else the one at the head."""
    parties = [m for m in tagged.all("SGO") if m.kind != "O" or _fights(m)]
    named = {m.key: m for m in parties}
    head = [m for m in parties if tagged.place(m) < _AT_HEAD]
    return next(iter(named.values())) if len(named) == 1 else head[0] if head else None


_AT_HEAD = 60


def _fights(mention: Mention) -> bool:
    return bool(gazetteer.organisation(mention.key).get("party"))


def may_fight(mention: Mention) -> bool:
    """Relief bodies and clearance operators use no mines; armies and bodies of a state may."""
    known = gazetteer.organisation(mention.key)
    fights = _fights(mention) or mention.key in load_terms("allegations")["fighting_bodies"]
    return fights or not gazetteer.is_listed(mention.key) or known.get("kind") == "government"


BOTH = re.compile(
    r"(?:both|the two) (?:of the )?(?:countries|states|nations|neighbou?rs|armies|governments)|(?:both|the (?:two|neighbou?rs))$",
    re.IGNORECASE,
)


def of_the_land(reading: Reading, tagged: Tagged, at: int, party: str) -> str:
    """«The junta», «the army»: the state that the text is about, or that the sentence is set in."""
    land = reading.home if _RULERS.match(party) else None
    if found := _FORCES_IN.match(tagged.string, at):
        state = tagged.mention(found[1])
        land = state.key if state else None
    elif _FORCES.fullmatch(party):
        land = _where_forces_are(tagged, at) or reading.home
    return land or party


_FORCES = re.compile(r"(?:the )?(?:armed forces|army|military|national army)", re.IGNORECASE)
_FORCES_IN = re.compile(
    r"(?:[Tt]he )?(?:[Gg]overnment|state|regime|army|armed|security|military|junta)(?: forces| troops| aircraft)? in (?:the )?(⟨S\d+⟩)(?![’'])(?!,? and (?:the )?⟨S)"
)
"""«Government forces in A» are A's."""
_IN = re.compile(r"(?:^|, )[Ii]n (?:the )?(⟨S\d+⟩),")


def _where_forces_are(tagged: Tagged, at: int) -> str | None:
    """«In A, where mines are in use by the armed forces»: those of A."""
    found = _IN.search(tagged.string[:at])
    state = tagged.mention(found[1]) if found else None
    return state.key if state else None


_RULERS = re.compile(r"(?:the )?(?:(?:military )?junta|regime)\b", re.IGNORECASE)
"""Who rules the land that a text is about."""


def the_two(reading: Reading, tagged: Tagged, at: int) -> list[str]:
    """«Both countries» are the two states named last before."""
    start = tagged.span(at, at + 1).start
    before = reading.inside(max(0, start - 600), start, "SJG")
    return sorted(dict.fromkeys(m.key for m in reversed(before)))[:2] if _two(before) else []


def _two(mentions: list[Mention]) -> bool:
    return len({m.key for m in mentions}) == 2


_BACKED = re.compile(r"⟩[- ](?:backed|aligned|allied|affiliated)")
"""Who backs a group is not said to use what it uses."""


def backed(reading: Reading, tagged: Tagged, place: tuple[int, int]) -> str | None:
    """«A-backed factions», whom no name but their backer's tells apart, in the text's words."""
    words = tagged.string[slice(*place)]
    if not _BACKED.search(words) or tagged.all("OW", words):
        return None
    span = tagged.span(*place)
    return re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", reading.text[span.start : span.end])


_CLAIMS_OF_ITS = re.compile(
    r"(⟨[SG]\d+⟩)[^⟨;]{0,20}\b(?:den(?:y|ied|ies)|reject\w*|claim\w*|sa(?:id|ys?)|insist\w*)\b[^⟨;]{0,40} that $"
)
"""«B had denied a claim that its troops …»: those of B, whoever opened the sentence."""


_SPEAKER_OF_ITS = re.compile(
    r"(?:^|[,“”\"] ?|\b(?:[Tt]he|[Aa]n?) )(⟨J\d+⟩) (?:(?:[A-Z][a-z]{1,9}\.? |[a-z-]+ |⟨[OWP]\d+⟩,? ){1,6}?)(?:told|said|says|admitted|acknowledged|conceded|confirmed|announced|stated|claimed|insisted)\b[^;“”]{0,60}? that $"
)
"""«A spokesman, the Norsian general X, told Y that its planes …»: those of the speaker's side."""


def party_of(tagged: Tagged, at: int, words: str, subject: Mention | None) -> str | None:
    """Who is meant by words that stand at a place; none for relief bodies and open pronouns."""
    mention = next((m for m in tagged.all("O", words) if _fights(m)), tagged.mention(words))
    if _BACKED.search(words):
        mention = next(reversed(tagged.all("OW", words)), mention)
    if mention is None and re.match(r"its|their|his|they|it\b", words, re.IGNORECASE):
        before = tagged.string[:at]
        claims = _CLAIMS_OF_ITS.search(before) or _SPEAKER_OF_ITS.search(before)
        first = tagged.all("SGOJ", claims[1]) if claims else tagged.all("SGO", before)
        mention = first[0] if first else subject
    if mention is None and re.fullmatch(r"they|it", words, re.IGNORECASE):
        return None
    if mention is None:
        return re.sub(r"^(?:the|a|an|its|their)\s+", "", words.strip(), flags=re.IGNORECASE) or None
    if mention.kind in "SJG":
        return mention.key
    if mention.kind == "O":
        known = gazetteer.organisation(mention.key)
        if not may_fight(mention):
            return None
        own = known.get("iso3") if known.get("kind") == "government" else None
        return str(known.get("state") or own or known["name"])
    own = TAG.sub(lambda m: tagged.mentions[int(m[2])].key, words)
    return re.sub(r"^(?:the|a|an)\s+|\s*\([^)]*\)$", "", own.strip(), flags=re.IGNORECASE)
