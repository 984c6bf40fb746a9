"""What a copy holds beside its ledger: rows that wait come along, and what stays there is told."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from landrelease.register import Register
from landrelease.register.contract import QuarantineRow
from landrelease.register.writer import Writer

Result = dict[str, Any]
_Row = tuple[str, str, int]


def bring_waiting(theirs: Register, register: Register, writer: Writer) -> int:
    """Take in the rows of imports that left none here, and mark as mended what was mended there.

    Their import proves them together, so all of its rows come; those about people stay where they
    are, as their words stand in the other file of identities.

    Returns
    -------
    int
        How many rows came that nobody has mended.
    """
    here, mended_by = register.imports_kept(), theirs.mending_imports()
    by_import: defaultdict[str, list[QuarantineRow]] = defaultdict(list)
    for row in _all(theirs):
        if row.import_id not in here:
            by_import[row.import_id].append(row)
    unknown = {r.import_id for r in theirs.mended() if r.quarantine_id not in mended_by}
    brought = [
        row
        for import_id, rows in by_import.items()
        if import_id not in unknown and not any(row.private for row in rows)
        for row in sorted(rows, key=_number)
    ]
    writer.quarantine(brought)
    mended = _mend(theirs, register, writer)
    return sum(_key(row) not in mended for row in brought)


def _mend(theirs: Register, register: Register, writer: Writer) -> set[_Row]:
    """Mark rows as mended by the imports that mended them in the copy; return which these are."""
    mended_by = theirs.mending_imports()
    found = {_key(r): mended_by[_number(r)] for r in theirs.mended() if _number(r) in mended_by}
    for row in register.quarantine():
        if _key(row) in found:
            writer.resolve_quarantine([_number(row)], found[_key(row)])
    return set(found)


def left_behind(theirs: Register, register: Register, other: Path) -> Result:
    """Count what stands in the copy alone: rows that wait, edits to review, names of people."""
    rows = {_key(row) for row in theirs.quarantine()} - {_key(row) for row in _all(register)}
    seen = {(edit.edited_at, edit.record_id) for edit in register.outside_edits()}
    edits = [e for e in theirs.outside_edits() if (e.edited_at, e.record_id) not in seen]
    names = theirs.held_identities() - register.held_identities() - register.erased_identities()
    counts = {"quarantined": len(rows), "outside_edits": len(edits), "identities": len(names)}
    return {"file": str(other), **counts}


def _all(register: Register) -> list[QuarantineRow]:
    return [*register.quarantine(), *register.mended()]


def _number(row: QuarantineRow) -> int:
    return row.quarantine_id or 0


def _key(row: QuarantineRow) -> _Row:
    return row.import_id, row.layer, row.row
