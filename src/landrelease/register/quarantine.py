"""Rows that wait to be mended."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from landrelease.domain.canonical import canonical_json, text_sha256
from landrelease.domain.words import IDENTITY
from landrelease.register import words
from landrelease.register.contract import Problem, QuarantineRow
from landrelease.register.people import People

#: `resolved` holds the entry of the import that mended a row; 0 while it waits, and 1 for rows
#: mended before this was noted.
_BEFORE_IMPORTS_WERE_NAMED = 1

#: Rows of an undone import wait no more, and those that an undone import mended wait again.
_UNDONE = (
    "SELECT v.{} FROM undone AS u JOIN {} AS v ON v.record_no = u.target_no"
    " WHERE u.scope = 'import'"
)
_TAKEN_BACK = _UNDONE.format("record_id", "record")
_MENDED_IN_VAIN = _UNDONE.format("entry_no", "version")
_STANDS = f"import_id NOT IN ({_TAKEN_BACK})"
_OPEN = f"resolved IN (SELECT 0 UNION {_MENDED_IN_VAIN})"
#: By this and its import an erasing entry tells of rows that wait.
ERASED = "quarantine:"
#: A row whose words and id are in the second file.
_ELSEWHERE = "elsewhere:"

#: What a row says, as it is kept.
_Kept = tuple[Any, ...]
_KEPT = "layer, row, kind, identity, local_id, raw, issues"

_DUE = "SELECT record_id, body ->> '$.waiting_sha256' FROM entry WHERE action = 'import.recorded'"
_MENDED_BY_NONE = """
SELECT row, import_id, resolved FROM quarantine WHERE resolved != 0
  AND resolved NOT IN (SELECT entry_no FROM entry WHERE kind = 'import')
"""
WAITING = f"{_STANDS} AND {_OPEN}"
_MENDED = f"{_STANDS} AND NOT {_OPEN}"

#: The same as it was known at a moment: an import that came later had left no row yet.
_THEN = f"""
import_id NOT IN (SELECT r.record_id FROM record AS r JOIN version AS v USING (record_no)
    WHERE r.kind = 'import' GROUP BY r.record_no HAVING min(v.received_us) > :known_us)
AND import_id NOT IN ({_TAKEN_BACK} AND u.received_us <= :known_us)
AND (resolved IN (SELECT 0 UNION {_MENDED_IN_VAIN} AND u.received_us <= :known_us)
  OR resolved IN (SELECT entry_no FROM version WHERE received_us > :known_us))
"""


def keep(connection: sqlite3.Connection, rows: Sequence[QuarantineRow]) -> None:
    """Write rows that wait; those of personal kinds come here without names."""
    connection.executemany(
        f"INSERT INTO quarantine (import_id, {_KEPT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(row.import_id, *_kept(row)) for row in rows],
    )


def digest_of(rows: Iterable[QuarantineRow]) -> str:
    """Return the hash by which their import's entry proves rows as they are kept."""
    return _digest([_kept(row) for row in rows])


