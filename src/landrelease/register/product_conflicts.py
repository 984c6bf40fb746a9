"""What stands of land release products against the rules of work and depth: kept, and listed."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.domain.known import in_words
from landrelease.domain.land import Conflict
from landrelease.domain.processing_rules import ELSEWHERE, Against, beyond, undrawn
from landrelease.domain.product_rules import DEPTH_FIELDS, WORK_FIELDS, allowed_methods
from landrelease.domain.work_rules import NOT_DONE, TOLERANCE_M2, is_elsewhere
from landrelease.geometry import area_m2, clip, cut, polygonal
from landrelease.register.origins import said_by_file
from landrelease.register.plots import Divided, Links, Plot, Plots
from landrelease.register.works import Work, Works, grounds

_SAID = """
SELECT entry_no, json_extract(body, '$.activity'), json_extract(body, '$.depth_m'),
  json_extract(body, '$.depth_datum') FROM entry
WHERE entry_no IN (SELECT value FROM json_each(?))
"""


def against_rules(
    connection: sqlite3.Connection, plots: Plots, divided: Divided, works: Works
) -> Iterator[Conflict]:
    """Yield what products lack of work and depth, or exceed of their work.

    Work is told as it stands at the date, whoever recorded it and in whatever order: it may have
    been drawn, moved or called off after its product. What was recorded by hand says by its reason
    or its source why it names no work or no depth; a correction of other fields does not.
    """
    places = {product.entry_no: at for at, product in enumerate(divided.products)}
    said = connection.execute(_SAID, (json.dumps(list(places)),)).fetchall()
    done = works() if any(row[1] for row in said) else {}
    named = {places[row[0]]: done[row[1]] for row in said if row[1] in done}
    against = _against_grounds(divided, named, plots.link)
    lacking = _lacking(connection, divided, places, said)
    for entry_no, *_ in said:
        at = places[entry_no]
        product = divided.products[at]
        against_work = (*_against_kind(product.method, named.get(at)), *against.get(at, ()))
        for one in (*against_work, *lacking.get(at, ())):
            yield Conflict(one.code, (product.record_id,), one.words, one.m2)


def _lacking(
    connection: sqlite3.Connection,
    divided: Divided,
    places: Mapping[int, int],
    said: Sequence[tuple[Any, ...]],
) -> dict[int, list[Against]]:
    """What products of files say too little of, by their place."""
    found: dict[int, list[Against]] = defaultdict(list)
    methods = {entry_no: divided.products[places[entry_no]].method for entry_no, *_ in said}
    work = {row[0]: [*_without_work(methods[row[0]], row[1])] for row in said}
    depth = {row[0]: [*_without_depth(methods[row[0]], *row[2:])] for row in said}
    for fields, lacks in ((WORK_FIELDS, work), (DEPTH_FIELDS, depth)):
        bare = [entry_no for entry_no, lacked in lacks.items() if lacked]
        for entry_no in said_by_file(connection, bare, fields) if bare else ():
            found[places[entry_no]] += lacks[entry_no]
    return found


def _against_kind(method: str, work: Work | None) -> Iterator[Against]:
    """What the kind and the status of some work say against a product; none stands: a link."""
    if work is None:
        return
    if method not in allowed_methods(work.activity_type):
        words = f"{in_words(work.activity_type)} cannot mark land as {method} (IMAS 07.11)"
        yield Against("method_beyond_activity", words)
    if (status := work.not_done) is not None:
        yield Against(f"activity_{status}", f"its activity {NOT_DONE[status]} released no land")


def _against_grounds(
    divided: Divided, named: Mapping[int, Work], link: Links
) -> dict[int, list[Against]]:
    """What the ground of work says against the products that name it, by their place."""
    places = np.array([at for at, work in named.items() if work.ground], np.intp)
    shapes = grounds(named[at] for at in places)
    drawn = ~np.atleast_1d(shapely.is_empty(polygonal(shapes)))
    found = _against_drawn(divided, places[drawn], polygonal(shapes[drawn]))
    points = dict(zip(places[~drawn].tolist(), shapes[~drawn], strict=True))
    for at in named.keys() - found.keys():
        product, plot = divided.products[at], divided.plots[divided.owner[at]]
        other = _named_other(plot, named[at].area, link)
        far = is_elsewhere(points.get(at), divided.shapes[at])
        found[at] = list(undrawn(product.method, other, far=far))
    return found


def _against_drawn(
    divided: Divided, places: NDArray[np.intp], processed: NDArray[Any]
) -> dict[int, list[Against]]:
    if not len(places):
        return {}
    beyond_m2 = np.atleast_1d(area_m2(cut(divided.shapes[places], processed)))
    shared_m2 = np.atleast_1d(area_m2(clip(divided.shapes[places], processed)))
    found = {}
    for at, outside, inside in zip(places.tolist(), beyond_m2, shared_m2, strict=True):
        if divided.products[at].method == "cancelled":
            found[at] = [ELSEWHERE] if inside <= TOLERANCE_M2 else []
        else:
            found[at] = list(beyond(float(outside)))
    return found


def _named_other(plot: Plot, reference: str | None, link: Links) -> str | None:
    """The area that work names, where it is another than the product's and none of its parents."""
    other = link(reference)
    family = {plot.record_id, plot.local_id, *json.loads(plot.split_from or "[]")} - {None}
    return None if other is None or family & {other.record_id, other.local_id} else reference


def _without_work(method: str, reference: str | None) -> Iterator[Against]:
    if reference is None:
        yield Against("activity_missing", f"a file names no activity by which it was {method}")


def _without_depth(method: str, depth_m: float | None, datum: str | None) -> Iterator[Against]:
    if method == "cleared" and (depth_m is None or datum is None):
        missing = "no depth" if depth_m is None else "not from where its depth was measured"
        yield Against("depth_missing", f"land is cleared to a depth, and a file says {missing}")
    if method != "cleared" and depth_m is not None:
        yield Against("depth_without_clearance", f"land {method} was not searched to a depth")
