"""Rows that are new by their id, though a record goes by one that looks the same, or lies there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from landrelease.domain.folding import folded_id
from landrelease.register import Register
from landrelease.services.continuing import imports_of
from landrelease.services.other_layers import on_same_ground
from landrelease.services.row_ids import never_held, record_ids

if TYPE_CHECKING:
    from landrelease.exchange import Issue, Prepared
    from landrelease.exchange.prepare import PreparedRow

_LOCAL, _OWN = "local:", ("local:", "id:")

#: Kinds of which two on the very same ground are hardly two; accidents may share a village's point.
_OF_GROUND = ("hazardous_area", "land_release_product")


def told_alike(register: Register, prepared: Prepared) -> Prepared:
    """Name new rows whose id looks like that of a record: capitals, hyphens, zeros, accents.

    They are taken in all the same, since two ids that are written in two ways may be two.
    """
    return _with(prepared, list(_alike(register, prepared)))


def told_on_known_ground(register: Register, prepared: Prepared) -> Prepared:
    """Name new rows of a layer on the very outline of a record of it that the file lacks.

    They are taken in all the same: the ground is counted twice rather than lost.
    """
    return _with(prepared, list(_renamed(register, prepared)))


def _with(prepared: Prepared, issues: list[Issue]) -> Prepared:
    if not issues:
        return prepared
    found = {one.row: one for one in issues}
    rows = [
        row._replace(issues=(*row.issues, found[row.row])) if row.row in found else row
        for row in prepared.rows
    ]
    return replace(prepared, rows=rows, issues=[*prepared.issues, *issues])


def _renamed(register: Register, prepared: Prepared) -> Iterator[Issue]:
    from landrelease.exchange import issue

    mine = set(imports_of(register, prepared.layer))
    rows = [row for row in prepared.rows if not row.quarantined and row.kind in _OF_GROUND]
    rows = [row for row in rows if row.identity.startswith(_OWN)]
    if not mine or not rows:
        return
    ids = record_ids(register, rows)
    known = register.kinds_of(ids.values())
    new = [r for r in rows if ids[r.row] not in known and r.geometry is not None]
    present = set(ids.values())
    there = {row: held - present for row, held in on_same_ground(register, new)}
    brought = register.brought_by(mine)
    records = {one.record_id: one for one in register.some(set().union(*there.values()) & brought)}
    for row in new:
        for record_id in sorted(there.get(row.row, set()) & records.keys())[:1]:
            other = records[record_id].local_id or record_id
            own = row.local_id or row.source_id
            yield issue("outline_known", row.row, f"{own!r}, where {other!r} is", id=own)


def _alike(register: Register, prepared: Prepared) -> Iterator[Issue]:
    from landrelease.exchange import issue

    new = _new(register, prepared)
    for kind in {row.kind for row in new}:
        known = {folded_id(name): name for name in register.local_ids(kind)}
        for row in new if known else ():
            own = str(row.local_id)
            other = known.get(folded_id(own)) if row.kind == kind else None
            if other not in (None, own):
                detail = f"{own!r} and {other!r} of this register"
                yield issue("id_resembles", row.row, detail, id=own)


def _new(register: Register, prepared: Prepared) -> list[PreparedRow]:
    """Rows with a local id that no record bears."""
    rows = [r for r in prepared.rows if not r.quarantined and r.identity.startswith(_LOCAL)]
    return [row for row in never_held(register, rows) if row.local_id]
