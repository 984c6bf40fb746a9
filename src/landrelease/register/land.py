"""Areas and the account of square metres, at any date."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.domain.actions import ENDED
from landrelease.domain.districts import NO_DISTRICT, Districts
from landrelease.domain.land import AreaState, AreasTold, Balance, Conflict, overlap_m2
from landrelease.domain.periods import is_reversed
from landrelease.domain.progress import Progress, falling, progress
from landrelease.domain.words import join
from landrelease.geometry import area_m2, clip, clip_to, cut_from, polygonal, unite
from landrelease.register import quarantine
from landrelease.register.conflicts import contested, find_conflicts
from landrelease.register.districts import against_districts, by_district, load_districts
from landrelease.register.ending_conflicts import ended_with_land
from landrelease.register.former import formerly_called
from landrelease.register.links import broken_links
from landrelease.register.plots import Divided, Plot, Plots, geometries, load, shaped, some
from landrelease.register.scope import scoped
from landrelease.register.state import bounds_or_now, of_kind, standing
from landrelease.register.undone_conflicts import on_undone_imports
from landrelease.register.unplaced import still_unplaced
from landrelease.register.words import TEXT
from landrelease.register.works import works_standing


def areas(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None
) -> list[AreaState]:
    """Return the state of every hazardous area."""
    plots = load(connection, bounds_or_now(as_of, known_at))
    return _states(plots, shaped(connection, plots.worked))


def areas_told(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None
) -> AreasTold:
    """Return `areas`, `not_released` and what no map shows by one reading of what stands."""
    when = bounds_or_now(as_of, known_at)
    plots = load(connection, when)
    divided = shaped(connection, [p for p in plots.areas if p.worked or p.status in ENDED])
    left = _left(connection, divided, when)
    return AreasTold(_states(plots, divided), left, still_unplaced(plots.areas, left))


def _states(plots: Plots, divided: Divided) -> list[AreaState]:
    """The states of areas, once the ground of those that are worked on is divided."""
    at = [at for at, plot in enumerate(divided.plots) if plot.worked]
    outline, remaining = (
        _areas_m2(polygons[at]).tolist()
        for polygons in (divided.ground.outline, divided.ground.remaining)
    )
    numbers = (divided.plots[one].record_no for one in at)
    measured = dict(zip(numbers, zip(outline, remaining, strict=True), strict=True))
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
        undated=bool(plot.undated),
        date_uncertain=plot.record_no in plots.uncertain,
        workflow=plot.workflow,
        stated_left_m2=plot.stated_left_m2,
    )


@dataclass(frozen=True, slots=True)
class _Account:
    """The polygons of the account of some areas, before anything is measured."""

    reported: NDArray[Any]
    outline: NDArray[Any]
    remaining: NDArray[Any]
    awaiting: NDArray[Any]
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
            awaiting=change(self.awaiting),
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
    RefusedError
        Several do (``scope_ambiguous``).
    """
    when = bounds_or_now(as_of, known_at)
    plots = load(connection, when)
    row = (as_of, known_at, scope)
    divided = shaped(connection, plots.areas)
    districts = load_districts(connection, when)
    bare = by_district(connection, when, plots.areas, districts)
    more = _apart_from_land(connection, when, divided, districts)
    found = _found(connection, plots, divided, when, more)
    if scope is None:
        return found.balance(plots.areas, _account(connection, divided), row)
    meant = scoped(scope, plots.areas, districts)
    if isinstance(meant, Plot):
        return found.balance([meant], _account(connection, shaped(connection, [meant])), row)
    border = districts.units[meant].border
    stated = [plot for at in districts.within(meant) for plot in bare.get(at, ())]
    return found.balance(stated, _account(connection, divided).within(border), row)


def balance_by_district(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None
) -> list[Balance]:
    """Return one account per district, cut at its border, and one for land in none.

    The rows divide the land: a province's row is what its districts leave of it, and is left out
    where that is next to nothing.
    """
    when = bounds_or_now(as_of, known_at)
    plots = load(connection, when)
    divided = shaped(connection, plots.areas)
    account = _account(connection, divided)
    districts = load_districts(connection, when)
    bare = by_district(connection, when, plots.areas, districts)
    more = against_districts(connection, when, divided, districts)
    found = _found(connection, plots, divided, when, more)
    rows = []
    for at, unit in enumerate(districts.units):
        if not unit.own.is_empty or at in bare:
            row = (as_of, known_at, unit.title)
            rows.append(found.balance(bare.get(at, ()), account.within(unit.own), row))
    rest = account.without(unite([unit.own for unit in districts.units]))
    return [*rows, found.balance(bare.get(None, ()), rest, (as_of, known_at, NO_DISTRICT))]


