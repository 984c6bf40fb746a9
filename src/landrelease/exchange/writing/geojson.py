"""GeoJSON, one feature a line, with the kind of each record as a property."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from landrelease.exchange.writing.export import ExportTable
from landrelease.geometry import as_geojson


def write_geojson(path: Path, tables: Sequence[ExportTable]) -> None:
    """Write all tables into one FeatureCollection."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type": "FeatureCollection", "features": [\n')
        for number, feature in enumerate(_features(tables)):
            file.write((",\n" if number else "") + json.dumps(feature, ensure_ascii=False))
        file.write("\n]}\n")


def _features(tables: Sequence[ExportTable]) -> Iterator[dict[str, Any]]:
    for table in tables:
        plain = None if table.geometries is None else as_geojson(table.geometries)
        for number, row in enumerate(table.rows):
            properties = {"record_kind": table.kind}
            properties |= {n: row[n] for n in table.types if row.get(n) not in (None, "")}
            shape = plain[number] if plain is not None else None
            yield {"type": "Feature", "properties": properties, "geometry": shape}
