"""What land is, at a date: the state of areas and the account of square metres."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.geometry import area_m2, cut, join, polygonal, unite


@dataclass(frozen=True, slots=True)
class AreaState:
    """A hazardous area at the dates asked for.

    Attributes
    ----------
    stated_area_m2 : float or None
        As reported; never mixed with measured figures.
    area_m2 : float or None
        Its outline measured on the ellipsoid; None without a polygon.
    remaining_m2 : float or None
        Its latest surveyed polygon without its land release products, measured.
    undated : bool
        Whether nothing says when its present version came about.
    date_uncertain : bool
        Whether a date known only to the month or year decides what stands here.
    stated_left_m2 : float or None
        Of an area without a polygon: what was stated less what products took; None for others.
    workflow : str or None
        ``collected``, ``verified`` or ``approved``; None where no approval is asked for. An area
        whose closing waits for approval is open.
    """

    record_id: str
    local_id: str | None
    hazard_kind: str
    status: str
    stated_area_m2: float | None
    area_m2: float | None
    remaining_m2: float | None
    district: str | None
    undated: bool = False
    date_uncertain: bool = False
    geometry: Any = None
    workflow: str | None = None
    stated_left_m2: float | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """The account of square metres of one area, a district or the country.

    reported + resurvey − cancelled − reduced − cleared − remaining = difference, which geometry
    that is valid keeps within half a square metre an area. ``awaiting_m2`` is the part of what
    remains that will be released by products when they are approved. ``stated_m2`` is what is left
    of what was stated of areas without a polygon; ``unmapped_m2`` is what products without one say
    they took of areas that have one: nobody knows where, so it remains. ``overlap_m2`` is what the
    sum of the outlines counts more than once, ``remaining_overlap_m2`` what that of the remaining
    land does.
    """

    as_of: str | None
    known_at: str | None
    scope: str | None
    reported_m2: float
    resurvey_m2: float
    cancelled_m2: float
    reduced_m2: float
    cleared_m2: float
    remaining_m2: float
    awaiting_m2: float
    overlap_m2: float
    remaining_overlap_m2: float
    stated_areas: int
    stated_m2: float
    unmapped_m2: float
    undated: int
    quarantined: int
    conflicts: int

    @property
    def difference_m2(self) -> float:
        """What the account leaves open."""
        released = self.cancelled_m2 + self.reduced_m2 + self.cleared_m2
        return self.reported_m2 + self.resurvey_m2 - released - self.remaining_m2


@dataclass(frozen=True, slots=True)
class Conflict:
    """Records that contradict one another; kept, listed, and left to a person to judge.

    ``stated_m2`` is land of a stated size, which is never mixed with what is measured.
    """

    code: str
    record_ids: tuple[str, ...]
    message: str
    area_m2: float | None = None
    stated_m2: float | None = None


class AreasTold(NamedTuple):
    """The hazardous areas at a date, with what a list of them has to say beside.

    Attributes
    ----------
    states : sequence of AreaState
        Every area.
    left : mapping of str to Conflict
        Areas that ended while land of them was not released, by record id.
    unplaced : sequence of str
        Record ids of the areas that no map shows, save those that ended with nothing left.
    """

    states: Sequence[AreaState]
    left: Mapping[str, Conflict]
    unplaced: Sequence[str]


@dataclass(frozen=True)
class Ground:
    """How the ground of areas is divided; arrays of polygons.

    Attributes
    ----------
    outline : ndarray, shape (areas,)
        Latest surveyed polygon united with the area's products.
    remaining : ndarray, shape (areas,)
        Latest surveyed polygon without the area's products.
    products, before : ndarray, shape (products,)
        Each product, and what earlier products of the same area cover.
    """

    outline: NDArray[Any]
    remaining: NDArray[Any]
    products: NDArray[Any]
    before: NDArray[Any]

    @cached_property
    def shares(self) -> NDArray[Any]:
        """Each product without what earlier ones cover; overlaid only for those who ask."""
        shares: NDArray[Any] = cut(self.products, self.before)
        return shares


def divide(latest: NDArray[Any], products: NDArray[Any], owner: NDArray[np.intp]) -> Ground:
    """Divide the ground of areas among their products.

    Parameters
    ----------
    latest : ndarray of polygons or None, shape (areas,)
        Latest surveyed polygon of each area.
    products : ndarray of polygons or None, shape (products,)
        In order of effect.
    owner : ndarray of int, shape (products,)
        Place of each product's area in ``latest``.

    Examples
    --------
    >>> import shapely
    >>> field, strip = shapely.box(0, 0, 4, 1), shapely.box(0, 0, 1, 1)
    >>> ground = divide(np.array([field]), np.array([strip, strip]), np.array([0, 0]))
    >>> ground.remaining[0].area, [share.area for share in ground.shares]
    (3.0, [1.0, 0.0])
    """
    covered = polygonal(np.full(len(latest), None, dtype=object))
    before = np.full(len(products), None, dtype=object)
    for turn in _turns(owner):
        at = owner[turn]
        before[turn] = covered[at]
        covered[at] = join(covered[at], products[turn])
    return Ground(join(latest, covered), cut(latest, covered), products, before)


def _turns(owner: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """Yield the places of the first product of every area, then of the second, and so on."""
    if not len(owner):
        return
    by_area = np.argsort(owner, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(owner[by_area]) != 0])
    rank = np.arange(len(owner)) - np.repeat(starts, np.diff(np.r_[starts, len(owner)]))
    for turn in range(int(rank.max()) + 1):
        yield by_area[rank == turn]


def overlap_m2(polygons: NDArray[Any]) -> float:
    """Return the square metres that the sum of the polygons' areas counts more than once.

    Examples
    --------
    >>> import shapely
    >>> overlap_m2(np.array([shapely.box(0, 0, 2, 1), shapely.box(2, 0, 3, 1)]))
    0.0
    """
    polygons = polygonal(polygons)
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    apart = first != second
    meeting = polygons[np.unique(first[apart])]
    if not len(meeting):
        return 0.0
    twice = float(np.sum(area_m2(meeting))) - float(area_m2(unite(meeting)))
    return max(0.0, twice)
