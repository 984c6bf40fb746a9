"""The order of effect, and that of releases, which correcting a record does not change.

Where two products cover the same ground it counts for the earlier one. A correction of a product
says nothing of when land was released but by a date of its own, so the day is that of the last
date that was said, and ties go by when the product was first recorded.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from landrelease.domain.actions import period_of


class Order(NamedTuple):
    """Order of effect; ties go by the time of recording, then by the entry's id."""

    effective_day: int
    recorded_us: int
    entry_id: str


#: The dates of entries, or of what they correct; where nothing is dated, of the first one.
_SAID = """
WITH RECURSIVE back(record_no, corrects, occurred_on, recorded_at) AS (
  SELECT p.key, e.supersedes, e.occurred_on, e.recorded_at FROM json_each(?) AS p
  JOIN entry AS e ON e.entry_id = p.value
  UNION SELECT b.record_no, e.supersedes, e.occurred_on, e.recorded_at FROM back AS b
  JOIN entry AS e ON e.entry_id = b.corrects WHERE b.occurred_on IS NULL)
SELECT record_no, occurred_on, substr(recorded_at, 1, 10) FROM back
WHERE occurred_on IS NOT NULL OR corrects IS NULL
"""
_FIRST = """
SELECT record_no, recorded_us, entry_id FROM version
WHERE record_no IN (SELECT CAST(key AS INTEGER) FROM json_each(:records))
  AND received_us <= :known_us
ORDER BY recorded_us DESC, entry_id DESC
"""


def release_orders(
    connection: sqlite3.Connection, when: Mapping[str, int], standing: Mapping[int, Order]
) -> dict[int, Order]:
    """Return the order of products of several versions, by the number of their record.

    Parameters
    ----------
    standing : Mapping of int to Order
        The version of each that stands.
    """
    records = json.dumps({number: order.entry_id for number, order in standing.items()})
    days = {
        int(number): period_of("removes", occurred_on, recorded_on).effective_day
        for number, occurred_on, recorded_on in connection.execute(_SAID, (records,)).fetchall()
    }
    rows = connection.execute(_FIRST, {**when, "records": records}).fetchall()
    firsts = {number: (recorded_us, entry_id) for number, recorded_us, entry_id in rows}
    return {
        number: Order(days.get(number, order.effective_day), *firsts[number])
        for number, order in standing.items()
    }
