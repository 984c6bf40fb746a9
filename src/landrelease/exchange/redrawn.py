"""An area goes out with its outline and comes back with the polygon of its record.

An export draws what the area is: its latest survey with its products. The record may hold another
polygon. An internal export keeps it beside the outline, so that importing what was exported
changes nothing. Where somebody has drawn the outline anew since, the new one counts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import shapely

from landrelease.domain.doubt import DOUBTS
from landrelease.domain.doubt import FIELD as DOUBT
from landrelease.exchange.tables import SourceTable

#: Column of an export that holds the record's own polygon, where another outline is drawn.
RECORDED = "geometry_recorded"


def recorded(outline: shapely.Geometry, geometry: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what stands in the column: the record's geometry, and which outline goes with it."""
    return {"geometry": geometry, "outline": _mark(outline)}


def as_recorded(table: SourceTable) -> SourceTable:
    """Return a table of our own export with the polygons of its records; others as they are.

    Examples
    --------
    >>> import numpy as np
    >>> drawn = shapely.box(0, 0, 2, 1)
    >>> cell = json.dumps(recorded(drawn, {"type": "Point", "coordinates": [1, 1]}))
    >>> table = SourceTable("areas", {RECORDED: [cell, None]}, 2, np.array([drawn, drawn]))
    >>> as_recorded(table).geometry
    array([<POINT (1 1)>, <POLYGON ((2 0, 2 1, 0 1, 0 0, 2 0))>], dtype=object)
    """
    if RECORDED not in table.columns or table.geometry is None:
        return table
    shapes = table.geometry.copy()
    for row, cell in enumerate(table.columns[RECORDED]):
        kept = _kept(cell)
        if kept is not None and kept.get("outline") == _mark(shapes[row]):
            shapes[row] = _shape(kept.get("geometry"))
    columns = {name: cells for name, cells in table.columns.items() if name != RECORDED}
    return replace(table, columns=columns, geometry=shapes)


def _kept(cell: Any) -> Mapping[str, Any] | None:
    try:
        found = json.loads(cell) if isinstance(cell, str) else cell
    except ValueError:
        return None
    return found if isinstance(found, Mapping) else None


def _shape(geometry: Any) -> Any:
    return None if geometry is None else shapely.from_geojson(json.dumps(geometry))


def _mark(shape: Any) -> str | None:
    """Hash of the ground that a polygon covers, however it is written down."""
    if shape is None:
        return None
    plain = shapely.normalize(shapely.multipolygons(shapely.get_parts(shape)))
    return hashlib.sha256(shapely.to_wkb(plain, byte_order=1)).hexdigest()


def without_doubts(table: SourceTable) -> SourceTable:
    """Return a table without the doubts that our own export gave beside land; others as they are.

    What puts land in doubt follows from records; taken in, it would be a fact that nobody said.

    Examples
    --------
    >>> without_doubts(SourceTable("areas", {"in_doubt": ["inquiry_open", None]}, 2)).columns
    {}
    >>> without_doubts(SourceTable("areas", {"in_doubt": ["yes", None]}, 2)).columns
    {'in_doubt': ['yes', None]}
    """
    cells = table.columns.get(DOUBT.name)
    if cells is None or not all(set(_codes(cell)) <= set(DOUBTS) for cell in cells):
        return table
    columns = {name: some for name, some in table.columns.items() if name != DOUBT.name}
    return replace(table, columns=columns)


def _codes(cell: Any) -> list[str]:
    words = cell if isinstance(cell, list) else str(cell or "").split(";")
    return [str(word).strip() for word in words if str(word).strip()]
