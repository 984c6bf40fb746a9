"""The ledger: entries are chained, hashed and inserted, and what follows from them is derived."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import islice
from typing import Any

import orjson

from landrelease.domain.canonical import columns_of, entry_hash
from landrelease.domain.entries import Draft, Entry, Words
from landrelease.domain.ids import EntryIds
from landrelease.domain.words import ARRIVALS, IDENTITY, part
from landrelease.errors import RefusedError, RegisterError
from landrelease.register import arrivals, words
from landrelease.register.checking import Checked
from landrelease.register.derive import Entered, derive, entered
from landrelease.register.inserting import insert_rows
from landrelease.register.schema import ENTRY_COLUMNS
from landrelease.register.state import microseconds, moment_text
from landrelease.register.unseen import void_out_of_view

_COLUMNS = ("entry_no", *ENTRY_COLUMNS)
#: Entries are worked on in slices, so that memory does not grow with the size of an import.
_SLICE = 20_000


class Ledger:
    """Appends to the ledger of one register in one person's name."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        replica: str,
        author: str,
        clock: Callable[[], int],
        ids: EntryIds,
    ) -> None:
        self._connection = connection
        self._replica = replica
        self._author = author
        self._clock = clock
        self._ids = ids

    def append(self, checked: Sequence[Checked]) -> list[Entry]:
        """Write checked drafts as entries, in the order given."""
        entries: list[Entry] = []
        for start in range(0, len(checked), _SLICE):
            entries += self._append_slice(checked[start : start + _SLICE])
        return entries

    def adopt(self, entries: Iterable[Entry]) -> int:
        """Write entries made elsewhere that are not here yet; return how many.

        They come with no entry before the one that it follows, as a ledger holds them, and are
        worked on in slices.
        """
        now = moment_text(max(self._clock(), self._last_received()))
        rest, new = iter(entries), 0
        while some := list(islice(rest, _SLICE)):
            new += self._adopt_slice(some, now)
        return new

    def _adopt_slice(self, entries: Sequence[Entry], now: str) -> int:
        offered = sorted(entries, key=lambda entry: (entry.replica, entry.replica_seq))
        for entry in offered:
            if entry_hash(columns_of(entry)) != entry.hash:
                raise RegisterError(
                    "hash_mismatch", f"entry {entry.entry_id} does not match its hash"
                )
        present = self._entry_ids(entry.entry_id for entry in offered)
        new = [e for e in offered if e.entry_id not in present]
        now = _unlike(now, {entry.recorded_at for entry in new})
        new = [e._replace(received_at=now) for e in new]
        self._check_chained(new)
        bodies = [orjson.loads(entry.body) for entry in new]
        self._insert(entered([(0, entry) for entry in new], bodies))
        return len(new)

    def _append_slice(self, checked: Sequence[Checked]) -> list[Entry]:
        previous, seq, last_us = self._head()
        latest = self._latest(checked, previous)
        now_us = max(self._clock(), last_us + 1, self._last_received())
        now = moment_text(now_us)
        ids = self._ids.take(now_us // 1000, len(checked))
        first_no, arrived = self._next_entry_no(), arrivals.untold(self._connection)
        batch: list[Entered] = []
        for at, (item, entry_id) in enumerate(zip(checked, ids, strict=True)):
            columns = self._columns(item, entry_id, now, latest)
            columns |= {"replica_seq": seq + 1 + at, "previous_hash": previous}
            apart = part(item.draft, item.body, _proofs(item.draft, arrived))
            entry, arrived = _said(item, apart, columns, now), None
            latest[entry.record_id], previous = entry.entry_id, entry.hash
            batch.append(Entered(first_no + at, entry, item.body, item.shape))
        self._insert(batch)
        return [e.entry for e in batch]

    def _columns(
        self, item: Checked, entry_id: str, now: str, latest: Mapping[str, str]
    ) -> dict[str, Any]:
        draft = item.draft
        record_id = draft.record_id or str(uuid.uuid4())
        return {
            "entry_id": draft.entry_id or entry_id,
            "record_id": record_id,
            "kind": draft.kind,
            "action": draft.action,
            "occurred_on": draft.occurred_on,
            "recorded_at": now,
            "author": self._author,
            "replica": self._replica,
            "source_id": draft.source_id,
            "quote": None,
            "source_row": draft.source_row,
            "import_id": draft.import_id,
            "reason": None,
            "supersedes": draft.supersedes or latest.get(record_id),
            "body": item.text,
        }

    def _insert(self, batch: Sequence[Entered]) -> None:
        if not batch:
            return
        if not batch[0].entry_no:
            first = self._next_entry_no()
            batch = [e._replace(entry_no=first + at) for at, e in enumerate(batch)]
        self._check_unused(batch)
        rows = [(e.entry_no, *words.row_of(e.entry)) for e in batch]
        insert_rows(self._connection, "entry", _COLUMNS, rows)
        said = [(e.entry_no, e.entry.words) for e in batch if e.entry.words is not None]
        words.keep(self._connection, said)
        move_heads(self._connection, [e.entry for e in batch])
        derive(self._connection, batch)

    def _check_chained(self, new: Sequence[Entry]) -> None:
        hashes = {entry.hash for entry in new}
        wanted = {e.previous_hash for e in new if e.previous_hash} - hashes
        if not wanted:
            return
        rows = self._connection.execute(
            "SELECT hash FROM entry WHERE hash IN (SELECT value FROM json_each(?))",
            (json.dumps(list(wanted)),),
        )
        if missing := wanted - {found for (found,) in rows}:
            raise RegisterError(
                "chain_incomplete",
                f"the entry before {min(missing)[:12]}… is missing",
                "take in the whole ledger of the other register",
            )

    def _check_unused(self, batch: Sequence[Entered]) -> None:
        ids = [e.entry.entry_id for e in batch]
        if taken := self._entry_ids(ids):
            raise RefusedError("entry_exists", f"entry {min(taken)} is in the ledger already")
        kinds = {e.entry.record_id: e.entry.kind for e in batch}
        rows = self._connection.execute(
            "SELECT record_id, kind FROM record"
            " WHERE record_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(kinds)),),
        )
        for record_id, kind in rows:
            if kinds[record_id] != kind:
                raise RefusedError(
                    "record_kind_differs",
                    f"record {record_id} is a {kind}, not a {kinds[record_id]}",
                )

    def _entry_ids(self, ids: Iterable[str]) -> set[str]:
        rows = self._connection.execute(
            "SELECT entry_id FROM entry WHERE entry_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return {found for (found,) in rows}

    def _latest(self, checked: Sequence[Checked], head: str | None) -> dict[str, str]:
        """What new versions replace: the one that stands, or the void that another copy wrote."""
        wanted = [c.draft.record_id for c in checked if c.draft.record_id is not None]
        rows = self._connection.execute(
            "SELECT r.record_id, e.entry_id FROM record AS r"
            " JOIN entry AS e ON e.entry_no = r.current_entry_no"
            " WHERE r.record_id IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        )
        return void_out_of_view(self._connection, wanted, head) | dict(rows.fetchall())

    def _head(self) -> tuple[str | None, int, int]:
        row = self._connection.execute(
            "SELECT hash, seq, recorded_at FROM head WHERE replica = ? ORDER BY seq DESC, hash",
            (self._replica,),
        ).fetchone()
        return (None, 0, 0) if row is None else (row[0], row[1], microseconds(row[2]))

    def _last_received(self) -> int:
        """When the last entry arrived: a clock that was set back does not disturb their order."""
        row = self._connection.execute(
            "SELECT received_at FROM entry ORDER BY entry_no DESC LIMIT 1"
        ).fetchone()
        return 0 if row is None else microseconds(row[0])

    def _next_entry_no(self) -> int:
        found = self._connection.execute("SELECT coalesce(max(entry_no), 0) + 1 FROM entry")
        number: int = found.fetchone()[0]
        return number


def _unlike(now: str, recorded: Set[str]) -> str:
    """The moment of arrival, unlike those of recording: that is the mark of our own entries."""
    while now in recorded:
        now = moment_text(microseconds(now) + 1)
    return now


def _proofs(draft: Draft, arrived: str | None) -> dict[str, str]:
    given = {IDENTITY: draft.identity_proof, ARRIVALS: arrived}
    return {name: proof for name, proof in given.items() if proof is not None}


def _said(item: Checked, apart: Words | None, columns: dict[str, Any], received_at: str) -> Entry:
    """The entry of a draft: hashed as the ledger holds it, given as it was said."""
    if apart is None:
        return Entry(received_at=received_at, hash=entry_hash(columns), **columns)
    columns["body"] = apart.body
    kept, columns["body"] = entry_hash(columns), item.text
    columns["quote"], columns["reason"] = item.draft.quote, item.draft.reason
    return Entry(received_at=received_at, hash=kept, words=apart, **columns)


def move_heads(connection: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    """Put the ends of the chains where these entries leave them; parents come first."""
    ends = {row[0]: row for row in connection.execute("SELECT * FROM head")}
    for entry in entries:
        ends.pop(entry.previous_hash or "", None)
        ends[entry.hash] = (entry.hash, entry.replica, entry.replica_seq, entry.recorded_at)
    connection.execute("DELETE FROM head")
    connection.executemany("INSERT INTO head VALUES (?, ?, ?, ?)", ends.values())
