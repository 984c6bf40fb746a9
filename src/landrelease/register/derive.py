"""From new entries to what follows from them: records, versions, heads and layers."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.domain.actions import ENDED
from landrelease.domain.entries import Entry
from landrelease.domain.kinds import LAND_KINDS
from landrelease.domain.words import join
from landrelease.geometry import area_m2
from landrelease.register import geopackage
from landrelease.register.dating import period_of_entry, redate
from landrelease.register.inserting import insert_rows
from landrelease.register.layers import Standing, remove_rows, write_rows
from landrelease.register.shapes import from_geojson
from landrelease.register.state import (
    ALL,
    CLOSING,
    REOPENING,
    STATE,
    VOID,
    microseconds,
    standing,
)
from landrelease.register.unseen import settle_touched
from landrelease.register.words import TEXT

#: Kinds whose shapes answer questions about land.
_SHAPED_KINDS = LAND_KINDS | {"district"}
_LAND_FIELDS = ("local_id", "hazard_kind", "status", "method", "stated_area_m2", "district")
_LAND_COLUMNS = ("entry_no", *_LAND_FIELDS, "undated", "split_from", "shape")

#: Columns of `version` in the order of `version_values`; the days come last.
VERSION_COLUMNS = (
    "entry_no",
    "entry_id",
    "recorded_us",
    "received_us",
    "role",
    "area",
    "area_m2",
    "effective_day",
    "first_day",
    "last_day",
)


#: The local id of the last state of the record ``r``: that by which one that was voided still goes.
LAST_LOCAL_ID = f"""
(SELECT e.body ->> '$.local_id' FROM version AS v JOIN entry AS e USING (entry_no)
 WHERE v.record_no = r.record_no AND v.role < {VOID}
 ORDER BY v.effective_day DESC, v.recorded_us DESC, v.entry_id DESC LIMIT 1)
"""


class Entered(NamedTuple):
    """An entry with its place in this file, its body and its shape."""

    entry_no: int
    entry: Entry
    body: Mapping[str, Any]
    shape: Any


def entered(
    numbered: Sequence[tuple[int, Entry]], bodies: Sequence[Mapping[str, Any]]
) -> list[Entered]:
    """Read the shapes of entries with their bodies."""
    shapes = from_geojson([body.get("geometry") for body in bodies])
    return [
        Entered(number, entry, body, shape)
        for (number, entry), body, shape in zip(numbered, bodies, shapes, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Shapes:
    """Geometries, blobs and areas in m² (None where there is no polygon) of a batch."""

    geometries: NDArray[Any]
    blobs: Sequence[bytes | None]
    areas_m2: Sequence[float | None]


def derive(connection: sqlite3.Connection, batch: Sequence[Entered]) -> None:
    """Bring records, versions and layers up to date with new entries."""
    if not batch:
        return
    numbers = _number_records(connection, batch)
    shapes = _shapes(batch)
    _insert_versions(connection, batch, numbers, shapes)
    insert_rows(connection, "land", _LAND_COLUMNS, land_rows(batch, shapes.geometries))
    touched = {numbers[e.entry.record_id] for e in batch}
    touched |= _insert_voids(connection, batch, numbers)
    _fill_touched(connection, touched)
    redate(connection, [e.entry for e in batch])
    _mark_voided(connection)
    settle_touched(connection)
    _refresh(connection, batch, shapes)


def land_rows(batch: Sequence[Entered], geometries: NDArray[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of `land` that follow from entries."""
    places = [at for at, e in enumerate(batch) if e.entry.kind in _SHAPED_KINDS]
    shapes = shapely.to_wkb(geometries[places], byte_order=1) if places else ()
    return [
        (
            batch[at].entry_no,
            *[batch[at].body.get(name) for name in _LAND_FIELDS],
            batch[at].entry.occurred_on is None,
            _parents(batch[at].body),
            shape,
        )
        for at, shape in zip(places, shapes, strict=True)
    ]


def _parents(body: Mapping[str, Any]) -> str | None:
    """The areas that one was split from, as JSON."""
    return json.dumps(body["split_from"]) if body.get("split_from") else None


def due(batch: Sequence[Entered]) -> tuple[Sequence[float | None], list[tuple[Any, ...]]]:
    """Return what entries must have: their areas in m² and their rows of `land`."""
    geometries = _geometries(batch)
    return _areas_m2(batch, geometries), land_rows(batch, geometries)


def _geometries(batch: Sequence[Entered]) -> NDArray[Any]:
    return np.array([e.shape for e in batch], dtype=object)


def _shapes(batch: Sequence[Entered]) -> _Shapes:
    geometries = _geometries(batch)
    return _Shapes(geometries, geopackage.encode(geometries), _areas_m2(batch, geometries))


