"""Files attached to records: kept once by their hash, proved by `verify`, erased with a person."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator

from landrelease.register.contract import Problem

#: Attached files stand among the documents, under this and their SHA-256.
PREFIX = "sha256:"

#: Attachments that stand and whose bytes must be here: not those of a person who was erased.
_WANTED = (
    "SELECT r.record_id, e.body ->> '$.sha256' FROM record AS r"
    " JOIN entry AS e ON e.entry_no = r.current_entry_no WHERE r.kind = 'attachment'"
    " AND e.body ->> '$.of' NOT IN"
    " (SELECT record_id FROM entry WHERE action = 'identity.erased')"
)


def problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Attachments whose bytes are not here, or are not those that were attached."""
    for record_id, sha256 in connection.execute(_WANTED).fetchall():
        raw = _raw(connection, sha256)
        if raw is None:
            yield Problem("attachment_missing", record_id, f"its file {sha256} is not kept here")
        elif hashlib.sha256(raw).hexdigest() != sha256:
            yield Problem("attachment_damaged", record_id, f"its file is no longer {sha256}")


def missing(connection: sqlite3.Connection) -> list[str]:
    """SHA-256 of attached files whose bytes are not here."""
    wanted = {sha256 for _, sha256 in connection.execute(_WANTED)}
    return sorted(sha256 for sha256 in wanted if _raw(connection, sha256) is None)


def erase(connection: sqlite3.Connection, record_ids: Iterable[str]) -> None:
    """Delete the bytes that are attached to these records and to no other."""
    connection.execute(
        "DELETE FROM document WHERE source_id IN ("
        " SELECT ? || (body ->> '$.sha256') FROM entry WHERE kind = 'attachment'"
        " AND body ->> '$.of' IN (SELECT value FROM json_each(?))"
        " EXCEPT SELECT ? || (body ->> '$.sha256') FROM entry WHERE kind = 'attachment'"
        " AND body ->> '$.of' NOT IN (SELECT value FROM json_each(?)))",
        (PREFIX, ids := json.dumps(list(record_ids)), PREFIX, ids),
    )


def _raw(connection: sqlite3.Connection, sha256: str) -> bytes | None:
    query = "SELECT raw FROM document WHERE source_id = ?"
    found = connection.execute(query, (f"{PREFIX}{sha256}",)).fetchone()
    return None if found is None else bytes(found[0])
