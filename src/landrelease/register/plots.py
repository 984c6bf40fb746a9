"""Areas with what decides their ground: surveyed polygons and land release products."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.domain.land import Ground, divide
from landrelease.domain.workflow import status_under, waits
from landrelease.geometry import cut, polygonal, unite
from landrelease.register.former import EVER_CALLED
from landrelease.register.held import Holds, held
from landrelease.register.order import Order, release_orders
from landrelease.register.state import (
    FOREVER,
    KNOWN,
    VOID,
    all_polygons,
    counting,
    of_kind,
    standing,
    uncertain,
)
from landrelease.register.workflow import Approval


class Survey(NamedTuple):
    """A polygon that a survey drew; one that ``waits`` for approval adds ground and takes none."""

    order: Order
    entry_no: int
    area_m2: float
    waits: bool = False


class Product(NamedTuple):
    """A land release product that stands; ``owner`` is the record number of its area.

    ``order`` is that of the release, whatever corrected the record since.
    """

    record_id: str
    entry_no: int
    method: str
    area: str | None
    owner: int | None
    area_m2: float | None
    stated_area_m2: float | None
    undated: bool
    order: Order


@dataclass(slots=True, eq=False)
class Plot:
    """One hazardous area that stands, with its surveys and products in order of effect.

    ``workflow`` is where it stands on its way to approval, None where none is asked for;
    ``awaiting`` are products that release nothing before they are approved, ``stated`` those that
    give only a figure. ``parts`` are surveys of the areas that were split from it. ``places`` are
    entries that put it where it is, or was before a version that waits, without a polygon;
    ``has_shape`` tells whether the version that stands has a geometry of its own.
    """

    record_no: int
    record_id: str
    local_id: str | None
    hazard_kind: str
    status: str
    stated_area_m2: float | None
    district: str | None
    undated: bool
    split_from: str | None
    has_shape: bool
    surveys: list[Survey] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    workflow: str | None = None
    awaiting: list[Product] = field(default_factory=list)
    parts: list[Survey] = field(default_factory=list)
    stated: list[Product] = field(default_factory=list)
    places: tuple[int, ...] = ()

    @property
    def drawn(self) -> list[Survey]:
        """The surveys that draw the area: the last, with those that it may not narrow yet."""
        at = len(self.surveys) - 1
        while at > 0 and self.surveys[at].waits:
            at -= 1
        return self.surveys[at:]

    @property
    def worked(self) -> bool:
        """Whether its ground is no single polygon: with products, parts or surveys that wait."""
        return bool(self.products or self.parts) or len(self.drawn) > 1

    @property
    def measured(self) -> bool:
        """Whether a polygon says how large it is."""
        return bool(self.surveys)

    @property
    def unplaced(self) -> bool:
        """Whether neither it nor a survey of it says where it is: no map shows it."""
        return not (self.has_shape or self.surveys or self.places)

    @property
    def released_m2(self) -> float:
        """The m² that products drew or stated as gone."""
        drawn = (product.area_m2 for product in self.products)
        stated = (product.stated_area_m2 for product in self.stated)
        return sum(m2 for m2 in (*drawn, *stated) if m2 is not None)

    @property
    def stated_left_m2(self) -> float | None:
        """What was stated of an area without a polygon, less what left it; None for others."""
        if self.measured or self.stated_area_m2 is None:
            return None
        return max(0.0, self.stated_area_m2 - self.released_m2)


#: The same as it was known: every local id that a version which counts gave an area.
_CALLED_THEN = f"""
SELECT l.local_id, v.record_no FROM record AS r CROSS JOIN version AS v USING (record_no)
CROSS JOIN land AS l USING (entry_no)
WHERE {of_kind("hazardous_area")} AND v.role < {VOID} AND {KNOWN} AND l.local_id IS NOT NULL
"""


class Links:
    """From a record id or a local id to the area that it means.

    A link means the record: an area that was renamed goes by its former local ids too. What
    several areas are called, or were, names none of them, so nothing depends on who came first.
    """

    def __init__(self, plots: Iterable[Plot], called: Iterable[tuple[str, int]]) -> None:
        numbered = {plot.record_no: plot for plot in plots}
        self._ids = {plot.record_id: plot for plot in numbered.values()}
        self._local: dict[str, Plot | None] = {}
        own = ((plot.local_id, number) for number, plot in numbered.items() if plot.local_id)
        for local_id, record_no in (*own, *called):
            plot = numbered.get(record_no)
            if plot is not None and self._local.setdefault(local_id, plot) is not plot:
                self._local[local_id] = None

    def __call__(self, reference: str | None) -> Plot | None:
        """Return the one area that a reference means, None for none or several."""
        if reference is None:
            return None
        return self._ids.get(reference) or self._local.get(reference)

    def names(self, wanted: Collection[Plot]) -> list[str]:
        """Return all by which some areas alone are meant."""
        numbers = {plot.record_no for plot in wanted}
        local = (name for name, plot in self._local.items() if plot and plot.record_no in numbers)
        return [*(plot.record_id for plot in wanted), *local]


def called(connection: sqlite3.Connection, when: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the local ids of areas that went by several, with record numbers, for `Links`."""
    if when["known_us"] == FOREVER:
        return connection.execute(EVER_CALLED).fetchall()
    return connection.execute(_CALLED_THEN, when).fetchall()


