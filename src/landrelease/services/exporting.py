"""Give records out, without what the audience may not see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from landrelease.domain.doubt import DOUBTED_KINDS
from landrelease.domain.doubt import FIELD as DOUBT
from landrelease.domain.kinds import (
    AUDIENCES,
    Audience,
    FieldSpec,
    KindSpec,
    kind_spec,
    kinds,
    visible_fields,
)
from landrelease.domain.land import Conflict
from landrelease.domain.workflow import status_under, waits
from landrelease.errors import FieldError, InputError, check_is_new
from landrelease.geometry import is_collection, polygonal
from landrelease.register import NOW, Names, Record, Register, open_register
from landrelease.services.name_guard import held_names, without_names
from landrelease.services.shapes import shape_of

if TYPE_CHECKING:
    from landrelease.exchange.writing import ExportTable

Result = dict[str, Any]
#: Kinds of the program's own bookkeeping; asked for by name, but not part of «all».
_BOOKKEEPING = ("proposal", "import", "register", "attachment")


def export(
    path: Path,
    file: Path,
    *,
    kind: str | None,
    as_of: str | None,
    audience: str,
    replace: bool = False,
) -> Result:
    """Write records for an audience, and say which hazards and rows are not among them.

    Parameters
    ----------
    replace : bool
        Whether a file that is there may be overwritten; a GeoPackage never is.

    Raises
    ------
    InputError
        ``kind_needed``: the format holds one kind of record and none was named.
        ``file_exists``: something stands there. ``export_empty``: there is nothing to write.
    FieldError
        The audience is unknown, or may not see this kind.

    Returns
    -------
    dict
        ``file``, ``audience``, ``as_of``, ``layers``, what is ``not_shown`` and ``lost``, and which
        cells are ``withheld``, since they hold a name of the second file.
    """
    from landrelease.exchange.writing import LOSSES, format_of, write_table

    seen_by = check_audience(audience)
    written_as = format_of(file)
    if not replace:
        check_is_new(file, "choose another name, or give --force")
    _check_kinds(kind, written_as)
    with open_register(path) as register:
        tables = _tables(register, kind, seen_by, as_of)
        _mark_doubts(register, tables, as_of)
        awaiting = sum(map(waits, register.workflow_states().values()))
        names = _guarded_names(register, seen_by)
        withheld = [one for t in tables for one in without_names(t.kind, t.rows, names)]
        ended = _not_released(register, tables, as_of, seen_by)
        left_out = [*_left_out(register, tables), *_of_names(withheld)]
    write_table(file, tables)
    layers = [{"kind": t.kind, "count": len(t.rows), "area_m2": _area_m2(t)} for t in tables]
    lost = [*LOSSES[written_as], *_of_approval(awaiting, seen_by), *_of_endings(ended, seen_by)]
    return {
        "file": str(file),
        "audience": audience,
        "as_of": as_of,
        "layers": layers,
        "not_shown": left_out,
        "withheld": withheld,
        "lost": lost,
    }


def features(
    path: Path, kind: str, audience: str
) -> Iterator[tuple[str, bytes, Mapping[str, object]]]:
    """Yield record id, WKB and visible properties of one kind's records, for maps."""
    spec, seen_by = kind_spec(kind), check_audience(audience)
    if not _may_see(spec, seen_by):
        return
    names = [f.name for f in visible_fields(spec, seen_by)]
    with open_register(path) as register:
        states = register.workflow_states()
        outlines = _redrawn(register, kind)
        guarded = _guarded_names(register, seen_by)
        doubts = register.in_doubt() if kind in DOUBTED_KINDS else {}
        left = register.not_released() if kind == "hazardous_area" else {}
        recorded = _recorded_shapes(register, kind)
        later = register.not_yet()
        held = register.fields_held() if kind == "hazardous_area" else {}
        for record_id, wkb, columns in register.layer(kind):
            until = later.get(record_id)
            if until is None and record_id in later:
                continue
            state = states.get(record_id)
            shape = wkb
            if record_id in outlines or wkb is None:
                shape = shapely.to_wkb(outlines.get(record_id, recorded.get(record_id)))
            if shape is not None and _counts(kind, state):
                shown = {name: columns.get(name) for name in ("local_id", *names)}
                shown |= {"status": until.body.get("status")} if until else {}
                shown |= {"status": "open"} if record_id in left else {}
                shown |= {DOUBT.name: "; ".join(doubts[record_id])} if record_id in doubts else {}
                without_names(kind, [shown], guarded)
                shown |= _seen_of(held.get(record_id, {}), shown)
                yield record_id, shape, _as_counted(kind, state, shown)


