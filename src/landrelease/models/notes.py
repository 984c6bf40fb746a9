"""What an outlook rests on, and what its reader must beware of, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from landrelease.models.forms import Claimed, Probability
from landrelease.models.reliability.conflict import conflict_p_value
from landrelease.models.reliability.failure_rate import Finds, claim_prior
from landrelease.models.scenario import CohortInput, Scenario

STATEMENT = (
    "This is a model's outlook. It releases no land and changes no status: land changes status "
    "only by recorded survey or clearance. Every item still there must be treated as live."
)
CONFLICT_BELOW = 0.05


def assumptions(scenario: Scenario, origin: date | None) -> list[str]:
    """Return what must hold for the numbers, one sentence each.

    Parameters
    ----------
    scenario : Scenario
        The checked scenario.
    origin : date or None
        The date of day 0.

    Returns
    -------
    list of str
        General assumptions, then those of each cohort.
    """
    lines = [
        f"Day 0 is {origin.isoformat()}."
        if origin
        else "Day 0 is the emplacement of every cohort.",
        "Intervals hold the scatter of the items and the uncertainty of quantity, date and "
        "reliability; the inputs of different cohorts vary independently.",
        "Items of one cohort share one failure probability and otherwise fail independently.",
        "Deactivated items and items that never armed stay explosive until cleared.",
    ]
    if any(cohort.emplaced_on for cohort in scenario.cohorts):
        lines.append("Before the day of its emplacement a cohort counts as just emplaced.")
    lines.extend(scenario.notes)
    for number, cohort in enumerate(scenario.cohorts):
        lines.extend(f"{label(cohort, number)}: {text}" for text in _of_cohort(cohort))
    return lines


def warnings(scenario: Scenario) -> list[str]:
    """Return what the reader must beware of, one sentence each."""
    lines: list[str] = []
    for number, cohort in enumerate(scenario.cohorts):
        lines.extend(f"{label(cohort, number)}: {text}" for text in _cautions(cohort))
    return lines


def label(cohort: CohortInput, number: int) -> str:
    """Return a cohort's name, or its number where it has none."""
    return cohort.name or f"cohort {number + 1}"


def _of_cohort(cohort: CohortInput) -> Iterator[str]:
    if cohort.self_destruct is None:
        yield "no self-destruction."
    deactivation = cohort.self_deactivation
    if deactivation is None:
        yield "no self-deactivation: what stays armed may function indefinitely."
    elif deactivation.applies_to == "all":
        yield "self-deactivation acts on all armed items, also those due to self-destruct."
    elif cohort.self_destruct is not None:
        yield "self-deactivation acts only on items whose self-destruction fails."
    if cohort.ageing_rate_per_day == 0:
        yield "no ageing: no published rate at which items lose their function was found."
    if cohort.emplaced_on and cohort.emplaced_on.start != cohort.emplaced_on.end:
        period = cohort.emplaced_on
        yield f"emplaced on one unknown day from {period.start} to {period.end}."


def _cautions(cohort: CohortInput) -> Iterator[str]:
    yield from _claim_cautions("never_armed_probability", cohort.never_armed_probability)
    if cohort.self_destruct is not None:
        failure = cohort.self_destruct.failure_probability
        yield from _claim_cautions("failure_probability", failure)
        if failure == 0:
            yield "a failure probability of 0 cannot be shown by any number of trials."
    deactivation = cohort.self_deactivation
    both = cohort.self_destruct is not None and deactivation is not None
    if both and deactivation is not None and deactivation.applies_to == "all":
        yield (
            "items deactivated before their self-destruction stay explosive, so more than the "
            "failures of self-destruction need clearance."
        )
    if "never_armed_probability" not in cohort.model_fields_set:
        yield "items that never armed are not counted, as no probability is given for them."


def _claim_cautions(field: str, written: Probability) -> Iterator[str]:
    if not isinstance(written, Claimed):
        return
    if written.trials == 0:
        yield f"{field} rests on a claim alone, trusted like {written.strength:g} trials."
        return
    prior = claim_prior(written.claimed, written.strength)
    p_value = conflict_p_value(Finds(written.failures, written.trials), prior)
    if p_value < CONFLICT_BELOW:
        yield (
            f"{field}: {written.failures} failures in {written.trials} trials contradict the "
            f"claim {written.claimed:g} (p = {p_value:.2g}); the mixture of both is misleading."
        )
