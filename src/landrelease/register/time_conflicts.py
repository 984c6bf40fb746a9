"""What stands against the order of time: releases older than the report, drawings that only shrink.

A file or a merge may bring records in any order, so these are told from what stands, not from
what came first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np

from landrelease.domain.dates import PartialDate
from landrelease.domain.known import in_words
from landrelease.domain.land import Conflict
from landrelease.domain.work_rules import SURVEYS_GROUND, TOLERANCE_M2, is_elsewhere
from landrelease.geometry import area_m2, cut, unite
from landrelease.register.dating import dates_said
from landrelease.register.plots import Divided, geometries
from landrelease.register.state import counting
from landrelease.register.works import Work, Works, grounds

_REPORTED = f"""
SELECT record_no, min(effective_day)
FROM ({counting("r.record_no IN (SELECT value FROM json_each(:areas))")}) GROUP BY record_no
"""
_BASES = """
SELECT entry_no, coalesce(json_extract(body, '$.activity'), json_extract(body, '$.rests_on'))
FROM entry WHERE entry_no IN (SELECT value FROM json_each(?))
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
    redrawn = [at for at, plot in enumerate(divided.plots) if len(plot.surveys) > 1]
    numbers = [s.entry_no for at in redrawn for s in divided.plots[at].surveys[1:] if not s.waits]
    bases = dict(connection.execute(_BASES, (json.dumps(numbers),)))
    done = works() if any(bases.values()) else {}
    unfounded = {
        number: why
        for number, name in bases.items()
        if (why := _why_unfounded(name, done)) is not None
    }
    unfounded |= _elsewhere(connection, divided, bases, done)
    for at in redrawn:
        if any(survey.entry_no in unfounded for survey in divided.plots[at].surveys[1:]):
            yield from _lost(connection, divided, at, unfounded)


def _elsewhere(
    connection: sqlite3.Connection,
    divided: Divided,
    bases: Mapping[int, str | None],
    works: Mapping[str, Work],
) -> dict[int, str]:
    """Drawings by work on other ground than what the area was before."""
    drawn = [
        (before.entry_no, survey.entry_no, work)
        for plot in divided.plots
        for before, survey in pairwise(plot.surveys)
        if (work := works.get(bases.get(survey.entry_no) or "")) is not None and work.ground
    ]
    were = geometries(connection, [before for before, *_ in drawn])
    places = grounds(work for *_, work in drawn)
    return {
        number: "by an activity on other ground"
        for (_, number, _), ground, place in zip(drawn, were, places, strict=True)
        if is_elsewhere(place, ground)
    }


def _why_unfounded(reference: str | None, works: Mapping[str, Work]) -> str | None:
    """Why a drawing rests on no survey or clearance that was done; None where it does."""
    if reference is None:
        return "without an activity"
    work = works.get(reference)
    if work is None:
        return f"by an activity {reference!r} that does not stand"
    if (status := work.not_done) is not None:
        return f"by an activity that is {status}"
    if work.activity_type not in SURVEYS_GROUND:
        return f"by {in_words(work.activity_type)}, which cannot change an outline (IMAS 07.11)"
    return None


def _lost(
    connection: sqlite3.Connection, divided: Divided, at: int, unfounded: Mapping[int, str]
) -> Iterator[Conflict]:
    """What such drawings leave out; what products released and parts hold is not lost."""
    plot = divided.plots[at]
    shapes = geometries(connection, [survey.entry_no for survey in plot.surveys])
    parts = geometries(connection, [survey.entry_no for survey in plot.parts])
    told = unite([*divided.shapes[divided.owner == at], *parts])
    lost = np.atleast_1d(area_m2(cut(cut(shapes[:-1], shapes[1:]), told)))
    for survey, m2 in zip(plot.surveys[1:], lost, strict=True):
        if survey.entry_no in unfounded and m2 > TOLERANCE_M2:
            why = unfounded[survey.entry_no]
            words = f"a drawing {why} leaves {m2:,.0f} m² of the area out"
            yield Conflict("survey_without_work", (plot.record_id,), words, float(m2))
