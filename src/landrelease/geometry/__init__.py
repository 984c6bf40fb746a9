"""Areas, overlays, repair, coordinate systems: what land measures and how shapes are mended.

Geometries are shapely objects or arrays of them, in longitude and latitude on WGS84 unless a
function says otherwise. Edges are straight in longitude and latitude, as in GeoJSON.
"""

from landrelease.geometry.antimeridian import Unrolled, roll, unroll
from landrelease.geometry.area import area_m2
from landrelease.geometry.collections import Family, is_collection, taken_apart
from landrelease.geometry.crs import (
    WGS84,
    describe_crs,
    has_datum,
    is_wgs84,
    parse_crs,
    shift_m,
    to_wgs84,
)
from landrelease.geometry.geodesy import apart_m, destination, distance_m, grid_convergence_deg
from landrelease.geometry.geojson import as_geojson
from landrelease.geometry.nearness import distances_m, touching, windows
from landrelease.geometry.overlay import clip, clip_to, cut, cut_from, join, polygonal, unite
from landrelease.geometry.validity import (
    Repaired,
    RepairedArray,
    duplicate_vertices,
    find_problems,
    finite,
    problems,
    repair,
    repair_all,
)

__all__ = [
    "WGS84",
    "Family",
    "Repaired",
    "RepairedArray",
    "Unrolled",
    "apart_m",
    "area_m2",
    "as_geojson",
    "clip",
    "clip_to",
    "cut",
    "cut_from",
    "describe_crs",
    "destination",
    "distance_m",
    "distances_m",
    "duplicate_vertices",
    "find_problems",
    "finite",
    "grid_convergence_deg",
    "has_datum",
    "is_collection",
    "is_wgs84",
    "join",
    "parse_crs",
    "polygonal",
    "problems",
    "repair",
    "repair_all",
    "roll",
    "shift_m",
    "taken_apart",
    "to_wgs84",
    "touching",
    "unite",
    "unroll",
    "windows",
]
