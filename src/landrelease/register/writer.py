"""One transaction on the register: entries are chained, hashed and shown, or nothing happens."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import orjson

from landrelease.domain.canonical import (
    canonical_json,
)
from landrelease.domain.entries import Draft, Entry
from landrelease.domain.ids import EntryIds
from landrelease.domain.kinds import kind_spec, kinds
from landrelease.errors import FieldError, NotFoundError
from landrelease.register import attachments, outside, quarantine
from landrelease.register.checking import Checked, check_all
from landrelease.register.contract import QuarantineRow
from landrelease.register.ledger import Ledger
from landrelease.register.people import People, blank_documents, erased_ids, split_body


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
        self._ledger = Ledger(connection, replica, author, clock, ids)
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
        return self._ledger.append([self._without_names(item) for item in check_all(drafts)])

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
        return self._ledger.adopt(entries)

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

    def store_attachment(self, raw: bytes, *, name: str) -> str:
        """Keep an attached file once, by its hash; return its SHA-256."""
        sha256 = hashlib.sha256(raw).hexdigest()
        self.store_document(f"{attachments.PREFIX}{sha256}", raw, "", name=name)
        return sha256

    def quarantine(self, rows: Iterable[QuarantineRow]) -> None:
        """Keep rows that could not be accepted, until they are mended."""
        quarantine.keep(self._connection, [self._nameless_row(row) for row in rows])

    def resolve_quarantine(self, ids: Iterable[int], import_id: str) -> None:
        """Mark quarantined rows as mended by an import of this transaction or an earlier one.

        They stay to be read, and wait again when that import is undone.
        """
        quarantine.resolve(self._connection, ids, import_id)

    def put_identity(self, fields: Mapping[str, Any]) -> str:
        """Keep a person's identity in the second file; return its opaque id.

        The id goes into the body of the record, as ``identity``.
        """
        identity_id = str(uuid.uuid4())
        self._named[identity_id] = dict(fields)
        return identity_id

    def erase_identity(self, identity_id: str, reason: str) -> list[Entry]:
        """Erase a person's identity for good; the ledger says that, by whom and why.

        Names are blanked in the texts of documents too, and the bytes of those documents go, as do
        files attached to the person's records alone.

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
        attachments.erase(self._connection, [str(draft.record_id) for draft in drafts])
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

    def _without_names(self, item: Checked) -> Checked:
        draft = item.draft
        if not kind_spec(draft.kind).personal:
            return item
        record_id = draft.record_id or str(uuid.uuid4())
        whole = item.body if draft.quote is None else {**item.body, "quote": draft.quote}
        body, private = split_body(draft.kind, record_id, whole)
        if private and body["identity"] not in self._erased:
            self._named[body["identity"]] = private
        draft = draft._replace(record_id=record_id, quote=None)
        return Checked(draft, body, canonical_json(body))

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
        return self._ledger.append([Checked(draft, keep, canonical_json(keep))])[0]
