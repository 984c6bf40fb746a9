"""Rows of a file that name what another layer brought: perhaps its next month under a new name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.register import Register
from landrelease.services.row_ids import record_ids

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
    ids = record_ids(register, rows)
    same = set(ids.values())
    standing = {key for key, body in register.contents(same).items() if body is not None}
    new = [row for row in rows if ids[row.row] not in standing and row.geometry is not None]
    found = {row: {record_id} for row, record_id in ids.items() if record_id in standing}
    found |= dict(on_same_ground(register, new))
    layers = _layers_of(register, {one for records in found.values() for one in records})
    counts: Counter[str] = Counter()
    for records in found.values():
        counts.update({layer for one in records for layer in layers.get(one, ())})
    del counts[prepared.layer]
    return [OtherLayer(layer, rows) for layer, rows in counts.most_common()]


def _layers_of(register: Register, record_ids: set[str]) -> Mapping[str, set[str]]:
    """The layers that brought or changed each record."""
    layer = {one.record_id: str(one.body["layer"]) for one in register.records("import")}
    found: dict[str, set[str]] = {}
    for record_id, import_id in register.bringers(record_ids):
        if import_id in layer:
            found.setdefault(record_id, set()).add(layer[import_id])
    return found


def _counts(row: PreparedRow) -> bool:
    """Whether a row is taken in, and was neither given out by this register nor waited in it."""
    return not (row.quarantined or row.mark or row.identity.startswith("record:"))


def on_same_ground(
    register: Register, rows: Sequence[PreparedRow]
) -> Iterator[tuple[int, set[str]]]:
    """Rows, each with the records of its kind that have the very same outline."""
    for kind in sorted({row.kind for row in rows}):
        mine = [row for row in rows if row.kind == kind]
        shapes = np.array([row.geometry for row in mine], dtype=object)
        held = _by_outline(register, kind, shapes)
        outlines = _outlines(shapes)
        for row, outline in zip(mine, outlines, strict=True):
            if outline in held:
                yield row.row, held[outline]


def _by_outline(register: Register, kind: str, wanted: NDArray[Any]) -> Mapping[bytes, set[str]]:
    """The records of a kind by their outline, of those with a corner of a wanted shape."""
    sought = np.unique(_corners(wanted))
    placed = register.placed_at(kind, zip(sought.real.tolist(), sought.imag.tolist(), strict=True))
    shapes = shapely.from_wkb(np.array([wkb for _, wkb in placed], dtype=object))
    near = np.flatnonzero(np.isin(_corners(shapes), sought))
    found: dict[bytes, set[str]] = {}
    for at, outline in zip(near, _outlines(shapes[near]), strict=True):
        found.setdefault(outline, set()).add(placed[at][0])
    return found


def _corners(shapes: NDArray[Any]) -> NDArray[np.complex128]:
    """The south-western corner of each shape as one number; same outlines have the same."""
    corners: NDArray[np.complex128] = shapely.bounds(shapes)[:, :2].copy().view(np.complex128)
    return corners[:, 0]


def _outlines(shapes: NDArray[Any]) -> list[bytes]:
    """Keys by which equal outlines are equal, whether a file calls them one part or several."""
    single = shapely.get_num_geometries(shapes) == 1
    alike = np.where(single, shapely.get_geometry(shapes, 0), shapes)
    found: list[bytes] = shapely.to_wkb(shapely.normalize(alike), byte_order=1).tolist()
    return found
