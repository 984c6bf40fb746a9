"""Parameters and assumption texts that several calculators share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from landrelease.models.calculators.spec import Parameter, Results


def probability(name: str, help_text: str, **more: Any) -> Parameter:
    """Return a parameter between 0 and 1, given as an option named after it."""
    more.setdefault("flag", "--" + name.replace("_", "-"))
    return Parameter(name, "float", help_text, minimum=0, maximum=1, **more)


def count(name: str, help_text: str, unit: str = "items", **more: Any) -> Parameter:
    """Return a whole number of 0 or more, given as an option named after it."""
    more.setdefault("flag", "--" + name.replace("_", "-"))
    more.setdefault("minimum", 0)
    return Parameter(name, "int", help_text, unit, **more)


def number(name: str, help_text: str, unit: str, **more: Any) -> Parameter:
    """Return a number of 0 or more, given as an option named after it."""
    more.setdefault("flag", "--" + name.replace("_", "-"))
    more.setdefault("minimum", 0)
    return Parameter(name, "float", help_text, unit, **more)


def level() -> Parameter:
    """Return the probability of an interval."""
    return probability("level", "probability that the interval holds the true value", default=0.95)


def always(*lines: str) -> Callable[[Mapping[str, Any], Results], list[str]]:
    """Return assumptions that hold whatever the inputs."""
    return lambda _inputs, _results: list(lines)
