# ruff: noqa: E501 - patterns are read whole
"""Where and when a use is said to have been: the land, not the land of who used."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.places import Period, main_state, period_of, place_in
from landrelease.evidence.reading import Reading, Tagged
from landrelease.terms import load_terms

_STATUS = r"(?:(?:non-)?[Ss]tates? (?:not |non-)?[Pp]art(?:y|ies) |signator(?:y|ies) )?"
_LANDS = re.compile(
    r"\b(?:on|in|into|onto|inside) (?:the )?(?P<soil>⟨J\d+⟩)(?:-held|-controlled)? (?:territory|soil|land|side|territorial)|(?:\b(?:[Ii]n|[Ii]nside|into|[Aa]gainst|[Aa]cross|[Oo]n|[Ww]ithin|[Tt]hroughout|[Aa]long|[Nn]ear|at|over|towards?|including|such as|among them|(?:clashes|fighting|war|conflict|hostilities|skirmishes|dispute|tensions)(?: along the border)? with)|⟨Q\d+⟩ (?:other )?(?:countries|states|nations)(?: ?[:–—(-]|,)(?: namely)?|(?:villages|towns|cities|places|locations|provinces|governorates|districts|regions|parts|sites) (?:of|in))(?: in| both| the| parts of| areas of| eastern| southern| northern| western| central| occupied){0,3}(?: ⟨[WLP]\d+⟩,)? ?"
    rf"{_STATUS}(?P<lands>⟨[SG]\d+⟩(?:(?:[,;] and |, | and |, as well as | as well as )(?:the |in )?{_STATUS}⟨[SG]\d+⟩){{0,20}})(?! borders?\b)"
)
"""States after a word of place, whole lists of them."""
_COALITION = re.compile(r"⟩-(?:led|backed)|coalition|alliance")
"""Forces of several states fight in another's land."""
_ITS = re.compile(r"its|their", re.IGNORECASE)
_ACCUSER = re.compile(
    r"(?:accus|blam|alleg|said|says|claim|report|protest)[a-z]*|according to", re.IGNORECASE
)


def where_and_when(
    reading: Reading, tagged: Tagged, party: str | None, start: int, actors: Place
) -> dict[str, Any]:
    """Place, states and period of a use, from its sentence, else from its document."""
    period = _period(reading, tagged, start)
    return {
        "place": place_in(tagged), "iso3": _lands(reading, tagged, party, start, actors),
        **period.fields(),
    }  # fmt: skip


Place = tuple[int, int]
"""Where words stand in a tagged sentence."""
NOWHERE: Place = (-1, -1)
"""Where the user is named that no words name."""


def actors_of(match: re.Match[str]) -> Place:
    """Where a match names who used."""
    return match.span("party") if match.groupdict().get("party") else NOWHERE


def _lands(
    reading: Reading, tagged: Tagged, party: str | None, start: int, actors: Place
) -> str | None:
    words = tagged.string[slice(*actors)] if actors != NOWHERE else ""
    named = _named(tagged, party, start, actors) or _named(tagged, party, 0, actors)
    if named:
        return ";".join(named)
    if _ITS.match(words):
        return party if party and gazetteer.state(party) else main_state(reading)
    region = _region(tagged, start) or _region(tagged, 0)
    if region:
        return region
    if _COALITION.search(words):
        return main_state(reading, party)
    return _usual_place(reading, tagged, party, actors)


def _named(tagged: Tagged, party: str | None, start: int, actors: Place) -> list[str]:
    """The states of the first place phrase from here on that names one besides the user."""
    for found in _LANDS.finditer(tagged.string, start):
        where = "soil" if found["soil"] else "lands"
        if actors[0] < found.end(where) and found.start(where) < actors[1]:
            continue
        codes = list(dict.fromkeys(m.key for m in tagged.all("SGJ", found[where])))
        others = [code for code in codes if code != party]
        if others:
            return codes
    return []


def _region(tagged: Tagged, start: int) -> str | None:
    """The state of the first well-known region or town named from here on."""
    names = tagged.all("WLP", tagged.string[start:])
    return next((state for name in names if (state := region_of(name.key))), None)


def _accuser(tagged: Tagged, party: str, actors: Place) -> str | None:
    """A state that says another's soldiers laid mines speaks of its own land."""
    lead = tagged.string[: max(actors[0], 0)]
    before = {m.key for m in tagged.all("SJG", lead)} - {party}
    everywhere = {m.key for m in tagged.all("SJG")} - {party}
    if before != everywhere or len(before) != 1 or not _ACCUSER.search(lead):
        return None
    [other] = before
    return None if other in load_terms("allegations")["judges_abroad"] else other


