"""The state on any date, as one query over the versions; no replay of the ledger.

`landrelease.domain.actions` says from which day an entry counts. A closing does not count where
a reopening of the same area overlaps its period: the reopening wins. When a closing without a date
happened nobody knows, so a reopening before it in the world wins if it is the later word.

What happens once (`landrelease.domain.happenings`) has one date, the last that was said of it: no
version recorded before that word counts on any day, and none counts before that date. So it is of
an ending that was told anew.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from landrelease.domain.dates import PartialDate
from landrelease.domain.happenings import ENDINGS, HAPPENINGS, SILENT_ON_DATE
from landrelease.errors import FieldError

STATE, CLOSING, REOPENING, VOID = range(4)

#: Beyond every day and every moment: no bound.
FOREVER = 2**62

#: The parameters of `standing` for all that was ever recorded.
ALL = {"day": FOREVER, "known_us": FOREVER, "today": FOREVER}

#: As a date: all that is recorded, save land that leaves on a day (in UTC), or in a month or year
#: whose last day, has not come.
NOW = "now"

#: Whether a version ``v`` was known at ``:known_us`` and not undone.
_KNOWN = "{v}.received_us <= :known_us AND ({v}.voided_us IS NULL OR {v}.voided_us > :known_us)"

KNOWN = _KNOWN.format(v="v")

#: Whether a version ``v`` of the record ``r`` takes land away, or may.
_TAKES = f"(v.role = {CLOSING} OR r.kind IN ('land_release_product', 'resurvey'))"

#: Whether a reopening ``o`` outdoes a closing ``v``: their periods overlap; or nothing dates the
#: closing, the reopening was recorded after it, and no dated closing that it repeats lies between.
_OUTDOES = f"""
((o.first_day <= v.last_day AND o.last_day >= v.first_day)
 OR (o.recorded_us > v.recorded_us AND o.first_day <= v.effective_day
  AND (SELECT l.undated FROM land AS l WHERE l.entry_no = v.entry_no)
  AND NOT EXISTS (
    SELECT 1 FROM version AS w JOIN land AS m USING (entry_no)
    WHERE w.record_no = v.record_no AND w.role = {CLOSING} AND NOT m.undated
      AND w.recorded_us <= v.recorded_us AND w.first_day > o.last_day
      AND {_KNOWN.format(v="w")})))
"""


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))


#: Whether a version ``v`` says when its record happened.
_DATES = f"""
EXISTS (SELECT 1 FROM entry AS e WHERE e.entry_no = {{v}}.entry_no
  AND e.occurred_on IS NOT NULL AND e.action NOT IN ({_listed(SILENT_ON_DATE)}))
"""
#: Whether a version ``o`` gave the record of ``v`` its date after ``v`` was recorded.
_DATED_SINCE = f"""
EXISTS (SELECT 1 FROM version AS {{o}} WHERE {{o}}.record_no = {{v}}.record_no
  AND ({{o}}.recorded_us, {{o}}.entry_id) > ({{v}}.recorded_us, {{v}}.entry_id)
  AND {{o}}.role = {STATE} AND {_KNOWN.format(v="{o}")} AND {_DATES.format(v="{o}")})
"""
#: Whether the date said last, before ``v`` was recorded, has not come: ``v`` may stand on another.
_NOT_YET = f"""
EXISTS (SELECT 1 FROM version AS o WHERE o.record_no = v.record_no
  AND o.effective_day > CASE WHEN {_TAKES} THEN min(:day, :today) ELSE :day END
  AND o.role = {STATE} AND {_KNOWN.format(v="o")} AND {_DATES.format(v="o")}
  AND NOT {_DATED_SINCE.format(v="o", o="p")})
"""
#: Whether the ending ``v`` was told anew: by a version that replaced it, or what repeated it.
_TOLD_ANEW = f"""
EXISTS (WITH RECURSIVE again(entry_no, entry_id) AS (
    SELECT v.entry_no, v.entry_id UNION
    SELECT o.entry_no, o.entry_id FROM again JOIN entry AS e ON e.supersedes = again.entry_id
    JOIN version AS o ON o.record_no = v.record_no AND o.entry_id = e.entry_id
    JOIN land AS l ON l.entry_no = o.entry_no
    WHERE o.role = {CLOSING} AND {_KNOWN.format(v="o")}
      AND l.status = (SELECT m.status FROM land AS m WHERE m.entry_no = v.entry_no))
  SELECT 1 FROM again JOIN entry AS e USING (entry_no)
  WHERE e.entry_no != v.entry_no AND e.occurred_on IS NOT NULL
    AND e.action IN ({_listed(ENDINGS)}))
"""
#: Whether the record of ``v`` has ended once at most: then nothing can tell the ending anew.
_ENDED_ONCE = f"""
NOT EXISTS (SELECT 1 FROM version AS o WHERE o.record_no = v.record_no
  AND o.role = {CLOSING} AND o.entry_id != v.entry_id)
