"""Areas and the account of square metres, at any date."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.domain.land import AreaState, Balance, overlap_m2
from landrelease.errors import NotFoundError
from landrelease.geometry import area_m2, clip_to, cut_from, polygonal, unite
from landrelease.register import quarantine
from landrelease.register.conflicts import find_conflicts
from landrelease.register.plots import Plot, Plots, geometries, grounds, load
from landrelease.register.state import bounds, of_kind, standing


def areas(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None
) -> list[AreaState]:
    """Return the state of every hazardous area."""
    plots = load(connection, bounds(as_of, known_at))
    worked = plots.worked
    ground = grounds(connection, worked)
    measured = {
        plot.record_no: (float(outline), float(remaining))
        for plot, outline, remaining in zip(
            worked, _areas_m2(ground.outline), _areas_m2(ground.remaining), strict=True
        )
    }
    return [_state(plot, plots, measured.get(plot.record_no)) for plot in plots.areas]


def _state(plot: Plot, plots: Plots, measured: tuple[float, float] | None) -> AreaState:
    outline = remaining = None
    if plot.surveys:
        latest = plot.surveys[-1].area_m2
        outline, remaining = measured or (latest, latest)
    return AreaState(
        plot.record_id,
        plot.local_id,
        plot.hazard_kind,
        plot.status,
        plot.stated_area_m2,
        outline,
        remaining,
        plot.district,
        undated=plot.undated,
        date_uncertain=plot.record_no in plots.uncertain,
    )


def outlines(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None
) -> dict[str, shapely.Geometry]:
    """Return what is left of each area's ground, or its point, by record id."""
    when = bounds(as_of, known_at)
    plots = load(connection, when)
    bare = {plot.record_id for plot in plots.areas if not plot.surveys}
    mapped = [plot for plot in plots.areas if plot.surveys]
    found = dict(
        zip([p.record_id for p in mapped], grounds(connection, mapped).remaining, strict=True)
    )
    rows = connection.execute(
        f"SELECT r.record_id, s.entry_no FROM ({standing(of_kind('hazardous_area'))}) AS s"
        " JOIN record AS r USING (record_no)",
        when,
    )
    points = [(record_id, entry_no) for record_id, entry_no in rows if record_id in bare]
    shapes = geometries(connection, [entry_no for _, entry_no in points])
    found |= {p[0]: shape for p, shape in zip(points, shapes, strict=True) if shape is not None}
    return found


@dataclass(frozen=True, slots=True)
class _Account:
    """The polygons of the account of some areas, before anything is measured."""

    reported: NDArray[Any]
    outline: NDArray[Any]
    remaining: NDArray[Any]
    shares: NDArray[Any]
    methods: NDArray[Any]

    def within(self, border: shapely.Geometry) -> _Account:
        """Return what of it lies inside a border."""
        return self._each(lambda shapes: clip_to(shapes, border))

    def without(self, land: shapely.Geometry) -> _Account:
        """Return what of it lies outside some land."""
        return self._each(lambda shapes: cut_from(shapes, land))

    def _each(self, change: Callable[[NDArray[Any]], NDArray[Any]]) -> _Account:
        return replace(
            self,
            reported=change(self.reported),
            outline=change(self.outline),
            remaining=change(self.remaining),
            shares=change(self.shares),
        )

    def released_m2(self, method: str) -> float:
        """Measure what left by one method."""
        return _sum_m2(self.shares[self.methods == method])


def balance(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None, scope: str | None
) -> Balance:
    """Return the account of an area, a district or the country (None).

    Raises
    ------
    NotFoundError
        No area and no district goes by the scope's name (``scope_unknown``).
    """
    when = bounds(as_of, known_at)
    plots = load(connection, when)
    waiting = _waiting(connection, plots)
    if scope is None:
        account = _account(connection, plots.areas)
        return _balance(waiting, plots, plots.areas, account, (as_of, known_at, None))
    named = [p for p in plots.areas if scope in (p.record_id, p.local_id)]
    if named:
        account = _account(connection, named)
        return _balance(waiting, plots, named, account, (as_of, known_at, scope))
    borders = [border for names, border in _districts(connection, when) if scope in names]
    if not borders:
        raise NotFoundError(
            "scope_unknown",
            f"no area and no district is called {scope!r}",
            "give an area's id, a district's name or its P-code",
        )
    account = _account(connection, plots.areas).within(unite(borders))
    inside = [p for p in plots.areas if not p.measured and p.district == scope]
    return _balance(waiting, plots, inside, account, (as_of, known_at, scope))


