"""From a scenario as people write it to the cohorts of the persistence model."""

from __future__ import annotations

from datetime import date

from landrelease.models.forms import (
    BetaPrior,
    Claimed,
    CountInterval,
    LogNormal,
    Period,
    Probability,
    Quantity,
    Rate,
    ShareInterval,
    StepwiseRate,
)
from landrelease.models.persistence import (
    BetaShare,
    Between,
    Cohort,
    Exact,
    Lifetime,
    LogNormalCount,
    Steps,
    Uncertain,
    WholeNumber,
)
from landrelease.models.scenario import (
    CohortInput,
    Scenario,
    SelfDeactivation,
    SelfDestruct,
    UniformSelfDeactivation,
    UniformSelfDestruct,
)

HOURS_PER_DAY = 24.0


def cohorts_of(scenario: Scenario) -> list[Cohort]:
    """Return the cohorts of a scenario on one calendar whose day 0 is :func:`first_day`.

    Examples
    --------
    >>> from landrelease.models.scenario import read_scenario
    >>> cohorts_of(read_scenario({"cohorts": [{"quantity": 5}]}))[0].quantity.mean
    5.0
    """
    origin = first_day(scenario)
    return [_cohort(cohort, origin) for cohort in scenario.cohorts]


def first_day(scenario: Scenario) -> date | None:
    """Return the date from which times count, or None where the scenario has no date."""
    starts = [cohort.emplaced_on.start for cohort in scenario.cohorts if cohort.emplaced_on]
    return scenario.start or min(starts, default=None)


def _cohort(written: CohortInput, origin: date | None) -> Cohort:
    self_destruct = written.self_destruct
    failure = share_of(self_destruct.failure_probability) if self_destruct else Exact(1.0)
    deactivation = written.self_deactivation
    return Cohort(
        quantity=_quantity(written.quantity),
        start_day=_start_day(written.emplaced_on, origin),
        never_armed=share_of(written.never_armed_probability),
        self_destruct_failure=failure,
        self_destruct=_self_destruct(self_destruct),
        self_deactivation=_self_deactivation(deactivation),
        deactivates_all=deactivation is not None and deactivation.applies_to == "all",
        ageing=_rate(written.ageing_rate_per_day),
        accident=_rate(written.accident_rate_per_day),
        clearance=_rate(written.clearance_rate_per_day),
    )


def share_of(written: Probability) -> Uncertain:
    """Return a probability in any of its forms as an uncertain input.

    Examples
    --------
    >>> share_of(Claimed(claimed=0.01, strength=100, failures=9, trials=100)).mean
    0.05
    """
    match written:
        case BetaPrior(beta=(alpha, beta)):
            return BetaShare(alpha, beta)
        case Claimed():
            prior = written.strength * written.claimed
            alpha = prior + written.failures
            beta = written.strength - prior + written.trials - written.failures
            return BetaShare(alpha, beta)
        case ShareInterval(low=low, high=high):
            return Exact(low) if low == high else Between(low, high)
    return Exact(written)


def _quantity(written: Quantity) -> Uncertain:
    match written:
        case CountInterval(low=low, high=high):
            return Exact(float(low)) if low == high else WholeNumber(low, high)
        case LogNormal():
            return LogNormalCount(written.median, written.sigma)
    return Exact(float(written))


def _start_day(period: Period | None, origin: date | None) -> Uncertain:
    if period is None or origin is None:
        return Exact(0.0)
    first, last = float((period.start - origin).days), float((period.end - origin).days)
    return Exact(first) if first == last else Between(first, last)


def _self_destruct(written: SelfDestruct | None) -> Lifetime:
    if written is None:
        return Lifetime()
    if isinstance(written, UniformSelfDestruct):
        return Lifetime.window(written.from_h / HOURS_PER_DAY, written.to_h / HOURS_PER_DAY)
    return Lifetime.weibull(written.shape, written.scale_h / HOURS_PER_DAY)


def _self_deactivation(written: SelfDeactivation | None) -> Lifetime:
    if written is None:
        return Lifetime()
    if isinstance(written, UniformSelfDeactivation):
        return Lifetime.window(written.from_days, written.to_days)
    return Lifetime.weibull(written.shape, written.scale_days)


def _rate(written: Rate) -> Steps:
    if isinstance(written, StepwiseRate):
        return Steps(written.from_days, written.per_day)
    return Steps.constant(written)
