"""Running integrals of many cohorts: Gauss–Legendre on panels, cubic Hermite between them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from landrelease.models.arrays import Array

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(6)
_JUST_INSIDE = 1e-9


def running_integral(integrand: Callable[[Array], Array], edges: Array, ages: Array) -> Array:
    """Integrate from the first edge to each age.

    The sum over whole panels is Gauss–Legendre quadrature; within a panel the integral is the
    cubic that meets its values and slopes at both ends, the slope being the integrand itself.

    Parameters
    ----------
    integrand : callable
        Takes ages of shape (cohorts, n) and returns values of that shape; smooth within
        each panel.
    edges : ndarray, shape (cohorts, panels + 1)
        Rising panel edges that span the ages.
    ages : ndarray, shape (cohorts, n)
        Upper limits.

    Returns
    -------
    ndarray, shape (cohorts, n)
        The integrals.

    Examples
    --------
    >>> edges = np.linspace(0.0, 2.0, 9)[None, :]
    >>> running_integral(np.exp, edges, np.array([[1.0, 2.0]])).round(6).tolist()
    [[1.718282, 6.389056]]
    """
    width = np.diff(edges, axis=1)
    whole = _panel_sums(integrand, edges, width)
    reached = np.concatenate([np.zeros_like(edges[:, :1]), np.cumsum(whole, axis=1)], axis=1)
    panel = _panel_of(edges, ages)
    length = np.take_along_axis(width, panel, axis=1)
    offset = ages - np.take_along_axis(edges, panel, axis=1)
    share = np.divide(offset, length, out=np.zeros_like(ages), where=length > 0)
    first = integrand(edges[:, :-1] + _JUST_INSIDE * width)
    last = integrand(edges[:, 1:] - _JUST_INSIDE * width)
    rise = share**2 * (3 - 2 * share)
    bend_first = share * (1 - share) ** 2 * length
    bend_last = share**2 * (share - 1) * length
    return np.asarray(
        np.take_along_axis(reached, panel, axis=1)
        + np.take_along_axis(whole, panel, axis=1) * rise
        + np.take_along_axis(first, panel, axis=1) * bend_first
        + np.take_along_axis(last, panel, axis=1) * bend_last
    )


def _panel_sums(integrand: Callable[[Array], Array], edges: Array, width: Array) -> Array:
    middle = edges[:, :-1] + width / 2
    total = np.zeros_like(width)
    for node, weight in zip(_NODES, _WEIGHTS, strict=True):
        total += weight * integrand(middle + node * width / 2)
    return total * width / 2


def _panel_of(edges: Array, ages: Array) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Index of the panel that holds each age, row by row."""
    panels = np.empty(ages.shape, dtype=np.int64)
    for row in range(len(ages)):
        panels[row] = np.searchsorted(edges[row], ages[row], side="right") - 1
    return np.clip(panels, 0, edges.shape[1] - 2)
