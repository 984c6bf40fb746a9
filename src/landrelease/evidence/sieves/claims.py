# ruff: noqa: E501 - patterns are read whole
"""What is claimed of how munitions behave: lifetimes, failure shares, who asserts and who disputes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.layout import Span
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged, pattern
from landrelease.evidence.sieves import behaviour, clauses
from landrelease.terms import load_terms


@cache
def _word(key: str) -> re.Pattern[str]:
    return pattern(load_terms("claims")[key])


@cache
def _properties() -> list[tuple[str, re.Pattern[str]]]:
    return [(name, pattern(source)) for name, source in load_terms("claims")["properties"].items()]


def claims(reading: Reading) -> Iterator[Proposal]:
    """Yield the claims of how munitions behave: from their property, then from figures left over."""
    told = [behaviour.with_lengths(reading, tagged) for tagged in reading.told]
    found = list(_by_property(reading, told))
    yield from found
    yield from behaviour.unread(reading, told, found)


def _by_property(reading: Reading, told: list[Tagged]) -> Iterator[Proposal]:
    """One claim per clause that names a property."""
    lately = -_LATELY
    for index, tagged in enumerate(told):
        recent = index - lately < _LATELY and _is_of_figures(tagged)
        grounded = recent or _grounded(reading, index, tagged)
        if not grounded or _word("duty").search(tagged.string):
            continue
        found = _by_clause(tagged)
        whole = None if len(found) > 1 else _property(tagged)
        lately = index if found or whole else lately
        if len(found) > 1:
            yield from (_claim(reading, part, match, name) for part, match, name in found)
        elif whole:
            yield _claim(reading, tagged, *whole)


_LATELY = 5
"""A claim within so many sentences says that munitions are the matter."""
_RATE = re.compile(
    r"\b(?:dud|failure|unexploded)[- ]rates?\b[^.;]{0,60}⟨C|⟨C\d+⟩ (?:dud|failure)[- ]rates?\b"
)


def _is_of_figures(tagged: Tagged) -> bool:
    """Whether a sentence gives a share, a time, a rate of failure or tests."""
    return bool(
        tagged.all("CU")
        or re.search(
            r"\b(?:failure|dud) rates?\b|⟨Q\d+⟩ times\b|\b(?:[Tt]ests|[Tt]esting|[Tt]rials)\b",
            tagged.string,
        )
    )


def _grounded(reading: Reading, index: int, tagged: Tagged) -> bool:
    """Whether a munition is near; a rate of failure in figures goes further back for its own."""
    return behaviour.grounded(reading, index, 5 if _RATE.search(tagged.string) else 2)


def _by_clause(tagged: Tagged) -> list[tuple[Tagged, re.Match[str], str]]:
    """The claims of a sentence's clauses; none where it is one clause, which is read whole."""
    parts = clauses.of_claims(tagged)
    parts = clauses.of_reports(tagged) if len(parts) == 1 else parts
    if len(parts) == 1:
        return []
    return [(part, *claim) for part in parts if (claim := _property(part))]


def _property(tagged: Tagged) -> tuple[re.Match[str], str] | None:
    """The first property that a stretch speaks of, and where; aims and praise tell of no share."""
    no_share = _word("no_claim").search(tagged.string)
    for name, rule in _properties():
        match = None if no_share and name in behaviour.OF_SHARES else _first(rule, tagged, name)
        if match:
            return match, name
    return None


_FALLBACK = re.compile(r"\b(?:if|unless|should|in case)\b[^,.;]{0,60}$")
_UNDER = re.compile(r"\b(?:if|when|once|unless|should|in case)\b[^,.;]{0,60}$")


def _first(rule: re.Pattern[str], tagged: Tagged, name: str) -> re.Match[str] | None:
    """The first claim; what would fail under a condition or should not fail is none."""
    for match in rule.finditer(tagged.string):
        under = _UNDER if name == "failure rate" else _FALLBACK
        if not under.search(tagged.string[: match.start()]):
            return match
    return None


def _claim(reading: Reading, tagged: Tagged, match: re.Match[str], name: str) -> Proposal:
    weapon = _weapon(reading, tagged)
    shares, spans = tagged.all("C"), tagged.all("U")
    share = _closest(tagged, shares, match) if name in behaviour.OF_SHARES else None
    span_of_time = None if share or name in _MEASURED else _longest(tagged, spans, match)
    fields: dict[str, Any] = {
        "munition": reading.text[weapon.start : weapon.end] if weapon else None,
        "munition_class": weapon.key if weapon else None,
        "property": name,
        "stance": "disputes" if _disputed(tagged, name) else "asserts",
        "condition": _condition(reading, tagged),
    }
    if name in _MEASURED:
        fields |= _pressed(tagged, match)
    else:
        fields |= _ranged(tagged, share) if share else _timed(tagged, span_of_time)
    place = _clause(tagged, match, share or span_of_time)
    return propose(
        reading, "munition_claim", place, f"claim.{name.replace(' ', '-')}", "medium", **fields
    )


