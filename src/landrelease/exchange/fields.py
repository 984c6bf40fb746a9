"""Columns into fields: one reading per distinct value, so that a long table stays cheap."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from landrelease.domain.kinds import FieldSpec, KindSpec, check_value
from landrelease.errors import FieldError
from landrelease.exchange.mapping import DateRule, FieldRule, ImportMapping
from landrelease.exchange.values import (
    Marks,
    Reading,
    is_doubtful,
    marks_of,
    memo_key,
    read_area_m2,
    read_date,
    read_number,
)

_NOTHING = Reading(None)
_NUMBERS = ("number", "integer")

#: Codes of `FieldError` that are codes of issues too; others become ``value_invalid``.
_FIELD_CODES = {"number_invalid", "code_unknown", "date_invalid"}

#: Common fields that hold an object.
_OBJECTS = {"geometry", "geometry_entered", "attributes"}

#: Marks that often stand between several values in one cell.
_SEVERAL = (";", "|", "\n")


@dataclass
class FieldValues:
    """One field of many rows: values, what was noticed, and where the cell says more."""

    name: str
    sources: tuple[str, ...]
    values: list[Any]
    notices: dict[int, tuple[str, str]] = field(default_factory=dict)
    partly: set[int] = field(default_factory=set)


def read_fields(
    columns: Mapping[str, list[Any]], rows: list[int], spec: KindSpec, mapping: ImportMapping
) -> list[FieldValues]:
    """Read every mapped field of the rows of one kind."""
    rules = mapping.rules_for(spec.name)
    return [
        read_one_field(columns, rows, _spec_of(spec, name), rule, mapping)
        for name, rule in rules.items()
        if set(rule.sources()) <= set(columns)
    ]


def _spec_of(spec: KindSpec, name: str) -> FieldSpec:
    if name in spec.fields:
        return spec.fields[name]
    return FieldSpec(name, "json" if name in _OBJECTS else "text", spec.audience)


def read_one_field(
    columns: Mapping[str, list[Any]],
    rows: list[int],
    spec: FieldSpec,
    rule: FieldRule,
    mapping: ImportMapping,
) -> FieldValues:
    """Read one field of the given rows.

    Raises
    ------
    FieldError
        A constant cannot be a value of the field.
    """
    sources = rule.sources()
    read = _reader(spec, rule, mapping, _marks(columns, rows, spec, rule))
    if not sources:
        return FieldValues(spec.name, sources, [_constant(spec, read, rule.constant)] * len(rows))
    memo: dict[Any, Reading] = {}
    found = FieldValues(spec.name, sources, [None] * len(rows))
    for place, cell in enumerate(_cells([columns[name] for name in sources], rows)):
        key = memo_key(cell)
        reading = memo.get(key) or memo.setdefault(key, read(cell))
        found.values[place] = reading.value
        if reading.code is not None:
            where = " | ".join(sources)
            found.notices[place] = (reading.code, f"{where} = {_brief(cell)}{reading.detail}")
        if not reading.faithful:
            found.partly.add(place)
    return found


def _constant(spec: FieldSpec, read: Callable[[Any], Reading], value: Any) -> Any:
    reading = read(value)
    if reading.value is None:
        code = reading.code or "value_invalid"
        raise FieldError(spec.name, value, "cannot be set", spec.help, code)
    return reading.value


def _cells(columns: list[list[Any]], rows: list[int]) -> Iterator[Any]:
    """Cells of one column, or of several joined."""
    if len(columns) == 1:
        return (columns[0][row] for row in rows)
    return (" | ".join(_plain_text(column[row]) for column in columns) for row in rows)


def _plain_text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _brief(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _marks(
    columns: Mapping[str, list[Any]], rows: list[int], spec: FieldSpec, rule: FieldRule
) -> Marks | None:
    """The marks in the numbers of a column, where a doubtful one is among them."""
    sources = rule.sources()
    if spec.type not in _NUMBERS or len(sources) != 1:
        return Marks(None, ".")  # a constant is written by who wrote the mapping
    cells = [columns[sources[0]][row] for row in rows]
    return marks_of(cells) if any(map(is_doubtful, cells)) else None


def _reader(
    spec: FieldSpec, rule: FieldRule, mapping: ImportMapping, marks: Marks | None
) -> Callable[[Any], Reading]:
    missing = frozenset(rule.missing if rule.missing is not None else mapping.missing) | {""}
    table = {key.strip().casefold(): value for key, value in (rule.values or {}).items()}
    several = spec.type in ("codes", "links")
    said = Marks(rule.thousands or mapping.thousands, rule.decimal or mapping.decimal)
    number = partial(_number, spec, rule, said if any(said) else None, marks)

    def read(cell: Any) -> Reading:
        if cell is None or (isinstance(cell, str) and cell.strip() in missing):
            return _NOTHING
        parts = _parts(cell, rule) if several else [cell]
        readings = [_read_one(part, spec, rule, number, table) for part in parts]
        reading = _joined(readings) if several else readings[0]
        doubtful = not several and not table and reading.code in (None, "code_unknown")
        if doubtful and _holds_several(cell, spec):
            # a link that holds the whole cell says all that the cell does
            return reading._replace(code="several_values", faithful=reading.value == cell)
        return reading

    return read


def _parts(cell: Any, rule: FieldRule) -> list[Any]:
    if not isinstance(cell, str):
        return cell if isinstance(cell, list) else [cell]
    if cell.startswith("["):
        listed = _json(cell).value
        return listed if isinstance(listed, list) else [cell]
    marks = [rule.separator] if rule.separator else [";", "|", ","]
    for mark in marks:
        if mark in cell:
            return [part.strip() for part in cell.split(mark) if part.strip()]
    return [cell]


def _holds_several(cell: Any, spec: FieldSpec) -> bool:
    return (
        isinstance(cell, str) and spec.type in ("code", "link") and any(m in cell for m in _SEVERAL)
    )


def _joined(readings: list[Reading]) -> Reading:
    lists = [r.value if isinstance(r.value, list) else [r.value] for r in readings]
    values = list(dict.fromkeys(value for part in lists for value in part if value is not None))
    odd = next((r for r in readings if r.code is not None), _NOTHING)
    return Reading(values or None, odd.code, odd.detail, all(r.faithful for r in readings))


def _read_one(
    cell: Any,
    spec: FieldSpec,
    rule: FieldRule,
    number: Callable[[Any], Reading],
    table: Mapping[str, Any],
) -> Reading:
    reading = _by_table(cell, rule, table) or _typed(cell, spec, rule, number)
    if reading.value is None:
        return reading
    try:
        return reading._replace(value=check_value(spec, reading.value))
    except FieldError as problem:
        code = problem.code if problem.code in _FIELD_CODES else "value_invalid"
        return Reading(None, code, "", faithful=False)


def _by_table(cell: Any, rule: FieldRule, table: Mapping[str, Any]) -> Reading | None:
    """What the mapping's table of values says of a cell; None where it says nothing."""
    key = str(cell).strip().casefold()
    found = table.get(key, rule.otherwise)
    if not table or (found is None and key not in table):
        return None
    return Reading(found, faithful=str(found).casefold() == key)


