"""On what the drawings of areas rest: a survey or clearance that was done, or nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from itertools import pairwise

from landrelease.domain.actions import RESTORED
from landrelease.domain.known import in_words
from landrelease.domain.work_rules import SURVEYS_GROUND, is_elsewhere
from landrelease.register.plots import Plot, geometries
from landrelease.register.works import Work, Works, grounds

_BASES = f"""
SELECT entry_no, coalesce(json_extract(body, '$.activity'), json_extract(body, '$.rests_on'))
FROM entry WHERE entry_no IN (SELECT value FROM json_each(?)) AND action != '{RESTORED}'
"""


def unfounded(
    connection: sqlite3.Connection, plots: Sequence[Plot], works: Works
) -> dict[int, str]:
    """Return why drawings after the first of each area rest on no work, by entry number."""
    numbers = [survey.entry_no for plot in plots for survey in plot.surveys[1:]]
    bases = dict(connection.execute(_BASES, (json.dumps(numbers),)))
    done = works() if any(bases.values()) else {}
    found = {
        number: why
        for number, name in bases.items()
        if (why := _why_unfounded(name, done)) is not None
    }
    return found | _elsewhere(connection, plots, bases, done)


def _elsewhere(
    connection: sqlite3.Connection,
    plots: Sequence[Plot],
    bases: Mapping[int, str | None],
    works: Mapping[str, Work],
) -> dict[int, str]:
    """Drawings by work on other ground than what the area was before."""
    drawn = [
        (before.entry_no, survey.entry_no, work)
        for plot in plots
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
