"""The ground of areas as polygons: what surveys and products drew, and what is left of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.domain.work_rules import TOLERANCE_M2
from landrelease.geometry import area_m2, cut, is_collection
from landrelease.register.plots import Plot, geometries, load, shaped, some
from landrelease.register.state import bounds_or_now, of_kind, standing

#: Whether any area may be drawn by more than its own standing polygon; one look, no state made.
_ANY = """
SELECT EXISTS (SELECT 1 FROM version WHERE area IS NOT NULL)
    OR EXISTS (SELECT 1 FROM record AS r JOIN version AS v USING (record_no)
               WHERE r.kind = 'hazardous_area' GROUP BY r.record_no HAVING count(*) > 1)
    OR EXISTS (SELECT 1 FROM land WHERE split_from IS NOT NULL)
"""
#: Areas whose own record holds a point or no geometry: a re-survey alone drew them.
_NO_POLYGON = f"""
SELECT r.record_id FROM ({standing(of_kind("hazardous_area"))}) AS s JOIN record AS r
USING (record_no) WHERE s.area_m2 IS NULL
"""


def remaining(
    connection: sqlite3.Connection,
    as_of: str | None,
    known_at: str | None,
    wanted: Collection[str] | None = None,
) -> dict[str, shapely.Geometry]:
    """Return what is left of the ground of areas, or their points; without ids of all."""
    when = bounds_or_now(as_of, known_at)
    plots = load(connection, when).areas if wanted is None else some(connection, when, wanted)
    bare = [plot for plot in plots if not plot.surveys]
    mapped = [plot for plot in plots if plot.surveys]
    left = shaped(connection, mapped).ground.remaining
    return {**_by_id(mapped, left), **_placed(connection, when, bare)}


def drawn(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None
) -> dict[str, shapely.Geometry]:
    """Return the outline of each area, or its point, by record id.

    An outline is the latest surveyed polygon united with the area's products, as in the balance;
    where approval is asked for, beside it the places that hold still.
    """
    when = bounds_or_now(as_of, known_at)
    plots = load(connection, when).areas
    bare = [plot for plot in plots if not plot.surveys]
    mapped = [plot for plot in plots if plot.surveys]
    outline = _with_places(connection, mapped, shaped(connection, mapped).ground.outline)
    return {**_by_id(mapped, outline), **_placed(connection, when, bare)}


def redrawn(
    connection: sqlite3.Connection,
    as_of: str | None,
    known_at: str | None,
    wanted: Collection[str] | None = None,
) -> dict[str, shapely.Geometry]:
    """Return the outline of those areas whose record holds another polygon, or none.

    They were surveyed again, a product sticks out of them or parts hold ground of theirs: who
    reads the record alone would look at the wrong ground. Of an area that its parts hold wholly
    the outline is empty. With ids only those of them are measured.
    """
    if (wanted is not None and not wanted) or not connection.execute(_ANY).fetchone()[0]:
        return {}
    when = bounds_or_now(as_of, known_at)
    plots = load(connection, when).areas if wanted is None else some(connection, when, wanted)
    bare = {name for (name,) in connection.execute(_NO_POLYGON, when)}
    doubtful = [p for p in plots if p.surveys and (_reshaped(p) or p.record_id in bare)]
    outline = shaped(connection, doubtful).ground.outline
    own = as_standing(connection, when, {plot.record_id for plot in doubtful})
    held = np.array([own.get(plot.record_id) for plot in doubtful], dtype=object)
    apart = np.atleast_1d(area_m2(cut(outline, held))) + np.atleast_1d(area_m2(cut(held, outline)))
    moved = [plot for plot in plots if not plot.surveys and plot.places]
    everywhere = _with_places(connection, doubtful, outline)
    return _placed(connection, when, moved) | {
        plot.record_id: shape
        for plot, shape, m2 in zip(doubtful, everywhere, apart, strict=True)
        if m2 > TOLERANCE_M2 or is_collection(shape)
    }


def places_beside(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None
) -> dict[str, shapely.Geometry]:
    """Return the places, off their outlines, that hold of areas while a polygon waits."""
    plots = [p for p in load(connection, bounds_or_now(as_of, known_at)).areas if p.surveys]
    held = [plot for plot in plots if plot.places]
    outline = shaped(connection, held).ground.outline
    places = [shapely.union_all(geometries(connection, plot.places)) for plot in held]
    beside = shapely.difference(np.array(places, dtype=object), outline)
    return {p.record_id: shape for p, shape in zip(held, beside, strict=True) if not shape.is_empty}


def _with_places(
    connection: sqlite3.Connection, plots: Sequence[Plot], outlines: NDArray[Any]
) -> NDArray[Any]:
    """Outlines with the points that hold still: a polygon elsewhere that waits moves none."""
    found = outlines.copy()
    for at, plot in enumerate(plots):
        if plot.places:
            found[at] = shapely.union_all([found[at], *geometries(connection, plot.places)])
    return found


def _placed(
    connection: sqlite3.Connection, when: Mapping[str, int], plots: Sequence[Plot]
) -> dict[str, shapely.Geometry]:
    """Where areas without a polygon are; one that waits is at its approved place too."""
    placed = as_standing(connection, when, {plot.record_id for plot in plots})
    for plot in plots:
        if plot.places:
            placed[plot.record_id] = shapely.union_all(geometries(connection, plot.places))
    return placed


def _reshaped(plot: Plot) -> bool:
    """Whether more than the polygon of its record draws an area."""
    return bool(plot.products or plot.parts or plot.places) or len(plot.surveys) > 1


def _by_id(plots: Sequence[Plot], shapes: NDArray[Any]) -> dict[str, shapely.Geometry]:
    return {plot.record_id: shape for plot, shape in zip(plots, shapes, strict=True)}


def as_standing(
    connection: sqlite3.Connection, when: Mapping[str, int], record_ids: set[str]
) -> dict[str, shapely.Geometry]:
    """The geometry that the standing version of each area holds, where it holds one."""
    if not record_ids:
        return {}
    rows = connection.execute(
        f"SELECT r.record_id, s.entry_no FROM ({standing(of_kind('hazardous_area'))}) AS s"
        " JOIN record AS r USING (record_no)",
        when,
    )
    wanted = [(record_id, entry_no) for record_id, entry_no in rows if record_id in record_ids]
    shapes = geometries(connection, [entry_no for _, entry_no in wanted])
    pairs = zip(wanted, shapes, strict=True)
    return {record_id: shape for (record_id, _), shape in pairs if shape is not None}
