"""Which of the shapes that a record is drawn with count, and which measure no ground."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import shapely

from landrelease.domain.kinds import KindSpec
from landrelease.geometry import Family, taken_apart

_LINES = frozenset({"LineString", "MultiLineString", "LinearRing"})

#: Ground counts first; an area without it is at least somewhere. An accident is at a point.
_OF_GROUND: tuple[Family, ...] = ("polygons", "lines", "points")
_OF_AREAS: tuple[Family, ...] = ("polygons", "points", "lines")
_OF_POINTS: tuple[Family, ...] = ("points", "polygons", "lines")


def unmixed(spec: KindSpec | None, collection: shapely.Geometry) -> tuple[shapely.Geometry, str]:
    """Take out of a collection what counts for a kind, and say what else was in it.

    No record is a collection: its ground would be measured as nothing, and a Shapefile holds none.

    Parameters
    ----------
    spec : KindSpec or None
        The kind of the record; None where it is unknown.
    collection : shapely.GeometryCollection

    Examples
    --------
    >>> from landrelease.domain.kinds import kind_spec
    >>> drawn = shapely.GeometryCollection([shapely.Point(0, 0), shapely.box(0, 0, 1, 1)])
    >>> shape, told = unmixed(kind_spec("hazardous_area"), drawn)
    >>> shape.geom_type, told
    ('Polygon', 'taken Polygon, left 1 Point')
    """
    order = _OF_GROUND
    if spec is not None and spec.geometry == "point":
        order = _OF_POINTS
    elif spec is not None and spec.name == "hazardous_area":
        order = _OF_AREAS
    shape, others = taken_apart(collection, order)
    left = ", ".join(f"{count} {name}" for name, count in others.items())
    return shape, f"taken {shape.geom_type}, left {left or 'nothing'}"


def lacks_ground(kind: str, type_name: str) -> bool:
    """Whether an area is drawn as a line, which covers no ground and would count as 0 m².

    Examples
    --------
    >>> lacks_ground("hazardous_area", "LineString"), lacks_ground("activity", "LineString")
    (True, False)
    """
    return kind == "hazardous_area" and type_name in _LINES


def counts_as_stated(body: Mapping[str, Any]) -> bool:
    """Whether a record says itself how large it is, so that a line counts for something."""
    return bool(body.get("stated_area_m2"))
