"""From which place a move of a hazard is measured: small steps add up to a long way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple


class Placing(NamedTuple):
    """Where a version puts a hazard, and who answers for it.

    Attributes
    ----------
    shape : geometry or None
        Its place; None for none.
    explained : bool
        Whether the version gives a reason or a source.
    verified : bool
        Whether a second person verified or approved it.
    """

    shape: Any
    explained: bool = False
    verified: bool = False


def anchor(placings: Iterable[Placing]) -> Any:
    """Return the place first taken, or the last that was explained when it moved, or verified.

    Parameters
    ----------
    placings : iterable of Placing
        The versions of a record, in the order in which they count.

    Examples
    --------
    >>> from shapely import Point
    >>> steps = [Placing(Point(0, 0)), Placing(Point(1, 0)), Placing(Point(2, 0))]
    >>> print(anchor(steps), anchor([*steps, Placing(Point(3, 0), explained=True)]))
    POINT (0 0) POINT (3 0)

    A reason of a version that moves nothing speaks of something else.

    >>> print(anchor([*steps, Placing(Point(2, 0), explained=True)]))
    POINT (0 0)
    """
    found = last = None
    for one in placings:
        if found is None or one.verified or (one.explained and one.shape != last):
            found = one.shape
        last = one.shape
    return found
