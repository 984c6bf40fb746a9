"""Shapes across the 180th meridian: cut as GeoJSON asks, and their area is what it was."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.geometry import area_m2, roll, unroll


def across(shape):
    """One shape unrolled and rolled up again."""
    unrolled = unroll(np.array([shape], dtype=object))
    return roll(unrolled.geometries)[0]


def wrapped(shape):
    """The shape with every longitude between -180° and 180°, as programs write it."""
    return shapely.transform(
        shape, lambda xy: np.column_stack([(xy[:, 0] + 180) % 360 - 180, xy[:, 1]])
    )


corners = st.lists(
    st.tuples(st.floats(-3, 3), st.floats(-80, 80)), min_size=3, max_size=8, unique=True
)


@settings(max_examples=200, deadline=None)
@given(corners, st.floats(170, 190))
def test_the_cut_changes_no_area(offsets, middle):
    """An outline written across the meridian has the area of the same outline elsewhere."""
    hull = shapely.convex_hull(shapely.MultiPoint(offsets))
    if hull.geom_type != "Polygon" or hull.area < 1e-3:
        return
    here = shapely.transform(hull, lambda xy: xy + np.array([middle, 0]))
    if not here.is_valid:  # corners nearer than a longitude can tell fell together
        return
    for written in (here, wrapped(here)):
        cut = across(written)
        assert area_m2(cut) == pytest.approx(area_m2(hull), rel=1e-9)
        assert cut.is_valid
        assert cut.bounds[0] >= -180
        assert cut.bounds[2] <= 180


def test_the_example_of_the_standard():
    """RFC 7946 §3.1.9: 170 E to 170 W between 40 and 50 N, in two parts."""
    box = shapely.Polygon([(170, 40), (-170, 40), (-170, 50), (170, 50)])
    cut = across(box)
    expected = shapely.MultiPolygon(
        [shapely.box(170, 40, 180, 50), shapely.box(-180, 40, -170, 50)]
    )
    assert shapely.equals(cut, expected)
    line = across(shapely.LineString([(170, 45), (-170, 45)]))
    assert shapely.equals(
        line, shapely.MultiLineString([[(170, 45), (180, 45)], [(-180, 45), (-170, 45)]])
    )


def test_holes_stay_in_their_outline():
    """A hole on the far side of the meridian stays a hole."""
    box = shapely.Polygon(
        [(170, 40), (-170, 40), (-170, 50), (170, 50)],
        [[(-175, 44), (-174, 44), (-174, 45), (-175, 45)]],
    )
    whole = across(shapely.Polygon(box.exterior))
    hole = shapely.box(-175, 44, -174, 45)
    assert area_m2(across(box)) == pytest.approx(area_m2(whole) - area_m2(hole), rel=1e-9)


def test_what_needs_no_cut_is_left_as_it_is():
    """Parts on both sides, wide outlines without a leap, points and the whole globe stay."""
    kept = [
        shapely.MultiPolygon([shapely.box(179, 0, 180, 1), shapely.box(-180, 0, -179, 1)]),
        shapely.Polygon([(-100, 0), (0, 0), (100, 0), (100, 10), (0, 10), (-100, 10)]),
        shapely.box(-180, -90, 180, 90), shapely.Point(179, 0), shapely.box(17, 44, 18, 45), None,
        shapely.Polygon(), shapely.Point(np.nan, 1), shapely.Point(500, 0),
    ]  # fmt: skip
    array = np.array(kept, dtype=object)
    found = unroll(array)
    assert len(found.rows) == len(found.around_pole) == 0
    assert all(new is old for new, old in zip(roll(array)[:7], kept[:7], strict=True))


def test_a_ring_around_a_pole_is_named():
    """Nothing says which pole it encloses, so it is not guessed."""
    ring = shapely.Polygon([(0, 80), (120, 80), (-120, 80)])
    assert unroll(np.array([ring], dtype=object)).around_pole.tolist() == [0]


def test_longitudes_to_360_are_brought_home():
    """A point at 190° lies at 170° west."""
    assert across(shapely.Point(190, 5)).x == -170


def test_a_country_on_both_sides_of_the_meridian():
    """Fiji's box runs from 177 E to 178 W: what lies in it is inside, what lies beside it is not."""
    from landrelease.exchange.plausible import find_implausible

    split = across(shapely.Polygon([(179.9, -17), (-179.9, -17), (-179.9, -16.9), (179.9, -16.9)]))
    shapes = np.array([split, shapely.Point(-179, -18), shapely.Point(17, 44)], dtype=object)
    box = (177.0, -21.0, -178.0, -12.0)
    assert {row: code for row, (code, _) in find_implausible(shapes, box, None).items()} == {
        2: "outside_country"
    }
    outline = shapely.MultiPolygon(
        [shapely.box(177, -21, 180, -12), shapely.box(-180, -21, -178, -12)]
    )
    assert list(find_implausible(shapes, None, outline)) == [2]