def _clause(tagged: Tagged, match: re.Match[str], amount: Mention | None) -> Span:
    """From the word that matters to its amount, out to the nearest commas or marks."""
    first, last = match.span()
    if amount:
        at = tagged.place(amount)
        first, last = min(first, at), max(last, at + 4)
    text = tagged.string
    begin = max(
        (
            text.rfind(mark, 0, first) + len(mark)
            for mark in ("; ", " that ", '"', "“", ": ")
            if text.rfind(mark, 0, first) >= 0
        ),
        default=0,
    )
    stops = [text.find(mark, last) for mark in ("; ", '"', "”", ", ") if text.find(mark, last) >= 0]
    return tagged.span(begin, min(stops, default=len(text)))


def _weapon(reading: Reading, tagged: Tagged) -> Mention | None:
    own = tagged.all("M")
    if own:
        return own[0]
    before = reading.inside(max(0, tagged.sentence.start - 800), tagged.sentence.start, "M")
    return before[-1] if before else None


def _closest(tagged: Tagged, amounts: list[Mention], match: re.Match[str]) -> Mention | None:
    return min(amounts, key=lambda m: abs(tagged.place(m) - match.start()), default=None)


def _longest(tagged: Tagged, spans: list[Mention], match: re.Match[str]) -> Mention | None:
    """«From four hours to two weeks» is read by its longer end."""
    if len(spans) > 1 and _TIMES.search(tagged.string):
        return max(spans, key=lambda m: float(m.data.value))
    return _closest(tagged, spans, match)


_SHARES = re.compile(r"⟨C(\d+)⟩ (?:to|and|or|up to) ⟨C(\d+)⟩")
_TIMES = re.compile(r"⟨U(\d+)⟩ (?:to|and|or|up to|or as long as|or up to) ⟨U(\d+)⟩")
_OR_MORE = re.compile(
    r"⟨[CU]\d+⟩ (?:or (?:more|higher|greater|above|longer)|and (?:more|above|higher))"
)
_AT_MOST = re.compile(
    r"(?:not|n['’]t|never) (?:to )?(?:exceed|be (?:more|higher|greater) than|go (?:above|over))(?:ed|s|ing)? ⟨[CU]\d+⟩|(?:(?:no|not) (?:more|higher|greater|longer) than|below|(?:a|their|its) max(?:imum|\.)?(?: of)?|maximum|at most|as (?:high|much|many|long) as) ⟨[CU]\d+⟩|⟨[CU]\d+⟩(?: (?:dud|failure) rates?)?,? (?:or (?:less|lower|fewer|below|shorter)|at (?:the )?most|and (?:below|less))"
)


def _bounds(tagged: Tagged, amount: Mention, joined: re.Pattern[str]) -> tuple[Any, Any]:
    """Least and most of an amount: its own, those of a range in words, or one end left open."""
    match = joined.search(tagged.string)
    ends = [tagged.mentions[int(n)] for n in match.groups()] if match else []
    if amount in ends:
        low, high = sorted(m.data.value for m in ends)
        return behaviour.neat(low), behaviour.neat(high)
    data = amount.data
    value = behaviour.neat(data.value)
    if data.low is not None or data.high is not None:
        return behaviour.neat(data.low), behaviour.neat(data.high)
    if data.approx == "at most" or _AT_MOST.search(tagged.string):
        return None, value
    if data.approx == "at least" or _OR_MORE.search(tagged.string):
        return value, None
    return value, value


def _ranged(tagged: Tagged, share: Mention) -> dict[str, Any]:
    low, high = _bounds(tagged, share, _SHARES)
    return {"duration_days": None, "value_min": low, "value_max": high, "unit": "%"}


def _timed(tagged: Tagged, time: Mention | None) -> dict[str, Any]:
    if time is None:
        return {"duration_days": None, "value_min": None, "value_max": None, "unit": None}
    joined = behaviour.joined_with(tagged, time)
    low, high = behaviour.bounds(joined) if joined else _bounds(tagged, time, _TIMES)
    low = low if low != high else None
    days = high if high is not None else low
    return {"duration_days": days, "value_min": low, "value_max": high, "unit": "day"}


_MEASURED = ("activation pressure", "lethal radius")
"""Properties told by a weight or a length."""
_UNITS = re.compile(r"⟨Q(\d+)⟩ ?(kg|kilo|pound|lb|newton|gram|m(?=\b|et))", re.IGNORECASE)
_SHORT = {"kilo": "kg", "pound": "lb", "newton": "N", "gram": "g"}


def _pressed(tagged: Tagged, match: re.Match[str]) -> dict[str, Any]:
    """The weight that sets a mine off or the length that it reaches, in the text's unit."""
    found = _UNITS.search(match.group())
    if found is None:
        return _timed(tagged, None)
    low, high = _bounds(tagged, tagged.mentions[int(found[1])], _SHARES)
    unit = found[2].casefold()
    return {
        "duration_days": None, "value_min": low, "value_max": high, "unit": _SHORT.get(unit, unit),
    }  # fmt: skip


_OF_DANGER = ("remains active", "lifetime")
"""Properties that «can still kill» asserts; of the others it is a doubt."""


def _disputed(tagged: Tagged, name: str) -> bool:
    words = "denial" if name in _OF_DANGER else "dispute"
    return bool(_word(words).search(tagged.string))


def _condition(reading: Reading, tagged: Tagged) -> str | None:
    match = re.search(
        r"\b(?:if|unless|when|once|provided|as long as)\b[^,.;\"”]{3,80}", tagged.string
    )
    if not match:
        return None
    place = tagged.span(*match.span())
    return reading.text[place.start : place.end]
