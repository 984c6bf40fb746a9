"""The places that versions gave a hazard, with what is said for each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence

from landrelease.domain.placing import Placing
from landrelease.domain.workflow import STEPS
from landrelease.register.plots import geometries
from landrelease.register.reasons import explained
from landrelease.register.state import counting

_COUNTING = f"""
SELECT c.entry_no FROM ({counting("r.record_id = :record_id")}) AS c
JOIN land AS l USING (entry_no) ORDER BY c.effective_day, c.recorded_us, c.entry_id
"""
_ACTIONS = "SELECT entry_no, action FROM entry WHERE entry_no IN (SELECT value FROM json_each(?))"


def placings_of(
    connection: sqlite3.Connection, record_id: str, when: Mapping[str, int]
) -> list[Placing]:
    """Return where the versions of an area put it, in the order in which they count."""
    rows = connection.execute(_COUNTING, {**when, "record_id": record_id})
    return placings(connection, [number for (number,) in rows])


def placings(connection: sqlite3.Connection, entry_nos: Sequence[int]) -> list[Placing]:
    """Return the places of entries, in the order of their numbers as given."""
    told = explained(connection, entry_nos)
    actions = dict(connection.execute(_ACTIONS, (json.dumps(list(entry_nos)),)))
    shapes = geometries(connection, entry_nos)
    return [
        Placing(shape, number in told, actions[number] in STEPS)
        for number, shape in zip(entry_nos, shapes, strict=True)
    ]
