# ruff: noqa: E501 - patterns are read whole
"""Which sentences bear on mines, other ordnance, their supply, use, clearance, victims and treaties."""

from __future__ import annotations

from landrelease.evidence.gazetteer import topic_pattern
from landrelease.evidence.reading import Reading


def is_topical(reading: Reading, start: int, end: int) -> bool:
    """Whether a stretch of the text speaks of the field."""
    return bool(reading.inside(start, end, "MT")) or bool(
        topic_pattern().search(reading.text, start, end)
    )


def topical_blocks(reading: Reading) -> frozenset[int]:
    """Blocks that speak of the field, and those beside them."""
    own = [i for i, b in enumerate(reading.blocks) if is_topical(reading, b.start, b.end)]
    near = {j for i in own for j in (i - 1, i, i + 1)}
    sources = {i for i in near if _names_source(reading, i)}
    return frozenset(near | {i + 1 for i in sources})


def _names_source(reading: Reading, index: int) -> bool:
    """A line «Source: …», which only stands between a report and its quotations."""
    known = 0 <= index < len(reading.blocks)
    return known and reading.text.startswith("Source: ", reading.blocks[index].start)
