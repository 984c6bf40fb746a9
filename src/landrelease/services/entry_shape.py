"""The shape of an entry made elsewhere: its keys, their types, and what may be recorded by hand.

Fields are checked against their kind where an entry is written (`landrelease.domain.kinds`); here
stands what only the form of ``landrelease record`` asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from landrelease.domain.actions import actions, check_action_of
from landrelease.domain.kinds import COMMON, KindSpec, check_value, kind_spec
from landrelease.domain.plain import check_json, plain_text
from landrelease.errors import FieldError, RefusedError
from landrelease.register import check_places

_TEXTS = ("entry_id", "record_id", "kind", "action", "occurred_on", "reason")
_KEYS = {*_TEXTS, "source", "body"}
_SOURCE_KEYS = ("title", "url", "publisher", "quote")

#: What writes the kinds that are never recorded by hand.
_COMMANDS = {
    "proposal": "landrelease ingest and judge",
    "import": "landrelease import",
    "attachment": "landrelease attach",
    "vocabulary": "landrelease terms adopt",
}


def check_entry(entry: Any) -> KindSpec:
    """Return the kind of an entry whose keys, texts, source and geometry can be.

    Raises
    ------
    FieldError, NotFoundError
        A key is unknown, or its value of another type.
    RefusedError
        Records of the kind, or entries of the action, are written by a command of their own.

    Examples
    --------
    >>> check_entry({"kind": "accident", "body": {"killed": 1}}).label
    'Accident'
    """
    if not isinstance(entry, Mapping):
        raise FieldError("entry", entry, "expected an object")
    _check_keys(entry, _KEYS, "")
    for name in _TEXTS:
        if entry.get(name) is not None:
            plain_text(name, entry[name])
    if entry.get("kind") is None:
        raise FieldError("kind", None, "an entry needs its kind")
    _check_source(entry.get("source"))
    if not isinstance(entry.get("body"), Mapping):
        raise FieldError("body", entry.get("body"), "expected an object")
    check_json(entry["body"])
    spec = kind_spec(entry["kind"])
    _check_by_hand(spec, entry)
    if isinstance(place := entry["body"].get("geometry"), Mapping):
        check_places([place])
    return spec


def names_of(entry: Mapping[str, Any]) -> list[str]:
    """Return the names by which an entry may mean a record that is there: its ids.

    Examples
    --------
    >>> names_of({"record_id": None, "body": {"local_id": 7}})
    ['7']
    """
    local_id = entry["body"].get("local_id")
    said = None if local_id is None else check_value(COMMON["local_id"], local_id)
    return [name for name in (entry.get("record_id"), said) if name]


def _check_keys(given: Mapping[str, Any], known: Any, where: str) -> None:
    for name, value in given.items():
        if name not in known:
            raise FieldError(
                f"{where}{name}", value, "unknown key", f"one of {', '.join(sorted(known))}"
            )


def _check_source(source: Any) -> None:
    if source is None:
        return
    if not isinstance(source, Mapping):
        raise FieldError("source", source, "expected an object", 'such as {"title": "…"}')
    _check_keys(source, _SOURCE_KEYS, "source.")
    for name, value in source.items():
        if value is not None:
            plain_text(f"source.{name}", value)


def _check_by_hand(spec: KindSpec, entry: Mapping[str, Any]) -> None:
    if spec.by_program:
        raise RefusedError(
            "kind_by_program",
            f"kind = {spec.name!r}: the program keeps these records itself",
            f"use {_COMMANDS.get(spec.name, 'the command for it')}",
        )
    if (action := entry.get("action")) is None:
        return
    told = actions()[check_action_of(action, spec.name)]
    if told.get("by") == "program":
        raise RefusedError(
            "action_by_program",
            f"action = {action!r}: the program writes it when it does so",
            "leave action out, or use the command for it: void, judge, erase, approve …",
        )
    status = entry["body"].get("status")
    if "status" in told and status is not None and status != told["status"]:
        raise FieldError(
            "body.status",
            status,
            f"after {action} it is {told['status']}",
            code="status_contradicts",
        )
