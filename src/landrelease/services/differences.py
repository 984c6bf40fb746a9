"""What taking a layer in would change: rows that are new, changed, unchanged or vanished."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from landrelease.domain.actions import agrees
from landrelease.domain.canonical import body_sha256
from landrelease.domain.entries import Draft
from landrelease.domain.kinds import check_body, kind_spec, kinds_of_files
from landrelease.domain.said import without_repeats
from landrelease.register import Record, Register
from landrelease.register.people import PRIVATE_PARTS
from landrelease.services.begun import begun
from landrelease.services.changes import Change, Version, compare
from landrelease.services.continuing import standing_of_layer
from landrelease.services.late import read_again
from landrelease.services.recording import action_for
from landrelease.services.row_ids import named_ids, record_ids
from landrelease.services.updating import Place, Updating, own_claims
from landrelease.services.voided import StaysVoid

if TYPE_CHECKING:
    from landrelease.exchange.prepare import Prepared, PreparedRow
    from landrelease.services.mending import MendedBefore


@dataclass(frozen=True, slots=True)
class Difference:
    """Prepared rows, sorted by what taking them in would do.

    Attributes
    ----------
    import_id : str
        Id of the import, if it is written.
    drafts : list of Draft
        What would be written, each naming the import.
    quarantined : list of PreparedRow
        Rows that must wait.
    record_ids : list of str or None
        The record of each row, None where it waits.
    vanished : list of Vanished
        Records that earlier imports of this layer brought and this file lacks; they stay.
    held_up : list of Vanished
        Records whose row is in the file, but waits in quarantine; they stay as they are.
    changes : list of Change
        What is different in each record that changes.
    stay_void : list of StaysVoid
        Rows of records that a person voided, of which they say nothing new.
    past : set of int
        Rows of a date before a later version of their record, which stands.
    whole : bool
        Whether the rows are a whole file, not some that come back mended.
    """

    import_id: str
    drafts: list[Draft]
    quarantined: list[PreparedRow]
    record_ids: list[str | None]
    added: int
    changed: int
    unchanged: int
    vanished: list[Vanished]
    held_up: list[Vanished]
    changes: list[Change]
    stay_void: Sequence[StaysVoid]
    past: set[int]
    whole: bool = True

    def missing(self) -> dict[str, list[str]]:
        """Ids of the records that have no row in order, for the import's own record.

        Rows that come back mended are no whole file, and tell nothing of what it lacks.
        """
        if not self.whole:
            return {}
        found = {"vanished": self.vanished, "held_up": self.held_up}
        return {name: [one.record_id for one in some] for name, some in found.items()}

    def other_lines(self) -> list[dict[str, Any]]:
        """Lines of a table of differences for records that are new, wait, or vanished."""
        changed = {change.row for change in self.changes}
        new = [
            {"what": "new", "row": d.source_row, "local_id": d.body.get("local_id")}
            | {"record_id": d.record_id, "kind": d.kind, "action": d.action}
            for d in self.drafts
            if d.source_row not in {*changed, None}
        ]
        waiting = ({"what": "waits in quarantine", **asdict(one)} for one in self.held_up)
        void = ({"what": "stays void", **asdict(one)} for one in self.stay_void)
        vanished = ({"what": "vanished", **asdict(one)} for one in self.vanished)
        return [*new, *waiting, *void, *vanished]

    def contradictions(self) -> list[dict[str, Any]]:
        """What rows say and records do not follow; ``past`` where a later version stands."""
        rows = {record_id: row for row, record_id in enumerate(self.record_ids, 1)}
        return [
            {"row": d.source_row or rows[d.record_id], "record_id": d.record_id}
            | {"local_id": d.body.get("local_id"), "past": d.source_row in self.past, **claim}
            for d in self.drafts
            for claim in own_claims(d.body)
        ]


@dataclass(frozen=True, slots=True)
class Vanished:
    """A record that earlier files brought, and this one lacks or does not bring in order."""

    record_id: str
    local_id: str | None
    kind: str


def difference(
    register: Register,
    prepared: Prepared,
    act: Mapping[str, Any],
    mended_before: MendedBefore,
    stay_void: Sequence[StaysVoid] = (),
) -> Difference:
    """Compare prepared rows with what the register holds.

    Parameters
    ----------
    prepared : Prepared
        Rows as read, mapped and checked.
    act : Mapping
        The import's own body. That a file was taken in before tells nothing: its records may have
        been voided or changed since, so every row is compared with what stands.
    mended_before : MendedBefore
        Rows that cannot be accepted as they stand, but were mended before, with their record.
    stay_void : sequence of StaysVoid
        Rows that leave their record void.
    """
    accepted = [row for row in prepared.rows if not row.quarantined]
    ids = record_ids(register, accepted)
    import_id = str(uuid.uuid4())
    updating = Updating(register, act["mapping"], prepared.layer)
    void = {one.row for one in stay_void}
    spoken = [row for row in accepted if row.row not in void]
    news = _News(register, spoken, ids, import_id, updating)
    news.find()
    waiting = [r for r in prepared.rows if r.quarantined and r.row not in mended_before.records]
    again = mended_before.records
    present = {*ids.values(), *(one for one in again.values() if one), *mended_before.others}
    whole = not any(row.mark for row in prepared.rows)
    held_up = _standing_of(register, waiting, present)
    present |= {one.record_id for one in held_up}
    return Difference(
        import_id=import_id,
        drafts=news.drafts,
        quarantined=waiting,
        record_ids=[ids.get(row.row) or again.get(row.row) for row in prepared.rows],
        added=news.added,
        changed=len(news.changes),
        unchanged=len(prepared.rows) - len(waiting) - news.added - len(news.changes),
        vanished=_vanished(register, prepared, present) if whole else [],
        held_up=held_up,
        changes=news.changes,
        stay_void=stay_void,
        past=news.past,
        whole=whole,
    )


@dataclass
class _News:
    """What rows bring that the register does not hold: new records, and new versions."""

    register: Register
    rows: list[PreparedRow]
    ids: Mapping[int, str]
    import_id: str
    updating: Updating
    drafts: list[Draft] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    past: set[int] = field(default_factory=set)
    added: int = 0

    @cached_property
    def _erased(self) -> set[str]:
        """Identities that were erased, of which no row says anything again."""
        return self.register.erased_identities()

    def find(self) -> None:
        """Compare every row with its record as it stands."""
        ids = self.ids
        dates = self.register.dates(ids.values())
        brought = self.register.bringers_now(ids.values())
        held = {
            record_id: None if content is None else (content, dates.get(record_id))
            for record_id, content in self.register.contents(ids.values()).items()
        }
        repeated = {record_id for record_id, times in Counter(ids.values()).items() if times > 1}
        here: dict[str, Record] = {}
        for row in self.rows:
            record_id = ids[row.row]
            before = held[record_id]
            # a new record that stands once in the file has nothing to be compared with
            after = _content(row) if before is not None or record_id in repeated else None
            if before is not None and before == after and brought.get(record_id) is not None:
                continue  # what a person said is looked at: a file that now says it too is noted
            if before is None:
                self._add(row, record_id)
            elif not self._changed(row, record_id, here):
                continue
            held[record_id] = after  # an id that stands twice in a file is one record
            if record_id in repeated:
                here[record_id] = _as_record(self.drafts[-1])

    def _add(self, row: PreparedRow, record_id: str) -> None:
        self.added += 1
        action = row.action or kind_spec(row.kind).first_action
        self.drafts += begun(self.updating.admit(self._draft(row, record_id, action)))

    def _changed(self, row: PreparedRow, record_id: str, here: Mapping[str, Record]) -> bool:
        """Note what a row changes in its record; False where it says the same in other words."""
        body, kind = check_body(row.kind, row.body), row.kind
        if record_id in here:
            place = Place(here[record_id])
        else:
            place = self.updating.place(record_id, kind, body, row.occurred_on)
        before = place.record
        if place.later:
            self.past.add(row.row)
        if place.is_first:
            return self._begins(row, record_id, place)
        said = None if record_id in here else self.updating.said(record_id, kind, row.occurred_on)
        draft = self._draft(row, record_id, row.action or "")
        laid = self.updating.update(draft, place, said)
        draft = draft._replace(body=laid.body)
        dated = before.occurred_on
        if self.updating.is_news_of_date(kind, row.occurred_on, said):
            dated = row.occurred_on
        news = without_repeats(laid.body, before.body), dated
        if not laid.agrees and _alike(kind, (before.body, before.occurred_on), news, self._erased):
            return False
        action = _action(row, before.body, draft.body)
        old, new = _open(kind, before.body), _open(kind, _asked(draft.body))
        fields, geometry = compare((old, before.occurred_on), (new, dated))
        if fields or geometry or not laid.agrees:
            change = Change(row.row, record_id, row.local_id, kind, action, fields, geometry)
            self.changes.append(change)
        own = self.updating.date_of(draft, before, said)
        on = own or (before.occurred_on if laid.agrees else None)
        draft = draft._replace(action=action, occurred_on=on)
        self.drafts += [draft, *read_again(self.updating, draft, place.later)]
        return True

    def _begins(self, row: PreparedRow, record_id: str, place: Place) -> bool:
        """Note a row that tells of a time before its record was known: later versions stand."""
        action = row.action or kind_spec(row.kind).first_action
        draft = self.updating.begin(self._draft(row, record_id, action), place.record)
        fields, geometry = compare(({}, None), (_open(row.kind, draft.body), row.occurred_on))
        change = Change(row.row, record_id, row.local_id, row.kind, action, fields, geometry)
        self.changes.append(change)
        self.drafts += [*begun(draft), *read_again(self.updating, draft, place.later)]
        return True

    def _draft(self, row: PreparedRow, record_id: str, action: str) -> Draft:
        return Draft(
            row.kind,
            action,
            row.body,
            record_id,
            row.occurred_on,
            source_row=row.row,
            import_id=self.import_id,
        )


def _action(row: PreparedRow, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What a row says happened, save where the rules of land let its status be another."""
    said = row.action
    if said and row.kind == "hazardous_area":
        said = said if agrees(said, before.get("status"), after.get("status")) else None
    return said or action_for(row.kind, before, after)


