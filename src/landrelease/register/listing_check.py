"""Check that other programs find the layers where they are: what the GeoPackage says of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from landrelease.domain.kinds import KindSpec, kinds
from landrelease.register.contract import Problem
from landrelease.register.geopackage import WGS84

_LISTED = "SELECT table_name, data_type, srs_id FROM gpkg_contents"
_PLACED = "SELECT table_name, column_name, srs_id, z, m FROM gpkg_geometry_columns"
_INDEXED = (
    "SELECT table_name, column_name FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'"
)
_SYSTEM = "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?"


def listing_problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield layers that other programs would not list, or would draw in another place.

    Tables of other programs in the same file are no fault.
    """
    said = {query: set(connection.execute(query)) for query in (_LISTED, _PLACED, _INDEXED)}
    for spec in kinds().values():
        if any(row not in said[query] for query, row in _due(spec)):
            text = "other programs do not find the layer, or draw it elsewhere; rebuild mends it"
            yield Problem("layer_unlisted", spec.name, text)
    if connection.execute(_SYSTEM, (WGS84,)).fetchone() != ("EPSG", WGS84):
        text = "the file says otherwise what longitude and latitude are"
        yield Problem("system_differs", "gpkg_spatial_ref_sys", text)


def _due(spec: KindSpec) -> Iterator[tuple[str, tuple[object, ...]]]:
    if not spec.has_geometry:
        yield _LISTED, (spec.name, "attributes", None)
        return
    yield _LISTED, (spec.name, "features", WGS84)
    yield _PLACED, (spec.name, "geom", WGS84, 0, 0)
    yield _INDEXED, (spec.name, "geom")
