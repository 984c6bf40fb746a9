"""The outlook of a scenario: what can still function and what still needs clearance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from landrelease.errors import FieldError
from landrelease.models.munition_rates import fill_from_catalogue
from landrelease.models.notes import STATEMENT, assumptions, warnings
from landrelease.models.persistence import Band, Projection, project
from landrelease.models.scenario import read_scenario
from landrelease.models.translate import cohorts_of, first_day


def outlook(scenario: Mapping[str, Any]) -> dict[str, Any]:
    """Project a scenario and say what the numbers rest on.

    Parameters
    ----------
    scenario : mapping
        ``cohorts``, ``times_days``, ``level`` and ``from``, as in docs/science/persistence.md.

    Returns
    -------
    dict
        ``times`` with both figures and the five states at each day, ``level``,
        ``assumptions``, ``warnings``, ``releases_land`` (always False) and ``statement``.
        Numbers are items.

    Raises
    ------
    FieldError
        A field of the scenario is missing, unknown or impossible.

    Examples
    --------
    >>> cohort = {"name": "A", "quantity": 1000, "never_armed_probability": 0.0,
    ...           "self_destruct": {"from_h": 0, "to_h": 720, "failure_probability": 0.1}}
    >>> result = outlook({"cohorts": [cohort], "times_days": [0, 60]})
    >>> result["times"][1]["needs_clearance"]
    {'mean': 100.0, 'lower': 85, 'upper': 116}
    >>> result["releases_land"]
    False
    """
    if not isinstance(scenario, Mapping):
        kind = type(scenario).__name__
        raise FieldError("scenario", kind, "must be an object with cohorts, not a list or a value")
    filled = fill_from_catalogue(scenario)
    checked = read_scenario(filled.scenario)
    projection = project(cohorts_of(checked), checked.times_days, checked.level)
    return {
        "times": _times(projection),
        "level": checked.level,
        "assumptions": [*assumptions(checked, first_day(checked)), *filled.assumptions],
        "warnings": [*warnings(checked), *filled.warnings],
        "releases_land": False,
        "statement": STATEMENT,
    }


def _times(projection: Projection) -> list[dict[str, Any]]:
    return [
        {
            "days": float(days),
            "can_function": _band(projection.can_function, row),
            "needs_clearance": _band(projection.needs_clearance, row),
            "states": {name: float(values[row]) for name, values in projection.states.items()},
        }
        for row, days in enumerate(projection.times_days)
    ]


def _band(band: Band, row: int) -> dict[str, float]:
    return {
        "mean": float(band.mean[row]),
        "lower": int(band.lower[row]),
        "upper": int(band.upper[row]),
    }
