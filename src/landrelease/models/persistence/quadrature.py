"""Running integrals of many cohorts: Gauss–Legendre on panels, cubic Hermite between them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from landrelease.models.arrays import Array

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(6)
_JUST_INSIDE = 1e-9


def running_integrals(integrands: Callable[[Array], Array], edges: Array, ages: Array) -> Array:
    """Integrate several functions from the first edge to each age.

    The sum over whole panels is Gauss–Legendre quadrature; within a panel the integral is the
    cubic that meets its values and slopes at both ends, the slope being the integrand itself.

    Parameters
    ----------
    integrands : callable
        Takes ages of shape (cohorts, n) and returns values of shape (functions, cohorts, n);
        smooth within each panel.
    edges : ndarray, shape (cohorts, panels + 1)
        Rising panel edges that span the ages.
    ages : ndarray, shape (cohorts, n)
        Upper limits.

    Returns
    -------
    ndarray, shape (functions, cohorts, n)
        The integrals.

    Examples
    --------
    >>> edges = np.linspace(0.0, 2.0, 9)[None, :]
    >>> functions = lambda age: np.stack([np.exp(age), 2 * age])
    >>> running_integrals(functions, edges, np.array([[1.0, 2.0]])).round(5).tolist()
    [[[1.71828, 6.38906]], [[1.0, 4.0]]]
    """
    width = np.diff(edges, axis=1)
    panel = _panel_of(edges, ages)

    def at_panel(values: Array) -> Array:
        return np.asarray(values.reshape(*values.shape[:-2], -1)[..., panel])

    length = at_panel(width)
    offset = ages - at_panel(edges[:, :-1])
    share = np.divide(offset, length, out=np.zeros_like(ages), where=length > 0)
    whole = _panel_sums(integrands, edges, width)
    before = np.cumsum(whole, axis=-1) - whole
    first = integrands(edges[:, :-1] + _JUST_INSIDE * width)
    last = integrands(edges[:, 1:] - _JUST_INSIDE * width)
    rest = 1 - share
    total: Array = at_panel(before) + at_panel(whole) * (share * share * (1 + 2 * rest))
    total += at_panel(first) * (share * rest * rest * length)
    total -= at_panel(last) * (share * share * rest * length)
    return total


def _panel_sums(integrands: Callable[[Array], Array], edges: Array, width: Array) -> Array:
    """Integrals over each panel, shape (functions, cohorts, panels)."""
    cohorts, panels = width.shape
    ages = edges[:, :-1, None] + width[..., None] * (_NODES + 1) / 2
    values = integrands(ages.reshape(cohorts, -1))
    summed = values.reshape(-1, cohorts, panels, len(_NODES)) @ _WEIGHTS
    return np.asarray(summed * width / 2)


def _panel_of(edges: Array, ages: Array) -> NDArray[np.int64]:
    """Flat index of the panel that holds each age, counting the panels of all cohorts."""
    panels = edges.shape[1] - 1
    found = np.empty(ages.shape, dtype=np.int64)
    for row in range(len(ages)):
        found[row] = np.searchsorted(edges[row], ages[row], side="right") - 1
    first = panels * np.arange(len(ages))[:, None]
    return np.asarray(np.clip(found, 0, panels - 1) + first)
