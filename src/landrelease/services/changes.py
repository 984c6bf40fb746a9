"""What is different between two versions of a record, field by field, in words and in metres."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import shapely

#: Parts of a body that are compared by themselves, or say again what another part says.
_APART = ("geometry", "geometry_entered", "attributes")

Version = tuple[Mapping[str, Any], str | None]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; None where it was not there."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class GeometryChange:
    """A shape before and after.

    Attributes
    ----------
    area_before_m2, area_after_m2 : float or None
        True areas; None where there was no shape.
    moved_m : float or None
        Distance between the two middles (centroids).
    """

    area_before_m2: float | None
    area_after_m2: float | None
    moved_m: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """A row that makes a new version of its record."""

    row: int
    record_id: str
    local_id: str | None
    kind: str
    action: str
    fields: tuple[FieldChange, ...]
    geometry: GeometryChange | None

    def as_dict(self) -> dict[str, Any]:
        """The change as plain values by name."""
        return asdict(self)


def compare(before: Version, after: Version) -> tuple[tuple[FieldChange, ...], Any]:
    """Fields that differ between two versions, each a body and its date; and the geometry's change.

    Examples
    --------
    >>> fields, _ = compare(({"status": "open"}, "2019"), ({"status": "closed"}, "2020"))
    >>> [(one.field, one.before, one.after) for one in fields]
    [('status', 'open', 'closed'), ('occurred_on', '2019', '2020')]
    """
    old, new = dict(_flat(before)), dict(_flat(after))
    names = [*old, *(name for name in new if name not in old)]
    fields = tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    )
    shapes = before[0].get("geometry"), after[0].get("geometry")
    return fields, None if shapes[0] == shapes[1] else _geometry_change(*shapes)


def _flat(version: Version) -> Iterator[tuple[str, Any]]:
    body, occurred_on = version
    yield from ((name, value) for name, value in body.items() if name not in _APART)
    for name, value in (body.get("attributes") or {}).items():
        yield f"attributes.{name}", value
    yield "occurred_on", occurred_on


def _geometry_change(before: Any, after: Any) -> GeometryChange:
    from landrelease.geometry import area_m2, distance_m

    old, new = (None if g is None else shapely.geometry.shape(g) for g in (before, after))
    moved = None
    if old is not None and new is not None and not (old.is_empty or new.is_empty):
        here, there = old.centroid, new.centroid
        moved = round(distance_m(here.x, here.y, there.x, there.y), 2)
    first, last = (None if shape is None else round(area_m2(shape), 2) for shape in (old, new))
    return GeometryChange(first, last, moved)


_COLUMNS = (
    "what", "row", "record_id", "local_id", "kind", "action", "field", "before", "after",
    "area_before_m2", "area_after_m2", "moved_m", "voided_by", "voided_at", "why",
)  # fmt: skip


def write_changes(
    path: Path, changes: Sequence[Change], others: Sequence[Mapping[str, Any]]
) -> None:
    """Write differences as a table: one line for each field, and one for a geometry.

    Parameters
    ----------
    path : Path
        CSV or XLSX.
    changes : sequence of Change
    others : sequence of Mapping
        Lines for records that are new, vanished or stay void, under the columns of the table.

    Raises
    ------
    InputError
        Another format was asked for, or the place cannot be written to.
    """
    from landrelease.exchange import Sheet, write_plain

    lines = [line for change in changes for line in _lines(change)]
    write_plain(path, [Sheet("differences", _COLUMNS, [*lines, *others])])


def _lines(change: Change) -> Iterator[dict[str, Any]]:
    plain = change.as_dict()
    fields, geometry = plain.pop("fields"), plain.pop("geometry")
    head = {"what": "changed", **plain}
    for field in fields:
        yield {**head, **field}
    if geometry is not None:
        yield {**head, "field": "geometry", **geometry}
