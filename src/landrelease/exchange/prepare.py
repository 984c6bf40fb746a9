"""From a table as read to rows that can enter the register, with every problem named.

No row vanishes: each is prepared, or prepared and marked for quarantine with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from landrelease.domain.kinds import FieldSpec, kind_spec, kinds_of_files
from landrelease.errors import InputError
from landrelease.exchange.actions import agree_status, check_actions, read_actions
from landrelease.exchange.bodies import (
    add_geometry,
    check_areas,
    check_sizes,
    make_bodies,
    withheld,
)
from landrelease.exchange.checks import check_duplicates, check_geometry, check_ids, check_place
from landrelease.exchange.fields import read_dates, read_one_field
from landrelease.exchange.identity import (
    content_hashes,
    identity_prefix,
    occurrences,
    own_ids,
    without_points,
)
from landrelease.exchange.issues import Issue, issue
from landrelease.exchange.locate import Located, locate, suspect_header
from landrelease.exchange.mapping import FieldRule, ImportMapping
from landrelease.exchange.mend import mend, several_values
from landrelease.exchange.outlines import assemble
from landrelease.exchange.overrides import check_overridden
from landrelease.exchange.plausible import Box, InCountry, country_test
from landrelease.exchange.redrawn import as_recorded, without_doubts
from landrelease.exchange.row_totals import check_totals
from landrelease.exchange.tables import SourceTable
from landrelease.exchange.unmixed import take_apart
from landrelease.exchange.work import Work
from landrelease.geometry import RepairedArray, Unrolled, repair_all, roll, unroll
from landrelease.pace import collector_paused

#: Problems whose geometry was mended and taken in.
_MENDED = {"geometry_invalid_repaired", "ring_nested_wrongly", "ring_not_closed"}


class PreparedRow(NamedTuple):
    """One row, ready to become a record or to wait in quarantine.

    Attributes
    ----------
    row : int
        Data row, counted from 1.
    identity : str
        Stable name, the same when the file comes again.
    source_id, local_id : str or None
        The row's own ids.
    kind : str
        Kind of record; empty when the mapping does not say.
    body : dict
        JSON-ready; the geometry as GeoJSON.
    geometry : shapely geometry or None
        In longitude and latitude.
    occurred_on : str or None
        Partial date.
    action : str or None
        What the row says happened; None stands for the first action of its kind.
    quarantined, repaired : bool
    issues : tuple of Issue
    table : SourceTable
        Where the row as read can be had.
    withheld : frozenset of str
        Columns of rows about people that the mapping does not name; they may hold names.
    """

    row: int
    identity: str
    source_id: str | None
    local_id: str | None
    kind: str
    body: dict[str, Any]
    geometry: Any
    occurred_on: str | None
    action: str | None
    quarantined: bool
    repaired: bool
    issues: tuple[Issue, ...]
    table: SourceTable
    withheld: frozenset[str]

    @property
    def raw(self) -> dict[str, Any]:
        """The row as it was read, its geometry as text, without columns that may hold names."""
        row = self.table.raw(self.row - 1)
        if self.row - 1 in self.table.members:
            return {"rows": [self._without_names(one) for one in row["rows"]]}
        return self._without_names(row)

    @property
    def mark(self) -> str | None:
        """The row's mark in the quarantine, where it comes back mended."""
        return self.table.marks[self.row - 1] if self.table.marks else None

    def _without_names(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {name: cell for name, cell in row.items() if name not in self.withheld}


@dataclass(frozen=True, slots=True)
class Prepared:
    """All rows of a layer, in their order, and every issue of rows and file."""

    layer: str
    rows: list[PreparedRow]
    issues: list[Issue]


def prepare(
    table: SourceTable,
    mapping: ImportMapping,
    *,
    country_bbox: Box | None = None,
    country_outline: Any = None,
    set_fields: Mapping[str, Any] | None = None,
) -> Prepared:
    """Make records of a table's rows as the mapping says, and check each of them.

    Parameters
    ----------
    table : SourceTable
    mapping : ImportMapping
    country_bbox : tuple of float, optional
        West, south, east, north of the country, to find swapped axes and lost signs.
    country_outline : shapely geometry, optional
        To find rows outside the country.
    set_fields : Mapping, optional
        Values for every row, over what the mapping says.

    Raises
    ------
    InputError
        Nothing says in which system coordinates stand, no kind is named, or one that no file
        brings (``kind_by_program``).
    """
    if not mapping.all_kinds():
        raise InputError(
            "kind_needed",
            f"nothing says what kind of records the rows of {table.name} are",
            "name it with --kind, or by kind or record_kind in the mapping file",
        )
    _check_kind(mapping.kind)
    read = mapping.fields
    overridden = {name: read[name] for name in set_fields or () if name in read}
    if set_fields:
        mapping = mapping.with_constants(set_fields)
    with collector_paused():
        table = as_recorded(without_doubts(table))
        return _prepare(table, mapping, country_bbox, country_outline, overridden)


def _check_kind(kind: str | None) -> None:
    """Refuse a file of records that the program keeps itself: a switch, an import, a proposal."""
    if kind is not None and not kind_spec(kind).from_files:
        raise InputError(
            "kind_by_program",
            f"kind = {kind!r}: the program keeps these records itself, and takes none from a file",
            f"name one of {', '.join(kinds_of_files())}; or use the command for it",
        )


def _prepare(
    table: SourceTable,
    mapping: ImportMapping,
    country_bbox: Box | None,
    country_outline: Any,
    overridden: Mapping[str, FieldRule],
) -> Prepared:
    work = _begin(table, mapping, country_test(country_bbox, country_outline))
    check_geometry(work)
    check_actions(work)
    check_place(work, country_bbox, country_outline)
    check_duplicates(work)
    check_ids(work)
    check_totals(work)
    _check_dates(work)
    check_overridden(work, {name: rule for name, rule in overridden.items() if rule.sources()})
    rows = [row for part in _by_kind(work) for row in part]
    rows.sort(key=lambda one: one.row)
    general = [one for one in work.table.issues if one.row is None]
    general += [*work.located.issues, *_unknown_columns(table, mapping)]
    general += [*several_values(work.table), *work.general]
    return Prepared(work.layer, rows, [*general, *(i for row in rows for i in row.issues)])


def _begin(source: SourceTable, mapping: ImportMapping, in_country: InCountry | None) -> Work:
    source, table, located = _placed(source, mapping, in_country)
    how, ids = own_ids(table, mapping.identity)
    kinds = _kinds(table, mapping)
    take_apart(located, kinds)
    unrolled = unroll(located.shapes)
    work = Work(
        source=source,
        table=table,
        mapping=mapping,
        located=located,
        mended=_rolled(repair_all(unrolled.geometries), unrolled),
        cut=frozenset(unrolled.rows.tolist()),
        how=how,
        ids=ids,
        kinds=kinds,
        contents=content_hashes(source),
        actions=read_actions(table, mapping.action),
        dates=read_dates(table.columns, mapping.occurred_on, mapping.missing, table.count),
    )
    for row in unrolled.around_pole.tolist():
        located.damage.setdefault(row, ("pole_enclosed", ""))
    _note_reading(work)
    return work


def _placed(
    source: SourceTable, mapping: ImportMapping, in_country: InCountry | None
) -> tuple[SourceTable, SourceTable, Located]:
    """The table as read and with its columns mended, one row a record, and where they lie."""
    table = without_points(mend(source, mapping.mend), mapping)
    if mapping.vertices is not None:
        return assemble(source, table, mapping, in_country)
    return source, table, locate(table, mapping, in_country)


def _note_reading(work: Work) -> None:
    """Remember what was noticed of rows while they were read and placed."""
    for one in work.table.issues:
        if one.row is not None:
            work.notices[one.row - 1].append(_of_row(work, one, one.row - 1))
    for row, code, detail in work.located.notes:
        work.note(row, code, detail)


def _rolled(mended: RepairedArray, unrolled: Unrolled) -> RepairedArray:
    """Shapes that were checked beyond 180°, back between -180° and 180°."""
    if not len(unrolled.rows):
        return mended
    shapes = mended.geometries
    shapes[unrolled.rows] = roll(shapes[unrolled.rows])
    return replace(mended, geometries=shapes)


def _of_row(work: Work, found: Issue, row: int) -> Issue:
    """An issue of reading under the row's id; of rows about people without the cell it quotes."""
    if any(kind_spec(kind).personal for kind in _possible_kinds(work, work.kinds[row])):
        return issue(found.code, found.row, id=work.ids[row], severity=found.severity)
    return replace(found, id=work.ids[row])


def _kinds(table: SourceTable, mapping: ImportMapping) -> list[str]:
    rule = mapping.record_kind
    if rule is None:
        return [mapping.kind or ""] * table.count
    column = table.columns.get(rule.column, [None] * table.count)
    known = {key.strip().casefold(): kind for key, kind in rule.values.items()}
    return [known.get(str(value).strip().casefold(), rule.otherwise or "") for value in column]


def _check_dates(work: Work) -> None:
    work.note_cells(
        (row, reading.code, reading.detail)
        for row, reading in enumerate(work.dates)
        if reading.code is not None
    )


def _by_kind(work: Work) -> Iterator[list[PreparedRow]]:
    rows_of: defaultdict[str, list[int]] = defaultdict(list)
    for row, kind in enumerate(work.kinds):
        rows_of[kind].append(row)
    for kind, rows in rows_of.items():
        bodies = _bodies(work, kind, rows)
        names = _identities(work, kind, rows)
        hidden = _withheld(work, kind)
        yield [
            _row(work, row, body, name, hidden)
            for row, body, name in zip(rows, bodies, names, strict=True)
        ]


def _withheld(work: Work, kind: str) -> frozenset[str]:
    """Columns that are not kept of rows of this kind, nor of rows that may be of a personal one."""
    possible = _possible_kinds(work, kind)
    hidden = frozenset[str]().union(*(withheld(work, kind_spec(one)) for one in possible))
    if hidden and kind:
        detail = f"kind {kind}, columns {', '.join(sorted(hidden))}"
        work.general.append(issue("columns_withheld", None, detail))
    return hidden


def _possible_kinds(work: Work, kind: str) -> list[str]:
    """The row's kind, or all that the mapping knows when it is none of them."""
    return [kind] if kind else work.mapping.all_kinds()


def _bodies(work: Work, kind: str, rows: list[int]) -> list[dict[str, Any]]:
    if not kind:
        for row in rows:
            work.note(row, "kind_unknown", _kind_value(work, row))
        return [{} for _ in rows]
    spec = kind_spec(kind)
    if not spec.from_files:
        for row in rows:
            work.note(row, "kind_by_program", _kind_value(work, row))
    bodies = make_bodies(work, spec, rows)
    agree_status(work, kind, rows, bodies)
    add_geometry(work, spec, rows, bodies)
    if kind == "hazardous_area":
        check_sizes(work, rows, bodies)
    stated = _stated(work, rows, bodies)
    if stated is not None:
        check_areas(work, rows, stated)
    return bodies


def _stated(work: Work, rows: list[int], bodies: list[dict[str, Any]]) -> list[Any] | None:
    """Areas stored beside the outlines: a column for checking alone, or the stated area."""
    rule = work.mapping.stored_area
    if rule is not None and set(rule.sources()) <= set(work.table.columns):
        spec = FieldSpec("stored_area", "number", "internal", unit="m²")
        return read_one_field(work.table.columns, rows, spec, rule, work.mapping).values
    found = [body.get("stated_area_m2") for body in bodies]
    return found if any(found) else None


def _kind_value(work: Work, row: int) -> str:
    rule = work.mapping.record_kind
    if rule is None or rule.column not in work.table.columns:
        return ""
    return f"{rule.column} = {work.table.columns[rule.column][row]!r}"


def _identities(work: Work, kind: str, rows: list[int]) -> list[str]:
    """Each row's stable name: by its own id, else by its content and how often that came before."""
    contents = [work.contents[row] for row in rows]
    by_id = identity_prefix(work.how, work.layer, kind)
    by_content = identity_prefix(None, work.layer, kind)
    return [
        by_id + own if (own := work.ids[row]) else f"{by_content}{content}:{nth}"
        for row, content, nth in zip(rows, contents, occurrences(contents), strict=True)
    ]


def _row(
    work: Work, row: int, body: dict[str, Any], identity: str, hidden: frozenset[str]
) -> PreparedRow:
    issues = tuple(work.notices[row]) if row in work.notices else ()
    shape = work.mended.geometries[row] if "geometry" in body else None
    return PreparedRow(
        row=row + 1,
        identity=identity,
        source_id=work.ids[row] if work.how == "id" else None,
        local_id=body.get("local_id"),
        kind=work.kinds[row],
        body=body,
        geometry=shape,
        occurred_on=work.dates[row].value,
        action=work.actions[row],
        quarantined="error" in {one.severity for one in issues} if issues else False,
        repaired=not _MENDED.isdisjoint(one.code for one in issues) if issues else False,
        issues=issues,
        table=work.source,
        withheld=hidden,
    )


def _unknown_columns(table: SourceTable, mapping: ImportMapping) -> list[Issue]:
    missing = [name for name in mapping.columns() if name not in table.columns]
    if mapping.geometry is not None and table.geometry is not None:
        missing = [name for name in missing if name not in set(mapping.geometry.columns())]
    suspected = suspect_header(table) if len(missing) * 2 >= len(mapping.columns()) else ""
    return [issue("column_unknown", None, f"{name!r}{suspected}") for name in missing]
