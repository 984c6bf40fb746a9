"""How far shapes lie from a point, along geodesics, anywhere on the globe.

Edges are straight in longitude and latitude and take the short way as they are drawn, so a part at
180° E and one at 180° W touch, and all longitudes meet at a pole.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

Box = tuple[float, float, float, float]
Floats = NDArray[np.float64]

_GEOD = pyproj.Geod(ellps="WGS84")
_METRES_PER_DEGREE = 110_500.0  # no degree of latitude is shorter on WGS84
_MOST_METRES_PER_DEGREE = 111_700.0  # nor is any degree longer than this

#: Pieces of an edge no longer than this come nearest to a point once.
_PIECE_DEG = 0.25
#: Where on an edge its nearest place lies is known to this.
_CLOSE_M = 1e-3
_STEPS = np.linspace(0.0, 1.0, 9)


def windows(longitude: float, latitude: float, radius_m: float) -> list[Box]:
    """Boxes in degrees, between -180° and 180°, that hold all within a distance of a point.

    Examples
    --------
    >>> [tuple(round(side, 3) for side in box) for box in windows(179.999, 0.0, 1105.0)]
    [(179.989, -0.01, 180.0, 0.01), (-180.0, -0.01, -179.991, 0.01)]
    >>> windows(17.0, 89.9999, 1105.0)[0][::2]
    (-180.0, 180.0)
    """
    high = min(radius_m / _METRES_PER_DEGREE, 180.0)
    south, north = max(latitude - high, -90.0), min(latitude + high, 90.0)
    furthest = abs(latitude) + high
    wide = 180.0 if furthest >= 90 else high / math.cos(math.radians(furthest))
    if wide >= 180:
        return [(-180.0, south, 180.0, north)]
    west, east = longitude - wide, longitude + wide
    found = [(max(west, -180.0), south, min(east, 180.0), north)]
    if west <= -180:
        found.append((west + 360, south, 180.0, north))
    if east >= 180:
        found.append((-180.0, south, east - 360, north))
    return found


def touching(shapes: NDArray[Any], boxes: Iterable[Box]) -> NDArray[np.bool_]:
    """Which shapes have bounds that meet one of the boxes."""
    west, south, east, north = shapely.bounds(shapes).T
    met = np.zeros(len(shapes), dtype=bool)
    for left, bottom, right, top in boxes:
        met |= (west <= right) & (east >= left) & (south <= top) & (north >= bottom)
    return met


def distances_m(longitude: float, latitude: float, shapes: Iterable[Any]) -> Floats:
    """Metres from a point to the nearest place of each shape; 0 where it lies in it.

    Parameters
    ----------
    longitude, latitude : float
        Degrees.
    shapes : iterable of shapely geometries
        None of them missing or empty.

    Examples
    --------
    >>> across = shapely.box(179.0, 0.0, 180.0, 1.0)
    >>> [round(float(m), 1) for m in distances_m(-179.999, 0.5, [across])]
    [111.3]
    >>> float(distances_m(90.0, 90.0, [shapely.Point(-90.0, 90.0)])[0])
    0.0
    """
    found = np.array(list(shapes), dtype=object)
    metres = np.full(len(found), np.inf)
    if not len(found):
        return metres
    starts, ends, owner = _edges(found)
    pieces, owner = _pieces(starts, ends, owner)
    _measure(longitude, latitude, pieces, owner, metres)
    for turn in (-360.0, 0.0, 360.0):
        metres[shapely.intersects(found, shapely.Point(longitude + turn, latitude))] = 0.0
    return metres


def _edges(shapes: NDArray[Any]) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Start and end of every edge, and the shape that it belongs to; a point is both at once."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    areal = shapely.get_dimensions(parts) == 2
    rings, within = shapely.get_rings(parts[areal], return_index=True)
    lines = np.concatenate([rings, parts[~areal]])
    of_line = np.concatenate([owner[areal][within], owner[~areal]])
    corners, line = shapely.get_coordinates(lines, return_index=True)
    joined = np.flatnonzero(line[1:] == line[:-1])
    lone = np.flatnonzero(np.bincount(line, minlength=len(lines))[line] == 1)
    first, second = np.concatenate([joined, lone]), np.concatenate([joined + 1, lone])
    return corners[first], corners[second], of_line[line[first]]


def _pieces(
    starts: Floats, ends: Floats, owner: NDArray[np.intp]
) -> tuple[tuple[Floats, Floats], NDArray[np.intp]]:
    """The edges cut into short pieces of one length each."""
    steps = ends - starts
    count = np.maximum(np.ceil(np.abs(steps).max(axis=1) / _PIECE_DEG), 1).astype(int)
    edge = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    step = (steps / count[:, None])[edge]
    begin = starts[edge] + number[:, None] * step
    return (begin, step), owner[edge]


def _measure(
    longitude: float,
    latitude: float,
    pieces: tuple[Floats, Floats],
    owner: NDArray[np.intp],
    metres: Floats,
) -> None:
    """Lower each shape's distance to that of its nearest piece.

    A piece is looked into only where it can hold a nearer place than the ends of all pieces.
    """
    begin, step = pieces
    at_ends = [_from(longitude, latitude, begin + share * step) for share in (0, 1)]
    np.minimum.at(metres, owner, np.minimum(*at_ends))
    parallel = np.cos(
        np.radians(np.minimum(*(np.abs(begin[:, 1] + s * step[:, 1]) for s in (0, 1))))
    )
    length = np.hypot(step[:, 0] * parallel, step[:, 1]) * _MOST_METRES_PER_DEGREE
    nearer = np.flatnonzero((at_ends[0] + at_ends[1] - length) / 2 < metres[owner])
    begin, step, length, owner = begin[nearer], step[nearer], length[nearer], owner[nearer]
    while len(begin):
        inner = begin[:, None, :] + _STEPS[:, None] * step[:, None, :]
        apart = _from(longitude, latitude, inner.reshape(-1, 2)).reshape(len(begin), -1)
        np.minimum.at(metres, owner, apart.min(axis=1))
        left = np.clip(apart.argmin(axis=1) - 1, 0, len(_STEPS) - 3)
        begin = begin + _STEPS[left, None] * step
        step, length = step / 4, length / 4
        going = length > _CLOSE_M
        begin, step, length, owner = begin[going], step[going], length[going], owner[going]


def _from(longitude: float, latitude: float, places: Floats) -> Floats:
    x, y = np.full(len(places), longitude), np.full(len(places), latitude)
    _, _, metres = _GEOD.inv(x, y, places[:, 0], places[:, 1])
    return np.asarray(metres)
