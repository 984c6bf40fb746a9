"""Third coordinates, which no record keeps."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.exchange.issues import Issue, issue


def flatten(shapes: NDArray[Any]) -> list[Issue]:
    """Leave out third coordinates, in place; say so where they are not all zero.

    Examples
    --------
    >>> shapes = np.array([shapely.Point(17, 44, 350), None])
    >>> flatten(shapes)[0].message, shapes[0].wkt
    ('1 rows: the third coordinate, or a measure along the line, was left out', 'POINT (17 44)')
    """
    high = np.flatnonzero(shapely.has_z(shapes))
    heights = shapely.get_coordinates(shapes[high], include_z=True)[:, 2]
    shapes[high] = shapely.force_2d(shapes[high])
    if not np.nan_to_num(heights).any():
        return []
    return [issue("elevation_dropped", None, f"{len(high)} rows")]
