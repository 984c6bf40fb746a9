"""A persistence scenario as people write it, checked field by field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AliasChoices, Discriminator, Field, Tag, ValidationError, field_validator
from pydantic import model_validator as checked_by

from landrelease.errors import FieldError
from landrelease.models.forms import (
    EmplacedOn,
    NotNegative,
    Number,
    Part,
    Positive,
    Probability,
    Quantity,
    Rate,
    partial_date,
)

DEFAULT_TIMES_DAYS = (0.0, 1.0, 14.0, 30.0, 60.0, 90.0, 120.0, 365.0)


class UniformSelfDestruct(Part):
    """Self-destruction at a uniform time in a window."""

    distribution: Literal["uniform"] = "uniform"
    from_h: NotNegative = 0.0
    to_h: NotNegative
    failure_probability: Probability

    @checked_by(mode="after")
    def _ordered(self) -> Self:
        if self.to_h < self.from_h:
            raise ValueError("to_h lies below from_h")
        return self


class WeibullSelfDestruct(Part):
    """Self-destruction at a Weibull time that does not favour the first moments."""

    distribution: Literal["weibull"]
    shape: Annotated[Number, Field(ge=1)]
    scale_h: Positive
    failure_probability: Probability


class WeibullSelfDeactivation(Part):
    """Self-deactivation, as of a battery, at a Weibull time since emplacement."""

    distribution: Literal["weibull"] = "weibull"
    shape: Positive
    scale_days: Positive
    applies_to: Literal["self_destruct_failures", "all"] = "self_destruct_failures"


class UniformSelfDeactivation(Part):
    """Self-deactivation at a uniform time in a window since emplacement."""

    distribution: Literal["uniform"]
    from_days: NotNegative = 0.0
    to_days: NotNegative
    applies_to: Literal["self_destruct_failures", "all"] = "self_destruct_failures"

    @checked_by(mode="after")
    def _ordered(self) -> Self:
        if self.to_days < self.from_days:
            raise ValueError("to_days lies below from_days")
        return self


def _distribution(otherwise: str) -> Discriminator:
    def choose(value: Any) -> str:
        if isinstance(value, Part):
            return f"a {getattr(value, 'distribution')} law"  # noqa: B009
        named = value.get("distribution") if isinstance(value, Mapping) else None
        return "a weibull law" if (named or otherwise) == "weibull" else "a uniform law"

    return Discriminator(choose)


SelfDestruct = Annotated[
    Annotated[UniformSelfDestruct, Tag("a uniform law")]
    | Annotated[WeibullSelfDestruct, Tag("a weibull law")],
    _distribution("uniform"),
]
SelfDeactivation = Annotated[
    Annotated[UniformSelfDeactivation, Tag("a uniform law")]
    | Annotated[WeibullSelfDeactivation, Tag("a weibull law")],
    _distribution("weibull"),
]


class CohortInput(Part):
    """One cohort as written in a scenario."""

    name: str = ""
    munition: str | None = None
    rates: str | None = None
    quantity: Quantity
    emplaced_on: EmplacedOn = None
    never_armed_probability: Probability = 0.0
    self_destruct: SelfDestruct | None = None
    self_deactivation: SelfDeactivation | None = None
    ageing_rate_per_day: Rate = 0.0
    accident_rate_per_day: Rate = 0.0
    clearance_rate_per_day: Rate = 0.0


class Scenario(Part):
    """Cohorts, the days to look at, and the level of the intervals."""

    cohorts: Annotated[tuple[CohortInput, ...], Field(min_length=1)]
    times_days: Annotated[tuple[NotNegative, ...], Field(min_length=1)] = DEFAULT_TIMES_DAYS
    level: Annotated[Number, Field(gt=0, lt=1)] = 0.9
    start: Annotated[date | None, Field(validation_alias=AliasChoices("from", "start"))] = None

    notes: tuple[str, ...] = ()

    @field_validator("start", mode="before")
    @classmethod
    def _first_day(cls, value: object) -> date | None:
        return None if value is None else partial_date(value)[0]


def read_scenario(written: Mapping[str, Any]) -> Scenario:
    """Return a checked scenario.

    Parameters
    ----------
    written : mapping
        The scenario as parsed from JSON.

    Returns
    -------
    Scenario
        With all defaults filled in.

    Raises
    ------
    FieldError
        A field is missing, unknown or impossible; the message names it as
        ``cohorts[0].never_armed_probability``.

    Examples
    --------
    >>> read_scenario({"cohorts": [{"quantity": -5}]})
    Traceback (most recent call last):
    landrelease.errors.FieldError: error[field_invalid]: cohorts[0].quantity = -5: ...
    """
    try:
        return Scenario.model_validate(written)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        raise _field_error(first["loc"], first["type"], first["input"], first["msg"]) from None


def _field_error(
    location: tuple[int | str, ...], kind: str, value: object, message: str
) -> FieldError:
    if kind == "missing":
        return FieldError(_path(location), None, "is needed")
    if kind == "extra_forbidden":
        return FieldError(_path(location), value, "is not a field of a scenario")
    text = message.removeprefix("Value error, ").removeprefix("Input ")
    return FieldError(_path(location), value, text)


def _path(location: tuple[int | str, ...]) -> str:
    """Write a location as people do; the forms tried on the way have names with a space."""
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        elif " " not in step:
            path += f".{step}" if path else step
    return path or "scenario"
