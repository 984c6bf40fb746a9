# ruff: noqa: E501 - patterns are read whole
"""A sentence without what stands between its subject and its verb, so that rules need not foresee it."""

from __future__ import annotations

import re
from dataclasses import replace

from landrelease.evidence.reading import Tagged

_BETWEEN = re.compile(
    r",? (?:by|in) contrast,|, (?:in turn|for (?:its|their|his|her) part|too|meanwhile|however|moreover|of course|in fact|for (?:example|instance)|notably|as well|in particular|at least|so far|to date|in the meantime|on the other hand|at the same time|along the way|not surprisingly|not alone|among others),"
    r"|, (?:(?:it|he|she|they) (?:said|says|added|noted|recalled|stressed|wrote)|(?:the )?⟨[PO]\d+⟩ (?:said|says|added|noted|recalled|stressed|wrote)),"
    r"| (?:each|itself|themselves|jointly|unanimously|respectively|simultaneously|formally|officially|meanwhile)(?= [a-z])"
    r"|(?P<kept>⟨[SGJ]\d+⟩(?: itself)?)(?:, (?:which|who|whose|an?|the|itself|its)\b(?! (?:are|have|has|is) (?:not|never|also)\b)(?![^,;.]*(?:[Pp]art(?:y|ies)\b|member|signator|sign|join|ratif|acced|leav|left|withdr|quit|[Tt]reaty|[Cc]onvention|outside|bound|exit|belong|⟨T))(?:[^,;.“”\"⟨]|⟨[SGQJDLWPO]\d+⟩){3,90},(?= and (?:the )?⟨[SG]\d+⟩ (?:both |also |still )?(?:are|were|have|had|do|did|remain|stay|belong|stand|will)\b)|, (?:an?|the|one of|⟨Q\d+⟩ of|its|home to|whose|which|where|who|long|once|another)\b(?= [^,]*[a-z]{3})(?![^,;.]*(?:[Pp]art(?:y|ies)\b|member|signator|sign|join|ratif|acced|leav|left|withdr|quit|[Tt]reaty|[Cc]onvention|outside|bound|exit|belong|⟨T))(?:[^,;.“”\"⟨]|⟨[SGQJDLWPO]\d+⟩){3,90},(?= (?!and\b|or\b|as\b|but\b|nor\b|together\b)[a-z]))"
    r"|(?<=[ (])(?:(?:[A-Z][\w’']+ ){0,2}(?:Republic|Kingdom|State|Commonwealth|Principality|Union)|[Gg]overnments?) of (?:the )?(?=⟨S)"
)
"""Parentheses of a word or three, and the long form of a state's name."""
ASIDES = re.compile(
    r"(?:, (?:[^,;]|, (?=and )){1,110},(?= )| [–—-] [^–—]{3,110}? [–—-](?= )|\([^)]{1,60}\))"
)
"""Whatever stands between two commas, dashes or brackets."""


def plain(tagged: Tagged) -> Tagged:
    """Return the sentence without parentheses such as «by contrast» and «for its part».

    Places in the shortened string still lead back to the text.
    """
    return without(tagged, _BETWEEN)


def without(tagged: Tagged, aside: re.Pattern[str]) -> Tagged:
    """Return the sentence without what a pattern finds, but for its group «kept»."""
    kept: list[int] = []
    at = 0
    for match in aside.finditer(tagged.string):
        start = match.end("kept") if match.groupdict().get("kept") else match.start()
        kept.extend(range(at, start))
        at = match.end()
    if not at:
        return tagged
    kept.extend(range(at, len(tagged.string)))
    return replace(
        tagged,
        string="".join(tagged.string[i] for i in kept),
        starts=tuple(tagged.starts[i] for i in kept),
        ends=tuple(tagged.ends[i] for i in kept),
    )
