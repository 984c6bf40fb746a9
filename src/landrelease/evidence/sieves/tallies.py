# ruff: noqa: E501 - patterns are read whole
"""Figures beside figures: casualties of each state of a list, of an earlier year, areas of then and now.

A tally is read from its figure outwards: the state or the date it belongs to stands next to it,
what is counted stands in its sentence or in the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.layout import Span
from landrelease.evidence.places import Period, period_of
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged, pattern
from landrelease.evidence.sieves import event_times

_PEOPLE = re.compile(
    r"\bcasualt(?:y|ies)\b|\bvictims\b|\b(?:killed|hurt|injured|maimed)(?:,| or| and) (?:killed|hurt|injured|maimed|wounded)\b",
    re.IGNORECASE,
)
_MOST = r"(?:the )?(?:(?:second|third|fourth|next)[- ])?(?:most|highest|largest|greatest|worst)"
_NEXT = r"(?:(?:came|comes|was|is|ranked|ranks|stood|placed) (?:next|second|third|fourth|fifth|close behind|just behind)|followed)"
_NUMBER = r"(?:(?:a total of |as many as )?(?P<n>{Q}))"
_OF_STATE = [
    pattern(rf"(?P<s>{{S}}),? \((?:with )?{_NUMBER}(?: (?:casualties|victims|people))?\)"),
    pattern(rf"(?P<s>{{S}}),? with {_NUMBER}(?! (?:[\w-]+ ){{0,2}}(?:{{M}}|mines|minefields|areas|provinces|states|per))"),
    pattern(rf"(?P<s>{{S}})(?: again| also| alone)?(?: had| saw| recorded| reported| registered| suffered| counted| came| ranked|,)? {_MOST}\b(?: [\w-]+| {{M}}){{0,3}}?(?::|,| at| \(|,? with) ?{_NUMBER}"),
    pattern(rf"{_NUMBER}(?: (?:of (?:the |these |all )?)?(?:casualties|victims|people|cases|dead|them))? (?:were |was )?in (?P<s>{{S}})(?=,| and|;|\.)"),
    pattern(rf"(?P<s>{{S}})(?: again| also)? (?:had|saw|recorded|reported|registered|suffered|counted) more (?:[\w-]+ |{{M}} ){{0,4}}than (?:any|every|all)\w*\b[^.;⟨]{{0,60}}(?:{{D}}[^.;⟨]{{0,20}}|{{Q}} (?:year|time)[^.;⟨]{{0,20}})?(?::|, with| with|,|:? at| \() ?{_NUMBER}"),
    pattern(rf"(?P<s>{{S}})(?: again| also)? {_NEXT},? (?:with|at|on) {_NUMBER}"),
]  # fmt: skip
"""A state with its own figure: «Peru (40)», «Peru, with 40,», «Peru the second most (40)»."""
_FEWEST = 2
_STANDS_OUT = re.compile(
    rf"\b(?:most|highest|largest|worst|followed by|than (?:any|every|all)\w*|{_NEXT})\b"
)
_THEN = [
    pattern(
        r"(?P<d>{D}),? (?:it|the (?:figure|number|toll|count)) (?:was|stood at|came to|had been)(?: only)? (?P<n>{Q})(?=[,.;]|$)"
    ),
    pattern(
        r"(?:compared (?:with|to)|up (?:sharply |slightly )?(?:from|on)|down (?:sharply |slightly )?(?:from|on)|against|than|after|versus) (?:the )?(?P<n>{Q})(?: (?:people|casualties|victims|that were|who were|recorded|registered|reported|counted|killed|hurt|injured|or|and)){0,4} (?:in|for|during) (?:the (?:same|corresponding) (?:period|months) (?:of|in) )?(?P<d>{D})"
    ),
    pattern(
        r"(?:and|,|;) (?P<n>{Q}) (?:in|during|for) (?:the (?:same|corresponding) (?:period|months) (?:of|in) )?(?P<d>{D})(?=[,.;]|$| and)(?!.{0,40}\b(?:mines|hectares|cleared)\b)"
    ),
    pattern(
        r"(?:in|during) (?P<d>{D}),? when (?:there were |it (?:was|stood at) )?(?:only |just )?(?P<n>{Q})(?= (?:were|had been) (?:recorded|registered|reported|counted)| (?:casualties|victims)\b|[,.;]|$)"
    ),
    pattern(
        r"(?:in|during|for) (?P<d>{D}),? (?:the|that|its) (?:[\w-]+ )?(?:count|toll|figure|number|total) (?:was|is|stood at|had been|had stood at|came to|reached)(?: only)? (?P<n>{Q})(?=[,.;]| (?:casualties|victims)|$)"
    ),
    pattern(
        r"(?:casualties|victims)(?:[^.;⟨]|⟨M\d+⟩){0,80} (?:dropped|fell|declined|decreased|rose|climbed|increased|grew|came down|went up|shot up|halved) to (?P<n>{Q}) (?:in|for|during) (?P<d>{D})"
    ),
]
"""The figure of another time: «up from 40 in 2020», «… last year and 32 in 2023»."""
_YEAR_BEFORE = pattern(
    r"\bthe (?:previous year|year (?:before|earlier)),? (?:the|that|its) (?:[\w-]+ )?(?:count|toll|figure|number|total) (?:was|stood at|had been|had stood at|came to|reached)(?: only)? (?P<n>{Q})(?=[,.;]| (?:casualties|victims)|$)"
)
_SINCE = pattern(
    r"\b(?:put|bring|took|take|brought|bringing)s? (?:the|its) (?:(?:total|overall|known) )?(?:number|count|toll|total) (?:of (?:[\w-]+ |{M} ){0,3}?(?:victims|casualties) )?since (?P<d>{D}) (?:at|to) (?P<n>{Q})"
)
_LAND = re.compile(
    r"\b(?:area|areas|land|territory|contamination|contaminated|minefields?|mined|hazardous|suspected|hazards?|laid|sown)\b",
    re.IGNORECASE,
)
_LEVELS = [
    pattern(
        r"{Q} (?:[\w-]+ ){0,3}?(?:areas|minefields|fields|sites|zones|hazards),? (?:covering|of|with|spanning|totall?ing|measuring) (?P<a>{A})(?: of land)?,? (?:still )?(?:remain(?:s|ed)?|(?:were|are) (?:still )?left)\b"
    ),
    pattern(
        r"(?:come down|came down|gone down|went down|fell|fallen|dropped|shrank|shrunk|reduced|been cut|was cut|cut|brought down|grown|grew|risen|rose|increased|gone up|stood|stands|standing) (?:further |then |now )?(?:to|at) (?:only |just )?(?P<a>{A})(?:,? (?:in|by|at|as of|on) (?P<d>{D}))?"
    ),
    pattern(
        r"(?:shrunk|shrank|fallen|fell|dropped|declined|decreased|grown|grew|risen|rose|come down|came down|been (?:cut|reduced)) by (?:{A}|{C}),?(?: and (?:now )?stands at| leaving| to)(?: just| only| about| some)? (?P<a>{A})"
    ),
    pattern(
        r"(?<=⟩),? and (?:then |now )?to (?P<a>{A})(?: (?:in|by|as of|at|on)(?: the (?:start|end|beginning) of)? (?P<d>{D}))?"
    ),
    pattern(
        r"the (?P<a>{A})(?: of (?:[\w-]+ ){1,4}?)? ?(?:that (?:was|were|had been) )?(?:known|recorded|estimated|suspected|registered|reported)(?: (?:in|by|at|as of|on)(?: the (?:start|end|beginning) of)? (?P<d>{D}))?"
    ),
    pattern(
        r"(?:[Aa]t|[Ii]n|[Bb]y|[Oo]n|[Aa]s (?:of|at)) (?:[\w-]+ in )?(?P<d>{D}),? (?:it|they|this|these|the (?:mined )?area|contamination) (?:still |then )?(?:was|had been|were|came to|covered|amounted to|stood at|comprised|measured|extended over|totalled) (?P<a>{A})"
    ),
]
"""How much land was dangerous at a time."""
_NOT_LAND = re.compile(
    r"\b(?:cleared|released|surveyed|returned|demined|freed|handed over|auction\w*|cancelled)\b"
)


_FIGURE_THEN = pattern(
    r"^(?:[-*•–] ?)?(?:[Ii]n|[Aa]t|[Bb]y|[Ff]or|[Dd]uring|[Tt]hroughout|[Aa]s of) (?:[a-z]+ ){0,6}?{D},? (?:the|that|this|its) (?:(?:corresponding|equivalent|comparable|total) )?(?:figure|total|number|area) (?:was|were|had been|stood at|came to|had stood at|amounted to)(?: (?:only|just|about|some))? (?P<a>{A})(?=[.,;]|$)"
)


def figure_of_then(tagged: Tagged) -> Mention | None:
    """The area that a sentence gives as «the figure» of another time."""
    match = _FIGURE_THEN.match(tagged.string)
    return tagged.mention(match["a"]) if match else None


@dataclass(frozen=True)
class Told:
    """What is known at a sentence: the time of the last toll, its state, whether people are counted."""

    toll: Period
    iso3: str | None
    people: bool
    land: bool


def counts_people(tagged: Tagged) -> bool:
    """Whether a sentence counts casualties."""
    return bool(_PEOPLE.search(tagged.string))


def counts_land(tagged: Tagged) -> bool:
    """Whether a sentence speaks of dangerous land."""
    return bool(tagged.all("M") or _LAND.search(tagged.string))


def tallies(reading: Reading, tagged: Tagged, told: Told) -> Iterator[Proposal]:
    """Yield the figures of states and of other times.

    Parameters
    ----------
    reading : Reading
        The text.
    tagged : Tagged
        The sentence.
    told : Told
        What the sentences before it tell.
    """
    if told.people or counts_people(tagged):
        yield from _of_states(reading, tagged, told)
        yield from _of_then(reading, tagged, told)
        yield from _of_year_before(reading, tagged, told)
        yield from _of_all(reading, tagged, told)
    if tagged.all("A") and (told.land or counts_land(tagged)):
        yield from _levels(reading, tagged, told)


def of_states(tagged: Tagged) -> list[tuple[Mention, Mention]]:
    """States with their figures; one alone only where it is said to have the most."""
    found: dict[int, tuple[Mention, Mention]] = {}
    for rule in _OF_STATE:
        for match in rule.finditer(tagged.string):
            state, number = tagged.mention(match["s"]), tagged.mention(match["n"])
            if state and number and not any(n is number for _, n in found.values()):
                found.setdefault(state.start, (state, number))
    if len(found) < _FEWEST and not _STANDS_OUT.search(tagged.string):
        return []
    return [found[at] for at in sorted(found)]


def _of_states(reading: Reading, tagged: Tagged, told: Told) -> Iterator[Proposal]:
    for state, number in of_states(tagged):
        first, last = sorted((state, number), key=lambda m: m.start)
        yield _people(reading, Span(first.start, last.end), number, told.toll, state.key)


def _of_then(reading: Reading, tagged: Tagged, told: Told) -> Iterator[Proposal]:
    seen: set[str] = set()
    for rule in _THEN:
        for match in rule.finditer(tagged.string):
            if match["n"] in seen:
                continue
            seen.add(match["n"])
            number, day = tagged.mention(match["n"]), tagged.mention(match.groupdict().get("d"))
            then = period_of(reading, [day]) if day else Period()
            then = event_times.as_before(match.group(), then, told.toll)
            if number and day and then.first and then != told.toll:
                first, last = sorted((number, day), key=lambda m: m.start)
                span = Span(first.start, last.end)
                yield _people(reading, span, number, then, told.iso3)


def _of_year_before(reading: Reading, tagged: Tagged, told: Told) -> Iterator[Proposal]:
    """«The year before, the count stood at 90»: a year before the toll told last."""
    then = event_times.year_before(told.toll)
    for match in _YEAR_BEFORE.finditer(tagged.string) if then else ():
        number = tagged.mention(match["n"])
        if number and then:
            span = tagged.span(match.start(), match.end())
            yield _people(reading, span, number, then, told.iso3)


def _of_all(reading: Reading, tagged: Tagged, told: Told) -> Iterator[Proposal]:
    """«It puts the number of victims since 1990 at 900»."""
    for match in _SINCE.finditer(tagged.string):
        number, day = tagged.mention(match["n"]), tagged.mention(match["d"])
        if number and day:
            first = period_of(reading, [day])
            whole = Period(first.first, reading.published, f"since {first.text}")
            span = tagged.span(match.start(), match.end())
            total = _people(reading, span, number, whole, told.iso3)
            yield replace(total, fields={**total.fields, "cumulative": True})


def _people(
    reading: Reading, span: Span, number: Mention, when: Period, iso3: str | None
) -> Proposal:
    fields: dict[str, Any] = {
        "kind": "casualties", "place": None, "iso3": iso3, "org": None, "munitions": [],
        **when.fields(),
        "killed": None, "injured": None, "total": int(number.data.value), "cumulative": False,
    }  # fmt: skip
    return propose(reading, "event", span, "event.tally", "medium", **fields)


def _levels(reading: Reading, tagged: Tagged, told: Told) -> Iterator[Proposal]:
    if _NOT_LAND.search(tagged.string):
        return
    seen: set[int] = set()
    for rule in _LEVELS:
        for match in rule.finditer(tagged.string):
            area, day = tagged.mention(match["a"]), tagged.mention(match.groupdict().get("d"))
            if area is None or area.start in seen:
                continue
            seen.add(area.start)
            when = period_of(reading, [day]) if day else Period()
            fields: dict[str, Any] = {
                "kind": "contamination", "place": None, "iso3": told.iso3, "org": None, "munitions": [],
                **when.fields(),
                "area_m2": area.data.plain(), "area_text": reading.text[area.start : area.end].strip(),
                "cumulative": False,
            }  # fmt: skip
            end = day.end if day and day.start > area.start else area.end
            span = Span(min(area.start, day.start if day else area.start), end)
            yield propose(reading, "event", span, "event.level", "medium", **fields)
