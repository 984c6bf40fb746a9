"""How many items can still function and how many still need clearance, over time.

No item is simulated. Uncertain inputs are evaluated at fixed points; at each the number of
items is a sum of binomials, and the interval is a quantile of their mixture. Cohorts are
taken in blocks, so that memory stays bounded however many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landrelease.models.arrays import Array
from landrelease.models.persistence.cohorts import Cohort, stack_clocks
from landrelease.models.persistence.counts import mixture_quantile
from landrelease.models.persistence.paths import ROUNDING, Paths, follow
from landrelease.models.persistence.points import strata
from landrelease.models.persistence.uncertain import Exact, quantile_table

STATES = ("never_armed", "armed", "deactivated", "exploded", "cleared")
BLOCK_VALUES = 1 << 20
# strata of an unknown date where many cohorts even out what each loses
DATE_NODES = 32
MANY_COHORTS = 100
FEWEST_POINTS, MOST_POINTS, MOST_VALUES = 256, 2048, 1 << 17


@dataclass(frozen=True)
class Band:
    """An expected number of items and the interval of their number, shape (times,)."""

    mean: Array
    lower: Array
    upper: Array


@dataclass(frozen=True)
class Projection:
    """Totals over all cohorts at each time.

    Parameters
    ----------
    times_days : ndarray, shape (times,)
        Days on the scenario's calendar.
    can_function, needs_clearance : Band
        Numbers of items; never one without the other.
    states : dict of str to ndarray, shape (times,)
        Expected number in each of the five states; they add up to the quantity.
    by_cohort : ndarray, shape (cohorts, times, 5)
        The same for each cohort, in the order of ``STATES``.
    level : float
        Probability that the intervals hold.
    """

    times_days: Array
    can_function: Band
    needs_clearance: Band
    states: dict[str, Array]
    by_cohort: Array
    level: float


@dataclass(frozen=True)
class Presence:
    """What the number of items rests on at every input point, shape (times, points) each.

    The number is a sum of binomials: ``mean`` adds quantity times probability, ``squares``
    quantity times squared probability.

    Parameters
    ----------
    armed_mean, armed_squares : ndarray
        Items that can function.
    present_mean, present_squares : ndarray
        Items that need clearance.
    by_cohort : ndarray, shape (cohorts, times, 5)
        Expected numbers in each state.
    expected_present : ndarray, shape (times,)
        Expected number that needs clearance, over all cohorts.
    """

    armed_mean: Array
    armed_squares: Array
    present_mean: Array
    present_squares: Array
    by_cohort: Array
    expected_present: Array


@dataclass(frozen=True)
class _Sample:
    """The inputs of a block of cohorts at the points.

    ``start_day`` has shape (cohorts, nodes), with one node where the date is known; ``node``
    tells which node each point uses; the others have shape (cohorts, points).
    """

    quantity: Array
    never_armed: Array
    failure: Array
    start_day: Array
    node: NDArray[np.int64]


def default_points(cohorts: Sequence[Cohort], times: int) -> int:
    """Return how many points the uncertain inputs deserve: fewer for many cohorts or times."""
    if _uncertain_inputs(cohorts) == 0:
        return 1
    if len(cohorts) > MANY_COHORTS:
        return FEWEST_POINTS
    return max(FEWEST_POINTS, min(MOST_POINTS, MOST_VALUES // times))


def project(
    cohorts: Sequence[Cohort],
    times_days: Sequence[float] | Array,
    level: float = 0.9,
    points: int | None = None,
) -> Projection:
    """Project cohorts over time.

    Parameters
    ----------
    cohorts : sequence of Cohort
        Their uncertain inputs are independent of one another.
    times_days : array-like, shape (times,)
        Days on the scenario's calendar. Before a cohort's emplacement its items count as
        just emplaced, so that the total is kept.
    level : float, optional
        Probability of the intervals, equal tails.
    points : int, optional
        Number of points for the uncertain inputs.

    Returns
    -------
    Projection
        Totals with intervals, and expected numbers for each cohort.

    Examples
    --------
    >>> result = project([Cohort(quantity=Exact(10.0))], [0.0, 365.0])
    >>> result.needs_clearance.mean.tolist()
    [10.0, 10.0]
    """
    times = np.asarray(times_days, dtype=np.float64)
    present = presence(cohorts, times, points)
    totals = np.moveaxis(present.by_cohort.sum(axis=0), 1, 0)
    states = dict(zip(STATES, totals, strict=True))
    can_function, needs_clearance = _bands(present, states, level)
    return Projection(times, can_function, needs_clearance, states, present.by_cohort, level)


def presence(cohorts: Sequence[Cohort], times: Array, points: int | None = None) -> Presence:
    """Return the numbers at every input point, from which intervals are drawn.

    Parameters
    ----------
    cohorts, times, points
        As in :func:`project`.
    """
    points = points or default_points(cohorts, len(times))
    sums = np.zeros((4, len(times), points))
    by_cohort = np.empty((len(cohorts), len(times), len(STATES)))
    expected_present = np.zeros(len(times))
    for rows, sample in _blocks(cohorts, len(times), points):
        block = [cohorts[row] for row in rows]
        age = np.maximum(times[None, :, None] - sample.start_day[:, None, :], 0.0)
        paths = follow(stack_clocks(block), age.reshape(len(block), -1))
        by_cohort[rows], present = _expected(block, paths, age.shape)
        expected_present += present
        _add_numbers(sums, sample, paths, age.shape)
    return Presence(sums[0], sums[1], sums[2], sums[3], by_cohort, expected_present)


def _blocks(
    cohorts: Sequence[Cohort], times: int, points: int
) -> Iterator[tuple[list[int], _Sample]]:
    """Yield cohorts in blocks of bounded size, those of known date apart from the others."""
    uncertain = [_uncertain_inputs([cohort]) for cohort in cohorts]
    ranks = strata(sum(uncertain), points)
    columns = np.split(ranks, np.cumsum(uncertain)[:-1])
    many = len(cohorts) > MANY_COHORTS
    size = max(1, BLOCK_VALUES // (times * points))
    for known, nodes in ((True, 1), (False, min(points, DATE_NODES) if many else points)):
        rows = [
            r for r, cohort in enumerate(cohorts) if isinstance(cohort.start_day, Exact) is known
        ]
        for begin in range(0, len(rows), size):
            block = rows[begin : begin + size]
            samples = [_sample(cohorts[row], columns[row], points, nodes) for row in block]
            yield block, _Sample(*(np.array(values) for values in zip(*samples, strict=True)))


def _sample(
    cohort: Cohort, ranks: NDArray[np.int64], points: int, nodes: int
) -> tuple[Array, Array, Array, Array, NDArray[np.int64]]:
    """Values of one cohort's inputs at the points, in the order of :class:`_Sample`."""
    column = iter(ranks)
    order = [
        np.arange(points) if isinstance(uncertain, Exact) else next(column)
        for uncertain in cohort.inputs()
    ]
    quantity, never_armed, failure = (
        quantile_table(uncertain, points)[rank]
        for uncertain, rank in zip(cohort.inputs()[:3], order[:3], strict=True)
    )
    start_day = quantile_table(cohort.start_day, nodes)
    return quantity, never_armed, failure, start_day, order[3] * nodes // points


