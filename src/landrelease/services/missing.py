"""Records that the latest file of their layer lacks, or whose row waits: they stay as they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from landrelease.register import Record, Register

Result = dict[str, Any]

#: Fields of an import's own record that name such records.
WHY = ("vanished", "held_up")


def missing(register: Register) -> list[Result]:
    """Return, for the latest whole file of each layer, the records that have no row in order.

    Returns
    -------
    list of dict
        ``import_id``, ``file_name``, ``layer``, ``recorded_at``, and the records ``vanished`` and
        ``held_up``, each with its id, local id and kind. One that was brought since, mended, or
        voided is left out, and so is a file that lacks none.
    """
    found = []
    for act, since in _latest(register):
        brought = register.brought_by(since)
        lists = {why: _named(register, set(act.body[why]) - brought) for why in WHY}
        if any(lists.values()):
            found.append({**_told(act), **lists})
    return found


def missing_of(register: Register, record_id: str) -> list[Result]:
    """Return the latest files that lack a record, or in which its row waits, each with ``why``."""
    return [
        {**_told(act), "why": why}
        for act, since in _latest(register)
        for why in WHY
        if record_id in act.body[why] and record_id not in register.brought_by(since)
    ]


def tells_anew(
    register: Register, act: Mapping[str, Any], told: Mapping[str, Sequence[str]]
) -> bool:
    """Whether a file that was never taken in lacks other records than the latest of its layer."""
    if not any(told.values()):
        return False
    acts = [one for one in register.records("import") if one.body.get("layer") == act["layer"]]
    if act["sha256"] in {one.body.get("sha256") for one in acts}:
        return False
    last = [one for one, _ in _latest(register) if one.body.get("layer") == act["layer"]]
    return not last or any(set(last[0].body[why]) != set(told[why]) for why in WHY)


def _latest(register: Register) -> Iterator[tuple[Record, Sequence[str]]]:
    """The last whole file of each layer that stands, with the imports of the layer since."""
    by_layer: dict[str, list[Record]] = {}
    for act in sorted(register.records("import"), key=lambda one: (one.recorded_at, one.entry_id)):
        if act.action != "import.voided":
            by_layer.setdefault(str(act.body.get("layer")), []).append(act)
    for acts in by_layer.values():
        whole = [at for at, act in enumerate(acts) if all(why in act.body for why in WHY)]
        if whole:
            yield acts[whole[-1]], [act.record_id for act in acts[whole[-1] + 1 :]]


def _told(act: Record) -> Result:
    names = {name: act.body.get(name) for name in ("file_name", "layer")}
    return {"import_id": act.record_id, **names, "recorded_at": act.recorded_at}


def _named(register: Register, record_ids: Collection[str]) -> list[Result]:
    found = register.some(record_ids)
    return [{"record_id": r.record_id, "local_id": r.local_id, "kind": r.kind} for r in found]
