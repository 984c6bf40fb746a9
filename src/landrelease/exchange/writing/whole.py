"""Whether a map file is all on the disk: GDAL says nothing of a disk that is full as it closes one.

So what was written is held against what the file says of itself, and against its rows.
"""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Mapping
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
    from pyogrio import read_info
    from pyogrio.errors import DataLayerError, DataSourceError

    for layer, count in rows.items():
        try:
            info = read_info(path, layer=layer, force_feature_count=True)
        except (DataLayerError, DataSourceError):
            raise _full() from None
        indexed = info["geometry_type"] is None or info["capabilities"]["fast_spatial_filter"]
        if info["features"] != count or not indexed:
            raise _full()


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
