# ruff: noqa: E501 - patterns are read whole
"""What a speaker passes on: «The army has denied it», said by a spokesman, is what the army says."""

from __future__ import annotations

import re

from landrelease.evidence.attribution import Unit, attributions
from landrelease.evidence.resolving import Resolver
from landrelease.evidence.speakers import Speaker

_OPENING = re.compile(
    r"(?:(?:And|But|So|Well|Now|Look|Again|Also|First|Secondly|Meanwhile|No|Yes)\b,? |As you know, |(?:In|At|On|From) [^,.;]{2,70}, |(?:⟨D\d+⟩),? )*(?:the |my (?:\w+ ){0,4})?",
    re.IGNORECASE,
)
"""What may stand before whoever is said to say so."""
_TOLD = re.compile(
    r"(?:sa(?:id|ys)|tells?|told|den(?:y|ied|ies)|claim(?:s|ed)?|report(?:s|ed)?|announced|confirmed|estimates?|warn(?:s|ed)?|urge[sd]?|acknowledged|admitted|voiced|expresse[sd]|stated|insist(?:s|ed)?|called|calls)\b"
)
_ENTITY = re.compile(r"⟨[SJOP]\d+⟩|Secretary-General")
_PRONOUN = re.compile(r"he|she|they|it", re.IGNORECASE)


def told_beside(unit: Unit, resolver: Resolver, speaker: Speaker) -> Speaker | None:
    """Whom a labelled speaker's sentence opens with as saying something.

    Parameters
    ----------
    unit : Unit
        The sentence.
    resolver : Resolver
        Knows the people and bodies of the document.
    speaker : Speaker
        Who speaks the sentence.
    """
    for found in attributions(unit):
        if found.form != "direct" or not _TOLD.search(found.verb):
            continue
        if not _OPENING.fullmatch(unit.masked[: found.start]):
            return None
        other = resolver.resolve(found.subject, unit) if _ENTITY.search(found.subject) else None
        if other is None or _is_own(other, speaker):
            return None
        resolver.heard(other)
        return other
    return None


def _is_own(other: Speaker, speaker: Speaker) -> bool:
    """The speaker, the speaker's body or the speaker's state."""
    same = other.name in (speaker.name, speaker.org) or (other.org and other.org == speaker.org)
    state = other.kind == "government" and other.country == speaker.country
    return bool(same or (state and other.country))
