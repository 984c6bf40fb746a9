"""Tiles: another decoder reads them, nothing is lost, and shapes stand where they should."""

from __future__ import annotations

import gzip
import itertools

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.web.mvt import EXTENT, GeometryType, Parts, encode_layer, varints, zigzag
from landrelease.web.tiles import TileFrame, TileLayer, mercator

RULES = {"hazard_kind": "SHA", "status": "open"}


def layer_of(*shapes, properties=RULES):
    """A layer of shapes named by their place."""
    return TileLayer.build(
        "x", [(f"r{i}", shapely.to_wkb(s), properties) for i, s in enumerate(shapes)]
    )


def decoded(data):
    """Features of a tile, in tile units with y downwards."""
    options = {"y_coord_down": True}
    return mapbox_vector_tile.decode(data, default_options=options)["x"]["features"] if data else []


def rounded_box(west, south, size):
    """A square with a hole, in degrees."""
    outer = shapely.box(west, south, west + size, south + size)
    inner = shapely.box(west + size / 4, south + size / 4, west + size / 2, south + size / 2)
    return outer.difference(inner)


places = st.builds(
    rounded_box,
    st.floats(-170, 160, allow_nan=False),
    st.floats(-80, 70, allow_nan=False),
    st.sampled_from([1e-6, 1e-4, 0.01, 0.3, 3.0]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(places, min_size=1, max_size=12))
def test_no_hazard_is_lost_at_zoom_zero(shapes):
    """However small, every polygon is counted in the world's tile."""
    features = decoded(layer_of(*shapes).tile(0, 0, 0))
    assert sum(feature["properties"].get("n", 1) for feature in features) == len(shapes)


@settings(max_examples=60, deadline=None)
@given(places, st.integers(0, 15))
def test_shape_lies_where_it_should_at_every_zoom(shape, z):
    """The decoded polygon, put back on the map, covers the shape to within a few pixels."""
    centre = mercator(np.array([shape.centroid.coords[0]]))[0]
    x, y = (int(v) for v in np.floor(centre * 2**z))
    features = decoded(layer_of(shape).tile(z, x, y))
    assert features
    frame = TileFrame(z, x, y)
    world = shapely.transform(shape, mercator)
    seen = shapely.intersection(world, shapely.box(*frame.bounds))
    units = shapely.transform(seen, lambda xy: (xy * 2**z - [x, y]) * EXTENT)
    drawn = shapely.union_all([shapely.geometry.shape(f["geometry"]) for f in features])
    assert shapely.hausdorff_distance(drawn.envelope, units.envelope) < 24


@settings(max_examples=40, deadline=None)
@given(places)
def test_rings_turn_as_the_specification_asks(shape):
    """Outer rings run clockwise on the screen, holes the other way, so that holes stay holes."""
    centre = mercator(np.array([shape.centroid.coords[0]]))[0]
    x, y = (int(v) for v in np.floor(centre * 2**15))
    for feature in decoded(layer_of(shape).tile(15, x, y)):
        geometry = shapely.geometry.shape(feature["geometry"])
        assert geometry.is_valid
        assert geometry.area > 0


def test_hole_is_kept():
    """A hole that can be seen is a hole in the tile."""
    shape = rounded_box(16.0, 44.0, 0.01)
    centre = mercator(np.array([shape.centroid.coords[0]]))[0]
    x, y = (int(v) for v in np.floor(centre * 2**14))
    [feature] = decoded(layer_of(shape).tile(14, x, y))
    assert len(feature["geometry"]["coordinates"]) == 2


def test_small_squares_of_other_classes_stay_apart():
    """Suspected and confirmed hazards at one place are two features, and same ones are counted."""
    tiny = shapely.to_wkb(shapely.box(16, 44, 16.00001, 44.00001))
    confirmed = {"hazard_kind": "CHA", "status": "open"}
    rows = [("a", tiny, RULES), ("b", tiny, RULES), ("c", tiny, confirmed)]
    features = decoded(TileLayer.build("x", rows).tile(4, 8, 5))
    found = sorted((f["properties"]["hazard_kind"], f["properties"].get("n", 1)) for f in features)
    assert found == [("CHA", 1), ("SHA", 2)]


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        (shapely.Point(16, 44), "Point"),
        (shapely.MultiPoint([(16, 44), (16.5, 44.1)]), "MultiPoint"),
        (shapely.LineString([(16, 44), (16.5, 44.1), (16.7, 44)]), "LineString"),
        (shapely.box(16, 44, 17, 45), "Polygon"),
        (shapely.MultiPolygon([shapely.box(16, 44, 17, 45), shapely.box(18, 44, 19, 45)]), "MultiPolygon"),
    ],
)  # fmt: skip
def test_every_type_of_geometry_is_read_back(shape, kind):
    """Points, lines and polygons, single and many, keep their type."""
    [feature] = decoded(layer_of(shape).tile(5, 17, 11))
    assert feature["geometry"]["type"] == kind
    assert feature["properties"]["record_id"] == "r0"


