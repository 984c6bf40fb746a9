"""The same rows in every format that can be taken in, bad geometry as it is."""

from __future__ import annotations

import csv as csv_module
import json
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
import openpyxl

Row = Mapping[str, Any]
Cells = Sequence[Sequence[Any]]

#: Under which name the geometry of a row stands.
SHAPE = "geometry"


def rows_of(path: Path) -> list[Row]:
    """The rows of a GeoJSON file or of a table of text, the geometry under its name."""
    if path.suffix == ".geojson":
        features = json.loads(path.read_text("utf-8"))["features"]
        return [{**one["properties"], SHAPE: one["geometry"]} for one in features]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv_module.DictReader(file))


def wkb(shape: Any) -> bytes | None:
    """A GeoJSON geometry as WKB, ring by ring: what is not closed stays open."""
    if shape is None:
        return None
    kind, given = shape["type"], shape["coordinates"]
    if kind == "Point":
        return struct.pack("<BIdd", 1, 1, *given[:2])
    rings = b"".join(
        struct.pack("<I", len(ring)) + b"".join(struct.pack("<dd", *at) for at in ring)
        for ring in given
    )
    return struct.pack("<BII", 1, 3, len(given)) + rings


def wkt(shape: Any) -> str:
    """The same as text."""
    if shape is None:
        return ""
    kind, given = shape["type"], shape["coordinates"]
    if kind == "Point":
        return f"POINT ({given[0]} {given[1]})"
    rings = ", ".join(f"({', '.join(f'{x} {y}' for x, y in ring)})" for ring in given)
    return f"POLYGON ({rings})" if given else "POLYGON EMPTY"


def vector(path: Path, rows: Sequence[Row], driver: str, crs: str | None = "EPSG:4326") -> Path:
    """A map layer of GDAL's making; rows without any geometry are a plain table."""
    from pyogrio import raw

    names = [name for name in dict.fromkeys(n for row in rows for n in row) if name != SHAPE]
    kinds = {row[SHAPE]["type"] for row in rows if row.get(SHAPE)}
    placed = any(SHAPE in row for row in rows)
    values = [[row.get(name) for row in rows] for name in names]
    raw.write(
        str(path),
        np.array([wkb(row.get(SHAPE)) for row in rows], dtype=object) if placed else None,
        [_array(one) for one in values],
        np.array(names, dtype=object),
        field_mask=[np.array([cell is None for cell in one]) for one in values],
        crs=crs if placed else None,
        geometry_type=None if not placed else kinds.pop() if len(kinds) == 1 else "Unknown",
        driver=driver,
    )
    return path


def _array(cells: Sequence[Any]) -> Any:
    if all(isinstance(cell, int) for cell in cells):
        return np.array(cells, dtype=np.int64)
    return np.array([None if cell is None else str(cell) for cell in cells], dtype=object)


def table(rows: Sequence[Row]) -> list[list[Any]]:
    """A header and cells, the geometry as WKT."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[wkt(r.get(n)) if n == SHAPE else r.get(n) for n in names] for r in rows]
    return [names, *cells]


def text_table(path: Path, cells: Cells) -> Path:
    """CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv_module.writer(file).writerows(cells)
    return path


def tagged(path: Path, cells: Cells) -> Path:
    """CSV with a row of HXL tags under the header."""
    header, *data = cells
    return text_table(path, [header, ["#meta"] * len(header), *data])


def workbook(path: Path, cells: Cells) -> Path:
    """XLSX."""
    book = openpyxl.Workbook()
    for row in cells:
        book.active.append(list(row))
    book.save(path)
    return path


_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def open_document(path: Path, cells: Cells) -> Path:
    """A spreadsheet as LibreOffice writes it, with nothing but its cells."""
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in cells
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {_SPACES}><office:body>'
        f'<office:spreadsheet><table:table table:name="S">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    manifest = f"<manifest:manifest {space}>{entry}</manifest:manifest>"
    members = {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}
    return zipped(path, members)


def _ods_cell(cell: Any) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    kind = (
        f'office:value-type="float" office:value="{cell}"'
        if number
        else 'office:value-type="string"'
    )
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """A zip file of files and texts by their name in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def zip_of(path: Path, parts: Iterable[Path]) -> Path:
    """A zip file of files."""
    return zipped(path, {part.name: part.read_bytes() for part in parts})


def _geojson(folder: Path, rows: Sequence[Row]) -> Path:
    features = [
        {
            "type": "Feature",
            "geometry": row.get(SHAPE),
            "properties": {name: cell for name, cell in row.items() if name != SHAPE},
        }
        for row in rows
    ]
    path = folder / "rows.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def _shp(folder: Path, rows: Sequence[Row]) -> Path:
    return vector(folder / "rows.shp", rows, "ESRI Shapefile")


def _zip(folder: Path, rows: Sequence[Row]) -> Path:
    _shp(folder, rows)
    return zip_of(folder / "rows.zip", folder.glob("rows.*"))


#: Format → how rows are written in it.
FORMS: Mapping[str, Callable[[Path, Sequence[Row]], Path]] = {
    "geojson": _geojson,
    "gpkg": lambda folder, rows: vector(folder / "rows.gpkg", rows, "GPKG"),
    "shp": _shp,
    "zip": _zip,
    "kml": lambda folder, rows: vector(folder / "rows.kml", rows, "LIBKML"),
    "gdb": lambda folder, rows: vector(folder / "rows.gdb", rows, "OpenFileGDB"),
    "csv": lambda folder, rows: text_table(folder / "rows.csv", table(rows)),
    "hxl": lambda folder, rows: tagged(folder / "rows.csv", table(rows)),
    "xlsx": lambda folder, rows: workbook(folder / "rows.xlsx", table(rows)),
    "ods": lambda folder, rows: open_document(folder / "rows.ods", table(rows)),
}

#: Formats in which a geometry is a column of text.
OF_TEXT = frozenset({"csv", "hxl", "xlsx", "ods"})
