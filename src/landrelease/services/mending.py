"""Rows that wait: listed, given out to be mended, and known again when they come back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landrelease.domain.canonical import canonical_json
from landrelease.errors import InputError, NotFoundError, check_is_new
from landrelease.register import QuarantineRow, Register, open_register
from landrelease.services.import_warnings import warnings_of
from landrelease.services.row_ids import named_ids, record_ids

if TYPE_CHECKING:
    from landrelease.exchange.mapping import ImportMapping
    from landrelease.exchange.prepare import Prepared, PreparedRow
    from landrelease.exchange.tables import SourceTable

Result = dict[str, Any]

#: An identity that is the content of the row as it was first read.
_BY_CONTENT = "row:"


def quarantine(path: Path, import_id: str | None = None) -> Result:
    """Rows that wait to be mended, each with its reason, and what was taken in with a warning."""
    with open_register(path) as register:
        rows = [waiting_json(row) for row in register.quarantine(import_id=import_id)]
        warnings = warnings_of(register, import_id)
    return {"count": len(rows), "rows": rows, "warnings": warnings}


def problems(code: str | None = None) -> Result:
    """Every code that an import can give, or one of them, with its meaning and cure.

    Raises
    ------
    NotFoundError
        There is no such code.
    """
    from landrelease.exchange import issue_terms

    terms = issue_terms()
    if code is not None and code not in terms:
        raise NotFoundError(
            "code_unknown", f"no problem is called {code!r}", "landrelease problems lists all"
        )
    found = [{"code": name, **terms[name]} for name in ([code] if code else sorted(terms))]
    return {"problems": found}


def give_out(
    path: Path, file: Path, *, import_id: str | None = None, layer: str | None = None
) -> Result:
    """Write the waiting rows of one layer to a file to be mended and imported again.

    Returns
    -------
    dict
        ``file``, ``count``, ``layer``, and how many rows are about people.

    Raises
    ------
    InputError
        Nothing waits, rows of several layers do (``layer_needed``), or the file is there already:
        it may hold an afternoon of mending.
    """
    from landrelease.exchange import WaitingRow, write_waiting

    check_is_new(file)
    with open_register(path) as register:
        rows = register.quarantine(import_id=import_id)
        systems = {one: system_of(register, one) for one in {row.import_id for row in rows}}
    layers = sorted({row.layer for row in rows if layer in (None, row.layer)})
    if not layers:
        raise InputError("quarantine_empty", "no such row waits", "see landrelease quarantine")
    if len(layers) > 1:
        raise InputError(
            "layer_needed",
            f"rows of {len(layers)} layers wait, each with columns of its own",
            f"name one with --layer: {', '.join(layers)}",
        )
    own = [row for row in rows if row.layer == layers[0]]
    write_waiting(
        file, [WaitingRow(row.token, row.raw, row.issues, systems[row.import_id]) for row in own]
    )
    personal = sum(row.private for row in own)
    return {"file": str(file), "count": len(own), "layer": layers[0], "personal": personal}


def system_of(register: Register, import_id: str) -> str | None:
    """Return the system of coordinates that an import's mapping named."""
    named: str | None = register.record(import_id).body.get("mapping", {}).get("crs")
    return named


def fitted_mapping(
    register: Register, table: SourceTable, given: ImportMapping | None
) -> ImportMapping | None:
    """The mapping for a file of mended rows: the one given, or that of their import.

    A file that holds no marks keeps the mapping that was given, or None.

    Raises
    ------
    InputError
        A mark is of no row of this register, or they are of several layers.
    """
    from landrelease.exchange import for_mended, mapping_of_import

    if not table.marks:
        return given
    known = _by_token([*register.quarantine(), *register.mended()])
    for number, mark in enumerate(table.marks, 1):
        if mark is not None and mark not in known:
            raise InputError(
                "quarantine_unknown",
                f"row {number}: quarantine_row {mark!r} is no row of this register's quarantine",
                "import it into the register it was given out by, or remove the column",
            )
    rows = [known[mark] for mark in table.marks if mark is not None]
    layers = {row.layer for row in rows}
    if len(layers) != 1:
        raise InputError(
            "layer_needed", "the rows come from several layers", "import one layer at a time"
        )
    mapping = given or mapping_of_import(register.record(rows[0].import_id).body["mapping"])
    return for_mended(table, mapping, layers.pop())


def recognised(register: Register, prepared: Prepared) -> Prepared:
    """Give mended rows without an id of their own the identity that they first had."""
    if not any(row.mark for row in prepared.rows):
        return prepared
    known = _by_token([*register.quarantine(), *register.mended()])
    rows = [_as_before(row, known.get(row.mark or "")) for row in prepared.rows]
    return replace(prepared, rows=rows)


def _as_before(row: PreparedRow, before: QuarantineRow | None) -> PreparedRow:
    by_content = before is not None and before.identity.startswith(_BY_CONTENT)
    return row._replace(identity=before.identity) if before is not None and by_content else row


