"""What files say of land release products against the rules: a fact of others, taken and listed."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import shapely

from landrelease.domain.known import in_words
from landrelease.domain.land import Conflict
from landrelease.domain.product_rules import allowed_methods
from landrelease.domain.work_rules import TOLERANCE_M2
from landrelease.geometry import area_m2, cut, polygonal
from landrelease.register.plots import Divided
from landrelease.register.state import of_kind, standing

_SAID = """
SELECT entry_no, json_extract(body, '$.activity'), json_extract(body, '$.depth_m'),
  json_extract(body, '$.depth_datum'), import_id IS NOT NULL FROM entry
WHERE entry_no IN (SELECT value FROM json_each(?))
"""


class _Work(NamedTuple):
    activity_type: str
    ground: str | None
    status: str | None
    entry_no: int


def against_rules(
    connection: sqlite3.Connection, divided: Divided, when: Mapping[str, int]
) -> Iterator[Conflict]:
    """Yield what products from files lack of work and depth, or exceed of their work."""
    places = {product.entry_no: at for at, product in enumerate(divided.products)}
    said = connection.execute(_SAID, (json.dumps(list(places)),)).fetchall()
    works = _works(connection, when) if any(row[1] for row in said) else {}
    # what was recorded by hand kept the rules then; its work may have been changed since
    said = [row for row in said if row[4] or _changed_since(row, works)]
    beyond = _beyond_m2(divided, {places[row[0]]: works.get(row[1]) for row in said})
    for entry_no, activity, depth_m, datum, _ in said:
        at = places[entry_no]
        product = divided.products[at]
        for code, words, m2 in (
            *_without_work(product.method, activity, works, beyond.get(at, 0.0)),
            *_without_depth(product.method, depth_m, datum),
        ):
            yield Conflict(code, (product.record_id,), words, m2)


def _changed_since(row: tuple[Any, ...], works: Mapping[str, _Work]) -> bool:
    work = works.get(row[1])
    return work is not None and work.entry_no > row[0]


def _beyond_m2(divided: Divided, by: Mapping[int, _Work | None]) -> dict[int, float]:
    """Square metres of cleared products outside the ground that their work processed, if drawn."""
    grounds = {
        at: work.ground
        for at, work in by.items()
        if work is not None and work.ground and divided.products[at].method == "cleared"
    }
    processed = shapely.from_geojson(np.array(list(grounds.values()), dtype=object))
    processed = polygonal(shapely.make_valid(processed))
    drawn = [
        at for at, empty in zip(grounds, shapely.is_empty(processed), strict=True) if not empty
    ]
    outside = cut(divided.shapes[drawn], processed[~shapely.is_empty(processed)])
    return dict(zip(drawn, np.atleast_1d(area_m2(outside)).tolist(), strict=True)) if drawn else {}


_Said = tuple[str, str, float | None]


def _without_work(
    method: str, reference: str | None, works: Mapping[str, _Work], beyond: float
) -> Iterator[_Said]:
    if reference is None:
        yield "activity_missing", f"a file names no activity by which it was {method}", None
        return
    work = works.get(reference)
    if work is None:
        return  # listed as a broken link
    if method not in allowed_methods(work.activity_type):
        words = f"{in_words(work.activity_type)} cannot mark land as {method} (IMAS 07.11)"
        yield "method_beyond_activity", words, None
    if work.status == "withdrawn":
        yield "activity_withdrawn", "the activity by which it was released was withdrawn", None
    if beyond > TOLERANCE_M2:
        words = f"{beyond:.0f} m² of the product lie outside the ground that the activity processed"
        yield "ground_not_processed", words, beyond


def _without_depth(method: str, depth_m: float | None, datum: str | None) -> Iterator[_Said]:
    if method == "cleared" and (depth_m is None or datum is None):
        missing = "no depth" if depth_m is None else "not from where its depth was measured"
        yield "depth_missing", f"land is cleared to a depth, and a file says {missing}", None
    if method != "cleared" and depth_m is not None:
        yield "depth_without_clearance", f"land {method} was not searched to a depth", None


def _works(connection: sqlite3.Connection, when: Mapping[str, int]) -> dict[str, _Work]:
    """Every activity that stands, by its record id, and by its local id where it is its own."""
    rows = connection.execute(
        "SELECT r.record_id, r.local_id, json_extract(e.body, '$.activity_type'),"
        " json_extract(e.body, '$.geometry'), json_extract(e.body, '$.status'), e.entry_no"
        f" FROM ({standing(of_kind('activity'))}) AS s"
        " JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)",
        when,
    ).fetchall()
    times = Counter(row[1] for row in rows)
    own = {row[1]: _Work(*row[2:]) for row in rows if row[1] and times[row[1]] == 1}
    return own | {row[0]: _Work(*row[2:]) for row in rows}
