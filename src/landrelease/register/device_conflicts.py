"""Devices found on land after it was released, of which no inquiry asks why.

Each opens one when it is recorded (`landrelease.services.inquiries`); listed is what was recorded
before that rule, or whose inquiry was voided.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import orjson
import shapely

from landrelease.domain.dates import PartialDate
from landrelease.domain.known import in_words
from landrelease.domain.land import Conflict
from landrelease.register.dating import dates_said
from landrelease.register.plots import Divided
from landrelease.register.shapes import from_geojson
from landrelease.register.state import of_kind, standing

_DEVICES = f"SELECT s.entry_no FROM ({standing(of_kind('device'))}) AS s"
_PLACED = """
SELECT entry_no, record_id, body -> '$.geometry' FROM entry
WHERE entry_no IN (SELECT value FROM json_each(?)) AND json_type(body, '$.geometry') = 'object'
ORDER BY record_id
"""
#: Products that somebody inquires into, or did; the inquiry into an accident or another device is
#: about that.
_INQUIRED = f"""
SELECT p.record_id FROM ({standing(of_kind("inquiry"))}) AS s JOIN entry AS e USING (entry_no)
JOIN record AS p ON p.kind = 'land_release_product'
  AND json_extract(e.body, '$.product') IN (p.record_id, p.local_id)
WHERE json_extract(e.body, '$.accident') IS NULL AND json_extract(e.body, '$.device') IS NULL
UNION SELECT d.record_id FROM ({standing(of_kind("inquiry"))}) AS s JOIN entry AS e USING (entry_no)
JOIN record AS d ON d.kind = 'device'
  AND json_extract(e.body, '$.device') IN (d.record_id, d.local_id)
"""


class _Device(NamedTuple):
    record_id: str
    found: PartialDate
    place: Any


def found_after_release(
    connection: sqlite3.Connection, divided: Divided, when: Mapping[str, int]
) -> Iterator[Conflict]:
    """Yield devices with a point in a product that is dated wholly before they were found.

    What was found in the same period, or is undated, may be why the land was cleared. An inquiry
    into the device or the product settles it.
    """
    released = _dates(connection, [product.entry_no for product in divided.products])
    devices = _devices(connection, when, min(released.values(), key=_last)) if released else []
    if not devices:
        return
    inquired = {name for (name,) in connection.execute(_INQUIRED, when)}
    tree = shapely.STRtree(divided.kept)
    pairs = tree.query([device.place for device in devices], predicate="intersects")
    for device, at in sorted(zip(*pairs.tolist(), strict=True)):
        found, product = devices[device], divided.products[at]
        on = released.get(product.entry_no)
        if on is None or found.found.first <= on.last:
            continue
        if inquired & {found.record_id, product.record_id}:
            continue
        words = (
            f"a device was found on {found.found} on land that was {in_words(product.method)}"
            f" on {on}: open an inquiry into the product"
        )
        yield Conflict("device_on_released_land", (found.record_id, product.record_id), words)


def _last(date: PartialDate) -> Any:
    return date.last


def _dates(connection: sqlite3.Connection, entry_nos: Iterable[int]) -> dict[int, PartialDate]:
    """When what entries tell of happened, be it said in what they correct."""
    return {n: PartialDate.parse(on) for n, on in dates_said(connection, entry_nos).items()}


def _devices(
    connection: sqlite3.Connection, when: Mapping[str, int], since: PartialDate
) -> list[_Device]:
    """Devices with a point, found after a date."""
    numbers = [number for (number,) in connection.execute(_DEVICES, when)]
    found = {n: on for n, on in _dates(connection, numbers).items() if on.first > since.last}
    rows = connection.execute(_PLACED, (json.dumps(list(found)),)).fetchall()
    places = from_geojson([orjson.loads(text) for *_, text in rows])
    return [
        _Device(record_id, found[entry_no], place)
        for (entry_no, record_id, _), place in zip(rows, places, strict=True)
    ]
