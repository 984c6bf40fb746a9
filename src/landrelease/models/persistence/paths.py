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
from landrelease.models.persistence.clocks import Clocks
from landrelease.models.persistence.quadrature import running_integrals

FEW_AGES = 512
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
    integrals = running_integrals(
        lambda age: _explosions(clocks, age), panel_edges(clocks, age_days), age_days
    )
    powered, battery, self_destruct, uncleared = _survivals(clocks, age_days)
    battery_due = np.where(clocks.deactivates_all, battery, 1.0)
    armed_due = powered * battery_due * self_destruct * uncleared
    due = _fates(armed_due, integrals[0], integrals[1], uncleared)
    not_due = _fates(powered * battery * uncleared, integrals[2], integrals[3], uncleared)
    return Paths(due, not_due, uncleared)


def _fates(armed: Array, on_own: Array, exploded: Array, uncleared: Array) -> Fates:
    """Put together; ``on_own`` is what would explode on ground that nobody clears."""
    left = np.where(on_own > 1 - ROUNDING, 0.0, 1 - on_own)
    return Fates(armed, np.maximum(left * uncleared, armed), exploded)


def _survivals(clocks: Clocks, age: Array) -> tuple[Array, Array, Array, Array]:
    """Probabilities to escape disturbance, battery failure, self-destruction and clearance."""
    disturbed = clocks.ageing.cumulative(age) + clocks.accident.cumulative(age)
    return (
        np.exp(-disturbed),
        clocks.self_deactivation.survival(age),
        clocks.self_destruct.survival(age),
        np.exp(-clocks.clearance.cumulative(age)),
    )


def _explosions(clocks: Clocks, age: Array) -> Array:
    """Densities of explosion: due and not due, each without and with clearance."""
    powered, battery, self_destruct, uncleared = _survivals(clocks, age)
    accident = clocks.accident.at(age)
    at_work = clocks.self_destruct.density(age) + accident * self_destruct
    due = powered * np.where(clocks.deactivates_all, battery, 1.0) * at_work
    not_due = powered * battery * accident
    return np.stack([due, due * uncleared, not_due, not_due * uncleared])


def panel_edges(clocks: Clocks, age_days: Array) -> Array:
    """Return ages between which every law is smooth, dense where it moves.

    Few requested ages become edges themselves, so that their integrals need no interpolation.
    """
    oldest = np.maximum(age_days.max(axis=1, keepdims=True), 1e-6)
    laws = (clocks.self_destruct, clocks.self_deactivation)
    wear = [law.scale * (-np.log(_SURVIVALS)) ** (1 / law.shape) for law in laws]
    window = [_spread(law.start, law.end, 8) for law in laws]
    everywhere = [oldest * np.linspace(0, 1, 49), oldest * np.geomspace(1e-6, 1, 41)]
    asked = [age_days] if age_days.shape[1] <= FEW_AGES else []
    edges = np.concatenate([*wear, *window, clocks.steps_days(), *everywhere, *asked], axis=1)
    return np.sort(np.clip(edges, 0.0, oldest), axis=1)


def _spread(start: Array, end: Array, parts: int) -> Array:
    bounded = np.isfinite(end)
    first, last = np.where(bounded, start, 0.0), np.where(bounded, end, 0.0)
    return first + (last - first) * np.linspace(0, 1, parts + 1)
