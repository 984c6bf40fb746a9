# ruff: noqa: E501 - patterns are read whole
"""Whom or what a sentence opens with, for «it» and for the bare quotation of the sentence after."""

from __future__ import annotations

import re
from functools import cache

from landrelease.evidence.attribution import Unit
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.reading import TAG
from landrelease.evidence.speakers import Speaker, government, role_pattern, state_name
from landrelease.evidence.subjects import MASK

_STATE = re.compile(
    rf"(?:(?:But|And|Yet|Meanwhile|Elsewhere),? )?(?:[^{MASK},⟨]{{2,60}}, |In ⟨[SGLW]\d+⟩,? |(?:(?:In|On|Since|By) )?⟨D\d+⟩,? )?(?:[Tt]he (?:(?:[Rr]oyal )?[Gg]overnment|[Rr]epublic|[Kk]ingdom) of (?:the )?|[Tt]he )?(?P<state>⟨[SG]\d+⟩)(?! and | or |['’])(?:, [^{MASK};]{{3,110}}?,)? (?!(?:and|or)\b)[a-z]"
)
"""«Norway remains a special case», «The government of Norway signed it»."""
_IN_CAPITAL = re.compile(
    r"In (?P<state>⟨[SG]\d+⟩),? (?:the |its )(?P<body>(?:(?!of\b)[a-z-]+ ){0,2}(?:ministry|government|army|navy|military|parliament|cabinet|presidency|police|general staff))\b (?!['’])"
)
"""«In Oslo, the defence ministry on Thursday signed a contract»."""


def state_at_head(unit: Unit) -> Speaker | None:
    """The state, or the body of a state, that is the subject of a sentence.

    Parameters
    ----------
    unit : Unit
        The sentence.
    """
    match = _IN_CAPITAL.match(unit.masked) or _STATE.match(unit.masked)
    state = unit.tagged.mention(match["state"]) if match else None
    if match is None or state is None:
        return None
    if match.re is _STATE:
        return government(state.key)
    name = f"{state_name(state.key)} {match['body']}"
    return Speaker(name, "government", org=name, country=state.key)


_IT = re.compile(
    r"(?:(?:But|And|Yet|In|On|Last|This|Since|By|At|Still)\b[^,⟨□]{0,20}(?:⟨D\d+⟩)?,? )?(?P<it>[Ii]t)\b"
)


def opens_with_it(unit: Unit) -> bool:
    """Whether «it» is what a sentence opens with, but for a word or a day.

    Parameters
    ----------
    unit : Unit
        The sentence.
    """
    return _IT.match(unit.masked) is not None


_GESTURE = r"(?:laugh(?:s|ed)|smil(?:es|ed)|shrug(?:s|ged)|sigh(?:s|ed)|nod(?:s|ded)|grin(?:s|ned)|frown(?:s|ed)|paus(?:es|ed)|disagree(?:s|d)|hesitat(?:es|ed)|bristl(?:es|ed)|demur(?:s|red)|(?:shakes|shook) (?:his|her) head|(?:is|was) (?:[a-z]+ )?(?:blunt|sceptical|skeptical|unmoved|unimpressed|adamant|furious|scathing|defiant|cautious|less sure))"


@cache
def _gesture() -> re.Pattern[str]:
    return re.compile(
        rf"(?:The |An? |Its |One |⟨Q\d+⟩ |Another |⟨[PSGJOW]\d+⟩['’]s )(?P<who>(?:(?:[a-z-]+(?:['’]s)?|⟨[SJOGW]\d+⟩) ){{0,4}}?(?P<role>{role_pattern()}))(?:, [^{MASK};]{{3,90}},)? {_GESTURE}\b"
    )


def office_at_head(unit: Unit) -> Speaker | None:
    """Someone without a name whom a sentence shows: «The maker's chief executive laughed.».

    Parameters
    ----------
    unit : Unit
        The sentence, before one of quoted words only.
    """
    match = _gesture().match(unit.masked)
    if match is None or "⟨" in match["who"]:
        return None
    owner = unit.tagged.mention(match.group().split("'")[0].split("’")[0])
    org = owner.key if owner and owner.kind in "PW" else None
    return Speaker(match["who"], "unnamed", match["role"], org)


_OFFICE_AT_HEAD = re.compile(r"(?:The )?⟨[SJO]\d+⟩(?:['’]s)? (?:[\w-]+ ){0,4}⟨P(?P<p>\d+)⟩(?!['’])")
"""«The Finnish President Ana Reyl …» opens a sentence."""
_OFFICE_THEN_NAME = re.compile(
    r"(?:The|Its|His|Her|Their|⟨[SOJ]\d+⟩['’]s) (?:[\w'’-]+ |⟨[SOJMTGLW]\d+⟩(?:['’]s)? ){1,8}?(?:⟨[SOJMTGLW]\d+⟩|[\w'’-]+), ⟨P(?P<p>\d+)⟩,"
)
"""«The director of the group, Ana Reyl, …» opens a sentence."""
_STAFF_OF = re.compile(
    r"['’]s (?:[a-z-]+ ){0,2}(?:spokes\w+|office|lawyers?|government|administration|party|group|aides?|son|daughter|wife|husband|brother|sister|mother|father|predecessor|successor|deputy|visit|decision)\b"
)
"""«Reyl's spokesman»: another is spoken of than the one named."""


@cache
def _small_office() -> re.Pattern[str]:
    """«Retired engineer colonel Ana Reyl …», «Belarusian opposition leader Ana Reyl …»."""
    return re.compile(
        rf"(?:[A-Z][\w.'’-]*|⟨W\d+⟩) (?:(?:[a-z-]+|⟨[SJOMT]\d+⟩(?:['’]s)?) ){{0,4}}?(?i:{role_pattern()})(?: of [a-z]+)?,? ⟨P(?P<p>\d+)⟩(?!['’])"
    )


def person_opening(unit: Unit) -> Mention | None:
    """The person whom a sentence opens with, alone or behind an office.

    Parameters
    ----------
    unit : Unit
        The sentence.
    """
    masked, mentions = unit.masked, unit.tagged.mentions
    for office in (_OFFICE_AT_HEAD, _OFFICE_THEN_NAME, _small_office()):
        match = office.match(masked)
        if match:
            return mentions[int(match["p"])]
    head = TAG.search(masked[:40])
    if head is None or head[1] != "P":
        return None
    rest = masked[head.end() :]
    alone = len(unit.tagged.all("P")) == 1 and not _STAFF_OF.match(rest)
    return mentions[int(head[2])] if alone or rest[:1] not in "'’" else None
