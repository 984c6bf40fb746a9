"""How a record made by hand is drawn: collections are taken apart, and lines are told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import shapely

from landrelease.domain.kinds import kind_spec
from landrelease.domain.shapes import lacks_ground, unmixed
from landrelease.geometry import WGS84
from landrelease.register import Record


def shape_of(record: Record) -> Any:
    """Return the shape that a record was given, None where it has none."""
    geometry = record.body.get("geometry")
    return shapely.geometry.shape(geometry) if geometry else None


def without_collection(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an entry with the part of a collection that counts, and what was drawn beside it.

    Examples
    --------
    >>> point = {"type": "Point", "coordinates": [17.5, 44.5]}
    >>> drawn = {"type": "GeometryCollection", "geometries": [point]}
    >>> without_collection({"kind": "accident", "body": {"geometry": drawn}})["body"]["geometry"]
    {'type': 'Point', 'coordinates': [17.5, 44.5]}
    """
    body = entry["body"]
    if not _is_collection(body.get("geometry")):
        return entry
    shape, _ = _taken(entry["kind"], body["geometry"])
    drawn = {"text": json.dumps(body["geometry"]), "crs": WGS84}
    geometry = json.loads(shapely.to_geojson(shape))
    return {**entry, "body": {"geometry_entered": drawn, **body, "geometry": geometry}}


def told_shapes(
    bodies: Mapping[int, tuple[str, str, Mapping[str, Any]]],
) -> Iterator[dict[str, Any]]:
    """Yield a warning for each collection that was taken apart, and each area that is a line.

    Parameters
    ----------
    bodies : Mapping
        Number of an entry → its record, kind and body as given.

    Yields
    ------
    dict
        ``{"entry", "record_id", "code", "severity", "message"}``
    """
    from landrelease.exchange.issues import cure, issue

    for number, (record_id, kind, body) in bodies.items():
        for code, detail in _noticed(kind, body.get("geometry")):
            yield {
                "entry": number,
                "record_id": record_id,
                "code": code,
                "severity": "warning",
                "message": f"{issue(code, None, detail).message}; {cure(code)}",
            }


def _noticed(kind: str, geometry: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(geometry, Mapping):
        return
    name = str(geometry["type"])
    if _is_collection(geometry):
        shape, told = _taken(kind, geometry)
        name = shape.geom_type
        yield "geometry_collection", told
    if lacks_ground(kind, name):
        yield "geometry_without_ground", name


def _is_collection(geometry: Any) -> bool:
    return isinstance(geometry, Mapping) and geometry.get("type") == "GeometryCollection"


def _taken(kind: str, geometry: Mapping[str, Any]) -> tuple[shapely.Geometry, str]:
    found: shapely.Geometry = shapely.force_2d(shapely.from_geojson(json.dumps(geometry)))
    return unmixed(kind_spec(kind), found)