def _areas_m2(batch: Sequence[Entered], geometries: NDArray[Any]) -> Sequence[float | None]:
    polygonal = np.isin(shapely.get_type_id(geometries), (3, 6))
    polygonal &= np.array([e.entry.kind in LAND_KINDS for e in batch])
    areas: list[float | None] = [None] * len(batch)
    places = np.flatnonzero(polygonal)
    if len(places):
        for place, area in zip(places, np.atleast_1d(area_m2(geometries[places])), strict=True):
            areas[place] = float(area)
    return areas


def _number_records(connection: sqlite3.Connection, batch: Sequence[Entered]) -> dict[str, int]:
    wanted: dict[str, tuple[str, str | None]] = {}
    for e in batch:
        if e.entry.import_id is not None:
            wanted.setdefault(e.entry.import_id, ("import", None))
    for e in batch:
        wanted[e.entry.record_id] = (e.entry.kind, e.body.get("local_id"))
    known = record_numbers(connection, wanted)
    new = [(record_id, *wanted[record_id]) for record_id in wanted if record_id not in known]
    start = connection.execute("SELECT coalesce(max(record_no), 0) + 1 FROM record").fetchone()[0]
    rows = [(start + i, *row) for i, row in enumerate(new)]
    insert_rows(connection, "record", ("record_no", "record_id", "kind", "local_id"), rows)
    known.update((row[0], start + i) for i, row in enumerate(new))
    return known


def record_numbers(connection: sqlite3.Connection, record_ids: Iterable[str]) -> dict[str, int]:
    """Return the numbers of those records that there are."""
    rows = connection.execute(
        "SELECT record_id, record_no FROM record"
        " WHERE record_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(record_ids)),),
    )
    return dict(rows.fetchall())


def _insert_versions(
    connection: sqlite3.Connection,
    batch: Sequence[Entered],
    numbers: Mapping[str, int],
    shapes: _Shapes,
) -> None:
    rows = [
        (
            numbers[e.entry.record_id],
            None if e.entry.import_id is None else numbers[e.entry.import_id],
            *version_values(e, shapes.areas_m2[at]),
        )
        for at, e in enumerate(batch)
    ]
    insert_rows(connection, "version", ("record_no", "import_no", *VERSION_COLUMNS), rows)


def version_values(e: Entered, area_m2: float | None) -> tuple[Any, ...]:
    """Return a version's values that follow from its entry alone, as `VERSION_COLUMNS`."""
    period = period_of_entry(e.entry, e.body.get("status"))
    return (
        e.entry_no,
        e.entry.entry_id,
        microseconds(e.entry.recorded_at),
        microseconds(e.entry.received_at),
        _role(e),
        e.body.get("area") if e.entry.kind in LAND_KINDS else None,
        area_m2,
        period.effective_day,
        period.first_day,
        period.last_day,
    )


def _role(e: Entered) -> int:
    if e.entry.action == "record.voided":
        return VOID
    if e.entry.action == "hazardous_area.reopened":
        return REOPENING
    closed = e.entry.kind == "hazardous_area" and e.body.get("status") in ENDED
    return CLOSING if closed else STATE


def _insert_voids(
    connection: sqlite3.Connection, batch: Sequence[Entered], numbers: Mapping[str, int]
) -> set[int]:
    scopes = {"record.voided": "record", "import.voided": "import"}
    rows = [
        (
            scopes[e.entry.action],
            numbers[e.entry.record_id],
            microseconds(e.entry.recorded_at),
            microseconds(e.entry.received_at),
        )
        for e in batch
        if e.entry.action in scopes
    ]
    connection.executemany("INSERT INTO undone VALUES (?, ?, ?, ?)", rows)
    undone_imports = [number for scope, number, *_ in rows if scope == "import"]
    if not undone_imports:
        return set()
    found = connection.execute(
        "SELECT DISTINCT record_no FROM version"
        " WHERE import_no IN (SELECT value FROM json_each(?))",
        (json.dumps(undone_imports),),
    )
    return {number for (number,) in found}


