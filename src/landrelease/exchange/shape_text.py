"""Shapes out of text: WKT or GeoJSON."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.exchange.heights import flatten
from landrelease.exchange.issues import Issue, issue
from landrelease.exchange.reading.geojson import build


def shapes_of(texts: Sequence[str]) -> tuple[NDArray[Any], dict[int, str], list[Issue]]:
    """Read each text as WKT, or as GeoJSON where it begins with a brace; empty ones are None.

    Returns
    -------
    tuple
        Shapes, shape (n,); the code of what could not be read, by row counted from 0; what was
        mended in the others.

    Examples
    --------
    >>> shapes, damage, mended = shapes_of(["POINT (1 2)", "", "POINT (1"])
    >>> shapes[0].wkt, damage, mended
    ('POINT (1 2)', {2: 'geometry_malformed'}, [])
    >>> shapes, damage, mended = shapes_of(["POLYGON ((0 0, 1 0, 1 1))"])
    >>> shapes[0].wkt, [one.code for one in mended]
    ('POLYGON ((0 0, 1 0, 1 1, 0 0))', ['ring_not_closed'])
    """
    shapes = np.full(len(texts), None, dtype=object)
    wkt = np.array([i for i, v in enumerate(texts) if v and not v.startswith("{")], dtype=int)
    shapes[wkt] = _from_wkt(np.array([texts[i] for i in wkt], dtype=object), "ignore")
    mended = _closed(texts, shapes, [int(i) for i in wkt if shapes[i] is None])
    damage = {int(i): "geometry_malformed" for i in wkt if shapes[i] is None}
    rows = [i for i, v in enumerate(texts) if v.startswith("{")]
    read, bad, _, found = build([_parsed(texts[row]) for row in rows])
    mended += [one.moved_to(rows[one.row - 1] + 1) for one in found if one.row]
    for number, row in enumerate(rows):
        shapes[row] = read[number]
        if number in bad:
            damage[row] = bad[number]
    return shapes, damage, [*mended, *flatten(shapes)]


def _closed(texts: Sequence[str], shapes: NDArray[Any], unread: Sequence[int]) -> list[Issue]:
    """Close outlines that do not end where they begin, and say so."""
    shapes[unread] = _from_wkt(np.array([texts[row] for row in unread], dtype=object), "fix")
    return [issue("ring_not_closed", row + 1) for row in unread if shapes[row] is not None]


def _from_wkt(texts: NDArray[Any], on_invalid: str) -> NDArray[Any]:
    """Shapes of WKT, None for what cannot be read; GEOS raises for some of it all the same."""
    found = np.full(len(texts), None, dtype=object)
    with np.errstate(all="ignore"):
        try:
            found[:] = shapely.from_wkt(texts, on_invalid=on_invalid)
        except shapely.GEOSException:
            for row, text in enumerate(texts):
                with contextlib.suppress(shapely.GEOSException):
                    found[row] = shapely.from_wkt(text, on_invalid=on_invalid)
    return found


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return {}
