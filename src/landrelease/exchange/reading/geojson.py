"""GeoJSON, read with the standard library: one bad feature never fails the file."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.errors import InputError
from landrelease.exchange.issues import Issue, issue
from landrelease.exchange.reading.text import Decoded, damage_issues, decode
from landrelease.exchange.tables import SourceTable
from landrelease.geometry import WGS84
from landrelease.pace import collector_paused

_TYPES = {
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
    "GeometryCollection",
}  # fmt: skip


def read_geojson(
    path: Path, layer: str | None, encoding: str | None, country: str | None = None
) -> SourceTable:
    """Read a FeatureCollection, a single feature or geometry, or one feature a line."""
    found = decode(path, encoding, country)
    with collector_paused():
        return _table(_parse(found.text, path.name), path, found)


def _table(document: Any, path: Path, read: Decoded) -> SourceTable:
    features = [_as_feature(one) for one in _features(document, path.name)]
    shapes, damage, entered, issues = build([one.get("geometry") for one in features])
    columns = _columns(features)
    return SourceTable(
        name=_layer_name(document, path),
        columns=columns,
        count=len(features),
        geometry=shapes,
        crs=_crs(document),
        encoding=read.encoding,
        issues=(*read.issues, *issues, *damage_issues(columns)),
        damage=damage,
        entered=entered,
    )


def _parse(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise InputError("format_invalid", f"{name} is nested too deeply to be GeoJSON") from None
    except ValueError as problem:
        lines = _parse_lines(text)
        if lines is None:
            raise InputError(
                "format_invalid",
                f"{name} is not valid JSON: {problem}",
                "export it again; the file may be cut off",
            ) from None
        return {"type": "FeatureCollection", "features": lines}


def _parse_lines(text: str) -> list[Any] | None:
    """One JSON document a line (RFC 8142 with or without record separators), or None."""
    lines = [line.strip("\x1e \t\r") for line in text.split("\n")]
    try:
        parsed = [json.loads(line) for line in lines if line]
    except (ValueError, RecursionError):
        return None
    return parsed if parsed and all(isinstance(one, dict) for one in parsed) else None


def _features(document: Any, name: str) -> list[Any]:
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        found: list[Any] = document["features"]
        return found
    if kind == "Feature" or (isinstance(kind, str) and kind in _TYPES):
        return [document]
    raise InputError(
        "format_invalid",
        f"{name} is JSON but no GeoJSON: it has no features",
        "a GeoJSON file is a FeatureCollection with a list of features",
    )


def _as_feature(one: Any) -> Mapping[str, Any]:
    if not isinstance(one, dict):
        return {"properties": {"value": one}}
    kind = one.get("type")
    return {"geometry": one} if isinstance(kind, str) and kind in _TYPES else one


def _columns(features: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    rows = [_properties(one) for one in features]
    names = dict.fromkeys(chain.from_iterable(rows))
    columns = {_sound(name): [_sound(row.get(name)) for row in rows] for name in names}
    ids = [one.get("id") for one in features]
    if any(one is not None for one in ids):
        columns.setdefault("id", ids)
    return columns


def _sound(value: Any) -> Any:
    """A value that can be written as JSON again: no lone surrogates, no infinite numbers."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else str(value)
    if isinstance(value, list):
        return [_sound(one) for one in value]
    if isinstance(value, dict):
        return {_sound(name): _sound(one) for name, one in value.items()}
    return value


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    found = feature.get("properties")
    if isinstance(found, dict):
        return found
    return {} if found is None else {"properties": found}


def _layer_name(document: Any, path: Path) -> str:
    name = document.get("name") if isinstance(document, dict) else None
    return name if isinstance(name, str) and name else path.name.split(".")[0]


def _crs(document: Any) -> str:
    """WGS84, unless the file has the «crs» member of the older, 2008 format."""
    member = document.get("crs") if isinstance(document, dict) else None
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or name.endswith(("CRS84", "EPSG::4326", "EPSG:4326")):
        return WGS84
    return name


Built = tuple[NDArray[Any], dict[int, str], dict[int, str], list[Issue]]


def build(entries: Sequence[Any]) -> Built:
    """Build shapes from GeoJSON geometries.

    Returns
    -------
    tuple
        Shapes; code by row of what could not be built as it stands; the text of those; issues.
    """
    shapes = np.full(len(entries), None, dtype=object)
    slow: list[int] = []
    groups: dict[str, list[int]] = {}
    for row, entry in enumerate(entries):
        if entry is not None:
            kind = entry.get("type") if isinstance(entry, dict) else None
            groups.setdefault(kind if isinstance(kind, str) else "", []).append(row)
    for kind, rows in groups.items():
        if not (kind in _FAST and _build_group(kind, rows, entries, shapes)):
            slow += rows
    damage, entered, issues = _build_slowly(sorted(slow), entries, shapes)
    return shapes, damage, entered, issues