def _account(connection: sqlite3.Connection, divided: Divided) -> _Account:
    firsts = [
        p.surveys[0].entry_no if len(p.surveys) + len(p.parts) > 1 and p.surveys else None
        for p in divided.plots
    ]
    reported = divided.latest.copy()
    drawn_again = np.array([first is not None for first in firsts], bool)
    reported[drawn_again] = geometries(connection, [first for first in firsts if first is not None])
    methods = np.array([product.method for product in divided.products], object)
    ground = divided.ground
    return _Account(
        polygonal(reported),
        ground.outline,
        ground.remaining,
        _awaiting(connection, divided),
        ground.shares,
        methods,
    )


def _awaiting(connection: sqlite3.Connection, divided: Divided) -> NDArray[Any]:
    """What remains and will leave when its products are approved, area by area."""
    found = [
        clip(unite(geometries(connection, [p.entry_no for p in plot.awaiting])), remaining)
        for plot, remaining in zip(divided.plots, divided.ground.remaining, strict=True)
        if plot.awaiting
    ]
    return np.array(found, dtype=object)


@dataclass(frozen=True, slots=True)
class _Found:
    """What every row of one answer shares."""

    plots: Plots
    quarantined: int
    conflicts: int
    left: frozenset[str]

    def balance(
        self,
        scoped: Sequence[Plot],
        account: _Account,
        row: tuple[str | None, str | None, str | None],
    ) -> Balance:
        """Measure an account; areas of the scope that have no polygon stand apart.

        Of these one that ended counts only where it ended with land.
        """
        reported_m2 = _sum_m2(account.reported)
        stated = [
            p.stated_left_m2
            for p in scoped
            if not p.measured and (p.status not in ENDED or p.record_id in self.left)
        ]
        unmapped = [q.stated_area_m2 for p in scoped if p.measured for q in p.stated]
        return Balance(
            *row,
            reported_m2=reported_m2,
            resurvey_m2=_sum_m2(account.outline) - reported_m2,
            cancelled_m2=account.released_m2("cancelled"),
            reduced_m2=account.released_m2("reduced"),
            cleared_m2=account.released_m2("cleared"),
            remaining_m2=_sum_m2(account.remaining),
            awaiting_m2=_sum_m2(account.awaiting),
            overlap_m2=overlap_m2(account.outline),
            remaining_overlap_m2=overlap_m2(account.remaining),
            stated_areas=len(stated),
            stated_m2=float(sum(m2 for m2 in stated if m2 is not None)),
            unmapped_m2=float(sum(m2 for m2 in unmapped if m2 is not None)),
            undated=self.plots.undated,
            quarantined=self.quarantined,
            conflicts=self.conflicts,
        )


def _found(
    connection: sqlite3.Connection,
    plots: Plots,
    divided: Divided,
    when: Mapping[str, int],
    more: Iterable[Conflict],
) -> _Found:
    conflicts = [*find_conflicts(connection, plots, divided, when), *more]
    left = frozenset(c.record_ids[0] for c in conflicts if c.code == "ended_with_land")
    return _Found(plots, quarantine.count(connection), len(conflicts), left)


def _areas_m2(polygons: NDArray[Any]) -> NDArray[np.float64]:
    return np.atleast_1d(area_m2(polygons)) if len(polygons) else np.zeros(0)


def _sum_m2(polygons: NDArray[Any]) -> float:
    return float(_areas_m2(polygons).sum())


def not_released(
    connection: sqlite3.Connection,
    as_of: str | None,
    known_at: str | None,
    wanted: Collection[str] | None = None,
) -> dict[str, Conflict]:
    """Return areas that ended while land of them was not released, by record id.

    With ``wanted`` only those of these record ids, which takes less reading than all.
    """
    when = bounds_or_now(as_of, known_at)
    plots = load(connection, when).areas if wanted is None else some(connection, when, wanted)
    ended = [plot for plot in plots if plot.status in ENDED]
    return _left(connection, shaped(connection, ended), when)


