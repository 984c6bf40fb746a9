"""Whether a row can lie where it says: swapped axes, a lost sign, outside the country."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Box = tuple[float, float, float, float]
InCountry = Callable[[float, float], bool]

#: Fewer rows than this say nothing about where a layer lies.
_ROWS_TO_JUDGE_BY = 20

#: What was done to the coordinates if the row belongs into the country after all.
_SLIPS: Mapping[str, Callable[[Any, Any], tuple[Any, Any]]] = {
    "axes_swapped": lambda x, y: (y, x),
    "sign_missing": lambda x, y: (-x, y),
    "sign_missing_south": lambda x, y: (x, -y),
    "sign_missing_both": lambda x, y: (-x, -y),
}


def country_test(bbox: Box | None, outline: Any) -> InCountry | None:
    """Whether a point lies within the bounds of the country; None where no country is known."""
    box = bbox or (None if outline is None else box_of(outline))
    return None if box is None else lambda x, y: bool(_inside(x, y, box))


def find_implausible(
    shapes: NDArray[Any], country_bbox: Box | None, country_outline: Any
) -> dict[int, tuple[str, str]]:
    """Code and words for each row that lies where it hardly can.

    Without a country, rows are judged by where the bulk of their own layer lies, and only those
    far away from it are named.

    Parameters
    ----------
    shapes : ndarray of shapely geometries, shape (n,)
        In longitude and latitude.
    country_bbox : tuple of float or None
        West, south, east, north; west lies beyond east where it spans the 180th meridian.
    country_outline : shapely geometry or None
    """
    x, y = _middles(shapes)
    if country_bbox is None and country_outline is not None:
        country_bbox = box_of(country_outline)
    box = country_bbox or _own_box(x, y)
    if box is None:
        return {}
    found = _outside(x, y, box, "outside_country" if country_bbox else "far_from_layer")
    if country_outline is not None:
        found |= _outside_outline(shapes, country_outline, found)
    return found


def _middles(shapes: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    bounds = shapely.bounds(shapes)
    middle = (bounds[:, 0] + bounds[:, 2]) / 2
    with np.errstate(invalid="ignore"):
        split = np.flatnonzero((bounds[:, 0] == -180) & (bounds[:, 2] == 180))
    for row in split.tolist():
        middle[row] = _middle_across(shapes[row])
    return middle, (bounds[:, 1] + bounds[:, 3]) / 2


def _middle_across(shape: Any) -> float:
    """Middle longitude of a shape cut at the 180th meridian."""
    west, east = np.array([part.bounds[::2] for part in shapely.get_parts(shape)]).T
    turn = np.where(east <= 0, 360.0, 0.0)
    middle = ((west + turn).min() + (east + turn).max()) / 2
    return float((middle + 180) % 360 - 180)


def box_of(outline: Any) -> Box:
    """Bounds of the country; one on both sides of the 180th meridian is not the whole globe."""
    west, south, east, north = outline.bounds
    if west > -180 or east < 180:
        return west, south, east, north
    sides = np.array([part.bounds for part in shapely.get_parts(outline)])
    eastern, western = sides[sides[:, 0] >= 0], sides[sides[:, 2] <= 0]
    if len(eastern) + len(western) < len(sides):
        return west, south, east, north  # it spans the prime meridian too
    return float(eastern[:, 0].min()), south, float(western[:, 2].max()), north


def _own_box(x: NDArray[np.float64], y: NDArray[np.float64]) -> Box | None:
    """Where all but the outermost rows lie, and as much again on each side."""
    good = np.isfinite(x) & np.isfinite(y)
    if good.sum() < _ROWS_TO_JUDGE_BY:
        return None
    west, east = np.quantile(x[good], [0.02, 0.98])
    south, north = np.quantile(y[good], [0.02, 0.98])
    wide, high = max(east - west, 1.0), max(north - south, 1.0)
    return float(west - wide), float(south - high), float(east + wide), float(north + high)


def _inside(x: Any, y: Any, box: Box) -> Any:
    west, south, east, north = box
    between = (west <= x) & (x <= east) if west <= east else (west <= x) | (x <= east)
    return between & (south <= y) & (y <= north)


def _outside(x: Any, y: Any, box: Box, otherwise: str) -> dict[int, tuple[str, str]]:
    rows = np.flatnonzero(np.isfinite(x) & np.isfinite(y) & ~_inside(x, y, box))
    return {int(row): _explain(float(x[row]), float(y[row]), box, otherwise) for row in rows}


def _explain(x: float, y: float, box: Box, otherwise: str) -> tuple[str, str]:
    slip = slipped(x, y, box)
    if slip is None:
        return otherwise, f"at {x:.6f}, {y:.6f}"
    code, place = slip
    instead = ", ".join(f"{value:.6f}" for value in place)
    return code, f"at {x:.6f}, {y:.6f}; perhaps {instead}"


def slipped(x: float, y: float, box: Box) -> tuple[str, tuple[float, float]] | None:
    """Code of the slip that brings a place outside a box into it when undone, and that place.

    Examples
    --------
    >>> slipped(44.5, 17.25, (15.7, 42.5, 19.7, 45.3))
    ('axes_swapped', (17.25, 44.5))
    """
    for slip, undo in _SLIPS.items():
        if _inside(*undo(x, y), box):
            return slip.removesuffix("_south").removesuffix("_both"), undo(x, y)
    return None


def _outside_outline(
    shapes: NDArray[Any], outline: Any, known: Mapping[int, Any]
) -> dict[int, tuple[str, str]]:
    shapely.prepare(outline)
    away = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    away[away] = ~shapely.intersects(outline, shapes[away])
    x, y = _middles(shapes)
    return {
        int(row): ("outside_country", f"at {x[row]:.6f}, {y[row]:.6f}")
        for row in np.flatnonzero(away)
        if int(row) not in known
    }
