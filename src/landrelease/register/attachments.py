"""Files attached to records: kept once by their hash, proved by `verify`, erased with a person."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator

import orjson

from landrelease.domain.entries import Entry
from landrelease.domain.words import ERASED
from landrelease.register.contract import Problem
from landrelease.register.matching import Names, is_text

#: Attached files stand among the documents, under this and their SHA-256.
PREFIX = "sha256:"

_ATTACHED = f"SELECT source_id, raw FROM document WHERE source_id LIKE '{PREFIX}%' ORDER BY 1"

#: Kept files that no entry ever attached.
_STRAY = (
    f"SELECT source_id FROM document WHERE source_id LIKE '{PREFIX}%' AND source_id NOT IN"
    f" (SELECT '{PREFIX}' || (body ->> '$.sha256') FROM entry WHERE kind = 'attachment'"
    " AND body ->> '$.sha256' NOT NULL)"
)

#: Attached files that an erasing took because they named the person; the erasing entry tells it.
_TAKEN = (
    f"SELECT w.key FROM entry AS i, json_each(i.body, '$.{ERASED}') AS w"
    f" WHERE i.action = 'identity.erased' AND w.key LIKE '{PREFIX}%'"
)

#: Attachments that stand and whose bytes must be here: not those of a person who was erased.
_WANTED = (
    "SELECT r.record_id, e.body ->> '$.sha256' FROM record AS r"
    " JOIN entry AS e ON e.entry_no = r.current_entry_no WHERE r.kind = 'attachment'"
    " AND e.body ->> '$.of' NOT IN"
    " (SELECT record_id FROM entry WHERE action = 'identity.erased')"
    f" AND '{PREFIX}' || (e.body ->> '$.sha256') NOT IN ({_TAKEN})"
)


def problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Attachments whose bytes are not here, or are not those that were attached."""
    for record_id, sha256 in connection.execute(_WANTED).fetchall():
        raw = _raw(connection, sha256)
        if raw is None:
            yield Problem("attachment_missing", record_id, f"its file {sha256} is not kept here")
        elif hashlib.sha256(raw).hexdigest() != sha256:
            yield Problem("attachment_damaged", record_id, f"its file is no longer {sha256}")
    for (source_id,) in connection.execute(_STRAY):
        yield Problem("document_stray", source_id, "no record of the ledger has this file attached")


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


def erase_naming(connection: sqlite3.Connection, names: Names) -> dict[str, str]:
    """Delete attached files that hold a name in bytes that can be read.

    Returns
    -------
    dict
        What the erasing entry tells of them: by their id, nothing that is left.
    """
    rows = connection.execute(_ATTACHED)
    found = [source_id for source_id, raw in rows if names.in_cell(raw)]
    connection.executemany("DELETE FROM document WHERE source_id = ?", [(one,) for one in found])
    return dict.fromkeys(found, "")


def follow_erasures(connection: sqlite3.Connection) -> None:
    """Delete attached files that another register's erasing took."""
    connection.execute(f"DELETE FROM document WHERE source_id IN ({_TAKEN})")


def attachments_taken(erasings: Iterable[Entry]) -> list[str]:
    """SHA-256 of the attached files that erasing entries took."""
    told = [orjson.loads(one.words.body).get(ERASED, {}) for one in erasings if one.words]
    return sorted(
        key.removeprefix(PREFIX) for keys in told for key in keys if key.startswith(PREFIX)
    )


def unsearched(connection: sqlite3.Connection) -> list[str]:
    """SHA-256 of attached files that are no text: a name in a photo or a PDF is not found."""
    rows = connection.execute(_ATTACHED)
    return [source_id.removeprefix(PREFIX) for source_id, raw in rows if not is_text(raw)]


def _raw(connection: sqlite3.Connection, sha256: str) -> bytes | None:
    query = "SELECT raw FROM document WHERE source_id = ?"
    found = connection.execute(query, (f"{PREFIX}{sha256}",)).fetchone()
    return None if found is None else bytes(found[0])
