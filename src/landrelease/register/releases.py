"""What land release products took at a date: the shares of the balance, and what is in none."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from landrelease.domain.releases import Release, each_place_once
from landrelease.register.plots import Plot, geometries, load, shaped
from landrelease.register.state import bounds_or_now


def released(
    connection: sqlite3.Connection,
    as_of: str | None,
    known_at: str | None,
    wanted: Collection[str] | None = None,
) -> list[Release]:
    """Return what each product with a polygon took; products that wait for approval took nothing.

    Parameters
    ----------
    wanted : collection of str, optional
        Record ids of products; others are divided only where these need it.
    """
    plots = load(connection, bounds_or_now(as_of, known_at))
    divided = shaped(connection, [plot for plot in plots.areas if _has(plot, wanted)])
    owners = [divided.plots[at].record_id for at in divided.owner]
    linked = zip(divided.products, owners, divided.ground.shares, strict=True)
    found = [Release(one.record_id, one.method, owner, share) for one, owner, share in linked]
    lost = [product for product in plots.unlinked if product.area_m2 is not None]
    if wanted is None or any(product.record_id in wanted for product in lost):
        shapes = geometries(connection, [product.entry_no for product in lost])
        apart = zip(lost, each_place_once(shapes), strict=True)
        found += [Release(one.record_id, one.method, None, share) for one, share in apart]
    return [one for one in found if wanted is None or one.record_id in wanted]


def _has(plot: Plot, wanted: Collection[str] | None) -> bool:
    """Whether an area has any of the wanted products."""
    products = plot.products
    return any(wanted is None or product.record_id in wanted for product in products)
