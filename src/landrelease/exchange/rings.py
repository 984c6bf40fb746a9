"""Shapes out of positions in their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely

from landrelease.exchange.coordinates import Position


def ring_of(positions: Sequence[Position], *, alone: bool) -> tuple[Any, str | None]:
    """Make an outline of its vertices; the first need not stand again at the end.

    Parameters
    ----------
    positions : sequence of Position
        In degrees, in the order of the outline.
    alone : bool
        Whether one position may stand for itself, as a point.

    Returns
    -------
    tuple
        The shape or None; the code of what is wrong or None.

    Examples
    --------
    >>> corners = [Position(17, 44, "EPSG:4326"), Position(18, 44, "EPSG:4326")]
    >>> ring_of(corners, alone=True)
    (None, 'too_few_points')
    >>> ring_of(corners[:1], alone=True)[0].wkt
    'POINT (17 44)'
    """
    pairs = [(one.x, one.y) for one in positions]
    if len(pairs) > 1 and pairs[0] == pairs[-1]:
        pairs.pop()
    if len(pairs) == 1 and alone:
        return shapely.Point(pairs[0]), None
    if len(set(pairs)) < 3:
        return None, "too_few_points"
    return shapely.Polygon(pairs), None
