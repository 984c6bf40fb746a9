"""Records that were voided by themselves, and not with the import that brought them."""

from __future__ import annotations

import sqlite3

from landrelease.register.state import VOID


def voided_ones(connection: sqlite3.Connection, kind: str) -> list[str]:
    """Return the records of a kind that stand no more, and that somebody voided one by one."""
    query = (
        "SELECT record_id FROM record AS r WHERE kind = ? AND current_entry_no IS NULL AND EXISTS"
        f" (SELECT 1 FROM version AS v WHERE v.record_no = r.record_no AND v.role = {VOID})"
        " ORDER BY record_no"
    )
    return [record_id for (record_id,) in connection.execute(query, (kind,))]
