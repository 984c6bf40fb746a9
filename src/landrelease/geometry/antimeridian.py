"""Shapes across the 180th meridian: drawn through it, and cut there as GeoJSON asks.

An edge that spans more than half the globe goes the other way round it, across the antimeridian
(RFC 7946 §3.1.9). Such a shape is first unrolled, so that its longitudes run on beyond 180°, where
it can be checked and mended like any other; then it is rolled up again, in parts that each stay
between -180° and 180°. Edges are straight in longitude and latitude, so the cut changes no area.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

_POLYGON, _MULTIPOLYGON = 3, 6
_SINGLE = (0, 1, 3)
_MANY = {4: shapely.multipoints, 5: shapely.multilinestrings, 6: shapely.multipolygons}


@dataclass(frozen=True, slots=True)
class Unrolled:
    """Shapes whose longitudes run on; ``rows`` are those that changed or need rolling up.

    ``around_pole`` are rows with a ring that goes once around the globe: nothing says which of the
    two poles it encloses, or whether it encloses one.
    """

    geometries: NDArray[Any]
    rows: NDArray[np.int64]
    around_pole: NDArray[np.int64]


def unroll(geometries: NDArray[Any]) -> Unrolled:
    """Let longitudes run on beyond 180° where a shape crosses that meridian.

    Parameters
    ----------
    geometries : ndarray of shapely geometries, shape (n,)
        In longitude and latitude; longitudes from -180° to 180° or from 0° to 360°.

    Examples
    --------
    >>> crossing = shapely.Polygon([(179, 0), (-179, 0), (-179, 1), (179, 1)])
    >>> unroll(np.array([crossing], dtype=object)).geometries[0].bounds
    (179.0, 0.0, 181.0, 1.0)
    """
    suspects = _suspects(geometries)
    result = geometries.copy()
    rows, around = [], []
    for row in suspects.tolist():
        shape = _unrolled(geometries[row])
        if shape is None:
            around.append(row)
        elif shape is not geometries[row] or _beyond(shape):
            result[row] = shape
            rows.append(row)
    return Unrolled(result, np.array(rows, dtype=np.int64), np.array(around, dtype=np.int64))


def roll(geometries: NDArray[Any]) -> NDArray[Any]:
    """Cut shapes whose longitudes run beyond 180°, and bring each part between -180° and 180°.

    Examples
    --------
    >>> (cut,) = roll(np.array([shapely.box(179, 0, 181, 1)], dtype=object))
    >>> [part.bounds for part in cut.geoms]
    [(179.0, 0.0, 180.0, 1.0), (-180.0, 0.0, -179.0, 1.0)]
    """
    found = np.full(len(geometries), None, dtype=object)
    for row, shape in enumerate(geometries):
        found[row] = _rolled(shape) if shape is not None and _beyond(shape) else shape
    return found


def _suspects(geometries: NDArray[Any]) -> NDArray[np.int64]:
    """Rows that reach beyond ±180° or across more than half the globe."""
    bounds = shapely.bounds(geometries)
    west, east = bounds[:, 0], bounds[:, 2]
    with np.errstate(invalid="ignore"):
        wide = (east - west > 180) | (west < -180) | (east > 180)
        sound = np.isfinite(bounds).all(axis=1) & (west >= -360) & (east <= 360)
    return np.flatnonzero(wide & sound)


def _beyond(shape: Any) -> bool:
    west, _, east, _ = shape.bounds
    return bool(west < -180 or east > 180)


def _unrolled(shape: Any) -> Any:
    """The shape with its edges the short way round; None where a ring goes around a pole."""
    kind = int(shapely.get_type_id(shape))
    if kind in _MANY:
        before = list(shape.geoms)
        parts = [_unrolled(part) for part in before]
        same = all(new is old for new, old in zip(parts, before, strict=True))
        return None if None in parts else shape if same else _MANY[kind](parts)
    if kind not in _SINGLE or not _leaps(shape):
        return shape
    return _unrolled_polygon(shape) if kind == _POLYGON else shapely.transform(shape, _run_on)


def _leaps(shape: Any) -> bool:
    """Whether an edge spans more than half the globe; all the way round it is no leap."""
    rings = shapely.get_rings(shape) if shape.geom_type == "Polygon" else [shape]
    steps = (np.abs(np.diff(shapely.get_coordinates(ring)[:, 0])) for ring in rings)
    return any(bool(((step > 180) & (step < 360)).any()) for step in steps)


def _run_on(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    steps = np.diff(coordinates[:, 0])
    turns = np.where(np.abs(steps) > 180, -np.round(steps / 360) * 360, 0.0)
    longitude = coordinates[:, 0] + np.concatenate([[0.0], np.cumsum(turns)])
    return np.column_stack([longitude, coordinates[:, 1]])


def _unrolled_polygon(polygon: Any) -> Any:
    rings = [_run_on(shapely.get_coordinates(ring)) for ring in shapely.get_rings(polygon)]
    if any(ring[0, 0] != ring[-1, 0] for ring in rings):
        return None
    shell = rings[0]
    return shapely.Polygon(shell, [_beside(hole, shell) for hole in rings[1:]])


def _beside(hole: NDArray[np.float64], shell: NDArray[np.float64]) -> NDArray[np.float64]:
    """The hole, whole turns further, where its outline lies."""
    apart = (shell[:, 0].min() + shell[:, 0].max() - hole[:, 0].min() - hole[:, 0].max()) / 2
    moved: NDArray[np.float64] = hole + np.array([np.round(apart / 360) * 360, 0.0])
    return moved


def _rolled(shape: Any) -> Any:
    if shape.geom_type == "Point":
        return shapely.Point((shape.x + 180) % 360 - 180, shape.y)
    west, south, east, north = shape.bounds
    turns = range(int(np.floor((west + 180) / 360)), int(np.ceil((east + 180) / 360)))
    pieces = [_piece(shape, turn, south, north) for turn in turns]
    return _joined([piece for piece in pieces if not piece.is_empty])


def _piece(shape: Any, turn: int, south: float, north: float) -> Any:
    """What lies on one turn around the globe, moved to the first."""
    window = shapely.box(360 * turn - 180, south - 1, 360 * turn + 180, north + 1)
    return shapely.transform(shape.intersection(window), lambda xy: xy - [360 * turn, 0])


def _joined(pieces: Iterable[Any]) -> Any:
    """One shape of the pieces, without the slivers of lower dimension that a cut can leave."""
    parts = np.array([part for piece in pieces for part in shapely.get_parts(piece)], dtype=object)
    highest = shapely.get_dimensions(parts).max()
    kept = parts[shapely.get_dimensions(parts) == highest]
    many = {0: shapely.multipoints, 1: shapely.multilinestrings, 2: shapely.multipolygons}
    return kept[0] if len(kept) == 1 else many[highest](kept)
