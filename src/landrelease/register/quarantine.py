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
        QuarantineRow(*row[:5], json.loads(row[5]), tuple(json.loads(row[6])), *row[7:])
        for row in rows
    ]


def count(connection: sqlite3.Connection) -> int:
    """Return how many rows wait."""
    found: int = connection.execute("SELECT count(*) FROM quarantine WHERE NOT resolved").fetchone()[0]
    return found
