"""Where rows lie: columns of every kind put a point where it is."""

import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.exchange import build_mapping, guess_mapping, prepare
from landrelease.exchange.tables import SourceTable
from landrelease.geometry import distance_m

LONGITUDE, LATITUDE = 17.2, 44.1
TO_UTM = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:32633", always_xy=True)
EASTING, NORTHING = TO_UTM.transform(LONGITUDE, LATITUDE)


def point(columns, **mapping):
    """The only row's geometry and body."""
    table = SourceTable("t", {name: [value] for name, value in columns.items()}, 1)
    (row,) = prepare(table, build_mapping({"kind": "accident", **mapping}, "m")).rows
    return row.geometry, row.body


@pytest.mark.parametrize(
    ("columns", "mapping"),
    [
        ({"x": "17.2", "y": "44.1"}, {"geometry": {"longitude": "x", "latitude": "y"}}),
        ({"x": 17.2, "y": 44.1}, {"geometry": {"longitude": "x", "latitude": "y"}}),
        ({"x": "17°12'E", "y": "44°06'N"}, {"geometry": {"longitude": "x", "latitude": "y"}}),
        ({"x": 44.1, "y": 17.2}, {"geometry": {"longitude": "x", "latitude": "y", "swap_axes": True}}),
        ({"e": EASTING, "n": NORTHING}, {"geometry": {"easting": "e", "northing": "n"}, "crs": "EPSG:32633"}),
        ({"e": EASTING, "n": NORTHING, "z": "33N"}, {"geometry": {"easting": "e", "northing": "n", "zone": "z"}}),
        ({"p": f"33T {EASTING:.1f} {NORTHING:.1f}"}, {"geometry": {"text": "p"}}),
        ({"p": "44.1 N, 17.2 E"}, {"geometry": {"text": "p"}}),
        ({"w": f"POINT ({EASTING} {NORTHING})"}, {"geometry": {"column": "w"}, "crs": "EPSG:32633"}),
        ({"w": '{"type": "Point", "coordinates": [17.2, 44.1]}'}, {"geometry": {"column": "w"}, "crs": "EPSG:4326"}),
    ],
)  # fmt: skip
def test_one_place_in_many_columns(columns, mapping):
    """All of these lie within a metre of 17.2 E, 44.1 N."""
    shape, _ = point(columns, **mapping)
    assert distance_m(shape.x, shape.y, LONGITUDE, LATITUDE) < 1


@settings(max_examples=50, deadline=None)
@given(st.floats(0, 359.9), st.floats(1, 5000))
def test_bearing_and_distance_from_a_landmark(bearing, metres):
    """The point lies as far away as the cell says, in that direction."""
    columns = {"b": bearing, "d": metres}
    rule = {"origin": [LONGITUDE, LATITUDE], "bearing": "b", "distance_m": "d"}
    shape, body = point(columns, geometry=rule)
    back = pyproj.Geod(ellps="WGS84").inv(LONGITUDE, LATITUDE, shape.x, shape.y)
    assert back[2] == pytest.approx(metres, abs=1e-3)
    assert (back[0] - bearing + 180) % 360 - 180 == pytest.approx(0, abs=1e-3)
    assert body["geometry_entered"]["text"] == f"{bearing}, {metres}"


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"x": "44.1N", "y": "17.2E"}, {"longitude": "x", "latitude": "y"}),
        ({"x": "17.255.678", "y": "44.504.234"}, {"longitude": "x", "latitude": "y"}),
        ({"b": "N 45 E", "d": 10}, {"origin": [17, 44], "bearing": "b", "distance_m": "d"}),
        ({"b": "45 E", "d": 10}, {"origin": [17, 44], "bearing": "b", "distance_m": "d"}),
        ({"b": "32 30", "d": 10}, {"origin": [17, 44], "bearing": "b", "distance_m": "d", "bearing_unit": "mil"}),
        ({"e": 443000, "n": 3686000, "z": "38S"}, {"easting": "e", "northing": "n", "zone": "z"}),
    ],
)  # fmt: skip
def test_cells_that_say_something_else_wait(columns, rule):
    """Letters of the other axis, thousands, quadrants, minutes of a mil: no point is made of them."""
    table = SourceTable("t", {name: [value] for name, value in columns.items()}, 1)
    (row,) = prepare(table, build_mapping({"kind": "accident", "geometry": rule}, "m")).rows
    assert row.quarantined
    assert {one.code for one in row.issues} <= {"coordinate_unreadable", "utm_letter_ambiguous"}


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"e": 443000, "n": 3686000, "z": "38S"}, {"easting": "e", "northing": "n", "zone": "z"}),
        ({"p": "38S 443000 3686000"}, {"text": "p"}),
        ({"p": "38S 443000 3686000 ", "q": ""}, {"points": [{"text": "p"}]}),
    ],
)
def test_the_country_tells_a_band_from_a_hemisphere(columns, rule):
    """In Iraq zone 38S is the band: the row lies near Baghdad and raises no question."""
    table = SourceTable("t", {name: [value] for name, value in columns.items()}, 1)
    mapping = build_mapping({"kind": "accident", "geometry": rule}, "m")
    (row,) = prepare(table, mapping, country_bbox=(38.8, 29.0, 48.6, 37.4)).rows
    assert distance_m(*row.geometry.centroid.coords[0], 44.388, 33.312) < 1000
    assert not row.quarantined


def test_what_was_entered_is_kept_where_it_says_more():
    """Degrees, minutes and other systems are kept as text; plain degrees are the point itself."""
    rule = {"geometry": {"longitude": "x", "latitude": "y"}}
    assert "geometry_entered" not in point({"x": "17.2", "y": "44.1"}, **rule)[1]
    _, body = point({"x": "17°12'E", "y": "44°06'N"}, **rule)
    assert body["geometry_entered"] == {"text": "17°12'E, 44°06'N", "crs": "EPSG:4326"}


def test_empty_cells_are_no_place():
    """A row without coordinates is placed by its words."""
    shape, body = point(
        {"x": "", "y": None, "v": "mill"},
        geometry={"longitude": "x", "latitude": "y"},
        fields={"place": "v"},
    )
    assert shape is None
    assert body["place"] == "mill"


def test_tags_say_what_columns_hold():
    """A table tagged with HXL needs no mapping file, whatever its headers are called."""
    table = SourceTable(
        "t", {"A": ["17.2"], "B": ["44.1"], "C": ["2019-07"], "D": ["Zenica"]}, 1,
        tags={"A": "#geo+lon", "B": "#geo+lat", "C": "#date+occurred", "D": "#adm2+name"},
    )  # fmt: skip
    (row,) = prepare(table, guess_mapping(table, "accident")).rows
    assert shapely.equals(row.geometry, shapely.Point(17.2, 44.1))
    assert (row.occurred_on, row.body["district"]) == ("2019-07", "Zenica")
