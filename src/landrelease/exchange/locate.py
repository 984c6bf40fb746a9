"""Where each row lies: its geometry in WGS84, whatever columns or system it came in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.errors import FieldError, InputError
from landrelease.exchange.coordinates import Frame, Position
from landrelease.exchange.issues import Issue, issue
from landrelease.exchange.mapping import ImportMapping
from landrelease.exchange.place_rules import GeometryRule
from landrelease.exchange.plausible import InCountry
from landrelease.exchange.positions import attempt, reader
from landrelease.exchange.rings import ring_of
from landrelease.exchange.shape_text import shapes_of
from landrelease.exchange.tables import SourceTable
from landrelease.exchange.values import memo_key, read_number
from landrelease.geometry import (
    WGS84,
    describe_crs,
    has_datum,
    is_wgs84,
    parse_crs,
    shift_m,
    to_wgs84,
)

_SAME_PLACE_M = 1.0


@dataclass
class Located:
    """Shapes in WGS84; why some are not there; and the words that some were entered in.

    ``notes`` are problems of rows (counted from 0) whose shape is there all the same.
    """

    shapes: NDArray[Any]
    crs: str
    source_shapes: NDArray[Any] = field(default_factory=lambda: np.empty(0, dtype=object))
    damage: dict[int, tuple[str, str]] = field(default_factory=dict)
    entered: dict[int, str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    notes: list[tuple[int, str, str]] = field(default_factory=list)


def frame_of(mapping: ImportMapping, in_country: InCountry | None) -> Frame:
    """What a mapping and the country say about positions."""
    letters = mapping.geometry.utm_letters if mapping.geometry is not None else None
    return Frame(mapping.crs, in_country, letters)


def suspect_header(table: SourceTable) -> str:
    """Words for a table whose columns are not those looked for: its header may stand elsewhere."""
    if not table.header_rows:
        return ""
    rows = " and ".join(map(str, table.header_rows))
    return f" (row {rows} was read as the header; if it stands elsewhere, set header_row)"


def locate(
    table: SourceTable, mapping: ImportMapping, in_country: InCountry | None = None
) -> Located:
    """Place every row of a table.

    Raises
    ------
    InputError
        Nothing says which system coordinates are in, or the file's own cannot be trusted, and the
        mapping names none.
    """
    rule = mapping.geometry
    absent = [] if rule is None else [c for c in rule.columns() if c not in table.columns]
    if absent and table.geometry is None:
        raise InputError(
            "column_unknown",
            f"{table.name} has no column {absent[0]!r}, which should say where its rows lie"
            f"{suspect_header(table)}",
            f"one of {', '.join(table.columns)}",
        )
    if rule is None or absent or not any(rule.columns()):
        found = _own_shapes(table, mapping)
    elif rule.column is not None:
        found = _texts(table, mapping, rule.column)
    elif rule.points or rule.separator is not None:
        found = _rows_of_vertices(table, rule, frame_of(mapping, in_country))
    else:
        found = _positions(table, rule, frame_of(mapping, in_country))
    if not len(found.source_shapes):
        found.source_shapes = found.shapes
    if rule is not None and rule.swap_axes:
        found.shapes = shapely.transform(found.shapes, lambda xy: xy[:, ::-1])
    return found


def _own_shapes(table: SourceTable, mapping: ImportMapping) -> Located:
    if table.geometry is None:
        return Located(np.full(table.count, None, dtype=object), WGS84)
    damage = {row: (code, "") for row, code in table.damage.items()}
    return _moved(
        table, mapping, Located(table.geometry, WGS84, damage=damage, entered=dict(table.entered))
    )


def _texts(table: SourceTable, mapping: ImportMapping, column: str) -> Located:
    """WKT or GeoJSON in a column."""
    values = ["" if v is None else str(v).strip() for v in table.columns[column]]
    shapes, codes, mended = shapes_of(values)
    located = Located(shapes, WGS84)
    located.damage = {row: (code, values[row][:60]) for row, code in codes.items()}
    located.issues = [one for one in mended if one.row is None]
    located.notes = [(one.row - 1, one.code, "") for one in mended if one.row is not None]
    located.entered = {row: values[row] for row, _, _ in located.notes}
    return _moved(table, mapping, located)


def _moved(table: SourceTable, mapping: ImportMapping, located: Located) -> Located:
    """Leave the source's own system for WGS84, once it is known which that is."""
    if not (~shapely.is_missing(located.shapes)).any():
        return located
    located.crs = _system(table, mapping, located)
    located.source_shapes = located.shapes
    located.shapes = to_wgs84(located.shapes, located.crs)
    return located


