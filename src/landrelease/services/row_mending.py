"""One row that waits: its cells, what each is read as, and taking it in when a person mended it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landrelease.domain.kinds import FieldSpec, codes, kind_spec
from landrelease.domain.plain import as_text
from landrelease.errors import FieldError, NotFoundError, RefusedError
from landrelease.register import QuarantineRow, Register, open_register
from landrelease.services.layers import ImportCall, take_in
from landrelease.services.mending import is_elsewhere, system_of, waiting_json

if TYPE_CHECKING:
    from landrelease.exchange import ImportMapping

Result = dict[str, Any]

_PLACE, _SYSTEM = "geometry", "geometry_crs"


@dataclass(frozen=True, slots=True)
class Mended:
    """What a person says of a row.

    Attributes
    ----------
    cells : Mapping
        Text by column; columns that are not named, or say what they said, stay as read.
    set_fields : Mapping
        Fields of the record that no column of the file holds.
    exchange : bool
        Whether longitude and latitude of the geometry change places.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    set_fields: Mapping[str, str] = field(default_factory=dict)
    exchange: bool = False


def waiting_row(path: Path, token: str) -> Result:
    """One waiting row with its file, its cells, and the fields that it lacks a column for.

    Returns
    -------
    dict
        As a row of `mending.quarantine`, with ``file_name``, ``columns`` (each ``column``,
        ``reads``, ``text``, ``codes``, ``named``), ``lacking`` (each ``field``, ``codes``),
        ``several`` where it was made of several rows of the file, ``exchangeable``, and ``apart``
        where it stands in the file of identities, which is not here.

    Raises
    ------
    NotFoundError
        No such row waits.
    """
    with open_register(path) as register:
        row = _found(register, token)
        act = register.record(row.import_id).body
    shown = waiting_json(row) | {"file_name": act.get("file_name")}
    if is_elsewhere(row):
        return shown | {"apart": True, "several": 0, "columns": [], "lacking": []}
    if "rows" in row.raw:
        return shown | {"several": len(row.raw["rows"]), "columns": [], "lacking": []}
    mapping = _mapping(act)
    swapped = any(issue["code"] == "axes_swapped" for issue in row.issues)
    return shown | {
        "apart": False,
        "several": 0,
        "columns": list(_columns(row, mapping)),
        "lacking": [{"field": one.name, "codes": _codes_of(one)} for one in _lacking(row, mapping)],
        "exchangeable": swapped and bool(_axes(row, mapping)),
    }


def mend(path: Path, token: str, mended: Mended, *, by: str) -> Result:
    """Take a waiting row in as it was mended: an import of one row, undone like any other.

    Returns
    -------
    dict
        The account of the import; where the row still cannot be taken in, nothing was written,
        ``resolved`` is 0, and ``issues`` say why.

    Raises
    ------
    NotFoundError
        No such row waits; it may have been mended meanwhile.
    RefusedError
        It was made of several rows of the file (``row_of_several``), or stands in the file of
        identities, which is not here (``row_elsewhere``).
    """
    from landrelease.exchange import WaitingRow, as_table

    with open_register(path) as register:
        row = _found(register, token)
        act = register.record(row.import_id).body
        crs = system_of(register, row.import_id)
    _check_here(row)
    raw = _raw(row, mended.cells)
    if mended.exchange:
        raw |= _exchanged(raw, _axes(row, _mapping(act)))
    table = as_table(WaitingRow(row.token, raw, row.issues, crs), row.layer)
    set_fields = {name: text for name, text in mended.set_fields.items() if text.strip()}
    name = f"{act.get('file_name') or row.layer}, row {row.row}"
    call = ImportCall(Path(name), set_fields=set_fields, table=table)
    return take_in(path, call, by=by)


def _found(register: Register, token: str) -> QuarantineRow:
    for row in register.quarantine():
        if row.token == token:
            return row
    raise NotFoundError(
        "quarantine_unknown", f"no row {token!r} waits", "it may be mended; see the quarantine"
    )


def _check_here(row: QuarantineRow) -> None:
    if is_elsewhere(row):
        raise RefusedError(
            "row_elsewhere",
            f"row {row.row} of {row.layer}: {row.worst['message']}",
            "mend it where the register has its file of identities",
        )
    if "rows" in row.raw:
        raise RefusedError(
            "row_of_several",
            f"row {row.row} of {row.layer} was made of {len(row.raw['rows'])} rows of the file",
            "download them, mend them in a spreadsheet and import the file",
        )


def _mapping(act: Mapping[str, Any]) -> ImportMapping:
    from landrelease.exchange import mapping_of_import

    return mapping_of_import(act["mapping"])


