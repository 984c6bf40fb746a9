"""What stands near a point, by the spatial index of the layers and true distance."""

from __future__ import annotations

import math
import sqlite3

import numpy as np
import shapely

from landrelease.domain.kinds import kinds
from landrelease.geometry import distance_m
from landrelease.register import geopackage

_METRES_PER_DEGREE = 110_500.0  # no degree of latitude is shorter on WGS84


def within(
    connection: sqlite3.Connection, longitude: float, latitude: float, radius_m: float
) -> list[tuple[str, float]]:
    """Return record ids with their distance in metres, nearest first; 0 inside a polygon."""
    found = []
    point = shapely.Point(longitude, latitude)
    for spec in kinds().values():
        if not spec.has_geometry:
            continue
        rows = _candidates(connection, spec.name, point, radius_m)
        shapes = geopackage.decode([blob for _, blob in rows])
        for (record_id, _), metres in zip(rows, _metres(point, shapes), strict=True):
            if metres <= radius_m:
                found.append((record_id, float(metres)))
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def _candidates(
    connection: sqlite3.Connection, kind: str, point: shapely.Point, radius_m: float
) -> list[tuple[str, bytes]]:
    high = radius_m / _METRES_PER_DEGREE
    cosine = math.cos(math.radians(min(89.9, abs(point.y) + high)))
    wide = high / cosine
    return connection.execute(
        f'SELECT l.record_id, l.geom FROM "rtree_{kind}_geom" AS x JOIN "{kind}" AS l'
        " ON l.fid = x.id WHERE l.record_id IS NOT NULL AND x.maxx >= ? AND x.minx <= ?"
        " AND x.maxy >= ? AND x.miny <= ?",
        (point.x - wide, point.x + wide, point.y - high, point.y + high),
    ).fetchall()


def _metres(point: shapely.Point, shapes: np.typing.NDArray[np.object_]) -> list[float]:
    """Distance to the nearest place of each shape, searched in a plane stretched by latitude."""
    if not len(shapes):
        return []
    stretch = math.cos(math.radians(point.y))
    flat = shapely.transform(shapes, lambda xy: xy * [stretch, 1.0])
    nearest = shapely.get_coordinates(
        shapely.get_point(shapely.shortest_line(shapely.Point(point.x * stretch, point.y), flat), 1)
    )
    return [float(distance_m(point.x, point.y, x / stretch, y)) for x, y in nearest]
