"""Verify and approve records, say what waits, and switch the workflow on or off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from landrelease.domain import rules
from landrelease.domain.entries import Draft, Entry
from landrelease.domain.workflow import SWITCHES, Step, waits
from landrelease.errors import FieldError, LandReleaseError, RefusedError, UsageError
from landrelease.register import Record, Register, open_register
from landrelease.register.writer import Writer

Result = dict[str, Any]
_ACTIONS = {"verify": "record.verified", "approve": "record.approved"}
_SWITCH = {"on": "workflow.switched_on", "off": "workflow.switched_off"}
#: What others rest on comes first, what rests on others last.
_ORDER = {"activity": 0, "hazardous_area": 2}


def status(path: Path) -> Result:
    """Whether approval is asked for, and how many records wait for it."""
    with open_register(path) as register:
        states = list(register.workflow_states().values())
        return {
            "on": register.asks_approval(),
            "collected": states.count("collected"),
            "verified": states.count("verified"),
            "approved": states.count("approved"),
        }


def switch(path: Path, to: str, *, why: str, by: str) -> Result:
    """Switch the workflow ``on`` or ``off`` from here on; figures stay as they are.

    Raises
    ------
    FieldError
        Neither on nor off, or no reason.
    RefusedError
        It is so already.
    """
    if to not in _SWITCH:
        raise FieldError("workflow", to, "expected on or off")
    if not why.strip():
        raise FieldError("why", why, "a switch needs its reason", "say why in your words")
    with open_register(path, write=True) as register:
        before = register.record(register.info().register_id)
        action = _SWITCH[to]
        body = {**before.body, "workflow": SWITCHES[action]}
        draft = Draft("register", action, body, before.record_id, reason=why.strip())
        rules.check_change(draft, before, register)
        with register.write(by) as writer:
            [entry] = writer.append([draft])
    return {"on": SWITCHES[action], "entry_id": entry.entry_id}


def awaiting(path: Path, *, kind: str | None = None, state: str | None = None) -> Result:
    """Records that wait to be verified or approved, in the order in which they were made.

    Raises
    ------
    FieldError
        The state is not one of a record that waits.
    """
    if state is not None and not waits(state):
        raise FieldError("state", state, "nothing waits in it", "collected or verified")
    with open_register(path) as register:
        found = [
            (register.record(record_id), at)
            for record_id, at in register.workflow_states().items()
            if waits(at) and state in (None, at)
        ]
        rows = [_row(record, at) for record, at in found if kind in (None, record.kind)]
        return {"on": register.asks_approval(), "count": len(rows), "records": rows}


def take_step(
    path: Path,
    step: str,
    record_ids: Sequence[str] = (),
    *,
    import_id: str | None = None,
    why: str | None = None,
    by: str,
) -> Result:
    """Verify or approve records: those named, all or none, or those of an import that can be.

    Parameters
    ----------
    step : str
        ``verify`` or ``approve``.
    why : str, optional
        What it rests on, in the person's words.

    Returns
    -------
    dict
        ``{"step", "records": [{"record_id", "entry_id"}], "left": [{"record_id", "local_id",
        "code", "message"}]}``.

    Raises
    ------
    UsageError
        Neither records nor an import were named, or both.
    RefusedError
        The workflow forbids it for a record that was named, or for all of an import.
    """
    if bool(record_ids) == (import_id is not None):
        raise UsageError("step_what", f"{step} what?", "name records, or one --import ID")
    taken = Step(_ACTIONS[step], by)
    with open_register(path, write=True) as register:
        named = record_ids or _of_import(register, str(import_id))
        records = sorted(map(register.record, named), key=_rank)
        with register.write(by) as writer:
            done, left = _take(register, writer, taken, records, why)
            if left and (record_ids or not done):
                raise left[0][1]
    return {
        "step": step,
        "records": [{"record_id": e.record_id, "entry_id": e.entry_id} for e in done],
        "left": [
            {"record_id": r.record_id, "local_id": r.local_id, "code": p.code, "message": p.message}
            for r, p in left
        ],
    }


def _take(
    register: Register, writer: Writer, step: Step, records: Iterable[Record], why: str | None
) -> tuple[list[Entry], list[tuple[Record, LandReleaseError]]]:
    done: list[Entry] = []
    left: list[tuple[Record, LandReleaseError]] = []
    for _, alike in groupby(records, _rank):
        drafts = []
        for record in alike:
            try:
                step.check(record, register)
            except RefusedError as problem:
                left.append((record, problem))
            else:
                drafts.append(_draft(register, step, record, why))
        done += writer.take_steps(drafts)
    return done, left


def _rank(record: Record) -> int:
    return _ORDER.get(record.kind, 1)


def _draft(register: Register, step: Step, record: Record, why: str | None) -> Draft:
    """The same version again, with what it rests on, so that undoing its import undoes both."""
    version = next(e for e in register.history(record.record_id) if e.entry_id == record.entry_id)
    return Draft(
        record.kind,
        step.action,
        record.body,
        record.record_id,
        record.occurred_on,
        source_id=version.source_id,
        quote=version.quote,
        source_row=version.source_row,
        import_id=version.import_id,
        reason=why or None,
        supersedes=version.entry_id,
    )


def _of_import(register: Register, import_id: str) -> list[str]:
    """Records whose present version the import brought; its own record is not one of them."""
    brought = {e.entry_id: e.record_id for e in register.entries(import_id=import_id)}
    found = dict.fromkeys(brought.values())
    found.pop(import_id, None)
    standing = (register.record(record_id) for record_id in found)
    return [r.record_id for r in standing if r.entry_id in brought and not r.voided]


def _row(record: Record, state: str) -> Result:
    return {
        "record_id": record.record_id,
        "local_id": record.local_id,
        "kind": record.kind,
        "state": state,
        "recorded_at": record.recorded_at,
        "author": record.author,
    }
