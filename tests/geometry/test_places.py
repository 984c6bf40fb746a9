"""Coordinate systems, distances, GeoJSON: against published points and other libraries."""

import json

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.errors import InputError
from landrelease.geometry import (
    as_geojson,
    describe_crs,
    destination,
    distance_m,
    has_datum,
    is_wgs84,
    parse_crs,
    shift_m,
    to_wgs84,
)

NO_DATUM = (
    'PROJCS["Double_Stereographic",GEOGCS["GCS_Bessel 1841",DATUM["D_unknown",'
    'SPHEROID["bessel",6377397.155,299.1528128]],PRIMEM["Greenwich",0],'
    'UNIT["Degree",0.017453292519943295]],PROJECTION["Double_Stereographic"],'
    'PARAMETER["latitude_of_origin",52.15616055555555],'
    'PARAMETER["central_meridian",5.38763888888889],PARAMETER["scale_factor",0.9999079],'
    'PARAMETER["false_easting",155000],PARAMETER["false_northing",463000],UNIT["Meter",1]]'
)


def test_dutch_grid_without_datum_is_told_from_the_real_one():
    """The same projection without its datum lies about 116 m away, and is known by that."""
    assert not has_datum(NO_DATUM)
    assert all(map(has_datum, ("EPSG:28992", "EPSG:4326", "EPSG:3395", "EPSG:32634")))
    box = (122_000.0, 489_000.0, 122_100.0, 489_100.0)
    assert shift_m(box, NO_DATUM, "EPSG:28992") == pytest.approx(115.6, abs=0.5)
    assert shift_m(box, "EPSG:28992", "EPSG:28992") == 0


def test_amersfoort_lies_where_it_is_published():
    """Origin of the Dutch grid, the tower of Amersfoort: 52°09'18.6\" N, 5°23'13.9\" E (ETRS89)."""
    tower = to_wgs84(shapely.Point(155_000, 463_000), "EPSG:28992")
    published = (5 + 23 / 60 + 13.93 / 3600, 52 + 9 / 60 + 18.6 / 3600)
    assert distance_m(tower.x, tower.y, *published) < 3


def test_wgs84_is_left_alone():
    """Longitude and latitude come back as the very same object, under each of its names."""
    point = shapely.Point(17, 44)
    for name in ("EPSG:4326", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84"):
        assert is_wgs84(name)
        assert to_wgs84(point, name) is point


def test_unknown_systems_are_refused_by_name():
    """A code that does not exist is named in the error."""
    with pytest.raises(InputError, match="EPSG:999999") as caught:
        parse_crs("EPSG:999999")
    assert caught.value.code == "crs_unknown"
    assert describe_crs("EPSG:28992") == "EPSG:28992 (Amersfoort / RD New)"


@settings(max_examples=100, deadline=None)
@given(st.floats(-179, 179), st.floats(-80, 80), st.floats(0, 359.9), st.floats(1, 50_000))
def test_a_destination_lies_at_its_distance(longitude, latitude, bearing, metres):
    """Going somewhere and measuring the way back gives the distance gone."""
    x, y = destination(longitude, latitude, bearing, metres)
    assert distance_m(longitude, latitude, x, y) == pytest.approx(metres, abs=1e-3)


def test_distances_broadcast():
    """One point against many gives one distance each."""
    assert distance_m(0, 0, np.array([0.0, 1.0]), 0).shape == (2,)


SHAPES = [
    shapely.Point(1.25, -3),
    shapely.LineString([(0, 0), (1, 1)]),
    shapely.Polygon(
        shapely.box(0, 0, 9, 9).exterior.coords, [shapely.box(1, 1, 2, 2).exterior.coords]
    ),
    shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)]),
    shapely.MultiPoint([(0, 0), (1, 2)]),
    shapely.GeometryCollection([shapely.Point(0, 1), shapely.box(0, 0, 1, 1)]),
    shapely.Polygon(),
    None,
]


def test_geojson_is_what_shapely_writes():
    """The bulk writer agrees with shapely's own, type by type and mixed in one array."""
    expected = [None if s is None else json.loads(shapely.to_geojson(s)) for s in SHAPES]
    found = as_geojson(np.array(SHAPES, dtype=object))
    assert [one and one["type"] for one in found] == [one and one["type"] for one in expected]
    for shape, one in zip(SHAPES[:6], found, strict=False):
        assert shapely.equals_exact(shapely.from_geojson(json.dumps(one)), shape)
