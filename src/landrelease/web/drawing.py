"""A plain drawing of the hazardous areas as SVG, made without a script."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np
import shapely
from markupsafe import Markup

from landrelease.web.tiles import Geometries, TileLayer, mercator

WIDTH_PX = 900
CLASSES = {"CHA": "cha", "SHA": "sha"}
# Attributes, not a style sheet: the page's policy allows no inline styles.
PAINT = {
    "gone": 'fill="none" stroke="#7a858c"',
    "sha": 'fill="#e39a26" stroke="#9a5b00"',
    "cha": 'fill="#c23b2c" stroke="#7c1c12"',
}


def overview(layer: TileLayer, title: str) -> str:
    """Draw a layer of hazardous areas.

    Parameters
    ----------
    layer : TileLayer
        The areas; kind and status decide the colour.
    title : str
        Said to people who cannot see the drawing.

    Returns
    -------
    str
        An SVG document of one path for each class.
    """
    if layer.bounds is None:
        return _document(60, title, "")
    left, top, right, bottom = shapely.total_bounds(layer.geometries)
    side = max(right - left, bottom - top) or 1e-6
    scale = (WIDTH_PX - 20) / side
    corner = np.array([left, top])
    placed = shapely.transform(layer.geometries, lambda xy: (xy - corner) * scale + 10)
    shapes = shapely.simplify(placed, 0.4, preserve_topology=False)
    classes = np.array([_class_of(dict(p)) for p in layer.properties])
    paths = "".join(
        f'<path {paint} stroke-width="1.2" d="{_path(shapes[classes == name])}"/>'
        for name, paint in PAINT.items()
    )
    return _document(int((bottom - top) * scale) + 20, title, paths)


def outline(geometry: Mapping[str, Any], title: str) -> Markup:
    """Draw one geometry by itself, scaled to fit, north up.

    Parameters
    ----------
    geometry : mapping
        GeoJSON in longitude and latitude.
    title : str
        Said to people who cannot see the drawing.
    """
    shape = shapely.transform(shapely.geometry.shape(geometry), mercator)
    left, top, right, bottom = shape.bounds
    scale = 200 / (max(right - left, bottom - top) or 1.0)
    placed = shapely.transform(shape, lambda xy: (xy - np.array([left, top])) * scale + 10)
    if shapely.get_dimensions(placed) < 2:
        placed = shapely.buffer(placed, 4)
    width, height = int((right - left) * scale) + 20, int((bottom - top) * scale) + 20
    return Markup(
        f'<svg class="outline" viewBox="0 0 {width} {height}" role="img">'
        f"<title>{escape(title)}</title>"
        f'<path d="{_path(np.atleast_1d(placed))}"/></svg>'
    )


def _class_of(properties: dict[str, object]) -> str:
    if properties.get("status") in ("closed", "handed_over"):
        return "gone"
    return CLASSES.get(str(properties.get("hazard_kind")), "sha")


def _path(shapes: Geometries) -> str:
    rings = shapely.get_rings(shapes[shapely.get_dimensions(shapes) == 2])
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(ring)[:-1]) + "Z"
        for ring in rings
    )


def _document(height: int, title: str, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX} {height}" role="img">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{WIDTH_PX}" height="{height}" fill="#f5f2ea"/>{body}</svg>'
    )
