"""Small charts beside an answer: how it would change with one of its inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from landrelease.models.calculators.spec import Results
from landrelease.models.estimate import CannotEstimateError

Draw: TypeAlias = Callable[[Mapping[str, Any], Results], "Chart"]
Spread: TypeAlias = Callable[[float, Mapping[str, Any]], Sequence[float]]


@dataclass(frozen=True)
class Chart:
    """Lines over one axis, as plain numbers.

    Parameters
    ----------
    x_label, y_label : str
        What the axes hold, with units.
    x : tuple of float
        Positions, rising.
    lines : mapping of str to tuple of float
        Values at the positions by label; None where no number can be given.
    at : float or None
        Position of the answer itself.
    """

    x_label: str
    y_label: str
    x: tuple[float, ...]
    lines: Mapping[str, tuple[float | None, ...]]
    at: float | None = None


def sweep(
    run: Callable[..., Results],
    parameter: str,
    spread: Spread,
    lines: Mapping[str, str],
    labels: tuple[str, str],
) -> Draw:
    """Return a drawing that varies one input and keeps the others.

    Parameters
    ----------
    run : callable
        The calculator's function.
    parameter : str
        Input to vary.
    spread : callable
        Takes the input's value and all inputs, and returns the values to try.
    lines : mapping of str to str
        Label of each line to the result it shows, as ``flat.mean``.
    labels : tuple of str
        Labels of the two axes.

    Examples
    --------
    >>> draw = sweep(lambda side: {"area": side**2}, "side", counts_to(3), {"area": "area"},
    ...              ("side, m", "area, m²"))
    >>> draw({"side": 2}, {"area": 4}).lines
    {'area': (0.0, 1.0, 4.0, 9.0, 16.0)}
    """

    def draw(inputs: Mapping[str, Any], _results: Results) -> Chart:
        at = float(inputs[parameter])
        whole = isinstance(inputs[parameter], int)
        positions = sorted({float(value) for value in (*spread(at, inputs), at)})
        answers = [_answer(run, {**inputs, parameter: int(x) if whole else x}) for x in positions]
        drawn = {
            label: tuple(_pick(answer, path) for answer in answers) for label, path in lines.items()
        }
        return Chart(labels[0], labels[1], tuple(positions), drawn, at)

    return draw


def shares(_value: float, _inputs: Mapping[str, Any]) -> Sequence[float]:
    """Probabilities from 0.05 to 0.99."""
    return [*np.linspace(0.05, 0.95, 19).tolist(), 0.99]


def upper_shares(_value: float, _inputs: Mapping[str, Any]) -> Sequence[float]:
    """Probabilities from 0.5 to 0.99."""
    return [*np.linspace(0.5, 0.98, 17).tolist(), 0.99]


def multiples(value: float, _inputs: Mapping[str, Any]) -> Sequence[float]:
    """From a quarter of the value to four times it."""
    return [value * factor for factor in np.geomspace(0.25, 4, 17).tolist()]


def from_zero(value: float, _inputs: Mapping[str, Any]) -> Sequence[float]:
    """From 0 to twice the value."""
    highest = 2 * value or 1.0
    return [highest * step / 20 for step in range(21)]


def whole_numbers(first: int, last: int) -> list[float]:
    """Up to 25 whole numbers from ``first`` to ``last``."""
    return sorted({float(int(step)) for step in np.linspace(first, max(first, last), 25)})


def counts_to(highest: int) -> Spread:
    """Whole numbers from 0 to ``highest``, or to twice the value where that is more."""
    return lambda value, _inputs: whole_numbers(0, max(highest, int(2 * value)))


def _answer(run: Callable[..., Results], inputs: Mapping[str, Any]) -> Results | None:
    try:
        return run(**inputs)
    except CannotEstimateError:
        return None


def _pick(answer: Results | None, path: str) -> float | None:
    found: Any = answer
    for step in path.split("."):
        found = None if found is None else found[step]
    return len(found) if isinstance(found, list) else None if found is None else float(found)
