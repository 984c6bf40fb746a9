"""Rows that wait to be mended."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from landrelease.domain.canonical import canonical_json
from landrelease.register.contract import QuarantineRow
from landrelease.register.people import People

#: `resolved` holds the entry of the import that mended a row; 0 while it waits, and 1 for rows
#: mended before this was noted.
_BEFORE_IMPORTS_WERE_NAMED = 1

#: Rows of an undone import wait no more, and those that an undone import mended wait again.
_UNDONE = "SELECT v.{} FROM undone AS u JOIN {} AS v ON v.record_no = u.target_no"
_STANDS = f"import_id NOT IN ({_UNDONE.format('record_id', 'record')} WHERE u.scope = 'import')"
_OPEN = (
    f"resolved IN (SELECT 0 UNION {_UNDONE.format('entry_no', 'version')} WHERE u.scope = 'import')"
)
WAITING = f"{_STANDS} AND {_OPEN}"
_MENDED = f"{_STANDS} AND NOT {_OPEN}"


def keep(connection: sqlite3.Connection, rows: Sequence[QuarantineRow]) -> None:
    """Write rows that wait; those of personal kinds come here without names."""
    connection.executemany(
        "INSERT INTO quarantine (import_id, layer, row, kind, identity, local_id, raw, issues)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                row.import_id,
                row.layer,
                row.row,
                row.kind,
                row.identity,
                row.local_id,
                canonical_json(row.raw),
                canonical_json(list(row.issues)),
            )
            for row in rows
        ],
    )


def resolve(connection: sqlite3.Connection, ids: Iterable[int], import_id: str) -> None:
    """Mark rows as mended by an import; they stay to be read, and wait again if it is undone."""
    found = connection.execute(
        "SELECT max(v.entry_no) FROM version AS v JOIN record AS r USING (record_no)"
        " WHERE r.record_id = ?",
        (import_id,),
    ).fetchone()
    entry_no = found[0] or _BEFORE_IMPORTS_WERE_NAMED
    connection.executemany(
        "UPDATE quarantine SET resolved = ? WHERE quarantine_id = ?", [(entry_no, i) for i in ids]
    )


def with_names(rows: Sequence[QuarantineRow], people: People) -> list[QuarantineRow]:
    """Return the rows as they were read, where the second file is at hand."""
    held = {row.raw["identity"] for row in rows if row.private}
    fields = people.get(held)
    return [
        replace(row, raw=found["raw"], issues=tuple(found["issues"]))
        if row.private and (found := fields.get(row.raw["identity"]))
        else row
        for row in rows
    ]


def waiting(connection: sqlite3.Connection, import_id: str | None = None) -> list[QuarantineRow]:
    """Return rows that nobody has mended, of one import or all."""
    return _rows(connection, f"{WAITING} AND (?1 IS NULL OR import_id = ?1)", (import_id,))


def mended(connection: sqlite3.Connection) -> list[QuarantineRow]:
    """Return rows that were mended and taken in since."""
    return _rows(connection, _MENDED, ())


def _rows(
    connection: sqlite3.Connection, which: str, values: Sequence[str | None]
) -> list[QuarantineRow]:
    rows = connection.execute(
        "SELECT import_id, layer, row, kind, identity, raw, issues, local_id, quarantine_id"
        f" FROM quarantine WHERE {which} ORDER BY quarantine_id",
        values,
    )
    return [
        QuarantineRow(
            import_id=import_id,
            layer=layer,
            row=row,
            kind=kind,
            identity=identity,
            raw=json.loads(raw),
            issues=tuple(json.loads(issues)),
            local_id=local_id,
            quarantine_id=number,
        )
        for import_id, layer, row, kind, identity, raw, issues, local_id, number in rows
    ]


def count(connection: sqlite3.Connection) -> int:
    """Return how many rows wait."""
    found: int = connection.execute(f"SELECT count(*) FROM quarantine WHERE {WAITING}").fetchone()[
        0
    ]
    return found
