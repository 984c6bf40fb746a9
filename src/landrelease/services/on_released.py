"""Signs of a hazard on released land: accidents and devices, each with the release it lies on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import shapely

from landrelease.domain.actions import ENDED
from landrelease.domain.ground_rules import ground_of
from landrelease.domain.known import lookup, names_of
from landrelease.domain.work_rules import TOLERANCE_M2
from landrelease.domain.workflow import status_under
from landrelease.geometry import area_m2
from landrelease.register import Record, Register
from landrelease.register.shapes import from_geojson
from landrelease.services.released import dated, releasing

Box = tuple[float, float, float, float]
#: A sign, and the release of the land on which it lies.
Pair = tuple[Record, Record]

#: Kinds of records that are a sign of a hazard.
SIGNS = ("accident", "device")

#: Kinds of records by which land is released.
RELEASES = ("land_release_product", "hazardous_area")


def around(register: Register, releases: Sequence[Record]) -> list[Record]:
    """Signs in the box of releases, and those without a point, which may name an area."""
    return [*_near(register, releases), *_unplaced(register)]


def _near(register: Register, releases: Sequence[Record]) -> Iterator[Record]:
    shapes = from_geojson([r.body["geometry"] for r in releases if r.body.get("geometry")])
    if not len(shapes):
        return
    west, south, east, north = shapely.total_bounds(shapes)
    tree = shapely.STRtree(shapely.envelope(shapes))
    for kind in SIGNS:
        placed = register.placed(kind, bbox=(west, south, east, north))
        points = shapely.from_wkb(np.array([wkb for _, wkb in placed], dtype=object))
        found = tree.query(points, predicate="intersects")[0]
        yield from register.some(placed[at][0] for at in np.unique(found))


def _unplaced(register: Register) -> Iterator[Record]:
    for kind in SIGNS:
        if register.unplaced(kind):
            yield from (one for one in register.records(kind) if not one.body.get("geometry"))


def on_released(register: Register, signs: Sequence[Record]) -> list[Pair]:
    """Return signs, each with a release of land on which it lies, or whose area it names.

    A note without a date takes none from a sign or a product. An ending without one counts from
    when it was recorded: the date of its area is that of the report.
    """
    known = dated(register, signs)
    pairs = [*_placed_on_released(register, known), *_named_released(register, known)]
    products = {r.record_id: r for _, r in pairs if r.kind == "land_release_product"}
    told = {r.record_id: r for r in dated(register, products.values())}
    return [(sign, told.get(release.record_id, release)) for sign, release in pairs]


def _named_released(register: Register, signs: Iterable[Record]) -> Iterator[Pair]:
    """Signs without a point that name an area which has ended or of which nothing is left."""
    by_area: defaultdict[str, list[Record]] = defaultdict(list)
    for sign in signs:
        if sign.body.get("area") and not sign.body.get("geometry"):
            by_area[sign.body["area"]].append(sign)
    for name, found in by_area.items():
        if (release := _release_of(register, name)) is not None:
            yield from ((sign, release) for sign in found)


def _release_of(register: Register, name: str) -> Record | None:
    """The area of a name if it has ended, or its last product if nothing of it is left."""
    area = lookup(register, "hazardous_area", name)
    if area is None:
        return None
    whole = register.record(area.record_id)
    state = register.workflow_states([whole]).get(area.record_id)
    ended = status_under(state, whole.body["status"]) in ENDED
    return whole if ended else _last_release(register, whole)


def _last_release(register: Register, area: Record) -> Record | None:
    """The last product of an area of which nothing is left; None where something is."""
    left = ground_of(register, area, None)
    if left is None or float(area_m2(left)) > TOLERANCE_M2:
        return None
    names = names_of(area)
    products = [p for p in register.records("land_release_product") if p.body.get("area") in names]
    return max(releasing(register, products), key=lambda p: p.occurred_on or "", default=None)


def _placed_on_released(register: Register, signs: Sequence[Record]) -> list[Pair]:
    placed = [sign for sign in signs if sign.body.get("geometry")]
    if not placed:
        return []
    points = from_geojson([s.body["geometry"] for s in placed])
    west, south, east, north = shapely.total_bounds(points)
    grounds = list(_released(register, (west, south, east, north)))
    if not grounds:
        return []
    released = [record for record, _ in grounds]
    tree = shapely.STRtree([shape for _, shape in grounds])
    pairs = sorted(zip(*tree.query(points, predicate="intersects"), strict=True))
    return list(_once([(placed[s], released[r]) for s, r in pairs]))


def _released(register: Register, box: Box) -> Iterator[tuple[Record, shapely.Geometry]]:
    """Products, then areas that have ended, whose ground touches a box; areas by their outline."""
    products = list(register.records("land_release_product", bbox=box))
    yield from _with_shapes(products)
    outlines = register.redrawn()
    closed = register.records("hazardous_area", bbox=box, statuses=ENDED)
    drawn = [area for area in closed if area.record_id not in outlines]
    frame = shapely.box(*box)
    again = [register.record(key) for key, shape in outlines.items() if shape.intersects(frame)]
    states = register.workflow_states([*drawn, *again])
    ended = {
        area.record_id
        for area in (*drawn, *again)
        if status_under(states.get(area.record_id), area.body["status"]) in ENDED
    }
    yield from _with_shapes([area for area in drawn if area.record_id in ended])
    yield from ((area, outlines[area.record_id]) for area in again if area.record_id in ended)


def _with_shapes(records: Sequence[Record]) -> Iterator[tuple[Record, shapely.Geometry]]:
    shapes = from_geojson([record.body["geometry"] for record in records])
    return zip(records, shapes, strict=True)


def _once(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Leave out an ended area where a product of it holds the same sign."""
    by_product = {(sign.record_id, r.body["area"]) for sign, r in pairs if r.body.get("area")}
    for sign, release in pairs:
        names = names_of(release) if release.kind == "hazardous_area" else set()
        if not any((sign.record_id, name) in by_product for name in names):
            yield sign, release
