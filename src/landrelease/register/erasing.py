"""Erasing a person: what can be blanked is, and what still holds the name is told place by place.

Entries are never changed, so a name that stands in the ledger itself stays there; this says where.
"""

from __future__ import annotations

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
from landrelease.register import attachments, documents, quarantine, words
from landrelease.register.blanking import blanked
from landrelease.register.derive import standing_rows
from landrelease.register.inserting import quoted
from landrelease.register.layers import Standing as LayerRow
from landrelease.register.layers import column_names, write_rows
from landrelease.register.matching import Names, parts_alone
from landrelease.register.names import names_in
from landrelease.register.people import People, people_path
from landrelease.register.schema import DERIVED_TABLES

#: Tables whose cells can be blanked, and the columns.
_BLANKED = {
    "outside_edit": ("before", "after"),
    "quarantine": ("raw", "issues", "identity", "local_id"),
    "register_info": ("name",),
}
#: Documents that were read; attached files stand beside them.
_READ = (
    f"SELECT source_id, text, raw FROM document WHERE source_id NOT LIKE '{attachments.PREFIX}%'"
)
#: The record to which a row of a table belongs, where no column says it.
_OWNERS = {"words": "(SELECT e.record_id FROM entry AS e WHERE e.entry_no = words.entry_no)"}
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
    a document or an attached file that named the person go.

    Returns
    -------
    dict
        The hash of what is left of the words of each entry that named the person, by its id, of
        documents and of the waiting rows of an import, and the attached files that went; the
        erasing entry tells it.
    """
    found = Names(names)
    if not found:
        return {}
    told = _blank_documents(connection, found)
    before = quarantine.digests(connection)
    for table, columns in _BLANKED.items():
        for column in columns:
            _blank_column(connection, table, column, found)
    after = quarantine.digests(connection).items()
    told |= {f"{quarantine.ERASED}{key}": left for key, left in after if left != before[key]}
    return told | _blank_words(connection, found) | attachments.erase_naming(connection, found)


def _holding(
    connection: sqlite3.Connection, query: str, names: Names, searched: int = 1
) -> list[tuple[Any, ...]]:
    """Rows of a query that hold a name in the last columns, as many as are searched."""
    rows = connection.execute(query)
    return [row for row in rows if any(map(names.in_cell, row[-searched:]))]


def _blank_documents(connection: sqlite3.Connection, found: Names) -> dict[str, str]:
    """Blank texts read from documents; the bytes of one that names the person go.

    Files attached to records are proved by their hash: see `landrelease.register.attachments`.
    """
    left = {}
    for source_id, text, _ in _holding(connection, _READ, found, 2):
        rest = blanked(text, found)
        connection.execute(
            "UPDATE document SET raw = X'', text = ? WHERE source_id = ?", (rest, source_id)
        )
        left[f"{documents.ERASED}{source_id}"] = documents.text_hash(rest)
    _blank_column(connection, "document", "name", found)
    return left


def _blank_column(connection: sqlite3.Connection, table: str, column: str, found: Names) -> None:
    query = f"SELECT rowid, {column} FROM {table}"
    for number, text in _holding(connection, query, found):
        connection.execute(
            f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (blanked(text, found), number)
        )


def _blank_words(connection: sqlite3.Connection, found: Names) -> dict[str, str]:
    query = "SELECT e.entry_no, e.entry_id, w.text FROM words AS w JOIN entry AS e USING (entry_no)"
    left: dict[str, str] = {}
    touched: set[int] = set()
    for entry_no, entry_id, text in _holding(connection, query, found):
        if (rest := _words_without(text, found)) != text:
            left[entry_id] = words.replace(connection, entry_no, rest)
            touched.add(entry_no)
    show_again(connection, touched)
    _blank_edited(connection, found)
    return left


def _words_without(text: str, found: Names) -> str:
    """Words without a name; the names of fields stay."""
    said = orjson.loads(text)
    fields = {name: _value_without(value, found) for name, value in said.pop("body", {}).items()}
    rest = {part: _value_without(value, found) for part, value in said.items()}
    return canonical_json({**rest, "body": fields} if fields else rest)


def _value_without(value: Any, found: Names) -> Any:
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


def _blank_edited(connection: sqlite3.Connection, found: Names) -> None:
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
    found = Names(names)
    if not found:
        return {}
    said = {key: orjson.loads(fields) for key, fields in people.holding(found.holds)}
    left = {key: _without(fields, _own_names(fields), found) for key, fields in said.items()}
    return {key: fields for key, fields in left.items() if fields != said[key]}


def _own_names(fields: Mapping[str, Any]) -> set[str]:
    """The names that stay, as a record is about who bears them; a waiting row has none."""
    return set() if _is_waiting(fields) else names_in(fields)


def _is_waiting(fields: Mapping[str, Any]) -> bool:
    """Whether the second file says this of a row that waits."""
    return isinstance(fields.get("raw"), Mapping) and "issues" in fields


def _without(value: Any, own: set[str], found: Names) -> Any:
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
    each = [Names([name]) for name in names]
    found = []
    for identity, local_id in rows:
        fields = held.get(identity, {})
        of_same_id = fields.get("local_id", local_id) in local_ids
        if of_same_id or (each and _names_all(fields, each)):
            found.append(identity)
    return found


def _names_all(fields: Mapping[str, Any], each: Iterable[Names]) -> bool:
    raw = fields.get("raw", {})
    said = " ".join(map(str, raw.values())) if isinstance(raw, Mapping) else ""
    return all(one.holds(said) for one in each)


def standing(connection: sqlite3.Connection, path: Path, names: Names) -> list[Standing]:
    """Return every place of the register's files that still holds one of the names."""
    found = [*_in_ledger(connection, names)]
    found += _in_tables(connection, names, {one.record_id for one in found})
    found += _in_people(path, names)
    found += _in_files(path, names, {one.where for one in found})
    return list(dict.fromkeys(found))


