"""What to do next with these teams, and when the work may be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import shapely

from landrelease.domain.dates import PartialDate
from landrelease.domain.land import AreaState
from landrelease.planning import Candidate, PlanParams, Problem, read_teams
from landrelease.planning import forecast as _forecast
from landrelease.planning import plan as _plan
from landrelease.register import NOW, Record, Register, open_register
from landrelease.services.nearby import pairs_within
from landrelease.services.released import measure, releasing
from landrelease.services.times import today

Result = dict[str, Any]
_NEAR_M = 500.0


@dataclass(frozen=True, slots=True)
class _Toll:
    """Accidents near one area."""

    accidents: int = 0
    casualties: int = 0
    last_year: int | None = None


def plan(path: Path, teams: Path, *, horizon_days: int, as_of: str | None = None) -> Result:
    """Rank what remains and give tasks to the teams; changes nothing in the register."""
    crew = read_teams(teams)
    with open_register(path) as register:
        areas = register.areas(as_of=as_of)
        people = _people(register, as_of)
        shapes = register.outlines(as_of=as_of)
        accidents = list(register.records("accident", as_of=as_of))
    tolls = _tolls(shapes, accidents)
    candidates = tuple(
        replace(
            _candidate(a, shapes.get(a.record_id), tolls.get(a.record_id, _Toll())),
            people_affected=people.get(a.record_id),
        )
        for a in areas
    )
    problem = Problem(candidates=candidates, teams=crew, horizon_days=horizon_days)
    year = PartialDate.parse(as_of, "as_of").year if as_of is not None else today().year
    made = _plan(problem, PlanParams(reference_year=year))
    return {**made.as_dict(), "as_of": as_of}


def forecast(path: Path) -> Result:
    """Years of work left at the pace of past years; «cannot estimate» is an answer."""
    with open_register(path) as register:
        return forecast_of(register)


def forecast_of(register: Register) -> Result:
    """The forecast of an open register."""
    products = releasing(register, register.records("land_release_product", as_of=NOW))
    return forecast_from(register.areas(), products, measure(register).every, today().year)


def forecast_from(
    areas: Sequence[AreaState],
    products: Sequence[Record],
    measured: Mapping[str, float],
    year: int,
) -> Result:
    """The forecast from areas and products as they stood in a year; ``measured`` in m² by id."""
    remaining: defaultdict[str, float] = defaultdict(float)
    for area in areas:
        if area.status in ("open", "suspended"):
            remaining[area.hazard_kind] += area.remaining_m2 or 0.0
    released = _released_by_year(products, measured)
    return _forecast(remaining, released, as_of_year=year).as_dict()


def _released_by_year(
    products: Sequence[Record], measured: Mapping[str, float]
) -> dict[int, float]:
    """Year → m² released, measured where there is a polygon, else as stated; undated left out."""
    years: defaultdict[int, float] = defaultdict(float)
    for product in products:
        if product.occurred_on:
            amount = measured.get(product.record_id, product.body.get("stated_area_m2", 0.0))
            years[PartialDate.parse(product.occurred_on).year] += amount
    return dict(years)


def _people(register: Register, as_of: str | None) -> dict[str, int]:
    """People affected by area, where the records say so."""
    return {
        r.record_id: r.body["people_affected"]
        for r in register.records("hazardous_area", as_of=as_of)
        if "people_affected" in r.body
    }


def _tolls(shapes: Mapping[str, Any], accidents: Sequence[Record]) -> dict[str, _Toll]:
    names = list(shapes)
    placed = [a for a in accidents if a.body.get("geometry")]
    points = [shapely.geometry.shape(a.body["geometry"]) for a in placed]
    near: defaultdict[str, list[Record]] = defaultdict(list)
    for area, accident in pairs_within(list(shapes.values()), points, _NEAR_M):
        near[names[area]].append(placed[accident])
    return {record_id: _toll(found) for record_id, found in near.items()}


def _toll(accidents: Sequence[Record]) -> _Toll:
    years = [PartialDate.parse(a.occurred_on).year for a in accidents if a.occurred_on]
    hurt = sum(a.body.get("killed", 0) + a.body.get("injured", 0) for a in accidents)
    return _Toll(len(accidents), hurt, max(years, default=None))


def _candidate(area: AreaState, shape: Any, toll: _Toll) -> Candidate:
    centre = shape.centroid if shape is not None and not shape.is_empty else None
    return Candidate(
        record_id=area.record_id,
        local_id=area.local_id or "",
        hazard_kind=area.hazard_kind,
        status=area.status,
        remaining_m2=area.remaining_m2,
        stated_m2=area.stated_area_m2,
        longitude=centre.x if centre is not None else None,
        latitude=centre.y if centre is not None else None,
        accidents_within_500_m=toll.accidents if centre is not None else None,
        casualties_within_500_m=toll.casualties if centre is not None else None,
        last_accident_year=toll.last_year,
        district=area.district or "",
    )
