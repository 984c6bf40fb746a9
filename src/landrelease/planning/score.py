"""A transparent additive score: published weights, each factor's points, reasons in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from landrelease.errors import FieldError
from landrelease.planning.problem import Candidate
from landrelease.terms import load_terms

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the score, with its published weight and its curve.

    Examples
    --------
    >>> accidents = {f.name: f for f in published_factors()}["accidents"]
    >>> accidents.value(1)
    0.5
    >>> accidents.value(None)
    0.0
    """

    name: str
    label: str
    weight: float
    direction: str = "listed"
    half_at: float = 1.0
    unit: str = ""
    values: Mapping[str, float] = field(default_factory=dict)

    def value(self, measure: float | str | None) -> float:
        """Between 0 and 1; an unknown measure counts nothing."""
        if measure is None:
            return 0.0
        if isinstance(measure, str):
            return self.values[measure]
        part = self.half_at if self.direction == "falls" else measure
        return part / (measure + self.half_at)


def published_factors(weights: Mapping[str, float] | None = None) -> tuple[Factor, ...]:
    """Return the factors of ``terms/priorities.yaml``, with some weights replaced.

    Raises
    ------
    FieldError
        A weight names no factor, or all weights are 0.
    """
    terms: Mapping[str, Mapping[str, object]] = load_terms("priorities")["factors"]
    weights = weights or {}
    for name in weights.keys() - terms.keys():
        raise FieldError(f"weights.{name}", weights[name], "no such factor", ", ".join(terms))
    made = tuple(
        Factor(name, **{**detail, "weight": float(weights.get(name, detail["weight"]))})  # type: ignore[arg-type]
        for name, detail in terms.items()
    )
    if not any(factor.weight for factor in made):
        raise FieldError("weights", dict(weights), "one weight at least must be above 0")
    return made


def measures(candidate: Candidate, reference_year: int | None) -> dict[str, float | str | None]:
    """Return what is known of a candidate, factor by factor."""
    last = candidate.last_accident_year
    since = None if last is None or reference_year is None else max(0, reference_year - last)
    return {
        "size": candidate.area_m2,
        "accidents": candidate.accidents_within_500_m,
        "casualties": candidate.casualties_within_500_m,
        "recency": since,
        "kind": candidate.hazard_kind,
        "people": candidate.people_affected,
        "settlement": candidate.settlement_distance_m,
    }


def factor_values(
    candidates: Sequence[Candidate], factors: Sequence[Factor], reference_year: int | None
) -> Floats:
    """Return the factors' values, shape (candidates, factors), each between 0 and 1."""
    table = np.zeros((len(candidates), len(factors)))
    for row, candidate in enumerate(candidates):
        known = measures(candidate, reference_year)
        table[row] = [factor.value(known[factor.name]) for factor in factors]
    return table


def points(values: Floats, weights: Floats) -> Floats:
    """Return each factor's share of the score; a row adds up to the score, at most 100."""
    share: Floats = np.round(100.0 * values * weights / weights.sum(), 6)
    return share


def ranks(scores: Floats) -> NDArray[np.int64]:
    """Rank from 1, highest score first; ties keep the order of the rows."""
    order = np.argsort(-np.round(scores, 6), kind="stable")
    placed = np.empty(len(scores), dtype=np.int64)
    placed[order] = np.arange(1, len(scores) + 1)
    return placed


def rank_intervals(
    values: Floats, weights: Floats, *, spread: float, draws: int, level: float, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Best and worst rank when every weight may be off by a share.

    Each weight is multiplied by a factor drawn evenly between 1 - spread and 1 + spread.

    Returns
    -------
    tuple of arrays, shape (candidates,)
        Quantiles at (1 ∓ level) / 2 of the ranks, widened to hold the rank at the given weights.
    """
    generator = np.random.default_rng(seed)
    drawn = weights * generator.uniform(1 - spread, 1 + spread, size=(draws, len(weights)))
    tried = np.stack([ranks(values @ row) for row in drawn])
    tail = (1 - level) / 2
    lower, upper = np.quantile(tried, [tail, 1 - tail], axis=0, method="nearest")
    base = ranks(points(values, weights).sum(axis=1))
    return np.minimum(lower, base).astype(np.int64), np.maximum(upper, base).astype(np.int64)


def reasons(candidate: Candidate, reference_year: int | None = None) -> list[str]:
    """Say in words what the score rests on, and what is not known.

    Examples
    --------
    >>> known = Candidate("a", "HA-1", "CHA", remaining_m2=5200, accidents_within_500_m=2,
    ...                   casualties_within_500_m=3, last_accident_year=2021)
    >>> reasons(known)[:3]
    ['confirmed hazardous area', '5,200 m² remaining', '2 accidents within 500 m, the last in 2021']
    """
    said = (say(candidate) for say in _SAYINGS)
    return [reason for reason in said if reason]


def _say_kind(c: Candidate) -> str:
    return "confirmed hazardous area" if c.hazard_kind == "CHA" else "suspected hazardous area"


def _say_size(c: Candidate) -> str:
    if c.area_m2 is None:
        return "size not known: counts nothing"
    if c.measured:
        return f"{c.area_m2:,.0f} m² remaining"
    return f"{c.area_m2:,.0f} m² as stated; no polygon was measured"


def _say_accidents(c: Candidate) -> str:
    count = c.accidents_within_500_m
    if count is None:
        return "accidents within 500 m not known: no position"
    if count == 0:
        return "no recorded accident within 500 m"
    last = f", the last in {c.last_accident_year}" if c.last_accident_year else ""
    return f"{_plural(count, 'accident')} within 500 m{last}"


def _say_casualties(c: Candidate) -> str:
    count = c.casualties_within_500_m
    return f"{_plural(count, 'person', 'people')} killed or injured in them" if count else ""


def _say_people(c: Candidate) -> str:
    return "" if c.people_affected is None else f"{c.people_affected:,} people affected"


def _say_settlement(c: Candidate) -> str:
    distance = c.settlement_distance_m
    return "" if distance is None else f"{distance:,.0f} m from the nearest settlement"


def _say_status(c: Candidate) -> str:
    return "work is suspended" if c.status == "suspended" else ""


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


_SAYINGS: tuple[Callable[[Candidate], str], ...] = (
    _say_kind,
    _say_size,
    _say_accidents,
    _say_casualties,
    _say_people,
    _say_settlement,
    _say_status,
)
