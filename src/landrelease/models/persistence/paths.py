"""Where an item of each cohort stands at an age: the five-state model in closed form.

An item never armed (U), or armed (A); an armed item is deactivated (D: battery, ageing) or
explodes (X: self-destruction, accident); U, A and D can be cleared (C). Clearance meets all
three alike, so it enters as one factor. What explodes needs one integral over age; the rest
is closed. The model is the competing-risks chain of Putter, Fiocco & Geskus 2007
(doi 10.1002/sim.2712) with one clock, the time since emplacement.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from landrelease.models.arrays import Array
from landrelease.models.persistence.clocks import Clocks, Lifetimes
from landrelease.models.persistence.quadrature import running_integral

FEW_AGES = 1024
# what the quadrature cannot tell from nothing is nothing
ROUNDING = 1e-12
_SURVIVALS = np.concatenate(
    [1 - np.geomspace(1e-6, 0.05, 8), np.linspace(0.9, 0.1, 17), np.geomspace(0.05, 1e-9, 10)]
)


@dataclass(frozen=True)
class Fates:
    """Probabilities at an age of an item that was armed, shape (cohorts, ages).

    Parameters
    ----------
    armed : ndarray
        Can still function.
    unexploded : ndarray
        Armed or deactivated, not exploded and not cleared.
    exploded : ndarray
        Self-destroyed or set off by accident.
    """

    armed: Array
    unexploded: Array
    exploded: Array


@dataclass(frozen=True)
class Paths:
    """The fates of items due to self-destruct and of those that are not, and uncleared share.

    Parameters
    ----------
    due, not_due : Fates
        By whether self-destruction works on the item.
    uncleared : ndarray, shape (cohorts, ages)
        Probability that clearance has not yet removed an item that is still there.
    """

    due: Fates
    not_due: Fates
    uncleared: Array


def follow(clocks: Clocks, age_days: Array) -> Paths:
    """Return where armed items stand at each age.

    Parameters
    ----------
    clocks : Clocks
        The laws of each cohort.
    age_days : ndarray, shape (cohorts, ages)
        Days since emplacement, none negative.

    Returns
    -------
    Paths
        Arrays of the shape of ``age_days``.
    """
    edges = panel_edges(clocks, age_days)
    everyone = np.ones_like(clocks.deactivates_all)
    due = _Branch(clocks, clocks.self_destruct, clocks.deactivates_all)
    not_due = _Branch(clocks, _never_like(clocks.self_destruct), everyone)
    return Paths(
        due.fates(edges, age_days),
        not_due.fates(edges, age_days),
        np.exp(-clocks.clearance.cumulative(age_days)),
    )


@dataclass(frozen=True)
class _Branch:
    """Armed items with their own self-destruction; ``deactivates`` is 1 where batteries count."""

    clocks: Clocks
    self_destruct: Lifetimes
    deactivates: Array

    def powered(self, age: Array) -> Array:
        """Neither deactivated nor set off by accident."""
        battery = self.clocks.self_deactivation.survival(age)
        alive = np.where(self.deactivates > 0, battery, 1.0)
        disturbed = self.clocks.ageing.cumulative(age) + self.clocks.accident.cumulative(age)
        return np.asarray(alive * np.exp(-disturbed))

    def explodes(self, age: Array) -> Array:
        """Density of explosions on ground that nobody clears."""
        by_accident = self.clocks.accident.at(age) * self.self_destruct.survival(age)
        return np.asarray(self.powered(age) * (self.self_destruct.density(age) + by_accident))

    def explodes_uncleared(self, age: Array) -> Array:
        """Density of explosions of items that clearance has not removed before."""
        return np.asarray(self.explodes(age) * np.exp(-self.clocks.clearance.cumulative(age)))

    def fates(self, edges: Array, age: Array) -> Fates:
        """Probabilities at each age."""
        uncleared = np.exp(-self.clocks.clearance.cumulative(age))
        on_own = running_integral(self.explodes, edges, age)
        cleared_too = self.clocks.clearance.rate.any()
        exploded = running_integral(self.explodes_uncleared, edges, age) if cleared_too else on_own
        armed = self.powered(age) * self.self_destruct.survival(age) * uncleared
        left = np.where(on_own > 1 - ROUNDING, 0.0, 1 - on_own)
        unexploded = np.maximum(left * uncleared, armed)
        return Fates(armed, unexploded, exploded)


def panel_edges(clocks: Clocks, age_days: Array) -> Array:
    """Return ages between which every law is smooth, dense where it moves.

    Few requested ages become edges themselves, so that their integrals need no interpolation.
    """
    oldest = np.maximum(age_days.max(axis=1, keepdims=True), 1e-6)
    laws = (clocks.self_destruct, clocks.self_deactivation)
    wear = [law.scale * (-np.log(_SURVIVALS)) ** (1 / law.shape) for law in laws]
    window = [_spread(law.start, law.end, 8) for law in laws]
    everywhere = [oldest * np.linspace(0, 1, 65), oldest * np.geomspace(1e-6, 1, 49)]
    asked = [age_days] if age_days.shape[1] <= FEW_AGES else []
    edges = np.concatenate([*wear, *window, clocks.steps_days(), *everywhere, *asked], axis=1)
    return np.sort(np.clip(edges, 0.0, oldest), axis=1)


def _spread(start: Array, end: Array, parts: int) -> Array:
    bounded = np.isfinite(end)
    first, last = np.where(bounded, start, 0.0), np.where(bounded, end, 0.0)
    return first + (last - first) * np.linspace(0, 1, parts + 1)


def _never_like(lifetimes: Lifetimes) -> Lifetimes:
    never = np.full_like(lifetimes.start, np.inf)
    return Lifetimes(never, never, np.ones_like(never), never)
