"""Records that stand by hand on an import that was undone: nobody said whether they should."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from landrelease.domain.land import Conflict

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
