# ruff: noqa: E501 - patterns are read whole
"""People without a full name: under a call sign, or as someone's colleague."""

from __future__ import annotations

import re

from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.speakers import Directory, Speaker, government

_CALL_SIGN = re.compile(
    r"\bwho (?:(?:only|would|could|gave|gives|goes|asked|wished|wanted|agreed|insisted|provided|used|uses|offered|is|was|be|to|identified|himself|herself|known|called|named|by|as|on|being|using|with|under|his|her|the|a|just|military|army|battlefield|field|real) ){1,9}(?:call[- ]sign|first name|nickname|nom de guerre|given name|alias|pseudonym),? (?P<name>⟨[WPL]\d+⟩)"
)
"""«A commander who gave only his call sign, Bars»: a name for someone unnamed."""
_COLLEAGUE = re.compile(r"(?:[Hh]is|[Hh]er) (?:[a-z]+ )?(?:colleague|counterpart)$")
_PAIR = 2


_COUNTRY = re.compile(r"[Tt]he (?:country|nation)$")


def the_country(reading: Reading, tagged: Tagged, subject: str) -> Speaker | None:
    """«The country has stated …»: the one state that the three sentences before name."""
    if not _COUNTRY.match(subject):
        return None
    states = {m.key for t in reading.before(tagged, _NEAR) for m in t.all("S")}
    return government(states.pop()) if len(states) == 1 else None


_NEAR = 3


def call_sign(tagged: Tagged, subject: str) -> str | None:
    """Return the call sign or first name under which someone speaks."""
    match = _CALL_SIGN.search(subject)
    named = tagged.mention(match["name"]) if match else None
    return named.key if named else None


def colleague(
    reading: Reading, directory: Directory, known: Speaker | None, subject: str
) -> Speaker | None:
    """«Her colleague»: the one whom the text names together with who spoke last."""
    if known is None or not _COLLEAGUE.match(subject):
        return None
    if known.kind == "unnamed" and known.role:
        known = directory.with_role(known.role) or known
    for tagged in reading.tagged:
        names = list(dict.fromkeys(m.key for m in tagged.all("P")))
        if len(names) == _PAIR and known.name in names:
            return directory.person(next(n for n in names if n != known.name))
    return None
