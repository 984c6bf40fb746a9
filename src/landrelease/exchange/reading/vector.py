"""Map layers through GDAL: GeoPackage, Shapefile, File Geodatabase, KML, FlatGeobuf.

GDAL is imported inside the functions. It must never open a register's own file, whose locks it
would drop; hand it a snapshot.
"""

from __future__ import annotations

import contextlib
import math
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.errors import InputError, MissingExtraError
from landrelease.exchange.heights import flatten
from landrelease.exchange.issues import Issue, issue
from landrelease.exchange.reading.code_page import UNKNOWN, decoded, stated_encoding
from landrelease.exchange.reading.text import damage_issues
from landrelease.exchange.tables import SourceTable

#: First bytes of each format, so that a file is opened by the driver its name promises.
_MAGIC: Mapping[str, tuple[bytes, ...]] = {
    ".gpkg": (b"SQLite format 3\x00",),
    ".shp": (b"\x00\x00\x27\x0a",),
    ".fgb": (b"fgb",),
    ".kml": (b"<", b"\xef\xbb\xbf<"),
    ".zip": (b"PK",),
    ".kmz": (b"PK",),
}

#: A zipped layer larger than this unpacked is refused.
_UNZIPPED_LIMIT_BYTES = 4 * 2**30

#: A geodatabase is a folder; the others are files.
_LAYER_IN_ZIP = re.compile(r"(.*\.gdb)/|(?:.*\.(?:shp|dbf|gpkg|kml)$)", re.IGNORECASE)

#: What a Mac adds to a zip file: its own notes on each file.
_OF_MAC = re.compile(r"(?:^|/)(?:__MACOSX/|\._)")

_SHAPEFILE_NAME_LENGTH = 10

#: How a placemark is drawn, which says nothing of what it stands for.
_KML_DRAWING = {"tessellate", "extrude", "visibility", "drawOrder", "altitudeMode", "icon", "id"}


def read_vector(
    path: Path, layer: str | None, encoding: str | None, country: str | None = None
) -> SourceTable:
    """Read one layer: the named one, else the first; a file of one layer goes by its name too."""
    pyogrio = _pyogrio()
    target, inner = _target(path, layer)
    stated, odd = stated_encoding(path, inner) if encoding is None else (None, [])
    with _explained(path) as told_by_gdal:
        known = pyogrio.list_layers(target)
        whole_file = len(known) == 1 and layer in (Path(target).stem, path.name.split(".")[0])
        name, others = _choose(known, None if whole_file else layer, path)
        meta, _, wkb, values = _read(pyogrio, target, name, encoding or stated)
    shapes, damage, issues = _shapes(wkb)
    columns = {
        str(column): _plain(array, kind)
        for column, array, kind in zip(meta["fields"], values, meta["ogr_types"], strict=True)
    }
    used = meta["encoding"]
    if encoding is None and stated is None and used == UNKNOWN:
        columns, used, told = decoded(columns, country)
        odd = [*odd, *told]
    if path.suffix.casefold() in (".kml", ".kmz"):
        columns = {name: cells for name, cells in columns.items() if name not in _KML_DRAWING}
    if any("Measured" in str(one.message) for one in told_by_gdal):
        issues.append(issue("elevation_dropped", None, "measures (M)"))
    issues += _bare(target, columns)
    if others:
        issues.append(issue("sheets_not_read", None, ", ".join(others)))
    return SourceTable(
        name=name,
        columns=columns,
        count=len(wkb) if wkb is not None else len(next(iter(columns.values()), [])),
        geometry=shapes,
        crs=meta["crs"],
        encoding=used,
        issues=(*issues, *odd, *_truncated(path, columns), *damage_issues(columns)),
        damage=damage,
    )


def vector_layers(path: Path) -> list[str]:
    """Names of the layers of a map file."""
    pyogrio = _pyogrio()
    zipped = _zipped_layers(path) if path.suffix.casefold() == ".zip" else {}
    if len(zipped) > 1:
        return list(zipped)
    with _explained(path):
        return [str(name) for name, _ in pyogrio.list_layers(_target(path, None)[0])]


def _pyogrio() -> Any:
    try:
        import pyogrio
    except ImportError:
        raise MissingExtraError("gis", "reading map layers") from None
    return pyogrio


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[list[warnings.WarningMessage]]:
    """Turn GDAL's errors into ours; its warnings are kept from the screen, and yielded."""
    import pyogrio.errors

    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            yield told
    except UnboundLocalError:
        # pyogrio trips over a system that PROJ cannot even write down
        raise InputError(
            "crs_unknown",
            f"{path.name} names a coordinate reference system that cannot be read",
            "check its .prj, or take it out and set crs in the mapping file",
        ) from None
    except (pyogrio.errors.DataSourceError, ValueError, RuntimeError) as problem:
        raise InputError(
            "format_invalid",
            f"{path.name} cannot be read: {str(problem)[:200]}",
            "open it in a GIS and save it again as GeoPackage",
        ) from None


