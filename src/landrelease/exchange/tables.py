"""A table as it was read: columns of plain values beside geometries, and nothing interpreted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from numpy.typing import NDArray

from landrelease.exchange.issues import Issue


@dataclass(frozen=True)
class SourceTable:
    """One layer, sheet or file as read.

    Attributes
    ----------
    name : str
        Layer, sheet or file name without suffix.
    columns : Mapping of str to list
        Values by column, JSON-ready, one per row.
    count : int
        Number of data rows.
    geometry : ndarray of shapely geometries or None
        In the file's own system; None for a table without geometry.
    crs : str or None
        Code or WKT of that system.
    encoding : str or None
        How text was decoded.
    issues : tuple of Issue
        What was noticed while reading.
    damage : Mapping of int to str
        Rows (counted from 0) whose geometry could not be built as it stands, with the code.
    entered : Mapping of int to str
        The geometry of such rows as text.
    tags : Mapping of str to str
        HXL tag by column.
    members : Mapping of int to list of dict
        The rows of the file that a row was made of, where outlines were made of single points.
    marks : sequence of str or None
        The mark of each row in the quarantine, in a file of rows that come back mended.
    header_rows : tuple of int
        Rows of the sheet that were read as its header, counted from 1; empty for a map layer.
    """

    name: str
    columns: Mapping[str, list[Any]]
    count: int
    geometry: NDArray[Any] | None = None
    crs: str | None = None
    encoding: str | None = None
    issues: tuple[Issue, ...] = ()
    damage: Mapping[int, str] = field(default_factory=dict)
    entered: Mapping[int, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[int, list[dict[str, Any]]] = field(default_factory=dict)
    marks: Sequence[str | None] = ()
    header_rows: tuple[int, ...] = ()

    def values(self, index: int) -> dict[str, Any]:
        """Return the values of one row (counted from 0), without geometry."""
        return {name: values[index] for name, values in self.columns.items()}

    def raw(self, index: int) -> dict[str, Any]:
        """One row as read, its geometry as text with its system beside it."""
        if index in self.members:
            return {"rows": self.members[index]}
        row = self.values(index)
        if self.geometry is None:
            return row
        shape = self.geometry[index]
        text = self.entered.get(index) or (None if shape is None else shapely.to_wkt(shape, -1))
        return {**row, "geometry": text, "geometry_crs": self.crs}
