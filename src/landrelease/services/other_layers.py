"""Rows of a file that name what another layer brought: perhaps its next month under a new name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from landrelease.domain.ids import named_record_id
from landrelease.register import Register
from landrelease.services.continuing import imports_of

if TYPE_CHECKING:
    from landrelease.exchange.prepare import Prepared, PreparedRow


@dataclass(frozen=True, slots=True)
class OtherLayer:
    """A layer, and how many rows of a file have the id or the very outline of a record of it."""

    layer: str
    rows: int


def other_layers(register: Register, prepared: Prepared) -> list[OtherLayer]:
    """Count the rows that name records of other layers, the layer with most of them first.

    A file that no mapping names a layer for is a layer of its own, called by its file name. So
    the file of the next month is compared with nothing: what it lacks is not listed, and rows
    without an id come in once more, on the same ground. Nothing is joined by this.
    """
    rows = [r for r in prepared.rows if _counts(r)]
    theirs = {one.body["layer"] for one in register.records("import")} - {prepared.layer}
    if not rows or not theirs:
        return []
    register_id = register.info().register_id
    ids = {row.row: named_record_id(register_id, row.identity) for row in rows}
    same = set(ids.values())
    standing = {key for key, body in register.contents(same).items() if body is not None}
    new = [row for row in rows if ids[row.row] not in standing and row.geometry is not None]
    found = {row: {record_id} for row, record_id in ids.items() if record_id in standing}
    found |= dict(_on_same_ground(register, new))
    counts: Counter[str] = Counter()
    for layer in theirs:
        brought = register.brought_by(imports_of(register, layer))
        counts[layer] = sum(not brought.isdisjoint(records) for records in found.values())
    return [OtherLayer(layer, rows) for layer, rows in counts.most_common() if rows]


def _counts(row: PreparedRow) -> bool:
    """Whether a row is taken in, and was neither given out by this register nor waited in it."""
    return not (row.quarantined or row.mark or row.identity.startswith("record:"))


def _on_same_ground(
    register: Register, rows: Sequence[PreparedRow]
) -> Iterator[tuple[int, set[str]]]:
    """Rows, each with the records of its kind that have the very same outline."""
    for kind in sorted({row.kind for row in rows}):
        mine = [row for row in rows if row.kind == kind]
        held = _by_outline(register, kind)
        for row in mine:
            records = held.get(_outline(row.geometry))
            if records:
                yield row.row, records


def _by_outline(register: Register, kind: str) -> Mapping[bytes, set[str]]:
    found: dict[bytes, set[str]] = {}
    for record_id, wkb, _ in register.layer(kind):
        if wkb is not None:
            found.setdefault(_outline(shapely.from_wkb(wkb)), set()).add(record_id)
    return found


def _outline(shape: shapely.Geometry) -> bytes:
    """A key by which equal outlines are equal, whether a file calls them one part or several."""
    parts = shapely.normalize(shape)
    single = parts.geoms[0] if getattr(parts, "geoms", None) and len(parts.geoms) == 1 else parts
    return bytes(shapely.to_wkb(single, byte_order=1))