@dataclass(frozen=True, slots=True)
class MendedBefore:
    """Rows that wait no more: they were mended, and come again as they first were.

    Attributes
    ----------
    records : dict
        The record of each such row by the row's number, None where it took another id.
    others : set of str
        What was mended together with rows that took another id: their records are among it.
    """

    records: dict[int, str | None]
    others: set[str]


def mended_before(register: Register, prepared: Prepared) -> MendedBefore:
    """Return the rows of a file that were mended before."""
    settled = _by_identity(register.mended())
    if not settled:
        return MendedBefore({}, set())
    rows = [r for r in prepared.rows if r.quarantined and not r.mark and r.identity in settled]
    again = [row for row in rows if any(_same(row, old) for old in settled[row.identity])]
    ids = record_ids(register, again)
    standing = register.contents(ids.values())
    again = [row for row in again if standing[ids[row.row]] is not None]
    elsewhere = {row.identity for row in prepared.rows if not row.quarantined}
    records = {row.row: None if row.identity in elsewhere else ids[row.row] for row in again}
    renamed = [old for row in again if records[row.row] is None for old in settled[row.identity]]
    others = register.mended_with(_numbers(renamed)) if renamed else set()
    return MendedBefore(records, others - named_ids(register, settled))


@dataclass(frozen=True, slots=True)
class Settlement:
    """What an import does to the quarantine.

    Attributes
    ----------
    fresh : list of PreparedRow
        Rows that begin to wait.
    resolved : list of int
        Waiting rows that the file brings mended.
    replaced : list of int
        Waiting rows that came again otherwise, and still cannot be taken in.
    """

    fresh: list[PreparedRow]
    resolved: list[int]
    replaced: list[int]

    def changes_nothing(self) -> bool:
        """Whether the quarantine stays as it is."""
        return not (self.fresh or self.resolved or self.replaced)


def settle(
    register: Register, accepted: Iterable[PreparedRow], kept_out: Iterable[PreparedRow]
) -> Settlement:
    """Compare the rows of a file with those that wait.

    A row with a mark stands for the waiting row of that mark; any other stands for those of its
    identity. What waits is resolved when its row can be taken in, unless the file still holds a row
    of the same identity that cannot.
    """
    waiting = register.quarantine()
    by_token, by_identity = _by_token(waiting), _by_identity(waiting)
    kept_out = list(kept_out)
    still = {row.identity for row in kept_out}
    resolved: list[QuarantineRow] = []
    for row in accepted:
        if row.mark in by_token:
            resolved.append(by_token[row.mark])
        elif not row.mark and row.identity not in still:
            resolved += [one for name in _known_as(row) for one in by_identity.get(name, [])]
    fresh, replaced = [], []
    for row in kept_out:
        before = by_identity.get(row.identity, [])
        if row.mark or any(_same(row, old) for old in before):
            continue
        fresh.append(row)
        replaced += before if len(before) == 1 else []
    return Settlement(fresh, _numbers(resolved), _numbers(replaced))


def _known_as(row: PreparedRow) -> Iterator[str]:
    """What a row may have waited as: by its local id, before somebody recorded it by hand."""
    yield row.identity
    if row.local_id and row.identity.startswith("record:"):
        yield f"local:{row.kind}:{row.local_id}"


def _numbers(rows: Iterable[QuarantineRow]) -> list[int]:
    return list(dict.fromkeys(row.quarantine_id for row in rows if row.quarantine_id is not None))


def _by_token(rows: Iterable[QuarantineRow]) -> dict[str | None, QuarantineRow]:
    return {row.token: row for row in rows}


def _by_identity(rows: Iterable[QuarantineRow]) -> Mapping[str, list[QuarantineRow]]:
    found: defaultdict[str, list[QuarantineRow]] = defaultdict(list)
    for row in rows:
        found[row.identity].append(row)
    return dict(found)


def _same(row: PreparedRow, waiting: QuarantineRow) -> bool:
    """Whether a row is as it was when it was put to wait; unknown where its words lie elsewhere."""
    if is_elsewhere(waiting):
        return True
    as_kept: Any = json.loads(canonical_json(row.raw))
    return bool(as_kept == waiting.raw)


def is_elsewhere(row: QuarantineRow) -> bool:
    """Whether the words of a row are in the file of identities, which is not here."""
    return row.private and set(row.raw) == {"identity"}


def as_waiting(row: PreparedRow, import_id: str, layer: str) -> QuarantineRow:
    """A prepared row as the quarantine keeps it."""
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


def waiting_json(row: QuarantineRow) -> Result:
    """A waiting row as JSON, with its worst problem and what cures it."""
    from landrelease.exchange.issues import cure

    return {
        "quarantine_row": row.token,
        "import_id": row.import_id,
        "layer": row.layer,
        "row": row.row,
        "kind": row.kind,
        "local_id": row.local_id,
        "code": row.worst["code"],
        "message": row.worst["message"],
        "cure": cure(row.worst["code"]),
        "issues": list(row.issues),
        "raw": dict(row.raw),
    }
