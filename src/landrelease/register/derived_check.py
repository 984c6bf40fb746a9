"""Check that the tables which answer questions about old dates follow from the ledger."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from landrelease.register.contract import Problem
from landrelease.register.derive import (
    LAST_LOCAL_ID,
    VERSION_COLUMNS,
    Entered,
    due,
    version_values,
)
from landrelease.register.rebuilding import entered_batches
from landrelease.register.state import ALL, VOID, microseconds, standing
from landrelease.register.unseen import written_apart

_DAYS = 3
_ROLE = VERSION_COLUMNS.index("role")
_AREA_M2 = VERSION_COLUMNS.index("area_m2")

_VOIDED = """
SELECT v.entry_id, v.voided_us FROM version AS v WHERE v.voided_us IS NOT (
  SELECT min(u.received_us) FROM undone AS u WHERE v.recorded_us <= u.recorded_us
    AND ((u.scope = 'record' AND u.target_no = v.record_no)
      OR (u.scope = 'import' AND u.target_no = v.import_no)))
"""
_HELD = """
SELECT entry_id, voided_us FROM version WHERE entry_id IN (SELECT value FROM json_each(?))
"""
_VOIDS = """
SELECT substr(action, 1, 6), record_no, recorded_at, received_at FROM entry
JOIN record USING (record_id) WHERE action IN ('record.voided', 'import.voided')
"""
#: Records that no entry made: every one has a version, or is the import of one.
_STRAY = """
SELECT r.record_id FROM record AS r WHERE NOT EXISTS (
  SELECT 1 FROM version AS v WHERE v.record_no = r.record_no)
  AND r.record_no NOT IN (SELECT import_no FROM version WHERE import_no IS NOT NULL)
"""
#: Records that do not stand and go by another local id than their last state.
_CALLED = f"""
SELECT r.record_id FROM record AS r WHERE r.current_entry_no IS NULL
  AND r.local_id IS NOT {LAST_LOCAL_ID}
"""
_COUNTS = "SELECT (SELECT count(*) FROM entry) - (SELECT count(*) FROM version)"
_CURRENT = f"""
SELECT r.record_id FROM record AS r LEFT JOIN ({standing("1")}) AS s USING (record_no)
WHERE r.current_entry_no IS NOT s.entry_no
"""


def derived_problems(connection: sqlite3.Connection) -> list[Problem]:
    """Return what the derived tables hold that does not follow from the ledger."""
    found: list[str] = []
    former: set[tuple[str, str]] = set()
    for batch in entered_batches(connection):
        found += _differing(connection, batch, former)
    found += _former_differing(connection, former)
    found += _voided_otherwise(connection)
    for query in (_STRAY, _CALLED):
        found += [one for (one,) in connection.execute(query)]
    found += [record_id for (record_id,) in connection.execute(_CURRENT, ALL)]
    if connection.execute(_COUNTS).fetchone()[0] or not _undone_agrees(connection):
        found.append("version")
    text = "an answer about a date may be wrong; rebuild makes the tables anew"
    return [Problem("derived_differs", one, text) for one in dict.fromkeys(found)]


def _voided_otherwise(connection: sqlite3.Connection) -> Iterator[str]:
    """Entries that were not voided when their voids say, save what those never saw."""
    due = {one.entry_id: one.voided_us for one in written_apart(connection)}
    odd = dict(connection.execute(_VOIDED))
    kept = dict(connection.execute(_HELD, (json.dumps(list(due)),)))
    yield from (entry_id for entry_id in odd if entry_id not in due)
    yield from (entry_id for entry_id, when in due.items() if kept.get(entry_id) != when)


def _undone_agrees(connection: sqlite3.Connection) -> bool:
    voids = connection.execute(_VOIDS).fetchall()
    due_rows = [(*row[:2], *map(microseconds, row[2:])) for row in voids]
    return Counter(due_rows) == Counter(connection.execute("SELECT * FROM undone").fetchall())


def _former_differing(connection: sqlite3.Connection, due_ids: set[tuple[str, str]]) -> list[str]:
    kept = connection.execute(
        "SELECT coalesce(r.record_id, 'former_id'), f.local_id"
        " FROM former_id AS f LEFT JOIN record AS r USING (record_no)"
    )
    return sorted({record_id for record_id, _ in set(kept) ^ due_ids})


def _differing(
    connection: sqlite3.Connection, batch: Sequence[Entered], former: set[tuple[str, str]]
) -> list[str]:
    """Entries of which something differs; former local ids of records are added to a set."""
    kept = _kept(connection, batch)
    days_before = _days_of_superseded(connection, batch)
    areas_m2, land = due(batch)
    found = []
    for e, area_m2 in zip(batch, areas_m2, strict=True):
        values = version_values(e, area_m2)
        if e.entry.occurred_on is None and e.entry.supersedes in days_before:
            day = max(values[-1], days_before[e.entry.supersedes])
            values = (*values[:-_DAYS], day, day, day)
        row = kept.get(e.entry_no)
        if row is not None and (called := _former_id(e, values, row[1])):
            former.add((e.entry.record_id, called))
        if row is None or not _same(values, row[0]) or not _is_of(e, row[1]):
            found.append(e.entry.entry_id)
    return [*found, *_land_differing(connection, batch, land)]


def _land_differing(
    connection: sqlite3.Connection, batch: Sequence[Entered], land: Sequence[tuple[Any, ...]]
) -> list[str]:
    ends = (batch[0].entry_no, batch[-1].entry_no)
    rows = connection.execute("SELECT * FROM land WHERE entry_no BETWEEN ? AND ?", ends)
    ids = {e.entry_no: e.entry.entry_id for e in batch}
    return sorted({ids.get(row[0], "land") for row in set(rows) ^ set(land)})


class _Told(NamedTuple):
    """What is kept of an entry's record and of its import."""

    kind: str
    local_id: str | None
    current_no: int | None
    import_id: str | None
    voided_us: int | None


