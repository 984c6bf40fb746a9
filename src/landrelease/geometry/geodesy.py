"""Distances and destinations along geodesics of WGS84."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import pyproj
import shapely

from landrelease.geometry.crs import WGS84, parse_crs
from landrelease.geometry.nearness import distances_m

#: Longitudes that are the same.
_TURNS = (0.0, -360.0, 360.0)


@cache
def _geod() -> pyproj.Geod:
    return pyproj.Geod(ellps="WGS84")


def destination(
    longitude: float, latitude: float, bearing_deg: float, distance_m: float
) -> tuple[float, float]:
    """Longitude and latitude reached from a point.

    Parameters
    ----------
    longitude, latitude : float
        Start, degrees.
    bearing_deg : float
        True bearing at the start, degrees clockwise from north.
    distance_m : float
        Metres along the geodesic.

    Examples
    --------
    >>> x, y = destination(17.0, 44.0, 90.0, 1000.0)
    >>> round(x, 5), round(y, 5)
    (17.01247, 44.0)
    """
    x, y, _ = _geod().fwd(longitude, latitude, bearing_deg, distance_m)
    return float(x), float(y)


def distance_m(longitude: Any, latitude: Any, other_longitude: Any, other_latitude: Any) -> Any:
    """Geodesic distance in metres between points, or arrays of points.

    Examples
    --------
    >>> round(distance_m(0.0, 0.0, 1.0, 0.0), 3)
    111319.491
    """
    ends = np.broadcast_arrays(longitude, latitude, other_longitude, other_latitude)
    x, y, other_x, other_y = (np.array(end, dtype=float) for end in ends)
    _, _, metres = _geod().inv(x, y, other_x, other_y)
    return float(metres) if x.ndim == 0 else metres


def apart_m(shape: shapely.Geometry, others: Iterable[shapely.Geometry]) -> list[float]:
    """Metres from a shape to the nearest place of each other one; 0 where they touch.

    From a point it is exact, across the 180th meridian and at the poles too. From another shape the
    nearest places are searched in a plane stretched by its latitude, then measured along the
    geodesic: for what lies near one another.

    Examples
    --------
    >>> import shapely
    >>> field = shapely.box(0.0, 0.0, 1.0, 1.0)
    >>> [round(m) for m in apart_m(shapely.Point(2.0, 0.0), [field])]
    [111319]
    >>> apart_m(field, [shapely.Point(0.5, 0.5)])
    [0.0]
    >>> east, west = shapely.box(179, 0, 180, 1), shapely.box(-179, 0, -178, 1)
    >>> [round(m, -3) for m in apart_m(east, [west])]
    [111000.0]
    """
    found = np.array(list(others), dtype=object)
    if shape.geom_type == "Point":
        return [float(metres) for metres in distances_m(shape.x, shape.y, found)]
    return [_between_m(shape, other) for other in found]


def _between_m(shape: shapely.Geometry, other: shapely.Geometry) -> float:
    """Metres between two shapes, the shorter way round the globe."""
    if other.geom_type == "Point":
        return apart_m(other, [shape])[0]
    stretch = max(math.cos(math.radians(shape.centroid.y)), 1e-9)
    flat = shapely.transform(other, lambda xy: xy * [stretch, 1.0])
    turns = (
        shapely.transform(shape, lambda xy, t=t: xy * [stretch, 1.0] + [t * stretch, 0])
        for t in _TURNS
    )
    near = min(turns, key=lambda turned: float(shapely.distance(turned, flat)))
    (x, y), (east, north) = shapely.get_coordinates(shapely.shortest_line(near, flat))
    return float(distance_m(x / stretch, y, east / stretch, north))


def grid_convergence_deg(longitude: float, latitude: float, crs: str) -> float:
    """Degrees that north of a projected grid lies east of true north at a point.

    It is the azimuth of a short step along the grid's northing. On a system in degrees it is zero.

    Examples
    --------
    East of its central meridian the grid of UTM turns east, by about Δλ·sin φ:

    >>> round(grid_convergence_deg(18.0, 45.0, "EPSG:32633"), 3)
    2.122
    """
    system = parse_crs(crs)
    if not system.is_projected:
        return 0.0
    project = pyproj.Transformer.from_crs(system, parse_crs(WGS84), always_xy=True)
    easting, northing = project.transform(longitude, latitude, direction="INVERSE")
    step_m = 10 / system.axis_info[0].unit_conversion_factor
    ahead = project.transform(easting, northing + step_m)
    azimuth, _, _ = _geod().inv(longitude, latitude, *ahead)
    return float(azimuth)
