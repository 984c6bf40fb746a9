"""Outlines out of rows of single points, as survey spreadsheets have them.

Each outline becomes one row of a new table. Points before the outline (landmark, benchmark) are
kept beside it, and so are all rows as they were entered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from landrelease.errors import InputError
from landrelease.exchange.issues import issue
from landrelease.exchange.locate import Located, frame_of, suspect_header
from landrelease.exchange.mapping import ImportMapping
from landrelease.exchange.place_rules import GeometryRule, VerticesRule
from landrelease.exchange.plausible import InCountry
from landrelease.exchange.rings import ring_of
from landrelease.exchange.tables import SourceTable
from landrelease.exchange.traverse import Point, Traverse, walk
from landrelease.exchange.values import read_number
from landrelease.geometry import WGS84


@dataclass
class _Outline:
    """Rows of one outline, in the order of the survey."""

    id: Any
    rows: list[int]
    problems: list[tuple[str, str]] = field(default_factory=list)


def assemble(
    source: SourceTable,
    table: SourceTable,
    mapping: ImportMapping,
    in_country: InCountry | None = None,
) -> tuple[SourceTable, SourceTable, Located]:
    """Make one row of the rows of each outline.

    Parameters
    ----------
    source, table : SourceTable
        The table as read, and with its columns mended.
    mapping : ImportMapping
        With ``vertices`` and ``geometry``.
    in_country : callable, optional
        Whether a point may lie in the country, to tell bands from hemispheres.

    Returns
    -------
    tuple
        Both tables with one row an outline, and where each of them lies.

    Raises
    ------
    InputError
        A column that the outlines rest on is missing.
    """
    rule, places = _rules(table, mapping)
    outlines = [_ordered(table, rule, one) for one in _outlines(table, rule)]
    located = Located(np.full(len(outlines), None, dtype=object), mapping.crs or WGS84)
    types, frame = rule.known_types(), frame_of(mapping, in_country)
    beside: dict[int, list[dict[str, Any]]] = {}
    for number, outline in enumerate(outlines):
        points = _points(table, rule, places, types, outline)
        _place(number, outline, walk(points, places, frame), rule, located)
        beside[number] = [one.as_dict() for one in points if one.beside() and one.position]
        located.entered[number] = _entered(table, mapping, outline.rows)
    several = sum(len(one.rows) > 1 for one in outlines)
    note = f"{table.count} rows, {len(outlines)} records, {several} of them outlines"
    located.issues.append(issue("outlines_assembled", None, note))
    groups = [one.rows for one in outlines]
    taken = _single_valued(mapping)
    folded = _folded(table, groups, taken, beside)
    located.notes += _differing(table, groups, taken)
    return _folded(source, groups, taken, {}), folded, located


def _rules(table: SourceTable, mapping: ImportMapping) -> tuple[VerticesRule, GeometryRule]:
    rule, places = mapping.vertices, mapping.geometry
    if rule is None or places is None:
        raise InputError("mapping_invalid", "outlines need vertices and geometry")
    for column in (*rule.columns(), *places.columns()):
        if column not in table.columns:
            raise InputError(
                "column_unknown",
                f"{table.name} has no column {column!r}, which its outlines need"
                f"{suspect_header(table)}",
                f"one of {', '.join(table.columns)}",
            )
    return rule, places


def _outlines(table: SourceTable, rule: VerticesRule) -> list[_Outline]:
    """Rows by their outline, in the order of the file; a row without one stands alone."""
    found: dict[Any, _Outline] = {}
    for row, cell in enumerate(table.columns[rule.outline]):
        own = _text(cell)
        key: Any = own or row
        found.setdefault(key, _Outline(own or None, [])).rows.append(row)
    return list(found.values())


def _ordered(table: SourceTable, rule: VerticesRule, outline: _Outline) -> _Outline:
    """Rows in the order of their numbers; what is wrong with these keeps the outline out."""
    if rule.order is None:
        if outline.rows[-1] - outline.rows[0] >= len(outline.rows):
            outline.problems.append(("order_missing", "its rows stand apart, without numbers"))
        return outline
    types, kinds = rule.known_types(), _column(table, rule.type)
    beside = [r for r in outline.rows if _type(types, kinds, r) in ("reference", "benchmark")]
    numbers = {r: read_number(table.columns[rule.order][r]).value for r in outline.rows}
    rest = [r for r in outline.rows if r not in beside]
    if len(rest) > 1:
        outline.problems += _order_problems(rule.order, table, rest, numbers)
    rest.sort(key=lambda r: (numbers[r] is None, numbers[r] or 0, r))
    outline.rows = [*beside, *rest]
    return outline


def _order_problems(
    column: str, table: SourceTable, rows: list[int], numbers: Mapping[int, float | None]
) -> Iterable[tuple[str, str]]:
    seen: dict[float, int] = {}
    for row in rows:
        number = numbers[row]
        where = f"row {row + 1}, {column} = {table.columns[column][row]!r}"
        if number is None:
            yield "order_missing", where
        elif number in seen:
            yield "order_duplicated", f"{where}, as row {seen[number] + 1}"
        else:
            seen[number] = row
    given = sorted(seen)
    gaps = [a for a, b in pairwise(given) if b - a > 1]
    if gaps:
        yield "order_gap", f"{column}, after {gaps[0]:g}"


def _points(
    table: SourceTable,
    rule: VerticesRule,
    places: GeometryRule,
    types: Mapping[str, Any],
    outline: _Outline,
) -> list[Point]:
    kinds, names = _column(table, rule.type), _column(table, rule.point)
    origins = _column(table, rule.measured_from)
    parts = places.parts()
    return [
        Point(
            row=row,
            type=_type(types, kinds, row),
            type_entered=_text(kinds[row]),
            name=_text(names[row]),
            measured_from=_text(origins[row]),
            cells={name: table.columns[column][row] for name, column in parts.items()},
        )
        for row in outline.rows
    ]


def _column(table: SourceTable, name: str | None) -> Sequence[Any]:
    return table.columns[name] if name is not None else [None] * table.count


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _type(types: Mapping[str, Any], cells: Sequence[Any], row: int) -> str | None:
    """What the point is; a plain vertex where nothing says, None where the word is unknown."""
    word = _text(cells[row]).casefold()
    return types.get(word) if word else "vertex"


def _place(
    number: int, outline: _Outline, found: Traverse, rule: VerticesRule, located: Located
) -> None:
    """Put the outline's shape where it belongs, or say what keeps it out."""
    graver = [one for one in outline.problems if one[0] != "order_gap"]
    problems = [*graver, *found.problems]
    shape, code = ring_of(found.vertices, alone=outline.id is None)
    if not problems and code is not None:
        problems.append((code, f"{len(found.vertices)} points of the outline"))
    where = f"rows {_span(outline.rows)}" if len(outline.rows) > 1 else f"row {outline.rows[0] + 1}"
    for code, detail in problems[1:]:
        located.notes.append((number, code, f"{where}: {detail}"))
    if problems:
        located.damage[number] = (problems[0][0], f"{where}: {problems[0][1]}")
        return
    located.shapes[number] = shape
    notes = [one for one in outline.problems if one[0] == "order_gap"]
    notes += found.notes(rule.closing_tolerance_m)
    located.notes += [(number, code, f"{where}: {detail}") for code, detail in notes]


