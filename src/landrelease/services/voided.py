"""Rows of records that a person voided: no file brings such a record back by saying it again.

A row that repeats what its file said before leaves the record void, and is told; one that says
something new waits for a person. A record that went with its import alone is none of these.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from landrelease.domain.entries import Draft, Entry
from landrelease.domain.kinds import check_body
from landrelease.register import Register
from landrelease.services.placed_before import ABSENT, lacks_place_alone
from landrelease.services.row_ids import record_ids
from landrelease.services.updating import Updating

if TYPE_CHECKING:
    from landrelease.exchange import Issue, Prepared
    from landrelease.exchange.prepare import PreparedRow


@dataclass(frozen=True, slots=True)
class StaysVoid:
    """A row that says nothing new of a record, and who voided that, when (UTC) and why."""

    row: int
    record_id: str
    local_id: str | None
    kind: str
    voided_by: str
    voided_at: str
    why: str | None


def leave_void(
    register: Register, prepared: Prepared, updating: Updating, only: Container[int] | None = None
) -> tuple[Prepared, list[StaysVoid]]:
    """Put rows to wait that say something new of records voided by hand; list those that do not.

    ``only`` are the numbers of the rows to look at, where these are not all.
    """
    stay: list[StaysVoid] = []
    changed: dict[int, PreparedRow] = {}
    raised: list[Issue] = []
    settled: set[int] = set()
    for row, record_id, entry in _voided(register, updating, prepared):
        if only is not None and row.row not in only:
            continue
        if not _repeats(updating, row, record_id):
            changed[row.row] = _waiting(row, entry)
            raised.append(changed[row.row].issues[-1])
            continue
        stay.append(_staying(row, record_id, entry))
        if row.quarantined:  # its record keeps its place as it keeps all else
            kept = tuple(one for one in row.issues if one.code not in ABSENT)
            changed[row.row] = row._replace(quarantined=False, issues=kept)
            settled.add(row.row)
    if not changed:
        return prepared, stay
    rows = [changed.get(row.row, row) for row in prepared.rows]
    kept_issues = [i for i in prepared.issues if i.row not in settled or i.code not in ABSENT]
    return replace(prepared, rows=rows, issues=[*kept_issues, *raised]), stay


def _voided(
    register: Register, updating: Updating, prepared: Prepared
) -> Iterator[tuple[PreparedRow, str, Entry]]:
    """Rows whose record a person voided, with the entry that did it."""
    rows = [row for row in prepared.rows if not row.quarantined or lacks_place_alone(row)]
    ids = record_ids(register, rows)
    fallen = register.fallen(ids.values())
    voided = updating.voided(fallen)
    for row in rows:
        record_id = ids[row.row]
        if record_id in voided and fallen[record_id] == row.kind:
            yield row, record_id, voided[record_id].entry


def _repeats(updating: Updating, row: PreparedRow, record_id: str) -> bool:
    said = updating.said(record_id, row.kind, row.occurred_on)
    if said is None or updating.is_news_of_date(row.kind, row.occurred_on, said):
        return False
    body = check_body(row.kind, row.body)
    draft = Draft(row.kind, row.action or "", row.body)
    spoken = updating.spoken_of(draft, {**said.words, **body}, said.words)
    return all(body.get(name) == said.words.get(name) for name in spoken)


def _staying(row: PreparedRow, record_id: str, entry: Entry) -> StaysVoid:
    return StaysVoid(
        row.row,
        record_id,
        row.local_id,
        row.kind,
        entry.author,
        entry.recorded_at,
        entry.reason,
    )


def who_voided(entry: Entry) -> str:
    """Who voided a record, when, and why."""
    return f"by {entry.author}, {entry.recorded_at[:10]}, «{entry.reason}»"


def _waiting(row: PreparedRow, entry: Entry) -> PreparedRow:
    from landrelease.exchange import issue

    detail = who_voided(entry)
    own = row.source_id or row.local_id
    return row._replace(
        quarantined=True, issues=(*row.issues, issue("record_voided", row.row, detail, id=own))
    )
