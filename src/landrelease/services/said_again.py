"""An entry id is the identity of one entry: who gives it again must say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from landrelease.domain.entries import Entry
from landrelease.domain.kinds import check_body, kind_spec
from landrelease.errors import RefusedError
from landrelease.register.blanking import united


def check_said_again(
    held: Entry, entry: Mapping[str, Any], record_id: str | None, source_id: str | None
) -> None:
    """Refuse what is given under the id of an entry and says something else.

    Parameters
    ----------
    held : Entry
        What the ledger holds under this id.
    entry : Mapping
        What is given now.
    record_id, source_id : str or None
        The record that it means, and the record of the source that it names.

    Raises
    ------
    RefusedError
        ``entry_id_taken``: the message names what differs.
    """
    if differ := list(_differing(held, entry, record_id, source_id)):
        raise RefusedError(
            "entry_id_taken",
            f"entry_id {held.entry_id} is in the ledger with another {', '.join(differ)}",
            "leave entry_id out, or give the entry as it was",
        )


def _differing(
    held: Entry, entry: Mapping[str, Any], record_id: str | None, source_id: str | None
) -> Iterator[str]:
    """Names of what is said otherwise."""
    if held.kind != entry["kind"]:
        yield "kind"
        return  # its fields are others
    if held.occurred_on != entry.get("occurred_on"):
        yield "occurred_on"
    if record_id not in (None, held.record_id):
        yield "record_id"
    if entry.get("action") not in (None, held.action):
        yield "action"
    if held.source_id != source_id:
        yield "source"
    if not kind_spec(held.kind).personal:  # such words stand with the person, not with the entry
        if not _same(held.quote, (entry.get("source") or {}).get("quote")):
            yield "source.quote"
        if not _same(held.reason, entry.get("reason")):
            yield "reason"
    yield from _fields(held, entry["body"])


def _fields(held: Entry, said: Mapping[str, Any]) -> Iterator[str]:
    """Fields that would be others if the body were laid over the one that is held."""
    kept = json.loads(held.body)
    laid = {name: value for name, value in {**kept, **said}.items() if value is not None}
    whole = check_body(held.kind, laid)
    apart = kind_spec(held.kind).personal
    for name in {**kept, **whole}:
        if not _same(kept.get(name), whole.get(name)) and not (apart and name not in kept):
            yield f"body.{name}"


def _same(held: Any, said: Any) -> bool:
    """Whether a value is what was said; blocks of an erased name stand for any letters."""
    return held == said or (said is not None and united(held, said) == held)
