"""Whether a map file is all on the disk: GDAL says nothing of a disk that is full as it closes one.

So what was written is held against what the file says of itself, and against its rows.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import struct
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path


def check_geopackage(path: Path, rows: Mapping[str, int]) -> None:
    """Refuse a GeoPackage that lacks rows of a layer, or the index of one.

    Parameters
    ----------
    rows : Mapping of str to int
        Rows of each layer.

    Raises
    ------
    OSError
        The disk was full.
    """
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
        try:
            held = {name: _count(file, name) for name in rows}
            tables = {name for (name,) in file.execute(_TABLES)}
            drawn = list(file.execute(_DRAWN)) if "gpkg_geometry_columns" in tables else []
        except sqlite3.Error:
            raise _full() from None
    indexes = {f"rtree_{layer}_{column}" for layer, column in drawn}
    if held != dict(rows) or indexes - tables:
        raise _full()


_TABLES = "SELECT name FROM sqlite_master"
_DRAWN = "SELECT table_name, column_name FROM gpkg_geometry_columns"


def _count(file: sqlite3.Connection, layer: str) -> int:
    [count] = file.execute(f'SELECT count(*) FROM "{layer}"').fetchone()
    return int(count)


def check_shapefile(path: Path, rows: int) -> None:
    """Refuse a Shapefile of which a part is shorter than its own head says.

    Parameters
    ----------
    path : Path
        The ``.shp``; where no row has a place there is a ``.dbf`` alone.
    rows : int
        How many were written.

    Raises
    ------
    OSError
        The disk was full.
    """
    if not _whole_table(path.with_suffix(".dbf"), rows):
        raise _full()
    for part in (path, path.with_suffix(".shx")):
        if part.exists() and not _whole_shapes(part):
            raise _full()


def _whole_table(path: Path, rows: int) -> bool:
    """A dBASE file: a head, then rows of one length."""
    with path.open("rb") as file:
        head = file.read(12)
    if len(head) < 12:
        return False
    count, start, width = struct.unpack("<4xIHH", head)
    return bool(count == rows and path.stat().st_size >= start + count * width)


def _whole_shapes(path: Path) -> bool:
    """Shapes or their index: the head tells the length of the file in words of two bytes."""
    with path.open("rb") as file:
        head = file.read(28)
    return len(head) == 28 and path.stat().st_size == 2 * struct.unpack(">24xI", head)[0]


def _full() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
