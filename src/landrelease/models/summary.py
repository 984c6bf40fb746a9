"""Model results in plain words, for people who are not statisticians."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Words = Callable[[Mapping[str, Any], Mapping[str, Any]], list[str]]


def in_words(result: Mapping[str, Any]) -> list[str]:
    """Return sentences that say what a result means.

    Parameters
    ----------
    result : mapping
        What :func:`~landrelease.models.outlook.outlook` or
        :func:`~landrelease.models.calculators.calculate` returned.

    Returns
    -------
    list of str
        Sentences, the most important first.

    Examples
    --------
    >>> from landrelease.models.outlook import outlook
    >>> cohort = {"munition": "ccw-ap2-limit", "quantity": 1000}
    >>> words = in_words(outlook({"cohorts": [cohort], "times_days": [120]}))
    >>> words[0]
    'Of 1,000 items, about 100 still need clearance on day 120 (90 % interval: 85 to 116).'
    >>> words[1]
    'On day 120 at most one of them is expected to still function (90 % interval: 0 to 3).'
    """
    if "times" in result:
        return _outlook(result)
    if result["status"] == "cannot_estimate":
        return [f"No number can be given: {result['why']}."]
    return _WORDS[result["calculator"]](result["inputs"], result["results"])


def _outlook(result: Mapping[str, Any]) -> list[str]:
    last = max(result["times"], key=lambda time: time["days"])
    quantity = sum(last["states"].values())
    day, level = f"day {last['days']:,g}", f"{100 * result['level']:g} %"
    clear, function = last["needs_clearance"], last["can_function"]
    lines = [
        f"Of {_about(quantity)} items, {_expected(clear['mean'])} still need clearance on "
        f"{day} ({_interval(clear, level)}).",
        f"On {day} {_how_many(function['mean'])} to still function ({_interval(function, level)}).",
    ]
    silent = clear["mean"] - function["mean"]
    if silent >= 0.5:
        lines.append(
            f"About {_about(silent)} can no longer function as designed but are still explosive: "
            "whoever meets one cannot tell and must treat it as live."
        )
    return lines


def _how_many(mean: float) -> str:
    if mean == 0:
        return "none of them is expected"
    if mean <= 1:
        return "at most one of them is expected"
    return f"about {_about(mean)} of them are expected"


def _expected(mean: float) -> str:
    return "fewer than one is expected to" if 0 < mean < 1 else f"about {_about(mean)}"


def _interval(band: Mapping[str, float], level: str) -> str:
    return f"{level} interval: {band['lower']:,} to {band['upper']:,}"


def _about(number: float) -> str:
    """Whole items above ten, one decimal below."""
    return f"{number:,.0f}" if number >= 10 or number == round(number) else f"{number:,.1f}"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def _removal(inputs: Mapping[str, Any], results: Mapping[str, Any]) -> list[str]:
    found = sum(inputs["counts"])
    left = results["n"] - found
    lower, upper = (max(end - found, 0) for end in results["interval"])
    return [
        f"{found} items were found in {len(inputs['counts'])} passes; about {_about(left)} are "
        f"likely left ({_percent(inputs['level'])} interval: {_about(lower)} to {_about(upper)}).",
        f"One pass finds about {_percent(results['p'])} of the items that are still there.",
    ]


def _two_team(inputs: Mapping[str, Any], results: Mapping[str, Any]) -> list[str]:
    found = inputs["first"] + inputs["second"] - inputs["both"]
    return [
        f"Together the teams found {found} items; about {results['expected_missed']:.1f} more "
        "were likely missed by both."
    ]


def _residual(inputs: Mapping[str, Any], results: Mapping[str, Any]) -> list[str]:
    flat, poisson = results["flat"], results["poisson"]
    lines = [
        f"With no idea of the number beforehand, about {flat['mean']:.2g} items are likely left; "
        f"none is left with probability {_percent(flat['p_none'])}, and more than "
        f"{flat['upper95']} with at most 5 %."
    ]
    if poisson is not None:
        lines.append(
            f"Had {inputs['prior_mean']:g} items been expected beforehand, about "
            f"{poisson['mean']:.2g} would be left, whatever was found."
        )
    return lines


def _sample_size(inputs: Mapping[str, Any], results: Mapping[str, Any]) -> list[str]:
    lot = f"of the {inputs['lot']:,} units" if inputs["lot"] else "units"
    return [
        f"Inspect {results['n']:,} {lot}, chosen at random. If every one is clean, you can be "
        f"{_percent(inputs['confidence'])} confident that at least {_percent(inputs['clean'])} "
        "are clean. A single defect rejects the lot."
    ]


def _pod(inputs: Mapping[str, Any], results: Mapping[str, Any]) -> list[str]:
    return [
        f"Sweeping {inputs['coverage']:g} times the area finds {_percent(results['random'])} of "
        f"the items with random tracks and {_percent(results['inverse_cube'])} with even tracks; "
        f"{_percent(results['definite_range'])} would need a detector with a sharp edge."
    ]


def _passes(_inputs: Mapping[str, Any], results: Mapping[str, Any]) -> list[str]:
    passes = results["passes"]
    return [f"{passes} independent passes find {_percent(results['achieved'])} of the items."]


def _miss_update(inputs: Mapping[str, Any], results: Mapping[str, Any]) -> list[str]:
    return [
        f"Finding nothing lowers the probability that an item is there from "
        f"{_percent(inputs['prior'])} to {_percent(results['posterior'])}; it is not zero."
    ]


def _transect(_inputs: Mapping[str, Any], results: Mapping[str, Any]) -> list[str]:
    chance = results["probability"]
    return [
        f"The transects touch such an area with probability {_percent(chance)}; they pass it by "
        f"with probability {_percent(1 - chance)}."
    ]


def _search(_inputs: Mapping[str, Any], results: Mapping[str, Any]) -> list[str]:
    return [
        f"Divided this way the effort finds the item with probability "
        f"{_percent(results['p_found'])}, against {_percent(results['p_found_uniform'])} when "
        "spread evenly."
    ]


def _dig(inputs: Mapping[str, Any], results: Mapping[str, Any]) -> list[str]:
    return [
        f"Dig {len(results['dig'])} of {len(inputs['probability'])} anomalies; an item is left "
        f"among the others with probability {_percent(results['p_any_left'])}."
    ]


def _density(inputs: Mapping[str, Any], results: Mapping[str, Any]) -> list[str]:
    per_hectare = results["upper"] * 10_000
    return [
        f"With {inputs['found']} found in {inputs['area_m2']:,g} m², there may still have been up "
        f"to {per_hectare:.3g} items per hectare ({_percent(inputs['confidence'])} confidence)."
    ]


def _reliability(inputs: Mapping[str, Any], results: Mapping[str, Any]) -> list[str]:
    lines = [
        f"About {_percent(results['mean'])} fail ({_percent(inputs['level'])} interval: "
        f"{_percent(results['lower'])} to {_percent(results['upper'])})."
    ]
    conflict = results["conflict_p_value"]
    if conflict is not None:
        verdict = "contradict" if conflict < 0.05 else "do not contradict"
        lines.append(
            f"The finds {verdict} the claim: were it true, so many failures would be seen with "
            f"probability {_percent(conflict)}."
        )
    return lines


def _zero_failures(inputs: Mapping[str, Any], results: Mapping[str, Any]) -> list[str]:
    return [
        f"To show a rate of {inputs['rate']:g}, {results['trials']:,} trials must pass without a "
        "single failure."
    ]


_WORDS: Mapping[str, Words] = {
    "removal": _removal,
    "two-team": _two_team,
    "residual": _residual,
    "sample-size": _sample_size,
    "pod": _pod,
    "passes": _passes,
    "miss-update": _miss_update,
    "transect": _transect,
    "search": _search,
    "dig": _dig,
    "density": _density,
    "reliability": _reliability,
    "zero-failures": _zero_failures,
}
