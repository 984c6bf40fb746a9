"""How much land each product released: what it adds beyond earlier products of the same area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely

from landrelease.domain.workflow import waits
from landrelease.geometry import area_m2, cut, unite
from landrelease.register import Record, Register


def releasing(register: Register, products: Iterable[Record]) -> list[Record]:
    """Products that release land: those that do not wait for approval."""
    found = list(products)
    states = register.workflow_states(found)
    return [p for p in found if not waits(states.get(p.record_id))]


def released_m2(products: Sequence[Record]) -> dict[str, float]:
    """Measured m² by record id, for products with a polygon.

    A product counts without what earlier products of its area cover; one without a parent area
    counts by itself.
    """
    families: defaultdict[str, list[Record]] = defaultdict(list)
    for product in products:
        if product.body.get("geometry"):
            families[product.body.get("area") or product.record_id].append(product)
    shapes: dict[str, Any] = {}
    for family in families.values():
        shapes.update(_own_shares(family))
    if not shapes:
        return {}
    measured = area_m2(np.array(list(shapes.values()), dtype=object))
    return {name: float(m2) for name, m2 in zip(shapes, measured, strict=True)}


def _own_shares(family: list[Record]) -> dict[str, Any]:
    shares: dict[str, Any] = {}
    covered: Any = None
    for product in sorted(family, key=lambda p: (p.occurred_on or "9999", p.entry_id)):
        shape = shapely.geometry.shape(product.body["geometry"])
        shares[product.record_id] = shape if covered is None else cut(shape, covered)
        covered = shape if covered is None else unite([covered, shape])
    return shares
