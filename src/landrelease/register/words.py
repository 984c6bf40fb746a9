"""The words of entries, beside the ledger: kept, proved, and erased for good by an entry.

The ledger holds the hash of what was said; an erasing entry (`identity.erased`) holds the hash of
what it left, so words can neither be changed nor brought back unseen.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from landrelease.domain.canonical import canonical_json
from landrelease.domain.entries import Entry, Words
from landrelease.domain.words import ERASED, REFERENCE, join, new_salt, words_sha256
from landrelease.errors import RegisterError
from landrelease.register.blanking import covered, gone, united
from landrelease.register.contract import Problem
from landrelease.register.schema import ENTRY_COLUMNS

#: The words of the entry ``e`` as a column of a query.
TEXT = "(SELECT w.text FROM words AS w WHERE w.entry_no = e.entry_no)"

#: The columns of the entry ``e`` with its words, and where they stand.
ENTRY = f"{', '.join(f'e.{name}' for name in ENTRY_COLUMNS)}, w.salt, w.text"
ENTRIES = "entry AS e LEFT JOIN words AS w USING (entry_no)"

_QUOTE, _REASON, _BODY = (ENTRY_COLUMNS.index(name) for name in ("quote", "reason", "body"))
_REFERENCE = re.compile(rf'"{REFERENCE}":"([^"]*)"')


def entry_of(row: Sequence[Any]) -> Entry:
    """Return the entry of a row of the columns `ENTRY`, joined with its words."""
    *columns, salt, text = row
    entry = Entry(*columns)
    if f'"{REFERENCE}"' not in entry.body:
        return entry
    said = join(entry.body, entry.quote, entry.reason, text)
    words = Words(entry.body, salt or b"", text or "{}")
    whole = orjson.dumps(said.body).decode()
    return entry._replace(body=whole, quote=said.quote, reason=said.reason, words=words)


def row_of(entry: Entry) -> tuple[Any, ...]:
    """Return an entry's values as the ledger holds them, in the order of its columns."""
    if entry.words is None:
        return entry[:-1]
    values = list(entry[:-1])
    values[_QUOTE], values[_REASON], values[_BODY] = None, None, entry.words.body
    return tuple(values)


def current_body(connection: sqlite3.Connection, record_id: str | None) -> dict[str, Any]:
    """Return the body of a record as it stands; an empty one where none stands."""
    row = connection.execute(
        f"SELECT e.body, {TEXT} FROM record AS r JOIN entry AS e ON e.entry_no = r.current_entry_no"
        " WHERE r.record_id = ?",
        (record_id,),
    ).fetchone()
    return {} if row is None else join(row[0], None, None, row[1]).body


def keep(connection: sqlite3.Connection, numbered: Iterable[tuple[int, Words]]) -> None:
    """Write the words of entries that were written."""
    connection.executemany(
        "INSERT INTO words VALUES (?, ?, ?)", [(no, one.salt, one.text) for no, one in numbered]
    )


def replace(connection: sqlite3.Connection, entry_no: int, text: str) -> str:
    """Put other words in the place of an entry's; return their hash for an erasing entry."""
    salt = new_salt()
    connection.execute(
        "UPDATE words SET salt = ?, text = ? WHERE entry_no = ?", (salt, text, entry_no)
    )
    return words_sha256(salt, text)


