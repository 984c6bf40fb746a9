"""An accident inside released land opens an inquiry: people were hurt on land given back."""

from __future__ import annotations

from collections.abc import Sequence

import shapely

from landrelease.domain.dates import PartialDate
from landrelease.domain.entries import Draft
from landrelease.domain.ids import named_record_id
from landrelease.register import Record, Register


def inquiries(register: Register, accidents: Sequence[Record]) -> list[Draft]:
    """Drafts of the inquiries that accidents open, one for each accident and product.

    An accident opens one unless its date shows that it came before the release.
    """
    placed = [a for a in accidents if a.body.get("geometry")]
    if not placed:
        return []
    points = [shapely.geometry.shape(a.body["geometry"]) for a in placed]
    west, south, east, north = shapely.total_bounds(points)
    products = list(register.records("land_release_product", bbox=(west, south, east, north)))
    if not products:
        return []
    tree = shapely.STRtree([shapely.geometry.shape(p.body["geometry"]) for p in products])
    pairs = zip(*tree.query(points, predicate="intersects"), strict=True)
    register_id = register.info().register_id
    drafts = [
        _inquiry(register_id, placed[a], products[p])
        for a, p in pairs
        if not _came_before(placed[a], products[p])
    ]
    held = register.contents([d.record_id for d in drafts if d.record_id])
    return [d for d in drafts if held.get(d.record_id or "") is None]


def _came_before(accident: Record, product: Record) -> bool:
    if not accident.occurred_on or not product.occurred_on:
        return False
    return (
        PartialDate.parse(accident.occurred_on).last < PartialDate.parse(product.occurred_on).first
    )


def _inquiry(register_id: str, accident: Record, product: Record) -> Draft:
    body = {
        "area": product.body.get("area"),
        "product": product.record_id,
        "accident": accident.record_id,
        "why": f"an accident lies inside land {product.body['method']}",
        "open": True,
    }
    record_id = named_record_id(register_id, f"inquiry:{accident.record_id}:{product.record_id}")
    return Draft(
        "inquiry",
        "inquiry.opened",
        {name: value for name, value in body.items() if value is not None},
        record_id,
        accident.occurred_on,
        reason="opened by rule: an accident inside released land is inquired into",
    )
