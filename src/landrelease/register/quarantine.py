"""Rows that wait to be mended."""

from __future__ import annotations

import json
import sqlite3

from landrelease.register.contract import QuarantineRow


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
