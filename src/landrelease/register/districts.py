"""The administrative units of a date, and which of them an area without a polygon names."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from landrelease.domain.districts import District, Districts
from landrelease.domain.land import Conflict
from landrelease.register.outlines import as_standing
from landrelease.register.plots import Divided, Plot, geometries
from landrelease.register.state import bounds, of_kind, standing


def load_districts(connection: sqlite3.Connection, when: Mapping[str, int]) -> Districts:
    """Return the units, by name, with their ground divided among them."""
    rows = connection.execute(
        "SELECT r.record_id, e.body ->> '$.name', e.body ->> '$.code', e.body ->> '$.local_id',"
        f" e.body ->> '$.parent', s.entry_no FROM ({standing(of_kind('district'))}) AS s"
        " JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no) ORDER BY 2, 3, 1",
        when,
    ).fetchall()
    shapes = geometries(connection, [row[-1] for row in rows])
    units = [
        District(record_id, name, code, local_id, parent, shape)
        for (record_id, name, code, local_id, parent, _), shape in zip(rows, shapes, strict=True)
    ]
    return Districts.divided(units)


def districts_at(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None
) -> Districts:
    """Return the units at the dates asked for."""
    return load_districts(connection, bounds(as_of, known_at))


def coded(connection: sqlite3.Connection, when: Mapping[str, int]) -> dict[str, str]:
    """Return the P-code of the district that an area's record gives, by record id."""
    rows = connection.execute(
        "SELECT r.record_id, e.body ->> '$.district_code'"
        f" FROM ({standing(of_kind('hazardous_area'))}) AS s"
        " JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)"
        " WHERE e.body ->> '$.district_code' IS NOT NULL",
        when,
    )
    return dict(rows.fetchall())


def by_district(
    connection: sqlite3.Connection,
    when: Mapping[str, int],
    plots: Sequence[Plot],
    districts: Districts,
) -> dict[int | None, list[Plot]]:
    """Return areas without a polygon by the place of the unit that they name; None for no one."""
    bare = [plot for plot in plots if not plot.measured]
    codes = coded(connection, when) if bare and districts.units else {}
    found: dict[int | None, list[Plot]] = {}
    for plot in bare:
        at = districts.named(codes.get(plot.record_id), plot.district)
        found.setdefault(at, []).append(plot)
    return found


def against_districts(
    connection: sqlite3.Connection,
    when: Mapping[str, int],
    divided: Divided,
    districts: Districts,
) -> Iterator[Conflict]:
    """Yield areas whose district is not where they lie, or no one that is recorded."""
    if not districts.units:
        return
    codes, plots = coded(connection, when), divided.plots
    named = {p.record_no: districts.named(codes.get(p.record_id), p.district) for p in plots}
    nowhere = [plot for plot in plots if named[plot.record_no] is None]
    yield from _ambiguous([plot for plot in nowhere if not plot.measured], districts)
    yield from _unknown(nowhere, codes, districts)
    yield from _elsewhere(connection, when, divided, named, districts)


def _unknown(
    plots: Sequence[Plot], codes: Mapping[str, str], districts: Districts
) -> Iterator[Conflict]:
    """One conflict for each name that no unit goes by, with all areas that give it."""
    found: dict[str, list[Plot]] = defaultdict(list)
    for plot in plots:
        said = plot.district or codes.get(plot.record_id)
        if said and not districts.called(said):
            found[said].append(plot)
    for said, some in sorted(found.items()):
        areas = "1 area names" if len(some) == 1 else f"{len(some):,} areas name"
        text = f"{areas} the district {said!r}, and no recorded district goes by that"
        stated = [p.stated_area_m2 for p in some if not p.measured and p.stated_area_m2]
        ids = tuple(sorted(plot.record_id for plot in some))
        yield Conflict("district_unknown", ids, text, stated_m2=sum(stated) or None)


def _elsewhere(
    connection: sqlite3.Connection,
    when: Mapping[str, int],
    divided: Divided,
    named: Mapping[int, int | None],
    districts: Districts,
) -> Iterator[Conflict]:
    """Areas that name one unit, of which no ground lies in it."""
    bare = {plot.record_id for plot in divided.plots if not plot.measured}
    points = as_standing(connection, when, bare)
    outlines = zip(divided.plots, divided.ground.outline, strict=True)
    shapes = {plot.record_no: points.get(plot.record_id, shape) for plot, shape in outlines}
    of_unit: dict[int, list[Plot]] = defaultdict(list)
    for plot in divided.plots:
        if (at := named[plot.record_no]) is not None:
            of_unit[at].append(plot)
    for at, plots in sorted(of_unit.items()):
        drawn = np.array([shapes[plot.record_no] for plot in plots], dtype=object)
        for row in np.flatnonzero(districts.outside(at, drawn)).tolist():
            yield _apart(plots[row], drawn[row], districts, at)


def _apart(plot: Plot, shape: Any, districts: Districts, at: int) -> Conflict:
    unit = districts.units[at]
    point = shapely.point_on_surface(shape)
    there = [one for one in districts.units if shapely.intersects(one.own, point)]
    lies = f"lies in {there[0].title}" if there else "lies outside its border"
    ids = (plot.record_id, unit.record_id, *(one.record_id for one in there[:1]))
    words = f"the area names the district {unit.title}, and {lies}"
    return Conflict("district_contradicted", ids, words)


def _ambiguous(plots: Sequence[Plot], districts: Districts) -> Iterator[Conflict]:
    """Yield areas that stand in no district because several go by the name they give."""
    for plot in plots:
        units = districts.called(plot.district) if plot.district else []
        if len(units) > 1:
            ids = (plot.record_id, *(districts.units[at].record_id for at in units))
            text = f"the area has no polygon, and {len(units)} districts go by {plot.district!r}"
            yield Conflict("district_ambiguous", ids, text, plot.stated_area_m2)
