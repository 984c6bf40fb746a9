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
import shapely

Row = Mapping[str, Any]
Cells = Sequence[Sequence[Any]]

#: Under which name the geometry of a row stands.
SHAPE = "geometry"


def rows_of(path: Path) -> list[Row]:
    """The rows of a GeoJSON file or of a table of text, the geometry under its name."""
    if path.suffix == ".geojson":
        features = json.loads(path.read_text("utf-8"))["features"]
        return [{**(one["properties"] or {"n": 1}), SHAPE: one["geometry"]} for one in features]
    header, *data = _cells_of(path)
    return [dict(zip(header, cells, strict=False)) for cells in data]


def cells_of(path: Path) -> Cells:
    """The same as a header and cells, the geometry as WKT; a table of text stays as it is."""
    if path.suffix != ".geojson":
        return _cells_of(path)
    rows = rows_of(path)
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [names, *([wkt(r[n]) if n == SHAPE else r.get(n) for n in names] for r in rows)]


def _cells_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv_module.reader(file))


#: Types that are written whole, with nothing broken in them.
OTHERS = ("LineString", "GeometryCollection")


def _whole(shape: Any) -> Any:
    return shapely.from_geojson(json.dumps(shape))


def wkb(shape: Any) -> bytes | None:
    """A GeoJSON geometry as WKB, ring by ring: what is not closed stays open."""
    if shape is None:
        return None
    if shape["type"] in OTHERS:
        return bytes(shapely.to_wkb(_whole(shape)))
    given = shape["coordinates"]
    if shape["type"] == "Point":
        return struct.pack(f"<BI{len(given)}d", 1, 1 if len(given) == 2 else 1001, *given)
    rings = b"".join(
        struct.pack("<I", len(ring)) + b"".join(struct.pack("<dd", *at) for at in ring)
        for ring in given
    )
    return struct.pack("<BII", 1, 3, len(given)) + rings


def wkt(shape: Any) -> str:
    """The same as text; what is nested wrongly breaks off."""
    if shape is None:
        return ""
    if shape["type"] in OTHERS:
        return str(shapely.to_wkt(_whole(shape), -1))
    given = shape["coordinates"]
    if shape["type"] == "Point":
        return f"POINT{' Z' * (len(given) > 2)} ({' '.join(map(str, given))})"
    if not given:
        return "POLYGON EMPTY"
    if not isinstance(given[0][0], list):
        return "POLYGON ((1 2"
    rings = ", ".join(f"({', '.join(f'{x} {y}' for x, y in ring)})" for ring in given)
    return f"POLYGON ({rings})"


def _kml_shape(shape: Any) -> str:
    if shape is None:
        return ""
    if shape["type"] == "GeometryCollection":
        return f"<MultiGeometry>{''.join(map(_kml_shape, shape['geometries']))}</MultiGeometry>"
    given = shape["coordinates"]
    if shape["type"] == "LineString":
        corners = " ".join(f"{x},{y}" for x, y in given)
        return f"<LineString><coordinates>{corners}</coordinates></LineString>"
    if shape["type"] == "Point":
        return f"<Point><coordinates>{','.join(map(str, given))}</coordinates></Point>"
    rings = "".join(
        f"<{side}><LinearRing><coordinates>{' '.join(f'{x},{y}' for x, y in ring)}</coordinates>"
        f"</LinearRing></{side}>"
        for side, ring in zip(["outerBoundaryIs", *["innerBoundaryIs"] * 9], given, strict=False)
    )
    return f"<Polygon>{rings}</Polygon>"


def kml(path: Path, rows: Sequence[Row]) -> Path:
    """KML, the columns as data of each placemark."""
    places = "".join(
        "<Placemark><ExtendedData>"
        + "".join(
            f'<Data name="{name}"><value>{escape(str(cell or ""))}</value></Data>'
            for name, cell in row.items()
            if name != SHAPE
        )
        + f"</ExtendedData>{_kml_shape(row.get(SHAPE))}</Placemark>"
        for row in rows
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
    path.write_text(f"{head}<Document><name>rows</name>{places}</Document></kml>", "utf-8")
    return path


def vector(path: Path, rows: Sequence[Row], driver: str, crs: str | None = "EPSG:4326") -> Path:
    """A map layer of GDAL's making; rows without any geometry are a plain table."""
    from pyogrio import raw

    names = [name for name in dict.fromkeys(n for row in rows for n in row) if name != SHAPE]
    kinds = {
        f"{row[SHAPE]['type']}{' Z' if len(row[SHAPE].get('coordinates', ())) == 3 else ''}"
        for row in rows if row.get(SHAPE)
    }  # fmt: skip
    placed = any(SHAPE in row for row in rows)
    values = [[row.get(name) for row in rows] for name in names]
    raw.write(
        str(path),
        np.array([wkb(row.get(SHAPE)) for row in rows], dtype=object) if placed else None,
        [_array(one) for one in values],
        np.array(names, dtype=object),
        field_mask=[np.array([cell is None for cell in one]) for one in values],
        crs=crs if placed else None,
        geometry_type=_type(kinds) if placed else None,
        driver=driver,
    )
    return path


def _type(kinds: set[str]) -> str:
    return "Unknown" if len(kinds) > 1 else next(iter(kinds), "Polygon")


def _array(cells: Sequence[Any]) -> Any:
    if all(isinstance(cell, int) for cell in cells):
        return np.array(cells, dtype=np.int64)
    return np.array([None if cell is None else str(cell) for cell in cells], dtype=object)


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


def geojson(path: Path, rows: Sequence[Row]) -> Path:
    """GeoJSON."""
    features = [
        {
            "type": "Feature",
            "geometry": row.get(SHAPE),
            "properties": {name: cell for name, cell in row.items() if name != SHAPE},
        }
        for row in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def shapefile(path: Path, rows: Sequence[Row]) -> Path:
    """A Shapefile, zipped where the name says so."""
    made = vector(path.with_suffix(".shp"), rows, "ESRI Shapefile")
    return zip_of(path, path.parent.glob(f"{path.stem}.*")) if path.suffix == ".zip" else made


#: Map formats and formats of tables → how rows, or cells, are written in them.
MAPS: Mapping[str, Callable[[Path, Sequence[Row]], Path]] = {
    "geojson": geojson,
    "gpkg": lambda path, rows: vector(path, rows, "GPKG"),
    "shp": shapefile,
    "zip": shapefile,
    "kml": kml,
    "gdb": lambda path, rows: vector(path, rows, "OpenFileGDB"),
}
TABLES: Mapping[str, Callable[[Path, Cells], Path]] = {
    "csv": text_table,
    "hxl.csv": tagged,
    "xlsx": workbook,
    "ods": open_document,
}


def written(form: str, source: Path, folder: Path) -> Path:
    """The rows of a file in another format."""
    path = folder / f"rows.{form}"
    if form in TABLES:
        return TABLES[form](path, cells_of(source))
    return MAPS[form](path, rows_of(source))
