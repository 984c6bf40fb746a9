"""What taking a layer in would change: rows that are new, changed, unchanged or vanished."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from landrelease.domain.canonical import body_sha256
from landrelease.domain.entries import Draft
from landrelease.domain.ids import named_record_id
from landrelease.domain.kinds import check_body, kind_spec
from landrelease.register import Register

if TYPE_CHECKING:
    from landrelease.exchange.prepare import Prepared, PreparedRow


@dataclass(frozen=True, slots=True)
class Difference:
    """Prepared rows, sorted by what taking them in would do.

    Attributes
    ----------
    import_id : str
        Id of the import, if it is written.
    drafts : list of Draft
        What would be written, each naming the import.
    quarantined : list of PreparedRow
        Rows that must wait.
    record_ids : list of str or None
        The record of each row, None where it waits.
    vanished : list of str
        Records that earlier imports of this layer brought and this file lacks; they stay.
    """

    import_id: str
    drafts: list[Draft]
    quarantined: list[PreparedRow]
    record_ids: list[str | None]
    added: int
    changed: int
    unchanged: int
    vanished: list[str]


def difference(register: Register, prepared: Prepared, act: Mapping[str, Any]) -> Difference:
    """Compare prepared rows with what the register holds.

    Parameters
    ----------
    prepared : Prepared
        Rows as read, mapped and checked.
    act : Mapping
        The import's own body: the same file (``sha256``) read in the same way brings no news,
        even where later files changed its records.
    """
    register_id = register.info().register_id
    accepted = [row for row in prepared.rows if not row.quarantined]
    ids = {row.row: named_record_id(register_id, row.identity) for row in accepted}
    import_id = str(uuid.uuid4())
    repeated = _taken_in_before(register, act)
    drafts, counts = (
        ([], Counter(unchanged=len(ids))) if repeated else _news(register, accepted, ids, import_id)
    )
    return Difference(
        import_id=import_id,
        drafts=drafts,
        quarantined=[row for row in prepared.rows if row.quarantined],
        record_ids=[ids.get(row.row) for row in prepared.rows],
        added=counts["added"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        vanished=[] if repeated else _vanished(register, prepared, set(ids.values())),
    )


def _taken_in_before(register: Register, act: Mapping[str, Any]) -> bool:
    same = ("sha256", "layer", "mapping")
    return any(
        all(earlier.body.get(name) == act.get(name) for name in same)
        for earlier in register.records("import")
    )


def _news(
    register: Register, rows: list[PreparedRow], ids: Mapping[int, str], import_id: str
) -> tuple[list[Draft], Counter[str]]:
    dates = register.dates(ids.values())
    held = {
        record_id: None if content is None else (content, dates.get(record_id))
        for record_id, content in register.contents(ids.values()).items()
    }
    repeated = {record_id for record_id, times in Counter(ids.values()).items() if times > 1}
    drafts: list[Draft] = []
    counts: Counter[str] = Counter()
    for row in rows:
        record_id = ids[row.row]
        before = held[record_id]
        # a new record that stands once in the file has nothing to be compared with
        after = _content(row) if before is not None or record_id in repeated else None
        if before is not None and before == after:
            counts["unchanged"] += 1
            continue
        counts["added" if before is None else "changed"] += 1
        action = row.action or (_later if before is not None else _first)(row.kind)
        drafts.append(
            Draft(
                row.kind,
                action,
                row.body,
                record_id,
                row.occurred_on,
                source_row=row.row,
                import_id=import_id,
            )
        )
        held[record_id] = after  # an id that stands twice in a file is one record
    return drafts, counts


def _content(row: PreparedRow) -> tuple[str, str | None]:
    """What tells two versions of a record apart: its body and its date."""
    return body_sha256(check_body(row.kind, row.body)), row.occurred_on


def _first(kind: str) -> str:
    return kind_spec(kind).first_action


def _later(kind: str) -> str:
    return "hazardous_area.amended" if kind == "hazardous_area" else "record.amended"


def _vanished(register: Register, prepared: Prepared, present: set[str]) -> list[str]:
    if not any(row.identity.startswith(("id:", "local:")) for row in prepared.rows):
        return []
    earlier = [r.record_id for r in register.records("import") if r.body["layer"] == prepared.layer]
    brought = {e.record_id for import_id in earlier for e in register.entries(import_id=import_id)}
    current = register.contents(brought - present - set(earlier))
    return sorted(record_id for record_id, content in current.items() if content is not None)
