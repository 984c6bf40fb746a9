"""Who used together with the one that a rule found: «A, B and C laid mines», «laid by A and B».

A rule finds one of a list, the nearest to its verb. The others stand beside it, joined by commas
and «and»; bodies that use no weapons and open words among them name nobody.
"""

from __future__ import annotations

import re
from functools import cache

from landrelease.evidence.grammar import compiled
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves.nobody import NOBODY
from landrelease.evidence.sieves.parties import of_the_land, party_of
from landrelease.evidence.sieves.theatre import Place
from landrelease.terms import load_terms

_REACH = 200


@cache
def _part(name: str) -> re.Pattern[str]:
    """A pattern of lists of users, its parts filled in."""
    table = load_terms("allegations")
    return compiled(table["company"][name], {**table["parts"], **table["company"]})


def all_told(
    reading: Reading, tagged: Tagged, place: Place, parties: tuple[str, ...]
) -> tuple[str, ...]:
    """The parties that the words at a place name, and those joined to them."""
    lands = _part("forces_in").match(tagged.string, place[0])
    if lands:
        return tuple(dict.fromkeys(m.key for m in tagged.all("SG", lands["lands"])))
    named = _among(reading, tagged, place)
    return named or tuple(dict.fromkeys((*parties, *beside(reading, tagged, place))))


def _among(reading: Reading, tagged: Tagged, place: Place) -> tuple[str, ...]:
    """«Thirty rebel groups, including X and Y, used mines»: those that are named."""
    if "⟨" in tagged.string[slice(*place)]:
        return ()
    found = _part("including").match(tagged.string, place[1])
    return members(reading, tagged, found.span("list"), "OWP") if found else ()


def beside(reading: Reading, tagged: Tagged, place: Place) -> tuple[str, ...]:
    """The parties joined to the one whose words stand at a place."""
    start, end = place
    before = _part("before").search(tagged.string, max(0, start - _REACH), start)
    parties = members(reading, tagged, before.span("list")) if before else ()
    if _part("agent").search(tagged.string, max(0, start - 20), start):
        after = _part("after_agent").match(tagged.string, end)
        parties += members(reading, tagged, after.span()) if after else ()
    return parties


def tail(tagged: Tagged, end: int, verb: int) -> int:
    """Where the list that goes on after a user ends, or the user itself where none does."""
    found = _part("tail").match(tagged.string, end, verb)
    return found.end() if found else end


def members(
    reading: Reading, tagged: Tagged, place: Place, kinds: str = "SGJOWP"
) -> tuple[str, ...]:
    """The parties of a list, each by itself."""
    found = _part("member").finditer(tagged.string, *place)
    those = (one.span() for one in found if tagged.all(kinds, one.group()))
    parties = (_party(reading, tagged, one) for one in those)
    return tuple(dict.fromkeys(party for party in parties if party))


def _party(reading: Reading, tagged: Tagged, place: Place) -> str | None:
    party = party_of(tagged, place[0], tagged.string[slice(*place)], None)
    if party is None or NOBODY.fullmatch(party):
        return None
    return of_the_land(reading, tagged, place[0], party)
