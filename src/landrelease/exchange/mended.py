"""Rows that wait, written out to be mended by hand, and known again when they come back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from landrelease.domain.plain import FORMULA_STARTS
from landrelease.errors import InputError, LandReleaseError, writing
from landrelease.exchange.issues import cure
from landrelease.exchange.mapping import ImportMapping, build_mapping
from landrelease.exchange.place_rules import GeometryRule
from landrelease.exchange.shape_text import shapes_of
from landrelease.exchange.tables import SourceTable
from landrelease.exchange.writing.plain import Sheet, write_plain
from landrelease.geometry import WGS84, as_geojson, to_wgs84

#: Columns that the program adds to rows to be mended. By the first it knows them again.
MARK = "quarantine_row"
_OWN = (MARK, "quarantine_codes", "quarantine_why", "quarantine_cure")

#: Where a row as read keeps its geometry and the system of it.
_SHAPE, _SYSTEM = "geometry", "geometry_crs"


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A row to be mended.

    Attributes
    ----------
    mark : str
        By which it is known again.
    raw : Mapping
        The row as read, or its ``rows`` where it was made of several.
    issues : sequence of Mapping
        ``code``, ``severity`` and ``message`` of each problem.
    crs : str or None
        The system that the mapping followed over the file's own.
    """

    mark: str
    raw: Mapping[str, Any]
    issues: Sequence[Mapping[str, Any]]
    crs: str | None = None


def write_waiting(path: Path, rows: Sequence[WaitingRow]) -> None:
    """Write rows with their problems and cures as CSV, XLSX or GeoJSON.

    Raises
    ------
    InputError
        Another format was asked for, or the place cannot be written to.
    """
    plain = [_placed(row, line) for row in rows for line in _lines(row)]
    columns = list(dict.fromkeys([*_OWN, *(name for line in plain for name in line)]))
    if path.suffix.casefold() in (".geojson", ".json"):
        with writing(path):
            path.write_text(_features(plain), "utf-8")
    else:
        write_plain(path, [Sheet("quarantine", columns, plain)])


def as_table(row: WaitingRow, layer: str) -> SourceTable:
    """A row that was mended, as the table of a file in which it comes back.

    Examples
    --------
    >>> as_table(WaitingRow("i-1", {"kind": "SHA"}, []), "areas").marks
    ['i-1']
    """
    columns = {name: [cell] for name, cell in _placed(row, dict(row.raw)).items()}
    return SourceTable(layer, columns, 1, marks=[row.mark])


def _lines(row: WaitingRow) -> list[dict[str, Any]]:
    codes = dict.fromkeys(str(issue["code"]) for issue in row.issues)
    said = {
        MARK: row.mark,
        "quarantine_codes": "; ".join(codes),
        "quarantine_why": "; ".join(str(issue["message"]) for issue in row.issues),
        "quarantine_cure": "; ".join(dict.fromkeys(cure(code) for code in codes)),
    }
    members = row.raw.get("rows")
    several = members if isinstance(members, list) and members else [row.raw]
    return [{**said, **one} for one in several]


def _placed(row: WaitingRow, line: dict[str, Any]) -> dict[str, Any]:
    """The line with the system in which its geometry was read."""
    followed = row.crs is not None and line.get(_SYSTEM) is not None
    return {**line, _SYSTEM: row.crs} if followed else line


def _features(lines: Sequence[Mapping[str, Any]]) -> str:
    """Features in longitude and latitude; a geometry that cannot be read stays text."""
    features = []
    for line in lines:
        shape = _in_degrees(line.get(_SHAPE), line.get(_SYSTEM))
        hidden = {_SHAPE, _SYSTEM} if shape is not None or line.get(_SHAPE) is None else set()
        properties = {name: cell for name, cell in line.items() if name not in hidden}
        geometry = as_geojson(np.array([shape], dtype=object))[0]
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    document = {"type": "FeatureCollection", "features": features}
    return json.dumps(document, ensure_ascii=False, indent=1)


def _in_degrees(text: Any, crs: Any) -> Any:
    if not isinstance(text, str) or not text.strip():
        return None
    (shape,), _, _ = shapes_of([text.strip()])
    if shape is None or shapely.is_empty(shape):
        return None
    try:
        return to_wgs84(shape, str(crs or WGS84))
    except LandReleaseError:
        return None


def take_marks(table: SourceTable) -> SourceTable:
    """Part the program's own columns from rows that come back mended.

    A file without them is returned as it is.
    """
    if MARK not in table.columns:
        return table
    marks = [None if cell in (None, "") else str(cell).strip() for cell in table.columns[MARK]]
    columns = {
        name: [_restored(cell) for cell in cells]
        for name, cells in table.columns.items()
        if name not in _OWN and not (table.geometry is not None and name in (_SHAPE, _SYSTEM))
    }
    placed = table.geometry is not None and not shapely.is_missing(table.geometry).all()
    if not placed:
        table = replace(table, geometry=None, crs=None)
    return replace(table, columns=columns, marks=marks)


def _restored(cell: Any) -> Any:
    """A cell without the apostrophe that kept it from being a formula."""
    guarded = isinstance(cell, str) and cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS)
    return cell[1:] if guarded else cell


def for_mended(table: SourceTable, mapping: ImportMapping, layer: str) -> ImportMapping:
    """The mapping by which rows were first read, fitted to the file in which they come back.

    Their layer keeps its name, and a geometry that was the file's own stands in a column now, or
    in longitude and latitude.
    """
    changed: dict[str, Any] = {"layer": layer, "read_layer": None, "encoding": None}
    if table.geometry is not None:
        changed |= {"crs": WGS84}
    elif _SHAPE in table.columns and _SYSTEM in table.columns:
        systems = {str(cell) for cell in table.columns[_SYSTEM] if cell}
        if len(systems) > 1:
            raise InputError(
                "crs_missing", f"{_SYSTEM} names several systems", "mend one at a time"
            )
        swapped = mapping.geometry is not None and mapping.geometry.swap_axes
        changed["geometry"] = GeometryRule(column=_SHAPE, swap_axes=swapped)
        changed["crs"] = mapping.crs or (systems.pop() if systems else WGS84)
    return mapping.model_copy(update=changed)


def mapping_of_import(kept: Mapping[str, Any]) -> ImportMapping:
    """The mapping that an earlier import was read with, as its record keeps it."""
    rules = {key: value for key, value in kept.items() if key != "set"}
    return build_mapping(rules, "the mapping of the import").with_constants(kept.get("set") or {})
