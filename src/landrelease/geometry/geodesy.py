"""Distances and destinations along geodesics of WGS84."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pyproj


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
