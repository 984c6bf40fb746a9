"""What stands near a point: by the spatial index of the layers, or on a date, by true distance."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import orjson
import shapely

from landrelease.domain.kinds import kinds
from landrelease.geometry import distances_m, touching, windows
from landrelease.register import geopackage, layers
from landrelease.register.outlines import drawn, redrawn
from landrelease.register.shapes import from_geojson
from landrelease.register.state import bounds, of_kind, standing

_AREAS = "hazardous_area"
#: The records of outside edits that wait; an edit may have changed or emptied the id in its row.
_EDITED = """
SELECT record_id FROM outside_edit WHERE NOT reviewed
UNION SELECT before ->> '$.record_id' FROM outside_edit WHERE NOT reviewed
"""

Found = list[tuple[str, float]]


class Place(NamedTuple):
    """A point and how far around it is asked."""

    longitude: float
    latitude: float
    radius_m: float


def within(connection: sqlite3.Connection, place: Place) -> Found:
    """Return record ids with their distance in metres, nearest first; 0 inside a polygon.

    Areas whose outline is not the polygon in the layer are measured one by one. What another
    program moved or took off the layer is near its recorded place too, until a person has reviewed
    the edit.
    """
    outlines = redrawn(connection, None, None)
    found = _measured(place, list(outlines), list(outlines.values()))
    for kind in _placed_kinds():
        rows = [row for row in _candidates(connection, kind, place) if row[0] not in outlines]
        shapes = dict(
            zip((key for key, _ in rows), geopackage.decode([b for _, b in rows]), strict=True)
        )
        drawn_so = {key: shape for key, shape in shapes.items() if shape is not None}
        found += _measured(place, list(drawn_so), list(drawn_so.values()))
        found += _measured_as_recorded(connection, place, [k for k in shapes if k not in drawn_so])
    edited = sorted(_edited_outside(connection) - outlines.keys())
    found += _measured_as_recorded(connection, place, edited)
    return _nearest_first(_each_once(found))


def _edited_outside(connection: sqlite3.Connection) -> set[str]:
    """Records whose row another program changed or deleted, and nobody reviewed that."""
    rows = connection.execute(_EDITED).fetchall()
    return {record_id for (record_id,) in rows if record_id is not None}


def _measured_as_recorded(
    connection: sqlite3.Connection, place: Place, record_ids: Sequence[str]
) -> Found:
    """Measure what the ledger drew, where the layer is not to be trusted or holds no geometry."""
    rows = connection.execute(
        "SELECT r.record_id, e.body -> '$.geometry' FROM record AS r"
        " JOIN entry AS e ON e.entry_no = r.current_entry_no"
        " WHERE r.record_id IN (SELECT value FROM json_each(?))"
        " AND json_type(e.body, '$.geometry') = 'object'",
        (orjson.dumps(list(record_ids)).decode(),),
    ).fetchall()
    shapes = from_geojson([orjson.loads(text) for _, text in rows])
    return _measured(place, [record_id for record_id, _ in rows], shapes)


def within_at(
    connection: sqlite3.Connection, place: Place, as_of: str | None, known_at: str | None
) -> Found:
    """Return the same as it was on a date, which no index holds: all bounds are looked at."""
    outlines = drawn(connection, as_of, known_at)
    found = _measured(place, list(outlines), list(outlines.values()))
    for kind in _placed_kinds():
        if kind == _AREAS:
            continue
        rows = connection.execute(
            "SELECT r.record_id, e.body -> '$.geometry'"
            f" FROM ({standing(of_kind(kind))}) AS s JOIN record AS r USING (record_no)"
            " JOIN entry AS e USING (entry_no) WHERE json_type(e.body, '$.geometry') = 'object'",
            bounds(as_of, known_at),
        ).fetchall()
        shapes = from_geojson([orjson.loads(text) for _, text in rows])
        found += _measured(place, [record_id for record_id, _ in rows], shapes)
    return _nearest_first(found)


def _placed_kinds() -> list[str]:
    return [spec.name for spec in kinds().values() if spec.has_geometry]


def _nearest_first(found: Found) -> Found:
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def _each_once(found: Found) -> Found:
    """The least distance of each record."""
    nearest: dict[str, float] = {}
    for record_id, metres in found:
        nearest[record_id] = min(metres, nearest.get(record_id, metres))
    return list(nearest.items())


def _candidates(connection: sqlite3.Connection, kind: str, place: Place) -> list[tuple[str, bytes]]:
    """Rows whose bounds come near enough, each once, on both sides of the 180th meridian."""
    found: dict[str, bytes] = {}
    for box in windows(*place):
        sql = f"SELECT l.record_id, l.geom FROM {layers.touching(kind)}"
        found.update(connection.execute(sql, layers.sides(box)).fetchall())
    return list(found.items())


def _measured(place: Place, record_ids: Sequence[str], shapes: Iterable[shapely.Geometry]) -> Found:
    drawn_so = np.array(list(shapes), dtype=object)
    near = np.flatnonzero(touching(drawn_so, windows(*place)))
    metres = distances_m(place.longitude, place.latitude, drawn_so[near])
    pairs = zip(near.tolist(), metres.tolist(), strict=True)
    return [(record_ids[row], apart) for row, apart in pairs if apart <= place.radius_m]
