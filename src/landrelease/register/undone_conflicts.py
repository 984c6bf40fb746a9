"""Records that stand on an import that was undone: nobody said whether they should."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from landrelease.domain.land import Conflict
from landrelease.domain.undoing import FALLS
from landrelease.register.views import COLUMNS, parted, views_of

#: The versions of records of undone imports that stand, and what became of their imports.
_VERSIONS = """
SELECT r.record_no, r.record_id, r.current_entry_no = v.entry_no, v.entry_id, e.supersedes,
  v.recorded_us, v.import_no IS NOT NULL, (
    SELECT min(u.recorded_us) FROM undone AS u WHERE u.scope = 'import'
    AND u.target_no = v.import_no AND v.recorded_us <= u.recorded_us)
FROM record AS r JOIN version AS v USING (record_no) JOIN entry AS e USING (entry_no)
WHERE r.current_entry_no IS NOT NULL AND r.kind != 'import' AND r.record_no IN (
  SELECT o.record_no FROM undone AS u JOIN version AS o ON o.import_no = u.target_no
  WHERE u.scope = 'import')
"""
#: The versions of products and re-surveys that an undone import touched and that stand.
_FALLING = f"""
SELECT {COLUMNS}
FROM record AS r JOIN version AS v USING (record_no) JOIN entry AS e USING (entry_no)
WHERE r.current_entry_no IS NOT NULL AND r.kind IN (SELECT value FROM json_each(?))
  AND r.record_no IN (SELECT o.record_no FROM undone AS u JOIN version AS o
    ON o.import_no = u.target_no WHERE u.scope = 'import')
"""
_STANDING = "SELECT current_entry_no FROM record WHERE kind IN (SELECT value FROM json_each(?))"
_UNDOINGS = """
SELECT i.record_no, i.record_id, e.replica, e.replica_seq, e.hash
FROM record AS i JOIN version AS v USING (record_no) JOIN entry AS e USING (entry_no)
WHERE i.kind = 'import' AND e.action = 'import.voided'
"""


class _Undoing(NamedTuple):
    """The undoing of an import, with its place in its chain."""

    import_no: int
    import_id: str
    replica: str
    seq: int
    hash: str


class _Version(NamedTuple):
    record_no: int
    record_id: str
    stands: bool
    entry_id: str
    supersedes: str | None
    recorded_us: int
    of_file: bool
    undone_us: int | None


def on_undone_imports(connection: sqlite3.Connection) -> Iterator[Conflict]:
    """Yield records whose standing version a person wrote upon a row of an import undone since."""
    records: dict[int, dict[str, _Version]] = defaultdict(dict)
    for row in connection.execute(_VERSIONS).fetchall():
        version = _Version(*row)
        records[version.record_no][version.entry_id] = version
    for versions in records.values():
        for standing in (version for version in versions.values() if version.stands):
            if _rests(standing, versions):
                words = "it was changed by hand upon an import that was undone, and stands on"
                yield Conflict("import_undone", (standing.record_id,), words)


def brought_by_undone(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return products and re-surveys that stand though the import that brought them was undone.

    Each with the import, both by their ids. Whoever wrote what stands, in another copy, never saw
    the undoing.
    """
    if not parted(connection):
        return []
    undoings = {row[0]: _Undoing(*row) for row in connection.execute(_UNDOINGS)}
    falling = (json.dumps(sorted(FALLS)),)
    rows = connection.execute(_FALLING, falling).fetchall()
    standing = {entry_no for (entry_no,) in connection.execute(_STANDING, falling)}
    found = []
    for views in views_of(connection, rows):
        last = next(one for one in views.states if one.entry_no in standing)
        *_, first = takewhile(lambda one: not one.is_void, views.behind(last))
        undoing = undoings.get(first.import_no or 0)
        if undoing is not None and not views.saw(last, undoing):
            found.append((last.record_id, undoing.import_id))
    return found


def _rests(version: _Version, versions: Mapping[str, _Version]) -> bool:
    """Whether only versions of before the undoing lie between a version and an undone row."""
    undone = [one.undone_us for one in versions.values() if one.undone_us is not None]
    at, passed = version, {version.entry_id}
    while not at.of_file:
        before = versions.get(at.supersedes or "")
        if before is None or before.entry_id in passed:
            return False
        if before.undone_us is not None:
            return True
        if at.recorded_us > min(undone, default=at.recorded_us):
            return False  # whoever wrote this had the undoing in view
        passed.add(before.entry_id)
        at = before
    return False
