"""Rows whose record id belongs to a record of another kind: they wait, the rest is taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from landrelease.register import Register
from landrelease.services.row_ids import record_ids

if TYPE_CHECKING:
    from landrelease.exchange import Issue, Prepared


def of_their_kind(register: Register, prepared: Prepared) -> Prepared:
    """Put rows to wait that would make a record of one kind a version of another.

    A record never changes its kind, be it voided. (Two rows of one file are compared when they are
    prepared.)
    """
    found = {one.row: one for one in _differing(register, prepared)}
    if not found:
        return prepared
    rows = [
        row._replace(quarantined=True, issues=(*row.issues, found[row.row]))
        if row.row in found
        else row
        for row in prepared.rows
    ]
    return replace(prepared, rows=rows, issues=[*prepared.issues, *found.values()])


def _differing(register: Register, prepared: Prepared) -> Iterator[Issue]:
    from landrelease.exchange import issue

    rows = [row for row in prepared.rows if not row.quarantined]
    ids = record_ids(register, rows)
    held: Mapping[str, str] = register.kinds_of(ids.values())
    for row in rows:
        record_id = ids[row.row]
        kind = held.get(record_id, row.kind)
        if kind != row.kind:
            detail = f"record {record_id} is a {kind}, the row a {row.kind}"
            yield issue("record_kind_differs", row.row, detail, id=row.source_id or row.local_id)