def _number(
    spec: FieldSpec, rule: FieldRule, said: Marks | None, marks: Marks | None, cell: Any
) -> Reading:
    """A number, by the marks that the mapping names; a doubtful one by those of its column."""
    if said is None and is_doubtful(cell):
        if marks is None:
            return Reading(None, "number_ambiguous", faithful=False)
        said = marks
    separators = {} if said is None else said._asdict()
    if spec.unit == "m²":
        return read_area_m2(cell, rule.unit, **separators)
    return read_number(cell, **separators)


def _typed(
    cell: Any, spec: FieldSpec, rule: FieldRule, number: Callable[[Any], Reading]
) -> Reading:
    if spec.type in _NUMBERS:
        return number(cell)
    if spec.type == "date":
        return read_date(cell, rule.formats)
    if spec.type == "json":
        found = _json(cell) if isinstance(cell, str) else Reading(cell)
        broken = spec.name in _OBJECTS and not isinstance(found.value, dict)
        return Reading(None, "value_invalid", faithful=False) if broken else found
    return Reading(cell)


def _json(cell: str) -> Reading:
    """Objects and lists that a table holds as text; other text stays text."""
    try:
        found = json.loads(cell)
        json.dumps(found, allow_nan=False)
        return Reading(found)
    except (ValueError, RecursionError):
        return Reading(cell)


def read_dates(
    columns: Mapping[str, list[Any]], rule: DateRule | None, missing: Iterable[str], count: int
) -> list[Reading]:
    """When each row happened, as partial dates."""
    if rule is None:
        return [_NOTHING] * count
    if rule.constant is not None:
        return [read_date(rule.constant, rule.formats)] * count
    names = [n for n in (rule.column, rule.year, rule.month, rule.day) if n is not None]
    cells = zip(*(columns.get(name) or [None] * count for name in names), strict=True)
    blank = frozenset(missing) | {"", "None"}
    memo: dict[Any, Reading] = {}
    where = " | ".join(names)
    found = []
    for row in cells:
        key = tuple(map(memo_key, row))
        found.append(memo.get(key) or memo.setdefault(key, _dated(row, rule, blank, where)))
    return found


def _dated(cells: tuple[Any, ...], rule: DateRule, missing: frozenset[str], where: str) -> Reading:
    reading = _date_of(cells, rule, missing)
    if reading.code is None:
        return reading
    return reading._replace(detail=f"{where} = {_brief(' | '.join(map(str, cells)))}")


def _date_of(cells: tuple[Any, ...], rule: DateRule, missing: frozenset[str]) -> Reading:
    if str(cells[0]).strip() in missing:
        return _NOTHING
    first = read_date(cells[0], rule.formats)
    if rule.column is not None or first.value is None:
        return first
    text = first.value[:4]
    for cell in cells[1:]:
        if str(cell).strip() in missing:
            break
        number = read_number(cell).value
        text += f"-{int(number):02d}" if number is not None else "-??"
    whole = read_date(text)
    return whole if whole.code else first._replace(value=whole.value)
