"""Cut a layer of records into vector tiles: find, clip, simplify, round, encode.

A map of hazards must not lose a hazard because it is small: a polygon that would vanish at a zoom
is drawn as a small square in its place, and squares of the same class that fall together are one
square that says how many it stands for (`n`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.web.mvt import EXTENT, GeometryType, Ints, Parts, encode_layer, starts_of

Floats = NDArray[np.float64]
Geometries = NDArray[Any]

MAX_ZOOM = 15
"""Deepest zoom of tiles; a tile unit is then 0.3 m at the equator, and deeper views reuse it."""

_MAX_LATITUDE_DEG = 85.05112878
_BUFFER = 64  # tile units around a tile, so that outlines meet at its border
_PIXEL = EXTENT // 512
_HALF_SQUARE = 1.2 * _PIXEL
_SHORT = 6 * _PIXEL


def mercator(lonlat: Floats) -> Floats:
    """Project longitude and latitude to the unit square of web maps, y downwards.

    Parameters
    ----------
    lonlat : numpy.ndarray
        Shape (n, 2), degrees; latitudes beyond 85.05° are moved to it.

    Examples
    --------
    >>> mercator(np.array([[0.0, 0.0], [-180.0, 85.05112878]])).round(6).tolist()
    [[0.5, 0.5], [0.0, 0.0]]
    """
    latitude = np.radians(np.clip(lonlat[:, 1], -_MAX_LATITUDE_DEG, _MAX_LATITUDE_DEG))
    y = 0.5 - np.arcsinh(np.tan(latitude)) / (2 * np.pi)
    return np.column_stack([lonlat[:, 0] / 360.0 + 0.5, y])


@dataclass(frozen=True)
class TileLayer:
    """One layer of records, projected and indexed, ready to be cut into tiles.

    Attributes
    ----------
    name : str
        Name of the layer in the tiles.
    geometries : numpy.ndarray
        Shapely geometries in the unit square.
    properties : tuple of mapping
        Properties of each, with its ``record_id``.
    bounds : tuple of float or None
        West, south, east, north in degrees; None of an empty layer.
    """

    name: str
    geometries: Geometries
    properties: tuple[Mapping[str, object], ...]
    tree: shapely.STRtree
    bounds: tuple[float, float, float, float] | None

    @classmethod
    def build(
        cls, name: str, features: Iterable[tuple[str, bytes, Mapping[str, object]]]
    ) -> TileLayer:
        """Project and index features given as (record id, WKB in EPSG:4326, properties)."""
        rows = [(i, shapely.from_wkb(wkb), p) for i, wkb, p in features]
        rows = [row for row in rows if row[1] is not None and not row[1].is_empty]
        lonlat = np.array([geometry for _, geometry, _ in rows], dtype=object)
        geometries = shapely.transform(lonlat, mercator)
        broken = ~shapely.is_valid(geometries)
        geometries[broken] = shapely.make_valid(geometries[broken])
        return cls(
            name=name,
            geometries=geometries,
            properties=tuple({"record_id": i, **p} for i, _, p in rows),
            tree=shapely.STRtree(geometries),
            bounds=_bounds(lonlat) if rows else None,
        )

    @classmethod
    def build_labels(
        cls, name: str, features: Iterable[tuple[str, bytes, Mapping[str, object]]]
    ) -> TileLayer:
        """Index one point inside each feature, where its name is written once."""
        inside = (
            (i, shapely.to_wkb(shapely.point_on_surface(shapely.from_wkb(wkb))), p)
            for i, wkb, p in features
            if wkb
        )
        return cls.build(name, inside)

    def tile(self, z: int, x: int, y: int) -> bytes:
        """Encode the tile at zoom `z`, column `x`, row `y`; empty bytes if nothing lies there."""
        frame = TileFrame(z, x, y)
        found = np.sort(self.tree.query(shapely.box(*frame.bounds)))
        if len(found) == 0:
            return b""
        units = frame.to_units(self.geometries[found])
        shapes, properties = _with_squares(_thickened(units), [self.properties[i] for i in found])
        return encode_layer(self.name, _parts(_simplified(shapes)), properties)


def _bounds(lonlat: Geometries) -> tuple[float, float, float, float]:
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(lonlat))
    return west, south, east, north


def first_tiles(
    bbox: Sequence[float] | None, view_px: float = 700.0
) -> Iterator[tuple[int, int, int]]:
    """Yield the tiles that a map framing these bounds loads at first.

    Parameters
    ----------
    bbox : sequence of float, optional
        West, south, east, north in degrees; without it nothing is yielded.
    view_px : float
        Room that the map gives to the longer side, in pixels; tiles are 512 wide.

    Examples
    --------
    >>> list(first_tiles((15.7, 42.5, 19.6, 45.3)))
    [(6, 34, 22), (6, 34, 23), (6, 35, 22), (6, 35, 23)]
    """
    if not bbox:
        return
    west, south, east, north = bbox
    (left, top), (right, bottom) = mercator(np.array([[west, north], [east, south]]))
    side = max(right - left, bottom - top, 0.5**MAX_ZOOM)
    z = int(np.clip(np.log2(view_px / 512 / side), 0, MAX_ZOOM - 1))
    for x in range(int(left * 2**z), int(right * 2**z) + 1):
        for y in range(int(top * 2**z), int(bottom * 2**z) + 1):
            yield z, x, y


@dataclass(frozen=True)
class TileFrame:
    """Where a tile lies in the unit square."""

    z: int
    x: int
    y: int

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, north, east, south of the tile with its buffer."""
        side, pad = 0.5**self.z, _BUFFER / EXTENT
        return (
            (self.x - pad) * side,
            (self.y - pad) * side,
            (self.x + 1 + pad) * side,
            (self.y + 1 + pad) * side,
        )

    def to_units(self, geometries: Geometries) -> Geometries:
        """Clip to the tile with its buffer and scale to tile units."""
        scale, corner = EXTENT * 2.0**self.z, np.array([self.x, self.y]) * 0.5**self.z
        limits = np.array(self.bounds)
        boxes = shapely.bounds(geometries)
        across = (boxes[:, :2] < limits[:2]).any(axis=1) | (boxes[:, 2:] > limits[2:]).any(axis=1)
        clipped = geometries.copy()
        clipped[across] = shapely.clip_by_rect(geometries[across], *self.bounds)
        placed: Geometries = shapely.transform(clipped, lambda xy: (xy - corner) * scale)
        return placed


