"""Current layers: one table per kind that shows each record as it stands, for QGIS and for us.

Layers follow from the ledger. What other programs change in them is logged by triggers into
`outside_edit` and waits for a person; the row of `control` tells our own writes apart.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from landrelease.domain.canonical import canonical_json
from landrelease.domain.kinds import KindSpec, kind_spec, kinds
from landrelease.register import geopackage
from landrelease.register.inserting import insert_rows
from landrelease.terms import kept

_TYPES = {"integer": "INTEGER", "number": "DOUBLE", "boolean": "BOOLEAN"}
#: Types of fields that a column holds as JSON.
JSON_TYPES = frozenset({"codes", "links", "json"})
_OWN = ("record_id", "local_id", "entry_id", "occurred_on")


class Standing(NamedTuple):
    """What a layer shows of one record: its entry, its body without geometry, and its blob."""

    record_id: str
    entry_id: str
    occurred_on: str | None
    body: Mapping[str, Any]
    blob: bytes | None


def create_layers(connection: sqlite3.Connection) -> None:
    """Make the layer of every kind."""
    for spec in kinds().values():
        create_layer(connection, spec)


def create_layer(connection: sqlite3.Connection, spec: KindSpec) -> None:
    """Make the layer of one kind, with its index and its log of outside edits."""
    geometry = ["geom GEOMETRY"] if spec.has_geometry else []
    own = ["record_id TEXT UNIQUE", "local_id TEXT", "entry_id TEXT", "occurred_on TEXT"]
    fields = [f'"{f.name}" {_TYPES.get(f.type, "TEXT")}' for f in spec.fields.values()]
    columns = ["fid INTEGER PRIMARY KEY AUTOINCREMENT", *geometry, *own, *fields, "attributes TEXT"]
    connection.execute(f'CREATE TABLE "{spec.name}" ({", ".join(columns)})')
    register = geopackage.register_layer if spec.has_geometry else geopackage.register_attributes
    register(
        connection, spec.name, spec.plural, about="current state; the ledger holds the history"
    )
    for script in _log_triggers(spec):
        connection.execute(script)


def drop_layers(connection: sqlite3.Connection) -> None:
    """Remove every layer that a kind of the vocabulary or an older one made."""
    for table in {*kinds(), *_listed(connection)}:
        drop_layer(connection, table)


def drop_layer(connection: sqlite3.Connection, table: str) -> None:
    """Remove a layer with its index and what the file says of it."""
    connection.execute(f'DROP TABLE IF EXISTS "rtree_{table}_geom"')
    connection.execute(f'DROP TABLE IF EXISTS "{table}"')
    for system in ("gpkg_extensions", "gpkg_geometry_columns", "gpkg_contents"):
        connection.execute(f"DELETE FROM {system} WHERE table_name = ?", (table,))


def outgrown(connection: sqlite3.Connection) -> set[str]:
    """Return the layers whose columns are not those that this vocabulary asks for."""
    listed = _listed(connection)
    held = {name: _columns_of(connection, name) for name in kinds()}
    differing = {name for name in kinds() if held[name] != {"fid", *column_names(name)}}
    return differing | (listed ^ kinds().keys())


def _listed(connection: sqlite3.Connection) -> set[str]:
    return {table for (table,) in connection.execute("SELECT table_name FROM gpkg_contents")}


def _columns_of(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}


def write_rows(connection: sqlite3.Connection, kind: str, rows: Iterable[Standing]) -> None:
    """Bring the layer's rows of these records up to date; a row's ``fid`` stays.

    A kind that this vocabulary does not know has no layer here; its entries stand in the ledger.
    """
    if kind not in kinds():
        return
    spec, shown = kind_spec(kind), list(rows)
    values = [row_values(spec, row) for row in shown]
    if not spec.has_geometry:
        insert_rows(connection, kind, column_names(kind), values, _or_update(kind))
        return
    blobs = {row.record_id: row.blob for row in shown}
    with geopackage.indexed_at_once(connection, kind, blobs):
        insert_rows(connection, kind, column_names(kind), values, _or_update(kind))
    geopackage.widen(connection, kind, [row.blob for row in shown])


def remove_rows(connection: sqlite3.Connection, kind: str, record_ids: Iterable[str]) -> None:
    """Take records out of the layer that do not stand any more."""
    if kind not in kinds():
        return
    connection.executemany(
        f'DELETE FROM "{kind}" WHERE record_id = ?', [(record_id,) for record_id in record_ids]
    )


@kept
def column_names(kind: str) -> tuple[str, ...]:
    """Return the columns of a layer that follow from the ledger, in order."""
    spec = kind_spec(kind)
    geometry = ("geom",) if spec.has_geometry else ()
    return (*geometry, *_OWN, *spec.fields, "attributes")


def row_values(spec: KindSpec, row: Standing) -> tuple[Any, ...]:
    """Return a layer row's values in the order of `column_names`."""
    fields = list(map(row.body.get, spec.fields))
    for at, written in _written(spec.name):
        if (value := fields[at]) is not None:
            fields[at] = written(value)
    attributes = row.body.get("attributes")
    geometry = (row.blob,) if spec.has_geometry else ()
    own = (row.record_id, row.body.get("local_id"), row.entry_id, row.occurred_on)
    return (*geometry, *own, *fields, None if attributes is None else canonical_json(attributes))


