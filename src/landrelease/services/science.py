"""Outlooks and calculators, as the edges ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from landrelease.errors import NotFoundError
from landrelease.models.calculators import CALCULATORS
from landrelease.models.calculators import calculate as _calculate
from landrelease.models.calculators import chart as _chart
from landrelease.models.catalogue import catalogue, claimed_tested_observed
from landrelease.models.outlook import outlook as _outlook
from landrelease.models.summary import in_words
from landrelease.services.files import read_json

Result = dict[str, Any]


def outlook_file(name: str) -> Result:
    """Outlook of the scenario in a file (or on stdin, «-»)."""
    return outlook(read_json(name))


def outlook(scenario: Mapping[str, Any]) -> Result:
    """Expected items that can still function and that need clearance; changes nothing."""
    result = _outlook(scenario)
    return {**result, "in_words": in_words(result)}


def munitions() -> list[Result]:
    """The munition catalogue: what is claimed, tested and observed, with evidence tags."""
    return [asdict(munition) for munition in catalogue().values()]


def calculators() -> list[Result]:
    """Every calculator with its inputs, formula and source."""
    return [_described(name) for name in CALCULATORS]


def calculator(name: str) -> Result:
    """One calculator.

    Raises
    ------
    NotFoundError
        There is none of this name.
    """
    if name not in CALCULATORS:
        known = ", ".join(CALCULATORS)
        raise NotFoundError(
            "calculator_unknown", f"there is no calculator {name!r}", f"one of {known}"
        )
    return _described(name)


def calculate(name: str, inputs: Mapping[str, Any]) -> Result:
    """Run one calculator; «cannot estimate» is a result."""
    calculator(name)
    return _calculate(name, inputs)


def explain(answer: Mapping[str, Any]) -> Result:
    """What an answer of :func:`calculate` means in words, and a small chart of it."""
    return {"in_words": in_words(answer), "chart": _chart(answer)}


def claimed_and_found(munition_id: str) -> list[Result]:
    """Every published share of failures of a munition: claimed, tested and observed."""
    return claimed_tested_observed(munition_id)


_SHOWN = ("name", "title", "formula", "source", "explanation", "example", "result_help")


def _described(name: str) -> Result:
    found = CALCULATORS[name]
    described = {field: getattr(found, field) for field in _SHOWN}
    return {**described, "parameters": [asdict(p) for p in found.parameters]}
