"""Erasing a person: what can be blanked is, and what still holds the name is told place by place.

Entries are never changed, so a name that stands in the ledger itself stays there; this says where.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from landrelease.domain.canonical import canonical_json
from landrelease.domain.kinds import kinds
from landrelease.domain.plain import texts_in
from landrelease.register import words
from landrelease.register.blanking import blanked, in_json, pattern, spellings
from landrelease.register.contract import Problem
from landrelease.register.derive import standing_rows
from landrelease.register.layers import Standing as LayerRow
from landrelease.register.layers import column_names, quoted, write_rows
from landrelease.register.names import names_in
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


def blank(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, str]:
    """Blank names in words, documents, waiting rows, edits of other programs and layers.

    Each character becomes a block, so that the spans of proposals keep their place; the bytes of
    a document that named the person go.

    Returns
    -------
    dict
        The hash of what is left of the words of each entry that named the person, by its id; the
        erasing entry tells it.
    """
    spelt = spellings(names)
    if not spelt:
        return {}
    found = pattern(spelt)
    _blank_documents(connection, spelt, found)
    for table, columns in _BLANKED.items():
        for column in columns:
            _blank_column(connection, table, column, spelt, found)
    return _blank_words(connection, spelt, found)


def _holding(
    connection: sqlite3.Connection, what: str, column: str, spelt: Iterable[str]
) -> list[tuple[Any, ...]]:
    """Rows of a query whose column holds a spelling, as it is or as JSON writes it."""
    wanted = {form for one in spelt for form in (one, in_json(one))}
    query = f"{what} WHERE EXISTS (SELECT 1 FROM json_each(?) AS n WHERE instr({column}, n.value))"
    return connection.execute(query, (canonical_json(sorted(wanted)),)).fetchall()


def _blank_documents(
    connection: sqlite3.Connection, spelt: set[str], found: re.Pattern[str]
) -> None:
    for row in _holding(connection, "SELECT rowid, text FROM document", "text", spelt):
        if (text := blanked(row[1], found)) != row[1]:
            connection.execute(
                "UPDATE document SET raw = X'', text = ? WHERE rowid = ?", (text, row[0])
            )
    _blank_column(connection, "document", "name", spelt, found)


def _blank_column(
    connection: sqlite3.Connection,
    table: str,
    column: str,
    spelt: set[str],
    found: re.Pattern[str],
) -> None:
    for number, text in _holding(connection, f"SELECT rowid, {column} FROM {table}", column, spelt):
        connection.execute(
            f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (blanked(text, found), number)
        )


def _blank_words(
    connection: sqlite3.Connection, spelt: set[str], found: re.Pattern[str]
) -> dict[str, str]:
    query = "SELECT e.entry_no, e.entry_id, w.text FROM words AS w JOIN entry AS e USING (entry_no)"
    left: dict[str, str] = {}
    touched: set[int] = set()
    for entry_no, entry_id, text in _holding(connection, query, "w.text", spelt):
        if (rest := _words_without(text, found)) != text:
            left[entry_id] = words.replace(connection, entry_no, rest)
            touched.add(entry_no)
    show_again(connection, touched)
    _blank_edited(connection, found)
    return left


def _words_without(text: str, found: re.Pattern[str]) -> str:
    """Words without a name; the names of fields stay."""
    said = orjson.loads(text)
    fields = {name: _value_without(value, found) for name, value in said.pop("body", {}).items()}
    rest = {part: _value_without(value, found) for part, value in said.items()}
    return canonical_json({**rest, "body": fields} if fields else rest)


def _value_without(value: Any, found: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return blanked(value, found)
    return orjson.loads(blanked(canonical_json(value), found))


def show_again(connection: sqlite3.Connection, entry_nos: Iterable[int]) -> None:
    """Make layers show the words of these entries as they stand now.

    A row that another program edited stays as it was left there.
    """
    rows = connection.execute(
        "SELECT current_entry_no FROM record"
        " WHERE current_entry_no IN (SELECT value FROM json_each(?)) AND record_id NOT IN"
        " (SELECT record_id FROM outside_edit WHERE NOT reviewed AND record_id NOT NULL)",
        (canonical_json(sorted(entry_nos)),),
    ).fetchall()
    shown: dict[str, list[LayerRow]] = defaultdict(list)
    for kind, row in standing_rows(connection, [number for (number,) in rows]):
        shown[kind].append(row)
    for kind, layer_rows in shown.items():
        write_rows(connection, kind, layer_rows)


def _blank_edited(connection: sqlite3.Connection, found: re.Pattern[str]) -> None:
    """Blank names in the rows that another program edited and nobody reviewed."""
    edited = connection.execute(
        "SELECT DISTINCT layer, fid FROM outside_edit WHERE NOT reviewed AND operation != 'delete'"
    ).fetchall()
    for layer, fid in edited:
        if layer not in kinds():
            continue
        names = [name for name in column_names(layer) if name not in ("geom", "record_id")]
        query = f'SELECT {quoted(names)} FROM "{layer}" WHERE fid = ?'
        for row in connection.execute(query, (fid,)).fetchall():
            for name, cell in zip(names, row, strict=True):
                if isinstance(cell, str) and (left := blanked(cell, found)) != cell:
                    change = f'UPDATE "{layer}" SET "{name}" = ? WHERE fid = ?'
                    connection.execute(change, (left, fid))


def blank_identities(people: People, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what the second file says of others without the names; their own names stay."""
    spelt = spellings(names)
    if not spelt:
        return {}
    found = pattern(spelt)
    held = dict(row for name in spelt for row in people.holding(in_json(name)))
    said = {key: orjson.loads(fields) for key, fields in held.items()}
    left = {key: _without(fields, names_in(fields), found) for key, fields in said.items()}
    return {key: fields for key, fields in left.items() if fields != said[key]}


def _without(value: Any, own: set[str], found: re.Pattern[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(item, own, found) for key, item in value.items()}
    if isinstance(value, list):
        return [_without(item, own, found) for item in value]
    if not isinstance(value, str) or value.strip() in own:
        return value
    return blanked(value, found)


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
    for name in spellings(names):
        exact = pattern([name])
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
        if file.is_file() and _holds(file, name, alone=file == people_path(path)):
            yield Standing(file.name, "bytes", "")


def stands_alone(path: Path, names: Iterable[str]) -> bool:
    """Whether a file holds a name that is no part of a longer word."""
    return any(_holds(path, name, alone=True) for name in spellings(names))


def _holds(file: Path, name: str, *, alone: bool) -> bool:
    """Whether the bytes of a file hold a name; ``alone`` leaves out what is part of a word."""
    data, exact = file.read_bytes(), pattern([name])
    return any(
        not alone
        or exact.search(data[max(0, hit.start() - 4) : hit.end() + 4].decode(errors="ignore"))
        for hit in re.finditer(re.escape(name.encode()), data)
    )


def not_erased(connection: sqlite3.Connection, people: People) -> list[Problem]:
    """Identities that the ledger says are erased and the second file still holds."""
    return [
        Problem("identity_not_erased", identity_id, "still in the second file; erase it once more")
        for identity_id in sorted(people.get(erased_ids(connection)))
    ]