@dataclass(frozen=True, slots=True)
class Plots:
    """All areas at a date, and the products that belong to none of them."""

    areas: Sequence[Plot]
    unlinked: Sequence[Product]
    resurveys_unlinked: Sequence[str]
    uncertain: frozenset[int]
    undated: int
    link: Links

    @property
    def worked(self) -> list[Plot]:
        """Areas whose ground is no single polygon."""
        return [plot for plot in self.areas if plot.worked]


def load(connection: sqlite3.Connection, when: Mapping[str, int]) -> Plots:
    """Return the areas, surveys and products that stand at a date."""
    approval = Approval.known_at(connection, when["known_us"])
    areas = _areas(connection, when, approval)
    link = Links(areas.values(), called(connection, when))
    _add_own_polygons(connection, when, areas, approval)
    lost, undated_surveys = _add_resurveys(connection, when, link, approval)
    _add_parts(areas.values(), link)
    unlinked, undated_products = _add_products(connection, when, link, approval)
    unsure = _uncertain(connection, when, link)
    undated = sum(p.undated for p in areas.values()) + undated_surveys + undated_products
    return Plots(list(areas.values()), unlinked, lost, unsure, undated, link)


def some(
    connection: sqlite3.Connection, when: Mapping[str, int], record_ids: Collection[str]
) -> list[Plot]:
    """Return those of the areas, as `load` does, and read of others only what these depend on."""
    approval = Approval.known_at(connection, when["known_us"])
    areas = _areas(connection, when, approval, _concerned(connection, when, record_ids))
    link = Links(areas.values(), called(connection, when))
    own = frozenset(record_ids)
    wanted = {number: plot for number, plot in areas.items() if plot.record_id in own}
    parts = {number: plot for number, plot in areas.items() if plot.split_from}
    _add_own_polygons(connection, when, wanted | parts, approval)
    _add_resurveys(connection, when, link, approval)
    _add_parts(areas.values(), link)
    _add_products(connection, when, link, approval, link.names(wanted.values()))
    return list(wanted.values())


#: Areas of some ids, and all that go or went by one of their names: a name of two means neither.
_NAMESAKES = """
WITH own AS (SELECT record_no, local_id FROM record
    WHERE record_id IN (SELECT value FROM json_each(:ids))),
  name AS (SELECT local_id FROM own
    UNION SELECT local_id FROM former_id WHERE record_no IN (SELECT record_no FROM own)),
  bearer AS (SELECT record_no FROM own
    UNION SELECT record_no FROM record WHERE local_id IN name OR record_id IN name
    UNION SELECT record_no FROM former_id WHERE local_id IN name)
SELECT record_no FROM bearer JOIN record AS r USING (record_no) WHERE r.kind = 'hazardous_area'
"""


