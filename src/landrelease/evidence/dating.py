# ruff: noqa: E501 - patterns are read whole
"""When something was said: the date that belongs to the reporting verb."""

from __future__ import annotations

import re

from landrelease.evidence import dates
from landrelease.evidence.attribution import Attribution, Unit
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.reading import TAG, Reading

_WHERE = (
    r"(?: on (?:its |his |her |their )?(?:⟨[NW]\d+⟩|social media|television|state TV)| at (?:a|an|the) (?:[\w⟨⟩-]+ ){0,3}(?:meeting|briefing|ceremony|session|hearing|conference|summit|rally|forum|workshop|launch)| (?:to )?(?:a|an|the) (?:[\w⟨⟩-]+ ){0,3}(?:meeting|session|hearing|conference|rally|summit|forum)| (?:in|at|from) (?:the )?(?:⟨[SGWLJO]\d+⟩|[\w -]{3,40}?)| during [\w ⟨⟩-]{3,40}?| (?:to )?(?:reporters|journalists|lawmakers|the media|parliament|(?:the )?⟨[NOW]\d+⟩(?: \([^)]{2,60}\))?|the (?:[A-Z⟨][\w⟩]* ){0,2}(?:⟨[OW]\d+⟩|Council|Committee|Assembly|Conference|meeting))| (?:a|the) (?:news|press) (?:conference|briefing)"
    r"| by (?:telephone|phone|email)| as saying| in (?:a|an) (?:[\w-]+ ){0,2}(?:statement|interview|post|speech|report)){0,4}"
)
_DATE_AFTER = re.compile(
    rf"^(?: □{{3,60}})?(?: released| published| issued| launched| out)?{_WHERE}(?: here)?,?(?: late| earlier| early)?(?: on| in)?(?: late| early)? (⟨D\d+⟩)"
)
_DATE_BEFORE = re.compile(
    r"^(?:In (?:its|the|a|an|his|her|their) (?:[\w⟨⟩-]+ ){0,3}(?:letter|statement|report|speech|note|address|interview|post|message|briefing)(?: (?:released|published|issued|dated|posted|sent))? )?(?:In|On|Earlier|Late|Earlier on|on|in|dated|of)? ?(⟨D\d+⟩),? (?:the |a )?(?:[\w⟨⟩'’.-]+ ){0,6}?$"
)


def not_later(date: str | None, published: str | None) -> str | None:
    """The date, unless it lies after the day of publication: nobody has spoken on it yet.

    Examples
    --------
    >>> not_later("2025-03-06", "2024-10-23"), not_later("2024-10", "2024-10-23")
    (None, '2024-10')
    """
    return None if date and published and date[: len(published)] > published else date


def said_on(reading: Reading, last: str | None, unit: Unit, found: Attribution) -> str | None:
    """The date beside the verb, before the subject, or at the end of an announcing sentence.

    ``last`` is the date of the statement before, for words such as «a day later».
    """
    text = reading.text
    after = _DATE_AFTER.match(unit.masked[found.end :])
    aside = unit.masked[: found.start].endswith(", ") and unit.masked.startswith(",", found.end)
    before = None if aside else _DATE_BEFORE.match(unit.masked[: found.start])
    said = re.sub(
        r"\([^)]*\)|, (?:which|who|whose|where)\b[^,]{0,120},|\b(?:for|since|until|between|from|by|after|before) ⟨D\d+⟩",
        "",
        unit.masked[found.start : found.end],
    )
    inner = TAG.search(re.sub(r"⟨[^D]\d+⟩", "", said))
    for tag in (
        inner.group() if inner else None,
        after[1] if after else None,
        before[1] if before else None,
    ):
        mention = unit.tagged.mention(tag)
        if mention and mention.data:
            return _resolved(text, last, mention)
    return not_later(_announced_on(text, last, unit, found), reading.published)


_LAST_DATE = re.compile(r"\b(?:on|late on|early on) (⟨D\d+⟩)\.?$")
_ACTS = (
    "announced",
    "approved",
    "condemned",
    "welcomed",
    "urged",
    "called for",
    "called on",
    "rejected",
    "accused",
    "denounced",
    "criticised",
    "criticized",
    "demanded",
    "pledged",
    "warned",
)


def _announced_on(text: str, last: str | None, unit: Unit, found: Attribution) -> str | None:
    """«announced the start of clearance on Monday» dates the announcing where no clause follows."""
    rest = unit.masked[found.end :]
    ending = _LAST_DATE.search(rest)
    clause = re.search(
        r"\b(?:that|who|which|before|after|when|until|once)\b|,|\b(?:of|for|from|in) (?:\w+ ){0,2}?\w+ing\b|\b(?:\w+ed|held|made|laid|sent|met|found|hit) (?:late |early )?on ⟨",
        rest,
    )
    if ending is None or found.verb not in _ACTS or clause:
        return None
    mention = unit.tagged.mention(ending[1])
    if mention is None or not mention.data:
        return None
    return _resolved(text, last, mention)


def _resolved(text: str, last: str | None, mention: Mention) -> str | None:
    date: dates.DateMention = mention.data
    if date.value or not last:
        return date.value
    base = dates.DateMention(0, 0, last)
    return dates.shift(text[mention.start : mention.end], date, base).value
