# ruff: noqa: E501 - patterns are read whole
"""For whom an office speaks that its own words do not tell: the body or state that stands nearby."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from landrelease.evidence import gazetteer
from landrelease.evidence.names import surname_of
from landrelease.evidence.reading import Reading, Tagged, read
from landrelease.terms import load_terms

_STATE_FIRST = re.compile(r"(?:But |And |Meanwhile, )?(?P<state>⟨[SG]\d+⟩),? (?!['’])")
_STATES_ACT = re.compile(
    r"(?:But |And |Meanwhile, )?(?P<state>⟨[SG]\d+⟩)['’]s? (?:[a-z]+ )?(?:notice|government|parliament|ministry|general staff|cabinet|exit|withdrawal|decision|accession|ratification|vote|lawmakers|senate|president|minister|notification|law|bill)\b"
)
"""«Norway's notice was deposited. The deputy minister, Bo Lund, said …»."""
_IN_CAPITAL = re.compile(r"\b[Ii]n (?P<state>⟨G\d+⟩)")
_STATE_BODY = re.compile(
    r"(?:But |And |Meanwhile, )?(?:[Tt]he )?(?P<state>⟨[SJG]\d+⟩)(?:['’]s?)? (?P<body>(?:[a-z-]+ ){0,2}(?:ministry|army|navy|military|police|parliament|government|presidency|air force|armed forces|defence forces|emergency service|border guard|coast guard|embassy))\b"
)
_BODY = re.compile(r"(?:But |And |Meanwhile, )?(?:The |the )?(?P<body>⟨O\d+⟩)(?! and\b)")
_BARE = re.compile(
    r"(?:its |their |the |a )?(?:(?:ministry|army|military|police|navy|government|regional|country|local|senior|national|chief|press|executive|deputy|field|policy|advocacy|media|programme|program|communications|legal) ){0,2}(?:spokes(?:man|woman|person)|director|delegate|president|head|chief|representative|coordinator|manager|chief executive|adviser|advisor|researcher)(?: of [a-z]+(?: [a-z]+)?| general)?",
    re.IGNORECASE,
)
"""An office whose words name no body: it is of the one that the paragraph tells of."""
_LOOKED_BACK = 4


@dataclass(frozen=True)
class Seat:
    """The body an office belongs to, and its state."""

    org: str | None
    country: str | None


def state_of_office(reading: Reading, tagged: Tagged, role: str) -> str | None:
    """The state beside a public office: it acts in the sentence, or its capital is the place.

    Parameters
    ----------
    reading : Reading
        The document.
    tagged : Tagged
        The sentence that names the office.
    role : str
        The office as tagged.
    """
    return state_at_head(tagged) or _capital_before(tagged, role) or _opens_block(reading, tagged)


def state_at_head(tagged: Tagged) -> str | None:
    """«Norway opposes the mines, Foreign Minister Ana Reyl said»: an office of the state that acts."""
    first = _STATE_FIRST.match(tagged.string)
    state = tagged.mention(first["state"]) if first else None
    return state.key if state else None


def _capital_before(tagged: Tagged, role: str) -> str | None:
    """«In Oslo, the foreign minister said»: an office of the state whose capital it is."""
    match = _IN_CAPITAL.search(tagged.string[: max(tagged.string.find(role), 0)])
    state = tagged.mention(match["state"]) if match else None
    return state.key if state else None


def _opens_block(reading: Reading, tagged: Tagged) -> str | None:
    """«Spain went further. “No to mines,” the minister said»: the state that the sentence before opens with."""
    before = reading.before(tagged, _LOOKED_BACK)
    if not before:
        return None
    owns = _STATES_ACT.match(before[0].string)
    owner = before[0].mention(owns["state"]) if owns else None
    return owner.key if owner else state_at_head(before[0])


