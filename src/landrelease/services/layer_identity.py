"""A guessed mapping knows the rows of a layer as its latest import did: no month doubles it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from landrelease.register import Register

if TYPE_CHECKING:
    from landrelease.exchange.mapping import ImportMapping
    from landrelease.exchange.tables import SourceTable


def with_known_identity(
    register: Register, table: SourceTable, guessed: ImportMapping
) -> ImportMapping:
    """Return the guess with the identity of the layer's latest import, where only cells told it.

    A column `ID` is taken for the id by what its cells are, and these may be others next month: a
    blank, a repeat, the first id with a letter.
    """
    from landrelease.exchange.likely_ids import is_likely
    from landrelease.exchange.mapping import IdentityRule

    named = _columns(guessed.identity.model_dump())
    if not all(map(is_likely, named)):
        return guessed
    before = _latest(register, guessed.layer or table.name)
    if before is None or not set(_columns(before)) <= set(table.columns):
        return guessed
    return guessed.model_copy(update={"identity": IdentityRule(**before)})


def _columns(identity: dict[str, Any]) -> list[str]:
    parts = (identity.get(part) for part in ("record_id", "local_id", "source_id"))
    return [column for column in parts if column is not None]


def _latest(register: Register, layer: str) -> dict[str, Any] | None:
    """The identity rule of the latest import of a layer that stands; None where there is none."""
    acts = [
        act
        for act in register.records("import")
        if act.action != "import.voided" and act.body.get("layer") == layer
    ]
    if not acts:
        return None
    found = max(acts, key=lambda act: act.recorded_at).body.get("mapping", {})
    return dict(found.get("identity", {}))
