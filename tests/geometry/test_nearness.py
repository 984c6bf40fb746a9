"""How far shapes lie from a point, against a slow measurement of many places on them."""

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from landrelease.geometry import apart_m, distances_m, touching, windows

GEOD = pyproj.Geod(ellps="WGS84")
FIJI = shapely.box(179.99, -17.0, 180.0, -16.99)


EVERY_DEG = 1e-4


def slow_m(longitude, latitude, shape):
    """The least of the distances to places that lie close together on the outline."""
    turned = [shapely.Point(longitude + turn, latitude) for turn in (-360, 0, 360)]
    if any(shapely.intersects(shape, point) for point in turned):
        return 0.0
    x, y = shapely.get_coordinates(shapely.segmentize(shape, EVERY_DEG)).T
    return GEOD.inv(np.full(len(x), longitude), np.full(len(x), latitude), x, y)[2].min()


@st.composite
def near_seams(draw):
    """A shape around a place, often at the seam or near a pole, drawn between -180° and 180°."""
    middle = draw(st.sampled_from([-179.9, -90.0, 0.0, 17.0, 179.95]) | st.floats(-179, 179))
    parallel = draw(st.sampled_from([-89.8, -17.0, 0.0, 44.0, 89.9]) | st.floats(-89, 89))
    wide, high = draw(st.floats(0.001, 0.6)), draw(st.floats(0.001, 0.09))
    box = shapely.box(middle, parallel - high, middle + wide, parallel + high)
    turn = shapely.affinity.rotate if draw(st.booleans()) and abs(parallel) < 88 else None
    shape = turn(box, draw(st.floats(0, 90))) if turn else box
    west = shapely.intersection(shape, shapely.box(-180, -90, 180, 90))
    east = shapely.intersection(shape, shapely.box(180, -90, 540, 90))
    east = shapely.transform(east, lambda xy: xy - [360, 0])
    parts = [p for side in (west, east) for p in shapely.get_parts(side) if p.area > 0]
    assume(parts)
    return shapely.multipolygons(parts) if len(parts) > 1 else parts[0]


@st.composite
def near_points(draw, shape):
    """A point up to a degree and a half from the shape; at times on the seam or a pole."""
    x, y = shapely.get_coordinates(shape)[0]
    x, y = x + draw(st.floats(-1.5, 1.5)), y + draw(st.floats(-1.5, 1.5))
    x = draw(st.sampled_from([x, x, -180.0, 180.0]))
    return (x + 180) % 360 - 180 if abs(x) != 180 else x, float(np.clip(y, -90, 90))


@given(st.data())
def test_distances_are_those_of_the_nearest_place(data):
    """Across the seam and at the poles the distance is that to the nearest place: never more, hardly less."""
    shape = data.draw(near_seams())
    longitude, latitude = data.draw(near_points(shape))
    slow = slow_m(longitude, latitude, shape)
    found = distances_m(longitude, latitude, [shape])[0]
    assert slow - EVERY_DEG * 111_700 / 2 <= found <= slow + 0.01


@given(st.data(), st.floats(0, 300_000))
def test_windows_hold_all_that_is_near(data, radius_m):
    """Whatever lies within the radius has bounds that meet a window, and windows stay on the map."""
    shape = data.draw(near_seams())
    longitude, latitude = data.draw(near_points(shape))
    boxes = windows(longitude, latitude, radius_m)
    assert all(-180 <= w <= e <= 180 and -90 <= s <= n <= 90 for w, s, e, n in boxes)
    if slow_m(longitude, latitude, shape) <= radius_m:
        assert touching(np.array([shape], dtype=object), boxes).tolist() == [True]


@pytest.mark.parametrize(
    ("longitude", "latitude", "metres"),
    [
        (-179.99999, -16.995, 1.1),
        (179.98, -16.995, 1064.9),
        (-179.9, -16.995, 10_648.9),
        (180, -16.995, 0),
    ],
)
def test_a_hazard_at_the_seam(longitude, latitude, metres):
    """Asked from the other side of the 180th meridian it is as near as it is."""
    assert distances_m(longitude, latitude, [FIJI])[0] == pytest.approx(metres, abs=0.5)


def test_all_longitudes_meet_at_the_pole():
    """A hazard at the pole is there from every longitude; a cap around it holds it."""
    shapes = [shapely.Point(90, 90), shapely.box(-180, 89, 180, 90), shapely.Point(-90, 89.9999)]
    at, within, beside = distances_m(0.0, 90.0, shapes)
    assert (at, within) == (pytest.approx(0, abs=1e-6), 0)
    assert beside == pytest.approx(11.17, abs=0.01)


def test_shapes_of_every_kind():
    """Lines, collections of points and holes are measured to what is drawn of them."""
    ring = shapely.Polygon(
        shapely.box(0, 0, 2, 2).exterior, [shapely.box(0.5, 0.5, 1.5, 1.5).exterior]
    )
    shapes = [shapely.LineString([(0, 0), (2, 0)]), shapely.MultiPoint([(5, 5), (1, 1)]), ring]
    line, points, hole = distances_m(1.0, 1.0, shapes)
    assert line == pytest.approx(GEOD.inv(1, 1, 1, 0)[2], abs=0.01)
    assert points == 0
    assert hole == pytest.approx(slow_m(1.0, 1.0, ring), abs=0.1)


def test_two_shapes_across_the_seam():
    """What is not a point is measured the shorter way round too."""
    (metres,) = apart_m(FIJI, [shapely.box(-179.99, -17.0, -179.98, -16.99)])
    assert metres == pytest.approx(1064.9, abs=1)
