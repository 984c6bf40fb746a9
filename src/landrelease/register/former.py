"""Local ids that records do not go by any more: a link by one means the record all the same."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

#: Records that stand, each with a local id that it went by before: to be followed by AND.
FORMERLY = "former_id AS f JOIN record AS r USING (record_no) WHERE r.current_entry_no IS NOT NULL"

#: Every local id of the records that went by several, with their numbers.
EVER_CALLED = """
SELECT local_id, record_no FROM former_id UNION ALL SELECT local_id, record_no FROM record
WHERE record_no IN (SELECT record_no FROM former_id) AND local_id IS NOT NULL
"""
# «+» keeps SQLite from looking through all of a kind instead of those of one name
_OTHER = "+o.kind = r.kind AND o.record_no != r.record_no AND o.current_entry_no IS NOT NULL"
#: Those by which no other record of the kind goes or went: to be followed by AND.
_ALONE = (
    f"SELECT r.record_id, f.local_id FROM {FORMERLY}"
    f" AND NOT EXISTS (SELECT 1 FROM record AS o WHERE o.local_id = f.local_id AND {_OTHER})"
    " AND NOT EXISTS (SELECT 1 FROM former_id AS g JOIN record AS o USING (record_no)"
    f" WHERE g.local_id = f.local_id AND {_OTHER})"
)


def formerly_called(connection: sqlite3.Connection, kind: str) -> dict[str, str]:
    """Return the record ids of a kind by local ids that one of them alone went by before."""
    rows = connection.execute(f"{_ALONE} AND r.kind = ?", (kind,))
    return {local_id: record_id for record_id, local_id in rows}


def by_name(
    connection: sqlite3.Connection, kind: str, query: str, when: Mapping[str, int]
) -> dict[str, tuple[Any, ...]]:
    """What follows the names in each row, by record id, and by local ids of its own, former too."""
    rows = connection.execute(query, when).fetchall()
    times = Counter(row[1] for row in rows)
    own = {row[1]: row[2:] for row in rows if row[1] and times[row[1]] == 1}
    ids = {row[0]: row[2:] for row in rows}
    former = formerly_called(connection, kind).items()
    return {name: ids[key] for name, key in former if key in ids} | own | ids


class FormerIds:
    """By which local ids records alone went before; asked for once as long as no entry comes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._heads: Sequence[tuple[str]] | None = None
        self._all: Mapping[str, Sequence[str]] = {}

    def of(self, record_id: str) -> tuple[str, ...]:
        """Return those of one record."""
        query = f"{_ALONE} AND r.record_id = ? ORDER BY f.local_id"
        return tuple(name for _, name in self._connection.execute(query, (record_id,)))

    def all(self) -> Mapping[str, Sequence[str]]:
        """Return those of every record that has any, by its id."""
        heads = self._connection.execute("SELECT hash FROM head ORDER BY hash").fetchall()
        if heads != self._heads:
            found: dict[str, list[str]] = defaultdict(list)
            for record_id, local_id in self._connection.execute(f"{_ALONE} ORDER BY f.local_id"):
                found[record_id].append(local_id)
            self._heads, self._all = heads, dict(found)
        return self._all
