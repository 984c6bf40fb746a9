"""The check of geometries before they are written: GeoJSON, and somewhere on the Earth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.errors import FieldError
from landrelease.register.shapes import from_geojson, not_geojson

#: How deep the lists of corners lie in the coordinates of each type; None has no coordinates.
_DEPTH = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
    "GeometryCollection": None,
}
_RING_CORNERS = 4

Geometry = Mapping[str, Any]


def check_places(objects: Sequence[Geometry | None]) -> NDArray[Any]:
    """Return the shape of every object, a GeoJSON geometry that lies on the Earth; None for None.

    Raises
    ------
    FieldError
        ``geometry_invalid``, ``geometry_empty`` or ``coordinate_impossible``.

    Examples
    --------
    >>> check_places([{"type": "Point", "coordinates": [17.5, 44.5]}, None])
    array([<POINT (17.5 44.5)>, None], dtype=object)
    >>> try:
    ...     check_places([{"type": "Point", "coordinates": [500, 100]}])
    ... except FieldError as problem:
    ...     print(problem.code)
    coordinate_impossible
    """
    _check_corners([one for one in objects if one is not None])
    found = from_geojson(objects)
    shapes = found[~shapely.is_missing(found)]
    if len(empty := np.flatnonzero(shapely.is_empty(shapes))):
        raise _refused(shapes[empty[0]], "geometry_empty", "holds no point", "leave it out")
    west, south, east, north = shapely.bounds(shapes).T
    inside = (west >= -180) & (east <= 180) & (south >= -90) & (north <= 90)
    if len(beyond := np.flatnonzero(~inside)):
        why = "longitude lies between -180 and 180 degrees, latitude between -90 and 90"
        shape = shapes[beyond[0]]
        raise _refused(shape, "coordinate_impossible", why, "longitude comes first")
    return found


def _check_corners(objects: Sequence[Geometry]) -> None:
    """Refuse what is read otherwise one by one than many at once, such as numbers in quotes."""
    by_type: dict[str, list[Geometry]] = defaultdict(list)
    for one in objects:
        by_type[_type_of(one)].append(one)
    for name, several in by_type.items():
        depth = _DEPTH[name]
        least = _RING_CORNERS if "Polygon" in name else 1
        if depth is None or _plain([one.get("coordinates") for one in several], depth, least):
            continue
        odd = next(one for one in several if not _plain([one.get("coordinates")], depth, least))
        raise not_geojson(odd, "a corner is two or three numbers, a ring at least four corners")


def _type_of(one: Geometry) -> str:
    name = one.get("type")
    if not isinstance(name, str) or name not in _DEPTH:
        raise not_geojson(one, f"there is no type {name!r}")
    return name


def _plain(coordinates: Sequence[Any], depth: int, least: int) -> bool:
    """Whether coordinates are numbers in lists so deep, and of at least so many corners."""
    parts = list(coordinates)
    for level in range(depth, 0, -1):
        if not all(isinstance(part, (list, tuple)) for part in parts):
            return False
        if level == 1 and any(len(part) < least for part in parts):
            return False
        parts = list(chain.from_iterable(parts))
    corners = all(isinstance(part, (list, tuple)) and len(part) in (2, 3) for part in parts)
    return corners and {type(n) for n in chain.from_iterable(parts)} <= {int, float}


def _refused(shape: shapely.Geometry, code: str, why: str, cure: str) -> FieldError:
    return FieldError("geometry", shapely.to_wkt(shape)[:80], why, cure, code)
