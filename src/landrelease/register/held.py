"""What holds of areas while a version waits that would take a hazard away, beside what it says."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from landrelease.register.state import counting, of_kind, standing
from landrelease.register.workflow import Approval

_VERSIONS = f"""
SELECT v.record_no, v.entry_no, v.recorded_us, v.area_m2, l.hazard_kind, l.stated_area_m2,
  l.shape IS NOT NULL
FROM ({counting("r.record_no IN (SELECT value FROM json_each(:among))")}) AS v
JOIN land AS l USING (entry_no) ORDER BY v.record_no, v.effective_day, v.recorded_us, v.entry_id
"""
_STANDING = f"""
SELECT s.record_no, s.record_id, s.entry_no, s.recorded_us
FROM ({standing(of_kind("hazardous_area"))}) AS s
"""


class Version(NamedTuple):
    """A version of an area, as far as it tells how much of a hazard there is."""

    record_no: int
    entry_no: int
    recorded_us: int
    area_m2: float | None
    hazard_kind: str
    stated_area_m2: float | None
    has_shape: bool


class Holds(NamedTuple):
    """What holds of an area until its last version is approved.

    Attributes
    ----------
    hazard_kind : str
        Confirmed, where it was.
    stated_area_m2 : float or None
        The largest figure.
    places : tuple of int
        Entries that put it somewhere without drawing it, the last first.
    """

    hazard_kind: str
    stated_area_m2: float | None
    places: tuple[int, ...]

    @property
    def fields(self) -> dict[str, Any]:
        """What holds of its fields."""
        told = {"hazard_kind": self.hazard_kind, "stated_area_m2": self.stated_area_m2}
        return {name: value for name, value in told.items() if value is not None}


def fields_held(connection: sqlite3.Connection, when: Mapping[str, int]) -> dict[str, Any]:
    """Return what holds of the fields of each area that waits, by its record id."""
    approval = Approval.known_at(connection, when["known_us"])
    if not approval.on:
        return {}
    rows = connection.execute(_STANDING, when).fetchall()
    waiting = approval.waiting(row[2:] for row in rows)
    ids = {number: record_id for number, record_id, entry_no, _ in rows if entry_no in waiting}
    return {
        ids[number]: one.fields for number, one in held(connection, when, approval, ids).items()
    }


def held(
    connection: sqlite3.Connection,
    when: Mapping[str, int],
    approval: Approval,
    waiting: Collection[int],
) -> dict[int, Holds]:
    """Return what holds of areas whose standing version waits, by their record numbers."""
    if not waiting:
        return {}
    among = {**when, "among": json.dumps(list(waiting))}
    rows = [Version(*row) for row in connection.execute(_VERSIONS, among).fetchall()]
    unapproved = approval.waiting((row.entry_no, row.recorded_us) for row in rows)
    since: defaultdict[int, list[Version]] = defaultdict(list)
    for row in rows:  # what was approved last, and all that waits since
        if row.entry_no not in unapproved:
            since[row.record_no].clear()
        since[row.record_no].append(row)
    return {record_no: _of(versions) for record_no, versions in since.items()}


def _of(versions: Collection[Version]) -> Holds:
    kinds = {one.hazard_kind for one in versions}
    figures = [one.stated_area_m2 for one in versions if one.stated_area_m2 is not None]
    places = [one.entry_no for one in versions if one.has_shape and one.area_m2 is None]
    kind = "CHA" if "CHA" in kinds else list(versions)[-1].hazard_kind
    return Holds(kind, max(figures, default=None), tuple(reversed(places)))
