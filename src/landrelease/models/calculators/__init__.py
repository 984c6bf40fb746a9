"""The clearance-assurance calculators by name, and the one function that runs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from landrelease.errors import NotFoundError
from landrelease.models.calculators.confidence import RELIABILITY, SAMPLE_SIZE, ZERO_FAILURES
from landrelease.models.calculators.remaining import DENSITY, REMOVAL, RESIDUAL, TWO_TEAM
from landrelease.models.calculators.searching import (
    DIG,
    MISS_UPDATE,
    PASSES,
    POD,
    SEARCH,
    TRANSECT,
)
from landrelease.models.calculators.spec import Calculator, Parameter
from landrelease.models.estimate import CannotEstimateError

__all__ = ["CALCULATORS", "Calculator", "Parameter", "calculate", "chart"]

CALCULATORS: Mapping[str, Calculator] = MappingProxyType(
    {
        calculator.name: calculator
        for calculator in (
            REMOVAL,
            TWO_TEAM,
            RESIDUAL,
            SAMPLE_SIZE,
            POD,
            PASSES,
            MISS_UPDATE,
            TRANSECT,
            SEARCH,
            DIG,
            DENSITY,
            RELIABILITY,
            ZERO_FAILURES,
        )
    }
)


def calculate(name: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Run one calculator.

    Parameters
    ----------
    name : str
        Name of the calculator.
    inputs : mapping
        Values by parameter name; defaults fill the rest.

    Returns
    -------
    dict
        ``status`` is ``"ok"`` with ``results``, ``assumptions`` and ``source``, or
        ``"cannot_estimate"`` with ``why`` where an assumption of the method fails.

    Raises
    ------
    NotFoundError
        There is no calculator of this name.
    FieldError
        An input is missing, unknown or impossible.

    Examples
    --------
    >>> calculate("zero-failures", {"rate": 6e-6})["results"]
    {'trials': 499288}
    >>> calculate("removal", {"counts": [5, 9]})["status"]
    'cannot_estimate'
    """
    if name not in CALCULATORS:
        known = ", ".join(CALCULATORS)
        raise NotFoundError(
            "calculator_unknown", f"there is no calculator {name!r}", f"try {known}"
        )
    calculator = CALCULATORS[name]
    values = calculator.read(inputs)
    answer: dict[str, Any] = {"status": "ok", "calculator": name, "inputs": values}
    try:
        answer["results"] = calculator.run(**values)
    except CannotEstimateError as reason:
        answer |= {"status": "cannot_estimate", "why": reason.message, "source": calculator.source}
        return answer
    answer["assumptions"] = calculator.assumptions(values, answer["results"])
    answer["source"] = calculator.source
    return answer


def chart(answer: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a small chart that belongs to an answer.

    Parameters
    ----------
    answer : mapping
        What :func:`calculate` returned.

    Returns
    -------
    dict or None
        ``x_label``, ``y_label``, ``x``, ``lines`` (values by label, None where no number can
        be given) and ``at`` (position of the answer, or None); None without an estimate.

    Examples
    --------
    >>> chart(calculate("pod", {"coverage": 1}))["at"]
    1.0
    """
    if answer["status"] != "ok":
        return None
    drawn = CALCULATORS[answer["calculator"]].chart(answer["inputs"], answer["results"])
    return asdict(drawn)
