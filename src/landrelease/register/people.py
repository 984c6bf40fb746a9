"""Identities of people, in a second file beside the register.

Handing over the register hands over no names: its ledger holds an opaque id, this file what
stands behind it. An identity can be erased; the ledger then says that it was, and no merge brings
it back. Both files overwrite what they delete (`secure_delete`).
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from landrelease.domain.canonical import canonical_json
from landrelease.domain.kinds import kind_spec
from landrelease.register.connection import connect, transaction

#: Parts of a personal record's body that may hold a name, so they never enter the ledger:
#: columns that no field of the kind takes, free text, the source's words and the reason given.
PRIVATE_PARTS = ("attributes", "note", "quote", "reason")

_NAMESPACE = uuid.UUID("0c7f1a52-6c5e-5d0b-8f52-70656f706c65")
_TABLE = "CREATE TABLE IF NOT EXISTS identity (identity_id TEXT NOT NULL PRIMARY KEY, fields TEXT)"


def people_path(register: Path) -> Path:
    """Return the path of the second file of a register."""
    return register.with_name(f"{register.stem}.people.sqlite")


def own_identity_id(record_id: str) -> str:
    """Return the opaque id of what a record's own source says of its person."""
    return str(uuid.uuid5(_NAMESPACE, record_id))


def split_body(
    kind: str, record_id: str, body: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part a body into what the ledger may hold and what stands in the second file.

    Examples
    --------
    >>> public, private = split_body("victim", "r", {"outcome": "injured", "note": "A. B."})
    >>> sorted(public), private
    (['identity', 'outcome'], {'note': 'A. B.'})
    """
    private = {part: body[part] for part in PRIVATE_PARTS if part in body}
    if not kind_spec(kind).personal or not private:
        return dict(body), {}
    public = {name: value for name, value in body.items() if name not in private}
    public.setdefault("identity", own_identity_id(record_id))
    return public, private


class People:
    """The second file; it is made when the first identity is written."""

    def __init__(self, register: Path) -> None:
        self.path = people_path(register)

    def get(self, identity_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return the fields of those identities that the file holds."""
        wanted = list(identity_ids)
        if not wanted or not self.path.exists():
            return {}
        with self._open() as connection:
            rows = connection.execute(
                "SELECT identity_id, fields FROM identity"
                " WHERE identity_id IN (SELECT value FROM json_each(?))",
                (canonical_json(wanted),),
            ).fetchall()
        return {identity_id: orjson.loads(fields) for identity_id, fields in rows}

    def whole(self, bodies: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """Return bodies by record id as they were before `split_body` parted them."""
        own = {record_id: own_identity_id(record_id) for record_id in bodies}
        fields = self.get(own.values())
        joined = {}
        for record_id, body in bodies.items():
            private = (
                fields.get(own[record_id], {}) if body.get("identity") == own[record_id] else {}
            )
            kept = {k: v for k, v in body.items() if not private or k != "identity"}
            joined[record_id] = kept | {
                k: v for k, v in private.items() if k not in ("quote", "reason")
            }
        return joined

    def all(self) -> list[dict[str, Any]]:
        """Return the fields of every identity."""
        return [orjson.loads(fields) for _, fields in self._held()]

    def holding(self, wanted: Callable[[str], bool]) -> list[tuple[str, str]]:
        """Return ids and fields of identities whose text is wanted."""
        return [(key, fields) for key, fields in self._held() if wanted(fields)]

    def _held(self) -> list[tuple[str, str]]:
        if not self.path.exists():
            return []
        with self._open() as connection:
            connection.execute(_TABLE)
            return connection.execute("SELECT identity_id, fields FROM identity").fetchall()

    def put(self, identities: Mapping[str, Mapping[str, Any]]) -> None:
        """Write identities; those that stand are replaced."""
        if not identities:
            return
        with self._open() as connection, transaction(connection, self.path):
            connection.execute(_TABLE)
            connection.executemany(
                "INSERT INTO identity VALUES (?, ?)"
                " ON CONFLICT (identity_id) DO UPDATE SET fields = excluded.fields",
                [(key, canonical_json(fields)) for key, fields in identities.items()],
            )

    def erase(self, identity_ids: Iterable[str]) -> None:
        """Delete identities; their bytes are overwritten."""
        wanted = list(identity_ids)
        if not wanted or not self.path.exists():
            return
        with self._open() as connection, transaction(connection, self.path):
            connection.executemany(
                "DELETE FROM identity WHERE identity_id = ?", [(one,) for one in wanted]
            )

    def backup(self, destination: Path) -> None:
        """Copy the file to stand beside a register's copy."""
        if not self.path.exists():
            return
        with self._open() as connection:
            copy = connect(people_path(destination), create=True)
            try:
                connection.backup(copy)
            finally:
                copy.close()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = connect(self.path, create=True)
        try:
            yield connection
        finally:
            connection.close()


def erased_ids(connection: sqlite3.Connection) -> set[str]:
    """Return the identities that the ledger says were erased.

    They are all that a record named until then, and what its own source said of its person.
    """
    last = connection.execute(
        "SELECT record_id, max(entry_no) FROM entry WHERE action = 'identity.erased'"
        " GROUP BY record_id"
    ).fetchall()
    found = {own_identity_id(record_id) for record_id, _ in last}
    for record_id, entry_no in last:
        found |= named_ids(connection, record_id, entry_no)
    return found


def named_ids(connection: sqlite3.Connection, record_id: str, until: int | None = None) -> set[str]:
    """Return the identities that any version of a record names, up to an entry."""
    rows = connection.execute(
        "SELECT DISTINCT e.body ->> '$.identity' FROM record AS r JOIN version AS v"
        " USING (record_no) JOIN entry AS e USING (entry_no)"
        " WHERE r.record_id = ?1 AND (?2 IS NULL OR e.entry_no <= ?2)",
        (record_id, until),
    )
    return {identity_id for (identity_id,) in rows if identity_id}
