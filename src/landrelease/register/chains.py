"""Which entries of a replica come before which; a copied file may have grown two branches."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Protocol


class Link(Protocol):
    """An entry's place in its chain."""

    @property
    def replica(self) -> str:
        """The copy that wrote it."""

    @property
    def seq(self) -> int:
        """Its number there."""

    @property
    def hash(self) -> str:
        """Its own hash."""


class Chains:
    """The branches of each replica, read once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._before: dict[str, dict[str, str | None]] = {}
        self._parted: dict[str, int | None] = {}

    def follows(self, later: Link, earlier: Link) -> bool:
        """Whether an entry stands in the branch of a later one of the same replica."""
        if earlier.replica != later.replica or earlier.seq >= later.seq:
            return False
        parted = self._parted_at(later.replica)
        if parted is None or earlier.seq < parted:
            return True
        before = self._branches(later.replica, parted)
        found: str | None = later.hash
        for _ in range(later.seq - earlier.seq):
            found = before.get(found or "")
        return found == earlier.hash

    def _parted_at(self, replica: str) -> int | None:
        """The first number that two entries of a replica have; None where it never parted."""
        if replica not in self._parted:
            row = self._connection.execute(
                "SELECT min(replica_seq) FROM (SELECT replica_seq FROM entry WHERE replica = ?"
                " GROUP BY replica_seq HAVING count(*) > 1)",
                (replica,),
            ).fetchone()
            self._parted[replica] = row[0]
        return self._parted[replica]

    def _branches(self, replica: str, parted: int) -> dict[str, str | None]:
        if replica not in self._before:
            rows: Sequence[tuple[str, str | None]] = self._connection.execute(
                "SELECT hash, previous_hash FROM entry WHERE replica = ? AND replica_seq >= ?",
                (replica, parted),
            ).fetchall()
            self._before[replica] = dict(rows)
        return self._before[replica]
