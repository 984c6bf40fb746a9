# ruff: noqa: E501 - patterns are read whole
"""People without a full name: under a call sign, or as someone's colleague."""

from __future__ import annotations

import re
from functools import cache

from landrelease.evidence.directory import Directory
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.speakers import Speaker, government, role_pattern
from landrelease.evidence.subjects import MASK

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


_ONE_OF_THEM = re.compile(
    r"(?:[Oo]ne|⟨Q\d+⟩|[Tt]wo|[Ss]everal|[Ss]ome) of them$|[Tt]he (?:other|second|first|third|former|latter)$|[Aa]nother$"
)


def one_of_them(last: Speaker | None, subject: str) -> Speaker | None:
    """«One of them», «the other»: of the people without a name who spoke last."""
    several = _SEVERAL.search(last.name) if last and last.kind != "person" else None
    if last is None or not _ONE_OF_THEM.match(subject):
        return None
    if several is None:
        return last if last.kind == "unnamed" else None
    name = _COUNT.sub("", last.name).removesuffix("s")
    return Speaker(name, "unnamed", several[1], None, last.country)


_SEVERAL = re.compile(
    r"\b(official|officer|source|diplomat|aide|expert|soldier|witness|resident|villager|lawmaker|senator|minister|deminer|doctor|activist|researcher|analyst|survivor)s$"
)
_COUNT = re.compile(r"^(?:two|three|four|five|six|several|some|both|\d+) ", re.IGNORECASE)


def someone_at_head(masked: str) -> Speaker | None:
    """Who «he» or «she» is by the words that open the sentence itself.

    Parameters
    ----------
    masked : str
        The sentence, tagged, with quoted words masked.

    Examples
    --------
    >>> someone_at_head("His wife nodded: the gate had been wired too, she said.").name
    'wife'
    """
    someone = _someone().match(masked)
    if someone and MASK in masked:
        return Speaker(someone["who"], "unnamed", someone["role"])
    kin = _KIN.match(masked)
    return Speaker(kin["who"], "unnamed", kin["who"]) if kin else None


_KIN = re.compile(
    r"(?:His|Her|Their) (?:[a-z-]+ )?(?P<who>wife|husband|mother|father|son|daughter|brother|sister|uncle|aunt|widow|neighbour|neighbor|cousin|grandmother|grandfather|friend|deputy|predecessor|successor) [a-z]+ed\b"
)
"""«His wife nodded: …, she said»."""


@cache
def _someone() -> re.Pattern[str]:
    """«A villager walks up: “…,” he says»."""
    return re.compile(
        rf"(?:An?|One|Another) (?P<who>(?:[a-z-]+ ){{0,3}}?(?P<role>{role_pattern()}))\b[^{MASK}]{{0,80}}: ?{MASK}"
    )