def _simplified(shapes: Geometries) -> Geometries:
    """Leave out what is finer than half a pixel, but no polygon as a whole."""
    simple: Geometries = shapely.simplify(shapes, _PIXEL / 2, preserve_topology=False)
    lost = (shapely.get_dimensions(shapes) == 2) & (shapely.area(simple) < _PIXEL**2 / 2)
    simple[lost] = shapes[lost]
    return simple


def _thickened(shapes: Geometries) -> Geometries:
    """Widen long polygons to about a pixel, so that rounding does not fold them to a line."""
    thin = shapely.area(shapes) < shapely.length(shapes) * _PIXEL / 2
    thin &= (shapely.get_dimensions(shapes) == 2) & (_side(shapes) >= _SHORT)
    shapes[thin] = shapely.buffer(shapes[thin], _PIXEL / 2)
    return shapes


def _side(shapes: Geometries) -> Floats:
    """Longer side of each shape's bounds."""
    bounds = shapely.bounds(shapes)
    side: Floats = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    return side


def _with_squares(
    shapes: Geometries, properties: Sequence[Mapping[str, object]]
) -> tuple[Geometries, list[Mapping[str, object]]]:
    """Replace polygons of a pixel or two by squares, one for each class and place."""
    small = (shapely.area(shapes) < (2 * _PIXEL) ** 2) & (_side(shapes) < _SHORT)
    small &= shapely.get_dimensions(shapes) == 2
    kept_shapes = list(shapes[~small])
    kept = [p for p, is_small in zip(properties, small.tolist(), strict=True) if not is_small]
    groups: dict[tuple[object, ...], list[int]] = {}
    indices = np.flatnonzero(small)
    centres = shapely.get_coordinates(shapely.centroid(shapes[indices]))
    cells = np.floor(centres / (2 * _HALF_SQUARE)).astype(int).tolist()
    for index, cell in zip(indices.tolist(), cells, strict=True):
        classes = (value for name, value in properties[index].items() if name != "record_id")
        groups.setdefault((*cell, *classes), []).append(index)
    place = {index: row for row, index in enumerate(indices.tolist())}
    for members in groups.values():
        cx, cy = centres[place[members[0]]]
        half = _HALF_SQUARE
        kept_shapes.append(shapely.box(cx - half, cy - half, cx + half, cy + half))
        count = {"n": len(members)} if len(members) > 1 else {}
        kept.append({**properties[members[0]], **count})
    return np.array(kept_shapes, dtype=object), kept