@kept
def _written(kind: str) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """Return the places of the fields that a column cannot hold as they are, and how it does."""
    ways = dict.fromkeys(JSON_TYPES, canonical_json) | {"boolean": int}
    types = [field.type for field in kind_spec(kind).fields.values()]
    return tuple((at, ways[name]) for at, name in enumerate(types) if name in ways)


def touching(kind: str) -> str:
    """Return the SQL of the rows ``l`` of a layer, by its index, that touch the box of `sides`."""
    return (
        f'"rtree_{kind}_geom" AS x JOIN "{kind}" AS l ON l.fid = x.id'
        " WHERE l.record_id IS NOT NULL AND x.maxx >= :west AND x.minx <= :east"
        " AND x.maxy >= :south AND x.miny <= :north"
    )


def holding(kind: str) -> str:
    """Return the SQL of the rows ``l`` of a layer whose box holds one of a JSON array of places."""
    return (
        f'"{kind}" AS l WHERE l.record_id IS NOT NULL AND l.fid IN (SELECT x.id FROM'
        f' json_each(?) AS place CROSS JOIN "rtree_{kind}_geom" AS x'
        " WHERE x.minx <= place.value ->> 0 AND x.maxx >= place.value ->> 0"
        " AND x.miny <= place.value ->> 1 AND x.maxy >= place.value ->> 1)"
    )


def sides(box: tuple[float, float, float, float]) -> dict[str, float]:
    """Return the parameters of `touching` for west, south, east, north."""
    return dict(zip(("west", "south", "east", "north"), box, strict=True))


@kept
def _or_update(kind: str) -> str:
    """Where the record has a row: every column of it changes, what is left out becomes NULL."""
    changes = [f'"{n}" = excluded."{n}"' for n in column_names(kind) if n != "record_id"]
    return f"ON CONFLICT (record_id) DO UPDATE SET {', '.join(changes)}"


def _log_triggers(spec: KindSpec) -> list[str]:
    old, new = logged_row(spec, "OLD"), logged_row(spec, "NEW")
    sides = {
        "insert": ("NULL", new, "NEW"),
        "update": (old, new, "NEW"),
        "delete": (old, "NULL", "OLD"),
    }
    return [
        f'CREATE TRIGGER "{spec.name}_outside_{operation}" AFTER {operation.upper()}'
        f' ON "{spec.name}" WHEN (SELECT own_write FROM control) = 0 BEGIN'
        " INSERT INTO outside_edit (layer, operation, fid, record_id, before, after)"
        f" VALUES ('{spec.name}', '{operation}', {side}.fid, {side}.record_id, {before}, {after});"
        " END"
        for operation, (before, after, side) in sides.items()
    ]


def logged_row(spec: KindSpec, side: str) -> str:
    """Return the SQL of a layer's row as the log of outside edits holds it."""
    # json_object takes at most 127 arguments; a kind with more fields would need json_patch
    names = [name for name in column_names(spec.name) if name != "geom"]
    pairs = [f"'{name}', {side}.\"{name}\"" for name in names]
    if spec.has_geometry:
        pairs.append(f"'geom', hex({side}.geom)")
    return f"json_object({', '.join(pairs)})"
