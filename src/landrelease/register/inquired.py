"""What is inquired into at a date: by inquiries that are open, or whose closing waits."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from landrelease.register.state import counting, of_kind
from landrelease.register.workflow import Approval

_VERSIONS = f"""
SELECT r.record_id, v.entry_no, v.recorded_us, json_extract(e.body, '$.area'),
  json_extract(e.body, '$.product'), coalesce(json_extract(e.body, '$.open'), 1)
FROM ({counting(of_kind("inquiry"))}) AS v JOIN record AS r USING (record_no)
JOIN entry AS e USING (entry_no)
ORDER BY r.record_no, v.effective_day, v.recorded_us, v.entry_id
"""


class Asked(NamedTuple):
    """What an inquiry asks about, as it names them."""

    area: str | None
    product: str | None


class _Version(NamedTuple):
    record_id: str
    entry_no: int
    recorded_us: int
    area: str | None
    product: str | None
    is_open: int


def inquired(
    connection: sqlite3.Connection, when: Mapping[str, int]
) -> dict[str, tuple[Asked, ...]]:
    """Return what each inquiry asks about that is open, by its record id.

    Where a version waits for approval, what was approved last holds beside it: one person neither
    closes an inquiry nor turns it away from the land that it is about.
    """
    rows = [_Version(*row) for row in connection.execute(_VERSIONS, when).fetchall()]
    approval = Approval.known_at(connection, when["known_us"])
    waiting = approval.waiting((row.entry_no, row.recorded_us) for row in rows)
    since: defaultdict[str, list[_Version]] = defaultdict(list)
    for row in rows:  # what was approved last, and all that waits since
        if row.entry_no not in waiting:
            since[row.record_id].clear()
        since[row.record_id].append(row)
    told = {
        record_id: tuple(dict.fromkeys(Asked(v.area, v.product) for v in versions if v.is_open))
        for record_id, versions in since.items()
    }
    return {record_id: asked for record_id, asked in told.items() if asked}
