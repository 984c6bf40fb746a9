"""Reading outside formats into plain tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from landrelease.errors import InputError
from landrelease.exchange.reading.delimited import read_delimited
from landrelease.exchange.reading.geojson import read_geojson
from landrelease.exchange.reading.vector import read_vector, vector_layers
from landrelease.exchange.reading.workbook import read_workbook, sheet_names
from landrelease.exchange.tables import SourceTable

Reader = Callable[[Path, str | None, str | None, str | None], SourceTable]

READERS: Mapping[str, Reader] = {
    ".geojson": read_geojson,
    ".json": read_geojson,
    ".geojsonl": read_geojson,
    ".geojsons": read_geojson,
    ".gpkg": read_vector,
    ".shp": read_vector,
    ".zip": read_vector,
    ".kml": read_vector,
    ".kmz": read_vector,
    ".gdb": read_vector,
    ".fgb": read_vector,
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".txt": read_delimited,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".xls": read_workbook,
    ".ods": read_workbook,
}


def read_table(
    path: str | Path,
    layer: str | None = None,
    *,
    encoding: str | None = None,
    header_rows: tuple[int, ...] = (),
    country: str | None = None,
) -> SourceTable:
    """Read one table or map layer as it stands; nothing is interpreted yet.

    Parameters
    ----------
    path : str or Path
        The suffix says the format: GeoJSON, GeoPackage, Shapefile (zipped too), KML, File
        Geodatabase, FlatGeobuf, CSV, XLSX, XLS, ODS.
    layer : str, optional
        Layer or sheet; the first one otherwise, and the others are named in an issue.
    encoding : str, optional
        Encoding of the text where the file does not say it.
    header_rows : tuple of int
        Rows of a sheet or a table of text that are its header, counted from 1.
    country : str, optional
        ISO 3166-1 alpha-3 of the country whose languages tell code pages apart.

    Raises
    ------
    InputError
        The file is missing, a directory, empty, of an unknown format, or cannot be read.
    """
    path = Path(path)
    reader = _reader_of(path)
    try:
        if reader is read_workbook or reader is read_delimited:
            table = reader(path, layer, encoding, country, header_rows)
        else:
            table = reader(path, layer, encoding, country)
    except OSError as problem:
        raise _unreadable(path, problem) from None
    if reader in _OF_ONE_LAYER:
        _check_layer(path, layer, (table.name, _stem(path)))
    return table


def list_layers(path: str | Path) -> list[str]:
    """Names of the layers or sheets that `read_table` can read from a file.

    Raises
    ------
    InputError
        As `read_table`.
    """
    path = Path(path)
    reader = _reader_of(path)
    try:
        if reader is read_vector:
            return vector_layers(path)
        return sheet_names(path) if reader is read_workbook else [_stem(path)]
    except OSError as problem:
        raise _unreadable(path, problem) from None


#: What reads a file that is one layer; it goes by the file's name, or by one of its own.
_OF_ONE_LAYER = (read_geojson, read_delimited)


def _stem(path: Path) -> str:
    return path.name.split(".")[0]


def _check_layer(path: Path, layer: str | None, names: tuple[str, str]) -> None:
    if layer is not None and layer not in names:
        known = " or ".join(dict.fromkeys(names))
        raise InputError(
            "layer_unknown",
            f"{path.name} has no layer {layer!r}: a file of this format is one layer",
            f"leave the layer out, or name it {known}",
        )


def _reader_of(path: Path) -> Reader:
    suffix = path.suffix.casefold()
    _check_file(path, suffix)
    reader = READERS.get(suffix)
    if reader is None:
        known = ", ".join(one[1:] for one in READERS)
        raise InputError(
            "format_unknown",
            f"{path.name}: no reader for {suffix or 'no suffix'}",
            f"one of {known}",
        )
    return reader


def _unreadable(path: Path, problem: OSError) -> InputError:
    why = problem.strerror or problem
    return InputError("file_unreadable", f"{path.name} cannot be read: {why}")


def _check_file(path: Path, suffix: str) -> None:
    if not path.exists():
        raise InputError("file_missing", f"there is no file {str(path)!r}", "check the path")
    if path.is_dir() and suffix != ".gdb":
        raise InputError("file_is_directory", f"{str(path)!r} is a directory", "name a file in it")
    if path.is_file() and path.stat().st_size == 0:
        raise InputError("file_empty", f"{path.name} is empty", "check that it was saved")
