# ruff: noqa: E501 - patterns are read whole
"""When something was said: the date that belongs to the reporting verb."""

from __future__ import annotations

import re

from landrelease.evidence import dates
from landrelease.evidence.attribution import Attribution, Unit
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.reading import TAG

_WHERE = (
    r"(?: (?:in|at|from) (?:the )?(?:⟨[SGWLJO]\d+⟩|[\w -]{3,40}?)| during [\w ⟨⟩-]{3,40}?| (?:to )?(?:reporters|journalists|lawmakers|the media|parliament|(?:the )?⟨[NOW]\d+⟩(?: \([^)]{2,60}\))?|the (?:[A-Z⟨][\w⟩]* ){0,2}(?:⟨[OW]\d+⟩|Council|Committee|Assembly|Conference|meeting))| (?:a|the) (?:news|press) (?:conference|briefing)"
    r"| by (?:telephone|phone|email)| as saying| in (?:a|an) (?:[\w-]+ ){0,2}(?:statement|interview|post|speech|report)){0,4}"
)
_DATE_AFTER = re.compile(
    rf"^(?: released| published| issued| launched| out)?{_WHERE}(?: here)?,?(?: late| earlier| early)?(?: on| in)?(?: late| early)? (⟨D\d+⟩)"
)
_DATE_BEFORE = re.compile(
    r"^(?:In (?:its|the|a|an|his|her|their) (?:[\w⟨⟩-]+ ){0,3}(?:letter|statement|report|speech|note|address|interview|post|message|briefing)(?: (?:released|published|issued|dated|posted|sent))? )?(?:In|On|Earlier|Late|Earlier on|on|in|dated|of)? ?(⟨D\d+⟩),? (?:the |a )?(?:[\w⟨⟩'’.-]+ ){0,6}?$"
)


def said_on(text: str, last: str | None, unit: Unit, found: Attribution) -> str | None:
    """The date beside the verb, before the subject, or at the end of an announcing sentence.

    ``last`` is the date of the statement before, for words such as «a day later».
    """
    after = _DATE_AFTER.match(unit.masked[found.end :])
    before = _DATE_BEFORE.match(unit.masked[: found.start])
    said = re.sub(
        r"\([^)]*\)|, (?:which|who|whose|where)\b[^,]{0,120},|\b(?:for|since|until) ⟨D\d+⟩,",
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
    return _announced_on(text, last, unit, found)


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
        r"\b(?:that|who|which)\b|,|\b(?:\w+ed|held|made|laid|sent|met|found|hit) (?:late |early )?on ⟨",
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