def _parts(shapes: Geometries) -> dict[GeometryType, Parts]:
    """Take geometries apart into points, lines and rings in whole units."""
    single, owner = _flattened(shapes)
    kinds = shapely.get_type_id(single)
    makers = {
        GeometryType.POINT: (0, _points),
        GeometryType.LINE: (1, _lines),
        GeometryType.POLYGON: (3, _rings),
    }
    return {
        kind: make(single[kinds == type_id], owner[kinds == type_id])
        for kind, (type_id, make) in makers.items()
        if (kinds == type_id).any()
    }


def _flattened(shapes: Geometries) -> tuple[Geometries, Ints]:
    parts, owner = shapely.get_parts(shapes, return_index=True)
    nested = shapely.get_type_id(parts) >= 4
    if nested.any():  # a collection that clipping or repair left behind
        parts, inner = shapely.get_parts(parts, return_index=True)
        owner = owner[inner]
    return parts, owner


def _points(points: Geometries, owner: Ints) -> Parts:
    features, counts = np.unique(owner, return_counts=True)
    return Parts(_rounded(shapely.get_coordinates(points)), counts, features)


def _lines(lines: Geometries, owner: Ints) -> Parts:
    coordinates, index = shapely.get_coordinates(lines, return_index=True)
    xy = _rounded(coordinates)
    last = np.diff(index, append=-1) != 0
    keep = last | (np.diff(xy, axis=0, append=0) != 0).any(axis=1)
    return _selected(xy[keep], index[keep], owner, shortest=2)


def _rings(polygons: Geometries, owner: Ints) -> Parts:
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    outer = np.diff(polygon, prepend=-1) != 0
    coordinates, index = shapely.get_coordinates(rings, return_index=True)
    xy = _rounded(coordinates)
    # The closing vertex goes, and so does every vertex equal to the next one.
    last = np.diff(index, append=-1) != 0
    keep = ~last & (np.diff(xy, axis=0, append=0) != 0).any(axis=1)
    xy, index = xy[keep], index[keep]
    twice_area = _twice_area(xy, index, len(rings))
    lost_outer = np.zeros(len(polygons), dtype=bool)
    lost_outer[polygon[outer & (twice_area == 0)]] = True
    usable = (twice_area != 0) & ~lost_outer[polygon]
    xy, index = xy[usable[index]], index[usable[index]]
    return _selected(_oriented(xy, index, (twice_area > 0) != outer), index, owner[polygon])


def _twice_area(xy: Ints, index: Ints, rings: int) -> Ints:
    """Twice the signed area of each ring, positive when clockwise on the screen."""
    following = np.roll(xy, -1, axis=0)
    heads = np.flatnonzero(np.diff(index, prepend=-1))
    tails = np.flatnonzero(np.diff(index, append=-1))
    following[tails] = xy[heads]
    cross = xy[:, 0] * following[:, 1] - following[:, 0] * xy[:, 1]
    total: Ints = np.zeros(rings, dtype=np.int64)
    np.add.at(total, index, cross)
    return total


def _oriented(xy: Ints, index: Ints, turn: NDArray[np.bool_]) -> Ints:
    """Walk the rings marked in `turn` the other way round."""
    _, counts = np.unique(index, return_counts=True)
    starts = starts_of(counts)
    ring = np.repeat(np.arange(len(counts)), counts)
    here = np.arange(len(xy))
    mirrored = starts[:-1][ring] + starts[1:][ring] - 1 - here
    return xy[np.where(turn[index], mirrored, here)]


def _selected(xy: Ints, index: Ints, owner: Ints, shortest: int = 3) -> Parts:
    used, counts = np.unique(index, return_counts=True)
    enough = counts >= shortest
    keep = np.repeat(enough, counts)
    return Parts(xy[keep], counts[enough], owner[used[enough]])


def _rounded(coordinates: Floats) -> Ints:
    return np.rint(coordinates).astype(np.int64)
