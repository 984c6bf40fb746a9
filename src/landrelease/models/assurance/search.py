"""How to divide search effort over cells, and which anomalies to dig.

References
----------
Koopman, B. O. (1957), Operations Research 5:613, doi 10.1287/opre.5.5.613 (optimal division).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from landrelease.errors import FieldError
from landrelease.models.checks import require_probability


@dataclass(frozen=True)
class SearchPlan:
    """Effort in each cell and what it is expected to find.

    Parameters
    ----------
    effort : tuple of float
        Effort per cell; adds up to the effort given.
    p_found : float
        Probability that the item is found.
    p_found_uniform : float
        The same with equal effort in every cell.
    """

    effort: tuple[float, ...]
    p_found: float
    p_found_uniform: float


def divide_effort(prior: Sequence[float], effort: float) -> SearchPlan:
    """Divide effort over cells of equal area so that the item is found most likely.

    Parameters
    ----------
    prior : sequence of float
        Probability that the item lies in each cell; at most 1 in all.
    effort : float
        Total effort; a cell searched with effort ``z`` shows its item with ``1 - exp(-z)``.

    Returns
    -------
    SearchPlan
        Cells are searched until all have the same chance of a find per further effort.

    Raises
    ------
    FieldError
        A prior is outside 0 to 1, they exceed 1 in all, or effort is negative.

    Examples
    --------
    >>> divide_effort([0.7, 0.3], 1.0)
    SearchPlan(effort=(0.92365, 0.07635), p_found=0.444105, p_found_uniform=0.393469)
    """
    _check_prior(prior, effort)
    cells = np.asarray(prior, dtype=np.float64)
    best = _fill(cells, effort)
    uniform = np.full(len(cells), effort / len(cells))
    return SearchPlan(
        tuple(best.tolist()),
        float(cells @ -np.expm1(-best)),
        float(cells @ -np.expm1(-uniform)),
    )


def _fill(
    cells: np.ndarray[tuple[int, ...], np.dtype[np.float64]], effort: float
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Water filling: take in cells by falling prior while their share stays positive."""
    order = np.argsort(-cells, kind="stable")
    logs = np.log(cells[order][cells[order] > 0])
    best = np.zeros(len(cells))
    if len(logs) == 0:
        return best + effort / len(cells)
    counts = np.arange(1, len(logs) + 1)
    level = (np.cumsum(logs) - effort) / counts
    searched = counts[logs >= level].max()
    best[order[:searched]] = logs[:searched] - level[searched - 1]
    return best


def _check_prior(prior: Sequence[float], effort: float) -> None:
    if not prior:
        raise FieldError("prior", [], "one cell or more is needed")
    for value in prior:
        require_probability("prior", value)
    if math.fsum(prior) > 1 + 1e-9:
        raise FieldError("prior", list(prior), "the probabilities add up to more than 1")
    if not effort >= 0:
        raise FieldError("effort", effort, "effort is 0 or more")
