"""Layers and tables: preview, take in with every row accounted for, give out by audience."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landrelease.domain.entries import Draft, Entry
from landrelease.errors import InputError, check_is_new
from landrelease.pace import collector_paused
from landrelease.register import Register, open_register
from landrelease.services import country
from landrelease.services.against_rules import against_rules
from landrelease.services.alike_ids import told_alike, told_on_known_ground
from landrelease.services.changes import write_changes
from landrelease.services.continuing import (
    LIKELY_SHARE,
    Continuing,
    continued,
    find_continuing,
    named_by_hand,
)
from landrelease.services.differences import Difference, difference
from landrelease.services.import_warnings import kept_warnings, warnings_of
from landrelease.services.inquiries import inquiries, late_inquiries, told_inquiries
from landrelease.services.kind_guard import of_their_kind
from landrelease.services.layer_identity import with_known_identity
from landrelease.services.mending import (
    Settlement,
    as_waiting,
    fitted_mapping,
    mended_before,
    recognised,
    settle,
)
from landrelease.services.missing import missing, tells_anew
from landrelease.services.name_guard import guarded
from landrelease.services.on_released import RELEASES, SIGNS
from landrelease.services.other_layers import OtherLayer, other_layers
from landrelease.services.placed_before import placed_before
from landrelease.services.updating import Updating
from landrelease.services.void_again import leave_void_again
from landrelease.services.voided import leave_void

if TYPE_CHECKING:
    from landrelease.exchange.mapping import ImportMapping
    from landrelease.exchange.prepare import Prepared
    from landrelease.exchange.tables import SourceTable

Result = dict[str, Any]
_COUNTED = (
    "read", "accepted", "added", "changed", "unchanged", "repaired", "quarantined", "resolved",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportCall:
    """What to take in, and how to read it; ``changes`` is a file for the differences.

    ``table`` is rows at hand, instead of those of the file, whose name then only says whence.
    """

    file: Path
    layer: str | None = None
    kind: str | None = None
    set_fields: Mapping[str, str] = field(default_factory=dict)
    mapping: Path | None = None
    changes: Path | None = None
    table: SourceTable | None = None


def preview(path: Path, call: ImportCall) -> Result:
    """Say what an import would do, and print its mapping; the register stays as it was."""
    with open_register(path) as register:
        work = _begin(register, call)
    return {
        **work.account(),
        "import_id": None,
        "dry_run": True,
        "mapping_yaml": work.mapping.as_yaml(),
    }


def take_in(path: Path, call: ImportCall, *, by: str) -> Result:
    """Take a layer or table in as one act, undone by ``void --import``.

    Returns
    -------
    dict
        The account of the design: read = accepted + quarantined, accepted = added + changed +
        unchanged; ``import_id`` is None where nothing was new, save of a file never taken in
        that lacks other records than the one before. ``resolved`` counts waiting rows
        that the file brought mended, ``changes`` says what changed in each record, ``inquiries``
        and ``in_doubt`` which inquiries the rows opened, and on which areas.
    """
    with open_register(path, write=True) as register, collector_paused():
        return _take_in(register, call, by)  # lets the rows go before the collector looks for them


def _take_in(register: Register, call: ImportCall, by: str) -> Result:
    work = _begin(register, call)
    result = work.account()
    told = work.found.missing()
    anew = tells_anew(register, work.act, told)
    if not work.found.drafts and work.settled.changes_nothing() and not anew:
        return {**result, "import_id": None, "inquiries": [], "in_doubt": []}
    counts = {name: result[name] for name in (*_COUNTED, "by_code")}
    counts["warnings"] = kept_warnings(result["issues"])
    act = {**work.act, "counts": counts, **told}
    opened = _write(register, act, work.found, work.settled, by)
    asked = told_inquiries(register, opened)
    return {**result, "import_id": work.found.import_id, **asked}


@dataclass(frozen=True, slots=True)
class _Work:
    """One file on its way in: its rows, how they were read, and what they would change."""

    prepared: Prepared
    mapping: ImportMapping
    act: Result
    found: Difference
    settled: Settlement
    continuing: list[Continuing]
    others: list[OtherLayer]
    against: list[Result]

    def account(self) -> Result:
        """The account of the design."""
        followed = self.mapping.identity.shared_ground is not None
        return {
            **_account(self.prepared, self.found),
            "resolved": len(self.settled.resolved),
            "continuing": [asdict(pair) for pair in self.continuing],
            "continued": len(self.continuing) if followed else 0,
            "other_layers": [asdict(one) for one in self.others],
            "against_rules": self.against,
        }


def _begin(register: Register, call: ImportCall) -> _Work:
    if call.changes is not None:
        check_is_new(call.changes)
    prepared, mapping = _prepare(register, call)
    act = _act(call, mapping, prepared.layer)
    asked = mapping.identity.shared_ground
    updating = Updating(register, act["mapping"], prepared.layer)
    prepared, void = leave_void(register, prepared, updating)
    but = {one.row for one in void}
    pairs = find_continuing(register, prepared, asked or LIKELY_SHARE, but)
    if asked is not None:
        prepared = continued(prepared, pairs)
    prepared, again = leave_void_again(register, prepared, updating, asked)
    void = [*void, *again]
    before = mended_before(register, prepared)
    found = difference(register, prepared, act, before, void)
    if call.changes is not None:
        write_changes(call.changes, found.changes, found.other_lines())
    accepted = [r for r in prepared.rows if not r.quarantined]
    settled = settle(register, accepted, found.quarantined)
    others = other_layers(register, prepared) if mapping.layer is None else []
    against = against_rules(register, found.drafts)
    return _Work(prepared, mapping, act, found, settled, pairs, others, against)


def imports(path: Path) -> Result:
    """Every import: file, counts, who, when; what the latest of each layer lacks and warns of."""
    with open_register(path) as register:
        found = [
            {
                "import_id": r.record_id,
                "recorded_at": r.recorded_at,
                "author": r.author,
                "voided": r.action == "import.voided",
                **r.body,
            }
            for r in register.records("import")
        ]
        told = {"missing": missing(register), "warnings": warnings_of(register)}
    return {"imports": found, **told}


def _prepare(register: Register, call: ImportCall) -> tuple[Prepared, ImportMapping]:
    from landrelease.exchange import prepare, told_kept

    table, mapping = _source(register, call)
    outline = country.outline(register)
    prepared = prepare(
        table,
        mapping,
        country_bbox=country.bounds(register, outline),
        country_outline=outline,
        set_fields=dict(call.set_fields),
    )
    if call.mapping is None:
        prepared = told_kept(prepared, mapping)
    known = named_by_hand(register, recognised(register, guarded(register, prepared)))
    known = placed_before(register, known, mapping, call.set_fields)
    known = told_alike(register, of_their_kind(register, known))
    return told_on_known_ground(register, known), mapping


def _source(register: Register, call: ImportCall) -> tuple[SourceTable, ImportMapping]:
    """The rows and how they are read: by the mapping given, that of their import, or a guess."""
    from landrelease.exchange import guess_mapping, load_mapping, read_source

    if call.table is not None:
        mapping = fitted_mapping(register, call.table, None)
        return call.table, mapping or guess_mapping(call.table, call.kind)
    if call.file.exists() and call.file.samefile(register.path):
        # GDAL opening the register's own file would drop its locks
        raise InputError(
            "register_as_source",
            f"{call.file.name} is this register itself",
            "export its records and import those",
        )
    given = load_mapping(call.mapping) if call.mapping else None
    table, mapping = read_source(
        call.file, given, layer=call.layer, kind=call.kind, country=register.info().country
    )
    if given is None:
        mapping = with_known_identity(register, table, mapping)
    return table, fitted_mapping(register, table, given and mapping) or mapping


def _account(prepared: Prepared, found: Difference) -> Result:
    from landrelease.exchange.issues import cure, issue_terms

    accepted = found.added + found.changed + found.unchanged
    by_code = Counter(issue.code for issue in prepared.issues)
    return {
        "read": accepted + len(found.quarantined),
        "accepted": accepted,
        "added": found.added,
        "changed": found.changed,
        "unchanged": found.unchanged,
        "repaired": sum(row.repaired for row in prepared.rows),
        "quarantined": len(found.quarantined),
        "vanished": [one.record_id for one in found.vanished],
        "vanished_records": [asdict(one) for one in found.vanished],
        "held_up": [asdict(one) for one in found.held_up],
        "stay_void": [asdict(one) for one in found.stay_void],
        "changes": [change.as_dict() for change in found.changes],
        "issues": _issues(prepared, found),
        "contradictions": found.contradictions(),
        "by_code": dict(by_code.most_common()),
        "explained": {code: f"{issue_terms()[code]['says']}; {cure(code)}" for code in by_code},
        "layer": prepared.layer,
    }


def _issues(prepared: Prepared, found: Difference) -> list[Result]:
    """Every issue, with the record of its row."""
    records = {
        row.row: record_id for row, record_id in zip(prepared.rows, found.record_ids, strict=True)
    }
    return [
        {
            "row": issue.row,
            "id": issue.id,
            "record_id": records.get(issue.row or 0),
            "code": issue.code,
            "severity": issue.severity,
            "message": issue.message,
            "detail": issue.detail,
        }
        for issue in prepared.issues
    ]


def _act(call: ImportCall, mapping: ImportMapping, layer: str) -> Result:
    """The body of the import's own record."""
    digest = hashlib.sha256(call.file.read_bytes()).hexdigest() if call.file.is_file() else None
    return {
        "file_name": call.file.name,
        "sha256": digest,
        "layer": layer,
        "mapping": {**mapping.model_dump(exclude_defaults=True), "set": dict(call.set_fields)},
    }


def _write(
    register: Register, act: Result, found: Difference, rows: Settlement, by: str
) -> list[Entry]:
    """Write an import; return the inquiries that it opens."""
    opened: list[Entry] = []
    with register.write(by) as writer:
        waiting = [as_waiting(row, found.import_id, act["layer"]) for row in rows.fresh]
        body = {**act, "waiting_sha256": writer.quarantine(waiting)}
        writer.append([Draft("import", "import.recorded", body, found.import_id), *found.drafts])
        writer.resolve_quarantine([*rows.resolved, *rows.replaced], found.import_id)
        # an undated accident of a layer may be older than the release: a conflict, no inquiry
        signs = [d for d in found.drafts if d.kind in SIGNS and d.occurred_on]
        if signs:
            ids = [draft.record_id for draft in signs if draft.record_id]
            opened += writer.append(inquiries(register, register.some(ids)))
        releases = [d.record_id for d in found.drafts if d.kind in RELEASES and d.occurred_on]
        if releases:
            released = register.some(i for i in releases if i)
            opened += writer.append(late_inquiries(register, released))
    return opened