def digests(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the hash of the rows that each import left here, by the id of the import."""
    query = f"SELECT import_id, {_KEPT} FROM quarantine ORDER BY quarantine_id"
    found: defaultdict[str, list[_Kept]] = defaultdict(list)
    for import_id, *kept in connection.execute(query):
        found[import_id].append(tuple(kept))
    return {import_id: _digest(kept) for import_id, kept in found.items()}


def problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield imports whose rows are neither as they were read nor as an erasing left them.

    Imports of earlier versions hold no hash of their rows. One that came by a merge left its rows
    in the other copy.
    """
    told, here = words.erased(connection), digests(connection)
    due = {import_id: sha256 for import_id, sha256 in connection.execute(_DUE) if sha256}
    for import_id in sorted(here.keys() & due.keys()):
        if here[import_id] not in (due[import_id], *told.get(f"{ERASED}{import_id}", ())):
            yield Problem("quarantine_altered", import_id, "its waiting rows are not as they were")
    for number, import_id, resolved in connection.execute(_MENDED_BY_NONE).fetchall():
        if resolved != _BEFORE_IMPORTS_WERE_NAMED or import_id in due:
            text = f"row {number} counts as mended, and no import mended it"
            yield Problem("quarantine_altered", import_id, text)


def _kept(row: QuarantineRow) -> _Kept:
    raw, issues = canonical_json(row.raw), canonical_json(list(row.issues))
    return (row.layer, row.row, row.kind, row.identity, row.local_id, raw, issues)


def _digest(rows: Sequence[_Kept]) -> str:
    return text_sha256(canonical_json(rows))


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


def imports_kept(connection: sqlite3.Connection) -> set[str]:
    """Return the imports that left rows here, whatever became of them."""
    rows = connection.execute("SELECT DISTINCT import_id FROM quarantine")
    return {import_id for (import_id,) in rows}


def mending_imports(connection: sqlite3.Connection) -> dict[int, str]:
    """Return the imports by which rows were mended, by the rows' ids here."""
    rows = connection.execute(
        "SELECT q.quarantine_id, e.record_id FROM quarantine AS q"
        " JOIN entry AS e ON e.entry_no = q.resolved AND e.kind = 'import'"
    )
    return dict(rows.fetchall())


def private_part(row: QuarantineRow) -> dict[str, Any]:
    """Return what of a row about a person stands in the second file: its id may be a name too."""
    own = {"identity": row.identity, "local_id": row.local_id}
    return {"raw": row.raw, "issues": list(row.issues), **own}


def without_names(row: QuarantineRow, raw: Mapping[str, Any]) -> QuarantineRow:
    """Return a row as the register keeps it: by the opaque id of its `private_part`."""
    return replace(
        row, raw=raw, issues=(), identity=f"{_ELSEWHERE}{raw['identity']}", local_id=None
    )


def with_names(rows: Sequence[QuarantineRow], people: People) -> list[QuarantineRow]:
    """Return the rows as they were read, where the second file is at hand."""
    held = {row.raw["identity"] for row in rows if row.private}
    fields = people.get(held)
    return [
        _named(row, found)
        if row.private and (found := fields.get(row.raw["identity"]))
        else replace(row, raw=_unproved(row))
        for row in rows
    ]


def _named(row: QuarantineRow, found: Mapping[str, Any]) -> QuarantineRow:
    """A row with its words; those of earlier versions kept their id in the register."""
    return replace(
        row,
        raw=found["raw"],
        issues=tuple(found["issues"]),
        identity=found.get("identity", row.identity),
        local_id=found.get("local_id", row.local_id),
    )


def _unproved(row: QuarantineRow) -> Mapping[str, Any]:
    """A row without what proves the words of a person that lie elsewhere."""
    if not row.private:
        return row.raw
    return {name: value for name, value in row.raw.items() if name != IDENTITY}


def waiting(connection: sqlite3.Connection, import_id: str | None = None) -> list[QuarantineRow]:
    """Return rows that nobody has mended, of one import or all."""
    return _rows(connection, f"{WAITING} AND (?1 IS NULL OR import_id = ?1)", (import_id,))


def waiting_then(connection: sqlite3.Connection, known_us: int) -> list[QuarantineRow]:
    """Return rows that nobody had mended at a moment, in microseconds since 1970."""
    return _rows(connection, _THEN, {"known_us": known_us})


def mended(connection: sqlite3.Connection) -> list[QuarantineRow]:
    """Return rows that were mended and taken in since."""
    return _rows(connection, _MENDED, ())


def mended_with(connection: sqlite3.Connection, ids: Iterable[int]) -> set[str]:
    """Return the records that the imports brought by which rows were mended."""
    query = (
        "SELECT DISTINCT r.record_id FROM quarantine AS q"
        " JOIN version AS i ON i.entry_no = q.resolved"
        " JOIN version AS v ON v.import_no = i.record_no"
        " JOIN record AS r ON r.record_no = v.record_no"
        " WHERE q.quarantine_id IN (SELECT value FROM json_each(?))"
    )
    return {record_id for (record_id,) in connection.execute(query, (json.dumps(list(ids)),))}


def _rows(
    connection: sqlite3.Connection, which: str, values: Sequence[str | None] | Mapping[str, int]
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
