"""What a plan is made from: hazardous areas, teams, a horizon, and the planner's own settings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from landrelease.domain.kinds import codes
from landrelease.errors import FieldError

#: A confirmed or suspected hazardous area that no activity has closed.
OPEN_STATUSES = ("open", "suspended")


def _at_least(name: str, value: float | None, least: float) -> None:
    if value is not None and not (math.isfinite(value) and value >= least):
        raise FieldError(name, value, f"must be a number of at least {least:g}")


def _one_of(name: str, value: str, known: Mapping[str, object]) -> None:
    if value not in known:
        raise FieldError(name, value, "not in the code list", f"one of {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One hazardous area as the planner sees it; what is not known stays ``None``.

    Parameters
    ----------
    record_id, local_id : str
        Identity in the register, and the name people use.
    hazard_kind : str
        ``SHA`` (suspected) or ``CHA`` (confirmed).
    status : str
        ``open``, ``suspended``, ``closed`` or ``handed_over``.
    remaining_m2, stated_m2 : float, optional
        Measured land still hazardous; the area as reported where nothing was measured. m².
    longitude, latitude : float, optional
        Centroid in degrees (WGS84).
    accidents_within_500_m, casualties_within_500_m : int, optional
        Known accidents near the area, and people killed or injured in them.
    last_accident_year : int, optional
        Year of the latest of them.
    people_affected : int, optional
        People whose life the area touches, as recorded.
    settlement_distance_m : float, optional
        Distance to the nearest settlement, metres.
    district : str
        Name of the district, empty where unknown.

    Raises
    ------
    FieldError
        A code is unknown or a number cannot be.

    Examples
    --------
    >>> Candidate("a1", "HA-1", "CHA", remaining_m2=5200.0).area_m2
    5200.0
    >>> Candidate("a2", "HA-2", "SHA", stated_m2=900.0).measured
    False
    """

    record_id: str
    local_id: str
    hazard_kind: str
    status: str = "open"
    remaining_m2: float | None = None
    stated_m2: float | None = None
    longitude: float | None = None
    latitude: float | None = None
    accidents_within_500_m: int | None = None
    casualties_within_500_m: int | None = None
    last_accident_year: int | None = None
    people_affected: int | None = None
    settlement_distance_m: float | None = None
    district: str = ""

    def __post_init__(self) -> None:
        _one_of("hazard_kind", self.hazard_kind, codes("hazard_kind"))
        _one_of("status", self.status, codes("area_status"))
        for name in _COUNTED:
            _at_least(name, getattr(self, name), 0)

    @property
    def measured(self) -> bool:
        """Whether the area rests on a polygon and not on a stated figure."""
        return self.remaining_m2 is not None

    @property
    def area_m2(self) -> float | None:
        """Land to work on: measured where it can be, else as stated, else unknown."""
        return self.stated_m2 if self.remaining_m2 is None else self.remaining_m2


_COUNTED = (
    "remaining_m2",
    "stated_m2",
    "accidents_within_500_m",
    "casualties_within_500_m",
    "people_affected",
    "settlement_distance_m",
)


@dataclass(frozen=True, slots=True)
class Team:
    """One survey or clearance team; its output is the user's figure, never a default.

    Parameters
    ----------
    name : str
        Name of the team.
    activity_type : str
        ``non_technical_survey``, ``technical_survey``, ``clearance`` or another activity type.
    output_m2_per_day : float
        Land the team completes in a working day, m². It depends on soil, vegetation and method.
    working_days : int, optional
        Days the team can work within the horizon; without it, every day of the horizon.
    base_longitude, base_latitude : float, optional
        Where the team starts from, degrees.
    max_distance_km : float, optional
        Farthest area it can be sent to; needs a base.

    Raises
    ------
    FieldError
        A value cannot be; the message names the field.
    """

    name: str
    activity_type: str
    output_m2_per_day: float
    working_days: int | None = None
    base_longitude: float | None = None
    base_latitude: float | None = None
    max_distance_km: float | None = None

    def __post_init__(self) -> None:
        if not self.name:
            raise FieldError("name", self.name, "a team needs a name")
        _one_of("activity_type", self.activity_type, codes("activity_type"))
        _at_least("output_m2_per_day", self.output_m2_per_day, 0)
        if not self.output_m2_per_day:
            raise FieldError("output_m2_per_day", self.output_m2_per_day, "must be more than 0 m²")
        _at_least("working_days", self.working_days, 0)
        _at_least("max_distance_km", self.max_distance_km, 0)
        if self.max_distance_km is not None and self.base is None:
            raise FieldError("max_distance_km", self.max_distance_km, "needs the team's base")

    @property
    def base(self) -> tuple[float, float] | None:
        """Longitude and latitude of the base, where known."""
        if self.base_longitude is None or self.base_latitude is None:
            return None
        return self.base_longitude, self.base_latitude

    def days_within(self, horizon_days: int) -> int:
        """Days the team can work in a horizon."""
        return horizon_days if self.working_days is None else min(self.working_days, horizon_days)


@dataclass(frozen=True, slots=True)
class Problem:
    """Which areas, which teams, how many days.

    Raises
    ------
    FieldError
        The horizon is not positive, or an id or a team's name stands twice.
    """

    candidates: tuple[Candidate, ...]
    teams: tuple[Team, ...]
    horizon_days: int

    def __post_init__(self) -> None:
        _at_least("horizon_days", self.horizon_days, 1)
        _unique("record_id", [c.record_id for c in self.candidates])
        _unique("name", [t.name for t in self.teams])


def _unique(name: str, values: list[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise FieldError(name, value, "stands twice", "give each its own")
        seen.add(value)


@dataclass(frozen=True, slots=True)
class PlanParams:
    """The planner's settings; every one is printed with the plan.

    Parameters
    ----------
    weights : Mapping[str, float]
        Factor → weight, replacing the published ones; 0 leaves a factor out.
    reference_year : int, optional
        Year from which «years since the last accident» counts; without it that factor is unknown.
    weight_spread : float
        Weights are varied by up to this share for the rank intervals, 0 to 1.
    draws : int
        Number of weight sets tried.
    level : float
        Share of the weight sets that the interval covers.
    seed : int
        Seed of the weight sets: the same plan twice.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    reference_year: int | None = None
    weight_spread: float = 0.5
    draws: int = 200
    level: float = 0.9
    seed: int = 1

    def __post_init__(self) -> None:
        for name, weight in self.weights.items():
            _at_least(f"weights.{name}", weight, 0)
        if not 0 <= self.weight_spread <= 1:
            raise FieldError("weight_spread", self.weight_spread, "lies between 0 and 1")
        if not 0 < self.level < 1:
            raise FieldError("level", self.level, "lies between 0 and 1")
        _at_least("draws", self.draws, 1)

    def as_dict(self) -> dict[str, object]:
        """Every setting by name, JSON-ready."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value
