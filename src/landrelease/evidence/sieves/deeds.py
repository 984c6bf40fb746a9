# ruff: noqa: E501 - patterns are read whole
"""A use read outwards from a word of it: what was used, and what makes it none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves.allegations import OPEN
from landrelease.evidence.sieves.theatre import Place
from landrelease.evidence.sieves.users import User, bare, part


@dataclass(frozen=True)
class Deed:
    """Who used, what, and from where to where it is told."""

    user: User
    weapon: Mention | None
    place: Place
    name: str
    status: str | None = None


_CUT = re.compile(
    r"[;:]|[.!?] |, (?:and|but|which|who|while|as|where|when|after|before)\b| (?:because|while|where|when|if|after|before|until|so that|in order to|to (?=[a-z]+\b(?! ⟨)))\b"
)
FAR = 140


def after(tagged: Tagged, verb: re.Match[str]) -> str:
    """The words of the clause that follow a verb."""
    rest = tagged.string[verb.end() : verb.end() + FAR]
    cut = _CUT.search(rest)
    return rest[: cut.start()] if cut else rest


NEAR = 400
WITHIN = 1000
"""Characters within which «it» and «them», or «the device», mean a weapon named before."""


def weapon_meant(reading: Reading, at: int, reach: int = WITHIN) -> Mention | None:
    """The weapon that «the devices», «them» or «it» mean."""
    before = reading.inside(max(0, at - reach), at, "M")
    treaties = reading.inside(max(0, at - reach), at, "T")
    named = [m for m in before if m.key not in OPEN and not _in_name(m, treaties)]
    return named[-1] if named else None


def _in_name(weapon: Mention, treaties: list[Mention]) -> bool:
    """Whether the words of a weapon are those of a treaty's name."""
    return any(t.start <= weapon.start and weapon.end <= t.end for t in treaties)


_LEAVES = re.compile(r"le(?:ft|ave|aves|aving)$")


def _leaves_treaty(reading: Reading, tagged: Tagged, verb: re.Match[str]) -> bool:
    """«None has joined the convention; X left it»: the treaty, where it was named last."""
    at = tagged.span(*verb.span()).start
    near = reading.inside(max(0, at - NEAR), at, "T")
    weapons = reading.inside(near[-1].end, at, "M") if near else []
    return bool(near and not weapons and _LEAVES.match(verb.group()))


def object_of(reading: Reading, tagged: Tagged, verb: re.Match[str]) -> tuple[Mention, int] | None:
    """What is used after a verb, and where the words of it end."""
    rest = after(tagged, verb)
    found = part("object").match(rest)
    while found:
        weapon = tagged.mention(found["weapon"])
        end = verb.end() + found.end()
        if part("no_weapon").match(tagged.string[end : end + 30]):
            return None
        if weapon and weapon.key in OPEN:
            definite = re.search(
                r"\b(?:the|these|those|such|its|their) (?:[a-z-]+ )?$",
                found.group()[: found.start("weapon")],
            )
            weapon = weapon_meant(reading, weapon.start) if definite else None
        return (weapon, end) if weapon else None
    thing = part("thing").match(rest)
    if thing is None or (thing["it"] and _leaves_treaty(reading, tagged, verb)):
        return None
    reach = NEAR if thing["it"] else WITHIN
    weapon = weapon_meant(reading, tagged.span(verb.start(), verb.end()).start, reach)
    return (weapon, verb.end() + thing.end()) if weapon else None


def is_unreal(tagged: Tagged, start: int, end: int) -> bool:
    """Whether what is told here is a condition, a wish, denied without an accusation, or practice."""
    before = tagged.string[max(0, start - 50) : start]
    return bool(
        part("unreal_before").search(before)
        or _COMPARED.search(tagged.string, 0, start)
        or part("late_unreal").match(tagged.string[end : end + 60])
    )


_COMPARED = re.compile(r"\bdifferences? between [^.;]{0,120}$")
"""«The difference between X using them and Y using them» alleges nothing."""
_SUBJECT = re.compile(
    r"(?:⟨M\d+⟩|\b(?:[Tt]he|[Tt]hese|[Tt]hose|[Ss]uch|[Bb]oth) (?:[a-z-]+ )?(?:weapons?|devices?|munitions|bombs|charges|traps|explosives)|\b(?:[Tt]hey|[Ii]t))(?! (?:field|clearance|action))"
)


def suffers(reading: Reading, tagged: Tagged, at: int) -> tuple[Mention, int] | None:
    """The weapon that a passive verb is said of, and where its words begin."""
    nouns = list(_SUBJECT.finditer(tagged.string, max(0, at - 130), at))
    for noun in reversed(nouns):
        between = re.sub('[“”"]', "", bare(tagged.string[noun.end() : at]))
        if not part("passive").fullmatch(between):
            continue
        weapon = tagged.mention(noun.group())
        if weapon is None or weapon.key in OPEN:
            weapon = weapon_meant(reading, tagged.span(noun.start(), noun.end()).start)
        return (weapon, noun.start()) if weapon else None
    return None
