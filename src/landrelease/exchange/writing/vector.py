"""Map formats through GDAL: GeoPackage, zipped Shapefile, KML.

GDAL only ever writes a new file under a temporary name; never a register.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.domain.kinds import kind_spec
from landrelease.domain.shapes import unmixed
from landrelease.errors import InputError, MissingExtraError
from landrelease.exchange.writing.export import ExportTable
from landrelease.exchange.writing.whole import check_geopackage, check_shapefile
from landrelease.geometry import WGS84, is_collection

_DTYPES: Mapping[str, Any] = {"integer": np.int64, "number": np.float64, "boolean": np.bool_}

#: Letters of what GDAL says that are told.
_WORDS = 200

#: How GDAL says that a format has no room for what a record is, whatever the disk has.
_REFUSES = re.compile("not supported|unsupported", re.IGNORECASE)

#: Shapefile holds one type of geometry a file; these go together.
_FAMILIES: Mapping[str, tuple[int, ...]] = {
    "points": (0,), "multipoints": (4,), "lines": (1, 5), "polygons": (3, 6),
}  # fmt: skip


def write_geopackage(path: Path, tables: Sequence[ExportTable]) -> None:
    """One layer per kind; kinds without geometry become attribute tables."""
    for table in tables:
        _write(path, table, driver="GPKG", layer=table.kind)
    check_geopackage(path, {table.kind: len(table.rows) for table in tables})


def write_kml(path: Path, tables: Sequence[ExportTable]) -> None:
    """One folder of placemarks.

    GDAL tells nobody when a disk is full as it closes a KML file, so it writes to memory.
    """
    (table,) = tables
    document = BytesIO()
    _write(document, table, driver="LIBKML", layer=table.kind)
    path.write_bytes(document.getbuffer())


def write_shapefile_zip(path: Path, tables: Sequence[ExportTable]) -> None:
    """A zip file with one Shapefile per type of geometry."""
    (table,) = map(_without_collections, tables)
    with TemporaryDirectory(dir=path.parent) as folder:
        for name, part in _by_family(table):
            shp = Path(folder) / f"{name}.shp"
            _write(shp, part, driver="ESRI Shapefile", layer=name, encoding="UTF-8")
            check_shapefile(shp, len(part.rows))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member in sorted(Path(folder).iterdir()):
                archive.write(member, member.name)


def _without_collections(table: ExportTable) -> ExportTable:
    """The table with one type of geometry a row, since a Shapefile holds no collection."""
    if table.geometries is None:
        return table
    shapes = table.geometries.copy()
    for row, shape in enumerate(shapes):
        if is_collection(shape):
            shapes[row] = unmixed(kind_spec(table.kind), shape)[0]
    shapes[shapely.is_empty(shapes)] = None
    return replace(table, geometries=shapes)


def _by_family(table: ExportTable) -> list[tuple[str, ExportTable]]:
    if table.geometries is None:
        return [(table.kind, table)]
    types = shapely.get_type_id(table.geometries)
    parts = []
    for family, members in _FAMILIES.items():
        rows = np.flatnonzero(np.isin(types, members))
        if len(rows):
            parts.append((f"{table.kind}_{family}", _rows_of(table, rows)))
    rest = np.flatnonzero(~np.isin(types, sum(_FAMILIES.values(), ())))
    if len(rest):
        parts.append((f"{table.kind}_without_geometry", _rows_of(table, rest)))
    return parts or [(table.kind, table)]


def _rows_of(table: ExportTable, rows: NDArray[Any]) -> ExportTable:
    shapes = table.geometries[rows] if table.geometries is not None else None
    kept = [table.rows[row] for row in rows.tolist()]
    empty = shapes is None or bool(shapely.is_missing(shapes).all())
    return ExportTable(table.kind, table.fields, kept, None if empty else shapes)


def _write(to: Path | BytesIO, table: ExportTable, *, layer: str, **options: Any) -> None:
    """Write a layer.

    Raises
    ------
    InputError
        ``record_unwritable``: the format has no room for what a record is.
    OSError
        GDAL could not write it; its words hold no SQL.
    """
    try:
        from pyogrio import raw
        from pyogrio.errors import DataLayerError, DataSourceError, FeatureError
    except ImportError:
        raise MissingExtraError("gis", "writing map layers") from None
    shapes = table.geometries
    arrays = [_array(list(table.column(name)), kind) for name, kind in table.types.items()]
    with warnings.catch_warnings(), _as_os_errors(DataLayerError, DataSourceError, FeatureError):
        # of what LOSSES lists: shortened names, cut text
        warnings.simplefilter("ignore", RuntimeWarning)
        raw.write(
            to if isinstance(to, BytesIO) else str(to),
            None if shapes is None else shapely.to_wkb(shapes, byte_order=1),
            [values for values, _ in arrays],
            np.array(list(table.types), dtype=object),
            field_mask=[mask for _, mask in arrays],
            layer=layer,
            crs=None if shapes is None else WGS84,
            geometry_type=None if shapes is None else _geometry_type(shapes),
            promote_to_multi=False,
            **options,
        )


@contextmanager
def _as_os_errors(*problems: type[Exception]) -> Iterator[None]:
    """Let what GDAL says of a file go on as what the system says of one, without its SQL."""
    try:
        yield
    except problems as problem:
        words = str(problem).strip().rpartition("failed: ")[2][-_WORDS:]
        if _REFUSES.search(words):
            raise InputError(
                "record_unwritable",
                f"the format cannot hold a record (GDAL says: {words})",
                "write GeoJSON, or mend the record that it names",
            ) from None
        raise OSError(f"the disk may be full (GDAL says: {words})") from None


def _array(values: list[Any], kind: str) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Values as an array of the field's type, and where they are missing."""
    missing = np.array([value is None or value == "" for value in values], dtype=bool)
    dtype = _DTYPES.get(kind)
    if dtype is None:
        texts = [None if gone else str(v) for v, gone in zip(values, missing, strict=True)]
        return np.array(texts, dtype=object), missing
    filled = [0 if gone else value for value, gone in zip(values, missing, strict=True)]
    return np.array(filled, dtype=dtype), missing


def _geometry_type(shapes: NDArray[Any]) -> str:
    names = {shape.geom_type for shape in shapes if shape is not None}
    return names.pop() if len(names) == 1 else "Unknown"
