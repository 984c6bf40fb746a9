# ruff: noqa: E501 - patterns are read whole
"""What may be joined, signed or left that is no treaty: a meeting, a contract, a room."""

from __future__ import annotations

import re

_OTHER_THING = re.compile(
    r"\b(?:meetings?|conferences?|room|hall|vote|debate|talks|agreement|contract|deal|statement|declaration|appeal|letter|campaign|coalition|committee|article(?! ⟨[QW])|memorandum|project|plan|presidency|negotiations?|session|working group|trust fund)\b"
)
"""What may be left, joined or signed that is no treaty."""
_OWNED = re.compile(rf"(?:[’']s)?(?: [a-z-]+){{0,1}} {_OTHER_THING.pattern}")
"""«The treaty's final declaration»."""
_ACTS = re.compile(
    r"\b(?:join|sign|left|leav|quit|exit|withdr|acced|absent|missing|aboard|on board|out of|aloof|away|distance|clear of|names?\b)",
    re.IGNORECASE,
)


def of_other(match: re.Match[str]) -> bool:
    """Whether a meeting, a contract or a room is joined, signed or left, and no treaty."""
    after = match.group()[match.end("verb") - match.start() :]
    inside = _OTHER_THING.search(after.split("⟨T")[0])
    owned = _OWNED.match(match.string, match.end())
    verb = match["verb"] or ""
    acts = _ACTS.search(verb)
    return bool((inside and acts) or (owned and (acts or _MEMBER.search(verb))))


_MEMBER = re.compile(r"\bmembers?\b")
