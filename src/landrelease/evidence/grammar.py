"""Rules kept as data: patterns over tagged sentences with named parts filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from landrelease.evidence.reading import pattern

_PART = re.compile(r"(?<!\(\?P)<(\w+)>")


def compiled(source: str, parts: Mapping[str, str], flags: int = 0) -> re.Pattern[str]:
    """Fill ``<part>`` names in a pattern, parts within parts too, and compile it.

    Examples
    --------
    >>> bool(compiled("<who> ratified {T}", {"who": "{S|G}"}).search("⟨G0⟩ ratified ⟨T1⟩"))
    True
    """
    while _PART.search(source):
        source = _PART.sub(lambda m: str(parts[m[1]]), source)
    return pattern(source, flags)
