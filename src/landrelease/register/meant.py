"""Which record a person means by what they typed of an id; no link and no change guesses."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from landrelease.domain.folding import folded
from landrelease.errors import NotFoundError

#: How many characters of a record id may stand for it.
_BEGINNING = 8

#: Records that an error lists.
_TOLD = 6

_BEGINS = "r.record_id >= ?1 AND r.record_id < ?1 || 'g'"


def meant_by(connection: sqlite3.Connection, words: str) -> str | None:
    """Return the id of the one record that some words mean: None for none.

    They are the beginning of its id (8 characters or more), or its local id, whatever the capitals
    and accents. What stands goes before what was voided.

    Raises
    ------
    NotFoundError
        Several records may be meant (``record_ambiguous``).
    """
    words = words.strip()
    which = f"({_BEGINS})" if len(words) >= _BEGINNING else "FALSE"
    found = connection.execute(
        "SELECT r.record_id, r.kind, r.local_id, r.current_entry_no IS NULL FROM record AS r"
        f" WHERE {which} OR folded(r.local_id) = ?2 ORDER BY 4, 2, 3, 1",
        (words.lower(), folded(words)),
    ).fetchall()
    found = [row for row in found if not row[3]] or found
    if len(found) > 1:
        raise NotFoundError(
            "record_ambiguous", f"several records may be meant by {words!r}", _which(found)
        )
    return found[0][0] if found else None


def _which(found: Sequence[tuple[str, str, str | None, int]]) -> str:
    named = (
        " ".join(filter(None, (kind, local_id, key))) for key, kind, local_id, _ in found[:_TOLD]
    )
    return f"give the whole id of one: {', '.join(named)}"


def local_ids_of(connection: sqlite3.Connection, record_ids: Iterable[str]) -> dict[str, str]:
    """Return the local ids of those of the records that have one."""
    query = (
        "SELECT record_id, local_id FROM record WHERE local_id IS NOT NULL"
        " AND record_id IN (SELECT value FROM json_each(?))"
    )
    return dict(connection.execute(query, (json.dumps(list(record_ids)),)).fetchall())
