"""Versions that two people changed apart: one version replaced twice, neither seeing the other.

A correction dated before later versions replaces a version that one of those replaced too; whoever
wrote it had them all in view, so that is no conflict.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from itertools import combinations, groupby
from typing import NamedTuple

from landrelease.domain.actions import REPEATING
from landrelease.domain.land import Conflict
from landrelease.register.chains import Chains
from landrelease.register.state import moment_text
from landrelease.register.unseen import written_apart


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
_VOID = "record.voided"

#: What became of a record that one person voided and another wrote apart: whether it stands.
_BECAME = {
    True: "it stands until somebody voids or amends it in view of both",
    False: "it stays void until somebody records it again in view of both",
}
_STANDS = "SELECT current_entry_no IS NOT NULL FROM record WHERE record_id = ?"
_JUDGED = """
SELECT 1 FROM record AS r JOIN version AS v USING (record_no) JOIN entry AS e USING (entry_no)
WHERE r.record_id = ? AND e.recorded_at > ?
"""


def changed_apart(connection: sqlite3.Connection) -> Iterator[Conflict]:
    """Yield the records that two people changed apart, and nobody has settled since."""
    told = []
    for record_id, changes in _groups(connection):
        last = max(change.received_at for change in changes)
        if not _judged(connection, record_id, last):
            told.append(record_id)
            if any(change.action == _VOID for change in changes):
                yield _with_void(connection, record_id)
            else:
                text = "two people changed the same version apart"
                yield Conflict("versions_conflict", (record_id,), text)
    yield from _voided_apart(connection, told)


def _groups(connection: sqlite3.Connection) -> Iterator[tuple[str, list[_Change]]]:
    """Records with the entries that replaced one version of theirs apart."""
    chains = Chains(connection)
    rows = (_Change(*row) for row in connection.execute(_CHANGES).fetchall())
    for _, group in groupby(rows, key=lambda change: change.supersedes):
        changes = list(group)
        acts = {change.action for change in changes}
        if acts <= REPEATING or acts == {_VOID}:  # two voids agree
            continue
        if any(_apart(*pair, chains) for pair in combinations(changes, 2)):
            yield changes[0].record_id, changes


def _voided_apart(connection: sqlite3.Connection, told: Collection[str]) -> Iterator[Conflict]:
    """Records of which a void never saw a version, where no version has two followers."""
    for one in written_apart(connection):
        if one.to_judge and one.record_id not in told:
            told = {*told, one.record_id}
            if not _judged(connection, one.record_id, moment_text(one.met_us)):
                yield _with_void(connection, one.record_id)


def _with_void(connection: sqlite3.Connection, record_id: str) -> Conflict:
    became = _BECAME[bool(connection.execute(_STANDS, (record_id,)).fetchone()[0])]
    text = f"one person voided the record, another wrote it apart: {became}"
    return Conflict("versions_conflict", (record_id,), text)


def _judged(connection: sqlite3.Connection, record_id: str, last: str) -> bool:
    return connection.execute(_JUDGED, (record_id, last)).fetchone() is not None


def _apart(earlier: _Change, later: _Change, chains: Chains) -> bool:
    written_here = later.received_at == later.recorded_at
    if written_here and earlier.received_at <= later.recorded_at:
        return False
    return not chains.follows(later, earlier)
