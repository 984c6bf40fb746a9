"""Which shapes lie within some metres of one another, for thousands at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer


def pairs_within(
    shapes: Sequence[Any], points: Sequence[Any], distance_m: float
) -> Iterator[tuple[int, int]]:
    """Yield (shape, point) index pairs that lie within a distance.

    Distances are taken in an azimuthal equidistant projection centred on the data; over a country
    1,000 km across they are right to about one part in a thousand.

    Parameters
    ----------
    shapes, points : sequences of shapely geometries
        Longitude and latitude in degrees (WGS84).
    distance_m : float
        Metres.

    Examples
    --------
    >>> here = shapely.Point(18.0, 44.0)
    >>> there = shapely.Point(18.0, 44.004)  # about 444 m north
    >>> list(pairs_within([here], [there], 500.0)), list(pairs_within([here], [there], 400.0))
    ([(0, 0)], [])
    """
    if not len(shapes) or not len(points):
        return
    both = np.array([*shapes, *points], dtype=object)
    west, south, east, north = shapely.total_bounds(both)
    flat = _projected(both, (west + east) / 2, (south + north) / 2)
    tree = shapely.STRtree(flat[: len(shapes)])
    found = tree.query(flat[len(shapes) :], predicate="dwithin", distance=distance_m)
    yield from ((int(shape), int(point)) for point, shape in zip(*found, strict=True))


def _projected(shapes: Any, longitude: float, latitude: float) -> Any:
    to_metres = Transformer.from_crs(
        4326, f"+proj=aeqd +lon_0={longitude} +lat_0={latitude} +datum=WGS84", always_xy=True
    )
    coordinates = shapely.get_coordinates(shapes)
    metres = np.column_stack(to_metres.transform(coordinates[:, 0], coordinates[:, 1]))
    return shapely.set_coordinates(shapely.transform(shapes, np.copy), metres)
