"""What happens to an item as it ages: lifetimes and rates of many cohorts at once.

All arrays have one row per cohort and broadcast against ages of shape (cohorts, ages).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from landrelease.models.arrays import Array

MINUTE_DAYS = 1 / 1440


@dataclass(frozen=True)
class Lifetimes:
    """Random time until something happens to an item: a window, a Weibull law, or never.

    The survival is the product of a uniform window ``[start, end]`` and a Weibull law; either
    is switched off by an infinite parameter, so that one formula serves all cohorts.

    Parameters
    ----------
    start, end : ndarray, shape (cohorts, 1)
        Window in days; infinite where there is none.
    shape, scale : ndarray, shape (cohorts, 1)
        Weibull shape and scale in days; scale infinite where there is none.
    """

    start: Array
    end: Array
    shape: Array
    scale: Array

    def survival(self, age_days: Array) -> Array:
        """Return the probability that it has not happened by this age."""
        return self._window(age_days) * self._weibull(age_days)

    def density(self, age_days: Array) -> Array:
        """Return the probability per day that it happens at this age."""
        inside = (age_days >= self.start) & (age_days <= self.end)
        window = np.where(inside, 1 / self._width(), 0.0)
        hazard = self.shape / self.scale * (age_days / self.scale) ** (self.shape - 1)
        weibull = self._weibull(age_days)
        return window * weibull + self._window(age_days) * hazard * weibull

    def _window(self, age_days: Array) -> Array:
        return np.clip((self.end - age_days) / self._width(), 0.0, 1.0)

    def _width(self) -> Array:
        bounded = np.isfinite(self.end)
        last, first = np.where(bounded, self.end, 1.0), np.where(bounded, self.start, 0.0)
        return np.asarray(last - first)

    def _weibull(self, age_days: Array) -> Array:
        return np.exp(-((age_days / self.scale) ** self.shape))


@dataclass(frozen=True)
class StepRates:
    """Rates per day that stay constant between steps.

    Parameters
    ----------
    start : ndarray, shape (cohorts, steps)
        Age in days at which each step begins, rising from 0; infinite where unused.
    rate : ndarray, shape (cohorts, steps)
        Rate per day from there on.
    """

    start: Array
    rate: Array

    def at(self, age_days: Array) -> Array:
        """Return the rate per day at this age."""
        total = np.zeros_like(age_days)
        for start, jump in self._jumps():
            total += jump * (age_days >= start)
        return total

    def cumulative(self, age_days: Array) -> Array:
        """Return the integral of the rate from 0 to this age."""
        total = np.zeros_like(age_days)
        for start, jump in self._jumps():
            total += jump * np.maximum(age_days - start, 0.0)
        return total

    def _jumps(self) -> list[tuple[Array, Array]]:
        """Each step's start and the jump of the rate there, as columns; unused steps jump by 0."""
        jumps = np.diff(self.rate, axis=1, prepend=0.0)
        columns = range(self.start.shape[1])
        return [(self.start[:, [k]], jumps[:, [k]]) for k in columns if jumps[:, k].any()]


@dataclass(frozen=True)
class Clocks:
    """The laws by which the armed items of each cohort change.

    Parameters
    ----------
    self_destruct, self_deactivation : Lifetimes
        Times since emplacement.
    deactivates_all : ndarray of bool, shape (cohorts, 1)
        True where self-deactivation also acts on items still due to self-destruct.
    ageing, accident, clearance : StepRates
        Rates per day.
    """

    self_destruct: Lifetimes
    self_deactivation: Lifetimes
    deactivates_all: Array
    ageing: StepRates
    accident: StepRates
    clearance: StepRates

    def steps_days(self) -> Array:
        """Return every age at which a law changes abruptly, shape (cohorts, changes)."""
        lifetimes = (self.self_destruct, self.self_deactivation)
        windows = [edge for law in lifetimes for edge in (law.start, law.end)]
        rates = [law.start for law in (self.ageing, self.accident, self.clearance)]
        return np.concatenate(windows + rates, axis=1)
