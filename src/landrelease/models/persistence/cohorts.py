"""A cohort: items of one type put down together, with what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from landrelease.models.arrays import Array
from landrelease.models.persistence.clocks import (
    MINUTE_DAYS,
    Clocks,
    Lifetimes,
    StepRates,
)
from landrelease.models.persistence.uncertain import Exact, Uncertain

NEVER = float("inf")
ZERO = Exact(0.0)
ONE = Exact(1.0)


@dataclass(frozen=True)
class Lifetime:
    """Time since emplacement at which something happens to an item, in days.

    The defaults mean never. Use :meth:`window` or :meth:`weibull`.
    """

    start: float = NEVER
    end: float = NEVER
    shape: float = 1.0
    scale: float = NEVER

    @classmethod
    def window(cls, start_days: float, end_days: float) -> Lifetime:
        """Return a uniform time in a window; one of no width is taken as one minute wide.

        Examples
        --------
        >>> Lifetime.window(0.0, 15.0).end
        15.0
        """
        return cls(start=start_days, end=max(end_days, start_days + MINUTE_DAYS))

    @classmethod
    def weibull(cls, shape: float, scale_days: float) -> Lifetime:
        """Return a Weibull time; ``scale_days`` is the age that 1/e of the items outlive."""
        return cls(shape=shape, scale=scale_days)


@dataclass(frozen=True)
class Steps:
    """A rate per day that is constant between steps, on the cohort's clock.

    Parameters
    ----------
    from_days : tuple of float
        Where each step begins, rising from 0.
    per_day : tuple of float
        The rate from there on.
    """

    from_days: tuple[float, ...] = (0.0,)
    per_day: tuple[float, ...] = (0.0,)

    @classmethod
    def constant(cls, per_day: float) -> Steps:
        """Return one rate for all time."""
        return cls((0.0,), (per_day,))


@dataclass(frozen=True)
class Cohort:
    """Items of one type put down together.

    Parameters
    ----------
    quantity : Uncertain
        Number of items.
    start_day : Uncertain
        Day of emplacement on the scenario's calendar.
    never_armed : Uncertain
        Probability that an item never armed; it stays explosive.
    self_destruct_failure : Uncertain
        Probability that self-destruction fails on an armed item; 1 where there is none.
    self_destruct, self_deactivation : Lifetime
        Times since emplacement.
    deactivates_all : bool
        Whether self-deactivation also acts on items still due to self-destruct.
    ageing, accident, clearance : Steps
        Rates per day.

    Examples
    --------
    >>> Cohort(quantity=Exact(1000.0)).self_destruct_failure.mean
    1.0
    """

    quantity: Uncertain
    start_day: Uncertain = ZERO
    never_armed: Uncertain = ZERO
    self_destruct_failure: Uncertain = ONE
    self_destruct: Lifetime = Lifetime()
    self_deactivation: Lifetime = Lifetime()
    deactivates_all: bool = False
    ageing: Steps = Steps()
    accident: Steps = Steps()
    clearance: Steps = Steps()

    def inputs(self) -> tuple[Uncertain, Uncertain, Uncertain, Uncertain]:
        """Return what may be uncertain: quantity, never armed, failure, start day."""
        return self.quantity, self.never_armed, self.self_destruct_failure, self.start_day


def stack_clocks(cohorts: Sequence[Cohort]) -> Clocks:
    """Return the laws of many cohorts as arrays with one row each."""
    return Clocks(
        self_destruct=_stack_lifetimes([cohort.self_destruct for cohort in cohorts]),
        self_deactivation=_stack_lifetimes([cohort.self_deactivation for cohort in cohorts]),
        deactivates_all=_column([float(cohort.deactivates_all) for cohort in cohorts]),
        ageing=_stack_steps([cohort.ageing for cohort in cohorts]),
        accident=_stack_steps([cohort.accident for cohort in cohorts]),
        clearance=_stack_steps([cohort.clearance for cohort in cohorts]),
    )


def _stack_lifetimes(lifetimes: Sequence[Lifetime]) -> Lifetimes:
    return Lifetimes(
        start=_column([law.start for law in lifetimes]),
        end=_column([law.end for law in lifetimes]),
        shape=_column([law.shape for law in lifetimes]),
        scale=_column([law.scale for law in lifetimes]),
    )


def _stack_steps(steps: Sequence[Steps]) -> StepRates:
    """Pad every cohort's steps to the longest; an unused step begins never."""
    width = max(len(step.from_days) for step in steps)
    start = np.full((len(steps), width), NEVER)
    rate = np.empty((len(steps), width))
    for row, step in enumerate(steps):
        start[row, : len(step.from_days)] = step.from_days
        rate[row] = step.per_day[-1]
        rate[row, : len(step.per_day)] = step.per_day
    return StepRates(start, rate)


def _column(values: Sequence[float]) -> Array:
    return np.asarray(values, dtype=np.float64)[:, None]
