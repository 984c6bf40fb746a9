"""An accident inside released land opens an inquiry: people were hurt on land given back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from landrelease.domain.actions import ENDED
from landrelease.domain.dates import PartialDate
from landrelease.domain.entries import Draft, Entry
from landrelease.domain.ground_rules import ground_of
from landrelease.domain.ids import named_record_id
from landrelease.domain.known import lookup, names_of
from landrelease.domain.work_rules import TOLERANCE_M2
from landrelease.domain.workflow import status_under
from landrelease.errors import NotFoundError
from landrelease.geometry import area_m2
from landrelease.register import Record, Register
from landrelease.register.shapes import from_geojson
from landrelease.services.released import dated, releasing

Box = tuple[float, float, float, float]

#: Kinds of records by which land is released.
RELEASES = ("land_release_product", "hazardous_area")


def inquiries(register: Register, accidents: Sequence[Record]) -> list[Draft]:
    """Drafts of the inquiries that accidents open, one for each accident and release.

    Released is what a product took out of an area, and what lies in an area that was closed or
    handed over. An accident opens an inquiry unless its date shows that it came before the
    release.
    """
    return _opened(register, _on_released(register, accidents))


def late_inquiries(register: Register, releases: Sequence[Record]) -> list[Draft]:
    """Drafts of the inquiries that a release opens which is recorded after an accident on it.

    Only where both are dated: what nothing dates is listed as a conflict, since most accidents are
    the reason why land was cleared.
    """
    ended = {r.record_id: r for r in releases if r.occurred_on}
    if not ended:
        return []
    concerned = dated(register, [*_near(register, ended.values()), *_unplaced(register)])
    pairs = _on_released(register, [a for a in concerned if a.occurred_on])
    return _opened(register, [(a, r) for a, r in pairs if r.record_id in ended])


def merged_inquiries(register: Register, entries: Iterable[Entry]) -> list[Draft]:
    """Drafts of the inquiries that entries of another copy open, as if they were recorded here.

    One that somebody opened and voided, here or there, stays void.
    """
    accidents, releases = set(), set()
    for entry in entries:
        if entry.kind == "accident" and (entry.occurred_on or entry.import_id is None):
            accidents.add(entry.record_id)
        elif entry.kind in RELEASES and entry.occurred_on:
            releases.add(entry.record_id)
    drafts = [
        *inquiries(register, register.some(accidents)),
        *late_inquiries(register, register.some(releases)),
    ]
    once = {str(draft.record_id): draft for draft in drafts}
    opened = register.kinds_of(once)
    return [draft for key, draft in once.items() if key not in opened]


def _near(register: Register, releases: Iterable[Record]) -> Iterator[Record]:
    """Accidents in the box of a release."""
    shapes = from_geojson([r.body["geometry"] for r in releases if r.body.get("geometry")])
    if not len(shapes):
        return
    west, south, east, north = shapely.total_bounds(shapes)
    placed = register.placed("accident", bbox=(west, south, east, north))
    points = shapely.from_wkb(np.array([wkb for _, wkb in placed], dtype=object))
    found = shapely.STRtree(shapely.envelope(shapes)).query(points, predicate="intersects")[0]
    yield from register.some(placed[at][0] for at in np.unique(found))


def _unplaced(register: Register) -> Iterator[Record]:
    """Accidents without a point, which may name an area."""
    if register.unplaced("accident"):
        yield from (a for a in register.records("accident") if not a.body.get("geometry"))


def left_by(register: Register, accidents: Collection[str]) -> list[str]:
    """Ids of the inquiries that accidents opened by rule and that nobody has worked on since."""
    return [
        inquiry.record_id
        for inquiry in (register.records("inquiry") if accidents else ())
        if inquiry.body.get("accident") in accidents and _untouched(register, inquiry)
    ]


def _untouched(register: Register, inquiry: Record) -> bool:
    """Whether an inquiry says what the rule wrote, and nothing was attached or linked to it."""
    release = inquiry.body.get("product") or inquiry.body.get("area")
    by_rule = _inquiry_id(register.info().register_id, inquiry.body["accident"], str(release))
    versions = [e for e in register.history(inquiry.record_id) if not e.action.endswith(".voided")]
    opened = inquiry.record_id == by_rule and inquiry.action == "inquiry.opened"
    same = all(version.action == "inquiry.opened" for version in versions)
    return opened and same and not register.linked_to(inquiry.record_id)


def _opened(register: Register, pairs: Sequence[tuple[Record, Record]]) -> list[Draft]:
    register_id = register.info().register_id
    drafts = {
        _inquiry_id(register_id, accident.record_id, release.record_id): (accident, release)
        for accident, release in pairs
        if not _came_before(accident, release)
    }
    held, there = register.contents(drafts), register.kinds_of(drafts)
    return [
        _inquiry(record_id, *about)
        for record_id, about in drafts.items()
        if held.get(record_id) is None
        and not (record_id in there and _judged(register, record_id, about))
    ]


def _judged(register: Register, inquiry: str, about: Iterable[Record]) -> bool:
    """Whether a person voided an inquiry in view of these places and dates.

    An inquiry that was voided along with its accident was judged by nobody.
    """
    voids = [e for e in register.history(inquiry) if e.action.endswith(".voided")]
    return bool(voids) and all(_said_so_at(register, one, voids[-1].received_at) for one in about)


def _said_so_at(register: Register, record: Record, known_at: str) -> bool:
    """Whether a record stood at a moment where it stands now, at the same date."""
    try:
        was = register.as_it_stood(record.record_id, known_at=known_at)
    except NotFoundError:
        return False
    return _where_and_when(register, was) == _where_and_when(register, record)


def _where_and_when(register: Register, record: Record) -> tuple[Any, ...]:
    """What of a record decides on an inquiry; the date of an area is that of its report."""
    body = record.body
    if record.kind == "hazardous_area":
        return body.get("geometry"), body["status"]
    [told] = dated(register, [record])
    return body.get("geometry"), body.get("area"), told.occurred_on


def _on_released(register: Register, accidents: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Accidents, each with a release of land in which it lies, or whose area it names.

    A note without a date takes none from an accident or a product. An ending without one counts
    from when it was recorded: the date of its area is that of the report.
    """
    known = dated(register, accidents)
    pairs = [*_placed_on_released(register, known), *_named_released(register, known)]
    products = {r.record_id: r for _, r in pairs if r.kind == "land_release_product"}
    told = {r.record_id: r for r in dated(register, products.values())}
    return [(accident, told.get(release.record_id, release)) for accident, release in pairs]


