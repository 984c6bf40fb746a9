"""Rows that are new by their id, and mean a record that a person voided: by its look, its ground.

A file that writes an id in other letters, or changes a cell of a row without an id, brings no
voided release back: land would leave in silence. Such a release waits for a person; a hazard that
comes so is taken in and told, since one too many harms less than one too few.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import shapely

from landrelease.domain.entries import Entry
from landrelease.domain.folding import folded_id
from landrelease.register import Record, Register
from landrelease.services.continuing import continued, find_voided
from landrelease.services.row_ids import never_held
from landrelease.services.updating import Updating
from landrelease.services.voided import StaysVoid, leave_void, who_voided

if TYPE_CHECKING:
    from landrelease.exchange import Issue, Prepared
    from landrelease.exchange.prepare import PreparedRow

#: Kinds of which a record takes ground from a hazard.
_TAKING = ("land_release_product", "resurvey")
#: Kinds of which two on the very same ground are hardly two.
_OF_GROUND = (*_TAKING, "hazardous_area")


class _Voided(NamedTuple):
    """A record as it was before a person voided it, and the entry that did."""

    record: Record
    entry: Entry


def leave_void_again(
    register: Register, prepared: Prepared, updating: Updating, share: float | None
) -> tuple[Prepared, list[StaysVoid]]:
    """Put new rows to wait that release again what was voided; list those that repeat a record.

    ``share`` of the ground tells which record a row without an id means, where the mapping asks
    for that.
    """
    kinds = {row.kind for row in prepared.rows if not row.quarantined}
    voided = [one for kind in sorted(kinds) for one in _voided(register, updating, kind)]
    if not voided:
        return prepared, []
    stay: list[StaysVoid] = []
    if share is not None:
        own = register.brought_by(updating.imports())
        records = [one.record for one in voided if one.record.record_id in own]
        pairs = find_voided(register, prepared, share, records)
        prepared = continued(prepared, pairs)
        only = {pair.row for pair in pairs}
        prepared, stay = leave_void(register, prepared, updating, only)
    return _told(register, prepared, voided), stay


def _voided(register: Register, updating: Updating, kind: str) -> Iterator[_Voided]:
    ids = register.voided(kind) if kind else []
    found = updating.voided(ids)
    for record_id in ids:
        entry, last = found.get(record_id, (None, None))
        if entry is not None and last is not None:
            local_id = last.body.get("local_id")
            on, at, who = last.occurred_on, entry.recorded_at, entry.author
            record = Record(record_id, kind, local_id, last.entry_id, "", on, at, who, last.body)
            yield _Voided(record, entry)


def _told(register: Register, prepared: Prepared, voided: Sequence[_Voided]) -> Prepared:
    """Name new rows that mean a voided record; releases among them wait."""
    found: dict[Hashable, _Voided] = {}
    for one in voided:
        for key in _keys_of(one.record):
            found.setdefault(key, one)
    changed: dict[int, PreparedRow] = {}
    for row in _new(register, prepared):
        for key in _keys(row.kind, row.local_id, row.geometry, row.body, row.occurred_on):
            if key in found:
                changed[row.row] = _resembling(row, found[key])
                break
    if not changed:
        return prepared
    rows = [changed.get(row.row, row) for row in prepared.rows]
    raised = [row.issues[-1] for row in changed.values()]
    return replace(prepared, rows=rows, issues=[*prepared.issues, *raised])


def _new(register: Register, prepared: Prepared) -> list[PreparedRow]:
    return never_held(register, [row for row in prepared.rows if not row.quarantined])


def _keys_of(record: Record) -> Iterator[Hashable]:
    body = record.body
    shape = shapely.geometry.shape(body["geometry"]) if body.get("geometry") else None
    return _keys(record.kind, record.local_id, shape, body, record.occurred_on)


def _keys(
    kind: str, local_id: str | None, shape: Any, body: Mapping[str, Any], on: str | None
) -> Iterator[Hashable]:
    """What a record may be known by: an id that looks alike, its ground, or its stated figures."""
    if local_id:
        yield kind, "id", folded_id(local_id)
    if shape is not None:
        if kind in _OF_GROUND and shapely.get_dimensions(shape) > 0:
            yield kind, "ground", shapely.to_wkb(shapely.normalize(_as_one(shape)))
    elif kind in _TAKING and body.get("area") and body.get("stated_area_m2"):
        stated = float(body["stated_area_m2"])
        yield kind, "figures", body["area"], body.get("method"), stated, on


def _as_one(shape: Any) -> Any:
    """A shape of one part, whether a file calls it one part or several."""
    return shapely.get_geometry(shape, 0) if shapely.get_num_geometries(shape) == 1 else shape


def _resembling(row: PreparedRow, voided: _Voided) -> PreparedRow:
    from landrelease.exchange import issue

    other = voided.record.local_id or voided.record.record_id
    own = row.local_id or row.source_id
    waits = row.kind in _TAKING
    told: Issue = issue(
        "voided_resembles",
        row.row,
        f"{own or row.kind!r}, as {other!r} was, voided {who_voided(voided.entry)}",
        id=own,
        severity="error" if waits else "warning",
    )
    return row._replace(quarantined=waits, issues=(*row.issues, told))