def standing_alone(
    connection: sqlite3.Connection, path: Path, names: Iterable[str]
) -> list[Standing]:
    """Return the places that hold one part of a name alone, which may mean somebody else."""
    if not (parts := Names(parts_alone(names))):
        return []
    found = [*_in_ledger(connection, parts), *_in_tables(connection, parts, set())]
    shown = [one for one in found if one.where not in kinds()]  # a layer repeats the words
    return [*shown, *_in_people(path, parts)]


def _in_ledger(connection: sqlite3.Connection, names: Names) -> Iterator[Standing]:
    texts = ("body", "quote", "reason", "author", "occurred_on", "record_id", "source_id")
    query = f"SELECT entry_id, record_id, {', '.join(texts)} FROM entry"
    for entry_id, record_id, body, *others in _holding(connection, query, names, len(texts)):
        said = list(texts_in(orjson.loads(body)))
        said += [(column, text or "") for column, text in zip(texts[1:], others, strict=True)]
        for field, text in said:
            if names.holds(text):
                yield Standing("ledger", field, entry_id, record_id)


def _in_tables(
    connection: sqlite3.Connection, names: Names, known: set[str | None]
) -> Iterator[Standing]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in rows:
        if table.startswith(_SKIPPED) or table in (*DERIVED_TABLES, "entry"):
            continue
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        own = _OWNERS.get(table, "record_id" if "record_id" in columns else "NULL")
        query = f'SELECT rowid, {own}, {quoted(columns)} FROM "{table}"'
        for number, record_id, *cells in _holding(connection, query, names, len(columns)):
            if table in kinds() and record_id in known:
                continue  # a layer shows what the ledger says: told there
            for column, cell in zip(columns, cells, strict=True):
                if names.in_cell(cell):
                    yield Standing(table, column, str(number), record_id)


def _in_people(path: Path, names: Names) -> Iterator[Standing]:
    for identity_id, _ in People(path).holding(names.holds):
        yield Standing("people", "fields", identity_id)


def _in_files(path: Path, names: Names, told: set[str]) -> Iterator[Standing]:
    """Files beside the register that belong to it: its copies before upgrades, and itself."""
    explained = {path} if told - {"people"} else set()
    explained |= {people_path(path)} if "people" in told else set()
    own = (one for one in path.parent.iterdir() if one.name.startswith(f"{path.stem}."))
    for file in sorted(set(own) - explained):
        is_people = file == people_path(path)
        if file.is_file() and names.in_bytes(file.read_bytes(), alone=is_people):
            yield Standing(file.name, "bytes", "")


def stands_alone(path: Path, names: Names) -> bool:
    """Whether a file holds a name that is no part of a longer word."""
    return names.in_bytes(path.read_bytes(), alone=True)
