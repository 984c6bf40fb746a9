"""What exploited or monitored items show of their fate, without assuming any law.

References
----------
Aalen, O. O. & Johansen, S. (1978), Scand. J. Statist. 5:141 (state occupancy).
Marubini, E. & Valsecchi, M. G. (1995), Analysing Survival Data from Clinical Trials and
Observational Studies, section 10.2 (variance by the delta method).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from landrelease.errors import FieldError
from landrelease.models.arrays import Array

START = "start"


@dataclass(frozen=True)
class Stay:
    """A stretch of time in which one item was under observation in one state.

    Parameters
    ----------
    item : hashable
        Which item.
    begin, end : float
        Observation from just after ``begin`` to ``end``, on one clock.
    into : str or None
        State it passed into at ``end``; None where observation only ended.
    """

    item: Hashable
    begin: float
    end: float
    into: str | None


@dataclass(frozen=True)
class Occupancy:
    """Probability of each state after each time at which an item changed state.

    Parameters
    ----------
    times : ndarray, shape (times,)
        Times of change.
    states : tuple of str
        ``"start"`` and the states passed into.
    probability : ndarray, shape (times, states)
        Rows add up to 1.
    """

    times: Array
    states: tuple[str, ...]
    probability: Array


@dataclass(frozen=True)
class Incidence:
    """Cumulative incidence of one cause, with variance and interval, shape (times,) each."""

    times: Array
    incidence: Array
    variance: Array
    lower: Array
    upper: Array


def state_occupancy(stays: Sequence[Stay]) -> Occupancy:
    """Return the Aalen–Johansen estimate of state occupancy from the state ``"start"``.

    Items may come under observation late and leave early; each stay of an item after its
    first is spent in the state it last passed into.

    Parameters
    ----------
    stays : sequence of Stay
        Observations, at least one.

    Returns
    -------
    Occupancy
        Product over the times of change of the observed transition shares.

    Raises
    ------
    FieldError
        There is no stay, or one ends before it begins.

    Examples
    --------
    >>> stays = [Stay(1, 0, 2, "off"), Stay(2, 0, 3, None)]
    >>> state_occupancy(stays).probability.tolist()
    [[0.5, 0.5]]
    """
    if not stays:
        raise FieldError("stays", [], "one observation or more is needed")
    for stay in stays:
        if not stay.end > stay.begin:
            raise FieldError("stays", stay, "an observation ends after it begins")
    spent = _with_states(stays)
    states = (START, *sorted({stay.into for stay in stays if stay.into is not None} - {START}))
    times = sorted({stay.end for stay in stays if stay.into is not None})
    row, rows = np.eye(len(states))[0], []
    for time in times:
        row = row @ _transition(spent, states, time)
        rows.append(row)
    return Occupancy(np.array(times, dtype=np.float64), states, np.array(rows))


def _with_states(stays: Sequence[Stay]) -> list[tuple[str, Stay]]:
    """Add to each stay the state in which it was spent."""
    current: dict[Hashable, str] = {}
    spent = []
    for stay in sorted(stays, key=lambda stay: stay.begin):
        spent.append((current.get(stay.item, START), stay))
        if stay.into is not None:
            current[stay.item] = stay.into
    return spent


def _transition(spent: Sequence[tuple[str, Stay]], states: Sequence[str], time: float) -> Array:
    matrix = np.eye(len(states))
    for index, state in enumerate(states):
        at_risk = [stay for held, stay in spent if held == state and stay.begin < time <= stay.end]
        for stay in at_risk:
            if stay.end == time and stay.into is not None and stay.into != state:
                matrix[index, states.index(stay.into)] += 1 / len(at_risk)
                matrix[index, index] -= 1 / len(at_risk)
    return matrix


def cumulative_incidence(
    durations: Sequence[float], causes: Sequence[int], cause: int, level: float = 0.95
) -> Incidence:
    """Return the cumulative incidence of one of several competing causes.

    Parameters
    ----------
    durations : sequence of float
        Time to the event or to the end of observation.
    causes : sequence of int
        Cause of the event, 0 where observation only ended.
    cause : int
        The cause of interest.
    level : float, optional
        Probability of the interval, on the scale of log(−log).

    Returns
    -------
    Incidence
        At every distinct duration.

    Raises
    ------
    FieldError
        The two sequences differ in length or are empty.

    Examples
    --------
    >>> result = cumulative_incidence([1, 2, 3, 4, 5, 6], [0, 1, 1, 2, 2, 0], cause=2)
    >>> result.incidence.round(3).tolist()
    [0.0, 0.0, 0.0, 0.2, 0.4, 0.4]
    """
    time, code = np.asarray(durations, dtype=np.float64), np.asarray(causes)
    if len(time) == 0 or len(time) != len(code):
        raise FieldError("causes", list(causes), "one cause for each duration is needed")
    times = np.unique(time)
    at_risk = (time[None, :] >= times[:, None]).sum(axis=1)
    here = time[None, :] == times[:, None]
    events = (here & (code != 0)).sum(axis=1)
    of_cause = (here & (code == cause)).sum(axis=1)
    survival = np.cumprod(1 - events / at_risk)
    before = np.concatenate([[1.0], survival[:-1]])
    incidence = np.cumsum(before * of_cause / at_risk)
    variance = _delta_variance(incidence, before, at_risk, events, of_cause)
    lower, upper = _interval(incidence, variance, level)
    return Incidence(times, incidence, variance, lower, upper)


def _delta_variance(
    incidence: Array, before: Array, at_risk: Array, events: Array, of_cause: Array
) -> Array:
    """Sum over event times up to each time of the three terms of the delta method."""
    rest = np.tril(incidence[:, None] - incidence[None, :])
    survivors = at_risk - events
    spread = np.divide(events, at_risk * survivors, out=np.zeros(len(events)), where=survivors > 0)
    own = before**2 * of_cause * (at_risk - of_cause) / at_risk**3
    joint = before * of_cause / at_risk**2
    so_far = np.tril(np.ones_like(rest))
    return np.asarray(rest**2 @ spread + so_far @ own - 2 * rest @ joint)


def _interval(incidence: Array, variance: Array, level: float) -> tuple[Array, Array]:
    """Interval on the scale of log(−log); a point where nothing or everything happened."""
    inner = (incidence > 0) & (incidence < 1)
    share = np.where(inner, incidence, 0.5)
    reach = special.ndtri((1 + level) / 2) * np.sqrt(variance) / (share * np.abs(np.log(share)))
    lower, upper = share ** np.exp(reach), share ** np.exp(-reach)
    return np.where(inner, lower, incidence), np.where(inner, upper, incidence)
