"""Check that the ledger is whole and that the layers say what it says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from landrelease.domain.canonical import entry_hash
from landrelease.domain.kinds import kind_spec, kinds
from landrelease.errors import LandReleaseError
from landrelease.register.contract import Head, Problem, Verification
from landrelease.register.derive import standing_rows
from landrelease.register.derived_check import derived_problems
from landrelease.register.layers import column_names, quoted, row_values
from landrelease.register.schema import ENTRY_COLUMNS
from landrelease.register.state import FOREVER, standing

_SLICE = 5_000
_WHOLE_NUMBERS = frozenset({"replica_seq", "source_row"})


def verify(connection: sqlite3.Connection, head: str | None = None) -> Verification:
    """Check every hash, every chain and every layer; to be called inside a transaction."""
    try:
        return _verify(connection, head)
    except sqlite3.OperationalError:
        # some text is no UTF-8 any more: read it all the same, so that it can be named
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        try:
            return _verify(connection, head)
        finally:
            connection.text_factory = str


def _verify(connection: sqlite3.Connection, head: str | None) -> Verification:
    chain = _Chain()
    for columns in _entries(connection):
        chain.add(columns)
    problems = [*chain.problems(head), *_head_problems(connection, chain)]
    for kind in kinds():
        problems += _checked(kind, _layer_problems, connection, kind)
    problems += _checked("version", derived_problems, connection)
    query = "SELECT count(*) FROM outside_edit WHERE NOT reviewed"
    edits = connection.execute(query).fetchone()[0]
    return Verification(chain.count, chain.heads(), tuple(problems), edits, chain.forks())


def _checked(what: str, check: Callable[..., list[Problem]], *given: Any) -> list[Problem]:
    try:
        return check(*given)
    except (ValueError, KeyError, TypeError, LandReleaseError, sqlite3.DatabaseError) as problem:
        return [Problem("check_failed", what, f"cannot be compared with the ledger: {problem}")]


def _entries(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    rows = connection.execute(f"SELECT {', '.join(ENTRY_COLUMNS)} FROM entry ORDER BY entry_no")
    for row in rows:
        yield dict(zip(ENTRY_COLUMNS, row, strict=True))


def _is_as_written(columns: dict[str, Any]) -> bool:
    for name, value in columns.items():
        expected = int if name in _WHOLE_NUMBERS else str
        if value is not None and not isinstance(value, expected):
            return False
    try:
        return bool(entry_hash(columns) == columns["hash"])
    except LandReleaseError:  # text that no encoding can carry
        return False


def _follows(before: Any, after: Any) -> bool:
    return isinstance(before, int) and isinstance(after, int) and before + 1 == after


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
        if not _is_as_written(columns):
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
            # the numbers may be damaged to text, so none is reckoned with
            whole = (
                seq == 1 if previous is None else before is not None and _follows(before[1], seq)
            )
            if not whole:
                text = f"no entry of replica {replica} stands before number {seq}"
                found.append(Problem("chain_broken", entry_id, text))
        if head is not None and head not in self._at:
            found.append(
                Problem("head_unknown", head, "the ledger does not hold it: its tail was cut")
            )
        return found

    def heads(self) -> tuple[Head, ...]:
        """Return the entries that no other follows."""
        followed = {previous for _, _, previous, _ in self._at.values()}
        ends = [Head(at[0], at[1], key) for key, at in self._at.items() if key not in followed]
        return tuple(sorted(ends, key=lambda h: (h.replica, str(h.seq), h.hash)))

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