def _target(path: Path, layer: str | None) -> tuple[str, str | None]:
    """What GDAL opens, and its path inside a zip file."""
    suffix = path.suffix.casefold()
    if path.is_file():
        with path.open("rb") as file:
            start = file.read(16)
        if not start.startswith(_MAGIC.get(suffix, ())):
            raise InputError(
                "format_unknown",
                f"{path.name} is not what its name says: its first bytes are no {suffix[1:]}",
                "check the file, or give it the suffix of its format",
            )
    inner = _inside_zip(path, layer) if suffix == ".zip" else None
    absolute = str(path.resolve())
    return f"/vsizip/{absolute}/{inner}" if inner else absolute, inner


def _inside_zip(path: Path, layer: str | None) -> str:
    """Path inside a zip file of the named layer, or of the only one."""
    found = _zipped_layers(path)
    if layer in found:
        return found[str(layer)]
    if len(found) != 1:
        what = ", ".join(found) or "none"
        raise InputError(
            "layer_unknown", f"{path.name} holds several layers or none", f"name one of: {what}"
        )
    return next(iter(found.values()))


def _zipped_layers(path: Path) -> dict[str, str]:
    """Layers in a zip file by their name without folder and suffix."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise InputError("format_invalid", f"{path.name} is no zip file", "zip it again") from None
    if sum(member.file_size for member in members) > _UNZIPPED_LIMIT_BYTES:
        raise InputError("file_too_large", f"{path.name} unpacks to more than 4 GB")
    names = (member.filename for member in members if not _OF_MAC.search(member.filename))
    matches = filter(None, map(_LAYER_IN_ZIP.match, names))
    inner = [match.group(1) or match.group(0) for match in matches]
    # a .dbf beside its .shp is no layer; alone it is a table of rows without a place
    inner.sort(key=lambda name: not name.casefold().endswith(".dbf"))
    return {Path(name).stem: name for name in inner}


def _choose(layers: Any, layer: str | None, path: Path) -> tuple[str, list[str]]:
    names = [str(name) for name, _ in layers]
    if layer is None and names:
        return names[0], names[1:]
    if layer in names:
        return str(layer), []
    if not names:
        raise InputError("layer_unknown", f"{path.name} holds no layer", "export it again")
    known = ", ".join(names)
    raise InputError("layer_unknown", f"{path.name} has no layer {layer!r}", f"one of {known}")


def _read(pyogrio: Any, target: str, layer: str, encoding: str | None) -> Any:
    meta = pyogrio.read_info(target, layer=layer, encoding=encoding)
    read = pyogrio.raw.read(target, layer=layer, encoding=encoding, datetime_as_string=True)
    return ({**read[0], "ogr_types": meta["ogr_types"]}, *read[1:])


def _shapes(wkb: Any) -> tuple[NDArray[Any] | None, dict[int, str], list[Issue]]:
    """Shapes of WKB; a ring that is not closed is closed, other damage is listed by row."""
    if wkb is None:
        return None, {}, []
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    stored = np.array([blob is not None for blob in wkb], dtype=bool)
    bad = np.flatnonzero(stored & shapely.is_missing(shapes))
    issues: list[Issue] = []
    if len(bad):
        shapes[bad] = shapely.from_wkb(wkb[bad], on_invalid="fix")
        issues = [issue("ring_not_closed", int(r) + 1) for r in bad if shapes[r] is not None]
    damage = {int(row): "geometry_malformed" for row in bad if shapes[row] is None}
    issues += flatten(shapes)
    return shapes, damage, issues


def _plain(values: NDArray[Any], kind: str) -> list[Any]:
    """JSON-ready values; whole numbers stay whole where GDAL had to make room for missing ones."""
    if values.dtype.kind == "f":
        whole = kind in ("OFTInteger", "OFTInteger64")
        return [None if math.isnan(v) else int(v) if whole else v for v in values.tolist()]
    found = values.tolist()
    if kind == "OFTDateTime":
        return [
            v.removesuffix("Z").removesuffix("T00:00:00") if isinstance(v, str) else v
            for v in found
        ]
    return [_json_ready(v) for v in found]


def _json_ready(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, np.ndarray):
        return value.tolist()
    return value


def _bare(target: str, columns: Mapping[str, Any]) -> list[Issue]:
    """A word on a Shapefile without its table: its rows say nothing but where they lie."""
    bare = target.casefold().endswith(".shp") and not set(columns) - {"FID"}
    return [issue("table_missing")] if bare else []


def _truncated(path: Path, columns: Mapping[str, Any]) -> list[Issue]:
    if path.suffix.casefold() not in (".shp", ".zip"):
        return []
    cut = [name for name in columns if len(name) == _SHAPEFILE_NAME_LENGTH]
    return [issue("columns_truncated", None, ", ".join(cut))] if cut else []