def _concerned(
    connection: sqlite3.Connection, when: Mapping[str, int], record_ids: Collection[str]
) -> list[int] | None:
    """Return the numbers of areas that decide on some; None, all, where that is hard to tell.

    Parts hold ground of areas of other names; what was voided since may have had names of its own.
    """
    split = connection.execute("SELECT 1 FROM land WHERE split_from IS NOT NULL LIMIT 1").fetchone()
    if split or when["known_us"] != FOREVER:
        return None
    rows = connection.execute(_NAMESAKES, {"ids": json.dumps(list(record_ids))})
    return [number for (number,) in rows]


@dataclass(frozen=True, slots=True)
class Divided:
    """Areas with their shapes, read once for the account and for the conflicts.

    Attributes
    ----------
    plots : sequence of Plot
        The areas.
    products : sequence of Product
        Of all areas, area by area.
    owner : ndarray of int
        Place of each product's area in ``plots``.
    latest, shapes : ndarray
        Latest surveyed polygon of each area; polygon of each product.
    kept : ndarray
        Polygon of each product without the ground that parts of its area hold: that is theirs.
    ground : Ground
        How the ground is divided.
    """

    plots: Sequence[Plot]
    products: Sequence[Product]
    owner: NDArray[np.intp]
    latest: NDArray[Any]
    shapes: NDArray[Any]
    kept: NDArray[Any]
    ground: Ground


def shaped(connection: sqlite3.Connection, plots: Sequence[Plot]) -> Divided:
    """Divide the ground of areas among their products."""
    moved = _moved(connection, plots)
    latest = _latest(connection, plots, moved)
    products = [(at, product) for at, p in enumerate(plots) for product in p.products]
    shapes = geometries(connection, [product.entry_no for _, product in products])
    owner = np.array([at for at, _ in products], np.intp)
    kept = shapes.copy()
    for row in np.flatnonzero(np.isin(owner, list(moved))):
        kept[row] = cut(polygonal(shapes[row]), moved[owner[row]])
    ground = divide(latest, kept, owner)
    return Divided(plots, [product for _, product in products], owner, latest, shapes, kept, ground)


def _moved(connection: sqlite3.Connection, plots: Sequence[Plot]) -> dict[int, shapely.Geometry]:
    """The ground that parts of an area hold, by the place of the area."""
    return {
        at: unite(geometries(connection, [survey.entry_no for survey in plot.parts]))
        for at, plot in enumerate(plots)
        if plot.parts
    }


def _latest(
    connection: sqlite3.Connection, plots: Sequence[Plot], moved: Mapping[int, shapely.Geometry]
) -> NDArray[Any]:
    latest = geometries(connection, [p.surveys[-1].entry_no if p.surveys else None for p in plots])
    for at, plot in enumerate(plots):
        if len(plot.drawn) > 1:
            latest[at] = unite(geometries(connection, [s.entry_no for s in plot.drawn]))
        if at in moved and plot.surveys:
            latest[at] = cut(polygonal(latest[at]), moved[at])
    return latest


def geometries(connection: sqlite3.Connection, entry_nos: Sequence[int | None]) -> NDArray[Any]:
    """Return the geometry of each entry, mended where it is invalid, None for None."""
    rows = connection.execute(
        "SELECT entry_no, shape FROM land WHERE entry_no IN (SELECT value FROM json_each(?))",
        (json.dumps([number for number in entry_nos if number is not None]),),
    )
    held = dict(rows.fetchall())
    shapes = [None if number is None else held[number] for number in entry_nos]
    found: NDArray[Any] = shapely.from_wkb(np.array(shapes, dtype=object))
    invalid = np.flatnonzero(~shapely.is_valid(found) & ~shapely.is_missing(found))
    found[invalid] = shapely.make_valid(found[invalid])
    return found


