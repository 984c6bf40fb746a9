"""Erasing a person: what can be blanked is, and what still holds the name is told place by place.

Entries are never changed, so a name that came into the ledger stays there; this says where.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from landrelease.domain.plain import texts_in
from landrelease.register.contract import Problem
from landrelease.register.people import People, erased_ids, people_path
from landrelease.register.schema import DERIVED_TABLES

#: Tables whose cells can be blanked, and the columns.
_BLANKED = {"outside_edit": ("before", "after"), "quarantine": ("raw", "issues")}
_SKIPPED = ("sqlite_", "gpkg_", "rtree_")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a name still stands.

    Attributes
    ----------
    where : str
        ``ledger``, ``people``, a table of the register, or the name of a file beside it.
    field : str
        Field or column.
    id : str
        Entry, identity or row.
    record_id : str or None
        The record that it belongs to, where there is one.
    """

    where: str
    field: str
    id: str
    record_id: str | None = None


def blank(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Blank names in documents, waiting rows and edits of other programs.

    Each character becomes a block, so that the spans of proposals keep their place; the bytes of
    a document that named the person go.
    """
    for name in sorted(_spellings(names), key=len, reverse=True):
        block = "█" * len(name)
        connection.execute(
            "UPDATE document SET raw = X'', text = replace(text, ?1, ?2) WHERE instr(text, ?1)",
            (name, block),
        )
        for table, columns in _BLANKED.items():
            for column in columns:
                connection.execute(
                    f"UPDATE {table} SET {column} = replace({column}, ?1, ?2)"
                    f" WHERE instr({column}, ?1)",
                    (name, block),
                )


def waiting_identities(
    connection: sqlite3.Connection, people: People, names: set[str], local_ids: set[str]
) -> list[str]:
    """Return the identities of waiting rows of the person: of the same id, or with all names."""
    rows = connection.execute(
        "SELECT raw ->> '$.identity', local_id FROM quarantine WHERE raw ->> '$.identity' NOT NULL"
    ).fetchall()
    held = people.get([identity for identity, _ in rows])
    return [
        identity
        for identity, local_id in rows
        if local_id in local_ids or (names and names <= _said(held.get(identity, {})))
    ]


def _said(fields: Mapping[str, Any]) -> set[str]:
    raw = fields.get("raw", {})
    return {str(value).strip() for value in raw.values()} if isinstance(raw, Mapping) else set()


def standing(connection: sqlite3.Connection, path: Path, names: Iterable[str]) -> list[Standing]:
    """Return every place of the register's files that still holds one of the names."""
    found: list[Standing] = []
    for name in _spellings(names):
        exact = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        found += _in_ledger(connection, name, exact)
        found += _in_tables(connection, name, exact, {one.record_id for one in found})
        found += _in_people(path, name, exact)
        found += _in_files(path, name, {one.where for one in found})
    return list(dict.fromkeys(found))


def _in_ledger(
    connection: sqlite3.Connection, name: str, exact: re.Pattern[str]
) -> Iterator[Standing]:
    texts = ("body", "quote", "reason", "author", "occurred_on", "record_id", "source_id")
    where = " OR ".join(f"instr({column}, ?1)" for column in texts)
    query = f"SELECT entry_id, record_id, {', '.join(texts)} FROM entry WHERE {where}"
    for entry_id, record_id, body, *others in connection.execute(query, (name,)):
        said = list(texts_in(orjson.loads(body)))
        said += [(column, text or "") for column, text in zip(texts[1:], others, strict=True)]
        for field, text in said:
            if exact.search(text):
                yield Standing("ledger", field, entry_id, record_id)


def _in_tables(
    connection: sqlite3.Connection, name: str, exact: re.Pattern[str], known: set[str | None]
) -> Iterator[Standing]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in rows:
        if table.startswith(_SKIPPED) or table in (*DERIVED_TABLES, "entry"):
            continue
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        own = "record_id" if "record_id" in columns else "NULL"
        for column in columns:
            query = (
                f'SELECT rowid, {own}, "{column}" FROM "{table}"'
                f' WHERE instr(CAST("{column}" AS BLOB), CAST(?1 AS BLOB))'
            )
            for number, record_id, cell in connection.execute(query, (name,)):
                text = cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell)
                # a layer shows what the ledger says: told there
                if exact.search(text) and (record_id is None or record_id not in known):
                    yield Standing(table, column, str(number), record_id)


def _in_people(path: Path, name: str, exact: re.Pattern[str]) -> Iterator[Standing]:
    for identity_id, fields in People(path).holding(name):
        if exact.search(fields):
            yield Standing("people", "fields", identity_id)


def _in_files(path: Path, name: str, told: set[str]) -> Iterator[Standing]:
    """Files beside the register that belong to it: its copies before upgrades, and itself."""
    explained = {path} if told - {"people"} else set()
    explained |= {people_path(path)} if "people" in told else set()
    own = (one for one in path.parent.iterdir() if one.name.startswith(f"{path.stem}."))
    for file in sorted(set(own) - explained):
        if file.is_file() and name.encode() in file.read_bytes():
            yield Standing(file.name, "bytes", "")


def _spellings(names: Iterable[str]) -> set[str]:
    """The names as written, in capitals and in both forms of Unicode."""
    written = {spelt for name in names for spelt in (name, name.upper(), name.title())}
    return {unicodedata.normalize(form, one) for one in written for form in ("NFC", "NFD")}


def not_erased(connection: sqlite3.Connection, people: People) -> list[Problem]:
    """Identities that the ledger says are erased and the second file still holds."""
    return [
        Problem("identity_not_erased", identity_id, "still in the second file; erase it once more")
        for identity_id in sorted(people.get(erased_ids(connection)))
    ]
