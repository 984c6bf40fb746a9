"""What whoever wrote a version had in view: its chain, and the versions that were replaced there.

That follows from the ledger alone, so the order in which copies are merged changes nothing.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from landrelease.register.chains import Chains, Link
from landrelease.register.state import VOID

#: The columns of `Version`.
COLUMNS = (
    "v.record_no, r.record_id, r.kind, v.entry_no, v.entry_id, v.role, v.recorded_us,"
    " v.received_us, v.import_no, e.supersedes, e.replica, e.replica_seq, e.hash"
)


class Version(NamedTuple):
    """A version of a record, or a void of it, with its place in its chain."""

    record_no: int
    record_id: str
    kind: str
    entry_no: int
    entry_id: str
    role: int
    recorded_us: int
    received_us: int
    import_no: int | None
    supersedes: str | None
    replica: str
    seq: int
    hash: str

    @property
    def is_void(self) -> bool:
        """Whether it takes its record out of the state."""
        return self.role == VOID


class Views:
    """The versions of one record, its voids among them, and what each of them saw."""

    def __init__(self, versions: Sequence[Version], chains: Chains) -> None:
        self.states = [one for one in versions if not one.is_void]
        self.voids = [one for one in versions if one.is_void]
        self._versions, self._chains = versions, chains
        self._by_id = {one.entry_id: one for one in versions}
        self._seen: dict[str, Collection[Version]] = {}

    def saw(self, later: Version, earlier: Link) -> bool:
        """Whether a version was written in view of an entry, of this record or another."""
        return any(
            one.hash == earlier.hash or self._chains.follows(one, earlier)
            for one in self._view(later)
        )

    def behind(self, version: Version) -> Iterator[Version]:
        """A version, the one that it replaced, and what that replaced."""
        at: Version | None = version
        passed: set[str] = set()
        while at is not None and at.entry_id not in passed:
            yield at
            passed.add(at.entry_id)
            at = self._by_id.get(at.supersedes or "")

    def _view(self, version: Version) -> Collection[Version]:
        if version.entry_id not in self._seen:
            found, open_ends = {version.entry_id: version}, [version]
            while open_ends:
                at = open_ends.pop()
                for one in self._versions:
                    if one.entry_id not in found and self._leads(at, one):
                        found[one.entry_id] = one
                        open_ends.append(one)
            self._seen[version.entry_id] = found.values()
        return self._seen[version.entry_id]

    def _leads(self, later: Version, earlier: Version) -> bool:
        return later.supersedes == earlier.entry_id or self._chains.follows(later, earlier)


def views_of(connection: sqlite3.Connection, rows: Iterable[Sequence[Any]]) -> Iterator[Views]:
    """Yield what was in view of rows of `COLUMNS`, record by record."""
    records: dict[int, list[Version]] = defaultdict(list)
    for row in rows:
        records[row[0]].append(Version(*row))
    chains = Chains(connection)
    yield from (Views(versions, chains) for versions in records.values())


def parted(connection: sqlite3.Connection) -> bool:
    """Whether copies ever wrote apart: a single chain has one end."""
    return bool(connection.execute("SELECT count(*) > 1 FROM head").fetchone()[0])
