"""Calculators of search: detection, passes, belief after a miss, transects, effort, digs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from landrelease.models.assurance.detection import (
    belief_after_miss,
    detection_after,
    detection_by_coverage,
    passes_needed,
)
from landrelease.models.assurance.dig import decide_digs
from landrelease.models.assurance.search import divide_effort
from landrelease.models.assurance.transects import p_traversed
from landrelease.models.calculators.charts import (
    counts_to,
    from_zero,
    multiples,
    shares,
    sweep,
    upper_shares,
)
from landrelease.models.calculators.common import always, count, number, probability
from landrelease.models.calculators.spec import Calculator, Parameter, Results


def _coverages(value: float, _inputs: Mapping[str, Any]) -> list[float]:
    """From nothing to three times over, or beyond the value."""
    highest = max(3.0, 1.5 * value)
    return [highest * step / 30 for step in range(31)]


POD = Calculator(
    name="pod",
    title="Probability of detection by coverage",
    parameters=(number("coverage", "area swept over area searched", "1", required=True),),
    run=detection_by_coverage,
    formula="random 1 - exp(-C); inverse cube erf(sqrt(pi) C / 2); definite range min(1, C)",
    source="Koopman 1980, Search and Screening; Washburn 2014, Search and Detection",
    explanation=(
        "Sweeping an area once over does not find everything: it depends on how regular the "
        "tracks are and how sharply the detector sees."
    ),
    assumptions=always(
        "Detection is independent from place to place; for deep or small targets it is not.",
        "Coverage is the same everywhere in the area.",
    ),
    example={"coverage": 1},
    chart=sweep(
        detection_by_coverage,
        "coverage",
        _coverages,
        {"definite range": "definite_range", "inverse cube": "inverse_cube", "random": "random"},
        ("coverage", "probability of detection"),
    ),
    result_help={
        "random": "probability of detection, tracks at random",
        "inverse_cube": "probability of detection, even tracks and a detector fading with distance",
        "definite_range": "probability of detection, even tracks and a sharp range",
    },
)


def _passes(pod: float, target: float, never_detectable: float) -> Results:
    passes = passes_needed(pod, target, never_detectable)
    return {"passes": passes, "achieved": detection_after(passes, pod, never_detectable)}


def _passes_assumptions(inputs: Mapping[str, Any], _results: Results) -> list[str]:
    lines = ["Passes are independent: what one misses by chance another may find."]
    if inputs["never_detectable"] == 0:
        lines.append("No item is out of the detector's reach; if some are, passes do not help.")
    return lines


PASSES = Calculator(
    name="passes",
    title="Passes needed to reach a probability of detection",
    parameters=(
        probability("pod", "probability of detection in one pass", required=True),
        probability("target", "probability of detection wanted over all passes", required=True),
        probability(
            "never_detectable", "share of items that no pass can find (too deep)", default=0.0
        ),
    ),
    run=_passes,
    formula="least k with (1 - f)(1 - (1 - p)^k) >= target",
    source="Independent trials; for the limits of independence see FFI, hdl 20.500.12242/2403",
    explanation="Repeating helps against chance misses, never against items a tool cannot see.",
    assumptions=_passes_assumptions,
    example={"pod": 0.8, "target": 0.996},
    chart=sweep(
        _passes,
        "pod",
        upper_shares,
        {"passes": "passes"},
        ("probability of detection in one pass", "passes needed"),
    ),
    result_help={"passes": "number of passes", "achieved": "probability of detection they reach"},
)


def _miss_update(prior: float, pod: float, passes: int) -> Results:
    return {"posterior": belief_after_miss(prior, pod, passes)}


MISS_UPDATE = Calculator(
    name="miss-update",
    title="Is it there although nothing was found?",
    parameters=(
        probability("prior", "probability beforehand that an item is there", required=True),
        probability("pod", "probability of detection in one pass", required=True),
        count("passes", "passes that found nothing", unit="1", default=1),
    ),
    run=_miss_update,
    formula="pi (1 - p)^k / (1 - pi + pi (1 - p)^k)",
    source="Bayes' rule",
    explanation="Finding nothing lowers the belief that an item is there, but never to nothing.",
    assumptions=always("Passes are independent given that an item is there."),
    example={"prior": 0.3, "pod": 0.8, "passes": 2},
    chart=sweep(
        _miss_update,
        "passes",
        counts_to(6),
        {"still there": "posterior"},
        ("passes without a find", "probability that it is there"),
    ),
    result_help={"posterior": "probability that an item is there after finding nothing"},
)


def _transect(semi_major: float, semi_minor: float, width: float, spacing: float) -> Results:
    probability_met, method = p_traversed(semi_major, semi_minor, width, spacing)
    return {"probability": probability_met, "method": method}


TRANSECT = Calculator(
    name="transect",
    title="Chance that parallel transects cross a target area",
    parameters=(
        number("semi_major", "longer semi-axis of the elliptical target area", "m", required=True),
        number("semi_minor", "shorter semi-axis of the elliptical target area", "m", required=True),
        number("width", "width of a transect", "m", required=True),
        number("spacing", "distance between transect centre lines", "m", required=True),
    ),
    run=_transect,
    formula="(perimeter/pi + w)/s while 2a + w <= s, else the mean over orientation of "
    "min(1, (2 sqrt(a² cos² + b² sin²) + w)/s)",
    source="Cauchy's mean width; Santaló 2004, chapter 3",
    explanation="Crossing a target area is not detecting it: multiply by what a crossing shows.",
    assumptions=always(
        "The ellipse lies anywhere and in any direction with equal chance.",
        "Transects are straight, parallel and evenly spaced.",
    ),
    example={"semi_major": 100, "semi_minor": 50, "width": 2, "spacing": 300},
    chart=sweep(
        _transect, "spacing", multiples, {"touched": "probability"}, ("spacing, m", "probability")
    ),
    result_help={
        "probability": "probability that a transect touches the target area",
        "method": "closed_form, or quadrature where the ellipse can meet two transects",
    },
)


def _search(prior: list[float], effort: float) -> Results:
    plan = divide_effort(prior, effort)
    return {
        "effort": list(plan.effort),
        "p_found": plan.p_found,
        "p_found_uniform": plan.p_found_uniform,
    }


SEARCH = Calculator(
    name="search",
    title="Best division of search effort over cells",
    parameters=(
        probability(
            "prior",
            "probability that the item lies in each cell, at most 1 in all",
            required=True,
            multiple=True,
        ),
        number("effort", "total effort over cells of equal area 1", "1", required=True),
    ),
    run=_search,
    formula="effort_i = max(0, ln(prior_i / lambda)); detection 1 - exp(-effort)",
    source="Koopman 1957, doi 10.1287/opre.5.5.613",
    explanation=(
        "More effort goes where the item more likely is, until a further hour is worth the same "
        "everywhere; unlikely cells may get none."
    ),
    assumptions=always(
        "Cells have equal area 1; detection in a cell is 1 − exp(−effort).",
        "One item at most; the probabilities are right.",
    ),
    example={"prior": [0.7, 0.3], "effort": 1},
    chart=sweep(
        _search,
        "effort",
        from_zero,
        {"best division": "p_found", "equal shares": "p_found_uniform"},
        ("total effort", "probability that it is found"),
    ),
    result_help={
        "effort": "effort for each cell",
        "p_found": "probability that the item is found",
        "p_found_uniform": "the same with equal effort everywhere",
    },
)


def _dig(probability: list[float], tolerable: float) -> Results:
    decision = decide_digs(probability, tolerable)
    return {
        "dig": list(decision.dig),
        "p_any_left": decision.p_any_left,
        "expected_left": decision.expected_left,
    }


DIG = Calculator(
    name="dig",
    title="Which anomalies to dig",
    parameters=(
        Parameter(
            "probability",
            "float",
            "probability of each anomaly to be an item, in the order of your list",
            required=True,
            multiple=True,
            minimum=0,
            maximum=1,
        ),
        probability(
            "tolerable", "highest tolerable probability that any item is left", default=0.05
        ),
    ),
    run=_dig,
    formula="dig by falling probability until 1 - product of (1 - p_i) of the rest <= tolerable",
    source="Anderson 2005, PNNL (abstract): dig lists to a tolerable risk",
    explanation="The likeliest anomalies are dug first; what stays is shown with its chance.",
    assumptions=always(
        "The probabilities are right and independent; those from a model need calibration first.",
        "The list holds every anomaly; items that gave no signal are not in it.",
    ),
    example={"probability": [0.9, 0.3, 0.02], "tolerable": 0.05},
    chart=sweep(
        _dig,
        "tolerable",
        shares,
        {"digs": "dig"},
        ("tolerable probability of an item left", "anomalies to dig"),
    ),
    result_help={
        "dig": "positions in your list to dig, most likely first",
        "p_any_left": "probability that at least one item is left",
        "expected_left": "expected items left",
    },
)
