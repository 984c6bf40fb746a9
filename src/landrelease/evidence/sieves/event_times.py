# ruff: noqa: E501 - patterns are read whole
"""When an event happened, told apart from when it was reported and when the ordnance was laid."""

from __future__ import annotations

import re
from dataclasses import replace

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.partial_dates import as_date
from landrelease.evidence.places import Period, period_of
from landrelease.evidence.reading import Reading, Tagged

_SINCE = re.compile(r"\bsince(?: [\w'’⟨⟩-]+){0,9}\s*$", re.IGNORECASE)
_RANGE = re.compile(
    r"\b(?:from|between) (⟨D\d+⟩)(?:, [^,;.]{3,80},)? (?:to|and|until|till|through) (⟨D\d+⟩)",
    re.IGNORECASE,
)


def period(reading: Reading, tagged: Tagged) -> Period:
    """When a sentence says that something happened; when it was said, or laid, is left out."""
    span = _RANGE.search(tagged.string)
    ends = [tagged.mention(tag) for tag in span.groups()] if span else []
    if span and all(m and m.data.first for m in ends):
        first, last = (period_of(reading, [m]) for m in ends if m)
        return Period(first.first, last.last, f"{first.text} to {last.text}")
    found = [m for m in tagged.all("D") if not _of_speech(tagged, m)]
    spelt = _SPELT_OUT.search(tagged.string)
    exact = tagged.mention(spelt[1]) if spelt else None
    found = [exact, *found] if exact in found and exact and exact.data.first else found
    told = period_of(reading, found)
    if told.first is None:
        return told
    before = tagged.string[: tagged.place(next(m for m in found if m.data.first or m.data.last))]
    if _SINCE.search(before):
        return Period(told.first, reading.published, told.text)
    if re.search(r"\b(?:through|until|up to)\s*$", before, re.IGNORECASE) and told.last:
        return Period(f"{told.last[:4]}-01-01", told.last, told.text)
    if re.search(r"\b(?:as of|by|to date)\s*$", before, re.IGNORECASE):
        return Period(None, told.last, told.text)
    return told


_SPELT_OUT = re.compile(r"⟨D\d+⟩ \((⟨D\d+⟩)\)")
"""«In the previous week (2 to 8 June)»: what stands in brackets is exact."""
_SAME_PERIOD = re.compile(
    r"^(?:(?!⟨D).)*\bsame (?:period|months?|time|quarter|weeks?)(?: of| in)?(?: the)? ⟨D"
)


def as_before(words: str, told: Period, before: Period) -> Period:
    """«In the same period of 2023» has the days of the period before in the year it names."""
    bounds = (told.first, told.last, before.first, before.last)
    if not _SAME_PERIOD.search(words) or not all(bounds):
        return told
    first, last, was_first, was_last = map(str, bounds)
    if first[:4] != last[:4] or was_first[:4] != was_last[:4]:
        return told
    return replace(told, first=first[:4] + was_first[4:], last=last[:4] + was_last[4:])


_SPEECH = re.compile(
    r"\bborn (?:on |in )?$|\breport (?:for|of) $|\b(?:said|says|reported|told|announced|confirmed|stated|warned|added|published|posted|(?<!were )(?<!was )(?<!been )(?<!land )(?<!area )(?<!areas )released|launched|according to)(?: (?!⟨[AQM]|that\b|casualt|victims)[\w⟨⟩'’]+){0,3}?,? (?:on |late |early )?$"
)
_FIGURES_OUT = re.compile(
    r"The (?:figures?|data|numbers|statistics|results) (?:were|was) (?:released|reported|presented|published|announced|given)\b"
)
"""When figures came out is not when what they count happened."""
_DATELINE = re.compile(r"^(?:⟨[GWLSP]\d+⟩,? (?:\([^)]*\) )?){1,2}⟨D\d+⟩ ?(?:\([^)]*\) ?)?[:–—.-]")


_WARS = r"(?:wars?|conflicts?|invasion|genocide|ceasefire|fighting|hostilities|battles|occupation|bombing|bombardment|rule|era)"
_WAR_OF = re.compile(rf"⟨D\d+⟩(?:['’]s?)?(?: [\w-]+)? {_WARS}\b")
_OF_WAR = re.compile(
    rf"(?<!since the )(?<!since )(?<!end of the )(?:\b{_WARS}(?: [\w⟨⟩'’-]+){{0,4}}? (?:in|of|between|from|during)"
    r"|\b(?:laid|planted|sown|left|left over|leftover|dropped(?! to\b)|buried|placed|dating|dates|remaining)(?: [\w⟨⟩'’-]+){0,9}? (?:in|from|since|back to|during|between))(?: the)?(?: early| late| mid)?(?: ⟨D\d+⟩ (?:and|to))?\s*$",
    re.IGNORECASE,
)
"""What laid the mines long ago does not date what happened with them."""


def _of_speech(tagged: Tagged, mention: Mention) -> bool:
    """A date beside a reporting verb or of the war that left the ordnance is not the event's."""
    at = tagged.place(mention)
    before, after = tagged.string[:at], tagged.string[at:]
    if _FIGURES_OUT.match(tagged.string):
        return True
    dateline = _DATELINE.match(tagged.string)
    if dateline and at < dateline.end() and len(tagged.all("D")) > 1:
        return True
    return bool(_SPEECH.search(before) or _OF_WAR.search(before) or _WAR_OF.match(after))


_SO_FAR = re.compile(r"\bso far\b", re.IGNORECASE)


def so_far(reading: Reading, tagged: Tagged, told: Period) -> Period:
    """«So far this year» ends with the document."""
    words = _SO_FAR.search(reading.text, tagged.sentence.start, tagged.sentence.end)
    if not words or len(reading.published or "") < len("2025-06-15"):
        return told
    late = told.last and reading.published and told.last > reading.published
    return replace(told, last=reading.published) if late else told


_YEARS_IN_MIND = 5


def is_recent(told: Period, published: str | None) -> bool:
    """Whether work told without a date may be of this time: not of a war long before the text."""
    last = (told.last or told.first or "")[:4]
    if not last.isdigit() or not published:
        return True
    return int(published[:4]) - int(last) <= _YEARS_IN_MIND


_MONTH_OF_DAYS = 31


def is_long(told: Period) -> bool:
    """A toll over more than a month is a count of many accidents."""
    first, last = (as_date(day) for day in (told.first, told.last))
    return bool(first and last and (last - first).days >= _MONTH_OF_DAYS)


def year_before(told: Period) -> Period | None:
    """The same days a year earlier, of a period within one year."""
    first, last = str(told.first or ""), str(told.last or "")
    if not first[:4].isdigit() or first[:4] != last[:4]:
        return None
    year = f"{int(first[:4]) - 1}"
    return replace(told, first=year + first[4:], last=year + last[4:], text=year)


def of_scene(reading: Reading, tagged: Tagged) -> Period | None:
    """The day of the sentence before in the same paragraph, where one day is all it names."""
    if not tagged.index:
        return None
    before = reading.tagged[tagged.index - 1]
    if before.sentence.block != tagged.sentence.block:
        return None
    told = period(reading, before)
    return told if told.first and told.first == told.last else None
