"""What stands against the order of time: releases older than the report, surveys that only shrink.

A file or a merge may bring records in any order, so these are told from what stands, not from
what came first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import numpy as np

from landrelease.domain.land import Conflict
from landrelease.domain.work_rules import TOLERANCE_M2
from landrelease.geometry import area_m2, cut
from landrelease.register.plots import Divided, Plot, geometries

_DAYS = """
SELECT entry_no, last_day FROM version WHERE entry_no IN (SELECT value FROM json_each(?))
"""
_UNFOUNDED = """
SELECT entry_no FROM entry
WHERE kind = 'resurvey' AND import_id IS NOT NULL
  AND json_extract(body, '$.activity') IS NULL
  AND entry_no IN (SELECT value FROM json_each(?))
"""


def against_time(connection: sqlite3.Connection, divided: Divided) -> Iterator[Conflict]:
    """Yield releases before the first report of their area, and surveys of files that only lose."""
    yield from _before_reported(connection, divided)
    yield from _lost_without_work(connection, divided)


def _before_reported(connection: sqlite3.Connection, divided: Divided) -> Iterator[Conflict]:
    numbers = json.dumps([p.entry_no for p in divided.products if not p.undated])
    ended = dict(connection.execute(_DAYS, (numbers,)))
    for at, product in enumerate(divided.products):
        plot = divided.plots[divided.owner[at]]
        if product.entry_no not in ended or plot.undated or not plot.surveys:
            continue
        reported = min(survey.order[0] for survey in plot.surveys)
        if ended[product.entry_no] < reported:
            words = (
                "the product is older than the first report of its area, which is the later word"
            )
            ids = (product.record_id, plot.record_id)
            yield Conflict("released_before_reported", ids, words, product.area_m2)


def _lost_without_work(connection: sqlite3.Connection, divided: Divided) -> Iterator[Conflict]:
    redrawn = [plot for plot in divided.plots if len(plot.surveys) > 1]
    numbers = json.dumps([s.entry_no for plot in redrawn for s in plot.surveys[1:]])
    unfounded = {row[0] for row in connection.execute(_UNFOUNDED, (numbers,))}
    for plot in redrawn:
        if any(survey.entry_no in unfounded for survey in plot.surveys[1:]):
            yield from _lost(connection, plot, unfounded)


def _lost(connection: sqlite3.Connection, plot: Plot, unfounded: set[int]) -> Iterator[Conflict]:
    shapes = geometries(connection, [survey.entry_no for survey in plot.surveys])
    lost = np.atleast_1d(area_m2(cut(shapes[:-1], shapes[1:])))
    for survey, m2 in zip(plot.surveys[1:], lost, strict=True):
        if survey.entry_no in unfounded and m2 > TOLERANCE_M2:
            words = f"a file's re-survey without its activity leaves {m2:,.0f} m² of the area out"
            yield Conflict("survey_without_work", (plot.record_id,), words, float(m2))
