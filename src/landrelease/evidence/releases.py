# ruff: noqa: E501 - patterns are read whole
"""Releases of bodies: what no one else is said to say in them, the body says that issues them."""

from __future__ import annotations

import re

from landrelease.evidence.attribution import Unit, attributions
from landrelease.evidence.authors import has_release_line
from landrelease.evidence.letterhead import head_lines
from landrelease.evidence.named_roles import small_letters
from landrelease.evidence.reading import Reading, read
from landrelease.evidence.resolving import Resolver
from landrelease.evidence.speakers import Speaker, body, government

_FOOT = 600
_FOOT_LINE = re.compile(r"(?m)^\s*(?:media|press|news) release\s*$", re.IGNORECASE)
_HEAD = 900
_BRACKETED_DATELINE = re.compile(
    r"(?m)^\s*\([A-Z][\w .'’-]{2,30}(?:, [^()\n]{3,40})?\)(?: ?[-–—]{1,2}|:) "
)
"""«(Geneva, 3 December 2014) – »: so the releases of organisations begin, and no news story."""
_OPENS = re.compile(
    r"(?:(?:Today|Earlier today|On \w+|⟨D\d+⟩),? )?[Tt]he (?P<state>⟨[JS]\d+⟩)(?:['’]s)? [Gg]overnment\b"
    r"|(?:(?:Today|Earlier today|On \w+|⟨D\d+⟩),? )?(?:[Tt]he )?(?P<body>⟨O\d+⟩)(?: ⟨[DQ]\d+⟩)?(?: \([^)]{1,30}\))?,? (?!['’])"
)


_NOTIFIES = re.compile(
    r"(?:\d+\. )?(?:The |the )?(?:(?P<office>[A-Z][\w-]+ of (?:the )?)?(?P<body>⟨O\d+⟩)|(?P<depositary>Secretary-General(?=, [^.]*depositary)))(?: \([^)]{1,30}\))?(?:, [^.,]{3,80},)? (?:has the honou?r to|presents its compliments|communicates the following|wishes to inform|hereby (?:notifies|informs))\b"
)
"""How a note, a notice or a depositary's communication opens."""


def notifier(reading: Reading) -> Speaker | None:
    """The body that informs states in a notice, in its own name."""
    for told in reading.told[:10]:
        match = _NOTIFIES.match(told.string)
        if match and match["depositary"]:
            name = "Secretary-General of the United Nations"
            return Speaker(name, "unnamed", "Secretary-General", "United Nations")
        named = told.mention(match["body"]) if match else None
        if match and named:
            own = body(named)
            office = (match["office"] or "").split(" of", maxsplit=1)[0]
            name = f"{office} of the {own.name}"
            return Speaker(name, "unnamed", office, own.org, own.country) if office else own
    return None


_ACT = re.compile(
    r"(?:the )?(?:(?:republic|kingdom|state) of (?:the )?)?(?P<state>.{3,50}?)(?: ?:| [–—-]) ?(?:\w+ )?(?:withdrawal|denunciation|accession|ratification|acceptance|approval|succession|signature|notification|objection|communication|declaration|reservation|statement|response|request)\b.*",
    re.IGNORECASE,
)
"""The line of a depositary's notice that says who did what: «CHAD: WITHDRAWAL»."""


def state_of_notice(reading: Reading) -> Speaker | None:
    """The state whose act a notice tells, by a line of its head.

    Parameters
    ----------
    reading : Reading
        The notice.
    """
    labelled = (
        f"{b.label}: {reading.text[b.start : b.end]}" for b in reading.blocks[:_TOP] if b.label
    )
    for line in (*head_lines(reading), *labelled):
        match = _ACT.fullmatch(line)
        small = read(small_letters(match["state"]) + ".", None) if match else None
        if small and small.tagged and _ONE_STATE.fullmatch(small.tagged[0].string):
            return government(small.mentions[0].key)
    return None


_TOP = 12
_ONE_STATE = re.compile(r"⟨S\d+⟩\.")


def release_voice(reading: Reading, resolver: Resolver, parts: list[Unit]) -> Speaker | None:
    """Return the body whose release the whole text is, by the mark of a release and its first sentence.

    Parameters
    ----------
    reading : Reading
        The document.
    resolver : Resolver
        Knows the people and bodies of the document.
    parts : list of Unit
        The sentences of the document.
    """
    lead = next((u for u in parts if not reading.is_heading(u.block)), None)
    sender = notifier(reading)
    if lead is None or sender:
        return sender
    marked = _is_release(reading)
    if not marked and not _BRACKETED_DATELINE.search(reading.text, 0, _HEAD):
        return None
    told = _teller(resolver, lead)
    if told is None and marked:
        told = _opening(lead)
    return told


def _is_release(reading: Reading) -> bool:
    """A line of head or foot says that this is a release."""
    return has_release_line(reading) or bool(
        _FOOT_LINE.search(reading.text, max(0, len(reading.text) - _FOOT))
    )


def _teller(resolver: Resolver, lead: Unit) -> Speaker | None:
    """The body that the first sentence says to have said so."""
    for found in attributions(lead):
        speaker = resolver.resolve(found.subject, lead)
        if speaker and speaker.kind == "organisation" and speaker.org:
            return speaker
    return None


def _opening(lead: Unit) -> Speaker | None:
    """The body with which the first sentence opens."""
    match = _OPENS.match(lead.masked)
    named = lead.tagged.mention(match["state"] or match["body"]) if match else None
    if named is None:
        return None
    return body(named) if named.kind == "O" else government(named.key)
