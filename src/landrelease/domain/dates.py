"""Partial dates: a date known to the year, the month or the day, and never finer.

A partial date is a period. Reports carry «2019» or «July 2019»; inventing a day would be a lie,
so every comparison says which end of the period it takes (see `landrelease.domain.actions`).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from landrelease.errors import FieldError

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=False)
class PartialDate:
    """A calendar date with the precision of its source.

    Parameters
    ----------
    year : int
        1 to 9999.
    month : int or None
        1 to 12.
    day : int or None
        Day of the month; only with a month.

    Raises
    ------
    FieldError
        The date cannot be, such as 2023-02-30.

    Examples
    --------
    >>> PartialDate.parse("2019-02").last
    datetime.date(2019, 2, 28)
    >>> str(PartialDate.parse("2019"))
    '2019'
    >>> PartialDate.parse("2019").contains(PartialDate.parse("2019-07-04"))
    True
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        try:
            date(self.year, *(1 if part is None else part for part in (self.month, self.day)))
        except ValueError as problem:
            raise _cannot_be(self._text(), str(problem)) from None
        if self.day is not None and self.month is None:
            raise _cannot_be(self._text(), "a day needs its month")

    @classmethod
    def parse(cls, text: str, field: str = "date") -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        Parameters
        ----------
        text : str
            The date as written.
        field : str, optional
            Name to use in the error.

        Raises
        ------
        FieldError
            Another form, or a date that cannot be.
        """
        match = _ISO.fullmatch(text.strip()) if isinstance(text, str) else None
        if match is None:
            raise _cannot_be(text, "not a date", field)
        try:
            return cls(*(int(part) if part else None for part in match.groups()))  # type: ignore[arg-type]
        except FieldError as problem:
            raise _cannot_be(text, problem.args[1].split(": ", 1)[1], field) from None

    @property
    def first(self) -> date:
        """First day of the period."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """Last day of the period."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def contains(self, other: PartialDate) -> bool:
        """Whether the other period lies inside this one."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: PartialDate) -> bool:
        """Whether the two periods share a day."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        return self._text()

    def _text(self) -> str:
        month = "" if self.month is None else f"-{self.month:02d}"
        day = "" if self.day is None else f"-{self.day:02d}"
        return f"{self.year:04d}{month}{day}"


def _cannot_be(value: object, why: str, field: str = "date") -> FieldError:
    return FieldError(
        field,
        value,
        why,
        "write YYYY, YYYY-MM or YYYY-MM-DD, as precise as is known",
        "date_invalid",
    )
