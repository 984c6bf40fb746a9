# ruff: noqa: E501 - patterns are read whole
"""A sentence cut where a second figure has a clause of its own, with its own time or its own work."""

from __future__ import annotations

import re
from dataclasses import replace

from landrelease.evidence.layout import Sentence
from landrelease.evidence.reading import Tagged

_WORK = re.compile(
    r"(?:,|;| [–—-])? (?=(?:which )?(?:bringing|brings|brought|taking|takes) (?:the|its|their|to)\b(?:[^.;⟨]|⟨[DO]\d+⟩){0,90}?(?:total|area|number|figure|tally)[^.;]{0,90}?⟨[AQ]\d+⟩)"
    r"|(?:,| [–—-]) (?=with (?:the|a) (?:[\w-]+ ){0,5}?(?:totall?ing|reaching|standing at|at) ⟨A\d+⟩)"
    r"|; |, (?=(?:while|whereas) )"
    r"|(?<=⟩),? (?:and|to|compared (?:with|to)|up from|down from|against) (?=⟨A\d+⟩ (?:in|during|for) ⟨D\d+⟩)"
    r"|(?:,? and|,) (?=(?:a further |another )?⟨A\d+⟩(?: [\w-]+){0,4} (?:was|were|had been|has been|have been) )"
)
"""Where a sentence about work is cut; what follows a cut has a figure."""
_TOLLS = re.compile(
    r"; |, (?=(?:while|whereas) (?:in|at|near|another|an?) )|, (?=and (?:an?|another|⟨Q\d+⟩) [^,;]{5,100}\b(?:in|at|near) (?:the )?⟨)|, (?=where ⟨Q)"
)
_FIGURE = re.compile(r"⟨[AQ]\d+⟩")
_TOLL = re.compile(
    r"⟨[AQ]\d+⟩|\b(?:[Aa]n?|[Aa]nother) [^,;]{3,60}\b(?:killed|injured|wounded|hurt|maimed|died|lost|losing)\b"
)
"""What befell people, counted or «a farmer»."""
_CLAIMS = re.compile(
    r"; |, (?=(?:and|but|while|whereas) (?!(?:in some cases|sometimes|even|then) in\b))|,? and that,? (?=(?:if|should|once|when|unless|in case)\b)"
)
_AMOUNT = re.compile(r"⟨[CU]\d+⟩")


_OUTLOOK = re.compile(
    r",? (?:and|but) (?:that )?(?=(?:it|they|he|she|⟨[SGOWL]\d+⟩|the (?:country|rest|remaining [a-z]+|work)) (?:would|will|could|should|must|aims?|hopes?|plans?|expects?)\b)"
)


def without_outlook(tagged: Tagged) -> Tagged:
    """The sentence up to what is only hoped for: «… has been cleared and that X would become free»."""
    ahead = _OUTLOOK.search(tagged.string)
    told = ahead is not None and _FIGURE.search(tagged.string, 0, ahead.start())
    return _part(tagged, 0, ahead.start()) if ahead and told else tagged


def of_work(tagged: Tagged) -> list[Tagged]:
    """The clauses of a sentence about work or land, the whole sentence where it has one figure.

    Returns
    -------
    list of Tagged
        In order; every clause holds a figure.
    """
    return [deed for part in _cut(tagged, _WORK) for deed in _cut(part, _DEEDS, _AREA)]


_AREA = re.compile(r"⟨A\d+⟩")
_DEEDS = re.compile(
    r"(?:,? and|,) (?=(?:also )?(?:cleared|cancell?ed|released|reduced|demined) (?:an area of )?⟨A\d+⟩)"
)
"""«Surveyed 9,413 hectares and cleared 2,717 hectares»: two deeds, each with its own area."""


def of_tolls(tagged: Tagged) -> list[Tagged]:
    """The clauses of a sentence that tells of accidents in several places."""
    return _cut(tagged, _TOLLS, _TOLL)


def of_claims(tagged: Tagged) -> list[Tagged]:
    """The clauses of a sentence that gives several times or shares."""
    return _cut(tagged, _CLAIMS, _AMOUNT)


_REPORTS = re.compile(
    r",? and that (?=[a-z⟨])|; |, (?=but (?:the|its|their|⟨))|,? and,? (?=(?:failing that|leaves?|go(?:es)? (?:inert|dead)|(?:its|their) (?:fuzes?|batter|timer)|in ⟨Q\d+⟩ tests)\b)"
)


def of_reports(tagged: Tagged) -> list[Tagged]:
    """«It said that …, and that …»: each that is said by itself."""
    return _cut(tagged, _REPORTS, _ANYTHING)


_ANYTHING = re.compile(r"\w")


def _cut(tagged: Tagged, where: re.Pattern[str], figure: re.Pattern[str] = _FIGURE) -> list[Tagged]:
    parts: list[Tagged] = []
    at = 0
    for match in where.finditer(tagged.string):
        head, tail = tagged.string[at : match.start()], tagged.string[match.end() :]
        if figure.search(head) and figure.search(tail):
            parts.append(_part(tagged, at, match.start()))
            at = match.end()
    return [*parts, _part(tagged, at, len(tagged.string))] if parts else [tagged]


def _part(tagged: Tagged, first: int, last: int) -> Tagged:
    """A stretch of a tagged sentence as a sentence of its own."""
    span = tagged.span(first, last)
    return replace(
        tagged,
        sentence=Sentence(span.start, span.end, tagged.sentence.block),
        string=tagged.string[first:last],
        starts=tagged.starts[first:last],
        ends=tagged.ends[first:last],
    )