def _build_group(kind: str, rows: list[int], entries: Sequence[Any], shapes: NDArray[Any]) -> bool:
    try:
        shapes[rows] = _FAST[kind]([entries[row]["coordinates"] for row in rows])
    except (KeyError, TypeError, ValueError, OverflowError, shapely.GEOSException):
        return False  # some feature of the group is odd: build one by one and say which
    return True


def _points(coordinates: list[Any]) -> NDArray[Any]:
    pairs = np.array(coordinates, dtype=np.float64)
    if pairs.ndim != 2 or pairs.shape[1] != 2:
        raise ValueError("not plain positions")
    found: NDArray[Any] = shapely.points(pairs)
    return found


def _polygons(coordinates: list[Any]) -> NDArray[Any]:
    rings = list(chain.from_iterable(coordinates))
    positions = np.array(list(chain.from_iterable(rings)), dtype=np.float64)
    lengths = np.array([len(ring) for ring in rings])
    if positions.ndim != 2 or positions.shape[1] != 2 or lengths.min() < 4:
        raise ValueError("not plain rings")
    ends = np.cumsum(lengths)
    starts = ends - lengths
    if not (positions[starts] == positions[ends - 1]).all():
        raise ValueError("a ring is not closed")
    parts = np.cumsum([0, *map(len, coordinates)])
    if (np.diff(parts) == 0).any():
        raise ValueError("an empty polygon")
    offsets = (np.concatenate([[0], ends]), parts)
    found: NDArray[Any] = shapely.from_ragged_array(
        shapely.GeometryType.POLYGON, positions, offsets
    )
    return found


_FAST: Mapping[str, Any] = {"Point": _points, "Polygon": _polygons}


def _build_slowly(
    rows: Iterable[int], entries: Sequence[Any], shapes: NDArray[Any]
) -> tuple[dict[int, str], dict[int, str], list[Issue]]:
    damage: dict[int, str] = {}
    entered: dict[int, str] = {}
    issues: list[Issue] = []
    for row in rows:
        notes: list[str] = []
        try:
            shapes[row] = _shape(entries[row], notes)
        except _DamagedError as problem:
            damage[row] = problem.code
        except (
            TypeError,
            ValueError,
            KeyError,
            OverflowError,
            RecursionError,
            shapely.GEOSException,
        ):
            damage[row] = "geometry_malformed"
        issues += [issue(code, row + 1) for code in dict.fromkeys(notes)]
        if notes or row in damage:
            entered[row] = json.dumps(entries[row], ensure_ascii=False)
    return damage, entered, issues


class _DamagedError(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _shape(entry: Any, notes: list[str]) -> Any:
    """One geometry with full checks; what was mended on the way goes to ``notes``."""
    kind = entry["type"] if isinstance(entry, dict) and "type" in entry else None
    if kind == "GeometryCollection":
        return shapely.geometrycollections([_shape(e, notes) for e in entry["geometries"]])
    if (
        not isinstance(kind, str)
        or kind not in _TYPES
        or not isinstance(entry.get("coordinates"), list)
    ):
        raise _DamagedError("geometry_malformed")
    coordinates = entry["coordinates"]
    if not coordinates:
        return shapely.from_wkt(f"{kind.upper()} EMPTY")
    return _BUILDERS[kind](coordinates, notes)


def _position(value: Any, notes: list[str]) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) < 2:
        raise _DamagedError("geometry_malformed")
    if any(isinstance(v, bool) or not isinstance(v, (int, float)) for v in value):
        raise _DamagedError("geometry_malformed")
    if len(value) > 2:
        notes.append("elevation_dropped")
    x, y = float(value[0]), float(value[1])
    if not (math.isfinite(x) and math.isfinite(y)):
        raise _DamagedError("coordinate_impossible")
    return x, y


def _line(value: Any, notes: list[str]) -> list[tuple[float, float]]:
    if not isinstance(value, list):
        raise _DamagedError("geometry_malformed")
    return [_position(one, notes) for one in value]


def _ring(value: Any, notes: list[str]) -> list[tuple[float, float]]:
    ring = _line(value, notes)
    if len(set(ring)) < 3:
        raise _DamagedError("too_few_points")
    if ring[0] != ring[-1]:
        notes.append("ring_not_closed")
        ring.append(ring[0])
    return ring


def _polygon(value: Any, notes: list[str]) -> Any:
    if not isinstance(value, list) or not value:
        raise _DamagedError("geometry_malformed")
    rings = [_ring(one, notes) for one in value]
    return shapely.Polygon(rings[0], rings[1:])


_BUILDERS: Mapping[str, Any] = {
    "Point": lambda c, n: shapely.Point(_position(c, n)),
    "MultiPoint": lambda c, n: shapely.multipoints(_line(c, n)),
    "LineString": lambda c, n: shapely.LineString(_line(c, n)),
    "MultiLineString": lambda c, n: shapely.multilinestrings([_line(one, n) for one in c]),
    "Polygon": _polygon,
    "MultiPolygon": lambda c, n: shapely.multipolygons([_polygon(one, n) for one in c]),
}
