"""The queue of a second person: what waits, what it would change, and what was found wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from landrelease.domain.entries import Entry
from landrelease.domain.kinds import COMMON_FIELDS, kind_spec
from landrelease.domain.workflow import STEPS, folded_name, waits, writers
from landrelease.errors import FieldError, LandReleaseError, RefusedError, UsageError
from landrelease.register import Record, Register, open_register
from landrelease.services import recording
from landrelease.services.changes import compare
from landrelease.services.records import entry_json

Result = dict[str, Any]

#: What a file claims is settled by itself, and is no part of what is approved.
_NO_CHANGE = frozenset({"claims"})


def queue(
    path: Path, state: str | None = None, *, limit: int | None = None, offset: int = 0
) -> Result:
    """Records that wait for approval, each with what it would change, in order of their making.

    Returns
    -------
    dict
        ``on``, ``total``, and ``records``: who wrote what when and why (``writers``,
        ``recorded_at``, ``reason``, ``source_title``), ``before`` (the version that stood before,
        None for a new record), ``fields`` and ``geometry`` that differ from it, and ``steps``
        taken since.

    Raises
    ------
    FieldError
        The state is not one of a record that waits.
    """
    if state is not None and not waits(state):
        raise FieldError("state", state, "nothing waits in it", "collected or verified")
    with open_register(path) as register:
        states = register.workflow_states()
        found = [key for key, at in states.items() if waits(at) and state in (None, at)]
        page = found[offset : None if limit is None else offset + limit]
        return {
            "on": register.asks_approval(),
            "total": len(found),
            "records": [_row(register, register.record(key), states[key]) for key in page],
        }


def reject(path: Path, record_ids: Sequence[str], *, why: str, by: str) -> Result:
    """Reject records that wait: a new one is voided, a change is put back to what stood before.

    What is put back is a version of its own, by who rejects, and waits for a second person too.

    Returns
    -------
    dict
        ``records`` (each ``record_id``, ``local_id``, ``done``: ``voided`` or ``put_back``) and
        ``left`` (each with ``code`` and ``message``).

    Raises
    ------
    UsageError
        No record was named.
    FieldError
        No reason was given.
    LandReleaseError
        The first refusal, where none of them could be rejected.
    """
    if not record_ids:
        raise UsageError("step_what", "reject what?", "name records")
    if not why.strip():
        raise FieldError("why", why, "rejecting needs its reason", "say why in your words")
    done: list[Result] = []
    left: list[tuple[str, LandReleaseError]] = []
    for record_id in record_ids:
        try:
            done.append(_reject(path, record_id, why.strip(), by))
        except LandReleaseError as problem:
            left.append((record_id, problem))
    if left and not done:
        raise left[0][1]
    told = [{"record_id": key, "code": p.code, "message": p.message} for key, p in left]
    return {"records": done, "left": told}


def _reject(path: Path, record_id: str, why: str, by: str) -> Result:
    with open_register(path) as register:
        record = register.record(record_id)
        name = record.local_id or record.record_id
        if not waits(register.workflow_state(record.record_id)):
            raise RefusedError(
                "not_waiting", f"{name} does not wait for approval", "see what waits"
            )
        before = _before(register, record, register.history(record.record_id))
    told = {"record_id": record.record_id, "local_id": record.local_id}
    if before is None:
        recording.void(path, record_id=record.record_id, import_id=None, why=why, by=by)
        return told | {"done": "voided"}
    body = _put_back(record, json.loads(before.body))
    if not body:
        raise RefusedError(
            "nothing_to_put_back",
            f"{name} says what it said before, of another date or source",
            "record it with its date, or void it: landrelease void",
        )
    entry = {"kind": record.kind, "record_id": record.record_id, "reason": why, "body": body}
    recording.record(path, {"entries": [entry]}, by=by)
    return told | {"done": "put_back"}


def _put_back(record: Record, before: Mapping[str, Any]) -> dict[str, Any]:
    """Fields that differ, as they were; None for one that was not there."""
    known = {*kind_spec(record.kind).fields, *COMMON_FIELDS} - _NO_CHANGE
    names = [n for n in (*record.body, *(n for n in before if n not in record.body)) if n in known]
    return {n: before.get(n) for n in names if before.get(n) != record.body.get(n)}


def _row(register: Register, record: Record, state: str) -> Result:
    history = register.history(record.record_id)
    before = _before(register, record, history)
    own = _written(history)
    said = entry_json(register, own)
    return {
        "record_id": record.record_id,
        "local_id": record.local_id,
        "kind": record.kind,
        "state": state,
        "action": own.action,
        "occurred_on": record.occurred_on,
        **{name: said[name] for name in ("recorded_at", "author", "reason", "source_title")},
        "writers": list(dict.fromkeys(_names(history, writers(history)))),
        "before": _version(before),
        "steps": [_version(entry) for entry in _steps(history, own)],
        **_differences(record, before),
    }


def _before(register: Register, record: Record, history: Sequence[Entry]) -> Entry | None:
    """The last version that needs no approval or has it: what counts until this one is approved."""
    for entry in reversed(history):
        version = replace(record, action=entry.action, recorded_at=entry.recorded_at)
        state = register.workflow_states([version]).get(record.record_id)
        if entry.action != "record.voided" and not waits(state):
            return entry
    return None


def _written(history: Sequence[Entry]) -> Entry:
    """The version that a person or an import wrote; the last act may be its verification."""
    return next((e for e in reversed(history) if e.action not in STEPS), history[-1])


def _steps(history: Sequence[Entry], own: Entry) -> Iterator[Entry]:
    yield from (e for e in history[history.index(own) :] if e.action in STEPS)


def _names(history: Sequence[Entry], known: set[str]) -> Iterator[str]:
    """The writers as they wrote themselves."""
    yield from (entry.author for entry in history if folded_name(entry.author) in known)


def _version(entry: Entry | None) -> Result | None:
    if entry is None:
        return None
    return {n: getattr(entry, n) for n in ("action", "recorded_at", "author", "reason")}


def _differences(record: Record, before: Entry | None) -> Result:
    old = ({}, None) if before is None else (json.loads(before.body), before.occurred_on)
    fields, geometry = compare(old, (record.body, record.occurred_on))
    # a change without a date leaves the date that the record has
    undated = before is not None and record.occurred_on is None
    hidden = _NO_CHANGE | ({"occurred_on"} if undated else set())
    shown = [asdict(one) for one in fields if one.field not in hidden]
    return {"fields": shown, "geometry": None if geometry is None else asdict(geometry)}
