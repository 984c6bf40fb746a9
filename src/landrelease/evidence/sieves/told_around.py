# ruff: noqa: E501 - patterns are read whole
"""Uses told by what stands around them: who ruled, who accuses whom, which attacks were counted.

«The mines were laid in the 1970s, under X», «each accused the other of having laid it»,
«six attacks with such bombs by X», «reports speak of use by X». Each is read outwards from its own
word as in :mod:`.laying`; the patterns are in ``terms/allegations.yaml`` under ``outwards``.
"""

from __future__ import annotations

import re

from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves.allegations import OPEN, supposed
from landrelease.evidence.sieves.deeds import (
    NEAR,
    Deed,
    after,
    is_unreal,
    object_of,
    suffers,
    weapon_meant,
)
from landrelease.evidence.sieves.nobody import NOBODY
from landrelease.evidence.sieves.parties import of_the_land, party_of
from landrelease.evidence.sieves.theatre import Place
from landrelease.evidence.sieves.users import Story, User, bare, part, user_named

_AHEAD = 120


def under_rule(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«Mines were laid in 1974, under A's rule», «under the regime of X» in a text about one state."""
    del index, story
    rest = after(tagged, verb)
    rule = part("under").match(rest)
    if rule is None or part("by").match(rest) or verb.group().endswith("ing"):
        return None
    named = tagged.all("SJ", rule["whose"] or "") + tagged.all("SJ", rule["of"] or "")
    party = str(named[0].key) if named else reading.home
    head = suffers(reading, tagged, verb.start())
    end = verb.end() + rule.end()
    if party is None or head is None or is_unreal(tagged, head[1], end):
        return None
    ruler = (verb.end() + rule.start("rule"), end)
    return Deed(User((party,), ruler), head[0], (head[1], end), "under-rule")


def each_other(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«The army and X accused each other of having laid it»: of both it is said."""
    del story
    two = _two_before(reading, tagged, verb.start())
    deed = verb["deed"]
    near = reading.told[max(0, index - 2) : index + 1]
    if two is None or (not deed and not any(part("deed_near").search(t.string) for t in near)):
        return None
    weapon = tagged.mention(verb["weapon"]) if deed else None
    if weapon is None:
        weapon = weapon_meant(reading, tagged.span(*verb.span()).start, NEAR)
    if weapon is None or weapon.key in OPEN or is_unreal(tagged, two.place[0], verb.end()):
        return None
    return Deed(two, weapon, (two.place[0], verb.end()), "each-other")


def _two_before(reading: Reading, tagged: Tagged, at: int) -> User | None:
    """The two who stand before «accused each other»."""
    for pair in reversed(list(part("pair").finditer(tagged.string, max(0, at - 200), at))):
        between = bare(tagged.string[pair.end() : at])
        if not _STILL.fullmatch(between):
            continue
        places = [pair.span("one"), pair.span("two")]
        named = [_party(reading, tagged, place) for place in places]
        parties = tuple(dict.fromkeys(name for name in named if name))
        return User(parties, pair.span()) if len(parties) == len(places) else None
    return None


_STILL = re.compile(r"(?:,|\b(?:has|have|had|both|also|again|then|later|since|[a-z]+ly)\b| ){0,12}")


def _party(reading: Reading, tagged: Tagged, place: Place) -> str | None:
    party = party_of(tagged, place[0], tagged.string[slice(*place)], None)
    known = party is not None and not NOBODY.fullmatch(party)
    return of_the_land(reading, tagged, place[0], party) if party and known else None


def attacks_with(
    reading: Reading, index: int, tagged: Tagged, noun: re.Match[str], story: Story
) -> Deed | None:
    """«Six attacks with such bombs by X», whatever stands between."""
    told = object_of(reading, tagged, noun)
    by = part("by").match(tagged.string[told[1] : told[1] + _AHEAD]) if told else None
    lead = tagged.string[max(0, noun.start() - 60) : noun.start()]
    if told is None or by is None or supposed(lead) or _NONE.search(lead):
        return None
    place = (told[1] + by.start("agent"), told[1] + by.end("agent"))
    user = user_named(reading, index, tagged, by, place, story)
    if user is None or is_unreal(tagged, noun.start(), place[1]):
        return None
    return Deed(user, told[0], (noun.start(), place[1]), "attacks-with")


_NONE = re.compile(
    r"\b(?:no|any|future|possible|further|prevent\w*|stop\w*|against|without) (?:[a-z]+ )?$",
    re.IGNORECASE,
)


def use_reported(
    reading: Reading, index: int, tagged: Tagged, noun: re.Match[str], story: Story
) -> Deed | None:
    """«Reports speak of use by X», of the weapon that the text is about."""
    by = part("by").match(tagged.string[noun.end() : noun.end() + _AHEAD])
    weapon = weapon_meant(reading, tagged.span(*noun.span()).start)
    lead = tagged.string[max(0, noun.start() - 40) : noun.start()]
    if by is None or weapon is None or _NONE.search(lead):
        return None
    place = (noun.end() + by.start("agent"), noun.end() + by.end("agent"))
    user = user_named(reading, index, tagged, by, place, story)
    return Deed(user, weapon, (noun.start(), place[1]), "use-reported") if user else None


def against(
    reading: Reading, index: int, tagged: Tagged, noun: re.Match[str], story: Story
) -> Deed | None:
    """«There are allegations of mine use against X and Y», or against them where uses are the matter."""
    near = reading.told[max(0, index - 2) : index + 1]
    if not noun["of"] and not any(_USE.search(one.string) for one in near):
        return None
    weapon = weapon_meant(reading, tagged.span(*noun.span()).end)
    lead = tagged.string[max(0, noun.start() - 40) : noun.start()]
    if weapon is None or _NONE.search(lead):
        return None
    user = user_named(reading, index, tagged, noun, noun.span("agent"), story)
    return Deed(user, weapon, noun.span(), "against") if user else None


_USE = re.compile(r"\b(?:use by|use of|used|laid|laying|planted)\b")
"""A text about who used weapons."""
_FEW = 4


def the_counted(
    reading: Reading, index: int, tagged: Tagged, words: re.Match[str], story: Story
) -> Deed | None:
    """«Four governments laid mines. … The four are A, B, C and D»."""
    del story
    before = reading.told[max(0, index - _FEW) : index]
    weapon = weapon_meant(reading, tagged.sentence.start)
    if weapon is None or not any(part("counted_deed").search(one.string) for one in before):
        return None
    parties = tuple(dict.fromkeys(m.key for m in tagged.all("SG", words["users"])))
    return Deed(User(parties, words.span("users")), weapon, words.span(), "the-counted")


READERS = (
    ("verbs", under_rule), ("each_other", each_other), ("attack_with", attacks_with),
    ("use_reported", use_reported), ("against", against), ("the_counted", the_counted),
)  # fmt: skip
