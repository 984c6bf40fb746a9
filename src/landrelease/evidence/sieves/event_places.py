# ruff: noqa: E501 - patterns are read whole
"""In which state something happened: its sentence's, its paragraph's, its section's, the document's."""

from __future__ import annotations

import re
from collections import Counter

from landrelease.evidence.places import located, main_state, place_in, stated
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves.theatre import region_of
from landrelease.terms import load_terms

_BACK = 2
"""Sentences of a paragraph back to which a place goes on being meant."""
_OF_BEFORE = re.compile(
    r"\b(?:there|[Tt]he country|[Tt]he (?:state|territory|island)|(?:of|in|across|over|on) (?:its|their) (?:own )?(?:land|territory|soil|fields|farmland|area|surface))\b"
)
"""Words that mean the state just spoken of."""


def state(reading: Reading, tagged: Tagged, section: str | None, usual: str | None) -> str | None:
    """Return the state of an event.

    Parameters
    ----------
    reading : Reading
        The text.
    tagged : Tagged
        The sentence that tells of it.
    section : str, optional
        State that the heading above names.
    usual : str, optional
        State meant where neither sentence, paragraph nor section names one.

    Returns
    -------
    str or None
        ISO 3166-1 alpha-3.
    """
    own = located(tagged) or stated(reading, tagged) or _of_region(tagged)
    return own or _before(reading, tagged) or section or usual


def _of_region(tagged: Tagged) -> str | None:
    """The state of a well-known part of it, that the sentence gives as a place."""
    names = (place_in(tagged) or "").split("; ")
    return next((code for name in names if (code := region_of(name))), None)


def _before(reading: Reading, tagged: Tagged) -> str | None:
    """The state in which the sentences before place what they tell, or of which «there» speaks."""
    for back in reading.before(tagged, _BACK):
        found = located(back) or _of_region(back)
        if found is None and _OF_BEFORE.search(tagged.string):
            regions = [region_of(m.key) for m in back.all("WPL")]
            named = [*filter(None, regions), *(m.key for m in back.all("SG"))]
            found = named[0] if named else None
        if found:
            return found
    return None


def of_document(reading: Reading) -> str | None:
    """Where a document tells of: at home, but for a giver's that places things in other states."""
    home = reading.home or main_state(reading)
    givers = load_terms("events")["givers"]
    placed = Counter(
        code for t in reading.tagged if (code := located(t) or _of_region(t)) and code not in givers
    )
    if of_many(reading) or home not in givers or not placed:
        return None if of_many(reading) else home
    return placed.most_common(1)[0][0]


def of_many(reading: Reading) -> bool:
    """Whether a document opens as a report on the world and names many states."""
    return len(reading.states) >= _MANY and bool(_OPENS_ON_WORLD.search(reading.text[:_OPENING]))


_OPENS_ON_WORLD = re.compile(
    r"\b(?:Landmine|Cluster Munition|Mine Action) (?:and Cluster Munition )?(?:Monitor|Review)\b|\bCampaign to Ban Landmines\b|\bCluster Munition Coalition\b|\bworldwide\b"
)
_MANY = 8
_OPENING = 1200


def heading_over(reading: Reading, block: int) -> str | None:
    """The words of a heading in marks («**Laos») right over a paragraph, which cleaning may leave out."""
    start = reading.blocks[block].start
    line = reading.text[max(0, start - 80) : start].rstrip().rpartition("\n")[2]
    return line.strip("*#: ") if line.startswith(("**", "#")) else None


_WORLDWIDE = re.compile(
    r"⟨Q\d+⟩ (?:states|countries) (?:are|were|remain|still)\b|\b(?:worldwide|globally|around the world|[Ss]tates [Pp]arties|(?:states|countries) and (?:territories|areas|other areas))\b"
)
_TELLS_OF_WORLD = re.compile(
    r"\b(?:Landmine|Cluster Munition|Mine Action) (?:and Cluster Munition )?(?:Monitor|Review)\b|\b(?:worldwide|around the world|globally)\b"
)
_COUNTS_THE_WORLD = re.compile(
    r"Campaign to Ban|Cluster Munition Coalition|Monitor\b|\b[Cc]ampaign['’]s\b"
)
_LEAST_OF_WORLD = 1000


def worldwide(tagged: Tagged) -> bool:
    """Figures of the world are no state's."""
    return bool(_WORLDWIDE.search(tagged.string)) and not tagged.all("SGJ")


def of_the_world(reading: Reading, tagged: Tagged, people: int) -> bool:
    """Thousands a year with no state named, in a text that tells of the world, are no state's."""
    if people < _LEAST_OF_WORLD or tagged.all("SGJ") or place_in(tagged) is not None:
        return False
    words = reading.text[tagged.sentence.start : tagged.sentence.end]
    return bool(_TELLS_OF_WORLD.search(reading.text) or _COUNTS_THE_WORLD.search(words))
