"""What contradicts itself: kept, listed, and left to a person to judge; never repaired here."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.domain.kinds import kinds_of_files
from landrelease.domain.land import Conflict
from landrelease.domain.said import open_claims
from landrelease.domain.words import join
from landrelease.domain.work_rules import TOLERANCE_M2
from landrelease.geometry import area_m2, clip, cut, polygonal, unite
from landrelease.register.accident_conflicts import undated_on_released
from landrelease.register.apart import changed_apart
from landrelease.register.device_conflicts import found_after_release
from landrelease.register.ending_conflicts import against_endings
from landrelease.register.finding_conflicts import held_back_too_late
from landrelease.register.moved_conflicts import moved_far
from landrelease.register.part_conflicts import against_parents
from landrelease.register.plots import Divided, Plot, Plots, Product, geometries
from landrelease.register.product_conflicts import against_rules
from landrelease.register.state import of_kind, standing
from landrelease.register.stated_conflicts import drawn_less
from landrelease.register.time_conflicts import against_time
from landrelease.register.words import TEXT
from landrelease.register.works import works_standing


def find_conflicts(
    connection: sqlite3.Connection, plots: Plots, divided: Divided, when: Mapping[str, int]
) -> list[Conflict]:
    """Return the conflicts of the land that stands at a date; ``divided`` is all of it."""
    works = cache(partial(works_standing, connection, when))
    return [
        *_shared_local_ids(plots),
        *_unlinked(plots),
        *_products_against_areas(connection, divided),
        *against_rules(connection, plots, divided, works),
        *against_time(connection, divided, when, works),
        *moved_far(connection, divided, when),
        *against_parents(connection, plots, divided, when, works),
        *drawn_less(connection, divided),
        *_released_and_suspected(connection, plots, divided),
        *_claims(connection, plots, divided, when),
        *against_endings(connection, divided, when),
        *held_back_too_late(connection, plots, divided, when, works),
        *undated_on_released(connection, plots, divided, when),
        *found_after_release(connection, divided, when),
        *changed_apart(connection),
    ]


def _claims(
    connection: sqlite3.Connection, plots: Plots, divided: Divided, when: Mapping[str, int]
) -> Iterator[Conflict]:
    """What files say of land that the rules do not let it do, as long as it is not so."""
    remaining = zip(divided.plots, divided.ground.remaining, strict=True)
    left = {plot.record_id: shape for plot, shape in remaining}
    for kind in kinds_of_files():
        rows = connection.execute(
            f"SELECT r.record_id, e.body, {TEXT} FROM ({standing(of_kind(kind))}) AS s"
            " JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)"
            f""" WHERE instr(coalesce({TEXT}, e.body), '"claims":')""",
            when,
        ).fetchall()
        for record_id, text, said in rows:
            body = join(text, None, None, said).body
            names = {"hazardous_area": record_id, "resurvey": body.get("area")}
            area = plots.link(names.get(kind))
            ground = left.get(area.record_id) if area and area.measured else None
            for claim in open_claims(body):
                if not _came_true(claim, body, ground):
                    words = f"a file says another {claim['field']}: {claim['message']}"
                    yield Conflict("claimed_by_file", (record_id,), words)


def _came_true(claim: Mapping[str, Any], body: Mapping[str, Any], ground: Any) -> bool:
    if claim["field"] == "geometry" and claim["value"] is not None and ground is not None:
        drawn = shapely.geometry.shape(claim["value"])
        if not drawn.is_valid:
            return False
        asks_for_more = claim["code"] == "reclassified_unexplained"
        apart = cut(polygonal(drawn), ground) if asks_for_more else cut(ground, drawn)
        return float(area_m2(apart)) <= TOLERANCE_M2
    return bool(body.get(claim["field"]) == claim["value"])


def _shared_local_ids(plots: Plots) -> Iterator[Conflict]:
    counted = Counter(plot.local_id for plot in plots.areas if plot.local_id)
    for local_id, times in counted.items():
        if times > 1:
            # in whatever order they came, so that copies that took in each other say the same
            ids = tuple(sorted(p.record_id for p in plots.areas if p.local_id == local_id))
            yield Conflict("local_id_shared", ids, f"{times} areas are called {local_id!r}")


def _unlinked(plots: Plots) -> Iterator[Conflict]:
    for product in plots.unlinked:
        code = "product_without_area" if product.area is None else "area_unknown"
        why = "names no area" if product.area is None else f"names {product.area!r}, not one area"
        yield Conflict(code, (product.record_id,), f"the product {why}", product.area_m2)
    for record_id in plots.resurveys_unlinked:
        yield Conflict("area_unknown", (record_id,), "the re-survey names no one area that stands")


def _products_against_areas(connection: sqlite3.Connection, divided: Divided) -> Iterator[Conflict]:
    if not divided.products:
        return
    outside = _outside_m2(connection, divided)
    of_parts = area_m2(divided.shapes) - area_m2(divided.kept)
    twice = area_m2(divided.kept) - area_m2(divided.ground.shares)
    for at, product in enumerate(divided.products):
        plot = divided.plots[divided.owner[at]]
        ids = (product.record_id, plot.record_id)
        if outside[at] > TOLERANCE_M2:
            text = f"{outside[at]:.0f} m² of the product lie outside its area"
            yield Conflict("product_outside", ids, text, float(outside[at]))
        if of_parts[at] > TOLERANCE_M2:
            text = f"{of_parts[at]:.0f} m² of the product are ground of parts of its area"
            yield Conflict("product_on_part", ids, text, float(of_parts[at]))
        if twice[at] > TOLERANCE_M2:
            text = f"{twice[at]:.0f} m² of the product had left the area before"
            yield Conflict("products_overlap", ids, text, float(twice[at]))


def _outside_m2(connection: sqlite3.Connection, divided: Divided) -> NDArray[np.float64]:
    """Square metres of each product that no survey of its area ever drew."""
    outside = np.atleast_1d(area_m2(cut(divided.shapes, divided.latest[divided.owner])))
    for at in np.flatnonzero(outside > TOLERANCE_M2):
        plot = divided.plots[divided.owner[at]]
        if len(plot.surveys) > 1 or plot.parts:
            drawn = unite(geometries(connection, [survey.entry_no for survey in plot.surveys]))
            outside[at] = area_m2(cut(divided.shapes[at], drawn))
    return outside


@dataclass(frozen=True, slots=True)
class Contested:
    """Ground that is both released and still in an area: product, area and polygon of each pair."""

    products: Sequence[Product]
    plots: Sequence[Plot]
    shapes: NDArray[Any]


def contested(connection: sqlite3.Connection, plots: Plots, divided: Divided) -> Contested:
    """Return where products lie on what remains of areas other than their own, if they have one."""
    alone = [product for product in plots.unlinked if product.area_m2 is not None]
    apart = geometries(connection, [product.entry_no for product in alone])
    products, released = [*divided.products, *alone], np.append(divided.ground.shares, apart)
    owner = np.append(divided.owner, np.full(len(alone), -1))
    remaining = divided.ground.remaining
    of_product, of_area = shapely.STRtree(remaining).query(released, predicate="intersects")
    elsewhere = owner[of_product] != of_area
    of_product, of_area = of_product[elsewhere], of_area[elsewhere]
    shapes = clip(released[of_product], remaining[of_area])
    return Contested(
        [products[at] for at in of_product], [divided.plots[at] for at in of_area], shapes
    )


def _released_and_suspected(
    connection: sqlite3.Connection, plots: Plots, divided: Divided
) -> Iterator[Conflict]:
    found = contested(connection, plots, divided)
    if not found.products:
        return
    for product, plot, m2 in zip(found.products, found.plots, area_m2(found.shapes), strict=True):
        if m2 > TOLERANCE_M2:
            ids = (product.record_id, plot.record_id)
            text = f"{m2:.0f} m² are both released and still in an area"
            yield Conflict("released_and_suspected", ids, text, float(m2))
