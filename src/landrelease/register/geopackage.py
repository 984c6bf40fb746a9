"""The GeoPackage form (OGC 12-128r18): system tables, geometry blobs, spatial index.

Everything is made by SQL of our own, so that the register needs nothing but the standard library
and other programs (QGIS, GDAL) open and edit the file.
"""

from __future__ import annotations

import json
import re
import sqlite3
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeGuard

import numpy as np
import shapely
from numpy.typing import NDArray

APPLICATION_ID = 0x47504B47  # "GPKG"
USER_VERSION = 10300  # GeoPackage 1.3.0
WGS84 = 4326

_HEADER = struct.Struct("<2sBBi")
_ENVELOPE = struct.Struct("<4d")
#: From so many rows on, the index is written after them.
_MANY_ROWS = 500
_ENVELOPE_SIZE = (0, 32, 48, 48, 64)
_SHORTEST_WKB = 9  # order of bytes, type, and a count of nothing
_WITH_ENVELOPE = _HEADER.pack(b"GP", 0, 0b0000_0011, WGS84)
_EMPTY = _HEADER.pack(b"GP", 0, 0b0001_0001, WGS84)

_WKT_84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)

SYSTEM_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
"""

# Triggers of GeoPackage 1.4: those of 1.3 fail when a row is written by an upsert.
_RTREE = 'CREATE VIRTUAL TABLE "rtree_{t}_geom" USING rtree(id, minx, maxx, miny, maxy)'
_RTREE_TRIGGERS = """
CREATE TRIGGER "rtree_{t}_geom_insert" AFTER INSERT ON "{t}"
  WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN INSERT OR REPLACE INTO "rtree_{t}_geom" VALUES (NEW.fid, {box}); END;
