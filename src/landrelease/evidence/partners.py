# ruff: noqa: E501 - patterns are read whole
"""Who speaks together with the subject of a verb: «A, B and C urged», «Minister X and Minister Y said»."""

from __future__ import annotations

import re

from landrelease.evidence.attribution import Attribution, Unit
from landrelease.evidence.directory import LEAD_OF_NAME, Directory
from landrelease.evidence.joint import in_words, of_states
from landrelease.evidence.reading import TAG
from landrelease.evidence.speakers import Speaker, body
from landrelease.evidence.subjects import MASK

_BODY = rf"(?:[Tt]he )?⟨O\d+⟩(?: \([^){MASK}]{{1,40}}\))?"
_BEGINS = r"(?:^|[.;:—–] |, |\b(?:but|while|as|when|where|that|and|both|Both) )"
_BODIES_BEFORE = re.compile(
    rf"{_BEGINS}(?P<others>(?:{_BODY}(?:, (?:and )?|,? and |,? as well as |,? (?:along|together) with )){{1,8}})(?:the )?$"
)
_BODIES_AFTER = re.compile(
    rf"(?P<others>(?:, {_BODY}){{0,8}},? and {_BODY})(?=[.,;]|$| (?:in|on|at|after|during|said)\b)"
)
_PERSON_BEFORE = re.compile(
    rf"{_BEGINS}(?:(?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts) )?{LEAD_OF_NAME}(?P<other>⟨P\d+⟩)(?:, [^,⟨{MASK}]{{3,80}},)? and (?:(?:the|his|her|its) )?{LEAD_OF_NAME}$"
)


def together(
    unit: Unit, found: Attribution, speaker: Speaker, directory: Directory
) -> tuple[Speaker, ...]:
    """Return the speaker with those named beside it: bodies as one, people each for themselves.

    Parameters
    ----------
    unit : Unit
        Where the attribution stands.
    found : Attribution
        Subject and verb.
    speaker : Speaker
        Whom the subject names.
    directory : Directory
        The people of the document.
    """
    before = unit.masked[: found.start]
    if speaker.kind == "person" and found.form == "direct":
        match = _PERSON_BEFORE.search(before)
        other = unit.tagged.mention(match["other"]) if match else None
        return (directory.person(other.key), speaker) if other else (speaker,)
    if speaker.country and found.form == "direct":
        allied = _ALLIED.search(before)
        states = unit.tagged.all("SJ", allied["others"]) if allied else []
        office = _OF_STATE.fullmatch(found.subject)
        if states and office:
            return (of_states([*(s.key for s in states), speaker.country], office["who"]),)
    if speaker.kind != "organisation" or not TAG.search(found.subject):
        return (speaker,)
    ahead = _others(unit, _BODIES_BEFORE.search(before)) if found.form == "direct" else []
    after = (
        _others(unit, _BODIES_AFTER.match(unit.masked, found.end))
        if found.form in ("inverted", "according")
        else []
    )
    names = [*ahead, speaker.name, *after]
    if len(set(names)) < 2:
        return (speaker,)
    name = in_words(names)
    return (Speaker(name, "organisation", org=name),)


_ALLIED = re.compile(rf"{_BEGINS}(?P<others>⟨[SJ]\d+⟩(?:, ⟨[SJ]\d+⟩){{0,6}},?) and $")
_OF_STATE = re.compile(r"⟨[SJ]\d+⟩ (?P<who>[a-z ]{3,30}s)")


def _others(unit: Unit, match: re.Match[str] | None) -> list[str]:
    return [body(m).name for m in unit.tagged.all("O", match["others"])] if match else []
