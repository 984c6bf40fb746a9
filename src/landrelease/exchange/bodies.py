"""Bodies of records: mapped fields, geometry, what was entered, and all other columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from landrelease.domain.kinds import KindSpec
from landrelease.domain.periods import PERIODS, is_reversed
from landrelease.domain.shapes import counts_as_stated, lacks_ground
from landrelease.exchange.fields import FieldValues, read_fields
from landrelease.exchange.issues import Severity, issue
from landrelease.exchange.work import Work
from landrelease.geometry import area_m2, as_geojson, is_wgs84

#: A stored area that differs by more than this share is named.
_AREA_TOLERANCE = 0.02

#: No hazard on record is as large; a unit or some digits are wrong.
_VAST_M2 = 1e9

_POLYGONS, _POINTS = {3, 6}, {0, 4}


def make_bodies(work: Work, spec: KindSpec, rows: list[int]) -> list[dict[str, Any]]:
    """Bodies of the rows of one kind, without geometry; problems are noted on the way."""
    fields = read_fields(work.table.columns, rows, spec, work.mapping)
    defaults = {f.name: f.default for f in spec.fields.values() if f.default is not None}
    bodies: list[dict[str, Any]] = [dict(defaults) for _ in rows]
    for one in fields:
        for place, value in enumerate(one.values):
            if value is not None:
                bodies[place][one.name] = value
        _note_cells(work, spec, rows, one)
    _add_local_ids(work, rows, bodies)
    if work.mapping.attributes != "none":
        _add_attributes(work, spec, rows, bodies, fields)
    _check_required(work, spec, rows, bodies)
    check_periods(work, rows, bodies)
    return bodies


def _note_cells(work: Work, spec: KindSpec, rows: list[int], found: FieldValues) -> None:
    """Note what was noticed of cells; a row waits where «no» would stand for a cell unread.

    An empty cell may mean «no». One that says something else may mean «yes»: of progress, that a
    figure holds those before it.
    """
    field = spec.fields.get(found.name)
    assumed = field is not None and field.type == "boolean" and field.default is False
    unread = {place for place in found.partly if assumed and found.values[place] is None}
    for place in unread & found.notices.keys():
        code, detail = found.notices[place]
        work.note(rows[place], code, detail, severity="error")
    others = found.notices.items()
    work.note_cells((rows[place], *what) for place, what in others if place not in unread)


def check_periods(work: Work, rows: list[int], bodies: Sequence[Mapping[str, Any]]) -> None:
    """Name rows that end before they start."""
    for row, body in zip(rows, bodies, strict=True):
        for start, end in PERIODS:
            if is_reversed(body.get(start), body.get(end)):
                detail = f"{start} = {body[start]}, {end} = {body[end]}"
                work.note(row, "period_reversed", detail)


def _add_local_ids(work: Work, rows: list[int], bodies: list[dict[str, Any]]) -> None:
    cells = work.table.columns.get(work.mapping.identity.local_id or "")
    if cells is None:
        return
    for row, body in zip(rows, bodies, strict=True):
        text = str(cells[row] or "").strip()
        if text:
            body["local_id"] = text


def _add_attributes(
    work: Work,
    spec: KindSpec,
    rows: list[int],
    bodies: list[dict[str, Any]],
    fields: Sequence[FieldValues],
) -> None:
    """Keep every column that is not mapped, and every cell that says more than its field."""
    columns = work.table.columns
    mapped = [(name, one.partly) for one in fields for name in one.sources]
    dated = work.mapping.date_columns() & set(columns)
    used = dated | {column for column, _ in mapped}
    hidden = withheld(work, spec)
    whole = [(name, columns[name]) for name in _rest(work, used) if name not in hidden]
    for place, (row, body) in enumerate(zip(rows, bodies, strict=True)):
        kept = {name: cells[row] for name, cells in whole if cells[row] not in (None, "")}
        kept |= {name: columns[name][row] for name, places in mapped if place in places}
        if not work.dates[row].faithful:
            kept |= {name: columns[name][row] for name in dated}
        if kept:
            body["attributes"] = {**body.get("attributes", {}), **kept}


def withheld(work: Work, spec: KindSpec) -> frozenset[str]:
    """Columns that must not be kept: of rows about people, all that the mapping does not name."""
    mapping = work.mapping
    if not spec.personal:
        return frozenset()
    named = set(mapping.columns())
    if isinstance(mapping.attributes, tuple):
        named |= set(mapping.attributes)
    return frozenset(work.table.columns) - named


def _rest(work: Work, used: set[Any]) -> list[str]:
    """Columns kept whole: those that the mapping does not use."""
    mapping, columns = work.mapping, work.table.columns
    placed = set(mapping.place_columns())
    if mapping.vertices is not None and work.how is None:
        placed.discard(mapping.vertices.outline)
    own = {mapping.identity.local_id, mapping.identity.record_id, _own_kind_column(work)}
    wanted = columns if mapping.attributes == "rest" else mapping.attributes
    return [name for name in columns if name in wanted and name not in used | placed | own]


def _own_kind_column(work: Work) -> str | None:
    """The column of kinds, where it names them in our own words and nothing is lost."""
    rule = work.mapping.record_kind
    ours = rule is not None and all(here == there for there, here in rule.values.items())
    return rule.column if rule is not None and ours else None


def _check_required(
    work: Work, spec: KindSpec, rows: list[int], bodies: list[dict[str, Any]]
) -> None:
    needed = [f.name for f in spec.fields.values() if f.required and f.default is None]
    for row, body in zip(rows, bodies, strict=True):
        for name in needed:
            if body.get(name) in (None, ""):
                work.note(row, "field_missing", name)


def add_geometry(work: Work, spec: KindSpec, rows: list[int], bodies: list[dict[str, Any]]) -> None:
    """Put each row's geometry into its body, or say why it has none."""
    if spec.geometry == "none":
        return
    shapes = work.mended.geometries[rows]
    plain = as_geojson(shapes)
    empty = shapely.is_empty(shapes).tolist()
    entered = _entered(work, rows)
    types = shapely.get_type_id(shapes).tolist()
    odd: Counter[str] = Counter()
    for place, (row, body) in enumerate(zip(rows, bodies, strict=True)):
        if plain[place] is None or empty[place] or row in work.located.damage:
            _note_absent(work, spec, row, body, empty[place])
            text = _entered_alone(work, row)
            if text is not None:
                body.setdefault("geometry_entered", {"text": text, "crs": work.located.crs})
            continue
        body["geometry"] = plain[place]
        if row in entered:
            body.setdefault("geometry_entered", entered[row])
        if lacks_ground(spec.name, shapes[place].geom_type):
            _note_line(work, row, body, shapes[place])
        elif not _fits(spec.geometry, types[place]):
            odd[shapes[place].geom_type] += 1
    for name, count in odd.items():
        detail = f"{count} rows of kind {spec.name} are {name}"
        work.general.append(issue("geometry_type_unexpected", None, detail))


