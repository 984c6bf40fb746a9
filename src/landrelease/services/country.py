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
    numbers = list(drawn)
    shapes = np.array([shapely.geometry.shape(drawn[n][1]) for n in numbers], dtype=object)
    borders = shapely.STRtree(_borders(register))
    if len(np.unique(borders.query(shapes, predicate="intersects")[0])) == len(shapes):
        return []  # each lies in a district: no need to unite them
    from landrelease.exchange.issues import issue_terms
    from landrelease.exchange.plausible import find_implausible

    ground = outline(register)
    box = bounds(register, ground)
    if box is None and ground is None:
        return []
    found = find_implausible(shapes, box, ground)
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
