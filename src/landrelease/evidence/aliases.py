"""Short names that a text gives a body: «Demining Guild (DG)», later «DG» or «the Guild»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from landrelease.evidence.gazetteer import Mention

_IN_BRACKETS = re.compile(
    r"[\s\u00a0]?\((?:the |hereafter |hereinafter )?[“\"'‘]?(?P<short>[A-Z][\w&-]{1,11})[”\"'’]?\)"
)
_HEADS = frozenset({
    "Monitor", "Trust", "Observatory", "Coalition", "Commission", "Committee", "Council",
    "Campaign", "Alliance", "Society", "Federation", "Foundation", "Institute",
    "Organisation", "Organization", "Secretariat", "Network", "Fund",
})  # fmt: skip
"""Last words of names that stand for the whole name after «the»."""
_THE = re.compile(r"\b[Tt]he $")


def aliased(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions with short names led back to the body that the text called so before.

    Parameters
    ----------
    text : str
        The text.
    mentions : sequence of Mention
        Everything named in it, in order.

    Examples
    --------
    >>> text = "The Demining Guild (DG) works. DG grows."
    >>> found = [Mention("O", 4, 18, "Demining Guild"), Mention("W", 31, 33, "DG")]
    >>> [m.key for m in aliased(text, found)]
    ['Demining Guild', 'Demining Guild']
    """
    short: dict[str, str] = {}
    heads: dict[str, str] = {}
    found: list[Mention] = []
    for mention in mentions:
        known = mention
        if mention.kind in "WP" and text[mention.start - 1 : mention.start] != "(":
            key = short.get(mention.key)
            if key is None and _THE.search(text, max(0, mention.start - 5), mention.start):
                key = heads.get(mention.key)
            known = replace(mention, kind="O", key=key) if key else mention
        elif mention.kind == "O":
            given = _IN_BRACKETS.match(text, mention.end)
            if given:
                short.setdefault(given["short"], mention.key)
            last = text[mention.start : mention.end].rsplit(maxsplit=1)[-1]
            if last in _HEADS:
                heads[last] = mention.key
        found.append(known)
    return found