def _system(table: SourceTable, mapping: ImportMapping, located: Located) -> str:
    if mapping.crs is None and table.crs is None:
        raise _refusal(table, "crs_missing", "nothing says in which system its coordinates stand")
    if mapping.crs is None:
        own = str(table.crs)
        if not has_datum(own):
            raise _refusal(table, "crs_without_datum", f"{describe_crs(own)!r} names no datum")
        return own
    parse_crs(mapping.crs)
    if table.crs is not None:
        apart = shift_m(tuple(shapely.total_bounds(located.shapes)), table.crs, mapping.crs)
        if apart > _SAME_PLACE_M:
            detail = (
                f"{describe_crs(table.crs)} and {describe_crs(mapping.crs)}, {apart:.1f} m apart"
            )
            located.issues.append(issue("crs_contradicting", None, detail))
    return mapping.crs


def _refusal(table: SourceTable, code: str, why: str) -> InputError:
    return InputError(
        code, f"{table.name}: {why}", "set crs in the mapping file, as in crs: EPSG:32634"
    )


def _positions(table: SourceTable, rule: GeometryRule, frame: Frame) -> Located:
    """Points out of one or several columns of text or numbers."""
    located = Located(np.full(table.count, None, dtype=object), frame.crs or WGS84)
    read = reader(rule, frame)
    crs_is_own = frame.crs is None or is_wgs84(frame.crs)
    names, columns = rule.parts(), [table.columns[name] for name in rule.parts().values()]
    memo: dict[tuple[Any, ...], Position | FieldError | None] = {}
    points: dict[int, Position] = {}
    for row, cells in enumerate(zip(*columns, strict=True)):
        key = tuple(map(memo_key, cells))
        if key not in memo:
            memo[key] = attempt(read, dict(zip(names, cells, strict=True)))
        found = memo[key]
        if isinstance(found, FieldError):
            located.damage[row] = (found.code, found.message)
        elif found is not None:
            points[row] = found
        said = [cell for cell in cells if cell not in (None, "")]
        kept = found is not None and not isinstance(found, FieldError)
        if said and not (kept and rule.longitude and crs_is_own and _all_numbers(cells)):
            located.entered[row] = ", ".join(str(cell) for cell in cells)
    rows = np.fromiter(points, dtype=int, count=len(points))
    located.shapes[rows] = shapely.points([(p.x, p.y) for p in points.values()] or np.empty((0, 2)))
    return located


def _rows_of_vertices(table: SourceTable, rule: GeometryRule, frame: Frame) -> Located:
    """Outlines whose vertices stand in one row: in columns of their own, or in one cell."""
    located = Located(np.full(table.count, None, dtype=object), frame.crs or WGS84)
    for row in range(table.count):
        cells = {column: table.columns[column][row] for column in rule.columns()}
        entered = [str(cell).strip() for cell in cells.values() if cell not in (None, "")]
        found = [one for one in _vertices(rule, frame, cells) if one is not None]
        bad = next((one for one in found if isinstance(one, FieldError)), None)
        if bad is not None:
            located.damage[row] = (bad.code, bad.message)
        elif found:
            positions = [one for one in found if isinstance(one, Position)]
            located.shapes[row], code = ring_of(positions, alone=True)
            if code is not None:
                located.damage[row] = (code, f"{len(positions)} positions")
        if entered:
            located.entered[row] = ", ".join(entered)
    return located


def _vertices(
    rule: GeometryRule, frame: Frame, cells: Mapping[str, Any]
) -> Iterator[Position | FieldError | None]:
    if rule.separator is not None:
        for part in str(cells[str(rule.text)] or "").split(rule.separator):
            yield attempt(reader(rule, frame), {"text": part})
    for point in rule.points:
        own = {name: cells[column] for name, column in point.parts().items()}
        yield attempt(reader(point, frame), own)


def _all_numbers(cells: tuple[Any, ...]) -> bool:
    """Decimal degrees say no more than the point made of them."""
    return all(read_number(cell).code is None for cell in cells)
