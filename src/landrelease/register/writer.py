"""One transaction on the register: entries are chained, hashed and shown, or nothing happens."""

from __future__ import annotations

import hashlib
import sqlite3
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from landrelease.domain.canonical import canonical_json
from landrelease.domain.entries import Draft, Entry
from landrelease.domain.ids import EntryIds
from landrelease.domain.kinds import kind_spec, kinds
from landrelease.domain.words import IDENTITY, join
from landrelease.domain.workflow import check_recordable
from landrelease.errors import FieldError, NotFoundError
from landrelease.register import (
    attachments,
    documents,
    erasing,
    identity_check,
    outside,
    quarantine,
    words,
)
from landrelease.register.checking import Checked, check_all
from landrelease.register.contract import QuarantineRow
from landrelease.register.ledger import Ledger
from landrelease.register.matching import Names
from landrelease.register.names import traces_in
from landrelease.register.people import (
    Identity,
    People,
    erased_ids,
    named_ids,
    own_identity_id,
    split_body,
)

#: Acts whose reason the ledger keeps also for records about people: it is about the act.
_ACTS = ("identity.erased", "record.voided", "record.verified", "record.approved")


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
        self._named: dict[str, Identity] = {}
        self._proved: set[str] = set()
        self._file_id = people.file_id()
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
            An entry or a record of another kind stands under the id; or the action is one that
            only an act of its own may write, such as an approval.
        """
        drafts = list(drafts)
        for draft in drafts:
            check_recordable(draft)
        return self._append(drafts)

    def take_steps(self, drafts: Iterable[Draft]) -> list[Entry]:
        """Append what a second person says of records, once the workflow has let it through."""
        return self._append(drafts)

    def _append(self, drafts: Iterable[Draft]) -> list[Entry]:
        return self._ledger.append([self._without_names(item) for item in check_all(drafts)])

    def adopt(
        self, entries: Iterable[Entry], texts: Mapping[str, str] = MappingProxyType({})
    ) -> int:
        """Take in entries of another register of the same tree.

        They keep their ids, hashes and times; ``received_at`` becomes now. What either register
        has erased is erased here, in documents and waiting rows too.

        Parameters
        ----------
        entries : iterable of Entry
            Those of the other register.
        texts : Mapping, optional
            Its `Register.erased_texts`.

        Returns
        -------
        int
            How many were new here.

        Raises
        ------
        RegisterError
            An entry or its words do not match their hash, or its chain has a gap.
        """
        offered = words.Offered()
        new = self._ledger.adopt(offered.passed(entries))
        merged = words.settle(self._connection, offered)
        documents.settle(self._connection, merged, texts)
        self._follow_erasures(merged)
        return new

    def void(self, record_id: str, reason: str, import_id: str | None = None) -> Entry:
        """Take a record out of the state, with a reason; it stays in the ledger.

        ``import_id`` is that of an import which is undone, where the record goes along with it.

        Raises
        ------
        NotFoundError
            There is no such record.
        FieldError
            The reason is empty.
        """
        return self._undo(record_id, "record.voided", reason, import_id)

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

    def quarantine(self, rows: Iterable[QuarantineRow]) -> str:
        """Keep rows that could not be accepted, until they are mended.

        Returns
        -------
        str
            Their hash, for the entry of their import.
        """
        kept = [self._nameless_row(row) for row in rows]
        quarantine.keep(self._connection, kept)
        return quarantine.digest_of(kept)

    def resolve_quarantine(self, ids: Iterable[int], import_id: str) -> None:
        """Mark quarantined rows as mended by an import of this transaction or an earlier one.

        They stay to be read, and wait again when that import is undone.
        """
        quarantine.resolve(self._connection, ids, import_id)

    def put_identity(self, fields: Mapping[str, Any]) -> str:
        """Keep a person's identity in the second file; return its opaque id.

        The id goes into the body of the record, as ``identity``; what no record names is not kept.
        """
        identity_id = str(uuid.uuid4())
        self._named[identity_id] = Identity.of(fields)
        return identity_id

    def erase_identity(self, identity_id: str, reason: str) -> list[Entry]:
        """Erase an identity from every record that ever named it; see `erase_person`.

        Raises
        ------
        NotFoundError
            No record names the identity.
        """
        _needed(reason, "erasing")
        rows = self._connection.execute(
            "SELECT DISTINCT r.record_id FROM record AS r JOIN version AS v USING (record_no)"
            " JOIN entry AS e USING (entry_no)"
            " WHERE r.kind IN (SELECT value FROM json_each(?)) AND e.body ->> '$.identity' = ?",
            (canonical_json([one.name for one in kinds().values() if one.personal]), identity_id),
        ).fetchall()
        if not rows:
            raise NotFoundError("identity_unknown", f"no record names identity {identity_id!r}")
        return [e for (record_id,) in rows for e in self.erase_person(record_id, reason)]

    def erase_person(self, record_id: str, reason: str, names: Iterable[str] = ()) -> list[Entry]:
        """Erase for good whom a record names; the ledger says that, by whom and why.

        All identities that any version of the record named go. The names are blanked in words of
        entries, documents, waiting rows and edits of other programs; files attached to the record
        alone go too.

        Parameters
        ----------
        record_id : str
            The record.
        reason : str
            Why, without the name.
        names : iterable of str
            Further names of the person, as they may stand in documents.

        Raises
        ------
        FieldError
            The reason is empty, or names the person.
        """
        _needed(reason, "erasing")
        identities = named_ids(self._connection, record_id) | {own_identity_id(record_id)}
        held: list[Mapping[str, Any]] = [*self._people.get(identities).values()]
        held += [self._named.pop(one).said for one in identities if one in self._named]
        known = {name for fields in held for name in traces_in(fields)} | set(names)
        _nameless(reason, known)
        blanked = self._blank(known, identities)
        attachments.erase(self._connection, [record_id])
        drafts = self._erasures(record_id, reason, blanked)
        local_ids = {draft.body["local_id"] for draft in drafts if draft.body.get("local_id")}
        waiting = erasing.waiting_identities(self._connection, self._people, known, local_ids)
        identities |= set(waiting)
        self._erasing |= identities
        self._erased |= identities
        blanked.update((f"{identity_check.ERASED}{one}", "") for one in waiting)
        return self._append(drafts)

    def erase_names_given(self, names: Iterable[str], reason: str) -> list[Entry]:
        """Erase names of a person whom no record is about, such as an informant or a speaker.

        Raises
        ------
        FieldError
            The reason is empty, or names the person.
        """
        _needed(reason, "erasing")
        known = set(names)
        _nameless(reason, known)
        return self._append([self._told(reason, self._blank(known))])

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
        draft = outside.adoption(self._connection, edit, reason)
        [entry] = self.append([draft])
        if draft.action == "record.voided":
            entry = self._void_whole(entry, draft)
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
        """Let the identities of this transaction come, before it is acknowledged."""
        self._people.put(self._kept(), self._file_id)

    def take_in_names(self) -> None:
        """Let them stand, and delete what the ledger says is erased, after it says so."""
        if (kept := self._kept()) or self._erasing:
            self._people.take_in(kept, self._erasing)

    def _kept(self) -> dict[str, Identity]:
        kept = self._proved - self._erased
        return {key: one for key, one in self._named.items() if key in kept}

    def _blank(self, names: set[str], but: Collection[str] = ()) -> dict[str, str]:
        """Blank names wherever they can be; return the hashes of the words that are left."""
        others = erasing.blank_identities(self._people, names)
        left = {key: Identity.of(said) for key, said in others.items() if key not in but}
        self._named |= left
        told = {f"{identity_check.ERASED}{key}": self._proof(key) for key in left}
        return told | erasing.blank(self._connection, names)

    def _proof(self, identity_id: str) -> str:
        self._proved.add(identity_id)
        return self._named[identity_id].proof(self._file_id)

    def _follow_erasures(self, merged: words.Merged) -> None:
        """Erase here what another register erased."""
        identities = erased_ids(self._connection) - self._erased
        names = {n for fields in self._people.get(identities).values() for n in traces_in(fields)}
        self._erasing |= identities
        self._erased |= identities
        names |= {name for name in merged.names if len(name) > 1}  # one letter is no name
        attachments.follow_erasures(self._connection)
        blanked = merged.blanked | self._blank(names, identities)
        erasing.show_again(self._connection, merged.touched)
        if blanked:
            self._append([self._told("a register that was taken in had it erased", blanked)])

    def _told(self, reason: str, blanked: Mapping[str, str]) -> Draft:
        """The entry that tells of names erased; it stands in the register's own record."""
        register_id = self._connection.execute("SELECT register_id FROM register_info").fetchone()
        body = words.current_body(self._connection, register_id[0])
        return Draft(
            "register",
            "identity.erased",
            body,
            register_id[0],
            reason=reason,
            blanked=blanked,
        )

    def _erasures(self, record_id: str, reason: str, blanked: Mapping[str, str]) -> list[Draft]:
        """The entry that says so; a record that was voided stays so."""
        kind, occurred_on, body, said, voided = self._connection.execute(
            f"SELECT r.kind, e.occurred_on, e.body, {words.TEXT}, r.current_entry_no IS NULL"
            " FROM record AS r"
            " JOIN entry AS e ON e.entry_no = coalesce(r.current_entry_no, (SELECT entry_no"
            " FROM version WHERE record_no = r.record_no AND role < 3"
            " ORDER BY effective_day DESC, recorded_us DESC, entry_id DESC LIMIT 1))"
            " WHERE r.record_id = ?",
            (record_id,),
        ).fetchone()
        told = Draft(
            kind,
            "identity.erased",
            join(body, None, None, said).body,
            record_id,
            occurred_on,
            reason=reason,
            blanked=blanked,
        )
        again = Draft(kind, "record.voided", record_id=record_id, reason=reason)
        return [told, again] if voided else [told]

    def _without_names(self, item: Checked) -> Checked:
        draft = item.draft
        if not kind_spec(draft.kind).personal:
            return item
        record_id = draft.record_id or str(uuid.uuid4())
        whole = item.body if draft.quote is None else {**item.body, "quote": draft.quote}
        if draft.reason is not None and draft.action not in _ACTS:
            whole = {**whole, "reason": draft.reason}
        body, private = split_body(draft.kind, record_id, whole)
        identity = str(body.get("identity"))
        if private and identity not in self._erased:
            said = {**self._said_elsewhere(identity, record_id), **private}
            self._named[identity] = Identity.of(said)
        proof = self._proof(identity) if identity in self._named else None
        reason = draft.reason if draft.action in _ACTS else None
        draft = draft._replace(record_id=record_id, quote=None, reason=reason, identity_proof=proof)
        shape = item.shape if "geometry" in body else None
        return Checked(draft, body, canonical_json(body), shape)

    def _said_elsewhere(self, identity_id: str, record_id: str) -> Mapping[str, Any]:
        """What is kept of an identity that is not the record's own, to be added to."""
        if identity_id == own_identity_id(record_id):
            return {}
        kept = self._people.get([identity_id]).get(identity_id, {})
        named = self._named.get(identity_id)
        return {**kept, **(named.said if named else {})}

    def _nameless_row(self, row: QuarantineRow) -> QuarantineRow:
        if not row.private:
            return row
        held = self.put_identity(quarantine.private_part(row))
        return quarantine.without_names(row, {"identity": held, IDENTITY: self._proof(held)})

    def _undo(
        self, record_id: str, action: str, reason: str, import_id: str | None = None
    ) -> Entry:
        _needed(reason, "undoing")
        found = self._connection.execute(
            "SELECT kind FROM record WHERE record_id = ?", (record_id,)
        ).fetchone()
        if found is None or (action == "import.voided" and found[0] != "import"):
            raise NotFoundError(
                "record_unknown", f"there is no {action.split('.', maxsplit=1)[0]} {record_id!r}"
            )
        draft = Draft(found[0], action, {}, record_id, reason=reason, import_id=import_id)
        whole = action == "import.voided"
        keep = words.current_body(self._connection, record_id) if whole else {}
        entry = self._ledger.append([Checked(draft, keep, canonical_json(keep))])[0]
        return entry if whole else self._void_whole(entry, draft)

    def _void_whole(self, entry: Entry, draft: Draft) -> Entry:
        """Void what stands still: versions of other copies, each void in view of one of them."""
        before, stands = None, self._standing_no(draft.record_id)
        while stands not in (None, before):
            [entry] = self._ledger.append([Checked(draft, {}, canonical_json({}))])
            before, stands = stands, self._standing_no(draft.record_id)
        return entry

    def _standing_no(self, record_id: str | None) -> int | None:
        query = "SELECT current_entry_no FROM record WHERE record_id = ?"
        row = self._connection.execute(query, (record_id,)).fetchone()
        return row[0] if row else None


def _nameless(reason: str, names: Iterable[str]) -> None:
    if Names(names).holds(reason):
        why = "names the person who is to be erased"
        raise FieldError("reason", "…", why, "say why without the name", "reason_names_person")


def _needed(reason: str, act: str) -> None:
    if not reason.strip():
        raise FieldError("reason", reason, f"{act} needs a reason", "say why in a sentence")
