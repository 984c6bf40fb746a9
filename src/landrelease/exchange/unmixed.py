"""Collections of points, lines and polygons: the part that counts for the kind of the row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from landrelease.domain.kinds import kind_spec
from landrelease.domain.shapes import unmixed
from landrelease.exchange.locate import Located

_RING, _COLLECTION = 2, 7


def take_apart(located: Located, kinds: Sequence[str]) -> None:
    """Take what counts out of each collection, note what else was in it, and keep what was drawn.

    A ring that stands for itself is a line.
    """
    types = shapely.get_type_id(located.shapes)
    rows, rings = np.flatnonzero(types == _COLLECTION), np.flatnonzero(types == _RING)
    if not len(rows) and not len(rings):
        return
    located.shapes = located.shapes.copy()
    located.shapes[rings] = [shapely.LineString(one) for one in located.shapes[rings]]
    for row in rows.tolist():
        if located.shapes[row].is_empty:
            continue
        spec = kind_spec(kinds[row]) if kinds[row] else None
        located.shapes[row], told = unmixed(spec, located.shapes[row])
        located.notes.append((row, "geometry_collection", told))
        located.entered.setdefault(row, shapely.to_wkt(located.source_shapes[row], -1))
