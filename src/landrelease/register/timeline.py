"""The versions of one record that count, in the order in which they take effect."""

from __future__ import annotations

import sqlite3

from landrelease.register.contract import Stage
from landrelease.register.records import RECORD, record_of
from landrelease.register.state import ALL, counting


def timeline(connection: sqlite3.Connection, record_id: str) -> list[Stage]:
    """Return what a record was from which day on; nothing where it was voided."""
    rows = connection.execute(
        f"SELECT v.effective_day, {RECORD} FROM ({counting('r.record_id = :record_id')}) AS v"
        " JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)"
        " ORDER BY v.effective_day, v.recorded_us, v.entry_id",
        {"record_id": record_id, **ALL},
    )
    return [Stage(day, record_of(row)) for day, *row in rows]
