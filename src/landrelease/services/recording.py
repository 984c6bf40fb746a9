"""Append records made elsewhere, and void what was wrong: all of it or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from landrelease.domain import rules
from landrelease.domain.actions import ENDED, STATUS_AFTER, agrees
from landrelease.domain.by_hand import check_form, check_links
from landrelease.domain.corrections import date_carried, lay, outdone
from landrelease.domain.entries import Draft, Entry
from landrelease.domain.finding_rules import check_still_held, holding
from landrelease.domain.happenings import HAPPENINGS
from landrelease.domain.ids import named_record_id
from landrelease.domain.in_use_rules import check_not_in_use
from landrelease.domain.kinds import COMMON_FIELDS, check_body, kind_spec
from landrelease.errors import (
    FieldError,
    LandReleaseError,
    NotFoundError,
    RefusedError,
    UsageError,
)
from landrelease.register import Record, Register, Stage, open_register
from landrelease.register.writer import Writer
from landrelease.services import undoing
from landrelease.services.country import strays
from landrelease.services.entry_shape import check_entry, names_of
from landrelease.services.field_names import unknown_fields
from landrelease.services.files import json_value
from landrelease.services.inquiries import inquiries, late_inquiries, left_by, told_inquiries
from landrelease.services.name_guard import check_names
from landrelease.services.on_released import RELEASES, SIGNS
from landrelease.services.said_again import check_said_again
from landrelease.services.shapes import told_shapes, without_collection
from landrelease.services.still_ended import still_ended
from landrelease.services.times import today
from landrelease.services.undoing import Undone

Result = dict[str, Any]


def record_file(path: Path, name: str, *, by: str) -> Result:
    """Append the entries of a file (or stdin, «-»)."""
    return record(path, json_value(name), by=by)


def record(path: Path, document: Mapping[str, Any] | Sequence[Any], *, by: str) -> Result:
    """Append entries made elsewhere; the rules of land release apply to each in turn.

    Parameters
    ----------
    document : Mapping or sequence
        ``{"entries": [{"entry_id"?, "record_id"?, "kind", "occurred_on"?, "source", "reason"?,
        "body"}]}``, or the list of entries alone. A ``record_id`` or ``local_id`` of an existing
        record makes a new version of it: fields left out keep their value, null empties one.

    Returns
    -------
    dict
        ``{"recorded": [{"entry_id", "record_id"}], "unchanged", "warnings": [{"entry",
        "record_id", "code", "severity", "message"}], "inquiries", "in_doubt"}``; ``inquiries`` are
        the ids of those that the entries opened by rule, ``in_doubt`` their areas; a warning names
        what was drawn outside the country, a field that the kind does not have, or says which words
        name a person.

    Raises
    ------
    FieldError
        An entry is malformed; the field is named as ``entries[2].body.method``.
    RefusedError
        A rule of land release forbids it; nothing was written.
    """
    entries = _entries_of(document)
    recorded: list[Result] = []
    unchanged = 0
    brought: dict[int, list[Draft]] = {}
    drawn: dict[int, tuple[str, Any]] = {}
    said: dict[int, tuple[str, str, Mapping[str, Any]]] = {}
    with open_register(path, write=True) as register, register.write(by) as writer:
        appending = Appending(register, writer)
        for number, entry in enumerate(entries):
            appending.turn_to(entry)
            with _place(f"entries[{number}]"):
                drafts = list(drafts_of(register, entry))
            if not drafts:
                unchanged += 1
                continue
            with _place(f"entries[{number}]"):
                own = appending.append(drafts)
            brought[number] = drafts
            said[number] = own.record_id, own.kind, entry["body"]
            if own.kind != "district" and entry["body"].get("geometry"):  # borders tell the country
                drawn[number] = own.record_id, entry["body"]["geometry"]
            recorded.append({"entry_id": own.entry_id, "record_id": own.record_id})
        appending.inquire()
        warnings = [
            *unknown_fields(said),
            *told_shapes(said),
            *still_ended(register, said),
            *check_names(register, brought),
            *strays(register, drawn),
        ]
        opened = told_inquiries(register, appending.opened)
    return {"recorded": recorded, "unchanged": unchanged, "warnings": warnings, **opened}


#: What a document to record looks like, for those who have written none.
_SHAPE = (
    '{"entries": [{"kind": "accident", "occurred_on": "2024-05", "source": {"title": "…"},'
    ' "body": {"local_id": "AC-7", …}}]}, or the list of entries alone'
)


def _entries_of(document: Any) -> list[Any]:
    """The entries of a document, which may be their list alone."""
    entries = document.get("entries") if isinstance(document, Mapping) else document
    if not isinstance(entries, list) or not entries:
        raise FieldError("entries", entries, "expected a list of entries", f"write {_SHAPE}")
    return entries


def append(register: Register, writer: Writer, drafts: Sequence[Draft]) -> Entry:
    """Write the drafts of an entry, and the inquiries that they open; return its own entry."""
    appending = Appending(register, writer)
    own = appending.append(drafts)
    appending.inquire()
    return own


class Appending:
    """Writes entries in turn with the inquiries that they open.

    Accidents and devices that follow one another are asked about at once, after the last: each
    question looks at the outlines of all ended areas. `opened` holds the inquiries.
    """

    def __init__(self, register: Register, writer: Writer) -> None:
        self._register = register
        self._writer = writer
        self._signs: set[str] = set()
        self.opened: list[Entry] = []

    def turn_to(self, entry: Any) -> None:
        """Before an entry of another kind is looked at, open what those before it open."""
        if not isinstance(entry, Mapping) or entry.get("kind") not in SIGNS:
            self.inquire()

    def append(self, drafts: Sequence[Draft]) -> Entry:
        """Write the drafts of an entry; return its own entry."""
        if drafts[-1].record_id in self._signs:  # amended before it was asked about
            self.inquire()
        own = self._writer.append(drafts)[-1]
        if own.kind in SIGNS:
            self._signs.add(own.record_id)
        elif own.kind in RELEASES:
            released = self._register.record(own.record_id)
            self.opened += self._writer.append(late_inquiries(self._register, [released]))
        return own

    def inquire(self) -> None:
        """Open the inquiries of the accidents and devices written so far."""
        signs, self._signs = self._signs, set()
        if signs:
            drafts = inquiries(self._register, self._register.some(signs))
            self.opened += self._writer.append(drafts)


def void(path: Path, *, record_id: str | None, import_id: str | None, why: str, by: str) -> Result:
    """Void a record or a whole import, with a reason; nothing is deleted.

    An accident or a device takes the inquiry that it opened by rule along, unless someone worked
    on it.

    Returns
    -------
    dict
        ``voided``, the records that stood and stand no more, and the ``entry_id`` of the void; of
        an import also what became of records that others changed since: ``taken_back``, ``stands``
        and ``fell``, as `landrelease.services.undoing.Undone` has them.

    Raises
    ------
    UsageError
        Neither or both were named.
    RefusedError
        It was voided before, records rest on it as their activity, or an open critical finding
        would hold its area no more.
    """
    if (record_id is None) == (import_id is None):
        raise UsageError("void_what", "name one record ID or one --import ID", "not both")
    if not why.strip():
        raise FieldError("why", why, "voiding needs its reason", "say why in your words")
    with open_register(path, write=True) as register:
        if import_id is None:
            named = _standing(register, str(record_id))
            check_void(register, named)
            reached = {named}
        else:
            named = _standing(register, import_id, "import")
            reached = register.brought_by([named]) - {named}
        stood = {one.record_id for one in register.some(reached)}
        held = holding(register)
        with register.write(by) as writer:
            undone = Undone()
            if import_id is None:
                entry = writer.void(named, why.strip())
            else:
                entry = writer.void_import(named, why.strip())
                undone = undoing.settle(register, writer, named, why.strip())
            check_still_held(held, holding(register), frozenset(reached))
            gone = stood - {one.record_id for one in register.some(stood)}
            orphans = left_by(register, gone)
            for inquiry in orphans:
                writer.void(inquiry, f"what it asks about was voided: {why.strip()}")
    voided = sorted({*gone, *orphans})
    return {"voided": voided, "entry_id": entry.entry_id, **undone.as_dict()}


def check_void(register: Register, record_id: str) -> None:
    """Refuse to void work on which records rest.

    Raises
    ------
    RefusedError
        ``work_in_use``.
    """
    record = register.record(record_id)
    if record.kind == "activity":
        check_not_in_use(record, register)


def _standing(register: Register, record_id: str, kind: str | None = None) -> str:
    record = register.record(record_id, kind)
    if record.voided or record.action == "import.voided":
        raise RefusedError(
            "record_voided", f"{record_id!r} was voided before", "its history says when and why"
        )
    return record.record_id


@dataclass
class _place:  # noqa: N801 - reads as a word in the with statement
    """Put the place of an entry before an error that arises inside it."""

    where: str

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, problem: BaseException | None, _trace: object) -> None:
        if isinstance(problem, LandReleaseError):
            problem.message = f"{self.where}: {problem.message}"


def drafts_of(register: Register, entry: Any) -> Iterator[Draft]:
    """Yield the drafts of an entry: later versions that say it too, its source, last its own.

    Raises
    ------
    FieldError, NotFoundError
        The entry is malformed.
    RefusedError
        A rule of land release forbids it.
    """
    kind = check_entry(entry).name
    entry = without_collection(entry)
    if entry_id := entry.get("entry_id"):
        for held in list(register.entries(entry_id=entry_id)):
            meant = _named_record(register, kind, entry.get("record_id"))
            check_said_again(held, entry, meant, _source_id(register, entry.get("source")))
            return
    entry = _with_status(entry)
    existing = _existing(register, kind, entry)
    stages = register.timeline(existing.record_id) if existing else []
    if stages:
        carried, before, own = _corrected(register, entry, stages)
    else:
        body = _checked(kind, {**(existing.body if existing else {}), **entry["body"]})
        record_id = existing.record_id if existing else None
        carried, before, own = [], None, _draft(entry, body, None, record_id)
    if own is None:
        return
    _check_action(entry, own, before or existing)
    *source, own = _with_source(register, own, entry.get("source") or {})
    check_links(own, before, register)
    rules.check_change(own, before, register)
    check_form(own, before)
    yield from (*carried, *source, own)


def _with_status(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """The entry with the status that its action leaves, where it says none."""
    after = STATUS_AFTER.get(entry.get("action") or "")
    if after is None or entry["body"].get("status") is not None:
        return entry
    return {**entry, "body": {**entry["body"], "status": after}}


def _check_action(entry: Mapping[str, Any], own: Draft, before: Record | None) -> None:
    """Refuse an action that hides in the history what happens to the status of an area."""
    action, status = entry.get("action"), own.body.get("status")
    if not action or own.kind != "hazardous_area":
        return
    first = None if status in ENDED else status
    if not agrees(action, before.body["status"] if before is not None else first, status):
        raise FieldError(
            "action",
            action,
            f"does not say that the area is {status} from here on",
            "leave action out: it follows the status",
            "status_contradicts",
        )


def _corrected(
    register: Register, entry: Mapping[str, Any], stages: Sequence[Stage]
) -> tuple[list[Draft], Record, Draft | None]:
    """Later versions that must say it too, the version corrected, and the correction, if any."""
    kind, occurred_on = entry["kind"], entry.get("occurred_on")
    versions = [
        (s.effective_day, s.record.occurred_on, s.record.body.get("status")) for s in stages
    ]
    endings = outdone(kind, entry["body"], occurred_on, versions)
    if endings:
        entry = {**entry, "action": entry.get("action") or _BY_STATUS["open"]}
    found = lay(
        kind,
        [(stage.effective_day, stage.record.body) for stage in stages],
        _changes(kind, stages[-1].record.body, entry["body"]),
        None if kind in HAPPENINGS else occurred_on,  # an event has one date, and no other state
        today().isoformat(),
        endings,
    )
    before, body = stages[found.corrects].record, _checked(kind, found.body)
    carried = [
        _carried(register, stages[at].record, _checked(kind, after), entry)
        for at, after in found.carried
    ]
    if not carried and before.body == body and not _says_more(register, entry, before):
        return [], before, None
    return carried, before, _draft(_ended_anew(entry, before), body, before, before.record_id)


def _ended_anew(entry: Mapping[str, Any], before: Record) -> Mapping[str, Any]:
    """An ending that a person dates once more is the same ending: the latest word on its day."""
    status = entry["body"].get("status")
    is_same = entry["kind"] == "hazardous_area" and status == before.body.get("status")
    if not is_same or status not in ENDED or entry.get("occurred_on") is None:
        return entry
    return {**entry, "action": entry.get("action") or _BY_STATUS[status]}


def _says_more(register: Register, entry: Mapping[str, Any], before: Record) -> bool:
    """Whether an entry that changes no field gives another date, a source, or why one is empty."""
    if entry.get("occurred_on") is not None:
        return bool(entry["occurred_on"] != before.occurred_on)
    if before.occurred_on is not None and entry.get("source"):
        return True
    reason = entry.get("reason")
    empties = any(value is None for value in entry["body"].values())
    told = empties and reason is not None
    return told and all(one.reason != reason for one in register.history(before.record_id))


_BY_STATUS = {
    "closed": "hazardous_area.closed",
    "handed_over": "hazardous_area.handed_over",
    "suspended": "hazardous_area.suspended",
    "open": "hazardous_area.reopened",
}


def action_for(kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> str:
    """Name what a change does, from the two states of the record.

    Examples
    --------
    >>> action_for("hazardous_area", None, {"status": "open"})
    'hazardous_area.reported'
    >>> action_for("hazardous_area", {"status": "open"}, {"status": "handed_over"})
    'hazardous_area.handed_over'
    """
    if before is None:
        return kind_spec(kind).first_action
    if kind != "hazardous_area":
        return "record.amended"
    if before.get("status") != after.get("status"):
        return _BY_STATUS[after["status"]]
    if before.get("hazard_kind") != after.get("hazard_kind"):
        confirmed = after["hazard_kind"] == "CHA"
        return f"hazardous_area.{'confirmed' if confirmed else 'reclassified'}"
    return "hazardous_area.amended"


def _existing(register: Register, kind: str, entry: Mapping[str, Any]) -> Record | None:
    if kind == "register" and entry.get("record_id") != register.info().register_id:
        raise RefusedError(
            "register_exists",
            "a register holds one record of itself",
            f"to amend it, give record_id {register.info().register_id}",
        )
    for name in names_of(entry):
        try:
            return register.record(name, kind)
        except NotFoundError as problem:
            if problem.code != "record_unknown":
                raise
    return None


def _named_record(register: Register, kind: str, name: str | None) -> str | None:
    """The record id that a name stands for; itself where nothing stands under it."""
    if name is None:
        return None
    try:
        return register.record(name, kind).record_id
    except NotFoundError:
        return name


def _checked(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    return check_body(kind, {name: value for name, value in body.items() if value is not None})


def _changes(kind: str, held: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says, in the types of its fields; None for what it empties."""
    whole = _checked(kind, {**held, **said})
    known = {*kind_spec(kind).fields, *COMMON_FIELDS}
    names = {name if name in known else "attributes" for name in said}
    return {name: whole.get(name) for name in names}