def _usual_place(reading: Reading, tagged: Tagged, party: str | None, actors: Place) -> str | None:
    """A state's own land, but for forces that fight abroad; a group's, else the text's clear home."""
    if not party or not gazetteer.state(party):
        return _land_of_group(party) or reading.home
    table = load_terms("allegations")
    abroad = table["abroad"].get(party)
    if abroad and abroad in reading.states:
        return str(abroad)
    if accuser := _accuser(tagged, party, actors):
        return accuser
    return main_state(reading, party) if party in table["fights_abroad"] else party


@cache
def _groups() -> dict[str, str]:
    table = load_terms("organisations")["organisations"].values()
    return {b["name"]: b["iso3"] for b in table if b.get("party") and b.get("iso3")}


def _land_of_group(party: str | None) -> str | None:
    """Where a listed armed group fights."""
    return _groups().get(party or "")


@cache
def _regions() -> dict[str, str]:
    table = load_terms("regions")["regions"]
    return {name.casefold(): iso3 for iso3, names in table.items() for name in names}


_KIND = re.compile(
    r"^the | (?:province|region|oblast|district|governorate|strip|state)$", re.IGNORECASE
)


def region_of(name: str) -> str | None:
    """Return the state in which a well-known region or town lies.

    Examples
    --------
    >>> region_of("Tigray"), region_of("Kherson region"), region_of("Nowhere")
    ('ETH', 'UKR', None)
    """
    known = _regions()
    plain = name.casefold()
    return known.get(plain) or known.get(_KIND.sub("", plain))


_ASIDE = re.compile(r",? (?:citing|according to|saying|adding|based on)\b")
"""What follows tells of the source, with dates of its own."""


def _period(reading: Reading, tagged: Tagged, start: int) -> Period:
    rest = _ASIDE.split(tagged.string[start:], maxsplit=1)[0]
    found = [m for m in tagged.all("D", rest) if not _is_of_another(tagged, m)]
    period = period_of(reading, found)
    opening = _OPENING.match(tagged.string)
    if not found and opening and not _TOLD.search(tagged.string, opening.end(), start):
        found = tagged.all("D", opening.group())
        period = period_of(reading, found)
    if period.first and found:
        before = tagged.string[: tagged.place(found[0])]
        if _SINCE.search(before):
            return Period(found[0].data.first, reading.published, period.text)
    return period


_OPENING = re.compile(
    r"(?:In|On|From|Between|During|Since|Throughout|Over|Until|Early in|Late in) (?:the |early |late |mid-?|summer of |winter of )*⟨D\d+⟩"
)
"""«In 2019 only one army …»: the day or year that opens a sentence."""
_TOLD = re.compile(r"\b(?:\w+ed|said|says|told|found|saw|that|which|who)\b")
"""Another deed before the use is what the opening date dates."""
_SINCE = re.compile(
    r"\bsince(?: the| at least| early| late| mid)*\s*$|\bsince (?:the|its|their|his) (?:[\w-]+ ){0,3}?(?:start|beginning|outbreak|onset|invasion|war|coup|attack)(?: (?:of|on|in) (?:the |its |their )?(?:⟨[SGJW]\d+⟩|[\w-]+)){0,2} (?:of|in|on) $"
)
_NAMES_A_DEED = re.compile(
    r"⟨D\d+⟩ (?:peace )?(?:deal|agreement|accords?|treaty|convention|protocol|policy|law|elections?|ceasefire|report)\b"
)
_OF_MAKING = re.compile(
    r"\b(?:made(?= (?:in|by|for)\b)|exported|produced|manufactured|supplied|built|bought|sold|delivered|designed)\b[^,.;]{0,40}\b(?:in|from|on) (?:the )?$"
)
"""When weapons were made or sold is not when they were used."""


def _is_of_another(tagged: Tagged, mention: Mention) -> bool:
    """Whether a date is that of a report, a treaty, a sale or within a later one."""
    at = tagged.place(mention)
    return bool(
        _of_report(tagged, mention)
        or _within(tagged, mention)
        or _NAMES_A_DEED.match(tagged.string, at)
        or _OF_MAKING.search(tagged.string[max(0, at - 70) : at])
    )


def _of_report(tagged: Tagged, mention: Mention) -> bool:
    before = tagged.string[max(0, tagged.place(mention) - 40) : tagged.place(mention)]
    return bool(
        re.search(
            r"(?:report|statement|released|published|said|told|adopted)(?: [\w⟨⟩]+){0,2}\s*(?:on |in )?$",
            before,
        )
    )


def _within(tagged: Tagged, mention: Mention) -> bool:
    """«The last 72 hours of the 2006 war»: the later date says when."""
    at = tagged.place(mention)
    return bool(re.match(r"⟨D\d+⟩ of (?:the )?⟨D", tagged.string[at:]))
