"""Rows without a place of their own whose records have one in the register: they need not wait.

A file says nothing of the fields that it does not carry: next month's table of statuses has no
outlines, and takes none away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from landrelease.domain.entries import Draft
from landrelease.domain.kinds import kind_spec
from landrelease.register import Record, Register
from landrelease.services.row_ids import record_ids
from landrelease.services.updating import Updating

if TYPE_CHECKING:
    from landrelease.exchange import Issue, Prepared
    from landrelease.exchange.mapping import ImportMapping
    from landrelease.exchange.prepare import PreparedRow

#: What is said of a row without a place.
ABSENT = ("geometry_missing", "geometry_empty")
_TOLD = (*ABSENT, "geometry_absent")


def placed_before(
    register: Register, prepared: Prepared, mapping: ImportMapping, set_fields: Mapping[str, Any]
) -> Prepared:
    """Let rows pass that lack nothing but a place, where the version they speak of keeps one.

    Of a row that words or a stated area place, it is only told that its record keeps its shape.
    """
    bare = [row for row in prepared.rows if any(one.code in _TOLD for one in row.issues)]
    if not bare:
        return prepared
    ids = record_ids(register, bare)
    standing = {record.record_id: record for record in register.some(set(ids.values()))}
    carried = {**mapping.model_dump(exclude_defaults=True), "set": dict(set_fields)}
    updating = Updating(register, carried, prepared.layer)
    kept = {
        row.row: _kept(row)
        for row in bare
        if (record := standing.get(ids[row.row])) is not None and _keeps(updating, row, record)
    }
    return _with(prepared, kept) if kept else prepared


def _keeps(updating: Updating, row: PreparedRow, record: Record) -> bool:
    """Whether a row that waits finds a place in its record, or one that is placed a shape."""
    if row.quarantined:
        return lacks_place_alone(row) and _keeps_place(updating, row, record.record_id)
    return record.kind == row.kind and bool(record.body.get("geometry"))


def lacks_place_alone(row: PreparedRow) -> bool:
    """Whether nothing but a missing place keeps a row out."""
    return {one.code for one in row.issues if one.severity == "error"} <= set(ABSENT)


def _keeps_place(updating: Updating, row: PreparedRow, record_id: str) -> bool:
    """Whether the row, laid upon the version that it speaks of, says where the record lies."""
    before = updating.standing(record_id, row.kind, row.body, row.occurred_on)
    if before.kind != row.kind:
        return False
    silent = updating.silent_on(Draft(row.kind, row.action or "", row.body), before.body)
    places = ("geometry", *kind_spec(row.kind).needs_place)
    return any(before.body.get(name) not in (None, "") for name in places if name in silent)


def _kept(row: PreparedRow) -> PreparedRow:
    from landrelease.exchange import issue

    note = issue("geometry_kept", row.row, id=row.source_id or row.local_id)
    others = tuple(one for one in row.issues if one.code not in _TOLD)
    return row._replace(quarantined=False, issues=(*others, note))


def _with(prepared: Prepared, kept: Mapping[int, PreparedRow]) -> Prepared:
    issues: list[Issue] = [
        one for one in prepared.issues if one.row not in kept or one.code not in _TOLD
    ]
    issues += [row.issues[-1] for row in kept.values()]
    return replace(prepared, rows=[kept.get(row.row, row) for row in prepared.rows], issues=issues)
