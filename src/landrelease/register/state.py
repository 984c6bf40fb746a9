"""The state on any date, as one query over the versions; no replay of the ledger.

`landrelease.domain.actions` says from which day an entry counts. A closing does not count where
a reopening of the same area overlaps its period: the reopening wins.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from landrelease.domain.dates import PartialDate
from landrelease.errors import FieldError

STATE, CLOSING, REOPENING, VOID = range(4)

#: Beyond every day and every moment: no bound.
FOREVER = 2**62

_KNOWN = "{v}.received_us <= :known_us AND ({v}.voided_us IS NULL OR {v}.voided_us > :known_us)"

#: ``{which}`` narrows the records; the query's columns are those of `version`.
_STANDING = f"""
SELECT * FROM (
  SELECT v.*, row_number() OVER (
    PARTITION BY v.record_no
    ORDER BY v.effective_day DESC, v.recorded_us DESC, v.entry_id DESC) AS place
  FROM version AS v
  WHERE {{which}} AND v.role < {VOID} AND v.effective_day <= :day AND {_KNOWN.format(v="v")}
    AND NOT (v.role = {CLOSING} AND EXISTS (
      SELECT 1 FROM version AS r
      WHERE r.record_no = v.record_no AND r.role = {REOPENING}
        AND r.first_day <= v.last_day AND r.last_day >= v.first_day
        AND {_KNOWN.format(v="r")})))
WHERE place = 1
"""


def standing(which: str) -> str:
    """Return the SQL of the versions that stand at ``:day`` as known at ``:known_us``.

    Parameters
    ----------
    which : str
        Condition on ``v.record_no`` in SQL; never made of what a user typed.
    """
    return _STANDING.format(which=which)


def bounds(as_of: str | None, known_at: str | None) -> dict[str, int]:
    """Return the parameters of `standing`.

    Parameters
    ----------
    as_of : str or None
        A partial date; its last day counts. None: all that is recorded.
    known_at : str or None
        ISO 8601 moment or day (its end), UTC. None: all that is known.

    Examples
    --------
    >>> bounds("2019", None)["day"] == date(2019, 12, 31).toordinal()
    True
    """
    day = FOREVER if as_of is None else PartialDate.parse(as_of, "as_of").last.toordinal()
    return {"day": day, "known_us": FOREVER if known_at is None else _moment_us(known_at)}


def microseconds(moment: str) -> int:
    """Return microseconds since 1970 of a moment in ISO 8601; without a zone it is UTC."""
    found = datetime.fromisoformat(moment)
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    apart = found - datetime(1970, 1, 1, tzinfo=UTC)
    return (apart.days * 86_400 + apart.seconds) * 1_000_000 + apart.microseconds


def moment_text(microsecond: int) -> str:
    """Return microseconds since 1970 as ``2026-11-22T10:00:00.000000Z``."""
    seconds, rest = divmod(microsecond, 1_000_000)
    stamp = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{stamp}.{rest:06d}Z"


def _moment_us(text: str) -> int:
    try:
        if len(text) <= len("2026-11-22"):
            day = PartialDate.parse(text, "known_at").last
            return microseconds(f"{day.isoformat()}T23:59:59.999999+00:00")
        return microseconds(text)
    except ValueError:
        raise FieldError(
            "known_at", text, "is no moment", "write 2026-11-22 or 2026-11-22T10:00:00Z"
        ) from None


__all__ = ["bounds", "date", "microseconds", "moment_text", "standing"]
