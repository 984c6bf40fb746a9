"""What is written: records of one kind as rows with typed columns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from landrelease.domain.kinds import FieldSpec
from landrelease.exchange.redrawn import RECORDED

#: Columns that any kind may have, before and after its own fields.
_LEADING = ("record_id", "local_id", "occurred_on")
_TRAILING = (RECORDED, "geometry_entered", "attributes")


@dataclass(frozen=True)
class ExportTable:
    """Records of one kind, ready to be written.

    Attributes
    ----------
    kind : str
        Kind of all rows; also the name of the layer.
    fields : sequence of FieldSpec
        Fields that the audience may see, in order.
    rows : list of dict
        Values by field name; beside the fields, any of ``record_id``, ``local_id``,
        ``occurred_on``, ``geometry_recorded``, ``geometry_entered``, ``attributes``. Other keys
        are not written.
    geometries : ndarray of shapely geometries or None
        In longitude and latitude, one per row.
    """

    kind: str
    fields: Sequence[FieldSpec]
    rows: list[dict[str, Any]]
    geometries: NDArray[Any] | None = None
    types: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        types = {name: "text" for name in _LEADING if self._used(name)}
        types |= {one.name: one.type for one in self.fields}
        types |= {name: "json" for name in _TRAILING if self._used(name)}
        object.__setattr__(self, "types", types)

    def _used(self, name: str) -> bool:
        return any(row.get(name) not in (None, "") for row in self.rows)

    def column(self, name: str) -> Iterator[Any]:
        """Values of one column as plain cells: lists and objects as text."""
        return (plain_cell(row.get(name)) for row in self.rows)


def plain_cell(value: Any) -> Any:
    """One value as a cell: text lists joined by «; », other lists and objects as JSON.

    Examples
    --------
    >>> plain_cell(["a", "b"]), plain_cell({"x": 1})
    ('a; b', '{"x": 1}')
    """
    if isinstance(value, (list, tuple)) and all(_joinable(one) for one in value):
        return "; ".join(value) or None
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value, ensure_ascii=False) if value else None
    return value


def _joinable(value: Any) -> bool:
    return isinstance(value, str) and not any(mark in value for mark in ";|,{[")
