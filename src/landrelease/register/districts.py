"""The administrative units of a date, and which of them an area without a polygon names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from landrelease.domain.districts import District, Districts
from landrelease.domain.land import Conflict
from landrelease.register.plots import Plot, geometries
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
        at = districts.place(codes.get(plot.record_id))
        at = districts.place(plot.district) if at is None else at
        found.setdefault(at, []).append(plot)
    return found


def ambiguous(plots: Sequence[Plot], districts: Districts) -> Iterator[Conflict]:
    """Yield areas that stand in no district because several go by the name they give."""
    for plot in plots:
        units = districts.called(plot.district) if plot.district else []
        if len(units) > 1:
            ids = (plot.record_id, *(districts.units[at].record_id for at in units))
            text = f"the area has no polygon, and {len(units)} districts go by {plot.district!r}"
            yield Conflict("district_ambiguous", ids, text, plot.stated_area_m2)
