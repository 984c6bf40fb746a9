"""Calculators of sampling and reliability: how many trials, and what they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from landrelease.errors import FieldError
from landrelease.models.assurance.sampling import sample_size
from landrelease.models.calculators.charts import sweep, upper_shares, whole_numbers
from landrelease.models.calculators.common import always, count, level, number, probability
from landrelease.models.calculators.spec import Calculator, Parameter, Results
from landrelease.models.checks import require_positive
from landrelease.models.reliability.conflict import conflict_p_value
from landrelease.models.reliability.failure_rate import (
    Beta,
    check_counts,
    claim_prior,
    failure_rate,
    seen_rate,
)
from landrelease.models.reliability.zero_failures import trials_needed


def _sample_size(
    confidence: float, clean: float, lot: int | None, pod: float, convention: str
) -> Results:
    return {"n": sample_size(confidence, clean, lot, pod, convention)}


SAMPLE_SIZE = Calculator(
    name="sample-size",
    title="Units to inspect, all clean, to accept a lot",
    parameters=(
        probability("confidence", "confidence wanted", required=True),
        probability("clean", "least acceptable share of clean units", required=True),
        count("lot", "units in the lot; endless without it", unit="units", minimum=1),
        probability("pod", "probability that a defect in the sample is seen", default=1.0),
        Parameter(
            "convention",
            "str",
            "defects to guard against: floor of lot × (1 − clean), or one more",
            flag="--convention",
            default="floor",
            choices=("floor", "floor-plus-one"),
        ),
    ),
    run=_sample_size,
    formula="least n with P(no defect seen | n, D defects in N) <= 1 - confidence, "
    "hypergeometric; "
    "endless lot: ln(1 - C)/ln(1 - pod (1 - X))",
    source="Bowen & Bennett 1988, NUREG/CR-4604; exact hypergeometric sum",
    explanation=(
        "Inspect this many units chosen at random. If all are clean, a lot with the defects "
        "named would have been rejected with the confidence named. One defect rejects the lot."
    ),
    assumptions=always(
        "The units are a simple random sample; if defects lie in clusters it is optimistic.",
        "One defect seen rejects the lot.",
        "The convention fixes how many defects the lot may hold; the two differ for small lots.",
    ),
    example={"confidence": 0.95, "clean": 0.99, "lot": 500, "pod": 0.9},
    chart=sweep(
        _sample_size, "confidence", upper_shares, {"units": "n"}, ("confidence", "units to inspect")
    ),
    result_help={"n": "units to inspect"},
)


def _reliability(
    *,
    failures: int,
    trials: int,
    detection_alpha: float | None,
    detection_beta: float | None,
    claim: float | None,
    strength: float | None,
    lot_correlation: float | None,
    lot_size: float | None,
    level: float,
) -> Results:
    _require_both("detection_alpha", detection_alpha, "detection_beta", detection_beta)
    _require_both("claim", claim, "strength", strength)
    _require_both("lot_correlation", lot_correlation, "lot_size", lot_size)
    if not 0 < level < 1:
        raise FieldError("level", level, "an interval needs a level between 0 and 1")
    finds = check_counts(failures, trials)
    if lot_correlation is not None and lot_size is not None:
        finds = finds.thinned(lot_correlation, lot_size)
    claimed = None if claim is None or strength is None else claim_prior(claim, strength)
    detection = _detection(detection_alpha, detection_beta)
    prior = claimed if detection is None else None
    estimate = failure_rate(seen_rate(finds, prior), detection or 1.0, level)
    conflict = None if claimed is None else conflict_p_value(finds, claimed, detection)
    return {**asdict(estimate), "conflict_p_value": conflict}


def _detection(alpha: float | None, beta: float | None) -> Beta | None:
    if alpha is None or beta is None:
        return None
    require_positive("detection_alpha", alpha)
    require_positive("detection_beta", beta)
    return Beta(alpha, beta)


def _require_both(name: str, value: object, other: str, other_value: object) -> None:
    if (value is None) != (other_value is None):
        missing = name if value is None else other
        raise FieldError(missing, None, f"{name} and {other} are given together or not at all")


def _reliability_assumptions(inputs: Mapping[str, Any], results: Results) -> list[str]:
    lines = []
    if inputs["detection_alpha"] is None:
        lines.append("Every failure is detected; if some are missed, the true rate is higher.")
    else:
        lines.append("Detection has its own distribution and is not updated by the finds.")
    if inputs["claim"] is None or inputs["detection_alpha"] is not None:
        lines.append("Jeffreys' prior on the rate of failures seen.")
    else:
        lines.append(
            f"The claim {inputs['claim']:g} counts like {inputs['strength']:g} trials: a choice."
        )
    if inputs["lot_correlation"] is None:
        lines.append("Items fail independently; lots that fail together widen the interval.")
    else:
        lines.append("Counts are divided by 1 + (m − 1)ρ for items of a lot failing together.")
    conflict = results["conflict_p_value"]
    if conflict is not None and conflict < 0.05:
        lines.append(f"Finds contradict the claim (p = {conflict:.3g}): do not rely on the claim.")
    return lines


def _possible_failures(value: float, inputs: Mapping[str, Any]) -> list[float]:
    return whole_numbers(0, min(inputs["trials"], max(10, int(2 * value))))


RELIABILITY = Calculator(
    name="reliability",
    title="Failure rate from finds, and whether a claim agrees",
    parameters=(
        count("failures", "failures found", required=True),
        count("trials", "items used or tested", required=True),
        number("detection_alpha", "first parameter of the Beta of detection", "1"),
        number("detection_beta", "second parameter of the Beta of detection", "1"),
        probability("claim", "claimed failures per item"),
        number("strength", "number of trials the claim counts like", "trials"),
        probability("lot_correlation", "correlation of failures within a lot"),
        number("lot_size", "items examined per lot", "items", minimum=1),
        level(),
    ),
    run=_reliability,
    formula="theta | y ~ Beta(y + a, n - y + b); q = theta / p; conflict = P(Y >= y | claim)",
    source=(
        "Brown, Cai & DasGupta 2001, doi 10.1214/ss/1009213286; "
        "prior predictive check: Box 1980, doi 10.2307/2982063"
    ),
    explanation=(
        "Finds show only the failures that were found. The claim enters with the weight you "
        "give it, and the conflict value says how surprising the finds would be if it were true."
    ),
    assumptions=_reliability_assumptions,
    example={"failures": 50, "trials": 10000, "detection_alpha": 60, "detection_beta": 40},
    chart=sweep(
        _reliability,
        "failures",
        _possible_failures,
        {"mean": "mean", "lower": "lower", "upper": "upper"},
        ("failures found", "failures per item"),
    ),
    result_help={
        "mean": "expected failures per item",
        "lower": "lower end of the interval, failures per item",
        "upper": "upper end of the interval, failures per item",
        "conflict_p_value": "probability of at least as many failures if the claim were right",
    },
)


def _zero_failures(rate: float, confidence: float) -> Results:
    return {"trials": trials_needed(rate, confidence)}


ZERO_FAILURES = Calculator(
    name="zero-failures",
    title="Trials without failure that a claim needs",
    parameters=(
        probability("rate", "claimed failures per item, as 6e-6 for 6 in a million", required=True),
        probability("confidence", "confidence wanted", default=0.95),
    ),
    run=_zero_failures,
    formula="ln(1 - confidence) / ln(1 - rate), rounded up",
    source="Binomial with no failure; the rule of three is its limit",
    explanation=(
        "A claim of very few failures can only be shown by very many trials without any. "
        "A claim whose number of trials is not published cannot be checked."
    ),
    assumptions=always("Trials are independent, under the conditions of use, all without failure."),
    example={"rate": 6e-6, "confidence": 0.95},
    chart=sweep(
        _zero_failures,
        "confidence",
        upper_shares,
        {"trials": "trials"},
        ("confidence", "trials without failure"),
    ),
    result_help={"trials": "independent trials, none failing"},
)