def check_audience(audience: str) -> Audience:
    """Return the audience.

    Raises
    ------
    FieldError
        There is none of this name.
    """
    for known in AUDIENCES:
        if audience == known:
            return known
    raise FieldError("audience", audience, "unknown", f"one of {', '.join(AUDIENCES)}")


def _counts(kind: str, state: str | None) -> bool:
    """Whether it is to be shown: a product that waits for approval is no released land."""
    return kind != "land_release_product" or not waits(state)


def _as_counted(kind: str, state: str | None, shown: Result) -> Result:
    """An area whose ending waits for approval is shown as open."""
    if kind != "hazardous_area" or shown.get("status") is None:
        return shown
    return {**shown, "status": status_under(state, shown["status"])}


def _seen_of(held: Result, names: Collection[str]) -> Result:
    """What holds of an area that waits, as far as its audience sees it."""
    return {name: value for name, value in held.items() if name in names}


def _left_out(register: Register, tables: Iterable[ExportTable]) -> list[Result]:
    """Reported hazards that nobody will see on a map of this file, and rows that wait."""
    shapes = [t.geometries for t in tables if t.kind == "hazardous_area"]
    bare = sum(shape is None for column in shapes if column is not None for shape in column)
    waiting = Counter(row.kind == "hazardous_area" for row in register.quarantine())
    reasons = (
        (
            "without_geometry",
            bare,
            "hazardous areas are given without a geometry: no map shows them",
        ),
        ("quarantined", waiting[True], "reported hazards wait in quarantine and are not given"),
        ("quarantined_other", waiting[False], "rows of other kinds wait in quarantine"),
    )
    return [{"code": code, "count": n, "text": text} for code, n, text in reasons if n]


def _not_released(
    register: Register, tables: Iterable[ExportTable], as_of: str | None, audience: Audience
) -> list[Conflict]:
    """Return what is left of areas that are recorded as ended; below internal they become open."""
    rows = [row for t in tables if t.kind == "hazardous_area" for row in t.rows]
    found = register.not_released(as_of) if rows else {}
    ended = [row for row in rows if row["record_id"] in found]
    if audience != "internal":
        for row in ended:
            row["status"] = "open"
    return [found[row["record_id"]] for row in ended]


def _mark_doubts(register: Register, tables: Iterable[ExportTable], as_of: str | None) -> None:
    """Say beside released land what puts it in doubt, for every audience: codes name nobody."""
    doubted = [table for table in tables if table.kind in DOUBTED_KINDS]
    found = register.in_doubt(as_of) if doubted else {}
    for row in (row for table in doubted for row in table.rows):
        row[DOUBT.name] = list(found.get(row["record_id"], ()))


def _of_endings(ended: Sequence[Conflict], audience: Audience) -> Iterator[str]:
    """What is said of areas that ended with land: no status releases it."""
    given = "stand here as they were recorded" if audience == "internal" else "are given as open"
    for one in ended:
        yield f"{one.record_ids[0]}: {one.message}; such areas {given}"


def _guarded_names(register: Register, audience: Audience) -> Names:
    """The names that an audience may not see."""
    return Names(()) if audience == "internal" else held_names(register)


def _of_names(withheld: Sequence[Result]) -> Iterator[Result]:
    """What is said of the cells that are empty because they name a person."""
    if withheld:
        text = "cells name a person whom the second file holds, and are left empty"
        yield {"code": "name_withheld", "count": len(withheld), "text": text}


def _of_approval(awaiting: int, audience: Audience) -> list[str]:
    """What an export says of the records that wait for approval."""
    if not awaiting:
        return []
    if audience == "internal":
        return [f"{awaiting} records wait for approval; they stand here as they were recorded"]
    return [
        f"{awaiting} records wait for approval; land release products among them are left out,"
        " and areas whose closing waits are given as open"
    ]


def _wanted(kind: str | None, audience: Audience) -> Iterable[str]:
    if kind is not None:
        spec = kind_spec(kind)
        if not _may_see(spec, audience) and kind != "accident":
            raise FieldError("kind", kind, f"is not for audience {audience}", "raise --audience")
        return [kind]
    return [
        name
        for name, spec in kinds().items()
        if name not in _BOOKKEEPING and (_may_see(spec, audience) or name == "accident")
    ]


def _may_see(spec: KindSpec, audience: Audience) -> bool:
    return AUDIENCES.index(spec.audience) <= AUDIENCES.index(audience)


def _check_kinds(kind: str | None, written_as: str) -> None:
    """Refuse to write records of every kind into a format that holds one."""
    from landrelease.exchange.writing import SEVERAL_KINDS

    if kind is None and written_as not in SEVERAL_KINDS:
        raise InputError(
            "kind_needed", f"a {written_as} file holds one kind of record", "name it with --kind"
        )