#: Whether a record ``r`` is among some numbers; whether it ever named an area by one of some names.
_AMONG = "r.record_no IN (SELECT value FROM json_each(:among))"
_NAMES = (
    "EXISTS (SELECT 1 FROM version AS n WHERE n.record_no = r.record_no"
    " AND n.area IN (SELECT value FROM json_each(:named)))"
)


def _areas(
    connection: sqlite3.Connection,
    when: Mapping[str, int],
    approval: Approval,
    among: Collection[int] | None = None,
) -> dict[int, Plot]:
    which = of_kind("hazardous_area") if among is None else _AMONG
    rows = connection.execute(
        "SELECT s.record_no, s.record_id, l.local_id, l.hazard_kind, l.status, l.stated_area_m2,"
        " l.district, l.undated, l.split_from, l.shape IS NOT NULL, s.entry_no, s.recorded_us"
        f" FROM ({standing(which)}) AS s JOIN land AS l USING (entry_no) ORDER BY s.record_no",
        {**when, "among": json.dumps(among)},
    ).fetchall()
    states = approval.states(row[-2:] for row in rows)
    holds = held(connection, when, approval, [row[0] for row in rows if waits(states.get(row[-2]))])
    return {row[0]: _under(states.get(row[-2]), Plot(*row[:-2]), holds.get(row[0])) for row in rows}


def _under(state: str | None, plot: Plot, holds: Holds | None) -> Plot:
    if state is None:
        return plot
    plot = replace(plot, workflow=state, status=status_under(state, plot.status))
    return plot if holds is None else replace(plot, **holds._asdict())


def _add_own_polygons(
    connection: sqlite3.Connection,
    when: Mapping[str, int],
    areas: Mapping[int, Plot],
    approval: Approval,
) -> None:
    """Add what versions of areas drew; one that repeats the polygon before it is no survey.

    A version holds the whole record, so a corrected name carries the old polygon along: that
    must not undo what a re-survey drew meanwhile.
    """
    rows = _own_polygons(connection, when, areas)
    held = approval.waiting((row[4], row[2]) for row in rows)
    for record_no, *order, entry_no, m2, drawn_anew in rows:
        plot = areas[record_no]
        if drawn_anew:
            plot.surveys.append(Survey(Order(*order), entry_no, m2, entry_no in held))
        elif plot.surveys[-1].waits and entry_no not in held:
            plot.surveys[-1] = plot.surveys[-1]._replace(waits=False)


def _own_polygons(
    connection: sqlite3.Connection, when: Mapping[str, int], areas: Mapping[int, Plot]
) -> list[tuple[Any, ...]]:
    """Return the versions of areas with a polygon; shapes are read only where there are several."""
    columns = "record_no, effective_day, recorded_us, entry_id, entry_no, area_m2"
    rows = connection.execute(
        f"SELECT {columns}, 1 FROM ({counting(_AMONG)}) WHERE area_m2 IS NOT NULL",
        {**when, "among": json.dumps(list(areas))},
    ).fetchall()
    times = Counter(row[0] for row in rows)
    several = [record_no for record_no, count in times.items() if count > 1]
    every = connection.execute(
        f"SELECT {columns}, drawn_anew FROM ({all_polygons(_AMONG)})",
        {**when, "among": json.dumps(several)},
    ).fetchall()
    return [row for row in rows if times[row[0]] == 1] + every


def _add_resurveys(
    connection: sqlite3.Connection, when: Mapping[str, int], link: Links, approval: Approval
) -> tuple[list[str], int]:
    rows = connection.execute(
        "SELECT s.record_id, s.area, s.effective_day, s.recorded_us, s.entry_id, s.entry_no,"
        f" s.area_m2, l.undated FROM ({standing(of_kind('resurvey'))}) AS s"
        " JOIN land AS l USING (entry_no) WHERE s.area_m2 IS NOT NULL",
        when,
    ).fetchall()
    held = approval.waiting((row[5], row[3]) for row in rows)
    found: dict[int, tuple[Plot, list[Survey]]] = defaultdict()
    lost = []
    for record_id, area, *order, entry_no, m2, _ in rows:
        plot = link(area)
        if plot is None:
            lost.append(record_id)
            continue
        plot.surveys.append(Survey(Order(*order), entry_no, m2, entry_no in held))
        found[plot.record_no] = (plot, plot.surveys)
    for _, surveys in found.values():
        surveys.sort(key=lambda survey: survey.order)
    return lost, sum(bool(row[-1]) for row in rows)


