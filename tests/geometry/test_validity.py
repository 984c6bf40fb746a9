"""Finding and mending invalid shapes, without losing or inventing ground."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.geometry import (
    area_m2,
    duplicate_vertices,
    find_problems,
    problems,
    repair,
    repair_all,
)

BOW_TIE = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
HOLE_OUTSIDE = shapely.Polygon([(0, 0), (1, 0), (1, 1), (0, 1)], [[(5, 5), (6, 5), (6, 6), (5, 6)]])
NESTED = shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(2, 2, 3, 3)])
TWICE = shapely.Polygon([(0, 0), (1, 0), (1, 0), (1, 1), (0, 1)])
LINE = shapely.Polygon([(0, 0), (1, 0), (2, 0)])


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (None, "geometry_missing"),
        (shapely.Polygon(), "geometry_empty"),
        (BOW_TIE, "self_intersection"),
        (HOLE_OUTSIDE, "ring_nested_wrongly"),
        (NESTED, "ring_nested_wrongly"),
        (TWICE, "duplicate_vertex"),
        (LINE, "zero_area"),
        (shapely.Point(np.inf, 1), "coordinate_impossible"),
    ],
)
def test_each_problem_has_its_code(shape, code):
    """A shape with one fault is named by that fault's code."""
    assert code in problems(shape)


def test_a_sound_shape_has_no_problem_and_is_not_touched():
    """Repair hands back the very same geometry, and no code."""
    box = shapely.box(0, 0, 1, 1)
    assert problems(box) == ()
    mended = repair(box)
    assert mended.geometry is box
    assert (mended.codes, mended.area_change_m2) == ((), 0.0)


coordinates = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=4, max_size=10, unique=True
)


@settings(max_examples=200, deadline=None)
@given(coordinates)
def test_mended_shapes_are_valid_and_stay_inside_their_hull(points):
    """Whatever the order of vertices, the result is valid, and covers no ground outside the hull."""
    mended = repair(shapely.Polygon(points)).geometry
    assert mended.is_valid
    hull = shapely.convex_hull(shapely.MultiPoint(points))
    assert shapely.difference(mended, hull).area == pytest.approx(0, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(st.lists(coordinates, min_size=1, max_size=6))
def test_an_array_is_mended_as_its_members_are(many):
    """Mending in bulk and one by one give the same shapes and the same changes of area."""
    shapes = np.array([shapely.Polygon(points) for points in many], dtype=object)
    bulk = repair_all(shapes)
    for row, shape in enumerate(shapes):
        single = repair(shape)
        assert shapely.equals_exact(bulk.geometries[row], single.geometry)
        assert bool(bulk.mended[row]) == bool(single.codes)


def test_change_of_area_is_that_of_the_measured_areas():
    """The change is area after minus area of the rings as drawn; a bow tie gains both halves."""
    mended = repair(BOW_TIE)
    assert mended.area_change_m2 == pytest.approx(area_m2(mended.geometry) - area_m2(BOW_TIE))
    assert mended.area_change_m2 > 0


def test_duplicate_vertices_are_found_in_holes_and_parts_only_where_they_are():
    """The closing vertex is no duplicate; a repeated vertex of a hole is."""
    hole = shapely.Polygon(shapely.box(0, 0, 9, 9).exterior.coords, [TWICE.exterior.coords])
    shapes = np.array([shapely.box(0, 0, 1, 1), hole, None, shapely.Point(0, 0)], dtype=object)
    assert duplicate_vertices(shapes).tolist() == [False, True, False, False]


def test_an_empty_array_has_no_problems():
    """Nothing in, nothing found."""
    assert find_problems(np.array([], dtype=object)) == {}
