"""What waits for a person: conflicts, outside edits, changes to look through, names to erase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from landrelease.domain import rules
from landrelease.domain.by_hand import check_form, check_links
from landrelease.domain.entries import Draft, Entry
from landrelease.domain.finding_rules import check_still_held, holding
from landrelease.domain.kinds import check_body, kind_spec, kinds
from landrelease.domain.workflow import waits
from landrelease.errors import FieldError, RefusedError, UsageError
from landrelease.register import Record, Register, attachments_taken, open_register
from landrelease.register.writer import Writer
from landrelease.services import loose, merging
from landrelease.services.inquiries import merged_inquiries, orphaned, told_inquiries
from landrelease.services.name_guard import check_draft
from landrelease.services.recording import check_void
from landrelease.services.times import moment

Result = dict[str, Any]


#: What may let people onto dangerous land, or hide it, comes before what is only untidy.
_GRAVE = (
    *("critical_finding_open", "device_on_released_land", "accident_on_released_land"),
    *("released_and_suspected", "ended_with_land", "versions_conflict", "survey_without_work"),
    "import_undone",
)


def conflicts(path: Path, code: str | None = None) -> Result:
    """What contradicts itself, what is undated, and what names no area; nothing is repaired.

    Returns
    -------
    dict
        ``by_code`` counts all conflicts by their code, grave and rare codes first; ``conflicts``
        and ``count`` are those of one code, where one is given. ``undated`` and ``unlinked`` are
        records, those with what they name none of as ``lacks``.
    """
    with open_register(path) as register:
        every = register.conflicts()
        called = register.local_ids_of({one for c in every for one in c.record_ids})
        found = [
            {
                "code": c.code,
                "records": list(c.record_ids),
                "local_ids": [called.get(one) for one in c.record_ids],
                "message": c.message,
                "area_m2": c.area_m2,
                "stated_m2": c.stated_m2,
            }
            for c in every
            if code in (None, c.code)
        ]
        undated, unlinked = loose.undated(register), loose.unlinked(register)
        contested_m2 = register.contested_m2()
    return {
        "count": len(found),
        "by_code": dict(sorted(Counter(c.code for c in every).items(), key=_gravity)),
        "conflicts": found,
        "contested_m2": contested_m2,
        "undated": undated,
        "unlinked": unlinked,
    }


def _gravity(counted: tuple[str, int]) -> tuple[int, int, str]:
    code, count = counted
    return _GRAVE.index(code) if code in _GRAVE else len(_GRAVE), count, code


def changes(path: Path, since: str) -> Result:
    """Entries that this register first held at or after a moment, in the order of arrival.

    A merge brings entries that were recorded earlier, so each is told with both moments.

    Raises
    ------
    FieldError
        ``since`` is no day or moment.
    """
    first = moment(since, "since")
    with open_register(path) as register:
        since_then = list(register.entries(since=first))
        called = register.local_ids_of({e.record_id for e in since_then})
        entries = [
            {
                "entry_id": e.entry_id,
                "record_id": e.record_id,
                "local_id": called.get(e.record_id),
                "kind": e.kind,
                "action": e.action,
                "occurred_on": e.occurred_on,
                "recorded_at": e.recorded_at,
                "received_at": e.received_at,
                "author": e.author,
                "reason": e.reason,
                "import_id": e.import_id,
            }
            for e in since_then
        ]
    return {"since": since, "count": len(entries), "entries": entries}


def outside_edits(path: Path) -> Result:
    """Edits that other programs made to the layers and nobody has reviewed.

    Returns
    -------
    dict
        ``{"edits": [{…, "local_id", "changes": [{"field", "before", "after"}]}]}``; a shape is
        only told as one.
    """
    with open_register(path) as register:
        edits = register.outside_edits()
    return {"edits": [asdict(edit) | _told(edit.before or {}, edit.after or {}) for edit in edits]}


def _told(before: Mapping[str, Any], after: Mapping[str, Any]) -> Result:
    changed = [
        name
        for name in {**before, **after}
        if before.get(name) != after.get(name) and name != "fid"
    ]
    return {
        "local_id": before.get("local_id") or after.get("local_id"),
        "changes": [
            {"field": name, "before": _seen(name, before), "after": _seen(name, after)}
            for name in changed
        ],
    }


def _seen(name: str, row: Mapping[str, Any]) -> Any:
    value = row.get(name)
    return "a shape" if name == "geom" and value else value


def review_edit(path: Path, edit_id: int, decision: str, *, why: str, by: str) -> Result:
    """Adopt an outside edit into the ledger, or undo it; either way the ledger says so.

    Raises
    ------
    FieldError
        Another decision, or a value that cannot be.
    RefusedError
        A rule of land release forbids what the edit says; it waits on, or can be undone.
    """
    if decision not in ("adopt", "undo"):
        raise FieldError("decision", decision, "expected adopt or undo")
    with open_register(path, write=True) as register, register.write(by) as writer:
        if decision == "adopt":
            entry = _adopted(register, writer, edit_id, why)
        else:
            entry = writer.reject_edit(edit_id, why)
    return {"edit": edit_id, "decision": decision, "entry_id": entry.entry_id}


def _adopted(register: Register, writer: Writer, edit_id: int, why: str) -> Entry:
    draft = register.adoption(edit_id, why)
    if draft.action != "record.voided" or draft.record_id is None:
        _check_adoption(register, draft)
        return writer.adopt_edit(edit_id, why)
    held = holding(register)
    check_void(register, draft.record_id)
    entry = writer.adopt_edit(edit_id, why)
    check_still_held(held, holding(register), frozenset({draft.record_id}))
    return entry


def _check_adoption(register: Register, draft: Draft) -> None:
    """What came in by another program's door obeys the same rules."""
    before = register.record(draft.record_id) if draft.record_id else None
    body = check_body(draft.kind, draft.body)
    said = draft._replace(body=body)
    check_links(said, before, register)
    rules.check_change(said, before, register)
    check_form(said, before)
    check_draft(register, said)


