"""What a calculator is: parameters with units and ranges, a function, and its explanation.

The command line and the web pages are built from these records, so that every name, unit,
default and range stands in one place.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from landrelease.errors import FieldError

Results: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Parameter:
    """One input of a calculator.

    Parameters
    ----------
    name : str
        Name in ``inputs``, with underscores.
    type : {"int", "float", "str"}
        Kind of value, or of each value where ``multiple``.
    help : str
        What it is, for people.
    unit : str
        Unit of the value; ``"1"`` for a pure number, ``"items"`` for counts.
    flag : str or None
        Option on the command line; None for values that stand after the calculator's name.
    default : object
        Value used when none is given; None where there is none.
    required : bool
        Whether it must be given.
    multiple : bool
        Whether it takes several values.
    choices : tuple of str
        Allowed words.
    minimum, maximum : float or None
        Range, both ends allowed.
    """

    name: str
    type: Literal["int", "float", "str"]
    help: str
    unit: str = "1"
    flag: str | None = None
    default: Any = None
    required: bool = False
    multiple: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None

    def read(self, value: object) -> object:
        """Return the value in its type and range.

        Raises
        ------
        FieldError
            It is missing, of another kind, or out of range.

        Examples
        --------
        >>> Parameter("pod", "float", "detection", minimum=0, maximum=1).read("0.9")
        0.9
        """
        if value is None or value in ((), []):
            if self.required:
                raise FieldError(self.name, value, "is needed", self.help)
            return self.default
        if not self.multiple:
            return self._one(value)
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise FieldError(self.name, value, "takes a list of values")
        return [self._one(item) for item in value]

    def _one(self, value: object) -> float | str:
        if self.type == "str":
            if not isinstance(value, str) or value not in self.choices:
                raise FieldError(self.name, value, "unknown", f"one of {', '.join(self.choices)}")
            return value
        number = self._number(value)
        below = self.minimum is not None and number < self.minimum
        above = self.maximum is not None and number > self.maximum
        if below or above:
            raise FieldError(self.name, value, f"must lie {self.range_text()}")
        return number

    def _number(self, value: object) -> float:
        kind = "a whole number" if self.type == "int" else "a number"
        try:
            number = math.nan if isinstance(value, bool) else float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            number = math.nan
        if not math.isfinite(number) or (self.type == "int" and number != int(number)):
            raise FieldError(self.name, value, f"must be {kind}")
        return int(number) if self.type == "int" else number

    def range_text(self) -> str:
        """Return the range in words.

        Examples
        --------
        >>> Parameter("pod", "float", "detection", minimum=0, maximum=1).range_text()
        'between 0 and 1'
        """
        if self.minimum is not None and self.maximum is not None:
            return f"between {self.minimum:g} and {self.maximum:g}"
        if self.minimum is not None:
            return f"at or above {self.minimum:g}"
        return "anywhere" if self.maximum is None else f"at or below {self.maximum:g}"


@dataclass(frozen=True)
class Calculator:
    """A question that the models answer from a few numbers.

    Parameters
    ----------
    name : str
        Name on the command line.
    title : str
        The question in a few words.
    parameters : tuple of Parameter
        Inputs, in the order in which to ask for them.
    run : callable
        Takes the inputs by name and returns the results by name.
    formula : str
        The equation, in plain text.
    source : str
        Where it is published.
    explanation : str
        What it answers and how to read it, for people who are not statisticians.
    assumptions : callable
        Takes inputs and results and returns what must hold for the answer, in words.
    example : mapping
        Inputs of a worked example.
    chart : callable
        Takes inputs and results and returns a small chart.
    result_help : mapping
        What each result means, with its unit.
    """

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    run: Callable[..., Results]
    formula: str
    source: str
    explanation: str
    assumptions: Callable[[Mapping[str, Any], Results], list[str]]
    example: Mapping[str, Any]
    chart: Callable[[Mapping[str, Any], Results], Any]
    result_help: Mapping[str, str] = field(default_factory=dict)

    def read(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return all inputs in their types, defaults filled in; refuse unknown names."""
        known = {parameter.name for parameter in self.parameters}
        for name, value in inputs.items():
            if name not in known:
                raise FieldError(name, value, f"{self.name} does not take it", self._takes())
        return {
            parameter.name: parameter.read(inputs.get(parameter.name))
            for parameter in self.parameters
        }

    def _takes(self) -> str:
        return "it takes " + ", ".join(parameter.name for parameter in self.parameters)
