"""Shapes out of text: WKT or GeoJSON."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.exchange.reading.geojson import build


def shapes_of(texts: Sequence[str]) -> tuple[NDArray[Any], dict[int, str]]:
    """Read each text as WKT, or as GeoJSON where it begins with a brace; empty ones are None.

    Returns
    -------
    tuple
        Shapes, shape (n,); the code of what could not be read, by row counted from 0.

    Examples
    --------
    >>> shapes, damage = shapes_of(["POINT (1 2)", "", "POINT (1"])
    >>> shapes[0].wkt, damage
    ('POINT (1 2)', {2: 'geometry_malformed'})
    """
    shapes = np.full(len(texts), None, dtype=object)
    wkt = np.array([i for i, v in enumerate(texts) if v and not v.startswith("{")], dtype=int)
    shapes[wkt] = _from_wkt(np.array([texts[i] for i in wkt], dtype=object))
    damage = {int(i): "geometry_malformed" for i in wkt if shapes[i] is None}
    rows = [i for i, v in enumerate(texts) if v.startswith("{")]
    read, bad, _, _ = build([_parsed(texts[row]) for row in rows])
    for number, row in enumerate(rows):
        shapes[row] = read[number]
        if number in bad:
            damage[row] = bad[number]
    return shapes, damage


def _from_wkt(texts: NDArray[Any]) -> NDArray[Any]:
    """Shapes of WKT, None for what cannot be read; GEOS raises for some of it all the same."""
    found = np.full(len(texts), None, dtype=object)
    with np.errstate(all="ignore"):
        try:
            found[:] = shapely.from_wkt(texts, on_invalid="ignore")
        except shapely.GEOSException:
            for row, text in enumerate(texts):
                with contextlib.suppress(shapely.GEOSException):
                    found[row] = shapely.from_wkt(text, on_invalid="ignore")
    return found


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return {}
