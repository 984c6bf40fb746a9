"""Versions that copies of a register wrote apart, neither seeing the other's.

What an entry saw follows from its chain, so the order in which copies are merged changes nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from typing import Any, NamedTuple

from landrelease.domain.words import join
from landrelease.register.chains import Chains
from landrelease.register.contract import Record
from landrelease.register.words import TEXT

_SINCE_PARTING = f"""
WITH parted AS (SELECT replica, min(replica_seq) AS first FROM (
  SELECT replica, replica_seq FROM entry GROUP BY replica, replica_seq HAVING count(*) > 1)
  GROUP BY replica)
SELECT e.record_id, e.kind, json_extract(e.body, '$.local_id'), e.entry_id, e.action, e.occurred_on,
  e.recorded_at, e.author, e.body, {TEXT}, e.replica, e.replica_seq, e.hash
FROM entry AS e
WHERE e.kind IN (SELECT value FROM json_each(?)) AND e.action != 'record.voided'
  AND e.replica_seq >= coalesce((SELECT first FROM parted WHERE replica = e.replica), 0)
ORDER BY e.recorded_at, e.entry_id
"""


class Version(NamedTuple):
    """A version of a record, and its place in its chain."""

    record: Record
    replica: str
    seq: int
    hash: str


class Parted:
    """The versions of some kinds that were written since copies parted; none in a single chain.

    Attributes
    ----------
    versions : list of Version
        In the order in which they were recorded.
    """

    def __init__(self, connection: sqlite3.Connection, kinds: Collection[str]) -> None:
        self._chains = Chains(connection)
        self.versions: list[Version] = []
        if connection.execute("SELECT count(*) FROM head").fetchone()[0] > 1:
            rows = connection.execute(_SINCE_PARTING, (json.dumps(sorted(kinds)),))
            self.versions = [_version(*row) for row in rows]

    def apart(self, one: Version, other: Version) -> bool:
        """Whether neither of two versions was written in view of the other."""
        return not self.saw(one, other) and not self.saw(other, one)

    def saw(self, later: Version, earlier: Version) -> bool:
        """Whether a version was written in view of an earlier one."""
        return later == earlier or self._chains.follows(later, earlier)


def _version(*row: Any) -> Version:
    record_id, kind, local_id, entry_id, action, occurred_on, recorded_at, author = row[:8]
    text, words, *place = row[8:]
    body = join(text, None, None, words).body
    about = (record_id, kind, local_id, entry_id, action, occurred_on, recorded_at, author, body)
    return Version(Record(*about), *place)
