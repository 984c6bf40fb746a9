"""In which province and district something lies, by its ground or by what its record says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.domain.districts import NO_DISTRICT, Districts
from landrelease.domain.folding import folded
from landrelease.domain.land import AreaState
from landrelease.errors import NotFoundError
from landrelease.geometry import clip_to, cut_from, unite
from landrelease.register import Register

NO_PROVINCE = "no province"


class Place(NamedTuple):
    """Titles of a province and a district."""

    province: str
    district: str


NOWHERE = Place(NO_PROVINCE, NO_DISTRICT)


def place_of(districts: Districts, at: int | None, said: str | None = None) -> Place:
    """Return the titles of a unit and of the unit above it; ``said`` where there is no unit.

    A unit with parts and nothing above is a province: its row is what its districts leave.
    """
    if at is None:
        return Place(NO_PROVINCE, said or NO_DISTRICT)
    unit, above = districts.units[at], districts.above(at)
    if above is not None:
        return Place(above.title, unit.title)
    if districts.has_parts(at):
        return Place(unit.title, NO_DISTRICT)
    return Place(NO_PROVINCE, unit.title)


def place_said(districts: Districts, *said: str | None) -> Place:
    """Return the place of the first words that name one unit alone, else the first words."""
    at = districts.named(*said)
    return place_of(districts, at, next((words for words in said if words), None))


def pieces(districts: Districts, shapes: NDArray[Any]) -> Iterator[tuple[int | None, NDArray[Any]]]:
    """Yield each unit's place with what lies in its row, then None with what lies in no unit."""
    owns = [(at, unit.own) for at, unit in enumerate(districts.units) if not unit.own.is_empty]
    for at, own in owns:
        yield at, clip_to(shapes, own)
    yield None, cut_from(shapes, unite([own for _, own in owns])) if owns else shapes


def units_at(districts: Districts, points: Sequence[Any]) -> list[int | None]:
    """Return the place of the unit in whose row each point lies, None for none or no point."""
    found: list[int | None] = [None] * len(points)
    tree = shapely.STRtree([unit.own for unit in districts.units])
    of_point, of_unit = tree.query(np.array(points, dtype=object), predicate="intersects")
    for point, unit in zip(of_point.tolist(), of_unit.tolist(), strict=True):
        found[point] = unit if found[point] is None else found[point]
    return found


def named_in(
    register: Register, words: str | None, as_of: str | None, known_at: str | None
) -> Callable[[AreaState], bool]:
    """Return whether an area lies in a district, or one under it, by name, id or P-code.

    An area that names a district is found by it, and by the district in which it lies where that is
    wholly another; others are found where their outline lies. Without words every area passes. A
    name that no recorded district has is compared as it stands.
    """
    if words is None:
        return lambda area: True
    districts = register.districts(as_of, known_at)
    meant = {part for at in districts.called(words) for part in districts.within(at)}
    codes = register.district_codes(as_of, known_at)
    drawn = register.drawn(as_of, known_at) if meant else {}
    touching = _touching(drawn, unite([districts.units[at].border for at in meant]))

    def lies_elsewhere(area: AreaState, at: int) -> bool:
        shape = np.array([drawn[area.record_id]], dtype=object)
        return bool(districts.outside(at, shape)[0])

    def named(area: AreaState) -> bool:
        said = (codes.get(area.record_id), area.district)
        if not any(said):
            return area.record_id in touching
        at = districts.named(*said)
        if at is None:
            called = folded(words) in {folded(text) for text in said if text}
            return called or area.record_id in touching
        return at in meant or (area.record_id in touching and lies_elsewhere(area, at))

    return named


def check_district(
    register: Register, words: str | None, as_of: str | None, known_at: str | None
) -> None:
    """Refuse words that no district goes by.

    Raises
    ------
    NotFoundError
        None does (``district_unknown``).
    """
    if words is not None and not register.districts(as_of, known_at).called(words):
        raise NotFoundError(
            "district_unknown",
            f"no district and no area's record goes by {words!r}",
            "give a name, a P-code or an id of a district",
        )


def _touching(drawn: Mapping[str, Any], border: Any) -> frozenset[str]:
    """Record ids of areas of which some ground lies in a border."""
    if border.is_empty or not drawn:
        return frozenset()
    shapely.prepare(border)
    inside = shapely.intersects(border, list(drawn.values()))
    return frozenset(np.array(list(drawn), dtype=object)[inside].tolist())