def _columns(row: QuarantineRow, mapping: ImportMapping) -> Iterator[Result]:
    reads = _reads(row, mapping)
    fields = kind_spec(row.kind).fields if row.kind else {}
    told = _named(row, reads)
    for column, value in row.raw.items():
        specs = [fields[name] for name in reads.get(column, ()) if name in fields]
        known = [code for spec in specs for code in _codes_of(spec)]
        yield {
            "column": column,
            "reads": reads.get(column, []),
            "text": as_text(value),
            "codes": _values_of(column, mapping, row.kind) or known,
            "named": column in told,
        }


def _reads(row: QuarantineRow, mapping: ImportMapping) -> dict[str, list[str]]:
    """Fields of the record by the column that they are read from."""
    pairs: list[tuple[str | None, str]] = [(mapping.identity.local_id, "local_id")]
    pairs += [(column, "occurred_on") for column in sorted(mapping.date_columns())]
    pairs += [(column, _PLACE) for column in mapping.place_columns()]
    rules = mapping.rules_for(row.kind) if row.kind else mapping.fields
    pairs += [(column, name) for name, rule in rules.items() for column in rule.sources()]
    pairs += [(_PLACE, _PLACE), (_SYSTEM, _PLACE)]
    found: dict[str, list[str]] = {}
    for column, name in pairs:
        if column is not None and name not in found.get(column, ()):
            found.setdefault(column, []).append(name)
    return found


def _named(row: QuarantineRow, reads: Mapping[str, list[str]]) -> set[str]:
    """Columns that a problem names; where an error names none, those of the place."""
    names = {column: (column, *reads.get(column, ())) for column in row.raw}
    placed = {_PLACE, *(kind_spec(row.kind).needs_place if row.kind else ())}
    place = {c for c in row.raw if c != _SYSTEM and placed & {*reads.get(c, ())}}
    found: set[str] = set()
    for issue in row.issues:
        detail = _detail(issue)
        told = {c for c, said in names.items() if any(_says(detail, name) for name in said)}
        found |= told or (place if issue["severity"] == "error" else set())
    return found


def _detail(issue: Mapping[str, Any]) -> str:
    """What was found in this row, without the words that every such problem has."""
    from landrelease.exchange import issue_terms

    says = str(issue_terms().get(issue["code"], {}).get("says", ""))
    return str(issue["message"]).removesuffix(says)


def _says(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _lacking(row: QuarantineRow, mapping: ImportMapping) -> Iterator[FieldSpec]:
    """Fields that the kind needs, and no column or constant of the mapping gives."""
    if row.kind:
        given = mapping.rules_for(row.kind)
        needed = kind_spec(row.kind).needed
        yield from (one for one in needed if one.default is None and one.name not in given)


def _values_of(column: str, mapping: ImportMapping, kind: str) -> list[str]:
    """The values that the mapping's own table knows in a column."""
    rules = (mapping.rules_for(kind) if kind else mapping.fields).values()
    return [v for rule in rules if column in rule.sources() and rule.values for v in rule.values]


def _codes_of(spec: FieldSpec) -> list[str]:
    return list(codes(spec.codes)) if spec.codes else []


def _raw(row: QuarantineRow, cells: Mapping[str, str]) -> dict[str, Any]:
    """The row with the cells that were changed, each in the type that it had."""
    raw = dict(row.raw)
    for column, text in cells.items():
        if column not in raw:
            raise FieldError(column, text, "the row has no such column", "mend one that it has")
        said = text.replace("\r\n", "\n").strip()
        if said != as_text(raw[column]).strip():
            raw[column] = _typed(raw[column], said)
    return raw


def _typed(before: object, text: str) -> Any:
    """A number or a list stays one where the text can be read so; else it is text."""
    if not text:
        return None
    if before is None or isinstance(before, str):
        return text
    try:
        return json.loads(text, parse_constant=str)
    except ValueError:
        return text


def _axes(row: QuarantineRow, mapping: ImportMapping) -> tuple[str, ...]:
    """The column of the geometry, or the two of its coordinates; nothing where it is otherwise."""
    rule = mapping.geometry
    if rule is None or rule.column:
        column = rule.column if rule and rule.column else _PLACE
        return (column,) if isinstance(row.raw.get(column), str) else ()
    pair = (rule.longitude, rule.latitude)
    return tuple(column for column in pair if column) if all(pair) else ()


def _exchanged(raw: Mapping[str, Any], axes: tuple[str, ...]) -> dict[str, Any]:
    """The cells of the place with their two axes in the other order."""
    if len(axes) == 2:
        return {axes[0]: raw[axes[1]], axes[1]: raw[axes[0]]}
    return {column: _other_order(column, raw[column]) for column in axes}


def _other_order(column: str, text: Any) -> str:
    import shapely

    from landrelease.exchange import shapes_of

    (shape,), *_ = shapes_of([as_text(text)])
    if shape is None:
        raise FieldError(column, text, "cannot be read as a geometry", "write it as WKT")
    return str(shapely.to_wkt(shapely.transform(shape, lambda xy: xy[:, ::-1]), -1))
