"""What land is, at a date: the state of areas and the account of square metres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


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


@dataclass(frozen=True, slots=True)
class Balance:
    """The account of square metres of one area, a district or the country.

    reported + resurvey − cancelled − reduced − cleared − remaining = difference, which geometry
    that is valid keeps within half a square metre an area.
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
    overlap_m2: float
    stated_areas: int
    stated_m2: float
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
    """Records that contradict one another; kept, listed, and left to a person to judge."""

    code: str
    record_ids: tuple[str, ...]
    message: str
    area_m2: float | None = None
