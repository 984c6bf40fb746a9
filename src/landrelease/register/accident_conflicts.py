"""Accidents on released land of which nothing says whether they came before the release.

Those that are known to have come later open an inquiry (`landrelease.services.inquiries`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import shapely
from numpy.typing import NDArray

from landrelease.domain.actions import ENDED
from landrelease.domain.land import Conflict
from landrelease.domain.words import join
from landrelease.domain.work_rules import TOLERANCE_M2
from landrelease.geometry import area_m2
from landrelease.register.dating import dates_said
from landrelease.register.plots import Divided, Links, Plots, Product, geometries
from landrelease.register.shapes import from_geojson
from landrelease.register.state import of_kind, standing
from landrelease.register.words import TEXT

_ACCIDENTS = f"""
SELECT r.record_id, s.entry_no, e.body, {TEXT} FROM ({standing(of_kind("accident"))}) AS s
JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)
WHERE r.record_id NOT IN (
  SELECT coalesce(json_extract(e.body, '$.accident'), '')
  FROM ({standing(of_kind("inquiry"))}) AS s JOIN entry AS e USING (entry_no))
ORDER BY r.record_id
"""
_WORDS = "an accident lies on released land, and nothing says which came first"


class _Accident(NamedTuple):
    record_id: str
    entry_no: int
    geometry: Mapping[str, Any] | None
    area: str | None


class _Release(NamedTuple):
    """A product, or an area that ended, with its ground; ``area`` is the place of its plot."""

    record_id: str
    dated: bool
    ground: Any
    area: int | None
    ended: bool = False


def undated_on_released(
    connection: sqlite3.Connection, plots: Plots, divided: Divided, when: Mapping[str, int]
) -> Iterator[Conflict]:
    """Yield accidents on released land where nothing dates the accident or the release."""
    accidents = _accidents(connection, when)
    releases = _releases(connection, plots, divided) if accidents else []
    if not releases:
        return
    dated = dates_said(connection, [accident.entry_no for accident in accidents])
    pairs = [*_placed(accidents, releases), *_named(accidents, releases, divided, plots.link)]
    for accident, release in _once(pairs):
        if not (release.dated and accident.entry_no in dated):
            ids = (accident.record_id, release.record_id)
            yield Conflict("accident_on_released_land", ids, _WORDS)


def _accidents(connection: sqlite3.Connection, when: Mapping[str, int]) -> list[_Accident]:
    """Accidents that stand and that nobody inquires into."""
    found = []
    for record_id, entry_no, text, said in connection.execute(_ACCIDENTS, when).fetchall():
        body = join(text, None, None, said).body
        found.append(_Accident(record_id, entry_no, body.get("geometry"), body.get("area")))
    return found


def _releases(connection: sqlite3.Connection, plots: Plots, divided: Divided) -> list[_Release]:
    """Products, then areas that have ended, these by their outline."""
    lost = [product for product in plots.unlinked if product.area_m2 is not None]
    products: list[tuple[Product, int | None]] = [
        *zip(divided.products, map(int, divided.owner), strict=True),
        *((product, None) for product in lost),
    ]
    grounds = [*divided.shapes, *geometries(connection, [product.entry_no for product in lost])]
    told = dates_said(connection, [product.entry_no for product, _ in products if product.undated])
    found = [
        _Release(one.record_id, not one.undated or one.entry_no in told, ground, at)
        for (one, at), ground in zip(products, grounds, strict=True)
    ]
    return found + [
        _Release(plot.record_id, not plot.undated, divided.ground.outline[at], at, ended=True)
        for at, plot in enumerate(divided.plots)
        if plot.status in ENDED
    ]


_Pair = tuple[_Accident, _Release]


def _placed(accidents: Sequence[_Accident], releases: Sequence[_Release]) -> list[_Pair]:
    """Accidents with a point, each with the releases in which it lies."""
    placed = [accident for accident in accidents if accident.geometry]
    points: NDArray[Any] = from_geojson([accident.geometry for accident in placed])
    tree = shapely.STRtree([release.ground for release in releases])
    pairs = sorted(zip(*tree.query(points, predicate="intersects"), strict=True))
    return [(placed[a], releases[r]) for a, r in pairs]


def _named(
    accidents: Sequence[_Accident], releases: Sequence[_Release], divided: Divided, link: Links
) -> Iterator[_Pair]:
    """Accidents without a point that name an area which has ended or of which nothing is left."""
    places = {plot.record_no: at for at, plot in enumerate(divided.plots)}
    last = {release.area: release for release in releases}  # of an area that ended, its ending
    for accident in accidents:
        plot = link(accident.area)
        if accident.geometry or plot is None:
            continue
        at = places[plot.record_no]
        release = last.get(at)
        if release is not None and (release.ended or _gone(divided, at)):
            yield accident, release


def _gone(divided: Divided, at: int) -> bool:
    measured = divided.plots[at].measured
    return measured and float(area_m2(divided.ground.remaining[at])) <= TOLERANCE_M2


def _once(pairs: Iterable[_Pair]) -> Iterator[_Pair]:
    """Leave out an ended area where a product of it holds the same accident."""
    pairs = list(pairs)
    by_product = {
        (accident.record_id, release.area) for accident, release in pairs if not release.ended
    }
    for accident, release in pairs:
        if not (release.ended and (accident.record_id, release.area) in by_product):
            yield accident, release