def erased(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the hashes of what erasings left of the words of entries, by entry id, oldest first.

    The last one stands.
    """
    rows = connection.execute(
        "SELECT body FROM entry WHERE action = 'identity.erased' ORDER BY recorded_at, entry_id"
    )
    found: dict[str, list[str]] = defaultdict(list)
    for (body,) in rows:
        for entry_id, left in _erased_in(body).items():
            found[entry_id].append(left)
    return found


def _erased_in(body: str) -> Mapping[str, str]:
    try:
        told = orjson.loads(body.encode("utf-8", "surrogateescape")).get(ERASED, {})
    except (ValueError, AttributeError):  # damaged: its hash tells
        return {}
    return told if isinstance(told, Mapping) else {}


@dataclass(slots=True)
class Merged:
    """What became of erased words when another register was taken in.

    Attributes
    ----------
    touched : set of int
        Entries whose words are others now.
    blanked : dict
        Entry id → hash, of words that neither register held so: an erasing must tell it.
    names : set of str
        What the other register had erased and this one still said.
    """

    touched: set[int] = field(default_factory=set)
    blanked: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Offered:
    """Words of entries of another register that are not as they were written: erased ones are so.

    Only these are kept as the entries pass, so that a large register is merged in little memory.
    """

    otherwise: dict[str, Words] = field(default_factory=dict)

    def passed(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield the entries."""
        for entry in entries:
            words = entry.words
            if words is not None and words_sha256(words.salt, words.text) != _written(words):
                self.otherwise[entry.entry_id] = words
            yield entry


def _written(words: Words) -> str:
    """The hash of an entry's words as they were written."""
    found = _REFERENCE.search(words.body)
    return found[1] if found else ""


def settle(connection: sqlite3.Connection, offered: Offered) -> Merged:
    """Let erased words win in a merge, whichever side erased them.

    Raises
    ------
    RegisterError
        The words of an offered entry are neither what was written nor what an erasing left.
    """
    told, merged = erased(connection), Merged()
    theirs = offered.otherwise
    for entry_id, words in theirs.items():
        _check_erased(entry_id, words, told.get(entry_id, ()))
    rows = connection.execute(
        "SELECT entry_id, entry_no, salt, text FROM entry JOIN words USING (entry_no)"
        " WHERE entry_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(told)),),
    )
    for entry_id, entry_no, salt, text in rows.fetchall():
        here, due = Words("", salt, text), told[entry_id][-1]
        _settle_one(connection, merged, (entry_id, entry_no, due), here, theirs.get(entry_id))
    return merged


def _settle_one(
    connection: sqlite3.Connection,
    merged: Merged,
    entry: tuple[str, int, str],
    here: Words,
    there: Words | None,
) -> None:
    entry_id, entry_no, due = entry
    stands = words_sha256(here.salt, here.text) == due
    if stands and there is None:
        return
    said = orjson.loads(here.text)
    left = covered(said) if there is None else united(said, orjson.loads(there.text))
    text = canonical_json(left)
    if stands and text == here.text:
        return
    merged.touched.add(entry_no)
    merged.names.update(gone(said, left) if there else ())
    if there and text == there.text and words_sha256(there.salt, text) == due:
        values = (there.salt, text, entry_no)
        connection.execute("UPDATE words SET salt = ?, text = ? WHERE entry_no = ?", values)
    else:
        merged.blanked[entry_id] = replace(connection, entry_no, text)


def _check_erased(entry_id: str, words: Words, left: Iterable[str]) -> None:
    if words_sha256(words.salt, words.text) not in left:
        raise RegisterError(
            "words_altered",
            f"the words of entry {entry_id} are not as they were written",
            "verify the other register",
        )


class Proof:
    """Proves the words of entries against the ledger, one entry at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.problems = [
            Problem("words_stray", str(number), "words of an entry that is not in the ledger")
            for (number,) in connection.execute(
                "SELECT entry_no FROM words WHERE entry_no NOT IN (SELECT entry_no FROM entry)"
            )
        ]
        self._erased = erased(connection)

    def add(self, columns: Mapping[str, Any], salt: Any, text: Any) -> None:
        """Check the words of one entry."""
        found = _REFERENCE.search(str(columns["body"]))
        if problem := self._problem(columns["entry_id"], found and found[1], salt, text):
            self.problems.append(Problem(problem[0], str(columns["entry_id"]), problem[1]))

    def _problem(
        self, entry_id: str, reference: str | None, salt: Any, text: Any
    ) -> tuple[str, str] | None:
        if reference is None:
            return None if text is None else ("words_stray", "the entry was written without words")
        if not isinstance(text, str) or not isinstance(salt, bytes):
            return "words_missing", "its words are gone, and no erasing tells it"
        stands = words_sha256(salt, text)
        if stands == self._erased.get(entry_id, [reference])[-1]:
            return None
        if stands == reference:
            return "words_not_erased", "an entry says that they were erased; erase once more"
        return "words_altered", "its words are not as they were written, and no erasing tells it"
