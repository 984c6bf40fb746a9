"""Writing records in the formats that others read."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from landrelease.errors import InputError, writing
from landrelease.exchange.writing.export import ExportTable
from landrelease.exchange.writing.geojson import write_geojson
from landrelease.exchange.writing.sheets import write_csv, write_hxl, write_xlsx
from landrelease.exchange.writing.vector import write_geopackage, write_kml, write_shapefile_zip

__all__ = ["FORMATS", "LOSSES", "SEVERAL_KINDS", "ExportTable", "format_of", "write_table"]

Writer = Callable[[Path, Sequence[ExportTable]], None]

WRITERS: Mapping[str, Writer] = {
    "geojson": write_geojson,
    "gpkg": write_geopackage,
    "shapefile": write_shapefile_zip,
    "kml": write_kml,
    "csv": write_csv,
    "hxl": write_hxl,
    "xlsx": write_xlsx,
}

#: Format by the end of a file's name; longer ends go first.
FORMATS: Mapping[str, str] = {
    ".hxl.csv": "hxl",
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
    ".zip": "shapefile",
    ".kml": "kml",
    ".csv": "csv",
    ".xlsx": "xlsx",
}

#: Formats that hold records of several kinds in one file.
SEVERAL_KINDS = frozenset({"geojson", "gpkg"})

_TABLE_LOSSES = (
    "Lists and objects become text.",
    "The difference between empty text and no value is lost.",
)

_BESIDE = (
    "A point on each outline stands beside it (longitude, latitude), and comes back as attributes."
)

#: What each format does not carry, in sentences for the reader of an export.
LOSSES: Mapping[str, tuple[str, ...]] = {
    "geojson": (),
    "gpkg": (),
    "shapefile": (
        "Column names are cut to ten characters.",
        "Text longer than 254 bytes is cut.",
        "Whether a value is missing or zero, or true or false, may not be told apart.",
        "Points, lines and polygons go into separate files, and rows without a place into a table;"
        " of a collection of them goes what counts for its kind.",
        "An outline may begin at another vertex and run the other way.",
        *_TABLE_LOSSES,
    ),
    "kml": (
        "Whole numbers become text.",
        "Numbers keep fifteen digits, coordinates too.",
        *_TABLE_LOSSES,
    ),
    "csv": (
        "Types of columns are not stored; all values are text.",
        _BESIDE,
        "Text that a spreadsheet would run as a formula gets an apostrophe before it.",
        *_TABLE_LOSSES,
    ),
    "hxl": (
        "Types of columns are not stored; all values are text.",
        _BESIDE,
        "Fields without a tag in the HXL standard have none.",
        "Text that a spreadsheet would run as a formula gets an apostrophe before it.",
        *_TABLE_LOSSES,
    ),
    "xlsx": (
        "Text longer than 32,767 characters is cut, outlines among it.",
        "Numbers keep fifteen digits.",
        _BESIDE,
        *_TABLE_LOSSES,
    ),
}


def format_of(path: str | Path) -> str:
    """Format that a file's name asks for.

    Raises
    ------
    InputError
        No format has this suffix.

    Examples
    --------
    >>> format_of("areas.hxl.csv"), format_of("areas.zip")
    ('hxl', 'shapefile')
    """
    name = Path(path).name.casefold()
    for suffix, found in FORMATS.items():
        if name.endswith(suffix):
            return found
    known = ", ".join(FORMATS)
    raise InputError("format_unknown", f"{name}: no writer for this suffix", f"one of {known}")


def write_table(
    path: str | Path, tables: Sequence[ExportTable], *, format: str | None = None
) -> None:
    """Write records to a file, all of it or nothing.

    Parameters
    ----------
    path : str or Path
        A file there is replaced once the new one is complete, but never a GeoPackage, since that
        may be a register.
    tables : sequence of ExportTable
        One per kind. Only GeoJSON and GeoPackage hold more than one.
    format : str, optional
        A key of `LOSSES`; by the suffix otherwise.

    Raises
    ------
    InputError
        The format is unknown, holds one kind only, or the place cannot be written to.
    """
    path = Path(path)
    if path.suffix.casefold() == ".gpkg" and path.exists():
        raise InputError(
            "file_exists",
            f"{str(path)!r} is there already, and a GeoPackage may be a register",
            "choose another name, or remove it yourself",
        )
    format = format or format_of(path)
    if format not in WRITERS:
        raise InputError(
            "format_unknown", f"no writer for {format!r}", f"one of {', '.join(WRITERS)}"
        )
    if len(tables) != 1 and format not in SEVERAL_KINDS:
        raise InputError(
            "kind_needed", f"{path.name}: {format} holds records of one kind", "name it with --kind"
        )
    with writing(path), TemporaryDirectory(dir=path.parent, prefix=".export-") as folder:
        made = Path(folder) / path.name
        WRITERS[format](made, tables)
        os.replace(made, path)
