"""Rows that wait to be mended."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from landrelease.domain.canonical import canonical_json
from landrelease.domain.kinds import kind_spec
from landrelease.register.contract import QuarantineRow
from landrelease.register.people import People


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


def resolve(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Mark rows as mended; they stay to be read."""
    connection.executemany(
        "UPDATE quarantine SET resolved = 1 WHERE quarantine_id = ?", [(i,) for i in ids]
    )


def with_names(rows: Sequence[QuarantineRow], people: People) -> list[QuarantineRow]:
    """Return the rows as they were read, where the second file is at hand."""
    held = {row.raw["identity"] for row in rows if kind_spec(row.kind).personal}
    fields = people.get(held)
    return [
        replace(row, raw=found["raw"], issues=tuple(found["issues"]))
        if kind_spec(row.kind).personal and (found := fields.get(row.raw["identity"]))
        else row
        for row in rows
    ]


def waiting(connection: sqlite3.Connection, import_id: str | None = None) -> list[QuarantineRow]:
    """Return rows that nobody has mended, of one import or all."""
    rows = connection.execute(
        "SELECT import_id, layer, row, kind, identity, raw, issues, local_id, quarantine_id"
        " FROM quarantine WHERE NOT resolved AND (?1 IS NULL OR import_id = ?1)"
        " ORDER BY quarantine_id",
        (import_id,),
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
    query = "SELECT count(*) FROM quarantine WHERE NOT resolved"
    found: int = connection.execute(query).fetchone()[0]
    return found
