"""Areas that no map shows: at a date, neither they nor a survey of theirs says where they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

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
    return [plot for plot in plots if not plot.surveys and not plot.places]
