"""Calculators of what is left after a search: removal, two teams, residual, density."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from scipy import special

from landrelease.errors import FieldError
from landrelease.models.assurance.density import density_upper
from landrelease.models.assurance.removal import METHODS, estimate_removal, first_pass_differs
from landrelease.models.assurance.residual import remainder_flat, remainder_poisson
from landrelease.models.assurance.two_team import estimate_two_team
from landrelease.models.calculators.charts import (
    Chart,
    multiples,
    sweep,
    upper_shares,
    whole_numbers,
)
from landrelease.models.calculators.common import always, count, level, number, probability
from landrelease.models.calculators.spec import Calculator, Parameter, Results


def _removal(counts: list[int], method: str, level: float) -> Results:
    estimate = estimate_removal(counts, method)
    if not 0 < level < 1:
        raise FieldError("level", level, "an interval needs a level between 0 and 1")
    reach = float(special.ndtri((1 + level) / 2)) * estimate.se
    interval = [max(float(sum(counts)), estimate.n - reach), estimate.n + reach]
    return {"n": estimate.n, "se": estimate.se, "p": estimate.p, "interval": interval}


def _removal_assumptions(inputs: Mapping[str, Any], results: Results) -> list[str]:
    counts = inputs["counts"]
    lines = [
        "Closure: nothing came in or left between the passes.",
        "Every item is found with the same probability in every pass, and passes are alike.",
        "Items that no pass can find are not in the total.",
    ]
    rises = [i for i in range(1, len(counts)) if counts[i] > counts[i - 1]]
    lines += [f"Doubtful: pass {i + 1} found more than pass {i}." for i in rises]
    test = first_pass_differs(counts)
    if test is not None and test[1] < 0.05:
        lines.append(
            f"Doubtful: the first pass seems to find with another probability than the later "
            f"ones (Schnute's test, chi-square {test[0]:.2f}, p = {test[1]:.4f})."
        )
    if results["se"] > results["n"] / 4:
        lines.append("The standard error exceeds a quarter of the total: conclude little from it.")
    return lines


def _catches(inputs: Mapping[str, Any], results: Results) -> Chart:
    """Catches found beside those the estimate expects, two passes further."""
    counts, missed = inputs["counts"], 1 - results["p"]
    passes = range(1, len(counts) + 3)
    expected = tuple(results["n"] * results["p"] * missed ** (number - 1) for number in passes)
    found = (*(float(count) for count in counts), None, None)
    lines = {"found": found, "expected": expected}
    return Chart("pass", "items", tuple(float(number) for number in passes), lines)


REMOVAL = Calculator(
    name="removal",
    title="Items in all, from falling catches of repeated passes",
    parameters=(
        Parameter(
            "counts",
            "int",
            "items found in each pass over the same ground, in order; two or more passes",
            unit="items",
            required=True,
            multiple=True,
            minimum=0,
        ),
        Parameter(
            "method",
            "str",
            "carle-strub (stable), seber (two or three passes) or zippin (maximum likelihood)",
            flag="--method",
            default="carle-strub",
            choices=tuple(METHODS),
        ),
        level(),
    ),
    run=_removal,
    formula="se = sqrt(N q^k (1 - q^k) / ((1 - q^k)^2 - (p k)^2 q^(k-1))), q = 1 - p, k passes",
    source=(
        "Carle & Strub 1978, doi 10.2307/2530381; Seber 1982, section 7.2; "
        "Zippin 1956; Moran 1951; existence: Seber & Whale 1970"
    ),
    explanation=(
        "When each pass finds fewer items than the one before, the fall shows how many were "
        "there at the start. If the catches do not fall, no number can be given."
    ),
    assumptions=_removal_assumptions,
    example={"counts": [38, 26, 12]},
    chart=_catches,
    result_help={
        "n": "estimated items before the first pass, those found included",
        "se": "standard error of n, items",
        "p": "probability that one pass finds an item that is still there",
        "interval": "interval of n at the level given, items",
    },
)


def _two_team(first: int, second: int, both: int) -> Results:
    return asdict(estimate_two_team(first, second, both))


def _overlaps(_value: float, inputs: Mapping[str, Any]) -> list[float]:
    return whole_numbers(1, min(inputs["first"], inputs["second"]))


TWO_TEAM = Calculator(
    name="two-team",
    title="Items missed by two independent teams",
    parameters=(
        count("first", "items found by the first team", required=True),
        count("second", "items found by the second team", required=True),
        count("both", "items found by both teams", required=True),
    ),
    run=_two_team,
    formula="Chapman = (n1 + 1)(n2 + 1)/(m + 1) - 1; Lincoln = n1 n2 / m",
    source="Chapman 1951; variance: Seber 1970, doi 10.2307/2529078",
    explanation=(
        "Two teams search the same ground without knowing of each other's finds. The more of "
        "their finds coincide, the fewer items both have missed."
    ),
    assumptions=always(
        "The teams search independently; marks or holes left by one do not guide the other.",
        "All items are equally easy to find; if some are harder, more are missed than shown.",
        "Nothing came in or left between the two searches.",
    ),
    example={"first": 60, "second": 50, "both": 45},
    chart=sweep(
        _two_team,
        "both",
        _overlaps,
        {"missed": "expected_missed"},
        ("items found by both", "expected items missed"),
    ),
    result_help={
        "lincoln": "simple estimate of all items",
        "chapman": "estimate of all items with less bias",
        "se": "standard error of chapman, items",
        "expected_missed": "items that neither team is expected to have found",
    },
)


def _residual(found: int, pod: float, prior_mean: float | None) -> Results:
    poisson = None if prior_mean is None else asdict(remainder_poisson(found, pod, prior_mean))
    return {"flat": asdict(remainder_flat(found, pod)), "poisson": poisson}


RESIDUAL = Calculator(
    name="residual",
    title="Items left after one search",
    parameters=(
        count("found", "items found", required=True),
        probability("pod", "probability of detection of one item", required=True),
        number("prior_mean", "items expected before the search; adds the Poisson answer", "items"),
    ),
    run=_residual,
    formula="flat prior: left ~ NegBin(r + 1, p), mean (r + 1)(1 - p)/p; Poisson prior with "
    "mean L: left ~ Poisson(L (1 - p))",
    source="Bayes' rule; see docs/science/assurance.md",
    explanation=(
        "What is left depends on what was believed before. With no idea of the number, finds "
        "speak for more items left; with a firm expectation they change nothing. Both answers "
        "are shown where an expectation is given."
    ),
    assumptions=always(
        "The probability of detection is known, for this ground and for these items.",
        "Items are found independently of one another.",
        "Flat prior: every number of items was equally likely beforehand.",
        "Poisson prior: items were scattered independently with a known mean.",
    ),
    example={"found": 20, "pod": 0.9},
    chart=sweep(
        _residual,
        "pod",
        upper_shares,
        {"flat prior": "flat.mean", "Poisson prior": "poisson.mean"},
        ("probability of detection", "expected items left"),
    ),
    result_help={
        "mean": "expected items left",
        "p_none": "probability that none is left",
        "upper95": "least number not exceeded with probability 0.95, items",
    },
)


def _density(found: int, area_m2: float, pod: float, confidence: float) -> Results:
    return {"upper": density_upper(found, area_m2, pod, confidence)}


DENSITY = Calculator(
    name="density",
    title="Upper bound of items per square metre",
    parameters=(
        count("found", "items found in the searched area", required=True),
        number("area_m2", "area searched", "m²", required=True),
        probability("pod", "probability of detection of one item", default=1.0),
        probability("confidence", "confidence of the upper bound", default=0.95),
    ),
    run=_density,
    formula="upper = chi2(confidence; 2 (found + 1)) / 2 / (area × pod)",
    source="Exact Poisson bound (Garwood 1936, doi 10.1093/biomet/28.3-4.437)",
    explanation="Finding nothing bounds the density from above; it does not make it zero.",
    assumptions=always(
        "Items lie independently of one another; clusters make the bound too low.",
        "The searched area is like the area the bound is used for.",
    ),
    example={"found": 0, "area_m2": 10, "pod": 0.9, "confidence": 0.95},
    chart=sweep(
        _density,
        "area_m2",
        multiples,
        {"upper bound": "upper"},
        ("area searched, m²", "items per m²"),
    ),
    result_help={"upper": "upper bound, items per m²"},
)