CREATE TRIGGER "rtree_{t}_geom_update6" AFTER UPDATE OF geom ON "{t}"
  WHEN OLD.fid = NEW.fid AND (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
    AND (OLD.geom NOT NULL AND NOT ST_IsEmpty(OLD.geom))
BEGIN UPDATE "rtree_{t}_geom" SET minx = ST_MinX(NEW.geom), maxx = ST_MaxX(NEW.geom),
  miny = ST_MinY(NEW.geom), maxy = ST_MaxY(NEW.geom) WHERE id = NEW.fid; END;
CREATE TRIGGER "rtree_{t}_geom_update7" AFTER UPDATE OF geom ON "{t}"
  WHEN OLD.fid = NEW.fid AND (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
    AND (OLD.geom IS NULL OR ST_IsEmpty(OLD.geom))
BEGIN INSERT INTO "rtree_{t}_geom" VALUES (NEW.fid, {box}); END;
CREATE TRIGGER "rtree_{t}_geom_update2" AFTER UPDATE OF geom ON "{t}"
  WHEN OLD.fid = NEW.fid AND (NEW.geom IS NULL OR ST_IsEmpty(NEW.geom))
BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD.fid; END;
CREATE TRIGGER "rtree_{t}_geom_update5" AFTER UPDATE ON "{t}"
  WHEN OLD.fid != NEW.fid AND (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD.fid;
  INSERT OR REPLACE INTO "rtree_{t}_geom" VALUES (NEW.fid, {box}); END;
CREATE TRIGGER "rtree_{t}_geom_update4" AFTER UPDATE ON "{t}"
  WHEN OLD.fid != NEW.fid AND (NEW.geom IS NULL OR ST_IsEmpty(NEW.geom))
BEGIN DELETE FROM "rtree_{t}_geom" WHERE id IN (OLD.fid, NEW.fid); END;
CREATE TRIGGER "rtree_{t}_geom_delete" AFTER DELETE ON "{t}" WHEN OLD.geom NOT NULL
BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD.fid; END;
"""
_BOX = "ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)"


def create_system_tables(connection: sqlite3.Connection) -> None:
    """Make the tables that every GeoPackage has."""
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={USER_VERSION}")
    run_script(connection, SYSTEM_TABLES)
    connection.executemany(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)",
        [
            ("Undefined Cartesian", -1, "NONE", -1, "undefined", "no reference system"),
            ("Undefined geographic", 0, "NONE", 0, "undefined", "no reference system"),
            ("WGS 84", WGS84, "EPSG", WGS84, _WKT_84, "longitude and latitude in degrees"),
        ],
    )


def register_layer(connection: sqlite3.Connection, table: str, label: str, *, about: str) -> None:
    """Name a table with a ``geom`` column as a map layer, with a spatial index."""
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
        " VALUES (?, 'features', ?, ?, ?)",
        (table, label, about, WGS84),
    )
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?, 0, 0)",
        (table, WGS84),
    )
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index',"
        " 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        (table,),
    )
    connection.execute(_RTREE.format(t=table))
    run_script(connection, _RTREE_TRIGGERS.format(t=table, box=_BOX))


@contextmanager
def indexed_at_once(
    connection: sqlite3.Connection, table: str, written: Mapping[str, bytes | None]
) -> Iterator[None]:
    """Write many rows of a layer inside the block; they are put into its spatial index after it.

    The triggers of the index call five functions for each row, which takes several times as long
    as the row itself. They are away inside the block only, in the transaction that is open.

    Parameters
    ----------
    written : mapping
        Record id → geometry blob of the rows that the block writes.
    """
    if len(written) < _MANY_ROWS:
        yield
        return
    triggers = _RTREE_TRIGGERS.format(t=table, box=_BOX)
    for name in re.findall(r'CREATE TRIGGER ("\w+")', triggers):
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
    yield
    run_script(connection, triggers)
    _index(connection, table, written)


def _index(connection: sqlite3.Connection, table: str, written: Mapping[str, bytes | None]) -> None:
    rows = connection.execute(
        f'SELECT fid, record_id FROM "{table}" WHERE record_id IN (SELECT value FROM json_each(?))',
        (json.dumps(list(written)),),
    ).fetchall()
    boxes = [(fid, _box_of(written[record_id])) for fid, record_id in rows]
    index = f'"rtree_{table}_geom"'
    connection.executemany(
        f"DELETE FROM {index} WHERE id = ?", [(fid,) for fid, box in boxes if box is None]
    )
    connection.executemany(
        f"INSERT OR REPLACE INTO {index} VALUES (?, ?, ?, ?, ?)",
        [(fid, *box) for fid, box in boxes if box is not None],
    )


def _box_of(blob: bytes | None) -> tuple[float, ...] | None:
    """West, east, south and north of a blob of ours; None where it holds no geometry."""
    return _ENVELOPE.unpack_from(blob, 8) if blob and blob[3] >> 1 & 7 else None


def widen(connection: sqlite3.Connection, table: str, blobs: Sequence[bytes | None]) -> None:
    """Widen the extent that a layer tells other programs by what was written into it.

    It never shrinks: a larger extent than the layer's is allowed, a smaller one hides features.
    """
    boxes = [box for box in map(_box_of, blobs) if box]
    if not boxes:
        return
    west, east, south, north = (list(side) for side in zip(*boxes, strict=True))
    box = (min(west), min(south), max(east), max(north))
    told = connection.execute(
        "SELECT min_x FROM gpkg_contents WHERE table_name = ?", (table,)
    ).fetchone()
    if told == (None,):  # also what an older version wrote and did not tell
        index = f'SELECT min(minx), min(miny), max(maxx), max(maxy) FROM "rtree_{table}_geom"'
        box = connection.execute(index).fetchone()
    connection.execute(
        "UPDATE gpkg_contents SET min_x = min(coalesce(min_x, ?1), ?1),"
        " min_y = min(coalesce(min_y, ?2), ?2), max_x = max(coalesce(max_x, ?3), ?3),"
        " max_y = max(coalesce(max_y, ?4), ?4),"
        " last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') WHERE table_name = ?5",
        (*box, table),
    )


def register_attributes(
    connection: sqlite3.Connection, table: str, label: str, *, about: str
) -> None:
    """Name a table without geometry, so that other programs list it."""
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description)"
        " VALUES (?, 'attributes', ?, ?)",
        (table, label, about),
    )


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run several statements inside the transaction that is open.

    ``executescript`` commits first, which would break all or nothing.
    """
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def encode(geometries: NDArray[Any]) -> list[bytes | None]:
    """Return the GeoPackage blob of each geometry, None for none.

    Parameters
    ----------
    geometries : ndarray of shapely geometries or None

    Examples
    --------
    >>> blob, nothing = encode(np.array([shapely.Point(17.5, 44.5), None]))
    >>> decode([blob])[0].x, nothing
    (17.5, None)
    """
    if not len(geometries):
        return []
    wkb = shapely.to_wkb(geometries, byte_order=1)
    boxes = np.ascontiguousarray(shapely.bounds(geometries)[:, [0, 2, 1, 3]], "<f8").tobytes()
    empty = shapely.is_empty(geometries)
    return [
        None
        if body is None
        else (_EMPTY if empty[i] else _WITH_ENVELOPE + boxes[32 * i : 32 * i + 32]) + body
        for i, body in enumerate(wkb)
    ]


def decode(blobs: Sequence[bytes | None]) -> NDArray[Any]:
    """Return shapely geometries of GeoPackage blobs, None for None and for what is no geometry."""
    found: NDArray[Any] = shapely.from_wkb([wkb_of(b) for b in blobs], on_invalid="ignore")
    return found


def wkb_of(blob: bytes | None) -> bytes | None:
    """Return the WKB inside a GeoPackage blob; None where another program wrote something else."""
    if not _is_blob(blob):
        return None
    return blob[8 + _ENVELOPE_SIZE[blob[3] >> 1 & 7] :]


def _is_blob(value: Any) -> TypeGuard[bytes]:
    """Whether a value has the header of a GeoPackage geometry, and something behind it."""
    if not isinstance(value, bytes) or value[:2] != b"GP" or len(value) <= _HEADER.size:
        return False
    envelope = value[3] >> 1 & 7
    return (
        envelope < len(_ENVELOPE_SIZE)
        and len(value) >= _HEADER.size + _ENVELOPE_SIZE[envelope] + _SHORTEST_WKB
    )


def register_functions(connection: sqlite3.Connection) -> None:
    """Give the connection the five functions that the triggers of a spatial index call."""
    connection.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)
    for name, place in (("ST_MinX", 0), ("ST_MaxX", 1), ("ST_MinY", 2), ("ST_MaxY", 3)):
        connection.create_function(name, 1, _bound(place), deterministic=True)


def _is_empty(blob: bytes | None) -> int | None:
    """What is no geometry has no place in the index, as an empty one."""
    if blob is None:
        return None
    return blob[3] >> 4 & 1 if _is_blob(blob) else 1


def _bound(place: int) -> Callable[[bytes | None], float | None]:
    little, big = struct.Struct("<d"), struct.Struct(">d")
    offset = 8 + 8 * place

    def bound(blob: bytes | None) -> float | None:
        if not _is_blob(blob):
            return None
        if not blob[3] >> 1 & 7:  # written by another program, without an envelope
            west, south, east, north = shapely.bounds(decode([blob])[0])
            return float((west, east, south, north)[place])
        value: float = (little if blob[3] & 1 else big).unpack_from(blob, offset)[0]
        return value

    return bound