def _is_of(e: Entered, told: _Told) -> bool:
    called = told.current_no != e.entry_no or told.local_id == e.body.get("local_id")
    return called and told.kind == e.entry.kind and told.import_id == e.entry.import_id


def _former_id(e: Entered, values: tuple[Any, ...], told: _Told) -> str | None:
    """The local id that a version gave its record, if the record goes by another."""
    called: str | None = e.body.get("local_id")
    counts = values[_ROLE] < VOID and told.voided_us is None
    return called if counts and called != told.local_id else None


def _same(values: tuple[Any, ...], kept: tuple[Any, ...]) -> bool:
    area_m2, kept_m2 = values[_AREA_M2], kept[_AREA_M2]
    if area_m2 is None or kept_m2 is None:
        return values == kept
    rest = [i for i in range(len(values)) if i != _AREA_M2]
    close = math.isclose(area_m2, kept_m2, rel_tol=1e-9, abs_tol=1e-6)
    return close and all(values[i] == kept[i] for i in rest)


def _kept(
    connection: sqlite3.Connection, batch: Sequence[Entered]
) -> Mapping[int, tuple[tuple[Any, ...], _Told]]:
    """The version of each entry, and what is kept of its record and its import."""
    columns = ", ".join(f"v.{name}" for name in VERSION_COLUMNS)
    rows = connection.execute(
        f"SELECT {columns}, r.kind, r.local_id, r.current_entry_no, i.record_id,"
        " v.voided_us"
        " FROM entry AS e JOIN record AS r USING (record_id)"
        " JOIN version AS v ON v.record_no = r.record_no AND v.entry_id = e.entry_id"
        " LEFT JOIN record AS i ON i.record_no = v.import_no"
        " WHERE e.entry_no BETWEEN ? AND ?",
        (batch[0].entry_no, batch[-1].entry_no),
    )
    width = len(VERSION_COLUMNS)
    return {row[0]: (row[:width], _Told(*row[width:])) for row in rows}


def _days_of_superseded(
    connection: sqlite3.Connection, batch: Sequence[Entered]
) -> Mapping[str | None, int]:
    wanted = [e.entry.supersedes for e in batch if e.entry.occurred_on is None]
    rows = connection.execute(
        "SELECT e.entry_id, v.effective_day FROM entry AS e JOIN record AS r USING (record_id)"
        " JOIN version AS v ON v.record_no = r.record_no AND v.entry_id = e.entry_id"
        " WHERE e.entry_id IN (SELECT value FROM json_each(?))",
        (json.dumps([one for one in wanted if one]),),
    )
    return dict(rows.fetchall())
