"""Periods that are told by two dates."""

from __future__ import annotations

from landrelease.domain.dates import PartialDate

#: Fields that hold the two ends of a period.
PERIODS = (("period_start", "period_end"), ("started_on", "ended_on"))


def is_reversed(start: str | None, end: str | None) -> bool:
    """Whether a period certainly ends before it starts.

    Examples
    --------
    >>> is_reversed("2024-06-20", "2024-05-10"), is_reversed("2024-06-20", "2024")
    (True, False)
    """
    if not start or not end:
        return False
    return PartialDate.parse(end).last < PartialDate.parse(start).first
