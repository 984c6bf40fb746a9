"""Rows that are new by their id, though a record goes by one that looks the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from landrelease.domain.folding import folded_id
from landrelease.domain.ids import named_record_id
from landrelease.register import Register

if TYPE_CHECKING:
    from landrelease.exchange import Issue, Prepared
    from landrelease.exchange.prepare import PreparedRow

_LOCAL = "local:"


def told_alike(register: Register, prepared: Prepared) -> Prepared:
    """Name new rows whose id looks like that of a record: capitals, hyphens, zeros, accents.

    They are taken in all the same, since two ids that are written in two ways may be two.
    """
    found = {one.row: one for one in _alike(register, prepared)}
    if not found:
        return prepared
    rows = [
        row._replace(issues=(*row.issues, found[row.row])) if row.row in found else row
        for row in prepared.rows
    ]
    return replace(prepared, rows=rows, issues=[*prepared.issues, *found.values()])


def _alike(register: Register, prepared: Prepared) -> Iterator[Issue]:
    from landrelease.exchange import issue

    new = list(_new(register, prepared))
    for kind in {row.kind for row in new}:
        known = {folded_id(name): name for name in register.local_ids(kind)}
        for row in new if known else ():
            own = str(row.local_id)
            other = known.get(folded_id(own)) if row.kind == kind else None
            if other not in (None, own):
                detail = f"{own!r} and {other!r} of this register"
                yield issue("id_resembles", row.row, detail, id=own)


def _new(register: Register, prepared: Prepared) -> Iterator[PreparedRow]:
    """Rows with a local id that no record bears."""
    rows = [r for r in prepared.rows if not r.quarantined and r.identity.startswith(_LOCAL)]
    register_id = register.info().register_id
    ids = {row.row: named_record_id(register_id, row.identity) for row in rows}
    known = register.kinds_of(ids.values())
    return (row for row in rows if row.local_id and ids[row.row] not in known)
