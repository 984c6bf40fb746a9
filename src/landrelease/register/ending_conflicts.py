"""Areas that ended with land of them left, and areas opened again with none."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping

import numpy as np

from landrelease.domain.actions import ENDED
from landrelease.domain.known import in_words
from landrelease.domain.land import Conflict
from landrelease.domain.work_rules import TOLERANCE_M2
from landrelease.geometry import area_m2
from landrelease.register.plots import Divided
from landrelease.register.state import CLOSING, REOPENING, counting, standing
from landrelease.register.stated_conflicts import never_drawn

_NAMED = "r.record_no IN (SELECT value FROM json_each(:areas))"
#: When areas that do not end now (an ending may wait for approval) last ended or were opened again.
_OPENED = f"""
SELECT record_no, max(effective_day) FROM ({counting(_NAMED)})
WHERE role IN ({CLOSING}, {REOPENING}) AND record_no IN (
  SELECT record_no FROM ({standing(_NAMED)}) WHERE role != {CLOSING})
GROUP BY record_no
"""
#: Areas whose standing version names the work on which they ended.
_RESTING = f"""
SELECT s.record_no FROM ({standing(_NAMED)}) AS s JOIN entry AS e USING (entry_no)
WHERE json_extract(e.body, '$.rests_on') IS NOT NULL
"""


def against_endings(
    connection: sqlite3.Connection, divided: Divided, when: Mapping[str, int]
) -> Iterator[Conflict]:
    """Yield areas whose ending or reopening does not agree with what is left of them."""
    yield from ended_with_land(connection, divided, when)
    yield from _reopened_with_nothing(connection, divided, when)


def ended_with_land(
    connection: sqlite3.Connection, divided: Divided, when: Mapping[str, int]
) -> Iterator[Conflict]:
    """Yield areas that ended while land of them was not released, measured, stated or unknown."""
    yield from _ended_with_land(connection, divided)
    yield from _ended_with_figure(divided)
    yield from _ended_of_no_size(connection, divided, when)


def _ended_with_land(connection: sqlite3.Connection, divided: Divided) -> Iterator[Conflict]:
    """Areas with a polygon: what is left of it, and what was stated and never drawn."""
    ended = [at for at, plot in enumerate(divided.plots) if plot.status in ENDED]
    if not ended:
        return
    plots = [divided.plots[at] for at in ended]
    undrawn = {plot.record_no: m2 for plot, m2 in never_drawn(connection, plots)}
    left = np.atleast_1d(area_m2(divided.ground.remaining[ended]))
    for plot, m2 in zip(plots, left.tolist(), strict=True):
        stated_m2 = undrawn.get(plot.record_no)
        left_m2 = m2 if m2 > TOLERANCE_M2 else None
        told = [] if left_m2 is None else [f"{left_m2:,.0f} m² of it were not released"]
        if stated_m2 is not None:
            told.append(f"{stated_m2:,.0f} m² that were stated of it were never drawn or released")
        if told:
            words = f"the area is {in_words(plot.status)}, and {' and '.join(told)}"
            yield Conflict("ended_with_land", (plot.record_id,), words, left_m2, stated_m2)


def _ended_with_figure(divided: Divided) -> Iterator[Conflict]:
    """Areas without a polygon: what was stated of them, less what was stated or drawn as gone."""
    for plot in divided.plots:
        if plot.status not in ENDED or plot.measured:
            continue
        left = plot.stated_left_m2 or 0.0
        if left > TOLERANCE_M2:
            words = (
                f"the area is {in_words(plot.status)}, and {left:,.0f} m² that were stated of it"
                " were not released"
            )
            yield Conflict("ended_with_land", (plot.record_id,), words, stated_m2=left)


def _ended_of_no_size(
    connection: sqlite3.Connection, divided: Divided, when: Mapping[str, int]
) -> Iterator[Conflict]:
    """Areas without polygon or figure that ended by no product and no work; 0 m² is no figure."""
    bare = [
        plot
        for plot in divided.plots
        if plot.status in ENDED
        and not (plot.measured or plot.stated_area_m2 or plot.products or plot.stated)
    ]
    areas = json.dumps([plot.record_no for plot in bare])
    worked = {n for (n,) in connection.execute(_RESTING, {**when, "areas": areas})} if bare else ()
    for plot in bare:
        if plot.record_no not in worked:
            words = (
                f"the area is {in_words(plot.status)}, its size is unknown, and no product or work"
                " says what became of it"
            )
            yield Conflict("ended_with_land", (plot.record_id,), words)


def _reopened_with_nothing(
    connection: sqlite3.Connection, divided: Divided, when: Mapping[str, int]
) -> Iterator[Conflict]:
    """Areas that are open after an ending, while all their land had left them before."""
    active = [at for at, p in enumerate(divided.plots) if p.status not in ENDED and p.products]
    left = np.atleast_1d(area_m2(divided.ground.remaining[active])) if active else ()
    bare = [at for at, m2 in zip(active, left, strict=True) if m2 <= TOLERANCE_M2]
    areas = json.dumps([divided.plots[at].record_no for at in bare])
    opened = dict(connection.execute(_OPENED, {**when, "areas": areas})) if bare else {}
    for plot in (divided.plots[at] for at in bare):
        since = opened.get(plot.record_no)
        if since is not None and plot.products[-1].order.effective_day <= since:
            words = (
                "the area was opened again, and nothing of it is left: products took all before;"
                " ground that is hazardous after its release is recorded as a new area"
            )
            yield Conflict("reopened_with_nothing_left", (plot.record_id,), words)
