# ruff: noqa: E501 - patterns are read whole
"""Which state «we» and «her country» are: of a state's own text, of a delegate named in the sentence."""

from __future__ import annotations

import re

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.reading import Reading, Tagged

_HEAD = re.compile(
    r"^(?:[\w⟨⟩]+ ){0,3}?(?:[A-Z][a-z]+|⟨W\d+⟩)(?: (?:delivered|made|given))? (?:by|of|from|on behalf of) "
    r"(?:(?:the|[Hh]is|[Hh]er|Excellency|H\.E\.|Mr\.?|Ms\.?|Mrs\.?|Dr\.?|Government|Republic|Kingdom|Sultanate|State|Federal|Islamic|Democratic|People[’']s|[Dd]elegation|[Rr]epresentative|Permanent|Ambassador|[Hh]ead|(?:Prime |Deputy |Foreign |Defen[cs]e )?Minister|President|Foreign|Affairs|for|of|and|⟨[PW]\d+⟩),? ){0,12}?(?P<state>⟨[SJ]\d+⟩)"
)
"""The head of a text that a state gives: «Statement by the Delegation of A»."""
_GIVEN = re.compile(
    r"\b(?:Statement|Address|Remarks|Speech|Intervention|Declaration|Message)s?(?: (?:delivered|made|given))? (?:by|of|from|on behalf of)\b"
)
_FIRST = 3
"""Sentences and headings in which the head stands."""
_WHO = r"(?:representative|delegate|ambassador|envoy|observer|spokes(?:man|woman|person)|(?:[a-z]+ )?minister|president|diplomat|head of delegation|chargé)"
_DELEGATE = re.compile(
    rf"(?:\b{_WHO} (?:of|from|for) (?:the )?(?P<of>⟨S\d+⟩)|(?P<owner>⟨[SJ]\d+⟩)(?:[’']s)? (?:[a-z]+ ){{0,2}}{_WHO}|(?:⟨[PW]\d+⟩|[A-Z][\w.’'-]+) \((?:the )?(?P<bracket>⟨S\d+⟩)\))(?=[ ,:])",
    re.IGNORECASE,
)


def own_voice(reading: Reading) -> str | None:
    """The state whose own statement a text is by its head.

    Parameters
    ----------
    reading : Reading
        The text.

    Returns
    -------
    str or None
        ISO3 code; none for news, for a body's text, or where the head names no state.
    """
    for tagged in reading.tagged[:_FIRST]:
        words = reading.text[tagged.sentence.start : tagged.sentence.end]
        head = _GIVEN.search(words) and _HEAD.match(tagged.string)
        if head:
            state = tagged.mention(head["state"])
            return state.key if state else None
    return None


def delegate_of(tagged: Tagged, at: int) -> Mention | None:
    """The state of the one delegate named before a place of a sentence: «the envoy of A», «Ms Lund (A)»."""
    found = list(_DELEGATE.finditer(tagged.string, 0, at))
    if len(found) != 1:
        return None
    groups = found[0].groupdict()
    return tagged.mention(groups["of"] or groups["owner"] or groups["bracket"])
