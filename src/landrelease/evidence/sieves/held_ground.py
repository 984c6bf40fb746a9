"""«Three states still have mined areas»: ground that is held, not a deed."""

from __future__ import annotations

import re

_HOLDS = re.compile(
    r"\b(?:has|have|had|having)(?: (?:still|also|both|all|yet|some|many|few|more|other|such|no"
    r"|large|vast|old|known|remaining|suspected|[a-z]+ly)){0,5} $"
)
_GROUND = re.compile(
    r" (?:and [a-z-]+ )?(?:areas?|land|ground|zones?|territor(?:y|ies)|sites?|terrain|fields)\b"
)
_STILL = re.compile(r"\bstill (?:has|have|had) $|\b(?:has|have|had) still $")


def holds_mined_ground(string: str, start: int, end: int) -> bool:
    """Whether «mined» at a place is said of ground that a state has, and not of what it did.

    Examples
    --------
    >>> holds_mined_ground("They still have mined areas.", 16, 21)
    True
    >>> holds_mined_ground("They have mined the road.", 10, 15)
    False
    """
    before = string[max(0, start - 60) : start]
    held = _HOLDS.search(before) and _GROUND.match(string, end)
    return bool(held or _STILL.search(before))
