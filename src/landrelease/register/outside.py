"""Edits that other programs made to a layer: a person adopts them or undoes them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

import shapely

from landrelease.domain.actions import ENDED
from landrelease.domain.canonical import canonical_json
from landrelease.domain.entries import Draft
from landrelease.domain.kinds import FieldSpec, kind_spec
from landrelease.errors import FieldError, NotFoundError
from landrelease.register import geopackage
from landrelease.register.contract import OutsideEdit
from landrelease.register.derive import standing_rows
from landrelease.register.layers import JSON_TYPES, write_rows
from landrelease.register.words import current_body

_COLUMNS = "edit_id, layer, operation, record_id, before, after, edited_at, fid"


def pending(connection: sqlite3.Connection) -> list[OutsideEdit]:
    """Return edits that nobody has reviewed, oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM outside_edit WHERE NOT reviewed ORDER BY edit_id"
    )
    return [_edit(row) for row in rows]


def one(connection: sqlite3.Connection, edit_id: int) -> OutsideEdit:
    """Return an edit that waits.

    Raises
    ------
    NotFoundError
        There is none of this number, or it was reviewed.
    """
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM outside_edit WHERE NOT reviewed AND edit_id = ?", (edit_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError("edit_unknown", f"no outside edit {edit_id} waits")
    return _edit(row)


def adoption(connection: sqlite3.Connection, edit: OutsideEdit, reason: str) -> Draft:
    """Return the draft that takes an edit into the ledger; a deleted row voids its record."""
    if edit.operation == "delete":
        return Draft(edit.layer, "record.voided", record_id=edit.record_id, reason=reason)
    before = current_body(connection, edit.record_id)
    after = _changed(dict(before), edit)
    return Draft(
        edit.layer,
        "outside_edit.adopted",
        after,
        edit.record_id,
        _happened(edit, ends=before.get("status") != after.get("status") in ENDED),
        reason=reason,
    )


def _happened(edit: OutsideEdit, *, ends: bool) -> str | None:
    """The date in the row; of an ending only if it was changed with it, not that of the report."""
    was, now = ((row or {}).get("occurred_on") for row in (edit.before, edit.after))
    return None if ends and was == now else now


def rejection(connection: sqlite3.Connection, edit: OutsideEdit, reason: str) -> Draft:
    """Return the draft that notes an undone edit; it stands in the register's own record."""
    register_id = connection.execute("SELECT register_id FROM register_info").fetchone()[0]
    told = canonical_json({"layer": edit.layer, "before": edit.before, "after": edit.after})
    return Draft(
        "register",
        "outside_edit.rejected",
        current_body(connection, register_id),
        register_id,
        quote=None if kind_spec(edit.layer).personal else told,
        reason=reason,
    )


def settle(connection: sqlite3.Connection, edit: OutsideEdit) -> None:
    """Make the layer say what the ledger says and mark the edit as reviewed."""
    sides = [side or {} for side in (edit.before, edit.after)]
    was, now = (side.get("record_id") for side in sides)
    if was is not None and was != now:
        _give_back(connection, edit, was)
    connection.execute(
        f'DELETE FROM "{edit.layer}" WHERE fid = ? AND (record_id IS NULL OR record_id NOT IN'
        " (SELECT record_id FROM record WHERE kind = ? AND current_entry_no IS NOT NULL))",
        (edit.fid, edit.layer),
    )
    _clear_what_is_none(connection, edit)
    _show(connection, edit, {edit.record_id, was, now} - {None})
    if kind_spec(edit.layer).has_geometry:  # a row that was replaced leaves its place in the index
        connection.execute(
            f'DELETE FROM "rtree_{edit.layer}_geom" WHERE id NOT IN'
            f' (SELECT fid FROM "{edit.layer}")'
        )
    # what was typed about a person goes with the review: it stands in the second file, or nowhere
    clear = ", before = NULL, after = NULL" if kind_spec(edit.layer).personal else ""
    connection.execute(
        f"UPDATE outside_edit SET reviewed = 1{clear} WHERE edit_id = ?", (edit.edit_id,)
    )


def _clear_what_is_none(connection: sqlite3.Connection, edit: OutsideEdit) -> None:
    """Empty a cell that holds no geometry, and its place in the index with it."""
    if not kind_spec(edit.layer).has_geometry:
        return
    query = f'SELECT geom FROM "{edit.layer}" WHERE fid = ? AND geom IS NOT NULL'
    row = connection.execute(query, (edit.fid,)).fetchone()
    if row is not None and geopackage.wkb_of(row[0]) is None:
        connection.execute(f'UPDATE "{edit.layer}" SET geom = NULL WHERE fid = ?', (edit.fid,))


def _give_back(connection: sqlite3.Connection, edit: OutsideEdit, record_id: str) -> None:
    """Let a row whose record id was changed be that record's again, if it has no other."""
    connection.execute(
        f'UPDATE "{edit.layer}" SET record_id = ?1 WHERE fid = ?2 AND NOT EXISTS'
        f' (SELECT 1 FROM "{edit.layer}" WHERE record_id = ?1)',
        (record_id, edit.fid),
    )


def _show(connection: sqlite3.Connection, edit: OutsideEdit, record_ids: set[Any]) -> None:
    """Write the rows of these records as they stand, and of those that a replaced row hid.

    A record whose row another edit took away waits for the review of that edit.
    """
    found = connection.execute(
        "SELECT r.current_entry_no FROM record AS r"
        " WHERE r.kind = ?1 AND r.current_entry_no IS NOT NULL"
        " AND (r.record_id IN (SELECT value FROM json_each(?2)) OR ("
        f' NOT EXISTS (SELECT 1 FROM "{edit.layer}" AS l WHERE l.record_id = r.record_id)'
        " AND NOT EXISTS (SELECT 1 FROM outside_edit AS o WHERE NOT o.reviewed"
        " AND o.layer = ?1 AND o.edit_id != ?3"
        " AND r.record_id IN (o.record_id, o.before ->> '$.record_id'))))",
        (edit.layer, json.dumps(sorted(record_ids)), edit.edit_id),
    ).fetchall()
    rows = standing_rows(connection, [number for (number,) in found])
    write_rows(connection, edit.layer, [row for _, row in rows])


def _edit(row: tuple[Any, ...]) -> OutsideEdit:
    number, layer, operation, record_id, before, after, edited_at, fid = row
    return OutsideEdit(
        number, layer, operation, record_id, _loaded(before), _loaded(after), edited_at, fid
    )


def _loaded(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _changed(body: dict[str, Any], edit: OutsideEdit) -> dict[str, Any]:
    before, after = edit.before or {}, edit.after or {}
    spec = kind_spec(edit.layer)
    for name, value in after.items():
        if value == before.get(name):
            continue
        if name == "geom":
            body["geometry"] = _geometry(value)
        elif name == "local_id" or name in spec.fields:
            body[name] = value if name == "local_id" else _value(spec.fields[name], value)
    return {name: value for name, value in body.items() if value is not None}


def _value(field: FieldSpec, value: Any) -> Any:
    if value is not None and field.type in JSON_TYPES:
        return json.loads(value)
    return value


def _geometry(blob: str | None) -> Mapping[str, Any] | None:
    if not blob:
        return None
    shape = geopackage.decode([bytes.fromhex(blob)])[0]
    if shape is None:
        raise FieldError("geometry", blob[:40], "is no geometry", "undo the edit, and draw it anew")
    found: Mapping[str, Any] = json.loads(shapely.to_geojson(shapely.force_2d(shape)))
    return found
