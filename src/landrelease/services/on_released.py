"""Signs of a hazard on released land: accidents and devices, each with the release it lies on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.domain.actions import ENDED
from landrelease.domain.ground_rules import encloses_ground
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
    """Signs in the box of releases, and those without a point that name an area of theirs."""
    return [*_near(register, releases), *_naming(register, releases)]


def _near(register: Register, releases: Sequence[Record]) -> Iterator[Record]:
    shapes = _grounds(register, releases)
    if not len(shapes):
        return
    west, south, east, north = shapely.total_bounds(shapes)
    tree = shapely.STRtree(shapely.envelope(shapes))
    for kind in SIGNS:
        placed = register.placed(kind, bbox=(west, south, east, north))
        points = shapely.from_wkb(np.array([wkb for _, wkb in placed], dtype=object))
        found = tree.query(points, predicate="intersects")[0]
        yield from register.some(placed[at][0] for at in np.unique(found))


def _grounds(register: Register, releases: Sequence[Record]) -> NDArray[Any]:
    """The ground of releases: of an area that was surveyed again, what all surveys drew."""
    own = from_geojson([r.body["geometry"] for r in releases if r.body.get("geometry")])
    areas = {r.record_id for r in releases if r.kind == "hazardous_area"}
    again = [shape for shape in register.redrawn(wanted=areas).values() if not shape.is_empty]
    return np.array([*own, *again], dtype=object)


def _naming(register: Register, releases: Sequence[Record]) -> Iterator[Record]:
    kinds = [kind for kind in SIGNS if register.unplaced(kind)]
    names = _areas_called(register, releases) if kinds else set()
    for kind in kinds:
        found = register.unplaced_naming(kind, names)
        yield from (one for one in found if not one.body.get("geometry"))


def _areas_called(register: Register, releases: Sequence[Record]) -> set[str]:
    """Every name of the areas of releases."""
    areas = (r.record_id if r.kind == "hazardous_area" else r.body.get("area") for r in releases)
    said = {area for area in areas if area}
    said = said.union(*register.called("hazardous_area", said).values())
    found = (lookup(register, "hazardous_area", name) for name in said)
    return said.union(*(names_of(area) for area in found if area is not None))


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
    releases = _releases_of(register, by_area)
    for name, release in releases.items():
        yield from ((sign, release) for sign in by_area[name])


def _releases_of(register: Register, names: Iterable[str]) -> dict[str, Record]:
    """By each name the area if it has ended, or its last product if nothing of it is left."""
    found = {name: lookup(register, "hazardous_area", name) for name in names}
    ids = {name: area.record_id for name, area in found.items() if area is not None}
    areas = {one: register.record(one) for one in set(ids.values())}
    ended = _ended(register, list(areas.values()))
    last = _last_releases(register, [area for one, area in areas.items() if one not in ended])
    releases = {one: areas[one] for one in ended} | last
    return {name: releases[one] for name, one in ids.items() if one in releases}


def _last_releases(register: Register, areas: Sequence[Record]) -> dict[str, Record]:
    """The last products of those areas of which nothing is left, by the id of the area."""
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    for area in areas:
        for name in names_of(area):
            by_name[name].add(area.record_id)
    products = [p for p in register.naming("land_release_product", by_name) if p.body.get("area")]
    emptied = _emptied(register, {one for p in products for one in by_name[p.body["area"]]})
    last: dict[str, Record] = {}
    found = releasing(register, products)
    for product in sorted(found, key=_time, reverse=True):
        for area_id in emptied & by_name[product.body["area"]]:
            last.setdefault(area_id, product)
    return last


def _time(product: Record) -> tuple[str, str, str]:
    return product.occurred_on or "", product.recorded_at, product.record_id


def _emptied(register: Register, areas: Collection[str]) -> set[str]:
    """Those areas that have a polygon of which nothing is left."""
    left = register.remaining(areas) if areas else {}
    grounds = {key: shape for key, shape in left.items() if encloses_ground(shape)}
    sizes = area_m2(np.array(list(grounds.values()), dtype=object))
    return {key for key, m2 in zip(grounds, sizes, strict=True) if m2 <= TOLERANCE_M2}


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
    outlines = register.redrawn(wanted=register.with_status("hazardous_area", ENDED))
    closed = register.records("hazardous_area", bbox=box, statuses=ENDED)
    drawn = [area for area in closed if area.record_id not in outlines]
    frame = shapely.box(*box)
    again = [register.record(key) for key, shape in outlines.items() if shape.intersects(frame)]
    ended = _ended(register, [*drawn, *again])
    yield from _with_shapes([area for area in drawn if area.record_id in ended])
    yield from ((area, outlines[area.record_id]) for area in again if area.record_id in ended)


def _ended(register: Register, areas: Sequence[Record]) -> set[str]:
    """Those areas that were closed or handed over, and do not wait for approval of that."""
    states = register.workflow_states(areas)
    told = {a.record_id: status_under(states.get(a.record_id), a.body["status"]) for a in areas}
    return {record_id for record_id, status in told.items() if status in ENDED}


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
