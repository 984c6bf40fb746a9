"""Identities of people, in a second file beside the register.

Handing over the register hands over no names: its ledger holds an opaque id, this file what
stands behind it. An identity can be erased; the ledger then says that it was, and no merge brings
it back. Both files overwrite what they delete (`secure_delete`).

The ledger holds the salted hash of each identity. Two files cannot be written in one stroke: what
a transaction brings stands in `coming` until the ledger has it, and is dropped where it never had.
"""

from __future__ import annotations

import secrets
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from landrelease.domain.canonical import canonical_json
from landrelease.domain.kinds import kind_spec
from landrelease.domain.words import new_salt, words_sha256
from landrelease.register.connection import connect, reading, transaction

#: Parts of a personal record's body that may hold a name, so they never enter the ledger:
#: columns that no field of the kind takes, free text, the source's words and the reason given.
PRIVATE_PARTS = ("attributes", "note", "quote", "reason")

_NAMESPACE = uuid.UUID("0c7f1a52-6c5e-5d0b-8f52-70656f706c65")
_COLUMNS = "(identity_id TEXT NOT NULL PRIMARY KEY, fields TEXT, salt BLOB)"
_TABLES = (
    f"CREATE TABLE IF NOT EXISTS identity {_COLUMNS}",
    f"CREATE TABLE IF NOT EXISTS coming {_COLUMNS}",
    "CREATE TABLE IF NOT EXISTS about (file_id TEXT NOT NULL)",
)
_PUT = (
    "INSERT INTO {} SELECT ?, ?, ? WHERE true ON CONFLICT (identity_id)"
    " DO UPDATE SET fields = excluded.fields, salt = excluded.salt"
)


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


class Identity(NamedTuple):
    """What the second file says of a person, and the salt of its hash.

    Those of schema 6 and before have no salt.
    """

    fields: str
    salt: bytes | None

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Identity:
        """Return the identity of these fields, with a salt of its own."""
        return cls(canonical_json(fields), new_salt())

    @property
    def said(self) -> dict[str, Any]:
        """The fields."""
        said: dict[str, Any] = orjson.loads(self.fields)
        return said

    def proof(self, file_id: str) -> str:
        """Return by what the ledger proves it: the file in which it stands, and its hash."""
        return f"{file_id}:{words_sha256(self.salt or b'', self.fields)}"


class Held(NamedTuple):
    """All that a second file holds, read at one moment."""

    file_id: str | None
    identities: dict[str, Identity]
    coming: dict[str, Identity]


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
        held = self.held()
        return [(key, one.fields) for key, one in held.identities.items()] if held else []

    def held(self) -> Held | None:
        """Return all that the file holds; None where there is no file."""
        if not self.path.exists():
            return None
        with self._open() as connection, reading(connection, self.path):
            return Held(
                _file_id(connection), _rows(connection, "identity"), _rows(connection, "coming")
            )

    def coming(self) -> Held | None:
        """Return what a transaction that was cut short left, if any."""
        if not self.path.exists():
            return None
        with self._open() as connection, reading(connection, self.path):
            coming = _rows(connection, "coming")
            return Held(_file_id(connection), {}, coming) if coming else None

    def put(self, identities: Mapping[str, Identity], file_id: str) -> None:
        """Let identities come: `take_in` puts them in the place of those that stand."""
        if not identities:
            return
        with self._open() as connection, transaction(connection, self.path):
            _make_tables(connection, file_id)
            rows = [(key, one.fields, one.salt) for key, one in identities.items()]
            connection.executemany(_PUT.format("coming"), rows)

    def take_in(self, identity_ids: Iterable[str], erased: Iterable[str] = ()) -> None:
        """Let identities that were to come stand, and drop the others; delete those erased.

        The bytes of what is deleted are overwritten.
        """
        wanted, gone = list(identity_ids), [(one,) for one in erased]
        if not self.path.exists():
            return
        with self._open() as connection, transaction(connection, self.path):
            _make_tables(connection, _new_file_id())
            connection.execute(
                "INSERT OR REPLACE INTO identity SELECT * FROM coming"
                " WHERE identity_id IN (SELECT value FROM json_each(?))",
                (canonical_json(wanted),),
            )
            connection.execute("DELETE FROM coming")
            connection.executemany("DELETE FROM identity WHERE identity_id = ?", gone)

    def file_id(self) -> str:
        """Return the id of the file, or one for the file that is still to be made."""
        if not self.path.exists():
            return _new_file_id()
        with self._open() as connection:
            return _file_id(connection) or _new_file_id()

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


def _new_file_id() -> str:
    return secrets.token_hex(8)


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table; none where the file lacks it, as those of schema 6 and before do."""
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _rows(connection: sqlite3.Connection, table: str) -> dict[str, Identity]:
    if not (columns := _columns(connection, table)):
        return {}
    salt = "salt" if "salt" in columns else "NULL"
    rows = connection.execute(f"SELECT identity_id, fields, {salt} FROM {table}")
    return {key: Identity(fields, salt) for key, fields, salt in rows}


def _file_id(connection: sqlite3.Connection) -> str | None:
    if not _columns(connection, "about"):
        return None
    row = connection.execute("SELECT file_id FROM about").fetchone()
    return row[0] if row else None


def _make_tables(connection: sqlite3.Connection, file_id: str) -> None:
    """Make what the file lacks; of schema 6 and before it had no salts and no id."""
    for table in _TABLES:
        connection.execute(table)
    if "salt" not in _columns(connection, "identity"):
        connection.execute("ALTER TABLE identity ADD COLUMN salt BLOB")
    connection.execute(
        "INSERT INTO about SELECT ? WHERE NOT EXISTS (SELECT 1 FROM about)", (file_id,)
    )


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
