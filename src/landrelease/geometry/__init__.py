"""Areas, overlays, repair, coordinate systems: what land measures and how shapes are mended.

Geometries are shapely objects or arrays of them, in longitude and latitude on WGS84 unless a
function says otherwise. Edges are straight in longitude and latitude, as in GeoJSON.
"""

from landrelease.geometry.area import area_m2
from landrelease.geometry.overlay import clip, cut, polygonal, unite

__all__ = ["area_m2", "clip", "cut", "polygonal", "unite"]
