"""The documents that were read: proved by the hashes that their source's entry holds.

What an erasing left of a text is told by the erasing entry, as is what it left of words.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from landrelease.domain.words import join
from landrelease.register import words
from landrelease.register.attachments import PREFIX
from landrelease.register.blanking import covered, gone, united
from landrelease.register.contract import Problem

#: By this and its source an erasing entry tells of a document.
ERASED = "document:"

_VERSIONS = (
    f"SELECT e.entry_id, e.body, {words.TEXT} FROM record AS r"
    " JOIN version AS v USING (record_no) JOIN entry AS e USING (entry_no)"
    " WHERE r.record_id = ? AND r.kind = 'source'"
)
_READ = f"SELECT source_id, name, raw, text FROM document WHERE source_id NOT LIKE '{PREFIX}%'"


def text_hash(text: str) -> str:
    """Return the hash by which the ledger knows a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield documents that are neither as they were read nor as an erasing left them.

    Sources of earlier versions hold no hash of their text.
    """
    told = words.erased(connection)
    for source_id, name, raw, text in connection.execute(_READ):
        rows = connection.execute(_VERSIONS, (source_id,)).fetchall()
        if not rows:
            yield Problem("document_stray", source_id, "no source of the ledger has this id")
        bodies = [join(body, None, None, said).body for _, body, said in rows]
        files, texts, names = (
            {body[field] for body in bodies if body.get(field)}
            for field in ("sha256", "text_sha256", "file_name")
        )
        if names and name not in names and not any(entry_id in told for entry_id, *_ in rows):
            yield Problem("document_altered", source_id, "its name is not the one that was read")
        left = told.get(f"{ERASED}{source_id}")
        if files and not _is_file(raw, files, erased=bool(left) or not texts):
            yield Problem("document_altered", source_id, "its bytes are not those that were read")
        if texts and text_hash(text) not in (left[-1:] if left else texts):
            yield _altered(source_id, is_whole=text_hash(text) in texts)


def erased_texts(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the texts that erasings left, by the id of their source."""
    return _texts_of(connection, words.erased(connection))


def _texts_of(connection: sqlite3.Connection, told: Iterable[str]) -> dict[str, str]:
    sources = [key.removeprefix(ERASED) for key in told if key.startswith(ERASED)]
    rows = connection.execute(
        "SELECT source_id, text FROM document WHERE source_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sources),),
    )
    return dict(rows.fetchall())


def settle(connection: sqlite3.Connection, merged: words.Merged, theirs: Mapping[str, str]) -> None:
    """Let what was erased of texts win in a merge, whichever side erased it.

    A text that the other register does not hold as it was left is covered whole.
    """
    told = words.erased(connection)
    for source_id, here in _texts_of(connection, told).items():
        key = f"{ERASED}{source_id}"
        if text_hash(here) == told[key][-1]:
            continue
        there = theirs.get(source_id)
        left = covered(here) if there is None else united(here, there)
        merged.names.update(gone(here, left) if there is not None else ())
        connection.execute(
            "UPDATE document SET raw = X'', text = ? WHERE source_id = ?", (left, source_id)
        )
        if text_hash(left) != told[key][-1]:
            merged.blanked[key] = text_hash(left)


def _is_file(raw: Any, files: set[str], *, erased: bool) -> bool:
    if not isinstance(raw, bytes):  # another program wrote it
        return False
    return (erased and not raw) or hashlib.sha256(raw).hexdigest() in files


def _altered(source_id: str, *, is_whole: bool) -> Problem:
    if is_whole:
        text = "an entry says that a name in it was erased; erase once more"
        return Problem("document_not_erased", source_id, text)
    return Problem("document_altered", source_id, "its text is not the one that was read")
