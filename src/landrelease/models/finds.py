"""What finds say: about an outlook while clearance goes on, and about what was missed after."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from landrelease.errors import FieldError
from landrelease.models.calculators import calculate
from landrelease.models.checks import require_count, require_positive, require_probability
from landrelease.models.munition_rates import fill_from_catalogue
from landrelease.models.notes import STATEMENT
from landrelease.models.persistence.counts import cumulative, mixture_quantile, reaching
from landrelease.models.persistence.projection import presence
from landrelease.models.scenario import read_scenario
from landrelease.models.translate import cohorts_of

SURPRISE_BELOW = 0.05


def finds_against_outlook(
    scenario: Mapping[str, Any],
    *,
    found: int,
    days: float,
    pod: float,
    share_searched: float = 1.0,
) -> dict[str, Any]:
    """Compare the items found so far with those a scenario would let one find.

    Parameters
    ----------
    scenario : mapping
        As for :func:`~landrelease.models.outlook.outlook`.
    found : int
        Items found unexploded, deactivated ones included.
    days : float
        Day of the search on the scenario's calendar.
    pod : float
        Probability of detection of one item on searched ground.
    share_searched : float, optional
        Share of the cohorts' ground that was searched.

    Returns
    -------
    dict
        ``expected`` (mean, lower, upper of the finds), ``p_at_least``, ``p_at_most``,
        ``verdict`` (``more_than_expected``, ``fewer_than_expected``, ``as_expected``),
        ``level``, ``words``, ``releases_land`` (False).

    Raises
    ------
    FieldError
        A field of the scenario or an argument is impossible.

    Examples
    --------
    >>> scenario = {"cohorts": [{"munition": "ccw-ap2-limit", "quantity": 1000}]}
    >>> finds_against_outlook(scenario, found=180, days=200, pod=0.9)["verdict"]
    'more_than_expected'
    """
    require_count("found", found)
    require_probability("pod", pod)
    require_probability("share_searched", share_searched)
    checked = read_scenario(fill_from_catalogue(scenario).scenario)
    there = presence(cohorts_of(checked), np.array([days]))
    seen = pod * share_searched
    mean, squares = there.present_mean * seen, there.present_squares * seen**2
    tails = ((1 - checked.level) / 2, (1 + checked.level) / 2)
    lower, upper = (int(mixture_quantile(mean, squares, tail)[0]) for tail in tails)
    p_at_least = float(reaching(mean, squares, found)[0])
    p_at_most = float(cumulative(mean, squares, found)[0])
    expected = {"mean": float(mean.mean()), "lower": lower, "upper": upper}
    verdict = _verdict(p_at_least, p_at_most)
    return {
        "expected": expected,
        "p_at_least": p_at_least,
        "p_at_most": p_at_most,
        "verdict": verdict,
        "level": checked.level,
        "words": _find_words(found, expected, verdict),
        "releases_land": False,
    }


def _verdict(p_at_least: float, p_at_most: float) -> str:
    if p_at_least < SURPRISE_BELOW / 2:
        return "more_than_expected"
    return "fewer_than_expected" if p_at_most < SURPRISE_BELOW / 2 else "as_expected"


def _find_words(found: int, expected: Mapping[str, float], verdict: str) -> list[str]:
    meaning = {
        "more_than_expected": "More items failed than the scenario says, or more were put down.",
        "fewer_than_expected": "Fewer items are there than the scenario says, or the search "
        "misses more than thought: this is no ground to stop searching.",
        "as_expected": "The finds do not contradict the scenario.",
    }
    return [
        f"{found} items were found where about {expected['mean']:.3g} were to be expected "
        f"({expected['lower']} to {expected['upper']}).",
        meaning[verdict],
        STATEMENT,
    ]


def missed_after_clearance(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the items likely missed by a completed clearance, and the sample its lot needs.

    Parameters
    ----------
    fields : mapping
        ``found`` (items), ``pod`` and ``area_m2`` of the clearance; optionally
        ``prior_mean`` (items expected beforehand), ``counts`` (items per pass), ``first``,
        ``second`` and ``both`` (two teams), and for the inspection ``unit_m2`` (size of one
        inspected unit, 100 m²), ``confidence`` (0.95), ``clean`` (0.99), ``inspection_pod``
        (1).

    Returns
    -------
    dict
        ``missed``, ``density`` and ``inspection`` as answers of the calculators, ``by_passes``
        and ``by_teams`` where the counts are given, ``lot_units``, ``releases_land`` (False)
        and ``statement``.

    Raises
    ------
    FieldError
        A field is missing or impossible.

    Examples
    --------
    >>> answer = missed_after_clearance({"found": 20, "pod": 0.9, "area_m2": 50_000})
    >>> answer["missed"]["results"]["flat"]["upper95"], answer["inspection"]["results"]["n"]
    (5, 225)
    """
    area_m2, unit_m2 = _length(fields, "area_m2", None), _length(fields, "unit_m2", 100.0)
    units = max(1, math.ceil(area_m2 / unit_m2 - 1e-9))
    search = {"found": fields.get("found"), "pod": fields.get("pod")}
    inspection = {
        "confidence": fields.get("confidence", 0.95),
        "clean": fields.get("clean", 0.99),
        "lot": units,
        "pod": fields.get("inspection_pod"),
    }
    teams = {name: fields.get(name) for name in ("first", "second", "both")}
    has_teams = any(value is not None for value in teams.values())
    counts = fields.get("counts")
    return {
        "missed": calculate("residual", {**search, "prior_mean": fields.get("prior_mean")}),
        "by_passes": calculate("removal", {"counts": counts}) if counts else None,
        "by_teams": calculate("two-team", teams) if has_teams else None,
        "density": calculate("density", {**search, "area_m2": area_m2}),
        "inspection": calculate("sample-size", inspection),
        "lot_units": units,
        "releases_land": False,
        "statement": STATEMENT,
    }


def _length(fields: Mapping[str, Any], name: str, default: float | None) -> float:
    value = fields.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FieldError(name, value, "is needed as a number of square metres")
    require_positive(name, value)
    return float(value)
