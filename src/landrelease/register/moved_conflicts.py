"""Hazards known by a point that a later version or re-survey puts far off, and nothing says why."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from landrelease.domain.ground_rules import moved_m
from landrelease.domain.land import Conflict
from landrelease.domain.work_rules import NEAR_M
from landrelease.register.order import Order
from landrelease.register.plots import Divided, geometries
from landrelease.register.state import counting, of_kind

#: Versions of areas that are drawn as no polygon, where another version or survey may follow.
_POINTED = f"""
SELECT c.record_no, c.effective_day, c.recorded_us, c.entry_id, c.entry_no FROM ({
    counting(
        of_kind("hazardous_area")
        + " AND r.record_no IN (SELECT record_no FROM version WHERE area_m2 IS NULL)"
        " AND (r.record_no IN (SELECT value FROM json_each(:surveyed)) OR r.record_no IN"
        " (SELECT record_no FROM version GROUP BY record_no HAVING count(*) > 1))"
    )
}) AS c JOIN land AS l USING (entry_no) WHERE c.area_m2 IS NULL AND l.shape IS NOT NULL
"""
_EXPLAINED = """
SELECT e.entry_no FROM entry AS e LEFT JOIN words AS w USING (entry_no)
WHERE e.entry_no IN (SELECT value FROM json_each(?))
  AND (e.source_id IS NOT NULL OR e.reason IS NOT NULL OR json_extract(w.text, '$.reason') != '')
"""


class _Drawing(NamedTuple):
    """One place of an area, in the order in which places hold."""

    order: Order
    entry_no: int


def moved_far(
    connection: sqlite3.Connection, divided: Divided, when: Mapping[str, int]
) -> Iterator[Conflict]:
    """Yield areas whose point gave way to a far place, without a reason or a source."""
    found = _drawings(connection, divided, when)
    numbers = [one.entry_no for drawings in found.values() for one in drawings]
    shapes = dict(zip(numbers, geometries(connection, numbers), strict=True))
    explained = {n for (n,) in connection.execute(_EXPLAINED, (json.dumps(numbers),))}
    for record_id, drawings in found.items():
        for before, after in pairwise(drawings):
            far_m = _unexplained_m(before, after, shapes, explained)
            if far_m > NEAR_M:
                words = f"the hazard was known by a point {far_m:,.0f} m away, and nothing says why"
                yield Conflict("moved_far", (record_id,), words)


def _unexplained_m(
    before: _Drawing, after: _Drawing, shapes: Mapping[int, Any], explained: set[int]
) -> float:
    if after.entry_no in explained:
        return 0.0
    return moved_m(shapes[before.entry_no], shapes[after.entry_no]) or 0.0


def _drawings(
    connection: sqlite3.Connection, divided: Divided, when: Mapping[str, int]
) -> dict[str, list[_Drawing]]:
    """The places of areas that were known by a point, up to the first polygon."""
    surveyed = json.dumps([plot.record_no for plot in divided.plots if plot.surveys])
    pointed: dict[int, list[_Drawing]] = {}
    for record_no, *order, entry_no in connection.execute(_POINTED, {**when, "surveyed": surveyed}):
        pointed.setdefault(record_no, []).append(_Drawing(Order(*order), entry_no))
    found = {}
    for plot in divided.plots:
        if points := pointed.get(plot.record_no):
            first = [_Drawing(one.order, one.entry_no) for one in plot.surveys[:1]]
            before = [one for one in points if not first or one.order < first[0].order]
            found[plot.record_id] = [*sorted(before), *first]
    return found
