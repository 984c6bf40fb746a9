"""Area on the ellipsoid: against geodesics on densified edges, closed forms and cutting."""

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.geometry import area_m2, cut, unite

GEOD = pyproj.Geod(ellps="WGS84")


def geodesic_area_m2(polygon, step_degrees=0.0005):
    """Oracle: geodesics between vertices so close that an edge is straight in lon/lat."""
    area, _ = GEOD.geometry_area_perimeter(
        shapely.segmentize(shapely.orient_polygons(polygon), step_degrees)
    )
    return abs(area)


def star(longitude, latitude, radii):
    """A simple polygon around a centre, one vertex a direction."""
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    x, y = longitude + np.cos(angles) * radii, latitude + np.sin(angles) * radii
    return shapely.Polygon(np.column_stack([x, y]))


stars = st.builds(
    star,
    st.floats(-170, 170),
    st.floats(-80, 80),
    st.lists(st.floats(0.001, 0.5), min_size=3, max_size=12).map(np.array),
)


@settings(max_examples=60, deadline=None)
@given(stars)
def test_equals_geodesic_area_of_densified_edges(polygon):
    """The line integral equals the geodesic area once edges are densified."""
    expected = geodesic_area_m2(polygon)
    assert area_m2(polygon) == pytest.approx(expected, rel=1e-7, abs=0.2)


@settings(max_examples=100, deadline=None)
@given(stars, st.floats(0, 1))
def test_additive_under_cutting(polygon, share):
    """A polygon's area is the sum of its pieces, whatever the cut."""
    west, south, east, north = polygon.bounds
    knife = shapely.box(west - 1, south - 1, west + share * (east - west), north + 1)
    pieces = [cut(polygon, knife), shapely.intersection(polygon, knife)]
    assert sum(area_m2(pieces)) == pytest.approx(area_m2(polygon), rel=1e-9, abs=0.01)


def test_whole_ellipsoid_and_hemisphere_have_their_closed_form():
    """The sum over all latitudes is the published surface of WGS84, 510 065 621.724 km²."""
    assert area_m2(shapely.box(-180, -90, 180, 90)) == pytest.approx(510_065_621.724e6, rel=1e-11)
    assert area_m2(shapely.box(-180, 0, 180, 90)) == pytest.approx(510_065_621.724e6 / 2, rel=1e-11)


def test_holes_parts_orientation_and_odd_members():
    """Holes are taken off, parts are added, orientation does not matter, the rest measures zero."""
    shell, hole = shapely.box(17, 44, 17.2, 44.2), shapely.box(17.05, 44.05, 17.1, 44.1)
    ring = shapely.Polygon(shell.exterior.coords, [hole.exterior.coords])
    both = shapely.MultiPolygon([ring, hole])
    geometries = [ring, both, shapely.reverse(ring), None, shapely.Point(1, 1), shapely.Polygon()]
    areas = area_m2(np.array(geometries, dtype=object))
    assert areas[0] == pytest.approx(area_m2(shell) - area_m2(hole), abs=1e-4)
    assert areas[1] == pytest.approx(area_m2(shell), abs=1e-4)
    assert areas[2] == pytest.approx(areas[0], abs=1e-4)
    assert list(areas[3:]) == [0, 0, 0]


def test_a_collection_counts_its_polygons():
    """Only the polygons of a collection cover ground."""
    box = shapely.box(0, 0, 1, 1)
    assert area_m2(shapely.GeometryCollection([box, shapely.Point(5, 5)])) == area_m2(box)


def test_shape_of_the_array_is_kept_and_an_empty_array_is_allowed():
    """Arrays in, arrays of the same shape out."""
    grid = np.array(
        [[shapely.box(0, 0, 1, 1), None], [None, shapely.box(0, 0, 1, 2)]], dtype=object
    )
    assert area_m2(grid).shape == (2, 2)
    assert area_m2(np.array([], dtype=object)).shape == (0,)


@settings(max_examples=40, deadline=None)
@given(st.lists(stars, min_size=1, max_size=4))
def test_union_and_difference_account_for_all_ground(polygons):
    """What is cut away and what stays make up the union."""
    united = unite(polygons)
    rest = cut(united, polygons[0])
    assert area_m2(rest) + area_m2(polygons[0]) == pytest.approx(area_m2(united), rel=1e-7, abs=0.5)


@pytest.mark.parametrize("bad", [None, shapely.Point(0, 0), shapely.LineString([(0, 0), (1, 1)])])
def test_overlays_pass_over_what_covers_no_ground(bad):
    """None, points and lines neither cover nor cut."""
    box = shapely.box(0, 0, 1, 1)
    assert area_m2(unite([box, bad])) == area_m2(box)
    assert area_m2(cut(box, bad)) == area_m2(box)


def test_invalid_input_is_mended_for_the_overlay():
    """A bow tie does not make an overlay fail, and the result is valid."""
    bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    united = unite([bow_tie, shapely.box(0.5, 0.5, 1.5, 1.5)])
    assert united.is_valid
    assert area_m2(united) > 0
