"""Dates as coarse as texts give them: ISO 8601, of a day, a month or a year."""

from __future__ import annotations

import calendar
import re
from datetime import date

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
MONTHS["sept"] = 9
WEEKDAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
WEEKDAYS |= {name[:3].casefold(): number for name, number in list(WEEKDAYS.items())}


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Write a partial date, or nothing when there is no such day.

    Examples
    --------
    >>> iso(2024, 2), iso(2024, 2, 29), iso(2023, 2, 29)
    ('2024-02', '2024-02-29', None)
    """
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def as_date(partial: str | None) -> date | None:
    """Return the day of a full ISO date; a coarser one has none."""
    try:
        return date.fromisoformat(partial or "")
    except ValueError:
        return None


def bounds(partial: str) -> tuple[str, str]:
    """Return first and last day of a partial date.

    Examples
    --------
    >>> bounds("2024-02")
    ('2024-02-01', '2024-02-29')
    """
    parts = [int(p) for p in partial.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else None
    if len(parts) == 3:
        return partial, partial
    last_month = month or 12
    last_day = calendar.monthrange(year, last_month)[1]
    return f"{year:04d}-{month or 1:02d}-01", f"{year:04d}-{last_month:02d}-{last_day:02d}"


def month_number(word: str) -> int:
    """Return the number of a month's name or abbreviation."""
    return MONTHS[word.rstrip(".").casefold()]


def day_number(word: str) -> int:
    """Return the day of an ordinal or cardinal day of the month."""
    return int(re.sub(r"\D", "", word))