def _add_parts(areas: Iterable[Plot], link: Links) -> None:
    """Give every area the surveys of what was split from it: that ground is no more its own."""
    parents: dict[int, list[Plot]] = {
        plot.record_no: [p for p in map(link, json.loads(plot.split_from)) if p is not None]
        for plot in areas
        if plot.split_from
    }
    for plot in areas:
        for parent in parents.get(plot.record_no, ()):
            if plot.record_no not in _descent(parent, parents):
                parent.parts.extend(plot.surveys)


def _descent(plot: Plot, parents: Mapping[int, Sequence[Plot]]) -> set[int]:
    """The numbers of an area and of all that it was split from; data may name a circle."""
    found: set[int] = set()
    waiting = [plot]
    while waiting:
        at = waiting.pop()
        if at.record_no not in found:
            found.add(at.record_no)
            waiting += parents.get(at.record_no, ())
    return found


def parts_of(plots: Plots) -> dict[int, list[Plot]]:
    """Return the areas that were split from each area that has such, by its record number."""
    found: dict[int, list[Plot]] = defaultdict(list)
    for plot in plots.areas:
        for parent in map(plots.link, json.loads(plot.split_from or "[]")):
            if parent is not None and parent is not plot:
                found[parent.record_no].append(plot)
    return found


def _add_products(
    connection: sqlite3.Connection,
    when: Mapping[str, int],
    link: Links,
    approval: Approval,
    named: Collection[str] | None = None,
) -> tuple[list[Product], int]:
    """Give areas the products that name them; with ``named`` only those that ever named these."""
    which = of_kind("land_release_product") + ("" if named is None else f" AND {_NAMES}")
    rows = connection.execute(
        "SELECT s.record_no, s.effective_day, s.recorded_us, s.entry_id, s.entry_no, s.record_id,"
        " l.method, s.area, s.area_m2, l.stated_area_m2, l.undated, EXISTS (SELECT 1"
        "   FROM version AS o WHERE o.record_no = s.record_no AND o.entry_id != s.entry_id)"
        f" FROM ({standing(which)}) AS s JOIN land AS l USING (entry_no)",
        {**when, "named": json.dumps(named)},
    ).fetchall()
    held = approval.waiting((row[4], row[2]) for row in rows)
    orders = {row[0]: Order(*row[1:4]) for row in rows}
    orders |= release_orders(connection, when, {row[0]: orders[row[0]] for row in rows if row[-1]})
    unlinked = []
    for number, *_, entry_no, record_id, method, area, m2, stated, no_date, _ in sorted(
        rows, key=lambda row: orders[row[0]]
    ):
        plot = link(area)
        owner = plot.record_no if plot else None
        about = (record_id, entry_no, method, area, owner, m2, stated, bool(no_date))
        product = Product(*about, orders[number])
        if entry_no in held:
            if plot is not None and m2 is not None:
                plot.awaiting.append(product)
        elif plot is None:
            unlinked.append(product)
        else:
            (plot.stated if m2 is None else plot.products).append(product)
    return unlinked, sum(bool(row[-2]) for row in rows)


def _uncertain(
    connection: sqlite3.Connection, when: Mapping[str, int], link: Links
) -> frozenset[int]:
    found = {n for (n,) in connection.execute(uncertain(of_kind("hazardous_area")), when)}
    for kind in ("resurvey", "land_release_product"):
        query = (
            "SELECT DISTINCT area FROM version WHERE area IS NOT NULL"
            f" AND record_no IN ({uncertain(of_kind(kind))})"
        )
        plots = (link(area) for (area,) in connection.execute(query, when))
        found |= {plot.record_no for plot in plots if plot}
    return frozenset(found)
