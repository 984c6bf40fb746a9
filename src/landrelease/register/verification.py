"""Check that the ledger is whole and that the layers say what it says."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from landrelease.domain.canonical import entry_hash
from landrelease.domain.kinds import kind_spec, kinds
from landrelease.register.contract import Head, Problem, Verification
from landrelease.register.derive import standing_rows
from landrelease.register.layers import column_names, quoted, row_values
from landrelease.register.schema import ENTRY_COLUMNS
from landrelease.register.state import FOREVER, standing

_SLICE = 5_000


def verify(connection: sqlite3.Connection, head: str | None = None) -> Verification:
    """Check every hash, every chain and every layer; to be called inside a transaction."""
    chain = _Chain()
    for columns in _entries(connection):
        chain.add(columns)
    problems = [*chain.problems(head), *_head_problems(connection, chain)]
    for kind in kinds():
        problems += _layer_problems(connection, kind)
    edits = connection.execute("SELECT count(*) FROM outside_edit WHERE NOT reviewed").fetchone()[0]
    return Verification(chain.count, chain.heads(), tuple(problems), edits, chain.forks())


def _entries(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    rows = connection.execute(f"SELECT {', '.join(ENTRY_COLUMNS)} FROM entry ORDER BY entry_no")
    for row in rows:
        yield dict(zip(ENTRY_COLUMNS, row, strict=True))


class _Chain:
    """The tree of hashes, built one entry at a time."""

    def __init__(self) -> None:
        self.count = 0
        self._found: list[Problem] = []
        self._at: dict[str, tuple[str, int, str | None, str]] = {}

    def add(self, columns: dict[str, Any]) -> None:
        """Check one entry's hash and keep its place."""
        self.count += 1
        entry_id = str(columns["entry_id"])
        if any(isinstance(columns[name], (bytes, float)) for name in ENTRY_COLUMNS):
            self._found.append(Problem("hash_mismatch", entry_id, "a column has another type"))
        elif entry_hash(columns) != columns["hash"]:
            self._found.append(
                Problem("hash_mismatch", entry_id, "the entry is not as it was written")
            )
        place = (columns["replica"], columns["replica_seq"], columns["previous_hash"], entry_id)
        self._at[columns["hash"]] = place

    def problems(self, head: str | None) -> list[Problem]:
        """Return mismatches and breaks; with a head, whether it is in the tree."""
        found = list(self._found)
        for replica, seq, previous, entry_id in self._at.values():
            before = self._at.get(previous or "")
            whole = seq == 1 if previous is None else before is not None and before[1] == seq - 1
            if not whole:
                found.append(
                    Problem("chain_broken", entry_id, f"no entry {seq - 1} of {replica} before it")
                )
        if head is not None and head not in self._at:
            found.append(
                Problem("head_unknown", head, "the ledger does not hold it: its tail was cut")
            )
        return found

    def heads(self) -> tuple[Head, ...]:
        """Return the entries that no other follows."""
        followed = {previous for _, _, previous, _ in self._at.values()}
        ends = [Head(at[0], at[1], key) for key, at in self._at.items() if key not in followed]
        return tuple(sorted(ends, key=lambda h: (h.replica, h.seq, h.hash)))

    def forks(self) -> tuple[Head, ...]:
        """Return the entries that two entries of one replica follow."""
        seen: set[str] = set()
        forks = {}
        for _, _, previous, _ in self._at.values():
            if previous in seen and previous in self._at:
                at = self._at[previous]
                forks[previous] = Head(at[0], at[1], previous)
            seen.add(previous or "")
        return tuple(forks.values())


def _head_problems(connection: sqlite3.Connection, chain: _Chain) -> list[Problem]:
    rows = connection.execute("SELECT replica, seq, hash FROM head ORDER BY 1, 2, 3")
    kept = tuple(Head(*row) for row in rows)
    if kept == chain.heads():
        return []
    return [Problem("heads_differ", "head", "the kept heads are not the ends of the chains")]


def _layer_problems(connection: sqlite3.Connection, kind: str) -> list[Problem]:
    names = column_names(kind)
    try:
        shown = connection.execute(f'SELECT {quoted(names)} FROM "{kind}"').fetchall()
    except sqlite3.OperationalError:
        return [Problem("layer_missing", kind, "its table or a column is gone; rebuild makes it")]
    at = names.index("record_id")
    rows = {row[at]: row for row in shown}
    problems = (
        []
        if len(rows) == len(shown)
        else [Problem("layer_row_extra", kind, "rows without a record")]
    )
    for part in _current(connection, kind):
        for _, row in standing_rows(connection, part):
            found = rows.pop(row.record_id, None)
            if found is None:
                problems.append(Problem("layer_row_missing", row.record_id, f"not in layer {kind}"))
            elif found != row_values(kind_spec(kind), row):
                differs = _differing(names, found, row_values(kind_spec(kind), row))
                problems.append(
                    Problem("layer_differs", row.record_id, f"layer {kind} differs in {differs}")
                )
    extra = (
        Problem("layer_row_extra", str(key), f"layer {kind} shows it, the ledger does not")
        for key in rows
    )
    return [*problems, *extra]


def _differing(names: Sequence[str], found: Sequence[Any], due: Sequence[Any]) -> str:
    return ", ".join(n for n, a, b in zip(names, found, due, strict=True) if a != b)


def _current(connection: sqlite3.Connection, kind: str) -> Iterator[list[int]]:
    which = "v.record_no IN (SELECT record_no FROM record WHERE kind = :kind)"
    rows = connection.execute(
        f"SELECT entry_no FROM ({standing(which)})",
        {"kind": kind, "day": FOREVER, "known_us": FOREVER},
    ).fetchall()
    numbers = [number for (number,) in rows]
    for start in range(0, len(numbers), _SLICE):
        yield numbers[start : start + _SLICE]
