"""Hazards known by a point that a later version or re-survey puts far off, and nothing says why."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from landrelease.domain.ground_rules import moved_m
from landrelease.domain.land import Conflict
from landrelease.domain.placing import anchor
from landrelease.domain.work_rules import NEAR_M
from landrelease.register.order import Order
from landrelease.register.placings import placings
from landrelease.register.plots import Divided
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


class _Drawing(NamedTuple):
    """One place of an area, in the order in which places hold."""

    order: Order
    entry_no: int


def moved_far(
    connection: sqlite3.Connection, divided: Divided, when: Mapping[str, int]
) -> Iterator[Conflict]:
    """Yield areas whose point gave way to a far place, without a reason or a source.

    Measured is from the place first taken, or last answered for, to the one that holds now.
    """
    drawn = _drawings(connection, divided, when)
    every = iter(placings(connection, [one.entry_no for own in drawn.values() for one in own]))
    for record_id, drawings in drawn.items():
        places = list(islice(every, len(drawings)))
        far_m = moved_m(anchor(places), places[-1].shape) or 0.0
        if far_m > NEAR_M:
            words = f"the hazard was known by a point {far_m:,.0f} m away, and nothing says why"
            yield Conflict("moved_far", (record_id,), words)


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
