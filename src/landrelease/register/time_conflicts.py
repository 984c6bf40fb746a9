"""What stands against the order of time: releases older than the report, drawings that only shrink.

A file or a merge may bring records in any order, so these are told from what stands, not from
what came first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from landrelease.domain.actions import RESTORED
from landrelease.domain.dates import PartialDate
from landrelease.domain.land import Conflict
from landrelease.domain.work_rules import TOLERANCE_M2
from landrelease.geometry import area_m2, cut, unite
from landrelease.register.dating import dates_said
from landrelease.register.drawings import unfounded
from landrelease.register.plots import Divided, Plot, geometries
from landrelease.register.state import counting
from landrelease.register.works import Works

_REPORTED = f"""
SELECT record_no, min(effective_day)
FROM ({counting("r.record_no IN (SELECT value FROM json_each(:areas))")}) GROUP BY record_no
"""
#: Of some drawings those of rows that were written again: a late month has the later ones read
#: again, and what a person corrected of an earlier day is carried into the rows after it.
_WRITTEN_AGAIN = f"""
WITH drawn AS (SELECT * FROM entry WHERE import_id NOT NULL AND action != '{RESTORED}'
  AND entry_no IN (SELECT value FROM json_each(?)))
SELECT o.entry_no FROM drawn AS n JOIN drawn AS o ON o.record_id = n.record_id
  AND o.occurred_on IS n.occurred_on AND (o.recorded_at, o.entry_id) < (n.recorded_at, n.entry_id)
WHERE n.source_row IS NULL OR (n.import_id = o.import_id AND n.source_row = o.source_row)
"""


def against_time(
    connection: sqlite3.Connection, divided: Divided, when: Mapping[str, int], works: Works
) -> Iterator[Conflict]:
    """Yield releases before the first report of their area, and drawings that only lose ground."""
    yield from _before_reported(connection, divided, when)
    yield from _lost_without_work(connection, divided, works)


def _before_reported(
    connection: sqlite3.Connection, divided: Divided, when: Mapping[str, int]
) -> Iterator[Conflict]:
    dates = dates_said(connection, [product.entry_no for product in divided.products])
    areas = json.dumps(sorted({divided.plots[at].record_no for at in divided.owner}))
    reported = dict(connection.execute(_REPORTED, {**when, "areas": areas}))
    for at, product in enumerate(divided.products):
        if product.entry_no not in dates:
            continue
        plot = divided.plots[divided.owner[at]]
        days = [reported[plot.record_no], *(survey.order[0] for survey in plot.surveys)]
        if PartialDate.parse(dates[product.entry_no]).last.toordinal() < min(days):
            words = (
                "the product is older than the first report of its area, which is the later word"
            )
            ids = (product.record_id, plot.record_id)
            yield Conflict("released_before_reported", ids, words, product.area_m2)


def _lost_without_work(
    connection: sqlite3.Connection, divided: Divided, works: Works
) -> Iterator[Conflict]:
    plots = _as_read_last(connection, divided.plots)
    why = unfounded(connection, plots, works)
    for at, plot in enumerate(plots):
        if any(s.entry_no in why and not s.waits for s in plot.surveys[1:]):
            yield from _lost(connection, divided, at, plot, why)


def _as_read_last(connection: sqlite3.Connection, plots: Sequence[Plot]) -> list[Plot]:
    """Leave out drawings that were written again on their own day in the light of earlier ones.

    What became known only afterwards would else be called lost by a version that never saw it.
    """
    numbers = [s.entry_no for plot in plots if len(plot.surveys) > 1 for s in plot.surveys]
    again = {number for (number,) in connection.execute(_WRITTEN_AGAIN, (json.dumps(numbers),))}
    return [
        replace(plot, surveys=[s for s in plot.surveys if s.entry_no not in again])
        if any(s.entry_no in again for s in plot.surveys)
        else plot
        for plot in plots
    ]


def _lost(
    connection: sqlite3.Connection, divided: Divided, at: int, plot: Plot, why: Mapping[int, str]
) -> Iterator[Conflict]:
    """What such drawings leave out; what products released and parts hold is not lost."""
    shapes = geometries(connection, [survey.entry_no for survey in plot.surveys])
    parts = geometries(connection, [survey.entry_no for survey in plot.parts])
    told = unite([*divided.shapes[divided.owner == at], *parts])
    lost = np.atleast_1d(area_m2(cut(cut(shapes[:-1], shapes[1:]), told)))
    for survey, m2 in zip(plot.surveys[1:], lost, strict=True):
        if survey.entry_no in why and not survey.waits and m2 > TOLERANCE_M2:
            words = f"a drawing {why[survey.entry_no]} leaves {m2:,.0f} m² of the area out"
            yield Conflict("survey_without_work", (plot.record_id,), words, float(m2))
