"""What stands against the order of time: releases older than the report, drawings that only shrink.

A file or a merge may bring records in any order, so these are told from what stands, not from
what came first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping

import numpy as np

from landrelease.domain.dates import PartialDate
from landrelease.domain.land import Conflict
from landrelease.domain.work_rules import TOLERANCE_M2
from landrelease.geometry import area_m2, cut, unite
from landrelease.register.dating import dates_said
from landrelease.register.drawings import unfounded
from landrelease.register.plots import Divided, geometries
from landrelease.register.state import counting
from landrelease.register.works import Works

_REPORTED = f"""
SELECT record_no, min(effective_day)
FROM ({counting("r.record_no IN (SELECT value FROM json_each(:areas))")}) GROUP BY record_no
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
    why = unfounded(connection, divided.plots, works)
    for at, plot in enumerate(divided.plots):
        if any(s.entry_no in why and not s.waits for s in plot.surveys[1:]):
            yield from _lost(connection, divided, at, why)


def _lost(
    connection: sqlite3.Connection, divided: Divided, at: int, why: Mapping[int, str]
) -> Iterator[Conflict]:
    """What such drawings leave out; what products released and parts hold is not lost."""
    plot = divided.plots[at]
    shapes = geometries(connection, [survey.entry_no for survey in plot.surveys])
    parts = geometries(connection, [survey.entry_no for survey in plot.parts])
    told = unite([*divided.shapes[divided.owner == at], *parts])
    lost = np.atleast_1d(area_m2(cut(cut(shapes[:-1], shapes[1:]), told)))
    for survey, m2 in zip(plot.surveys[1:], lost, strict=True):
        if survey.entry_no in why and not survey.waits and m2 > TOLERANCE_M2:
            words = f"a drawing {why[survey.entry_no]} leaves {m2:,.0f} m² of the area out"
            yield Conflict("survey_without_work", (plot.record_id,), words, float(m2))
