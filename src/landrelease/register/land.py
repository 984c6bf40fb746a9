"""Areas and the account of square metres, from the versions that stand at a date."""

from __future__ import annotations

import sqlite3

from landrelease.domain.land import AreaState, Balance, Conflict
from landrelease.register.state import bounds, standing

_AREAS = standing("v.record_no IN (SELECT record_no FROM record WHERE kind = 'hazardous_area')")


def areas(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None
) -> list[AreaState]:
    """Return the state of every hazardous area."""
    rows = connection.execute(
        "SELECT r.record_id, e.body ->> '$.local_id', e.body ->> '$.hazard_kind',"
        " e.body ->> '$.status', e.body ->> '$.stated_area_m2', s.area_m2, s.area_m2,"
        f" e.body ->> '$.district', e.occurred_on IS NULL FROM ({_AREAS}) AS s"
        " JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)"
        " ORDER BY r.record_no",
        bounds(as_of, known_at),
    )
    return [AreaState(*row) for row in rows]


def balance(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None, scope: str | None
) -> Balance:
    """Return the account of square metres."""
    raise NotImplementedError


def conflicts(connection: sqlite3.Connection) -> list[Conflict]:
    """Return what contradicts itself."""
    return []