def _span(rows: Sequence[int]) -> str:
    """Rows counted from 1, briefly.

    Examples
    --------
    >>> _span([0, 1, 2]), _span([0, 2, 5])
    ('1 to 3', '1, 3, 6')
    """
    own = sorted(row + 1 for row in rows)
    if own[-1] - own[0] == len(own) - 1:
        return f"{own[0]} to {own[-1]}"
    return ", ".join(map(str, own[:12])) + (" …" if len(own) > 12 else "")


def _entered(table: SourceTable, mapping: ImportMapping, rows: Iterable[int]) -> str:
    """The cells that placed the points, as they were entered."""
    names = list(dict.fromkeys(mapping.place_columns()))
    kept = [{name: table.columns[name][row] for name in names} for row in rows]
    return json.dumps(kept, ensure_ascii=False)


def _single_valued(mapping: ImportMapping) -> set[str]:
    """Columns of which an outline has one value."""
    placing = set(mapping.place_columns()) - {mapping.vertices.outline if mapping.vertices else ""}
    return set(mapping.columns()) - placing


def _folded(
    table: SourceTable,
    groups: Sequence[Sequence[int]],
    taken: set[str],
    beside: Mapping[int, list[dict[str, Any]]],
) -> SourceTable:
    """One row a group: the value of its rows, or the list of them where they differ."""
    columns = {
        name: [_value(cells, rows, alone=name in taken) for rows in groups]
        for name, cells in table.columns.items()
    }
    if any(beside.values()):
        columns.setdefault("reference_points", [beside[n] or None for n in range(len(groups))])
    return SourceTable(
        name=table.name,
        columns=columns,
        count=len(groups),
        encoding=table.encoding,
        issues=_regrouped(table, groups),
        tags=table.tags,
        marks=[table.marks[rows[0]] for rows in groups] if table.marks else (),
        members={n: [table.raw(row) for row in rows] for n, rows in enumerate(groups)},
    )


def _value(cells: Sequence[Any], rows: Sequence[int], *, alone: bool) -> Any:
    several = [cells[row] for row in rows]
    filled = [cell for cell in several if cell not in (None, "")]
    if not filled:
        return several[0]
    alike = all(cell == filled[0] for cell in filled)
    return filled[0] if alone or alike else several


def _regrouped(table: SourceTable, groups: Sequence[Sequence[int]]) -> tuple[Any, ...]:
    """Issues of reading, under the number of the outline that their row became part of."""
    number = {row: n for n, rows in enumerate(groups) for row in rows}
    return tuple(
        one if one.row is None else one.moved_to(number[one.row - 1] + 1) for one in table.issues
    )


def _differing(
    table: SourceTable,
    groups: Sequence[Sequence[int]],
    taken: set[str],
) -> list[tuple[int, str, str]]:
    """Outlines whose rows disagree in a column of which only one value can be taken."""
    found = []
    for name in sorted(taken & set(table.columns)):
        cells = table.columns[name]
        for number, rows in enumerate(groups):
            values = list(dict.fromkeys(_text(cells[row]) for row in rows if _text(cells[row])))
            if len(values) > 1:
                said = f"rows {_span(rows)}: {name} = {', '.join(map(repr, values[:5]))}"
                found.append((number, "values_differ", said))
    return found
