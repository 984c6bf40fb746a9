"""Versions that two people changed apart: one version replaced twice, neither seeing the other.

A correction dated before later versions replaces a version that one of those replaced too; whoever
wrote it had them all in view, so that is no conflict.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby
from typing import NamedTuple

from landrelease.domain.actions import REPEATING
from landrelease.domain.land import Conflict


class _Change(NamedTuple):
    """An entry that replaces a version which another entry replaces too."""

    supersedes: str
    record_id: str
    entry_id: str
    action: str
    recorded_at: str
    received_at: str
    replica: str
    seq: int
    hash: str


_CHANGES = """
SELECT supersedes, record_id, entry_id, action, recorded_at, received_at, replica, replica_seq, hash
FROM entry WHERE supersedes IN (SELECT supersedes FROM entry WHERE supersedes IS NOT NULL
  GROUP BY supersedes HAVING count(*) > 1)
ORDER BY supersedes, recorded_at, entry_id
"""
_JUDGED = """
SELECT 1 FROM record AS r JOIN version AS v USING (record_no) JOIN entry AS e USING (entry_no)
WHERE r.record_id = ? AND e.recorded_at > ?
"""


def changed_apart(connection: sqlite3.Connection) -> Iterator[Conflict]:
    """Yield the records that two people changed apart, and nobody has settled since."""
    chains = _Chains(connection)
    rows = (_Change(*row) for row in connection.execute(_CHANGES).fetchall())
    for _, group in groupby(rows, key=lambda change: change.supersedes):
        changes = list(group)
        if all(change.action in REPEATING for change in changes):
            continue
        if not any(_apart(*pair, chains) for pair in combinations(changes, 2)):
            continue
        record_id, last = changes[0].record_id, max(change.received_at for change in changes)
        if connection.execute(_JUDGED, (record_id, last)).fetchone() is None:
            text = "two people changed the same version apart"
            yield Conflict("versions_conflict", (record_id,), text)


def _apart(earlier: _Change, later: _Change, chains: _Chains) -> bool:
    written_here = later.received_at == later.recorded_at
    if written_here and earlier.received_at <= later.recorded_at:
        return False
    return earlier.replica != later.replica or not chains.follows(later, earlier)


class _Chains:
    """Which entries of a replica come before which; a copied file may have grown two branches."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._before: dict[str, dict[str, str | None]] = defaultdict(dict)

    def follows(self, later: _Change, earlier: _Change) -> bool:
        """Whether an entry stands in the branch of a later one."""
        before = self._read(later.replica)
        found: str | None = later.hash
        for _ in range(later.seq - earlier.seq):
            found = before.get(found or "")
        return found == earlier.hash

    def _read(self, replica: str) -> dict[str, str | None]:
        if replica not in self._before:
            rows: Sequence[tuple[str, str | None]] = self._connection.execute(
                "SELECT hash, previous_hash FROM entry WHERE replica = ?", (replica,)
            ).fetchall()
            self._before[replica] = dict(rows)
        return self._before[replica]
