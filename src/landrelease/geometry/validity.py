"""What is wrong with a shape, and the mending that keeps its ground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.geometry.area import area_m2
from landrelease.geometry.overlay import polygonal

#: What GEOS says of an invalid shape → our code.
_REASONS: Mapping[str, str] = {
    "Self-intersection": "self_intersection",
    "Ring Self-intersection": "self_intersection",
    "Hole lies outside shell": "ring_nested_wrongly",
    "Holes are nested": "ring_nested_wrongly",
    "Nested shells": "ring_nested_wrongly",
    "Interior is disconnected": "interior_disconnected",
    "Duplicate Rings": "duplicate_ring",
    "Too few points in geometry component": "too_few_points",
    "Invalid Coordinate": "coordinate_impossible",
}


@dataclass(frozen=True, slots=True)
class Repaired:
    """A mended shape, what was wrong with it, and what the mending did to its area."""

    geometry: Any
    codes: tuple[str, ...]
    area_change_m2: float


@dataclass(frozen=True, slots=True)
class RepairedArray:
    """Mended shapes; ``mended`` marks the rows that changed, the rest is said of those by row.

    ``reasons`` are the words of GEOS, ``codes`` ours.
    """

    geometries: NDArray[Any]
    mended: NDArray[np.bool_]
    reasons: Mapping[int, str]
    codes: Mapping[int, str]
    area_before_m2: Mapping[int, float]
    area_after_m2: Mapping[int, float]


def problems(geometry: shapely.Geometry | None) -> tuple[str, ...]:
    """Codes of what is wrong with one shape, in the order they matter.

    Examples
    --------
    >>> problems(shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]))
    ('self_intersection',)
    >>> problems(None)
    ('geometry_missing',)
    """
    found = find_problems(np.array([geometry], dtype=object))
    return tuple(code for code, rows in found.items() if rows[0])


def find_problems(geometries: NDArray[Any]) -> dict[str, NDArray[np.bool_]]:
    """For each code of a problem, the rows that have it.

    Parameters
    ----------
    geometries : ndarray of shapely geometries, shape (n,)

    Returns
    -------
    dict of str to ndarray of bool, shape (n,)
        Only codes that occur.
    """
    missing = shapely.is_missing(geometries)
    empty = shapely.is_empty(geometries) & ~missing
    usable = ~missing & ~empty
    found = {
        "geometry_missing": missing,
        "geometry_empty": empty,
        "coordinate_impossible": usable & ~finite(geometries),
        "zero_area": usable & _without_ground(geometries),
        "duplicate_vertex": duplicate_vertices(geometries),
    }
    for row, reason in _invalid_reasons(geometries, usable).items():
        found.setdefault(_code_of(reason), np.zeros(len(geometries), dtype=bool))[row] = True
    return {code: rows for code, rows in found.items() if rows.any()}


def repair(geometry: shapely.Geometry) -> Repaired:
    """Mend one shape; a valid one comes back as it is.

    Examples
    --------
    >>> mended = repair(shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]))
    >>> mended.codes, len(mended.geometry.geoms)
    (('self_intersection',), 2)
    """
    many = repair_all(np.array([geometry], dtype=object))
    if not many.mended[0]:
        return Repaired(geometry, (), 0.0)
    change = many.area_after_m2[0] - many.area_before_m2[0]
    return Repaired(many.geometries[0], (many.codes[0],), change)


def repair_all(geometries: NDArray[Any]) -> RepairedArray:
    """Mend the invalid polygons of an array.

    Rings are read as they are nested (GEOS «structure»): overlapping parts of an outline count as
    covered, which is the cautious reading of a hazard. The area before is that of the rings as
    drawn.

    Parameters
    ----------
    geometries : ndarray of shapely geometries, shape (n,)
        None and empty geometries are passed over.
    """
    usable = ~shapely.is_missing(geometries) & ~shapely.is_empty(geometries) & finite(geometries)
    reasons = _invalid_reasons(geometries, usable)
    rows = np.fromiter(reasons, dtype=int, count=len(reasons))
    mended = np.zeros(len(geometries), dtype=bool)
    mended[rows] = True
    result = geometries.copy()
    before, after = area_m2(geometries[rows]), np.zeros(len(rows))
    if len(rows):
        fixed = _valid(geometries[rows])
        result[rows] = np.where(_are_areas(geometries[rows]), polygonal(fixed), fixed)
        after = area_m2(result[rows])
    return RepairedArray(
        geometries=result,
        mended=mended,
        reasons=reasons,
        codes={row: _code_of(reason) for row, reason in reasons.items()},
        area_before_m2=dict(zip(reasons, before.tolist(), strict=True)),
        area_after_m2=dict(zip(reasons, after.tolist(), strict=True)),
    )


def _valid(shapes: NDArray[Any]) -> NDArray[Any]:
    """Mend by structure; what GEOS leaves invalid so (it happens) is noded anew by its lines."""
    fixed: NDArray[Any] = shapely.make_valid(shapes, method="structure", keep_collapsed=False)
    still = ~shapely.is_valid(fixed)
    fixed[still] = shapely.make_valid(fixed[still], method="linework")
    return fixed


def finite(geometries: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether every coordinate of a shape is a finite number."""
    bounds = shapely.bounds(geometries)
    nothing = shapely.is_missing(geometries) | shapely.is_empty(geometries)
    good: NDArray[np.bool_] = nothing | np.isfinite(bounds).all(axis=-1)
    return good


def _code_of(reason: str) -> str:
    return _REASONS.get(reason.split("[", 1)[0].strip(), "geometry_invalid")


def _invalid_reasons(geometries: NDArray[Any], usable: NDArray[np.bool_]) -> dict[int, str]:
    rows = np.flatnonzero(usable)
    rows = rows[~shapely.is_valid(geometries[rows])]
    reasons = shapely.is_valid_reason(geometries[rows])
    return dict(zip(rows.tolist(), reasons.tolist(), strict=True))


def _are_areas(geometries: NDArray[Any]) -> NDArray[np.bool_]:
    types: NDArray[np.bool_] = np.isin(shapely.get_type_id(geometries), (3, 6))
    return types


def _without_ground(geometries: NDArray[Any]) -> NDArray[np.bool_]:
    """Areas that collapse to lines or points; a bow tie, whose signed area is zero, does not."""
    suspects = _are_areas(geometries)
    suspects[suspects] = shapely.area(geometries[suspects]) == 0
    suspects[suspects] = shapely.area(_valid(geometries[suspects])) == 0
    return suspects


def duplicate_vertices(geometries: NDArray[Any]) -> NDArray[np.bool_]:
    """Rows where a vertex of a line or ring is stored twice in a row."""
    found = np.zeros(len(geometries), dtype=bool)
    rows = np.flatnonzero(_are_areas(geometries))
    polygons, owner = shapely.get_parts(geometries[rows], return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    same = (coordinates[1:] == coordinates[:-1]).all(axis=1) & (ring[1:] == ring[:-1])
    found[rows[owner[polygon[ring[1:][same]]]]] = True
    return found
