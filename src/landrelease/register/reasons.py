"""Which entries say why, or name the source that says so."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

_EXPLAINED = """
SELECT e.entry_no FROM entry AS e LEFT JOIN words AS w USING (entry_no)
WHERE e.entry_no IN (SELECT value FROM json_each(?))
  AND (e.source_id IS NOT NULL OR e.reason IS NOT NULL OR json_extract(w.text, '$.reason') != '')
"""


def explained(connection: sqlite3.Connection, entry_nos: Iterable[int]) -> set[int]:
    """Return those of some entries that bear a reason or a source."""
    return {n for (n,) in connection.execute(_EXPLAINED, (json.dumps(list(entry_nos)),))}
