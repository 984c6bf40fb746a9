"""Check that a layer shows what the ledger says, row by row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from landrelease.domain.kinds import kind_spec
from landrelease.register.contract import Problem
from landrelease.register.derive import standing_rows
from landrelease.register.inserting import quoted
from landrelease.register.layers import column_names, logged_row, row_values
from landrelease.register.state import ALL, of_kind, standing

_SLICE = 5_000


def layer_problems(connection: sqlite3.Connection, kind: str) -> list[Problem]:
    """Return what a layer shows otherwise than the ledger says."""
    names = column_names(kind)
    there = {row[1] for row in connection.execute(f'PRAGMA table_info("{kind}")')}
    if not there.issuperset(names):
        return [Problem("layer_missing", kind, "its table or a column is gone; rebuild makes it")]
    problems = []
    for part in _current(connection, kind):
        problems += _compared(connection, kind, part)
    found = [*problems, *_extra(connection, kind)]
    waiting = _awaiting_review(connection, kind) if found else frozenset()
    return [problem for problem in found if problem.id not in waiting]


def _awaiting_review(connection: sqlite3.Connection, kind: str) -> frozenset[str]:
    """Return the records and rows that differ only by logged edits, which a person will review.

    A row counts as logged when it stands as the last edit of it left it.
    """
    edits = connection.execute(
        "SELECT fid, record_id, before ->> '$.record_id', after FROM outside_edit"
        " WHERE NOT reviewed AND layer = ? ORDER BY edit_id",
        (kind,),
    ).fetchall()
    left = {fid: after for fid, *_, after in edits}
    rows = connection.execute(
        f'SELECT l.fid, {logged_row(kind_spec(kind), "l")} FROM "{kind}" AS l'
        " WHERE l.fid IN (SELECT value FROM json_each(?))",
        (json.dumps(list(left)),),
    )
    stands = dict(rows.fetchall())
    names = {
        name
        for fid, record_id, record_id_before, _ in edits
        if stands.get(fid) == left[fid]
        for name in (record_id, record_id_before, _row_name(kind, fid))
    }
    return frozenset(name for name in names if name)


def _row_name(kind: str, fid: int) -> str:
    return f"{kind} fid {fid}"


def _compared(connection: sqlite3.Connection, kind: str, part: Sequence[int]) -> list[Problem]:
    names, spec = column_names(kind), kind_spec(kind)
    due = {row.record_id: row_values(spec, row) for _, row in standing_rows(connection, part)}
    rows = connection.execute(
        f'SELECT {quoted(names)} FROM "{kind}" WHERE record_id IN (SELECT value FROM json_each(?))',
        (json.dumps(list(due)),),
    )
    at = names.index("record_id")
    shown = {row[at]: row for row in rows}
    problems = []
    for record_id, values in due.items():
        found = shown.get(record_id)
        if found is None:
            problems.append(Problem("layer_row_missing", record_id, f"not in layer {kind}"))
        elif found != values:
            text = f"layer {kind} differs in {_differing(names, found, values)}"
            problems.append(Problem("layer_differs", record_id, text))
    return problems


def _differing(names: Sequence[str], found: Sequence[Any], due: Sequence[Any]) -> str:
    return ", ".join(n for n, a, b in zip(names, found, due, strict=True) if a != b)


def _extra(connection: sqlite3.Connection, kind: str) -> list[Problem]:
    rows = connection.execute(
        f'SELECT l.fid, l.record_id FROM "{kind}" AS l LEFT JOIN record AS r'
        " ON r.record_id = l.record_id AND r.kind = ? WHERE r.current_entry_no IS NULL",
        (kind,),
    )
    return [
        Problem(
            "layer_row_extra",
            record_id or _row_name(kind, fid),
            f"layer {kind} shows it, the ledger does not",
        )
        for fid, record_id in rows
    ]


def _current(connection: sqlite3.Connection, kind: str) -> Iterator[list[int]]:
    rows = connection.execute(
        f"SELECT entry_no FROM ({standing(of_kind(kind))})",
        ALL,
    ).fetchall()
    numbers = [number for (number,) in rows]
    for start in range(0, len(numbers), _SLICE):
        yield numbers[start : start + _SLICE]