def _tables(
    register: Register, kind: str | None, audience: Audience, as_of: str | None
) -> list[ExportTable]:
    """The kind that was named, or each kind of which there is a record; never nothing."""
    found = [_table(register, kind_spec(name), audience, as_of) for name in _wanted(kind, audience)]
    tables = [table for table in found if table.rows or kind]
    if not tables:
        raise InputError(
            "export_empty",
            f"the register holds no record for the audience {audience}",
            "record or import something first, or name a wider audience",
        )
    return tables


def _table(
    register: Register, spec: KindSpec, audience: Audience, as_of: str | None
) -> ExportTable:
    from landrelease.exchange.writing import ExportTable

    day = NOW if as_of is None and audience != "internal" else as_of
    records = list(register.records(spec.name, as_of=day))
    if not _may_see(spec, audience):
        return _accident_counts(records)
    states = {} if audience == "internal" else register.workflow_states(records)
    records = [r for r in records if _counts(spec.name, states.get(r.record_id))]
    fields = list(visible_fields(spec, audience))
    names = [f.name for f in fields]
    fields += [DOUBT] if spec.name in DOUBTED_KINDS else []
    if audience == "internal":
        names += ["attributes", "geometry_entered"]
    rows = [_as_counted(spec.name, states.get(r.record_id), _exported(r, names)) for r in records]
    if spec.name == "hazardous_area" and audience != "internal":
        held = register.fields_held(as_of)
        for row in rows:
            row.update(_seen_of(held.get(row["record_id"], {}), names))
    outlines = _redrawn(register, spec.name, as_of)
    if audience == "internal":  # what waits is given as recorded: no approved point beside it
        outlines = {
            key: polygonal(one) if is_collection(one) else one
            for key, one in outlines.items()
            if not _is_of_points(one)
        }
        _keep_recorded(rows, records, outlines)
    shapes = np.array([outlines.get(r.record_id, shape_of(r)) for r in records], dtype=object)
    return ExportTable(spec.name, fields, rows, shapes if spec.has_geometry else None)


def _redrawn(register: Register, kind: str, as_of: str | None = None) -> Mapping[str, Any]:
    """Outlines of areas that are not the polygon of their record; None where parts hold all."""
    outlines = register.redrawn(as_of=as_of) if kind == "hazardous_area" else {}
    return {key: None if shape.is_empty else shape for key, shape in outlines.items()}


def _is_of_points(shape: Any) -> bool:
    return shape is not None and shape.geom_type in ("Point", "MultiPoint")


def _recorded_shapes(register: Register, kind: str) -> Mapping[str, Any]:
    """What the ledger draws of records whose row another program changed, until it is reviewed."""
    edited = {edit.record_id for edit in register.outside_edits() if edit.layer == kind}
    return {r.record_id: shape_of(r) for r in register.some(key for key in edited if key)}


def _keep_recorded(
    rows: Iterable[Result], records: Iterable[Record], outlines: Mapping[str, Any]
) -> None:
    """Put each redrawn area's own polygon beside its outline, for the way back."""
    from landrelease.exchange.redrawn import RECORDED, recorded

    for row, record in zip(rows, records, strict=True):
        if record.record_id in outlines:
            row[RECORDED] = recorded(outlines[record.record_id], record.body.get("geometry"))


_COUNTS = ("accidents", "killed", "injured")


def _exported(record: Record, names: Iterable[str]) -> Result:
    shown = {name: record.body.get(name) for name in names}
    return {
        "record_id": record.record_id,
        "local_id": record.local_id,
        "occurred_on": record.occurred_on,
        **shown,
    }


def _accident_counts(records: Iterable[Record]) -> ExportTable:
    """Accidents as counts by district: what the public may see of them."""
    from landrelease.exchange.writing import ExportTable

    counts: defaultdict[str, Result] = defaultdict(lambda: dict.fromkeys(_COUNTS, 0))
    for record in records:
        row = counts[record.body.get("district") or "unknown"]
        row["accidents"] += 1
        for name in ("killed", "injured"):
            row[name] += record.body.get(name) or 0
    fields = [FieldSpec("district", "text", "public")]
    fields += [FieldSpec(name, "integer", "public") for name in _COUNTS]
    rows = [{"district": district, **row} for district, row in sorted(counts.items())]
    return ExportTable("accident", fields, rows, None)


def _area_m2(table: ExportTable) -> float | None:
    from landrelease.geometry import area_m2

    if table.geometries is None:
        return None
    ground = [one for one in polygonal(table.geometries) if not one.is_empty]
    return float(area_m2(np.array(ground, dtype=object)).sum()) if ground else None
