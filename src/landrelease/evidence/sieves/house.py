# ruff: noqa: E501 - patterns are read whole
"""Who answers a written question of a parliament, in what office and for which department."""

from __future__ import annotations

import re
from dataclasses import replace

from landrelease.evidence.attribution import Unit, attributions
from landrelease.evidence.homeland import by_parliament
from landrelease.evidence.house_answers import office_asked, office_told
from landrelease.evidence.layout import Block
from landrelease.evidence.letterhead import capitalised
from landrelease.evidence.names import holds_role
from landrelease.evidence.proposals import Proposal
from landrelease.evidence.reading import Reading
from landrelease.evidence.resolving import Resolver
from landrelease.evidence.sieves.scene import dated_as, told_by
from landrelease.evidence.speakers import Speaker
from landrelease.terms import load_terms

_STYLE = re.compile(
    r"^(?:(?:The )?(?:Rt\.? )?Hon\.? |Sir |Dame |Mrs?\.? |Ms\.? |Miss |Dr\.? |Deputy |Senator |Shri |Smt\. )+"
)
_DEPARTMENT = re.compile(r"\b(?:Office|Ministry|Department)\b", re.IGNORECASE)
_PORTFOLIO = re.compile(r"\b(?:for|of) (?:the )?(?P<what>(?!State\b)[A-Z].+)")
_LEAD = 24


def is_house(reading: Reading) -> bool:
    """Whether a text is a list of written questions and their answers."""
    return bool(reading.put_to_ministers)


_WRITTEN = re.compile(r"\b(?:written|ministerial) (?:ministerial )?statements?\b", re.IGNORECASE)
_HEAD = 600


def is_answered_in_writing(reading: Reading) -> bool:
    """Whether what ministers say in a text they say in writing: answers, and written statements."""
    return is_house(reading) or bool(_WRITTEN.search(reading.text, 0, _HEAD))


def minister(reading: Reading, index: int, block: Block) -> Speaker | None:
    """Return who answers in a paragraph of written answers.

    Parameters
    ----------
    reading : Reading
        The document.
    index : int
        The paragraph spoken.
    block : Block
        The paragraph with the label that holds for it.
    """
    if not block.label or block.label == "Q":
        return None
    role = office_told(reading.text, block)
    told = role if role and holds_role(role) else None
    asked = office_asked(reading.text, reading.blocks, index) if is_house(reading) else told
    if asked is None:
        return None
    country = by_parliament(reading.text) or reading.home
    org = _department(reading, index, asked, country)
    role = re.sub(r"^The ", "", role) if role else None
    return Speaker(_STYLE.sub("", block.label), "person", role, org, country)


def _department(reading: Reading, index: int, asked: str, country: str | None) -> str | None:
    """The department of the office that is asked, else the one that heads the section."""
    table = load_terms("reporting")["answering_departments"].get(country)
    if table is None:
        return None
    known = (name for words, name in table.items() if re.search(words, asked, re.IGNORECASE))
    portfolio = _PORTFOLIO.search(re.sub(r"^.*Secretary of State ", "", asked))
    named = next(known, None)
    if named and named.endswith(" government"):
        return _heading(reading, index) or named
    return named or (f"Department for {portfolio['what']}" if portfolio else None)


def _heading(reading: Reading, index: int) -> str | None:
    """A heading before the answer that names an office, as in lists of several departments."""
    for at in range(index - 1, -1, -1):
        block = reading.blocks[at]
        words = " ".join(reading.text[block.start : block.end].split())
        if reading.is_heading(at) and _DEPARTMENT.search(words):
            return capitalised(words)
    return None


def as_answered(reading: Reading, unit: Unit, told: Proposal, resolver: Resolver) -> Proposal:
    """The proposal as written on the day of the list, or as told by another state or body."""
    other = _other(unit, resolver, told)
    if other is None:
        return replace(told, fields={**told.fields, "mode": "written", **dated_as(reading)})
    days = [m.data.value for m in unit.tagged.all("D", unit.masked[:_DAY])]
    day = {"date": days[0] if days else None, "date_basis": "explicit" if days else "unknown"}
    fields = told_by(other, "indirect") | day | {"quoted_by": told.fields["speaker"]}
    return replace(told, fields=fields)


_DAY = 90


def _other(unit: Unit, resolver: Resolver, told: Proposal) -> Speaker | None:
    """«The coalition confirmed …», «Chad has told us …»: whom the answer says to have said so."""
    for found in attributions(unit):
        if found.form != "direct" or found.start > _LEAD or found.subject.casefold() in _OWN:
            continue
        speaker = resolver.resolve(found.subject, unit)
        if speaker and speaker.kind in ("government", "organisation"):
            own = speaker.country == told.fields["country"]
            return None if own and speaker.country else speaker
    return None


_OWN = frozenset({"we", "i", "he", "she", "they", "it"})
