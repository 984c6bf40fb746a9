"""Rows without an id of their own that go on with a record of an earlier file, by their ground.

A row is known by its content, so one that changed looks like a new record beside one that
vanished. Where the two lie on the same ground, a person may say in the mapping that they are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from landrelease.register import Record, Register
from landrelease.services.row_ids import never_held, record_ids

if TYPE_CHECKING:
    from landrelease.exchange.prepare import Prepared, PreparedRow

#: The share of ground that a preview looks for, where the mapping names none.
LIKELY_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Continuing:
    """A row and the record it goes on with; ``share`` of their common ground is in both."""

    row: int
    record_id: str
    local_id: str | None
    share: float


def find_continuing(
    register: Register, prepared: Prepared, share: float, but: Collection[int] = ()
) -> list[Continuing]:
    """Pair rows that are new with records of the layer that the file lacks.

    Parameters
    ----------
    share : float
        Least share of the ground of both that must be in both (intersection over union). The very
        same shape pairs whatever it is, where it stands once on each side.

    Returns
    -------
    list of Continuing
        Each row and each record at most once, the greatest share first.
    """
    rows = [r for r in prepared.rows if not r.quarantined and not r.mark and _by_content(r)]
    if not rows or any(not _by_content(row) for row in prepared.rows):
        return []
    if not imports_of(register, prepared.layer):
        return []
    ids = record_ids(register, rows)
    records = _placed(standing_of_layer(register, prepared.layer, set(ids.values())))
    if not records:
        return []
    standing = register.contents(ids.values())
    new = [r for r in rows if standing[ids[r.row]] is None and r.row not in but]
    new = [row for row in new if row.geometry is not None]
    found = [*_same_shape(new, records), *_same_ground(new, records, share)]
    return _once(found)


def find_voided(
    register: Register, prepared: Prepared, share: float, voided: Sequence[Record]
) -> list[Continuing]:
    """Pair rows that are new with records of their ground that a person voided.

    Nothing is lost by taking one of several, since all of them are void: each row and each record
    is paired at most once, the greatest share first.
    """
    rows = [r for r in prepared.rows if not r.quarantined and not r.mark and _by_content(r)]
    new = never_held(register, [row for row in rows if row.geometry is not None])
    records = _placed(voided)
    found: dict[int, Continuing] = {}
    taken: set[str] = set()
    pairs = [*_same_place(new, records), *_same_ground(new, records, share)]
    for pair in sorted(pairs, key=lambda one: (-one.share, one.row, one.record_id)):
        if pair.row not in found and pair.record_id not in taken:
            found[pair.row] = pair
            taken.add(pair.record_id)
    return list(found.values())


def _same_place(rows: Sequence[PreparedRow], records: Placed) -> Iterator[Continuing]:
    """All pairs of one shape."""
    there: dict[tuple[str, bytes], list[Record]] = {}
    for one, shape in records.values():
        there.setdefault((one.kind, shape.wkb), []).append(one)
    for row in rows:
        for one in there.get((row.kind, row.geometry.wkb), ()):
            yield Continuing(row.row, one.record_id, one.local_id, 1.0)


def continued(prepared: Prepared, pairs: Sequence[Continuing]) -> Prepared:
    """Give the paired rows the identity of their record."""
    return _with_records(prepared, {pair.row: pair.record_id for pair in pairs})


_LOCAL = "local:"


def named_by_hand(register: Register, prepared: Prepared) -> Prepared:
    """Give rows the record that goes by their local id, where no file brought it.

    A file's own records are named after their local ids; one made by hand, or judged from a
    document, has an id of its own. Where several records share the local id, none is meant.
    """
    rows = [row for row in prepared.rows if row.identity.startswith(_LOCAL) and row.local_id]
    ids = record_ids(register, rows)
    owners: dict[int, str] = {}
    for kind in {row.kind for row in rows}:
        mine = [row for row in rows if row.kind == kind]
        called = register.called(kind, (str(row.local_id) for row in mine))
        for row in mine:
            known = called.get(str(row.local_id), [])
            if len(known) == 1 and known[0] != ids[row.row]:
                owners[row.row] = known[0]
    return _with_records(prepared, owners)


def _with_records(prepared: Prepared, records: Mapping[int, str]) -> Prepared:
    if not records:
        return prepared
    rows = [
        row._replace(identity=f"record:{records[row.row]}") if row.row in records else row
        for row in prepared.rows
    ]
    return replace(prepared, rows=rows)


def imports_of(register: Register, layer: str) -> list[str]:
    """Ids of the imports that brought a layer, undone ones among them."""
    return [one.record_id for one in register.records("import") if one.body.get("layer") == layer]


def standing_of_layer(register: Register, layer: str, present: set[str]) -> list[Record]:
    """Records that imports of a layer brought and that stand, without those present."""
    earlier = imports_of(register, layer)
    return register.some(register.brought_by(earlier) - present - set(earlier))


def _by_content(row: PreparedRow) -> bool:
    return row.identity.startswith("row:")


Placed = Mapping[str, tuple[Record, Any]]


def _placed(records: Sequence[Record]) -> Placed:
    return {
        one.record_id: (one, shapely.geometry.shape(one.body["geometry"]))
        for one in records
        if one.body.get("geometry")
    }


def _same_shape(rows: Sequence[PreparedRow], records: Placed) -> Iterator[Continuing]:
    """Pairs of one shape that stands once among the rows and once among the records."""
    keys = {row.row: (row.kind, row.geometry.wkb) for row in rows}
    theirs = {one.record_id: (one.kind, shape.wkb) for one, shape in records.values()}
    single = {key for key, count in Counter(theirs.values()).items() if count == 1}
    single &= {key for key, count in Counter(keys.values()).items() if count == 1}
    owner = {key: record_id for record_id, key in theirs.items()}
    for row, key in keys.items():
        if key in single:
            yield Continuing(row, owner[key], records[owner[key]][0].local_id, 1.0)


def _same_ground(
    rows: Sequence[PreparedRow], records: Placed, share: float
) -> Iterator[Continuing]:
    """Pairs of outlines that share enough ground."""
    mine = [row for row in rows if shapely.get_dimensions(row.geometry) == 2]
    theirs = [one for one in records.values() if shapely.get_dimensions(one[1]) == 2]
    if not mine or not theirs:
        return
    shapes = np.array([row.geometry for row in mine], dtype=object)
    grounds = np.array([shape for _, shape in theirs], dtype=object)
    left, right = shapely.STRtree(grounds).query(shapes, predicate="intersects")
    both = shapely.area(shapely.intersection(shapes[left], grounds[right]))
    either = shapely.area(shapely.union(shapes[left], grounds[right]))
    for at, other, part in zip(left, right, both / either, strict=True):
        record = theirs[other][0]
        if part >= share and record.kind == mine[at].kind:
            yield Continuing(mine[at].row, record.record_id, record.local_id, round(float(part), 4))


def _once(pairs: Sequence[Continuing]) -> list[Continuing]:
    """Each row and record once, the greatest share first; two that share alike are no pair."""
    ties = Counter(key for pair in set(pairs) for key in _keys(pair))
    found: list[Continuing] = []
    rows: set[int] = set()
    records: set[str] = set()
    for pair in sorted(set(pairs), key=lambda one: (-one.share, one.row, one.record_id)):
        if any(ties[key] > 1 for key in _keys(pair)):
            rows.add(pair.row)
            records.add(pair.record_id)
        elif pair.row not in rows and pair.record_id not in records:
            found.append(pair)
            rows.add(pair.row)
            records.add(pair.record_id)
    return found


def _keys(pair: Continuing) -> tuple[tuple[object, float], tuple[object, float]]:
    return (pair.row, pair.share), (pair.record_id, pair.share)
