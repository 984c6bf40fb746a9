"""True area on the WGS84 ellipsoid of polygons whose edges are straight in longitude and latitude.

The area under an edge is the integral of the authalic function Q(φ) over longitude, where Q(φ) is
the area, per radian of longitude, between the equator and latitude φ. Along a straight edge φ is
linear in longitude, so the integral is Δλ times the mean of Q between the two latitudes. Q is a
short sine series on an ellipsoid this round, and the mean of a sine over an interval has a closed
form; nothing is approximated beyond rounding. Because the integral belongs to the edge alone, area
is additive when a polygon is cut, which a geodesic area on the same vertices is not.

References
----------
Snyder, J. P. (1987). Map Projections: A Working Manual. USGS Professional Paper 1395, eq. 3-12.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

WGS84_SEMI_MAJOR_M = 6_378_137.0
WGS84_FLATTENING = 1 / 298.257223563

#: Odd harmonics of Q that matter: each is about 1/600 of the one before.
_HARMONICS = 6


def area_m2(geometries: Any) -> Any:
    """Area in square metres on the WGS84 ellipsoid.

    Points, lines, empty geometries and None measure zero. The orientation of rings does not
    matter; the first ring of each polygon is its outline and the others are holes.

    Parameters
    ----------
    geometries : shapely geometry, None, or array of them
        In longitude and latitude (degrees).

    Returns
    -------
    float or ndarray of float64
        One figure for one geometry, an array of the same shape for an array.

    Examples
    --------
    The whole ellipsoid is 510 million square kilometres:

    >>> round(area_m2(shapely.box(-180, -90, 180, 90)) / 1e12, 6)
    510.065622
    """
    array = np.asarray(geometries, dtype=object)
    polygons, owner = shapely.get_parts(array.ravel(), return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    outline = np.ones(len(rings), dtype=bool)
    outline[1:] = polygon[1:] != polygon[:-1]
    signed = np.where(outline, 1.0, -1.0) * np.abs(_ring_integrals_m2(rings))
    total = np.bincount(owner[polygon], weights=signed, minlength=array.size)
    return float(total[0]) if array.ndim == 0 else total.reshape(array.shape)


def _ring_integrals_m2(rings: NDArray[Any]) -> NDArray[np.float64]:
    """Signed area of each ring: the sum of its edges' integrals."""
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    longitude, latitude = np.radians(coordinates.T)
    within = ring[1:] == ring[:-1]
    width = np.where(within, np.diff(longitude), 0.0)
    middle = (latitude[1:] + latitude[:-1]) / 2
    half = np.diff(latitude) / 2
    edges = width * _mean_q_m2(middle, half)
    integrals = np.bincount(ring[1:], weights=edges, minlength=len(rings)).astype(np.float64)
    return integrals


def _mean_q_m2(middle: NDArray[np.float64], half: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of Q over latitudes ``middle ± half`` (radians)."""
    mean = np.zeros_like(middle)
    for order, coefficient in enumerate(_q_series_m2()):
        harmonic = 2 * order + 1
        # the mean of sin(mφ) over the interval is sin(m·middle)·sinc(m·half), without cancellation
        mean += coefficient * np.sin(harmonic * middle) * np.sinc(harmonic * half / np.pi)
    return mean


@cache
def _q_series_m2() -> tuple[float, ...]:
    """Coefficients of sin φ, sin 3φ, … in Q(φ), on nodes where these are orthogonal."""
    nodes = 4 * _HARMONICS
    latitude = (np.arange(nodes) + 0.5) * np.pi / (2 * nodes)
    harmonics = 2 * np.arange(_HARMONICS) + 1
    basis = np.sin(np.outer(harmonics, latitude))
    return tuple(float(c) for c in 2 / nodes * basis @ _q_m2(latitude))


def _q_m2(latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    e = np.sqrt(WGS84_FLATTENING * (2 - WGS84_FLATTENING))
    semi_minor_m = WGS84_SEMI_MAJOR_M * (1 - WGS84_FLATTENING)
    es = e * np.sin(latitude)
    q: NDArray[np.float64] = semi_minor_m**2 / (2 * e) * (es / (1 - es**2) + np.arctanh(es))
    return q
