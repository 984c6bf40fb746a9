"""Questions about one record: what it says, what it is linked to, how it came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import shapely

from landrelease.domain.actions import ENDED
from landrelease.domain.doubt import DOUBTED_KINDS
from landrelease.domain.entries import Entry
from landrelease.domain.kinds import FieldSpec, label_of, link_fields
from landrelease.domain.known import names_of, shape_of
from landrelease.domain.land import Conflict
from landrelease.domain.workflow import status_under, waits
from landrelease.errors import NotFoundError
from landrelease.geometry import taken_apart
from landrelease.register import Record, Register, open_register
from landrelease.services.progress import reported_work

Result = dict[str, Any]


def show(
    path: Path, record_id: str, as_of: str | None = None, known_at: str | None = None
) -> Result:
    """One record, as it stands or stood on a date, with what links to it and what it links to.

    ``holds`` tells of an area what was approved and counts still, beside what waits in its body.
    ``taken_for`` holds the words asked for, where they are only the beginning of its id, or its
    local id in other letters.
    """
    with open_register(path) as register:
        meant = register.meant(record_id)
        record = register.as_it_stood(meant.record_id, as_of, known_at)
        if as_of is None and known_at is None:
            record = until_then(register, record)
        state = register.workflow_states([record]).get(record.record_id)
        links = _links(register, record)
        found = {**record_json(record), "workflow": state, "links": links}
        found["sources"] = sources_of(register, record)
        found |= {"as_of": as_of, "known_at": known_at, "taken_for": taken_for(meant, record_id)}
        if record.kind in DOUBTED_KINDS:
            found["in_doubt"] = list(register.in_doubt(as_of, known_at).get(record.record_id, ()))
        if record.kind == "hazardous_area":
            found["status"] = status_under(state, record.body["status"])
            found["holds"] = what_holds(register, record, state, as_of, known_at)
            left = not_released_of(register, [record], as_of, known_at).get(record.record_id)
            found["not_released"] = None if left is None else left.message
            found["work"] = reported_work(register, as_of, known_at, record.record_id)
        if record.kind == "activity":
            from landrelease.services.area_science import clearance_assurance

            linked = register.linked_to(record.record_id)
            found["assurance"] = clearance_assurance(register, record, linked)
        return found


def what_holds(
    register: Register,
    area: Record,
    state: str | None,
    as_of: str | None = None,
    known_at: str | None = None,
) -> Result:
    """What counts of an area that waits for approval where it is another than its body says.

    ``geometry`` holds the places, off the outline, where it is until then.
    """
    if not waits(state):
        return {}
    fields = register.fields_held(as_of, known_at).get(area.record_id, {})
    held = {name: value for name, value in fields.items() if area.body.get(name) != value}
    drawn = register.drawn(as_of, known_at).get(area.record_id)
    places = taken_apart(drawn, ("points",))[0]
    own = shape_of(area.body)
    if not places.is_empty and not (own is not None and own.covers(places)):
        held["geometry"] = shapely.geometry.mapping(places)
    return held


def until_then(register: Register, record: Record) -> Record:
    """Return an area that ends on a day to come as it counts until then; all else as it is."""
    if record.kind != "hazardous_area" or record.body.get("status") not in ENDED:
        return record
    return register.not_yet().get(record.record_id) or record


def taken_for(record: Record, words: str) -> str | None:
    """What was asked for, where a record goes by it only in part or in other letters."""
    return None if words.strip() in names_of(record) else words.strip()


def not_released_of(
    register: Register,
    records: Iterable[Record],
    as_of: str | None = None,
    known_at: str | None = None,
) -> Mapping[str, Conflict]:
    """What was not released of those of the records that are areas which ended, by record id."""
    areas = (one for one in records if one.kind == "hazardous_area")
    ended = [area.record_id for area in areas if area.body["status"] in ENDED]
    return register.not_released(as_of, known_at, ended) if ended else {}


def history(path: Path, record_id: str) -> Result:
    """Every version of a record, oldest first."""
    with open_register(path) as register:
        record = register.meant(record_id)
        entries = register.history(record.record_id)
        return {
            "taken_for": taken_for(record, record_id),
            "record_id": record.record_id,
            "local_id": record.local_id,
            "kind": record.kind,
            "entries": [entry_json(register, e) for e in entries],
        }


_MOST_FOUND = 200


def search(path: Path, text: str, kind: str | None = None) -> Result:
    """Records whose local id or words hold a text; ``more`` tells of those after the first 200."""
    with open_register(path) as register:
        held = register.search(text, kind, most=_MOST_FOUND + 1)
        records = held[:_MOST_FOUND]
        states = register.workflow_states(records)
    found = [
        {
            "record_id": record.record_id,
            "local_id": record.local_id,
            "kind": record.kind,
            "text": in_words(record, states.get(record.record_id)),
        }
        for record in records
    ]
    more = len(held) > len(records)
    return {"search": text, "count": len(found), "more": more, "records": found}


def record_json(record: Record) -> Result:
    """One record as JSON, its whole body with it."""
    body = dict(record.body)
    return {
        "record_id": record.record_id,
        "local_id": record.local_id,
        "kind": record.kind,
        "label": label_of(record.kind),
        "action": record.action,
        "occurred_on": record.occurred_on,
        "recorded_at": record.recorded_at,
        "author": record.author,
        "voided": record.voided,
        "body": body,
    }


def entry_json(register: Register, entry: Entry) -> Result:
    """One version of a record as JSON, with the source it rests on."""
    source = _source(register, entry.source_id)
    return {
        "entry_id": entry.entry_id,
        "action": entry.action,
        "occurred_on": entry.occurred_on,
        "recorded_at": entry.recorded_at,
        "received_at": entry.received_at,
        "author": entry.author,
        "reason": entry.reason,
        "quote": entry.quote,
        "row": entry.source_row,
        "import_id": entry.import_id,
        "supersedes": entry.supersedes,
        "hash": entry.hash,
        "source": source,
        "source_title": source["title"] if source else _import_title(register, entry),
    }


def further_sources(record: Record) -> list[Mapping[str, Any]]:
    """Return the sources that a record gained beside its first: each with quote and proposal."""
    also = record.body.get("also")
    found = also if isinstance(also, list) else []  # by hand any JSON can stand there
    return [one for one in found if isinstance(one, Mapping) and one.get("source")]


def sources_of(register: Register, record: Record) -> list[Result]:
    """Return all sources that a record rests on, in the order they came, each with its words.

    ``says`` holds the fields in which a proposal of that source says something else.
    """
    said: dict[tuple[str, str | None], str | None] = {}
    for number, entry in enumerate(register.history(record.record_id)):
        if entry.source_id is not None:
            first = record.body.get("proposal") if number == 0 else None
            said.setdefault((entry.source_id, entry.quote), first)
    for one in further_sources(record):
        said[one["source"], one.get("quote")] = one.get("proposal")
    return [
        {
            **(_source(register, source_id) or {}),
            "quote": quote,
            "says": _says(register, record, by),
        }
        for (source_id, quote), by in said.items()
    ]


def _says(register: Register, record: Record, proposal: str | None) -> Result:
    """What a proposal says otherwise than the record that it became part of."""
    if proposal is None:
        return {}
    own = record.body.get("fields") or {}
    said = register.record(proposal).body.get("fields") or {}
    return {name: value for name, value in said.items() if value not in (None, own.get(name))}


def in_words(record: Record, state: str | None) -> str:
    """A record in a few words, as its state of approval leaves it."""
    body = dict(record.body)
    if record.kind == "hazardous_area":
        body["status"] = status_under(state, body["status"])
    parts = [label_of(record.kind)]
    for name in ("hazard_kind", "status", "method", "category", "activity_type"):
        if body.get(name):
            parts.append(str(body[name]).replace("_", " "))
    for name in ("killed", "injured"):
        if body.get(name) is not None:
            parts.append(f"{body[name]} {name}")
    if waits(state):
        parts.append("waits for approval")
    return ", ".join(parts)


def _source(register: Register, source_id: str | None) -> Result | None:
    if source_id is None:
        return None
    body = register.record(source_id).body
    wanted = ("title", "publisher", "published_on", "url")
    return {"id": source_id, **{name: body.get(name) for name in wanted}}


def _import_title(register: Register, entry: Entry) -> str | None:
    if entry.import_id is None:
        return None
    body = register.record(entry.import_id).body
    row = f", row {entry.source_row}" if entry.source_row else ""
    return f"{body.get('file_name')}{row}"


def _links(register: Register, record: Record) -> list[Result]:
    """What names the record, by which field, then what it names; also what is not here."""
    found = [
        _link("linked from", other, field.name if (field := _naming(other, record)) else None)
        for other in register.linked_to(record.record_id)
    ]
    for field in link_fields(record.kind):
        found += [_linked(register, field, name) for name in _names(record, field)]
    return found


def _naming(other: Record, record: Record) -> FieldSpec | None:
    """The field by which another record names this one."""
    own = names_of(record)
    fields = (f for f in link_fields(other.kind, record.kind) if own & set(_names(other, f)))
    return next(fields, None)


def _names(record: Record, field: FieldSpec) -> Iterator[str]:
    value = record.body.get(field.name)
    yield from value if isinstance(value, list) else [value] if value else []


def _linked(register: Register, field: FieldSpec, name: str) -> Result:
    try:
        return _link(field.name, register.record(name, field.to))
    except NotFoundError:
        missing = {"record_id": None, "local_id": name, "missing": True}
        return {"relation": field.name, "kind": field.to, **missing}


def _link(relation: str, record: Record, field: str | None = None) -> Result:
    return {
        "relation": relation,
        "kind": record.kind,
        "record_id": record.record_id,
        "local_id": record.local_id,
        "voided": record.voided,
        **({"field": field} if field else {}),
    }
