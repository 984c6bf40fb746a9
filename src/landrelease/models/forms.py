"""The forms a value may take in a scenario: a number, an interval, a distribution, a date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    field_validator,
    model_validator,
)

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def _number(value: object) -> object:
    if isinstance(value, bool | str):
        raise ValueError("must be a number")
    return value


def _whole(value: float) -> float:
    if value != int(value):
        raise ValueError("a count is a whole number")
    return value


Number = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]
NotNegative = Annotated[Number, Field(ge=0)]
Positive = Annotated[Number, Field(gt=0)]
Share = Annotated[Number, Field(ge=0, le=1)]
Count = Annotated[int, BeforeValidator(_number), Field(ge=0)]


class Part(BaseModel):
    """Base of all parts: unknown fields are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _form(known: Mapping[str, str], otherwise: str) -> Callable[[object], str]:
    """Tell the form of a mapping by the field that only it has; anything else is a number."""

    def choose(value: object) -> str:
        if isinstance(value, Mapping):
            return next((form for field, form in known.items() if field in value), otherwise)
        if isinstance(value, BaseModel):
            return next(form for field, form in known.items() if field in type(value).model_fields)
        return "a number"

    return choose


class CountInterval(Part):
    """A number of items between two bounds, all whole numbers equally likely."""

    low: Count
    high: Count

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.high < self.low:
            raise ValueError("high lies below low")
        return self


class LogNormal(Part):
    """A number of items known by order of magnitude."""

    distribution: Literal["lognormal"]
    median: Positive
    sigma: NotNegative


class ShareInterval(Part):
    """A probability between two bounds, all values equally likely."""

    low: Share
    high: Share

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.high < self.low:
            raise ValueError("high lies below low")
        return self


class BetaPrior(Part):
    """A probability with a Beta distribution."""

    beta: tuple[Positive, Positive]


class Claimed(Part):
    """A claimed probability trusted like ``strength`` trials, and what trials showed."""

    claimed: Annotated[Number, Field(gt=0, lt=1)]
    strength: Positive
    failures: Count = 0
    trials: Count = 0

    @model_validator(mode="after")
    def _within_trials(self) -> Self:
        if self.failures > self.trials:
            raise ValueError("failures exceed trials")
        return self


class StepwiseRate(Part):
    """A rate per day constant between steps, in days since emplacement."""

    from_days: Annotated[tuple[NotNegative, ...], Field(min_length=1)]
    per_day: Annotated[tuple[NotNegative, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _matched(self) -> Self:
        if len(self.from_days) != len(self.per_day) or self.from_days[0] != 0:
            raise ValueError("from_days begins with 0 and has one entry for each of per_day")
        if any(b <= a for a, b in zip(self.from_days, self.from_days[1:], strict=False)):
            raise ValueError("from_days must rise")
        return self


Quantity = Annotated[
    Annotated[Count, Tag("a number")]
    | Annotated[CountInterval, Tag("an interval")]
    | Annotated[LogNormal, Tag("a distribution")],
    Discriminator(_form({"distribution": "a distribution", "low": "an interval"}, "an interval")),
]
Probability = Annotated[
    Annotated[Share, Tag("a number")]
    | Annotated[BetaPrior, Tag("a prior")]
    | Annotated[Claimed, Tag("a claim")]
    | Annotated[ShareInterval, Tag("an interval")],
    Discriminator(
        _form({"beta": "a prior", "claimed": "a claim", "low": "an interval"}, "a claim")
    ),
]
Rate = Annotated[
    Annotated[NotNegative, Tag("a number")] | Annotated[StepwiseRate, Tag("in steps")],
    Discriminator(_form({"from_days": "in steps"}, "in steps")),
]


class Period(Part):
    """An unknown date of a period."""

    start: date = Field(validation_alias=AliasChoices("start", "from", "low", "earliest"))
    end: date = Field(validation_alias=AliasChoices("end", "to", "high", "latest"))

    @field_validator("start", mode="before")
    @classmethod
    def _first_day(cls, value: object) -> date:
        return partial_date(value)[0]

    @field_validator("end", mode="before")
    @classmethod
    def _last_day(cls, value: object) -> date:
        return partial_date(value)[1]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError("the period ends before it begins")
        return self


def partial_date(value: object) -> tuple[date, date]:
    """Return the first and last day that ``2019``, ``2019-07`` or ``2019-07-04`` can mean.

    Examples
    --------
    >>> [day.isoformat() for day in partial_date("2019-02")]
    ['2019-02-01', '2019-02-28']
    """
    if isinstance(value, date):
        return value, value
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("a date is YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = match.groups()
    first = date(int(year), int(month or 1), int(day or 1))
    if day:
        return first, first
    last_month = int(month or 12)
    return first, date(int(year), last_month, calendar.monthrange(int(year), last_month)[1])


def _period(value: Any) -> Any:
    """Accept one partial date, two of them in a list, or ``first/last``."""
    if isinstance(value, str) and value.count("/") == 1:
        value = value.split("/")
    if isinstance(value, list | tuple) and len(value) == 2:
        return {"start": value[0], "end": value[1]}
    if isinstance(value, str | date):
        return {"start": value, "end": value}
    return value


EmplacedOn = Annotated[Period | None, BeforeValidator(_period)]