def seat_nearby(reading: Reading, tagged: Tagged, role: str) -> Seat | None:
    """The body that opens a sentence before, for an office that names none.

    «The agency opposes it. “No,” its director said»; «Norway's army denied it, spokesman Bo Lund said».
    """
    if not _BARE.fullmatch(role):
        return None
    for told in (tagged, *reading.before(tagged, _LOOKED_BACK)):
        of_state = _STATE_BODY.match(told.string)
        state = told.mention(of_state["state"]) if of_state else None
        if of_state and state:
            name = str(gazetteer.state(state.key)["names"][0])
            return Seat(f"{name} {of_state['body']}", state.key)
        listed = _BODY.match(told.string)
        named = told.mention(listed["body"]) if listed else None
        if named:
            known = gazetteer.organisation(named.key)
            return Seat(str(known["name"]), known.get("iso3"))
    return None


def local_state(reading: Reading) -> str | None:
    """The state a document is at home in: named most, in its dateline, or first in its first sentence."""
    opening = reading.told[0] if reading.told else None
    first = next((m.key for m in opening.all("SJ")), None) if opening else None
    return reading.home or _of_dateline(reading) or first


def _of_dateline(reading: Reading) -> str | None:
    """The one state that stands before the first words of a paragraph: «LOWMARK, Norway — …»."""
    seen: set[int] = set()
    for sentence in reading.sentences[:_NEAR_TOP]:
        block = reading.blocks[sentence.block]
        if sentence.block not in seen and sentence.start > block.start:
            return _one_state(reading.text[block.start : sentence.start])
        seen.add(sentence.block)
    return None


@lru_cache(64)
def _one_state(words: str) -> str | None:
    """The state that some words name, if they name one only."""
    states = {m.key for m in read(words.rstrip(" -–—") + ".", None).mentions if m.kind in "SG"}
    return states.pop() if len(states) == 1 else None


_NEAR_TOP = 12
"""A dateline stands before one of so many sentences."""


@cache
def _holders() -> dict[str, list[tuple[str, str, str, int, int]]]:
    """Surname → full name, state, office, first and last year."""
    table: dict[str, list[tuple[str, str, str, int, int]]] = {}
    for iso3, offices in load_terms("officeholders")["holders"].items():
        for office, people in offices.items():
            for name, years in people.items():
                entry = (name, iso3, office, years[0], years[1] if len(years) > 1 else 9999)
                table.setdefault(surname_of(name), []).append(entry)
    return table


def office_held(reading: Reading, name: str) -> tuple[str, str | None] | None:
    """The state of a well-known office holder, and the office where the text names it and its time fits.

    Parameters
    ----------
    reading : Reading
        The document.
    name : str
        As the text gives it; a surname alone must be one holder's only.
    """
    known = _holders().get(surname_of(name), [])
    if " " in name:
        known = [k for k in known if _same_given(k[0], name)]
    if len({k[1] for k in known}) != 1 or len({k[0].split()[0][0] for k in known}) != 1:
        return None
    year = int((reading.published or "0")[:4] or 0)
    _, state, office, _, _ = known[-1]
    told = office.split()[-1].casefold() in reading.text.casefold()
    fits = any(first <= year <= last for _, _, _, first, last in known)
    return state, office if told and fits and len(known) == 1 else None


def _same_given(full: str, name: str) -> bool:
    first, own = full.split(maxsplit=1)[0], name.split(maxsplit=1)[0]
    return first == own or (own.rstrip(".") in first[:1] and own.endswith("."))


def office_of(role: str) -> dict[str, str] | None:
    """The body, with its state, whose holders alone are called so.

    Examples
    --------
    >>> office_of("Department Spokesperson")["name"], office_of("driver")
    ('US Department of State', None)
    """
    return next((o for pattern, o in _offices() if pattern.search(role)), None)


@cache
def _offices() -> list[tuple[re.Pattern[str], dict[str, str]]]:
    """Offices that one state alone calls so, with their body."""
    table = load_terms("reporting")["offices"]
    return [(re.compile(pattern, re.IGNORECASE), known) for pattern, known in table.items()]
