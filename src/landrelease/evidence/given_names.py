"""Capitals and states that are first names too: «Sofia Reyl, the group's director»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.names import holds_role

_APPOSED = re.compile(r", (?P<what>[^,.;:“”\"]{3,90})(?=[,.;:“”\"]|$)")
_BEFORE = re.compile(r"(?:\b(?P<what>[A-Za-z-]+),?|\b(?:Mr|Ms|Mrs|Miss|Dr|Prof)\.?) $")
_SPOKE = r"(?:said|says|told|added|adds|warned|noted|argued|explained|recalled|wrote|asked)"


def named_people(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions; a capital or state and a word behind it that name someone are one.

    They do where an office stands beside the two, or where the second word alone speaks elsewhere.

    Parameters
    ----------
    text : str
        The text.
    mentions : sequence of Mention
        Everything named in it, in order.

    Examples
    --------
    >>> text = "It is over, said Sofia Reyl, the group's director."
    >>> found = [Mention("G", 17, 22, "BGR"), Mention("W", 23, 27, "Reyl")]
    >>> [(m.kind, m.key) for m in named_people(text, found)]
    [('P', 'Sofia Reyl')]
    >>> text = "It is over, said Sofia Zoo, the oldest of all."
    >>> [m.kind for m in named_people(text, [found[0], Mention("W", 23, 26, "Zoo")])]
    ['G', 'W']
    """
    joined: list[Mention] = []
    for mention in mentions:
        place = joined[-1] if joined else None
        if place and _is_surname(text, place, mention):
            joined[-1] = Mention("P", place.start, mention.end, text[place.start : mention.end])
        else:
            joined.append(mention)
    return joined


def _is_surname(text: str, place: Mention, word: Mention) -> bool:
    """Whether a word right behind a place of one word is the last name of someone called so."""
    given = text[place.start : place.end]
    beside = place.kind in "GS" and word.kind == "W" and text[place.end : word.start] == " "
    if not beside or not given.isalpha() or given.isupper():
        return False
    apposed = _APPOSED.match(text, word.end)
    before = _BEFORE.search(text, max(place.start - 24, 0), place.start)
    office = (apposed and holds_role(apposed["what"])) or (
        before and (before["what"] is None or holds_role(before["what"]))
    )
    return bool(office) or _speaks_alone(text, word.key)


def _speaks_alone(text: str, name: str) -> bool:
    said = (
        rf"(?:^|[\n.”\"] ?)(?:{re.escape(name)} {_SPOKE}\b)|[”\"] (?:{_SPOKE}) {re.escape(name)}\b"
    )
    return re.search(said, text) is not None
