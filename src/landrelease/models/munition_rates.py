"""Fill a cohort from the catalogue, saying where each number comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from landrelease.errors import FieldError, NotFoundError
from landrelease.models.catalogue import Munition, MunitionScenario, munition


@dataclass(frozen=True)
class Filled:
    """A scenario whose cohorts carry catalogue numbers, and the sentences that say so."""

    scenario: dict[str, Any]
    assumptions: list[str]
    warnings: list[str]


def fill_from_catalogue(scenario: Mapping[str, Any]) -> Filled:
    """Return a scenario with the numbers of each named munition filled in.

    What a cohort says itself stands; the catalogue fills the rest. A cohort's ``rates`` names
    which of the munition's scenarios to use; without it the default, which never rests on
    unverified numbers.

    Parameters
    ----------
    scenario : mapping
        As written.

    Returns
    -------
    Filled
        The scenario, and where its numbers come from.

    Raises
    ------
    FieldError
        The munition or its scenario is unknown, or a choice of rates is needed.

    Examples
    --------
    >>> filled = fill_from_catalogue({"cohorts": [{"munition": "ccw-ap2-limit", "quantity": 9}]})
    >>> filled.scenario["cohorts"][0]["self_destruct"]["failure_probability"]
    0.1
    """
    filled = Filled(dict(scenario), [], [])
    cohorts = scenario.get("cohorts")
    if isinstance(cohorts, list | tuple):
        filled.scenario["cohorts"] = [
            _fill(cohort, number, filled) for number, cohort in enumerate(cohorts)
        ]
    return filled


def _fill(cohort: object, number: int, filled: Filled) -> object:
    """Fill one cohort; whatever is no mapping is left for the check of the whole."""
    if not isinstance(cohort, Mapping):
        return cohort
    if cohort.get("munition") is None:
        if cohort.get("rates") is not None:
            field = f"cohorts[{number}].rates"
            raise FieldError(field, cohort["rates"], "names rates of no munition", "give munition")
        return cohort
    named = _known(cohort["munition"], f"cohorts[{number}].munition")
    chosen = _chosen(named, cohort.get("rates"), f"cohorts[{number}].rates")
    taken = {field: value for field, value in chosen.cohort.items() if field not in cohort}
    name = cohort.get("name") or named.name
    filled.assumptions.extend(f"{name}: {text}" for text in _provenance(named, chosen, taken))
    filled.warnings.extend(f"{name}: {text}" for text in _cautions(named, chosen))
    return {**cohort, **taken, "name": name}


def _known(munition_id: object, field: str) -> Munition:
    try:
        return munition(str(munition_id))
    except NotFoundError as unknown:
        raise FieldError(field, munition_id, unknown.message, unknown.cure) from None


def _chosen(named: Munition, rates: object, field: str) -> MunitionScenario:
    choices = f"one of {', '.join(named.scenarios)}" if named.scenarios else "give the numbers"
    key = named.default_scenario if rates is None else str(rates)
    if key is None:
        raise FieldError(field, None, f"{named.munition_id} has no verified default", choices)
    if key not in named.scenarios:
        raise FieldError(field, rates, f"{named.munition_id} has no such rates", choices)
    return named.scenarios[key]


def _provenance(named: Munition, chosen: MunitionScenario, taken: Mapping[str, Any]) -> list[str]:
    origin = f"numbers of {named.munition_id}, scenario «{chosen.name}» of the catalogue."
    lines = [f"{origin} {chosen.choice}"]
    lines += [rate.cited() for rate in chosen.rests_on]
    kept = [field for field in chosen.cohort if field not in taken]
    if kept:
        lines.append(f"given in the scenario, not taken from the catalogue: {', '.join(kept)}.")
    return lines


def _cautions(named: Munition, chosen: MunitionScenario) -> list[str]:
    lines = [named.note.strip()] if named.note else []
    for rate in chosen.rests_on:
        if rate.evidence in ("memory", "secondary"):
            lines.append(f"«{rate.rate_id}» is {rate.tag()}.")
        if rate.note:
            lines.append(f"«{rate.rate_id}»: {rate.note}")
    if chosen.name in ("claimed", "treaty_limit"):
        lines.append("claims and treaty limits say what should happen, not what was found.")
    if named.category == "submunition":
        lines.append(
            "the sources do not say how many of the failed items can still function; "
            "all of them count as able to."
        )
    return lines