def _fill_touched(connection: sqlite3.Connection, touched: set[int]) -> None:
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (record_no INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM touched")
    connection.executemany("INSERT INTO touched VALUES (?)", [(n,) for n in sorted(touched)])


def _mark_voided(connection: sqlite3.Connection) -> None:
    if connection.execute("SELECT 1 FROM undone LIMIT 1").fetchone() is None:
        return
    # a void takes out the versions recorded until then; a later one brings the record back
    connection.execute(
        "UPDATE version SET voided_us = (SELECT min(u.received_us) FROM undone AS u"
        " WHERE version.recorded_us <= u.recorded_us"
        " AND ((u.scope = 'record' AND u.target_no = version.record_no)"
        "   OR (u.scope = 'import' AND u.target_no = version.import_no)))"
        " WHERE record_no IN (SELECT record_no FROM touched)"
    )


def _refresh(connection: sqlite3.Connection, batch: Sequence[Entered], shapes: _Shapes) -> None:
    here = {e.entry_no: at for at, e in enumerate(batch)}
    write: dict[str, list[Standing]] = defaultdict(list)
    remove: dict[str, list[str]] = defaultdict(list)
    elsewhere: list[int] = []
    touched = _touched_now(connection)
    for _, record_id, kind, entry_no in touched:
        if entry_no is None:
            remove[kind].append(record_id)
        elif (at := here.get(entry_no)) is None:
            elsewhere.append(entry_no)
        else:
            write[kind].append(_standing(batch[at], shapes.blobs[at]))
    for kind, row in standing_rows(connection, elsewhere):
        write[kind].append(row)
    local_ids = {row.record_id: row.body.get("local_id") for rows in write.values() for row in rows}
    connection.executemany(
        "UPDATE record SET current_entry_no = ?, local_id = ? WHERE record_no = ?",
        [(entry_no, local_ids.get(key), number) for number, key, _, entry_no in touched],
    )
    _name_fallen(connection, [number for number, *_, entry_no in touched if entry_no is None])
    _keep_former_ids(connection)
    for kind, rows in write.items():
        write_rows(connection, kind, rows)
    for kind, ids in remove.items():
        remove_rows(connection, kind, ids)


def _name_fallen(connection: sqlite3.Connection, record_nos: Sequence[int]) -> None:
    """Let records that do not stand any more go by the local id of their last state."""
    connection.execute(
        f"UPDATE record AS r SET local_id = {LAST_LOCAL_ID}"
        " WHERE record_no IN (SELECT value FROM json_each(?))",
        (json.dumps(record_nos),),
    )


def _keep_former_ids(connection: sqlite3.Connection) -> None:
    """Keep the local ids of touched records that versions gave them and they go by no more."""
    connection.execute("DELETE FROM former_id WHERE record_no IN (SELECT record_no FROM touched)")
    connection.execute(
        "INSERT INTO former_id SELECT DISTINCT e.body ->> '$.local_id' AS called, r.record_no"
        " FROM touched CROSS JOIN record AS r USING (record_no)"
        " CROSS JOIN version AS v USING (record_no)"
        f" CROSS JOIN entry AS e USING (entry_no) WHERE v.role < {VOID} AND v.voided_us IS NULL"
        " AND (SELECT count(*) FROM version AS o WHERE o.record_no = r.record_no) > 1"
        " AND called IS NOT NULL AND called IS NOT r.local_id"
    )


def name_anew(connection: sqlite3.Connection) -> None:
    """Tell by which local ids all records go or went, from their versions."""
    fallen = connection.execute("SELECT record_no FROM record WHERE current_entry_no IS NULL")
    _name_fallen(connection, [number for (number,) in fallen])
    query = "SELECT record_no FROM version GROUP BY record_no HAVING count(*) > 1"
    _fill_touched(connection, {number for (number,) in connection.execute(query)})
    _keep_former_ids(connection)


def _touched_now(
    connection: sqlite3.Connection,
) -> list[tuple[int, str, str, int | None]]:
    query = (
        "SELECT record_no, entry_no"
        f" FROM ({standing('r.record_no IN (SELECT record_no FROM touched)')})"
    )
    stands = dict(connection.execute(query, ALL).fetchall())
    rows = connection.execute(
        "SELECT record_no, record_id, kind FROM touched JOIN record USING (record_no)"
        " ORDER BY record_no"
    )
    return [(*row, stands.get(row[0])) for row in rows]


def standing_rows(
    connection: sqlite3.Connection, entry_nos: Sequence[int]
) -> Iterator[tuple[str, Standing]]:
    """Yield the kind and the layer row of entries that the ledger already holds."""
    if not entry_nos:
        return
    rows = connection.execute(
        f"SELECT e.kind, e.record_id, e.entry_id, e.occurred_on, e.body, {TEXT} FROM entry AS e"
        " WHERE e.entry_no IN (SELECT value FROM json_each(?))",
        (json.dumps(list(entry_nos)),),
    ).fetchall()
    bodies = [join(row[-2], None, None, row[-1]).body for row in rows]
    blobs = geopackage.encode(from_geojson([body.get("geometry") for body in bodies]))
    for (kind, record_id, entry_id, occurred_on, *_), body, blob in zip(
        rows, bodies, blobs, strict=True
    ):
        yield kind, Standing(record_id, entry_id, occurred_on, body, blob)


def _standing(e: Entered, blob: bytes | None) -> Standing:
    return Standing(e.entry.record_id, e.entry.entry_id, e.entry.occurred_on, e.body, blob)