def test_bow_tie_is_repaired_for_drawing():
    """A polygon that crosses itself is drawn, not dropped."""
    bow_tie = shapely.Polygon([(16, 44), (17, 45), (17, 44), (16, 45)])
    assert decoded(layer_of(bow_tie).tile(6, 34, 23))


def test_thin_sliver_is_drawn():
    """A hazard far longer than wide does not fold to nothing."""
    sliver = shapely.box(16.0, 44.0, 16.5, 44.0000005)
    assert decoded(layer_of(sliver).tile(7, 69, 46))


def test_empty_layer_and_empty_geometry_give_empty_tiles():
    """Nothing to show is an empty tile, not a fault."""
    empty = TileLayer.build("x", [("a", shapely.to_wkb(shapely.Polygon()), {})])
    assert empty.tile(0, 0, 0) == b""
    assert empty.bounds is None


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**34), max_size=50))
def test_varints_are_protobuf(numbers):
    """Each number is read back by a plain reader of the format."""
    data, starts = varints(np.array(numbers, dtype=np.int64))
    read = [
        sum((byte & 0x7F) << (7 * place) for place, byte in enumerate(data[start:end]))
        for start, end in itertools.pairwise(starts)
    ]
    assert read == numbers


@settings(deadline=None)
@given(st.integers(-(2**31), 2**31))
def test_zigzag_turns_back(number):
    """The mapping has an inverse."""
    value = int(zigzag(np.array([number]))[0])
    assert (value >> 1) ^ -(value & 1) == number


@settings(deadline=None)
@given(st.floats(-180, 180), st.floats(-85, 85))
def test_mercator_agrees_with_proj(longitude, latitude):
    """PROJ's web Mercator gives the same place."""
    from pyproj import Transformer

    project = Transformer.from_crs(4326, 3857, always_xy=True).transform
    half = 20037508.342789244
    x, y = project(longitude, latitude)
    assert mercator(np.array([[longitude, latitude]]))[0] == pytest.approx(
        [(x + half) / (2 * half), (half - y) / (2 * half)], abs=1e-9
    )


def test_properties_of_every_type_are_read_back():
    """Texts, numbers and truth values keep their type; nothing is left out silently but None."""
    point = Parts(np.array([[5, 7]]), np.array([1]), np.array([0]))
    properties = {"a": "ж", "b": 3, "c": -2.5, "d": True, "e": None, "f": 1}
    data = encode_layer("x", {GeometryType.POINT: point}, [properties])
    [feature] = mapbox_vector_tile.decode(data)["x"]["features"]
    assert feature["properties"] == {"a": "ж", "b": 3, "c": -2.5, "d": True, "f": 1}


def test_tile_has_a_tag_and_is_sent_once(client, services):
    """An unchanged tile answers 304; a changed ledger changes the tag."""
    first = client.get("/tiles/hazardous_area/0/0/0.mvt")
    assert first.status_code == 200
    tag = {"if-none-match": first.headers["etag"]}
    assert client.get("/tiles/hazardous_area/0/0/0.mvt", headers=tag).status_code == 304
    services.judged.append("anything")
    assert client.get("/tiles/hazardous_area/0/0/0.mvt", headers=tag).status_code == 200


def test_tile_is_compressed_once_and_plain_on_request(client):
    """Clients that take gzip get it; others get the bytes."""
    packed = client.get("/tiles/hazardous_area/0/0/0.mvt")
    assert packed.headers["content-encoding"] == "gzip"
    plain = client.get("/tiles/hazardous_area/0/0/0.mvt", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == packed.content
    assert gzip.decompress(gzip.compress(plain.content)) == plain.content


@pytest.mark.parametrize(
    "path", ["unknown/0/0/0", "accident/0/1/0", "accident/16/0/0", "accident/3/-1/0"]
)
def test_tiles_that_cannot_be_are_not_found(client, path):
    """A layer or place outside the pyramid is a 404."""
    assert client.get(f"/tiles/{path}.mvt").status_code == 404