def erase(
    path: Path, record_id: str | None, *, why: str, by: str, names: Sequence[str] = ()
) -> Result:
    """Erase whom a record names, or names that are given, wherever they stand; the record stays.

    Parameters
    ----------
    record_id : str or None
        The record of the person; None for someone whom no record is about, such as a speaker.
    names : sequence of str
        Further names to blank and to look for, as they may stand in documents and remarks.

    Returns
    -------
    dict
        ``complete`` says whether no file of the register holds the names any more, in whatever
        form; ``standing`` lists each place that does. ``alone`` lists places of one part of a name
        alone, which stays; ``attachments_erased`` and ``attachments_unsearched`` are the SHA-256
        of files that went because they named the person, and of those that are no text.

    Raises
    ------
    FieldError
        The record names no identity, and no name was given; or a name is too short.
    UsageError
        Neither a record nor a name was given.
    RefusedError
        The record waits for approval, and an erasing would put a version in its place.
    """
    given = {name.strip() for name in names if name.strip()}
    if any(len(name) == 1 for name in given):
        raise FieldError("name", "…", "is one letter, which is in every text", "give the name")
    if record_id is None and not given:
        raise UsageError("erase_what", "whom?", "name a record ID, or --name NAME")
    with open_register(path, write=True) as register:
        record = None if record_id is None else register.record(record_id)
        known = given | (set() if record is None else register.names_of(record.record_id))
        identity = None if record is None else record.body.get("identity")
        if record is not None and not identity and not known:
            raise FieldError("identity", None, f"{record_id} names no identity", "give --name")
        if record is not None:
            _check_approved(register, record)
        with register.write(by) as writer:
            entries = (
                writer.erase_names_given(known, why)
                if record is None
                else writer.erase_person(record.record_id, why, known)
            )
        standing = [asdict(one) for one in register.where_named(known)]
        alone = [asdict(one) for one in register.where_part_named(known)]
        unsearched = register.unsearched_attachments()
    return {
        "identity": identity,
        "entries": [e.entry_id for e in entries],
        "complete": not standing,
        "standing": standing,
        "alone": alone,
        "attachments_erased": attachments_taken(entries),
        "attachments_unsearched": unsearched,
    }


def _check_approved(register: Register, record: Record) -> None:
    """The entry of an erasing repeats the version that stands, and must not approve it."""
    personal = record.kind in kinds() and kind_spec(record.kind).personal
    if not personal and waits(register.workflow_state(record.record_id)):
        raise RefusedError(
            "not_approved",
            f"{record.local_id or record.record_id} waits for approval",
            "erase the names alone, by --name without the record",
        )


def merge(path: Path, other: Path, *, by: str) -> Result:
    """Take in the entries of another register of the same origin: their union, nothing dropped.

    Rows that wait there wait here too; what stays in the copy alone is counted under ``left``.

    Two entries that replace the same version become a conflict for a person to judge. An accident
    of one copy on land that the other released opens an inquiry, as if both were recorded here. A
    release falls with the import that brought it, where one copy undid that and another changed it.
    """
    with open_register(other) as theirs, open_register(path, write=True) as register:
        if theirs.info().register_id != register.info().register_id:
            raise FieldError(
                "OTHER",
                str(other),
                "is a register of another origin",
                "export it and import the file",
            )
        with register.write(by) as writer:
            held = register.size()
            new = writer.adopt(theirs.entries(), theirs.erased_texts())
            fell = [
                writer.void(record_id, "the import that brought it was undone in a copy", import_id)
                for record_id, import_id in (register.brought_by_undone() if new else ())
            ]
            opened = writer.append(merged_inquiries(register, register.entries(after=held)))
            for inquiry in orphaned(register) if new else ():
                writer.void(inquiry, "what it asks about was voided in a copy that was taken in")
            for sha256 in set(register.missing_attachments()) - set(theirs.missing_attachments()):
                writer.store_attachment(theirs.attachment(sha256), name=sha256)
            brought = merging.bring_waiting(theirs, register, writer)
        found = register.changed_apart()
        told = told_inquiries(register, opened)
        told_rows = {"brought": brought, "left": merging.left_behind(theirs, register, other)}
    fallen = [entry.record_id for entry in fell]
    return {
        "new": new,
        "conflicts": [list(c.record_ids) for c in found],
        "fell": fallen,
        **told,
        **told_rows,
    }