def _as_record(draft: Draft) -> Record:
    """A draft as the record that it will be."""
    body = check_body(draft.kind, draft.body)
    record_id, local_id = str(draft.record_id), body.get("local_id")
    return Record(
        record_id, draft.kind, local_id, "", draft.action, draft.occurred_on, "", "", body
    )


def _alike(kind: str, before: Version, after: Version, erased: Collection[str]) -> bool:
    """Whether two versions say the same, though their text differs: 17 and 17.0 are one number.

    Of a person an export holds no names, so a row without them leaves them as they are.
    """
    if before[1] != after[1]:
        return False
    if not kind_spec(kind).personal:
        return before[0] == after[0]
    # what is said of a person whose identity was erased is not taken in again
    named = before[0].get("identity") not in erased and any(
        part in after[0] for part in PRIVATE_PARTS
    )
    return not named and _open(kind, before[0]) == _open(kind, after[0])


def _asked(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a row asks for, its claims among it."""
    claimed = {claim["field"]: claim["value"] for claim in own_claims(body)}
    return {name: value for name, value in {**body, **claimed}.items() if value is not None}


def _open(kind: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """A body without the parts that may name a person."""
    hidden = PRIVATE_PARTS if kind_spec(kind).personal else ()
    return {
        name: value for name, value in body.items() if name not in (*hidden, "identity", "claims")
    }


def _content(row: PreparedRow) -> tuple[str, str | None]:
    """What tells two versions of a record apart: its body and its date."""
    return body_sha256(check_body(row.kind, row.body)), row.occurred_on


def _standing_of(
    register: Register, waiting: list[PreparedRow], present: set[str]
) -> list[Vanished]:
    """Records that stand and whose row waits."""
    ids = named_ids(register, (name for row in waiting for name in _identities(row)))
    standing = register.contents(ids - present)
    return _named(register.some(key for key, content in standing.items() if content is not None))


def _identities(row: PreparedRow) -> list[str]:
    """What the row may be known by: under any kind, where the file does not tell which."""
    kinds = [row.kind] if row.kind else kinds_of_files()
    return [row.identity.replace("::", f":{kind}:", 1) for kind in kinds]


def _vanished(register: Register, prepared: Prepared, present: set[str]) -> list[Vanished]:
    return _named(standing_of_layer(register, prepared.layer, present))


def _named(records: Iterable[Record]) -> list[Vanished]:
    found = sorted(records, key=lambda one: one.record_id)
    return [Vanished(one.record_id, one.local_id, one.kind) for one in found]
