"""One transaction on the register: entries are chained, hashed and shown, or nothing happens."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

import orjson

from landrelease.domain.actions import check_action
from landrelease.domain.canonical import (
    canonical_json,
    columns_of,
    entry_hash,
)
from landrelease.domain.dates import PartialDate
from landrelease.domain.entries import Draft, Entry
from landrelease.domain.ids import EntryIds
from landrelease.domain.kinds import check_body, kind_spec, kinds
from landrelease.errors import FieldError, NotFoundError, RefusedError, RegisterError
from landrelease.register import outside, quarantine
from landrelease.register.contract import QuarantineRow
from landrelease.register.derive import Entered, derive
from landrelease.register.people import People, blank_documents, erased_ids, split_body
from landrelease.register.schema import ENTRY_COLUMNS
from landrelease.register.state import microseconds, moment_text

_INSERT = (
    f"INSERT INTO entry (entry_no, {', '.join(ENTRY_COLUMNS)})"
    f" VALUES ({', '.join('?' * (len(ENTRY_COLUMNS) + 1))})"
)
_values = attrgetter(*ENTRY_COLUMNS)
#: Entries are worked on in slices, so that memory does not grow with the size of an import.
_SLICE = 20_000


@dataclass(frozen=True, slots=True)
class _Checked:
    draft: Draft
    body: dict[str, Any]
    text: str


class Writer:
    """Appends to one register in one person's name; made by `Register.write`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        replica: str,
        author: str,
        clock: Callable[[], int],
        ids: EntryIds,
        people: People,
    ) -> None:
        self._connection = connection
        self._replica = replica
        self._author = author
        self._clock = clock
        self._ids = ids
        self._people = people
        self._erased = erased_ids(connection)
        self._named: dict[str, Mapping[str, Any]] = {}
        self._erasing: set[str] = set()

    def append(self, drafts: Iterable[Draft]) -> list[Entry]:
        """Append entries to the ledger and bring the layers up to date.

        Parameters
        ----------
        drafts : iterable of Draft
            A draft without ``record_id`` makes a new record.

        Returns
        -------
        list of Entry
            In the order given.

        Raises
        ------
        FieldError, NotFoundError
            A kind, action, date or field that cannot be; nothing is written.
        RefusedError
            An entry or a record of another kind stands under the id.
        """
        checked = [self._without_names(_check(draft)) for draft in drafts]
        entries: list[Entry] = []
        for start in range(0, len(checked), _SLICE):
            entries += self._append_slice(checked[start : start + _SLICE])
        return entries

    def adopt(self, entries: Iterable[Entry]) -> int:
        """Take in entries of another register of the same tree.

        They keep their ids, hashes and times; ``received_at`` becomes now.

        Returns
        -------
        int
            How many were new here.

        Raises
        ------
        RegisterError
            An entry does not match its hash, or its chain has a gap.
        """
        offered = sorted(entries, key=lambda entry: (entry.replica, entry.replica_seq))
        for entry in offered:
            if entry_hash(columns_of(entry)) != entry.hash:
                raise RegisterError(
                    "hash_mismatch", f"entry {entry.entry_id} does not match its hash"
                )
        present = self._entry_ids(entry.entry_id for entry in offered)
        now = moment_text(self._clock())
        new = [replace(e, received_at=now) for e in offered if e.entry_id not in present]
        self._check_chained(new)
        for start in range(0, len(new), _SLICE):
            self._insert([_parsed(entry) for entry in new[start : start + _SLICE]])
        return len(new)

    def void(self, record_id: str, reason: str) -> Entry:
        """Take a record out of the state, with a reason; it stays in the ledger.

        Raises
        ------
        NotFoundError
            There is no such record.
        FieldError
            The reason is empty.
        """
        return self._undo(record_id, "record.voided", reason)

    def void_import(self, import_id: str, reason: str) -> Entry:
        """Undo an import as one act: every entry that it brought is taken out of the state."""
        return self._undo(import_id, "import.voided", reason)

    def store_document(self, source_id: str, raw: bytes, text: str, *, name: str) -> None:
        """Keep a source's bytes and the text read from them."""
        self._connection.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?) ON CONFLICT (source_id) DO UPDATE"
            " SET name = excluded.name, raw = excluded.raw, text = excluded.text",
            (source_id, name, raw, text),
        )

    def quarantine(self, rows: Iterable[QuarantineRow]) -> None:
        """Keep rows that could not be accepted, until they are mended."""
        quarantine.keep(self._connection, [self._nameless_row(row) for row in rows])

    def resolve_quarantine(self, ids: Iterable[int]) -> None:
        """Mark quarantined rows as mended; they stay to be read."""
        quarantine.resolve(self._connection, ids)

    def put_identity(self, fields: Mapping[str, Any]) -> str:
        """Keep a person's identity in the second file; return its opaque id.

        The id goes into the body of the record, as ``identity``.
        """
        identity_id = str(uuid.uuid4())
        self._named[identity_id] = dict(fields)
        return identity_id

    def erase_identity(self, identity_id: str, reason: str) -> list[Entry]:
        """Erase a person's identity for good; the ledger says that, by whom and why.

        Names are blanked in the texts of documents too, and the bytes of those documents go.

        Raises
        ------
        NotFoundError
            No record names the identity.
        FieldError
            The reason is empty.
        """
        if not reason.strip():
            raise FieldError("reason", reason, "erasing needs a reason", "say why in a sentence")
        drafts = self._erasures(identity_id, reason)
        if not drafts:
            raise NotFoundError("identity_unknown", f"no record names identity {identity_id!r}")
        fields = self._named.pop(identity_id, self._people.get([identity_id]).get(identity_id, {}))
        blank_documents(self._connection, fields)
        self._erasing.add(identity_id)
        self._erased.add(identity_id)
        return self.append(drafts)

    def adopt_edit(self, edit_id: int, reason: str) -> Entry:
        """Take an edit that another program made into the ledger, in this person's name.

        Raises
        ------
        NotFoundError
            No such edit waits.
        FieldError
            It gave a field a value that cannot be.
        """
        edit = outside.one(self._connection, edit_id)
        [entry] = self.append([outside.adoption(self._connection, edit, reason)])
        outside.settle(self._connection, edit)
        return entry

    def reject_edit(self, edit_id: int, reason: str) -> Entry:
        """Undo an edit that another program made; the ledger keeps what it was and why.

        Raises
        ------
        NotFoundError
            No such edit waits.
        """
        edit = outside.one(self._connection, edit_id)
        outside.settle(self._connection, edit)
        [entry] = self.append([outside.rejection(self._connection, edit, reason)])
        return entry

    def write_names(self) -> None:
        """Write the identities of this transaction, before it is acknowledged."""
        kept = {key: fields for key, fields in self._named.items() if key not in self._erased}
        self._people.put(kept)

    def erase_names(self) -> None:
        """Delete what the ledger says is erased, after it says so."""
        self._people.erase(self._erasing)

    def _erasures(self, identity_id: str, reason: str) -> list[Draft]:
        rows = self._connection.execute(
            "SELECT e.kind, e.record_id, e.body FROM record AS r"
            " JOIN entry AS e ON e.entry_no = r.current_entry_no"
            " WHERE r.kind IN (SELECT value FROM json_each(?)) AND e.body ->> '$.identity' = ?",
            (
                canonical_json([spec.name for spec in kinds().values() if spec.personal]),
                identity_id,
            ),
        )
        return [
            Draft(kind, "identity.erased", orjson.loads(body), record_id, reason=reason)
            for kind, record_id, body in rows.fetchall()
        ]

    def _without_names(self, item: _Checked) -> _Checked:
        draft = item.draft
        if not kind_spec(draft.kind).personal:
            return item
        record_id = draft.record_id or str(uuid.uuid4())
        whole = item.body if draft.quote is None else {**item.body, "quote": draft.quote}
        body, private = split_body(draft.kind, record_id, whole)
        if private and body["identity"] not in self._erased:
            self._named[body["identity"]] = private
        draft = replace(draft, record_id=record_id, quote=None)
        return _Checked(draft, body, canonical_json(body))

    def _nameless_row(self, row: QuarantineRow) -> QuarantineRow:
        if not kind_spec(row.kind).personal:
            return row
        held = self.put_identity({"raw": row.raw, "issues": list(row.issues)})
        return replace(row, raw={"identity": held}, issues=())

    def _undo(self, record_id: str, action: str, reason: str) -> Entry:
        if not reason.strip():
            raise FieldError("reason", reason, "undoing needs a reason", "say why in a sentence")
        found = self._connection.execute(
            "SELECT r.kind, e.body FROM record AS r"
            " LEFT JOIN entry AS e ON e.entry_no = r.current_entry_no WHERE r.record_id = ?",
            (record_id,),
        ).fetchone()
        if found is None or (action == "import.voided" and found[0] != "import"):
            raise NotFoundError(
                "record_unknown", f"there is no {action.split('.', maxsplit=1)[0]} {record_id!r}"
            )
        kind, body = found
        draft = Draft(kind, action, {}, record_id=record_id, reason=reason)
        keep = json.loads(body) if body and action == "import.voided" else {}
        return self._append_slice([_Checked(draft, keep, canonical_json(keep))])[0]

    def _append_slice(self, checked: Sequence[_Checked]) -> list[Entry]:
        latest = self._latest(checked)
        previous, seq, last_us = self._head()
        now_us = max(self._clock(), last_us + 1)
        now = moment_text(now_us)
        ids = self._ids.take(now_us // 1000, len(checked))
        first_no = self._next_entry_no()
        batch: list[Entered] = []
        for at, (item, entry_id) in enumerate(zip(checked, ids, strict=True)):
            columns = self._columns(item, entry_id, now, latest)
            columns |= {"replica_seq": seq + 1 + at, "previous_hash": previous}
            entry = Entry(received_at=now, hash=entry_hash(columns), **columns)
            latest[entry.record_id], previous = entry.entry_id, entry.hash
            batch.append(Entered(first_no + at, entry, item.body))
        self._insert(batch)
        return [e.entry for e in batch]

    def _columns(
        self, item: _Checked, entry_id: str, now: str, latest: Mapping[str, str]
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
            "quote": draft.quote,
            "source_row": draft.source_row,
            "import_id": draft.import_id,
            "reason": draft.reason,
            "supersedes": draft.supersedes or latest.get(record_id),
            "body": item.text,
        }

    def _insert(self, batch: Sequence[Entered]) -> None:
        if not batch:
            return
        if not batch[0].entry_no:
            first = self._next_entry_no()
            batch = [replace(e, entry_no=first + at) for at, e in enumerate(batch)]
        self._check_unused(batch)
        self._connection.executemany(
            _INSERT,
            [(e.entry_no, *_values(e.entry)) for e in batch],
        )
        move_heads(self._connection, [e.entry for e in batch])
        derive(self._connection, batch)

    def _check_chained(self, new: Sequence[Entry]) -> None:
        hashes = {entry.hash for entry in new}
        wanted = {e.previous_hash for e in new if e.previous_hash} - hashes
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

    def _latest(self, checked: Sequence[_Checked]) -> dict[str, str]:
        wanted = [c.draft.record_id for c in checked if c.draft.record_id is not None]
        rows = self._connection.execute(
            "SELECT r.record_id, e.entry_id FROM record AS r"
            " JOIN entry AS e ON e.entry_no = r.current_entry_no"
            " WHERE r.record_id IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        )
        return dict(rows.fetchall())

    def _head(self) -> tuple[str | None, int, int]:
        row = self._connection.execute(
            "SELECT hash, seq, recorded_at FROM head WHERE replica = ? ORDER BY seq DESC, hash",
            (self._replica,),
        ).fetchone()
        return (None, 0, 0) if row is None else (row[0], row[1], microseconds(row[2]))

    def _next_entry_no(self) -> int:
        found = self._connection.execute("SELECT coalesce(max(entry_no), 0) + 1 FROM entry")
        number: int = found.fetchone()[0]
        return number


def move_heads(connection: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    """Put the ends of the chains where these entries leave them; parents come first."""
    ends = {row[0]: row for row in connection.execute("SELECT * FROM head")}
    for entry in entries:
        ends.pop(entry.previous_hash or "", None)
        ends[entry.hash] = (entry.hash, entry.replica, entry.replica_seq, entry.recorded_at)
    connection.execute("DELETE FROM head")
    connection.executemany("INSERT INTO head VALUES (?, ?, ?, ?)", ends.values())


def _check(draft: Draft) -> _Checked:
    check_action(draft.action)
    _check_date(draft.occurred_on)
    _check_id("entry_id", draft.entry_id)
    if draft.record_id is not None and not draft.record_id.strip():
        raise FieldError("record_id", draft.record_id, "is empty", "leave it out for a new record")
    body = check_body(draft.kind, draft.body) if draft.action != "record.voided" else {}
    return _Checked(draft, body, canonical_json(body))


@lru_cache(maxsize=4096)
def _check_date(occurred_on: str | None) -> None:
    if occurred_on is not None:
        PartialDate.parse(occurred_on, "occurred_on")


def _check_id(name: str, value: str | None) -> None:
    if value is None:
        return
    try:
        canonical = str(uuid.UUID(value))
    except ValueError:
        canonical = ""
    if canonical != value:
        raise FieldError(name, value, "is no id", "write a UUID in lower case, or leave it out")


def _parsed(entry: Entry) -> Entered:
    return Entered(0, entry, orjson.loads(entry.body))
