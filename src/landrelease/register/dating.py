"""From which day each version counts, whatever the order in which entries arrived."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from landrelease.domain.actions import Period, effect_of, period_of
from landrelease.domain.entries import Entry

#: A version as far as its day is concerned: entry, what it supersedes, its own day.
_Undated = tuple[str, str, int]


def period_of_entry(entry: Entry, status: str | None) -> Period:
    """Return the period of an entry by itself."""
    effect = effect_of(entry.kind, entry.action, status)
    return period_of(effect, entry.occurred_on, entry.recorded_at[:10])


def redate(connection: sqlite3.Connection, batch: Sequence[Entry]) -> None:
    """Let undated corrections among the touched records stand no earlier than what they correct.

    An undated correction of a version dated 2019 would otherwise count from always and be
    covered by the very version that it corrects.
    """
    if not _any_undated_correction(connection, batch):
        return
    rows = connection.execute(
        "SELECT v.record_no, e.entry_id, e.supersedes, e.occurred_on, v.effective_day"
        " FROM touched AS t JOIN version AS v USING (record_no) JOIN entry AS e USING (entry_no)"
    )
    own_days: dict[int, dict[str, int]] = defaultdict(dict)
    undated: dict[int, list[_Undated]] = defaultdict(list)
    for record_no, entry_id, supersedes, occurred_on, day in rows:
        own_days[record_no][entry_id] = day
        if occurred_on is None and supersedes is not None:
            undated[record_no].append((entry_id, supersedes, day))
    changes = [
        (day, day, day, record_no, entry_id)
        for record_no, corrections in undated.items()
        for entry_id, day in _inherited(own_days[record_no], corrections)
    ]
    connection.executemany(
        "UPDATE version SET effective_day = ?, first_day = ?, last_day = ?"
        " WHERE record_no = ? AND entry_id = ?",
        changes,
    )


def dates_of(key: str) -> str:
    """Return the SQL of the dates of entries, or of what they correct; ``key`` names a column."""
    return (
        "WITH RECURSIVE back(name, corrects, occurred_on) AS ("
        f"SELECT {key}, supersedes, occurred_on FROM entry"
        f" WHERE {key} IN (SELECT value FROM json_each(?))"
        " UNION SELECT b.name, e.supersedes, e.occurred_on FROM back AS b"
        " JOIN entry AS e ON e.entry_id = b.corrects WHERE b.occurred_on IS NULL)"
        " SELECT name, occurred_on FROM back WHERE occurred_on IS NOT NULL"
    )


def dates_said(connection: sqlite3.Connection, entry_nos: Iterable[int]) -> dict[int, str]:
    """Return the dates of entries, or of what they correct; undated ones are left out.

    Parameters
    ----------
    entry_nos : iterable of int
        Their numbers in this file.
    """
    return dict(connection.execute(dates_of("entry_no"), (json.dumps(list(entry_nos)),)).fetchall())


def _inherited(days: dict[str, int], corrections: Sequence[_Undated]) -> list[tuple[str, int]]:
    """Return the corrections whose day is that of a version further back, with that day."""
    corrects = {entry_id: supersedes for entry_id, supersedes, _ in corrections}
    found = []
    for entry_id, _, own_day in corrections:
        day, at, seen = own_day, entry_id, {entry_id}
        while (at := corrects.get(at, "")) and at not in seen:
            seen.add(at)
            day = max(day, days.get(at, own_day))
        if day != own_day:
            found.append((entry_id, day))
    return found


def _any_undated_correction(connection: sqlite3.Connection, batch: Sequence[Entry]) -> bool:
    if any(entry.supersedes and entry.occurred_on is None for entry in batch):
        return True
    found = connection.execute(
        "SELECT 1 FROM entry WHERE supersedes IN (SELECT value FROM json_each(?))"
        " AND occurred_on IS NULL LIMIT 1",
        (json.dumps([entry.entry_id for entry in batch]),),
    )
    return found.fetchone() is not None