def _expected(
    cohorts: Sequence[Cohort], paths: Paths, shape: tuple[int, ...]
) -> tuple[Array, Array]:
    """Expected numbers in each state by cohort, and those needing clearance in all.

    The inputs of a cohort are independent, so each enters by its own mean.
    """

    def average(values: Array) -> Array:
        return np.asarray(values.reshape(shape).mean(axis=2))

    def column(values: list[float]) -> Array:
        return np.array(values)[:, None]

    quantity = column([cohort.quantity.mean for cohort in cohorts])
    never = column([cohort.never_armed.mean for cohort in cohorts])
    fails = column([cohort.self_destruct_failure.mean for cohort in cohorts])
    due, not_due = (1 - never) * (1 - fails), (1 - never) * fails
    armed = due * average(paths.due.armed) + not_due * average(paths.not_due.armed)
    there = due * average(paths.due.unexploded) + not_due * average(paths.not_due.unexploded)
    exploded = due * average(paths.due.exploded) + not_due * average(paths.not_due.exploded)
    unarmed = never * average(paths.uncleared)
    cleared = 1 - unarmed - there - exploded
    cleared[cleared < ROUNDING] = 0.0
    # what is left over takes the rounding, so that the five add up
    exploded = np.maximum(1 - unarmed - there - cleared, 0.0)
    deactivated = np.maximum(there - armed, 0.0)
    states = np.stack([unarmed, armed, deactivated, exploded, cleared], axis=2)
    return quantity[..., None] * states, (quantity * (unarmed + there)).sum(axis=0)


def _add_numbers(sums: Array, sample: _Sample, paths: Paths, shape: tuple[int, ...]) -> None:
    """Add the block's sums of quantity × probability, and of its square, at every point."""
    armed_once = 1 - sample.never_armed
    weights = np.stack(
        [sample.never_armed, armed_once * (1 - sample.failure), armed_once * sample.failure], axis=1
    )
    nothing = np.zeros_like(paths.uncleared)
    can_function = [nothing, paths.due.armed, paths.not_due.armed]
    needs_clearance = [paths.uncleared, paths.due.unexploded, paths.not_due.unexploded]
    for row, parts in ((0, can_function), (2, needs_clearance)):
        probability = _mix(np.stack(parts, axis=1), weights, sample.node, shape)
        expected = sample.quantity[:, None, :] * probability
        sums[row] += expected.sum(axis=0)
        expected *= probability
        sums[row + 1] += expected.sum(axis=0)


def _mix(parts: Array, weights: Array, node: NDArray[np.int64], shape: tuple[int, ...]) -> Array:
    """Weigh never armed, due and not due at each point, shape (cohorts, times, points)."""
    cohorts, times, nodes = shape
    curves = parts.reshape(cohorts, 3, times, nodes)
    if nodes == 1:
        return np.asarray(curves[..., 0].transpose(0, 2, 1) @ weights)
    mixed = np.empty((cohorts, times, node.shape[1]))
    for row in range(cohorts):
        at_points = curves[row][..., node[row]]
        mixed[row] = np.einsum("ktj,kj->tj", at_points, weights[row])
    return mixed


def _bands(presence: Presence, states: dict[str, Array], level: float) -> tuple[Band, Band]:
    tails = ((1 - level) / 2, (1 + level) / 2)
    armed, squares = presence.armed_mean, presence.armed_squares
    function = [mixture_quantile(armed, squares, tail) for tail in tails]
    present, squares = presence.present_mean, presence.present_squares
    # the matched binomial of many cohorts is an approximation; the order of the two is not
    clearance = [
        np.maximum(mixture_quantile(present, squares, tail), below)
        for tail, below in zip(tails, function, strict=True)
    ]
    return Band(states["armed"], *function), Band(presence.expected_present, *clearance)


def _uncertain_inputs(cohorts: Sequence[Cohort]) -> int:
    inputs = (uncertain for cohort in cohorts for uncertain in cohort.inputs())
    return sum(not isinstance(uncertain, Exact) for uncertain in inputs)
