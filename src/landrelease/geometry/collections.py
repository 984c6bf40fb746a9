"""Shapes of several kinds in one collection, taken apart: what counts, and what else is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import shapely

Family = Literal["polygons", "lines", "points"]

_COLLECTION = 7
_TYPES: Mapping[Family, frozenset[int]] = {
    "points": frozenset({0, 4}),
    "lines": frozenset({1, 2, 5}),
    "polygons": frozenset({3, 6}),
}
_SEVERAL: Mapping[Family, Any] = {
    "points": shapely.multipoints,
    "lines": shapely.multilinestrings,
    "polygons": shapely.multipolygons,
}


def is_collection(shape: shapely.Geometry | None) -> bool:
    """Whether a shape may hold points, lines and polygons side by side."""
    return shape is not None and shapely.get_type_id(shape) == _COLLECTION


def taken_apart(
    collection: shapely.Geometry, order: Sequence[Family]
) -> tuple[shapely.Geometry, dict[str, int]]:
    """Take the parts of the first family that a collection has, and count the others.

    Parameters
    ----------
    collection : shapely.GeometryCollection
        Collections inside it are opened too; empty parts are passed over.
    order : sequence of str
        Families (`polygons`, `lines`, `points`), the one that counts most first.

    Returns
    -------
    tuple
        One part, or all of its family as one shape, as they were drawn; an empty collection where
        there is none. How many parts of each type were left.

    Examples
    --------
    >>> from shapely import GeometryCollection, Point, box
    >>> drawn = GeometryCollection([Point(0, 0), box(0, 0, 1, 1)])
    >>> shape, left = taken_apart(drawn, ("polygons", "lines", "points"))
    >>> shape.geom_type, left
    ('Polygon', {'Point': 1})
    """
    parts = list(_parts(collection))
    for family in order:
        own = [one for one in parts if _is_of(family, one)]
        if own:
            others = Counter(one.geom_type for one in parts if not _is_of(family, one))
            return own[0] if len(own) == 1 else _SEVERAL[family](own), dict(others)
    return shapely.GeometryCollection(), {}


def _is_of(family: Family, shape: shapely.Geometry) -> bool:
    return shapely.get_type_id(shape) in _TYPES[family]


def _parts(shape: shapely.Geometry) -> Iterator[shapely.Geometry]:
    for part in shapely.get_parts(shape):
        if shapely.get_type_id(part) >= 4:
            yield from _parts(part)
        elif not part.is_empty:
            yield part
