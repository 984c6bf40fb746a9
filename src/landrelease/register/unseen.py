"""Versions that a void never saw: two copies wrote apart, and one of them voided the record.

A void takes out what was recorded until then. What tells of a hazard, or holds land back, stays
where another copy wrote it and the void cannot have seen it, with the versions that it replaced: a
hazard does not leave the list because somebody voided an older word of it. Whoever then voids the
record has both in view.
What a void saw follows from the ledger alone (its chain, and the versions that it replaced), so
the order of arrival changes nothing.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from landrelease.register.chains import Chains
from landrelease.register.state import VOID

#: What tells of a hazard, or holds land back; a void of a product brings its hazard back.
_KINDS = "'hazardous_area', 'accident', 'indication', 'non_conformity'"
_ROWS = f"""
SELECT v.record_no, r.record_id, v.entry_no, v.entry_id, v.role, v.recorded_us, v.received_us,
  e.supersedes, e.replica, e.replica_seq, e.hash, (
    SELECT min(u.received_us) FROM undone AS u WHERE u.scope = 'import'
    AND u.target_no = v.import_no AND v.recorded_us <= u.recorded_us)
FROM record AS r JOIN version AS v USING (record_no) JOIN entry AS e USING (entry_no)
WHERE r.kind IN ({_KINDS}) AND EXISTS (
  SELECT 1 FROM version AS o WHERE o.record_no = r.record_no AND o.role = {VOID})
"""


class Spared(NamedTuple):
    """A version that a void by its time alone would take out.

    Attributes
    ----------
    voided_us : int or None
        When it was taken out all the same, by another void that saw it or with its import.
    met_us : int
        When this register held both the version and every void of its record.
    """

    record_no: int
    record_id: str
    entry_id: str
    voided_us: int | None
    met_us: int


class _Version(NamedTuple):
    record_no: int
    record_id: str
    entry_no: int
    entry_id: str
    role: int
    recorded_us: int
    received_us: int
    supersedes: str | None
    replica: str
    seq: int
    hash: str
    import_undone_us: int | None


def spare_touched(connection: sqlite3.Connection) -> None:
    """Let stand what voids never saw among the touched records, after they were marked by time."""
    found = spared(connection, " AND r.record_no IN (SELECT record_no FROM touched)")
    connection.executemany(
        "UPDATE version SET voided_us = ? WHERE record_no = ? AND entry_id = ?",
        [(one.voided_us, one.record_no, one.entry_id) for one in found],
    )


def spared(connection: sqlite3.Connection, which: str = "") -> list[Spared]:
    """Return the versions that some void of their record never saw; none in a single chain.

    Parameters
    ----------
    which : str
        A further condition on the record ``r`` in SQL; never made of what a user typed.
    """
    if connection.execute("SELECT count(*) FROM head").fetchone()[0] < 2:
        return []
    records: dict[int, list[_Version]] = defaultdict(list)
    for row in connection.execute(_ROWS + which).fetchall():
        records[row[0]].append(_Version(*row))
    chains = Chains(connection)
    return [one for versions in records.values() for one in _spared_of(versions, chains)]


def _spared_of(versions: Sequence[_Version], chains: Chains) -> Iterator[Spared]:
    by_id = {version.entry_id: version for version in versions}
    states = [version for version in versions if version.role != VOID]
    voids = [version for version in versions if version.role == VOID]
    kept = {void.entry_id: _kept_from(void, states, by_id, chains) for void in voids}
    for version in states:
        if not any(version.entry_id in one for one in kept.values()):
            continue
        times = [
            void.received_us
            for void in voids
            if version.recorded_us <= void.recorded_us
            and version.entry_id not in kept[void.entry_id]
        ]
        if version.import_undone_us is not None:
            times.append(version.import_undone_us)
        met_us = max(one.received_us for one in (version, *voids))
        names = (version.record_no, version.record_id, version.entry_id)
        yield Spared(*names, min(times, default=None), met_us)


def _kept_from(
    void: _Version, states: Sequence[_Version], by_id: Mapping[str, _Version], chains: Chains
) -> set[str]:
    """The versions that a void never saw, with those that they replaced: their past stays."""
    seen = list(_behind(void, by_id))
    unseen = [
        version
        for version in states
        if version.recorded_us <= void.recorded_us and not _among(version, seen, chains)
    ]
    return {one.entry_id for version in unseen for one in _behind(version, by_id)}


def _behind(version: _Version, by_id: Mapping[str, _Version]) -> Iterator[_Version]:
    """A version, the one that it replaced, and what that replaced."""
    at: _Version | None = version
    passed: set[str] = set()
    while at is not None and at.entry_id not in passed:
        yield at
        passed.add(at.entry_id)
        at = by_id.get(at.supersedes or "")


def _among(version: _Version, seen: Sequence[_Version], chains: Chains) -> bool:
    return any(one.entry_id == version.entry_id or chains.follows(one, version) for one in seen)