def _entered(work: Work, rows: list[int]) -> dict[int, Any]:
    """What was entered, where it is not what stands in the geometry."""
    located, mended = work.located, work.mended.mended
    found = {row: located.entered[row] for row in rows if row in located.entered}
    moved = not is_wgs84(located.crs)
    others = [r for r in rows if r not in found and (moved or mended[r] or r in work.cut)]
    texts = shapely.to_wkt(located.source_shapes[others], rounding_precision=-1)
    found |= {row: text for row, text in zip(others, texts, strict=True) if text is not None}
    return {row: {"text": text, "crs": located.crs} for row, text in found.items()}


def _entered_alone(work: Work, row: int) -> str | None:
    """What was entered of a place that could not be used: its words, else its coordinates."""
    shapes = work.located.source_shapes
    shape = shapes[row] if row < len(shapes) else None
    if row in work.located.entered or shape is None or shape.is_empty:
        return work.located.entered.get(row)
    return str(shapely.to_wkt(shape, rounding_precision=-1))


def _note_absent(work: Work, spec: KindSpec, row: int, body: dict[str, Any], empty: bool) -> None:
    code, detail = work.located.damage.get(row, ("", ""))
    named = {"axes_swapped", "row_of_totals"}
    if code in named or not named.isdisjoint(one.code for one in work.notices.get(row, ())):
        return  # named where it was found
    if not code and empty:
        code = "zero_area" if work.mended.mended[row] else "geometry_empty"
    placed = any(body.get(name) not in (None, "") for name in spec.needs_place)
    needed = bool(spec.needs_place) or spec.geometry in ("polygon", "point")
    if needed and not placed:
        work.note(row, code or "geometry_missing", detail)
    elif code:
        work.note(row, code, detail, severity="warning")
    elif needed:
        work.note(row, "geometry_absent")


def _note_line(work: Work, row: int, body: dict[str, Any], shape: Any) -> None:
    closed = ", closed: perhaps the outline itself" if shapely.is_closed(shape) else ""
    severity: Severity | None = "warning" if counts_as_stated(body) else None
    work.note(row, "geometry_without_ground", f"{shape.geom_type}{closed}", severity)


def _fits(expected: str, type_id: int) -> bool:
    if expected == "polygon":
        return type_id in _POLYGONS
    return type_id in _POINTS if expected == "point" else True


def check_sizes(work: Work, rows: list[int], bodies: Sequence[Mapping[str, Any]]) -> None:
    """Name hazards whose stated area is 0, which many systems mean «unknown» by, or cannot be."""
    drawn = np.asarray(area_m2(work.mended.geometries[rows])) > 0
    for row, body, has_ground in zip(rows, bodies, drawn, strict=True):
        if body.get("stated_area_m2") == 0 and not has_ground:
            work.note(row, "stated_area_zero", "stated_area_m2 = 0")
        elif (body.get("stated_area_m2") or 0) > _VAST_M2:
            work.note(row, "stated_area_vast", f"stated_area_m2 = {body['stated_area_m2']:,.0f}")


def check_areas(work: Work, rows: list[int], stated: Sequence[Any]) -> None:
    """Compare areas stored beside outlines with the true ones."""
    measured = area_m2(work.mended.geometries[rows])
    stored = np.array([value or 0.0 for value in stated], dtype=float)
    both = (measured > 0) & (stored > 0)
    ratio = np.divide(stored, measured, out=np.ones_like(stored), where=both)
    for place in np.flatnonzero(np.abs(ratio - 1) > _AREA_TOLERANCE).tolist():
        both_m2 = f"stored {stored[place]:,.0f} m², measured {measured[place]:,.0f} m²"
        detail = f"{both_m2}, {ratio[place]:.2f} times"
        work.note(rows[place], "stored_area_differs", detail)
