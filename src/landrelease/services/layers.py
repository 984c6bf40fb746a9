"""Layers and tables: preview, take in with every row accounted for, give out by audience."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from landrelease.domain.entries import Draft
from landrelease.errors import InputError
from landrelease.register import QuarantineRow, Register, open_register
from landrelease.services.differences import Difference, difference
from landrelease.services.inquiries import inquiries

if TYPE_CHECKING:
    from landrelease.exchange.mapping import ImportMapping
    from landrelease.exchange.prepare import Prepared, PreparedRow

Result = dict[str, Any]
_COUNTED = ("read", "accepted", "added", "changed", "unchanged", "repaired", "quarantined")


@dataclass(frozen=True, slots=True)
class ImportCall:
    """What to take in, and how to read it."""

    file: Path
    layer: str | None = None
    kind: str | None = None
    set_fields: Mapping[str, str] = field(default_factory=dict)
    mapping: Path | None = None


def preview(path: Path, call: ImportCall) -> Result:
    """Say what an import would do, and print the mapping it would use; writes nothing."""
    with open_register(path) as register:
        prepared, mapping = _prepare(register, call)
        act = _act(call, mapping, prepared.layer)
        result = _account(prepared, difference(register, prepared, act))
    return {**result, "import_id": None, "dry_run": True, "mapping_yaml": mapping.as_yaml()}


def take_in(path: Path, call: ImportCall, *, by: str) -> Result:
    """Take a layer or table in as one act, undone by ``void --import``.

    Returns
    -------
    dict
        The account of the design: read = accepted + quarantined, accepted = added + changed +
        unchanged; ``import_id`` is None where nothing was new.
    """
    with open_register(path, write=True) as register, _collector_paused():
        prepared, mapping = _prepare(register, call)
        act = _act(call, mapping, prepared.layer)
        found = difference(register, prepared, act)
        result = _account(prepared, found)
        waiting = {row.identity: row for row in register.quarantine()}
        fresh = [row for row in found.quarantined if row.identity not in waiting]
        mended = _mended(prepared, waiting)
        if not found.drafts and not fresh and not mended:
            return {**result, "import_id": None}
        act["counts"] = {name: result[name] for name in (*_COUNTED, "by_code")}
        _write(register, act, found, fresh, mended, by)
    return {**result, "import_id": found.import_id}


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Rows make no reference cycles; looking for some took a quarter of a large import."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def quarantine(path: Path, import_id: str | None = None) -> Result:
    """Rows that wait to be mended, each with its reason."""
    with open_register(path) as register:
        rows = [_waiting(row) for row in register.quarantine(import_id=import_id)]
    return {"count": len(rows), "rows": rows}


def imports(path: Path) -> Result:
    """Every import: file, counts, who and when."""
    with open_register(path) as register:
        found = [
            {
                "import_id": r.record_id,
                "recorded_at": r.recorded_at,
                "author": r.author,
                "voided": r.voided,
                **r.body,
            }
            for r in register.records("import")
        ]
    return {"imports": found}


def _prepare(register: Register, call: ImportCall) -> tuple[Prepared, ImportMapping]:
    from landrelease.exchange import load_mapping, prepare, read_source

    if call.file.exists() and call.file.samefile(register.path):
        # GDAL opening the register's own file would drop its locks
        raise InputError(
            "register_as_source",
            f"{call.file.name} is this register itself",
            "export its records and import those",
        )
    given = load_mapping(call.mapping) if call.mapping else None
    table, mapping = read_source(call.file, given, layer=call.layer, kind=call.kind)
    prepared = prepare(
        table,
        mapping,
        country_bbox=register.info().bbox,
        country_outline=_country_outline(register),
        set_fields=dict(call.set_fields),
    )
    return prepared, mapping


def _country_outline(register: Register) -> Any:
    """The ground of the register's districts, by which rows outside the country are found."""
    from landrelease.geometry import unite

    shapes = [wkb for _, wkb, _ in register.layer("district") if wkb is not None]
    return unite(shapely.from_wkb(shapes)) if shapes else None


def _account(prepared: Prepared, found: Difference) -> Result:
    from landrelease.exchange.issues import cure, issue_terms

    accepted = found.added + found.changed + found.unchanged
    by_code = Counter(issue.code for issue in prepared.issues)
    places = {row.row: i for i, row in enumerate(prepared.rows)}
    issues = [
        {
            "row": issue.row,
            "id": issue.id,
            "record_id": found.record_ids[places[issue.row]] if issue.row in places else None,
            "code": issue.code,
            "severity": issue.severity,
            "message": issue.message,
        }
        for issue in prepared.issues
    ]
    return {
        "read": accepted + len(found.quarantined),
        "accepted": accepted,
        "added": found.added,
        "changed": found.changed,
        "unchanged": found.unchanged,
        "repaired": sum(row.repaired for row in prepared.rows),
        "quarantined": len(found.quarantined),
        "vanished": found.vanished,
        "issues": issues,
        "by_code": dict(by_code.most_common()),
        "explained": {code: f"{issue_terms()[code]['says']}; {cure(code)}" for code in by_code},
        "layer": prepared.layer,
    }


def _act(call: ImportCall, mapping: ImportMapping, layer: str) -> Result:
    """The body of the import's own record."""
    digest = hashlib.sha256(call.file.read_bytes()).hexdigest() if call.file.is_file() else None
    return {
        "file_name": call.file.name,
        "sha256": digest,
        "layer": layer,
        "mapping": {**mapping.model_dump(exclude_defaults=True), "set": dict(call.set_fields)},
    }


def _mended(prepared: Prepared, waiting: Mapping[str, QuarantineRow]) -> list[int]:
    """Quarantined rows that came again under the same id, and can now be accepted."""
    rows = [
        waiting[r.identity] for r in prepared.rows if not r.quarantined and r.identity in waiting
    ]
    return [row.quarantine_id for row in rows if row.quarantine_id is not None]


def _write(
    register: Register,
    act: Result,
    found: Difference,
    fresh: list[PreparedRow],
    mended: list[int],
    by: str,
) -> None:
    own = Draft("import", "import.recorded", act, found.import_id)
    with register.write(by) as writer:
        writer.append([own, *found.drafts])
        writer.quarantine(_quarantine_row(row, found.import_id, act["layer"]) for row in fresh)
        writer.resolve_quarantine(mended)
        # an undated accident of a layer may be older than the release: a conflict, no inquiry
        dated = {d.record_id for d in found.drafts if d.kind == "accident" and d.occurred_on}
        if dated:
            accidents = [r for r in register.records("accident") if r.record_id in dated]
            writer.append(inquiries(register, accidents))


def _quarantine_row(row: PreparedRow, import_id: str, layer: str) -> QuarantineRow:
    issues = tuple(
        {"code": i.code, "severity": i.severity, "message": i.message} for i in row.issues
    )
    return QuarantineRow(
        import_id=import_id,
        layer=layer,
        row=row.row,
        kind=row.kind,
        identity=row.identity,
        raw=row.raw,
        issues=issues,
        local_id=row.local_id,
    )


def _waiting(row: QuarantineRow) -> Result:
    return {
        "import_id": row.import_id,
        "layer": row.layer,
        "row": row.row,
        "kind": row.kind,
        "local_id": row.local_id,
        "code": row.worst["code"],
        "message": row.worst["message"],
        "issues": list(row.issues),
        "raw": dict(row.raw),
    }