def _named_released(
    register: Register, accidents: Sequence[Record]
) -> Iterator[tuple[Record, Record]]:
    """Accidents without a point that name an area which has ended or of which nothing is left."""
    for accident in accidents:
        area = lookup(register, "hazardous_area", accident.body.get("area"))
        if area is None or accident.body.get("geometry"):
            continue
        whole = register.record(area.record_id)
        state = register.workflow_states([whole]).get(area.record_id)
        if status_under(state, whole.body["status"]) in ENDED:
            yield accident, whole
        elif (last := _last_release(register, whole)) is not None:
            yield accident, last


def _last_release(register: Register, area: Record) -> Record | None:
    """The last product of an area of which nothing is left; None where something is."""
    left = ground_of(register, area, None)
    if left is None or float(area_m2(left)) > TOLERANCE_M2:
        return None
    names = names_of(area)
    products = [p for p in register.records("land_release_product") if p.body.get("area") in names]
    return max(releasing(register, products), key=lambda p: p.occurred_on or "", default=None)


def _placed_on_released(
    register: Register, accidents: Sequence[Record]
) -> list[tuple[Record, Record]]:
    placed = [a for a in accidents if a.body.get("geometry")]
    if not placed:
        return []
    points = from_geojson([a.body["geometry"] for a in placed])
    west, south, east, north = shapely.total_bounds(points)
    grounds = list(_released(register, (west, south, east, north)))
    if not grounds:
        return []
    released = [record for record, _ in grounds]
    tree = shapely.STRtree([shape for _, shape in grounds])
    pairs = sorted(zip(*tree.query(points, predicate="intersects"), strict=True))
    return list(_once([(placed[a], released[r]) for a, r in pairs]))


def open_inquiries(
    register: Register, as_of: str | None = None, known_at: str | None = None
) -> Mapping[str, int]:
    """How many inquiries are open on each area, by the name that they call it."""
    found = register.records("inquiry", as_of=as_of, known_at=known_at)
    areas = (r.body.get("area") for r in found if r.body.get("open", True))
    return Counter(str(area) for area in areas if area)


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


def _once(pairs: Sequence[tuple[Record, Record]]) -> Iterator[tuple[Record, Record]]:
    """Leave out an ended area where a product of it holds the same accident."""
    by_product = {(a.record_id, r.body["area"]) for a, r in pairs if r.body.get("area")}
    for accident, release in pairs:
        names = names_of(release) if release.kind == "hazardous_area" else set()
        if not any((accident.record_id, name) in by_product for name in names):
            yield accident, release


def _came_before(accident: Record, released: Record) -> bool:
    on = released.occurred_on
    if released.kind == "hazardous_area":
        on = on or released.recorded_at[: len("2026-11-23")]  # an undated ending counts from then
    if not accident.occurred_on or not on:
        return False
    return PartialDate.parse(accident.occurred_on).last < PartialDate.parse(on).first


def _inquiry(record_id: str, accident: Record, released: Record) -> Draft:
    body = {
        **_about(released),
        "accident": accident.record_id,
        "open": True,
    }
    return Draft(
        "inquiry",
        "inquiry.opened",
        {name: value for name, value in body.items() if value is not None},
        record_id,
        accident.occurred_on,
        reason="opened by rule: an accident inside released land is inquired into",
    )


def _inquiry_id(register_id: str, accident: str, release: str) -> str:
    return named_record_id(register_id, f"inquiry:{accident}:{release}")


def _about(released: Record) -> dict[str, str | None]:
    if released.kind == "hazardous_area":
        status = str(released.body["status"]).replace("_", " ")
        why = f"an accident lies inside an area that was {status}"
        return {"area": released.record_id, "why": why}
    return {
        "area": released.body.get("area"),
        "product": released.record_id,
        "why": f"an accident lies inside land {released.body['method']}",
    }
