# ruff: noqa: E501 - patterns are read whole
"""Which sentences bear on mines, other ordnance, their supply, use, clearance, victims and treaties."""

from __future__ import annotations

import re
from functools import cache

from landrelease.evidence.reading import Reading
from landrelease.terms import load_terms


@cache
def topic_pattern() -> re.Pattern[str]:
    """Return the words that mark the subjects of this field."""
    return re.compile("|".join(load_terms("reporting")["topic"]), re.IGNORECASE)


def is_topical(reading: Reading, start: int, end: int) -> bool:
    """Whether a stretch of the text speaks of the field."""
    return bool(reading.inside(start, end, "MT")) or bool(
        topic_pattern().search(reading.text, start, end)
    )


def topical_blocks(reading: Reading) -> frozenset[int]:
    """Blocks that speak of the field, and those beside them."""
    own = [i for i, b in enumerate(reading.blocks) if is_topical(reading, b.start, b.end)]
    return frozenset(j for i in own for j in (i - 1, i, i + 1))
