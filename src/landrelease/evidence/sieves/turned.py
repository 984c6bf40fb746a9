# ruff: noqa: E501 - patterns are read whole
"""Words before names that turn what is said of them: «neither A nor B», «none of the three, A, B and C», «all but A»."""

from __future__ import annotations

import re
from enum import Enum


class Sense(Enum):
    """How a clause is meant of the states before its verb."""

    SAID = "said"
    DENIED = "denied"
    OPEN = "open"


_BEHIND = r"(?:[^.;⟨]|⟨[QJWLT]\d+⟩)"
_DENIED = re.compile(
    r"\b(?:[Nn]either (?:of )?(?:the )?(?:two |⟨Q\d+⟩ )?|[Nn]either (?:the )?⟨[SG]\d+⟩,? nor (?:the )?|[Nn](?:one|ot one) of (?:the )?(?:[a-z]+ ){0,2}"
    rf"|[Nn](?:one|ot one|either) of {_BEHIND}{{0,70}}?(?:,| ?[–—:(-]) ?(?:the )?"
    rf"|(?:[Aa]ll|[Ee]very|[Ee]ach|[Mm]ost|[Bb]oth){_BEHIND}{{0,60}}? (?:but|except(?: for)?|save|bar|apart from|other than|excluding) (?:for )?(?:the )?)$"
)
_SAID = re.compile(
    rf"\b[Nn](?:one|obody|o one|o (?:country|state|nation|other)){_BEHIND}{{0,60}}? (?:but|except(?: for)?|save|bar|apart from|other than) (?:for )?(?:the )?$"
)
_OPEN = re.compile(
    rf"(?:\b[Nn]ot all (?:of )?{_BEHIND}{{0,70}}?(?:,| ?[–—:(-]) ?(?:the )?|\b(?:except(?: for)?|excluding|other than|apart from|save for) (?:the )?)$"
)


_OWN_CLAUSE = re.compile(
    r"(?:⟨[SG]\d+⟩|, (?:and |or )?(?=⟨)| (?:and|or|nor) (?=⟨)|the )+,? (?:which|who|whose)\b"
)
"""«… except A, which has signed»: the relative clause is A's own."""


def sense_before(string: str, at: int) -> tuple[Sense, int]:
    """Read how the words before a place turn what is said of the names there.

    Parameters
    ----------
    string : str
        A tagged sentence.
    at : int
        Where the first name stands.

    Returns
    -------
    tuple of Sense and int
        The sense, open where the words tell neither, as behind «not all of the five»; and where
        the words begin.

    Examples
    --------
    >>> sense_before("Neither ⟨S0⟩ nor ⟨S1⟩ belongs to it.", 8)[0].value
    'denied'
    >>> [sense_before(words, words.index("⟨"))[0].value for words in ("All but ⟨S0⟩ do.", "Only ⟨S0⟩ does.")]
    ['denied', 'said']
    """
    if _OWN_CLAUSE.match(string, at):
        return Sense.SAID, at
    for sense, pattern in ((Sense.SAID, _SAID), (Sense.DENIED, _DENIED), (Sense.OPEN, _OPEN)):
        if found := pattern.search(string, 0, at):
            return sense, found.start()
    return Sense.SAID, at