def _left(
    connection: sqlite3.Connection, divided: Divided, when: Mapping[str, int]
) -> dict[str, Conflict]:
    return {one.record_ids[0]: one for one in ended_with_land(connection, divided, when)}


def list_conflicts(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None
) -> list[Conflict]:
    """Return what contradicts itself in the land that stands at a date."""
    when = bounds_or_now(as_of, known_at)
    plots = load(connection, when)
    districts = load_districts(connection, when)
    divided = shaped(connection, plots.areas)
    found = find_conflicts(connection, plots, divided, when)
    now = as_of is None and known_at is None
    links = [*broken_links(connection), *on_undone_imports(connection)] if now else ()
    return [*found, *_apart_from_land(connection, when, divided, districts), *links]


def _apart_from_land(
    connection: sqlite3.Connection,
    when: Mapping[str, int],
    divided: Divided,
    districts: Districts,
) -> Iterator[Conflict]:
    """Conflicts of what is said of land beside its polygons: districts, and reported progress."""
    yield from against_districts(connection, when, divided, districts)
    reports, _ = _reports(connection, when)
    for earlier, later in falling(reports):
        text = (
            f"work done so far is {later['area_m2']:,.0f} m², after {earlier['area_m2']:,.0f} m²"
            " in an earlier report"
        )
        ids = (later["record_id"], earlier["record_id"])
        yield Conflict("progress_falls", ids, text)
    yield from _reversed(connection, when, reports)


def _reversed(
    connection: sqlite3.Connection, when: Mapping[str, int], reports: Iterable[Mapping[str, Any]]
) -> Iterator[Conflict]:
    """Reports and work of files that end before they start."""
    for one in reports:
        start, end = one.get("period_start"), one.get("period_end")
        if is_reversed(start, end):
            text = f"the period reported ends ({end}) before it starts ({start})"
            yield Conflict("period_reversed", (one["record_id"],), text)
    works = {work.record_id: work for work in works_standing(connection, when).values()}
    for record_id, work in works.items():
        if is_reversed(work.started_on, work.ended_on):
            text = f"the work ended ({work.ended_on}) before it started ({work.started_on})"
            yield Conflict("period_reversed", (record_id,), text)


def contested_m2(connection: sqlite3.Connection, as_of: str | None, known_at: str | None) -> float:
    """Return the ground that is both released and still in an area, each place counted once."""
    plots = load(connection, bounds_or_now(as_of, known_at))
    found = contested(connection, plots, shaped(connection, plots.areas))
    return float(area_m2(unite(found.shapes)))


def work_progress(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None
) -> list[Progress]:
    """Return what activities report in m², beside what their products measure."""
    when = bounds_or_now(as_of, known_at)
    reports, names = _reports(connection, when)
    if not reports:
        return []
    products = _bodies(connection, "land_release_product", when)
    measured: dict[tuple[str, str | None], float] = defaultdict(float)
    for body in products:
        if body.get("activity") and body["area_m2"] is not None:
            activity = names.get(body["activity"], body["activity"])
            measured[activity, body["method"]] += body["area_m2"]
    return progress(reports, measured)


def _activities(connection: sqlite3.Connection, when: Mapping[str, int]) -> dict[str, str]:
    """Record ids of activities by the local ids that they have or had."""
    activities = _bodies(connection, "activity", when)
    names = formerly_called(connection, "activity")
    return names | {row["local_id"]: row["record_id"] for row in activities if row.get("local_id")}


def _reports(
    connection: sqlite3.Connection, when: Mapping[str, int]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Bodies of progress reports, their activity by its record id; and `_activities` for them."""
    reports = _bodies(connection, "progress_report", when)
    names = _activities(connection, when) if reports else {}
    for row in reports:
        row["activity"] = names.get(row["activity"], row["activity"])
    return reports, names


def _bodies(
    connection: sqlite3.Connection, kind: str, when: Mapping[str, int]
) -> list[dict[str, Any]]:
    rows = connection.execute(
        f"SELECT r.record_id, s.area_m2, e.occurred_on, e.body, {TEXT}"
        f" FROM ({standing(of_kind(kind))}) AS s"
        " JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)",
        when,
    )
    return [
        {
            "area_m2": m2,
            "occurred_on": day,
            **join(body, None, None, words).body,
            "record_id": key,
        }
        for key, m2, day, body, words in rows
    ]
