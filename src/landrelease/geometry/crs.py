"""Coordinate reference systems: naming them, comparing them, and leaving them for WGS84."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pyproj
import shapely

from landrelease.errors import InputError

WGS84 = "EPSG:4326"


@lru_cache(maxsize=64)
def parse_crs(text: str) -> pyproj.CRS:
    """Return the system that a code, WKT or PROJ text names.

    Raises
    ------
    InputError
        PROJ does not know it (``crs_unknown``).

    Examples
    --------
    >>> parse_crs("EPSG:28992").name
    'Amersfoort / RD New'
    """
    try:
        return pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError:
        raise InputError(
            "crs_unknown",
            f"no coordinate reference system is known as {text[:80]!r}",
            "name it by its EPSG code, as in EPSG:32634",
        ) from None


def describe_crs(text: str) -> str:
    """Name a system for people: its code when it has one, and its title.

    Examples
    --------
    >>> describe_crs("EPSG:3395")
    'EPSG:3395 (WGS 84 / World Mercator)'
    """
    crs = parse_crs(text)
    authority = crs.to_authority(min_confidence=100)
    return f"{':'.join(authority)} ({crs.name})" if authority else crs.name


def is_wgs84(text: str) -> bool:
    """Whether coordinates in the system are longitude and latitude on WGS84 already."""
    return text in (WGS84, "OGC:CRS84") or _is_wgs84(text)


@lru_cache(maxsize=64)
def _is_wgs84(text: str) -> bool:
    authority = parse_crs(text).to_authority(min_confidence=90)
    return authority in (("EPSG", "4326"), ("OGC", "CRS84"))


def has_datum(text: str) -> bool:
    """Whether the system says where its ellipsoid lies.

    A system whose datum is unknown is transformed without a datum shift, which moves everything
    by up to a few hundred metres and says nothing.
    """
    crs = parse_crs(text)
    base = crs.source_crs or crs
    datum = base.datum
    named = datum is not None and "unknown" not in datum.name.casefold()
    return crs.is_bound or named or base.to_authority(min_confidence=70) is not None


def to_wgs84(geometries: Any, crs: str) -> Any:
    """Transform to longitude and latitude on WGS84; what lies in it already is returned as it is.

    Parameters
    ----------
    geometries : shapely geometry or array of them
        None stays None. Coordinates are easting, northing (or longitude, latitude).
    crs : str
        Code or WKT of their system.

    Returns
    -------
    shapely geometry or ndarray of them
        Coordinates that cannot be transformed become infinite.

    Examples
    --------
    >>> point = to_wgs84(shapely.Point(155000, 463000), "EPSG:28992")
    >>> round(point.x, 4), round(point.y, 4)
    (5.3872, 52.1552)
    """
    if is_wgs84(crs):
        return geometries
    transformer = _transformer(crs)

    def move(coordinates: Any) -> Any:
        return np.column_stack(transformer.transform(*coordinates.T))

    return shapely.transform(geometries, move)


def shift_m(west_south_east_north: tuple[float, float, float, float], one: str, two: str) -> float:
    """Distance between what two systems make of the middle of a box, in metres."""
    west, south, east, north = west_south_east_north
    middle = shapely.Point((west + east) / 2, (south + north) / 2)
    a, b = to_wgs84(middle, one), to_wgs84(middle, two)
    values = (a.x, a.y, b.x, b.y)
    if not all(np.isfinite(values)) or max(abs(a.y), abs(b.y)) > 90:
        return float("inf")
    return float(pyproj.Geod(ellps="WGS84").inv(*values)[2])


@lru_cache(maxsize=64)
def _transformer(crs: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(parse_crs(crs), parse_crs(WGS84), always_xy=True)
