"""The clock, read in one place."""

from __future__ import annotations

from datetime import UTC, date, datetime

from landrelease.domain.dates import PartialDate
from landrelease.errors import FieldError


def today() -> date:
    """Today's date in UTC."""
    return datetime.now(UTC).date()


def now() -> str:
    """The moment in UTC, as ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str, field: str) -> str:
    """Return a day or moment as the ledger writes it, so that texts compare as moments do.

    Parameters
    ----------
    text : str
        A partial date (its first day counts) or a moment in ISO 8601; without a zone it is UTC.
    field : str
        Name to use in the error.

    Raises
    ------
    FieldError
        It is neither (``date_invalid``).

    Examples
    --------
    >>> moment("2026-11", "since"), moment("2026-11-22T12:00+02:00", "since")
    ('2026-11-01', '2026-11-22T10:00:00.000000Z')
    """
    if "T" not in text and " " not in text.strip():
        return PartialDate.parse(text, field).first.isoformat()
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        cure = "write 2026-11-22 or 2026-11-22T10:00:00Z"
        raise FieldError(field, text, "is no moment", cure, "date_invalid") from None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
