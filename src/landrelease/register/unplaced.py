"""Areas that no map shows: at a date, neither they nor a survey of theirs says where they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Mapping

from landrelease.domain.actions import ENDED
from landrelease.register.plots import Plot, some
from landrelease.register.state import of_kind, standing

_NO_SHAPE = f"""
SELECT s.record_id FROM ({standing(of_kind("hazardous_area"))}) AS s
JOIN land AS l USING (entry_no) WHERE l.shape IS NULL
"""


def unplaced_areas(connection: sqlite3.Connection, when: Mapping[str, int]) -> list[Plot]:
    """Return the areas that stand at a date without a geometry, their own or a re-survey's."""
    ids = [record_id for (record_id,) in connection.execute(_NO_SHAPE, when)]
    plots = some(connection, when, ids) if ids else []
    return [plot for plot in plots if plot.unplaced]


def still_unplaced(plots: Iterable[Plot], left: Container[str]) -> list[str]:
    """Return the ids of those without a place, save what ended with no land ``left``."""
    hidden = (plot for plot in plots if plot.unplaced)
    return [p.record_id for p in hidden if p.status not in ENDED or p.record_id in left]
