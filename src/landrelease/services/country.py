"""Where the country of a register lies, and what was drawn by hand outside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.geometry import unite
from landrelease.register import Register
from landrelease.terms import load_terms

Result = dict[str, Any]
Box = tuple[float, float, float, float]
_CURE = "check the coordinates, and record them again if they are wrong"


def outline(register: Register) -> Any:
    """The ground of the register's districts; None where none has a border."""
    found = _borders(register)
    return unite(found) if len(found) else None


def _borders(register: Register) -> NDArray[Any]:
    found = [wkb for _, wkb, _ in register.layer("district") if wkb is not None]
    return np.array(shapely.from_wkb(found), dtype=object)


def bounds(register: Register, ground: Any) -> Box | None:
    """The bounds that the register gives; else its country's, until its districts tell more.

    Parameters
    ----------
    ground : shapely geometry or None
        As `outline` returns it.
    """
    info = register.info()
    if info.bbox is not None or ground is not None or info.country is None:
        return info.bbox
    found = load_terms("country_bounds")["bounds"].get(info.country)
    return None if found is None else (found[0], found[1], found[2], found[3])


def strays(register: Register, drawn: Mapping[int, tuple[str, Any]]) -> list[Result]:
    """Warn of shapes that lie outside the country, with what may have happened to them.

    The checks are those of an import: axes that changed places, a sign that was lost, a place
    beyond the borders. Nothing is refused: a record may belong to a neighbour.

    Parameters
    ----------
    drawn : Mapping
        Number of an entry → its record and GeoJSON geometry.

    Returns
    -------
    list of dict
        ``{"entry", "record_id", "code", "severity", "message"}`` in order; none where nothing says
        where the country lies.
    """
    from landrelease.exchange.issues import issue_terms

    numbers = list(drawn)
    shapes = np.array([shapely.geometry.shape(drawn[n][1]) for n in numbers], dtype=object)
    found = _implausible(register, shapes)
    return [
        {
            "entry": numbers[row],
            "record_id": drawn[numbers[row]][0],
            "code": code,
            "severity": "warning",
            "message": f"{issue_terms()[code]['says']}: {detail}; {_CURE}",
        }
        for row, (code, detail) in sorted(found.items())
    ]


def stray_point(register: Register, longitude: float, latitude: float) -> Result | None:
    """Say that a point that is asked about lies outside the country, and what may be meant.

    Returns
    -------
    dict or None
        ``{"code", "message", "instead"}``; ``instead`` is longitude and latitude as they lie in
        the country when the slip is undone, None where none explains it. None where the point lies
        in the country, or nothing says where that is.
    """
    from landrelease.exchange.issues import issue_terms
    from landrelease.exchange.plausible import box_of, slipped

    found = _implausible(register, np.array([shapely.Point(longitude, latitude)], dtype=object))
    if not found:
        return None
    code, detail = found[0]
    ground = outline(register)
    box = bounds(register, ground) or box_of(ground)
    slip = slipped(longitude, latitude, box) if code != "outside_country" else None
    message = f"the point {issue_terms()[code]['says'].removeprefix('it ')}: {detail}"
    return {"code": code, "message": message, "instead": list(slip[1]) if slip else None}


def _implausible(register: Register, shapes: NDArray[Any]) -> dict[int, tuple[str, str]]:
    """Code and words for each shape outside the country, by its place in the sequence."""
    from landrelease.exchange.plausible import find_implausible

    borders = shapely.STRtree(_borders(register))
    if len(np.unique(borders.query(shapes, predicate="intersects")[0])) == len(shapes):
        return {}  # each lies in a district: no need to unite them
    ground = outline(register)
    box = bounds(register, ground)
    if box is None and ground is None:
        return {}
    return find_implausible(shapes, box, ground)
