# ruff: noqa: E501 - patterns are read whole
"""Bodies under a name whose shape is a person's, and the body that a sentence is about."""

from __future__ import annotations

import re

from landrelease.evidence.attribution import Unit
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.reading import Tagged
from landrelease.evidence.speakers import Speaker

_FIGHTERS = re.compile(
    r"(?:[Tt]he )?(?P<name>⟨[PW]\d+⟩) (?P<what>front|brigade|battalion|faction|militia|bloc|regiment|column)"
)
_MAKER = re.compile(
    r"\b(?:maker|manufacturer|producer|developer|supplier)(?: of [^,.;]{2,40})?, (?P<name>⟨[PWO]\d+⟩)"
)
"""«A sheet of its maker, Reyl Works», «the maker of the fuze, Reyl Works»: a company."""


def named_body(tagged: Tagged, subject: str) -> Speaker | None:
    """Fighters or a company whose name no list knows, or nothing.

    Parameters
    ----------
    tagged : Tagged
        The sentence.
    subject : str
        Who speaks in it, as tagged.
    """
    fighters = _FIGHTERS.fullmatch(subject)
    named = tagged.mention(fighters["name"]) if fighters else None
    if fighters and named:
        name = f"{named.key} {fighters['what']}"
        return Speaker(name, "organisation", org=name)
    for match in _MAKER.finditer(tagged.string):
        company = tagged.mention(match["name"])
        if company and match["name"] in subject and company.kind in "PW":
            return Speaker(company.key, "organisation", org=company.key)
    return None


_SUBJECT = re.compile(
    r"(?:(?:[A-Z][^,⟨]{0,60}(?:⟨[DU]\d+⟩[^,⟨]{0,20})?, |(?:In |Over |During |Since )?⟨[DU]\d+⟩,? ))?(?:(?:[Tt]he |⟨[SJ]\d+⟩['’]s )(?:[\w'’-]+ ){1,6}?[\w'’-]+, )?(?:[Tt]he )?(?P<body>⟨O\d+⟩)(?: \([^)]{1,30}\))?,? (?:has|have|had|is|was|were|will|would|\w{3,}ed)\b"
)


def own_subject(unit: Unit) -> Mention | None:
    """«The agency, the Veshka Centre, has cleared 3 ha, it reported»: the body that the sentence is about."""
    match = _SUBJECT.match(unit.masked)
    return unit.tagged.mention(match["body"]) if match else None
