# ruff: noqa: E501 - patterns are read whole
"""Which treaty «the convention» is and how far an act has come: for both readings of positions."""

from __future__ import annotations

import re
from collections import Counter

from landrelease.evidence.reading import Reading, Tagged
from landrelease.terms.treaties import treaty_status


def main_treaty(reading: Reading) -> str | None:
    """The treaty named first, unless another is named far more often."""
    found = Counter(m.key for m in reading.mentions if m.kind == "T" and m.key != "other")
    if not found:
        return _treaty_of_subject(reading)
    first = next(iter(found))
    most, times = found.most_common(1)[0]
    return most if times > _FAR_MORE * found[first] else first


_FAR_MORE = 2


def in_passing(reading: Reading) -> set[str]:
    """Treaties named but once, so that the next paragraph goes back to the main one."""
    named = Counter(m.key for m in reading.mentions if m.kind == "T")
    return {key for key, times in named.items() if times == 1}


def _treaty_of_subject(reading: Reading) -> str | None:
    """Where no treaty is named, «the treaty» is that of the munition spoken of most."""
    classes = Counter(m.key for m in reading.mentions if m.kind == "M")
    mines = sum(n for key, n in classes.items() if key in _MINES)
    clusters = classes["cluster munition"]
    often = max(mines, clusters)
    if not often or (often < _OFTEN and not _LEGAL.search(reading.text)):
        return None
    return "MBT" if mines >= clusters else "CCM"


_MINES = frozenset({"AP mine", "landmine", "mine (type not stated)"})
_OFTEN = 2
_LEGAL = re.compile(
    r"\b(?:accession|acceded|[Ss]tates? [Pp]art(?:y|ies)|depositary"
    r"|instruments? of (?:ratification|accession|withdrawal))\b"
)
"""Words of treaties, beside which one word on the weapon tells which treaty is meant."""


def is_told(reading: Reading, tagged: Tagged, named: str | None) -> bool:
    """Whether a treaty is named outside quotation marks, so that the text goes on about it."""
    marks = [(q.start, q.end) for q in reading.quoted(tagged.sentence.start, tagged.sentence.end)]
    return any(
        m.key == named and not any(a <= m.start < b for a, b in marks) for m in tagged.all("T")
    )


def last_two(reading: Reading, tagged: Tagged) -> list[str]:
    """The two treaties named last up to the end of a sentence, the later first."""
    before = reading.inside(0, tagged.sentence.end, "T")
    return list(dict.fromkeys(m.key for m in reversed(before) if m.key != "other"))[:2]


MORE_TREATIES = re.compile(
    r"(?:,? (?:or|and|nor)(?:,? (?:since|in|from) ⟨D\d+⟩,?)? (?:to |of |from )?"
    r"(?:the )?⟨T\d+⟩(?! (?:in|on|since|from) ⟨D))+"
)
"""What joins a second treaty to one just named."""
OF_THE_TREATY = re.compile(
    r"(?<!in )(?<!on )⟨D\d+⟩ (?:[\w-]+ ){0,2}?(?:⟨T\d+⟩|(?:treaty|convention|pact|accord|ban)\b)",
    re.IGNORECASE,
)
"""«The 1997 treaty»: the year is the treaty's, not the act's."""


def is_past(date: str | None, published: str | None) -> bool:
    """Whether the day of an act is not after that of the text."""
    return bool(date and published and date <= published[: len(date)])


_PRESENT = re.compile(r"(?:ratifies|joins|accedes|becomes|signs|is|are|leaves|withdraws)\b")
_UNTIL = re.compile(
    r"\b(?:[Uu]ntil|[Oo]nce|[Uu]nless|[Ii]f|[Ww]hen|[Bb]efore|[Aa]s soon as|[Tt]he day|[Ss]hould)(?: the)?(?: ⟨[SGJ]\d+⟩| \w+){1,2} $"
)
_ONLY_ONCE = re.compile(r"[^.;]{0,60}\bonly (?:once|if|when|after|from the day)\b")


IF_BEFORE = re.compile(r"\b(?:[Ii]f|[Uu]nless|[Ww]hether)(?: the)? $")
"""«If Peru», «whether the kingdoms»: before a state, that what follows is no fact."""


def is_conditional(string: str, match: re.Match[str]) -> bool:
    """Return whether a clause tells what is so «until it ratifies» or «only once it has ratified»."""
    if match["verb"] is None:
        return False
    at = match.start("verb")
    until = _PRESENT.match(match["verb"]) and _UNTIL.search(string, max(0, at - 60), at)
    return bool(until or _ONLY_ONCE.match(string, match.end("verb")))


def status_of_signing(state: str, treaty: str, published: str | None) -> str:
    """Who signed is a signatory, unless known to have become a party."""
    known = treaty_status(state, treaty, published).status
    return "party" if known == "party" else "signatory"


def status_unratified(state: str, treaty: str, published: str | None) -> str:
    """Who has not ratified may have signed: not where the terms know of no signature."""
    known = treaty_status(state, treaty, published).status
    return "non-party" if known == "non-party" else "signatory"


def status_before_ratifying(state: str, treaty: str, published: str | None) -> str:
    """Who is about to ratify has at most signed, unless known to have become a party."""
    known = treaty_status(state, treaty, published).status
    return known if known in ("party", "non-party") else "signatory"


def status_of_being_out(state: str, treaty: str, published: str | None) -> str:
    """Who is out of a treaty has left it, unless known never to have been in."""
    known = treaty_status(state, treaty, published).status
    return "non-party" if known in ("non-party", "signatory") else "withdrawn"
