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
    """Take in the waiting rows of imports that wait whole there and left none here; how many.

    Their import proves them together, so rows of one that was mended in part stay where they are,
    and so do rows about people, whose words stand in the other file of identities.
    """
    here = {row.import_id for row in _all(register)}
    mended = {row.import_id for row in theirs.mended()}
    by_import: defaultdict[str, list[QuarantineRow]] = defaultdict(list)
    for row in theirs.quarantine():
        by_import[row.import_id].append(row)
    brought = [
        row
        for import_id, rows in by_import.items()
        if import_id not in here | mended and not any(row.private for row in rows)
        for row in rows
    ]
    writer.quarantine(brought)
    return len(brought)


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


def _key(row: QuarantineRow) -> _Row:
    return row.import_id, row.layer, row.row