def balance_by_district(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None
) -> list[Balance]:
    """Return one account per district, cut at its border, and one for land in none."""
    when = bounds(as_of, known_at)
    plots = load(connection, when)
    waiting = _waiting(connection, plots)
    account = _account(connection, plots.areas)
    districts = _districts(connection, when)
    found = []
    for names, border in districts:
        bare = [p for p in plots.areas if not p.measured and p.district in names]
        row = (as_of, known_at, names[0])
        found.append(_balance(waiting, plots, bare, account.within(border), row))
    known = {name for names, _ in districts for name in names}
    bare = [p for p in plots.areas if not p.measured and p.district not in known]
    rest = account.without(unite([border for _, border in districts]))
    return [*found, _balance(waiting, plots, bare, rest, (as_of, known_at, "no district"))]


def _account(connection: sqlite3.Connection, plots: Sequence[Plot]) -> _Account:
    shown = [plot for plot in plots if plot.measured or plot.products]
    firsts = [p.surveys[0].entry_no if p.surveys else None for p in shown]
    ground = grounds(connection, shown)
    methods = np.array([product.method for p in shown for product in p.products], object)
    reported = polygonal(geometries(connection, firsts))
    return _Account(reported, ground.outline, ground.remaining, ground.shares, methods)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What waits for a person in the whole register; every account says so."""

    quarantined: int
    conflicts: int


def _waiting(connection: sqlite3.Connection, plots: Plots) -> _Waiting:
    return _Waiting(quarantine.count(connection), len(find_conflicts(connection, plots)))


def _balance(
    waiting: _Waiting,
    plots: Plots,
    scoped: Sequence[Plot],
    account: _Account,
    scope: tuple[str | None, str | None, str | None],
) -> Balance:
    reported_m2 = _sum_m2(account.reported)
    stated = [p.stated_area_m2 for p in scoped if not p.measured]
    return Balance(
        *scope,
        reported_m2=reported_m2,
        resurvey_m2=_sum_m2(account.outline) - reported_m2,
        cancelled_m2=account.released_m2("cancelled"),
        reduced_m2=account.released_m2("reduced"),
        cleared_m2=account.released_m2("cleared"),
        remaining_m2=_sum_m2(account.remaining),
        overlap_m2=overlap_m2(account.outline),
        stated_areas=len(stated),
        stated_m2=float(sum(m2 for m2 in stated if m2 is not None)),
        undated=plots.undated,
        quarantined=waiting.quarantined,
        conflicts=waiting.conflicts,
    )


def _districts(
    connection: sqlite3.Connection, when: dict[str, int]
) -> list[tuple[tuple[str, ...], shapely.Geometry]]:
    rows = connection.execute(
        "SELECT e.body ->> '$.name', e.body ->> '$.code', r.record_id, e.body ->> '$.local_id',"
        f" s.entry_no FROM ({standing(of_kind('district'))}) AS s"
        " JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no) ORDER BY 1",
        when,
    ).fetchall()
    shapes = polygonal(geometries(connection, [row[-1] for row in rows]))
    named = [tuple(name for name in row[:-1] if name) for row in rows]
    return [pair for pair in zip(named, shapes, strict=True) if not pair[1].is_empty]


def _areas_m2(polygons: NDArray[Any]) -> NDArray[np.float64]:
    return np.atleast_1d(area_m2(polygons)) if len(polygons) else np.zeros(0)


def _sum_m2(polygons: NDArray[Any]) -> float:
    return float(_areas_m2(polygons).sum())
