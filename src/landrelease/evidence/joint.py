# ruff: noqa: E501 - patterns are read whole
"""States that speak together: «Poland, Latvia and Estonia», «the four countries»."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from landrelease.evidence.gazetteer import Mention, state
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.speakers import Speaker, state_name

_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_LISTED = re.compile(r"⟨S\d+⟩(?:(?:, | and |, and )(?:the )?⟨S\d+⟩){1,9}")
_LISTED_BEFORE = 40
"""So many sentences back a list of states may stand."""
_TOGETHER = re.compile(
    r"(?:the|all|both|these)\b.*\b(?:countries|states|nations|governments|allies|neighbou?rs)\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"⟨[SG]\d+⟩(?:, (?:and )?|,? and (?:the )?)(?:⟨[SG]\d+⟩(?:, | and |, and |))+")

_OFFICES = re.compile(
    r"(?:[Tt]he )?(?P<offices>(?:[\w-]+ ){0,2}(?:[Mm]inisters|[Pp]residents|leaders|ambassadors|governments|parliaments|armies|ministries)(?: of (?:[Ff]oreign [Aa]ffairs|(?:[Nn]ational )?[Dd]efen[cs]e|(?:the )?[Ii]nterior))?) of (?:the )?⟨S\d+⟩(?:(?:, and |, | and )(?:the )?⟨S\d+⟩){1,8}"
)

_OFFICES_OF = re.compile(
    r"(?:[Tt]he )?(?P<offices>(?:[\w-]+ ){0,2}[Mm]inisters of (?:[Ff]oreign [Aa]ffairs|(?:[Nn]ational )?[Dd]efen[cs]e|(?:the )?[Ii]nterior)) of (?P<rest>(?:the|all|both|these) .*)"
)
"""«The Ministers of Defence of the three countries and Norway»."""
_OFFICIALS = re.compile(
    r"(?:[Tt]he )?⟨[SJ]\d+⟩(?:(?:, and |, | and )⟨[SJ]\d+⟩){1,6} (?P<who>(?:[a-z-]+ ){0,2}[a-z]+s)"
)


def in_words(names: list[str]) -> str:
    """Names as a sentence lists them.

    Examples
    --------
    >>> in_words(["Peru", "Mali", "Chad"])
    'Peru, Mali and Chad'
    """
    return f"{', '.join(names[:-1])} and {names[-1]}"


def of_states(codes: list[str], who: str) -> Speaker:
    """Return the offices of several states: «Polish and Latvian officials».

    Examples
    --------
    >>> of_states(["POL", "LVA"], "officials").name
    'Polish and Latvian officials'
    """
    codes = list(dict.fromkeys(codes))
    names = [str(next(iter(state(code).get("demonyms", [])), code)) for code in codes]
    return Speaker(f"{in_words(names)} {who}", "government", country=";".join(codes))


def joint(reading: Reading, tagged: Tagged, subject: str, words: str) -> Speaker | None:
    """Return several states, or the same office in each, as one speaker."""
    several = _OFFICES_OF.fullmatch(subject)
    group = _states(reading, tagged, several["rest"] if several else subject, words)
    if several and group and group.country:
        office = several["offices"]
        return replace(group, name=f"{office} of {group.name}", role=office)
    return group


def _states(reading: Reading, tagged: Tagged, subject: str, words: str) -> Speaker | None:
    """Return several states as one speaker where a subject names them together."""
    if _LIST.fullmatch(subject):
        return _jointly(tagged.all("SG", subject))
    office = _OFFICES.fullmatch(subject)
    if office:
        speaker = _jointly(tagged.all("S", subject))
        name = f"{office['offices']} of {speaker.name}"
        return replace(speaker, name=name, role=office["offices"])
    officials = _OFFICIALS.fullmatch(subject)
    if officials:
        return of_states([m.key for m in tagged.all("SJ", subject)], officials["who"])
    if not _TOGETHER.match(subject):
        return None
    found = _listed(reading, tagged, _NUMBERS.get(words.split(maxsplit=1)[0].casefold()))
    if found is None:
        return Speaker(words, "unnamed")
    speaker = _jointly(found)
    offices = re.split(r"['’] ", words)[-1]
    return replace(speaker, name=f"{offices} of {speaker.name}") if offices != words else speaker


def _listed(reading: Reading, tagged: Tagged, number: int | None) -> list[Mention] | None:
    """The first list of so many states up to this sentence."""
    at = bisect_right(reading.sentences, tagged.sentence.start, key=lambda s: s.start)
    known = reading.tagged[max(0, at - _LISTED_BEFORE) : at]
    lists = [t.all("S", m.group()) for t in known if (m := _LISTED.search(t.string))]
    return next((states for states in lists if number in (None, len(states))), None)


def _jointly(states: list[Mention]) -> Speaker:
    names = [state_name(s.key) for s in states]
    return Speaker(in_words(names), "government", country=";".join(s.key for s in states))
