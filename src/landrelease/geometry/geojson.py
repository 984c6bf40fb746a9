"""Shapes as GeoJSON geometries, many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

_POINT, _POLYGON, _MULTIPOLYGON = 0, 3, 6


def as_geojson(geometries: NDArray[Any]) -> list[dict[str, Any] | None]:
    """Return each shape as a GeoJSON geometry with its full coordinates; None stays None.

    Parameters
    ----------
    geometries : ndarray of shapely geometries, shape (n,)

    Examples
    --------
    >>> as_geojson(np.array([shapely.Point(1.5, 2), None], dtype=object))
    [{'type': 'Point', 'coordinates': [1.5, 2.0]}, None]
    """
    found: list[dict[str, Any] | None] = [None] * len(geometries)
    types = shapely.get_type_id(geometries)
    for code in np.unique(types[types >= 0]).tolist():
        rows = np.flatnonzero(types == code)
        for row, shape in zip(rows.tolist(), _of_type(code, geometries[rows]), strict=True):
            found[row] = shape
    return found


def _of_type(code: int, shapes: NDArray[Any]) -> Iterator[dict[str, Any]]:
    if code == _POINT and not shapely.is_empty(shapes).any():
        for pair in shapely.get_coordinates(shapes).tolist():
            yield {"type": "Point", "coordinates": pair}
    elif code == _POLYGON:
        for rings in _rings_by_polygon(shapes):
            yield {"type": "Polygon", "coordinates": rings}
    elif code == _MULTIPOLYGON:
        polygons = _rings_by_polygon(shapely.get_parts(shapes))
        for count in shapely.get_num_geometries(shapes).tolist():
            yield {"type": "MultiPolygon", "coordinates": [next(polygons) for _ in range(count)]}
    else:
        yield from map(_of_one, shapes)


def _rings_by_polygon(polygons: NDArray[Any]) -> Iterator[list[list[list[float]]]]:
    rings, owner = shapely.get_rings(polygons, return_index=True)
    positions = shapely.get_coordinates(rings).tolist()
    ends = np.cumsum(shapely.get_num_coordinates(rings)).tolist()
    lines = [positions[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    stops = np.searchsorted(owner, np.arange(len(polygons)), side="right").tolist()
    for a, b in zip([0, *stops], stops, strict=False):
        yield lines[a:b]


def _of_one(shape: Any) -> dict[str, Any]:
    found: dict[str, Any] = _lists(shapely.geometry.mapping(shape))
    return found


def _lists(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _lists(item) for key, item in value.items()}
    return [_lists(item) for item in value] if isinstance(value, (tuple, list)) else value