"""
#: Whether a later word than ``v`` says that it was on another day. SQLite works out both sides of
#: an AND that is a value, so what is dear stands behind a WHEN, and is asked only of few.
_REDATED = f"""
CASE WHEN r.kind IN ({_listed(HAPPENINGS)}) THEN {_DATED_SINCE.format(v="v", o="o")}
 WHEN v.role != {CLOSING} OR {_ENDED_ONCE} THEN 0
 ELSE {_TOLD_ANEW} END
"""

#: Whether a version ``v`` of the record ``r`` counts at ``:day`` as known at ``:known_us``.
_COUNTS = f"""
v.record_no = r.record_no AND v.role < {VOID} AND v.effective_day <= :day
  AND (v.effective_day <= :today OR NOT {_TAKES})
  AND {_KNOWN.format(v="v")}
  AND NOT {_REDATED}
  AND NOT (r.kind IN ({_listed(HAPPENINGS)}) AND {_NOT_YET})
  AND NOT (v.role = {CLOSING} AND EXISTS (
    SELECT 1 FROM version AS o
    WHERE o.record_no = v.record_no AND o.role = {REOPENING}
      AND {_OUTDOES} AND {_KNOWN.format(v="o")}))
"""
#: The primary key of `version` is the order of effect, so the end of it is one search.
_LAST = f"""
(SELECT v.effective_day, v.recorded_us, v.entry_id FROM version AS v WHERE {_COUNTS}
 ORDER BY v.effective_day DESC, v.recorded_us DESC, v.entry_id DESC LIMIT 1)
"""


def standing(which: str) -> str:
    """Return the SQL of the versions that stand, per record the last that counts; with its id.

    Parameters
    ----------
    which : str
        Condition on the record ``r`` in SQL; never made of what a user typed.
    """
    return (
        "SELECT s.*, r.record_id FROM record AS r CROSS JOIN version AS s"
        " ON s.record_no = r.record_no"
        f" AND (s.effective_day, s.recorded_us, s.entry_id) = {_LAST} WHERE {which}"
    )


def counting(which: str) -> str:
    """Return the SQL of every version that counts."""
    return f"SELECT v.* FROM record AS r CROSS JOIN version AS v ON {_COUNTS} WHERE {which}"


def all_polygons(which: str) -> str:
    """Return the SQL of every version with a polygon that counts.

    ``drawn_anew`` says whether its polygon is another than that of the version before it.
    """
    order = "v.effective_day, v.recorded_us, v.entry_id"
    return (
        f"SELECT v.*, l.shape IS NOT lag(l.shape) OVER (PARTITION BY v.record_no ORDER BY {order})"
        f" AS drawn_anew FROM record AS r CROSS JOIN version AS v ON {_COUNTS}"
        f" CROSS JOIN land AS l USING (entry_no) WHERE {which} AND v.area_m2 IS NOT NULL"
        f" ORDER BY r.record_no, {order}"
    )


def ahead() -> str:
    """Return the SQL of the records that take land away and not yet on ``:today``: number, id."""
    return (
        "SELECT DISTINCT r.record_no, r.record_id FROM record AS r"
        " JOIN version AS v USING (record_no)"
        f" WHERE v.role < {VOID} AND {_TAKES} AND v.effective_day > :today"
        f" AND {_KNOWN.format(v='v')} AND NOT {_REDATED}"
    )


def uncertain(which: str) -> str:
    """Return the SQL of the records for which the day lies inside the period of a version."""
    return (
        "SELECT DISTINCT v.record_no FROM record AS r JOIN version AS v USING (record_no)"
        f" WHERE {which} AND v.role < {VOID} AND v.first_day <= min(:day, :today)"
        f" AND v.last_day > min(:day, :today)"
        f" AND {_KNOWN.format(v='v')} AND NOT {_REDATED}"
    )


def of_kind(kind: str) -> str:
    """Return the condition that a record is of a kind of the vocabulary."""
    return f"r.kind = '{kind}'"


def bounds(as_of: str | None, known_at: str | None) -> dict[str, int]:
    """Return the parameters of `standing`.

    Parameters
    ----------
    as_of : str or None
        A partial date; its last day counts. `NOW`: all but land that leaves in the future.
        None: all that is recorded.
    known_at : str or None
        ISO 8601 moment or day (its end), UTC. None: all that is known.

    Examples
    --------
    >>> bounds("2019", None)["day"] - bounds("2018", None)["day"]
    365
    """
    known_us = FOREVER if known_at is None else _moment_us(known_at)
    if as_of is None:
        return ALL | {"known_us": known_us}
    if as_of == NOW:
        today = datetime.now(UTC).toordinal()
        return ALL | {"known_us": known_us, "today": today}
    day = PartialDate.parse(as_of, "as_of").last.toordinal()
    return {"day": day, "known_us": known_us, "today": FOREVER}


def bounds_or_now(as_of: str | None, known_at: str | None) -> dict[str, int]:
    """Return `bounds` of a date; without one (an empty one is none that can be read) of now."""
    return bounds(NOW if as_of is None else as_of, known_at)


@lru_cache(maxsize=256)
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