def _draft(
    entry: Mapping[str, Any], body: dict[str, Any], before: Record | None, record_id: str | None
) -> Draft:
    source, kind = entry.get("source") or {}, entry["kind"]
    return Draft(
        kind,
        entry.get("action") or action_for(kind, before.body if before else None, body),
        body,
        record_id or entry.get("record_id"),
        entry.get("occurred_on"),
        quote=source.get("quote"),
        reason=entry.get("reason"),
        supersedes=before.entry_id if before else None,
        entry_id=entry.get("entry_id"),
    )


def _carried(
    register: Register, version: Record, body: dict[str, Any], entry: Mapping[str, Any]
) -> Draft:
    """A later version once more, with what the correction says; undone with its import."""
    written = next(e for e in register.history(version.record_id) if e.entry_id == version.entry_id)
    draft = Draft(
        version.kind,
        _carried_action(version, body),
        body,
        version.record_id,
        date_carried(version.kind, version.body, body, version.occurred_on),
        source_id=version.source_id,
        quote=version.quote,
        source_row=written.source_row,
        import_id=written.import_id,
        reason=entry.get("reason") or f"carries on what was corrected as of {entry['occurred_on']}",
        supersedes=version.entry_id,
    )
    rules.check_change(draft, version, register)
    return draft


def _carried_action(version: Record, body: Mapping[str, Any]) -> str:
    """What carrying on does; it opens nothing anew, which would outdo endings of that time."""
    action = action_for(version.kind, version.body, body)
    return "hazardous_area.amended" if action == _BY_STATUS["open"] else action


def _source_id(register: Register, source: Mapping[str, Any] | None) -> str | None:
    """The record of a source, by its address and title; None where it gives neither."""
    if not source or not (source.get("title") or source.get("url")):
        return None
    identity = f"source:{source.get('url') or ''}:{source.get('title') or ''}"
    return named_record_id(register.info().register_id, identity)


def _with_source(register: Register, draft: Draft, source: Mapping[str, Any]) -> Iterator[Draft]:
    source_id = _source_id(register, source)
    if source_id is None:
        yield draft
        return
    if register.contents([source_id]).get(source_id) is None:
        body = {key: source[key] for key in ("title", "url", "publisher") if source.get(key)}
        yield Draft("source", "record.added", body, source_id)
    yield draft._replace(source_id=source_id)
