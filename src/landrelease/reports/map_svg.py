"""A still map as SVG text, drawn from the shapes alone: no tiles, no outside address."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from landrelease.reports.facts import MapArea

WIDTH = 720.0
MARGIN = 12.0
#: Shapes smaller than this many units are drawn as a dot, so that no hazard vanishes.
DOT = 3.0
#: Radius of a dot, and where so many shapes are drawn that dots would hide one another.
DOT_RADIUS, CROWDED_RADIUS, CROWD = 2.4, 1.2, 1000
ACCIDENT_RADIUS = 2.6
M_PER_DEGREE = 111_320.0

#: What is drawn over what: districts below, accidents on top.
ORDER = ("district", "released", "closed", "suspended", "SHA", "CHA", "accident")


def country_map(shapes: Sequence[MapArea], says: str) -> str:
    """Draw shapes in an equirectangular view, true to scale at the middle latitude.

    Parameters
    ----------
    shapes : sequence of MapArea
        Geometries in longitude and latitude; empty ones are passed over.
    says : str
        The map in words.

    Returns
    -------
    str
        SVG text, or an empty string where there is nothing to draw.
    """
    drawn = [(s, g) for s in shapes for g in _pieces(_geometry(s.geometry)) if not g.is_empty]
    if not drawn:
        return ""
    view = _View(np.array([geometry.bounds for _, geometry in drawn]))
    drawn.sort(key=lambda pair: ORDER.index(pair[0].style) if pair[0].style in ORDER else 0)
    parts = [view.shape(shape, geometry) for shape, geometry in drawn]
    labels = [view.label(s, g) for s, g in drawn if s.style == "district" and s.label]
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH:.0f} {view.height:.0f}" role="img" '
        f'aria-label="{escape(says, quote=True)}">'
        f"{''.join(parts)}{''.join(labels)}{view.scale_bar()}</svg>"
    )


def _pieces(geometry: BaseGeometry | None) -> list[BaseGeometry]:
    """Points far from each other are a dot each; what is drawn with rings stays together."""
    if geometry is None:
        return []
    apart = geometry.geom_type in ("MultiPoint", "GeometryCollection")
    return list(shapely.get_parts(geometry)) if apart else [geometry]


def _geometry(given: object) -> BaseGeometry | None:
    if given is None or isinstance(given, BaseGeometry):
        return given
    made: BaseGeometry = shapely.geometry.shape(given)
    return made


class _View:
    """From degrees to units of the drawing."""

    def __init__(self, bounds: np.ndarray) -> None:
        west, south = bounds[:, :2].min(axis=0)
        east, north = bounds[:, 2:].max(axis=0)
        self.squeeze = max(0.05, math.cos(math.radians((south + north) / 2)))
        wide = max((east - west) * self.squeeze, (north - south) * 0.6, 1e-3)
        self.scale = (WIDTH - 2 * MARGIN) / wide
        self.west = west - (wide / self.squeeze - (east - west)) / 2
        self.north = north
        self.dot = CROWDED_RADIUS if len(bounds) > CROWD else DOT_RADIUS
        self.height = (north - south) * self.scale + 2 * MARGIN + 24

    def shape(self, shape: MapArea, geometry: BaseGeometry) -> str:
        title = f"<title>{escape(shape.label)}</title>" if shape.label else ""
        west, south, east, north = geometry.bounds
        size = max((east - west) * self.squeeze, north - south) * self.scale
        if size < DOT and shape.style != "district":
            x, y = self._place(geometry.representative_point())
            radius = ACCIDENT_RADIUS if shape.style == "accident" else self.dot
            at = f'cx="{x}" cy="{y}" r="{radius}"'
            return f'<circle class="{shape.style}" {at}>{title}</circle>'
        simple = geometry.simplify(0.3 / self.scale)
        paths = "".join(self._ring(ring) for ring in _rings(simple if simple.area else geometry))
        return f'<path class="{shape.style}" d="{paths}">{title}</path>'

    def label(self, shape: MapArea, geometry: BaseGeometry) -> str:
        x, y = self._place(geometry.representative_point())
        return (
            f'<text class="place" x="{x}" y="{y}" text-anchor="middle">{escape(shape.label)}</text>'
        )

    def scale_bar(self) -> str:
        units_per_km = self.scale / M_PER_DEGREE * 1000
        rough = WIDTH / 5 / units_per_km
        power = 10.0 ** math.floor(math.log10(rough))
        km = max(m * power for m in (1, 2, 5) if m * power <= rough)
        y, end = self.height - 10, MARGIN + km * units_per_km
        return (
            f'<path class="scale" d="M{MARGIN:.0f} {y - 5:.1f}v5H{end:.1f}v-5"/>'
            f'<text x="{end + 6:.1f}" y="{y:.1f}">{km:g} km</text>'
        )

    def _place(self, point: BaseGeometry) -> tuple[str, str]:
        x, y = self._units(shapely.get_coordinates(point))[0]
        return f"{x:.1f}", f"{y:.1f}"

    def _units(self, coordinates: np.ndarray) -> np.ndarray:
        x = (coordinates[:, 0] - self.west) * self.squeeze * self.scale + MARGIN
        y = (self.north - coordinates[:, 1]) * self.scale + MARGIN
        return np.column_stack([x, y])

    def _ring(self, ring: BaseGeometry) -> str:
        units = self._units(shapely.get_coordinates(ring))
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in units[:-1]) + "Z"


def _rings(geometry: BaseGeometry) -> Iterable[BaseGeometry]:
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            yield part.exterior
            yield from part.interiors
