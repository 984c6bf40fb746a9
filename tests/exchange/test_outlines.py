"""Outlines out of single points: coordinates, legs, magnetic and grid north, closing errors."""

import json
from pathlib import Path

import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.errors import InputError
from landrelease.exchange import (
    build_mapping,
    by_code,
    guess_mapping,
    load_mapping,
    prepare,
    read_table,
)
from landrelease.exchange.tables import SourceTable
from landrelease.geometry import area_m2, distance_m
from tests.exchange.bad_files import CORNERS, SURVEY, csv, survey

GEOD = pyproj.Geod(ellps="WGS84")


def prepared(path, mapping=SURVEY):
    """The rows of a survey table."""
    return prepare(read_table(path), build_mapping(mapping, "survey"))


def of(columns, **mapping):
    """The rows of a table given by its columns."""
    count = len(next(iter(columns.values())))
    base = {"kind": "hazardous_area", "fields": {"hazard_kind": {"constant": "SHA"}}}
    return prepare(SourceTable("t", columns, count), build_mapping({**base, **mapping}, "m"))


def test_one_vertex_a_row(tmp_path):
    """Four rows make one square, numbered by the outline; all rows stay as they were entered."""
    found = prepared(survey(tmp_path, *reversed(CORNERS)))
    (row,) = found.rows
    assert shapely.equals(row.geometry, shapely.box(17, 44, 17.1, 44.1))
    assert (row.body["local_id"], row.body["place"]) == ("A", "mill")
    entered = json.loads(row.body["geometry_entered"]["text"])
    assert [point["X"] for point in entered] == ["17.0", "17.1", "17.1", "17.0"]
    assert [point["PolyID"] for point in row.raw["rows"]] == ["A"] * 4
    assert by_code(found.issues)["outlines_assembled"] == 1


def test_the_mapping_of_a_survey_sheet_is_guessed(tmp_path):
    """Headings as survey programs write them are known: outline, order, type, legs."""
    table = read_table(
        csv(
            tmp_path,
            "PolyID,PointNo,PointID,PointType,Longitude,Latitude,Bearing,Distance,FromPoint,hazard_kind",
            "A,1,SP,Start,17.0,44.0,,,,SHA",
            "A,2,TP1,Turning Point,,,90,100,SP,",
            "A,3,TP2,Turning Point,,,0,100,TP1,",
        )
    )
    guessed = guess_mapping(table, "hazardous_area")
    assert guessed.vertices.outline == "PolyID"
    assert guessed.geometry.bearing == "Bearing"
    (row,) = prepare(table, guessed).rows
    assert not row.quarantined
    assert area_m2(row.geometry) == pytest.approx(5000, rel=1e-4)
    assert row.body["hazard_kind"] == "SHA"


def test_points_outside_the_outline_are_kept_beside_it(tmp_path):
    """A landmark and a benchmark lead to the start by legs and are no vertices."""
    lines = [
        "A,,RP,17.0,44.0,,",
        "A,,BM,,,90,50",
        "A,1,SP,,,90,50",
        "A,2,TP,,,90,100",
        "A,3,TP,,,0,100",
        "A,4,TP,,,270,100",
    ]
    (row,) = prepared(survey(tmp_path, *lines)).rows
    assert not row.quarantined
    assert area_m2(row.geometry) == pytest.approx(10_000, rel=1e-4)
    start = row.geometry.exterior.coords[0]
    assert GEOD.inv(17.0, 44.0, *start)[2] == pytest.approx(100, abs=1e-3)
    beside = row.body["attributes"]["reference_points"]
    assert [point["type"] for point in beside] == ["reference", "benchmark"]
    assert (beside[0]["longitude"], beside[0]["latitude"]) == (17.0, 44.0)


corner_lists = st.lists(
    st.tuples(st.integers(0, 359), st.integers(20, 400)), min_size=3, max_size=9, unique=True
)


@settings(max_examples=60, deadline=None)
@given(corner_lists, st.floats(-20, 20), st.sampled_from(["degree", "mil", "gon"]))
def test_any_closed_traverse_closes(offsets, declination, unit):
    """Legs taken between known points, from magnetic north in any unit, lead back to the start."""
    places = [GEOD.fwd(17.2, 44.1, *offset)[:2] for offset in offsets]
    per_degree = {"degree": 1, "mil": 6400 / 360, "gon": 400 / 360}[unit]
    legs = [GEOD.inv(*a, *b) for a, b in zip(places, [*places[1:], places[0]], strict=True)]
    bearings = [((leg[0] - declination) % 360) * per_degree for leg in legs]
    columns = {
        "id": ["A"] * (len(places) + 1),
        "no": [*range(1, len(places) + 2)],
        "type": ["start", *["turning"] * (len(places) - 1), "closing"],
        "x": [places[0][0], *[""] * len(places)],
        "y": [places[0][1], *[""] * len(places)],
        "b": ["", *bearings],
        "d": ["", *[leg[2] for leg in legs]],
    }
    rules = {
        "vertices": {"outline": "id", "order": "no", "type": "type"},
        "geometry": {"longitude": "x", "latitude": "y", "bearing": "b", "distance_m": "d",
                     "north": "magnetic", "declination": declination, "bearing_unit": unit},
    }  # fmt: skip
    found = of(columns, **rules)
    (row,) = found.rows
    codes = by_code(found.issues)
    assert codes.get("closing_error") == 1
    assert "closing_error" not in {one.code for one in found.issues if one.severity != "note"}
    if row.geometry is not None and not row.repaired:
        far = [
            distance_m(*a, *b) for a, b in zip(row.geometry.exterior.coords, places, strict=False)
        ]
        assert max(far) < 1e-3


def test_grid_bearings_follow_the_grid():
    """A square walked along the grid of UTM comes out as a square of that grid."""
    to_grid = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:32633", always_xy=True)
    columns = {
        "id": ["A"] * 4, "x": [620_000, "", "", ""], "y": [4_880_000, "", "", ""],
        "b": ["", 90, 0, 270], "d": ["", 100, 100, 100],
    }  # fmt: skip
    rules = {
        "crs": "EPSG:32633",
        "vertices": {"outline": "id"},
        "geometry": {
            "easting": "x",
            "northing": "y",
            "bearing": "b",
            "distance_m": "d",
            "north": "grid",
        },
    }
    (row,) = of(columns, **rules).rows
    x, y = to_grid.transform(*zip(*row.geometry.exterior.coords, strict=True))
    assert x[1] - x[0] == pytest.approx(100, abs=0.05)
    assert y[1] - y[0] == pytest.approx(0, abs=1e-3)
    assert y[2] - y[1] == pytest.approx(100, abs=0.05)


def test_a_large_closing_error_is_named_with_its_size(tmp_path):
    """A last leg that misses the start by more than 1 % of the way says so in metres."""
    legs = ["A,2,TP,,,90,100", "A,3,TP,,,0,100", "A,4,closing,,,225,120"]
    found = prepared(survey(tmp_path, CORNERS[0], *legs))
    (one,) = [i for i in found.issues if i.code == "ring_not_closed"]
    assert one.severity == "warning"
    assert "21.42 m" in one.message
    wide = {**SURVEY, "vertices": {**SURVEY["vertices"], "closing_tolerance_m": 25}}
    codes = by_code(prepared(survey(tmp_path, CORNERS[0], *legs), wide).issues)
    assert (codes.get("ring_not_closed"), codes["closing_error"]) == (None, 1)


@pytest.mark.parametrize(
    ("lines", "code", "words"),
    [
        (CORNERS[:2], "too_few_points", "2 points of the outline"),
        ([*CORNERS[:3], "A,3,TP,17.0,44.1,,"], "order_duplicated", "row 4, PointNo = '3', as row 3"),
        ([*CORNERS[:3], "A,x,TP,17.0,44.1,,"], "order_missing", "row 4, PointNo = 'x'"),
        ([*CORNERS[:3], "A,4,TP,east,44.1,,"], "coordinate_unreadable", "row 4: longitude = 'east'"),
        ([*CORNERS[:3], "A,4,TP,,,,"], "geometry_missing", "row 4"),
        ([*CORNERS[:3], "A,4,TP,,,400,10"], "coordinate_unreadable", "between 0 and 360"),
    ],
)  # fmt: skip
def test_a_bad_outline_waits_whole_and_the_others_are_taken_in(tmp_path, lines, code, words):
    """One feature in quarantine with all its rows; the next outline of the file is sound."""
    good = [line.replace("A,", "B,", 1) for line in CORNERS]
    bad, sound = prepared(survey(tmp_path, *lines, *good)).rows
    assert (bad.quarantined, sound.quarantined) == (True, False)
    (first,) = [i for i in bad.issues if i.code == code]
    assert words in first.message
    assert first.id == "A"
    assert len(bad.raw["rows"]) == len(lines)


def test_rows_without_an_outline_are_points(tmp_path):
    """As in survey sheets, a row that belongs to no outline stands for itself."""
    found = prepared(survey(tmp_path, *CORNERS, ",,,18.5,44.5,,", ",,,18.6,44.5,,"))
    assert [row.geometry.geom_type for row in found.rows] == ["Polygon", "Point", "Point"]


def test_rows_that_stand_apart_need_numbers(tmp_path):
    """Without numbers the order of the file counts, and only where the rows stand together."""
    loose = {**SURVEY, "vertices": {"outline": "PolyID", "type": "PointType"}}
    other = "B,1,SP,18.0,45.0,,"
    apart = prepared(survey(tmp_path, *CORNERS[:2], other, *CORNERS[2:]), loose)
    assert by_code(apart.issues)["order_missing"] == 1
    together = prepared(survey(tmp_path, *CORNERS), loose)
    assert not together.rows[0].quarantined


def test_several_vertices_in_one_row():
    """In columns of their own, empty ones left out, or in one cell with a mark between."""
    pairs = {"x1": [17], "y1": [44], "x2": [17.1], "y2": [44], "x3": [17.1], "y3": [44.1],
             "x4": [""], "y4": [""]}  # fmt: skip
    points = [{"longitude": f"x{n}", "latitude": f"y{n}"} for n in range(1, 5)]
    (row,) = of(pairs, geometry={"points": points}).rows
    triangle = shapely.Polygon([(17, 44), (17.1, 44), (17.1, 44.1)])
    assert shapely.equals(row.geometry, triangle)
    assert "attributes" not in row.body
    cell = {"p": ["44, 17; 44, 17.1; 44.1, 17.1", "33TXN1234567890; 44, 17", "44 N 17 E"]}
    rows = of(cell, geometry={"text": "p", "separator": ";"}).rows
    assert shapely.equals(rows[0].geometry, triangle)
    assert [one.code for one in rows[1].issues] == ["too_few_points"]
    assert rows[2].geometry.geom_type == "Point"


def test_what_outlines_rest_on_must_be_there(tmp_path):
    """A missing column is an error with its name and the columns there are."""
    wrong = {**SURVEY, "vertices": {"outline": "Polygon"}}
    with pytest.raises(InputError) as caught:
        prepared(survey(tmp_path, *CORNERS), wrong)
    assert (caught.value.code, "'Polygon'" in caught.value.message) == ("column_unknown", True)


def test_the_same_survey_again_is_the_same(tmp_path):
    """Rows of an outline without an id of its own are known again by their content."""
    loose = {**SURVEY, "identity": {}}
    path = survey(tmp_path, *CORNERS)
    assert prepared(path, loose).rows[0].identity == prepared(path, loose).rows[0].identity
    moved = survey(tmp_path, *CORNERS[:3], CORNERS[3].replace("44.1", "44.2"))
    assert prepared(path, loose).rows[0].identity != prepared(moved, loose).rows[0].body


def test_the_example_of_a_survey_sheet(tmp_path):
    """The mapping in examples/ reads a sheet from its landmark by compass."""
    root = Path(__file__).resolve().parents[2]
    mapping = load_mapping(root / "examples/survey-points.yaml")
    path = csv(
        tmp_path,
        "PolyID,PointNo,PointID,PointType,Longitude,Latitude,Bearing,Distance,FromPoint,SurveyDate,Village",
        "BA-1,,RP,Reference Point,17.0,44.0,,,,04/07/2019,Mill",
        "BA-1,1,SP,Start,,,85.5,50,RP,,",
        "BA-1,2,TP1,Turning,,,85.5,100,SP,,",
        "BA-1,3,TP2,Turning,,,355.5,100,TP1,,",
        "BA-1,4,SP,Closing,,,220.5,141.4,TP2,,",
    )
    (row,) = prepare(read_table(path), mapping).rows
    assert not row.quarantined
    assert area_m2(row.geometry) == pytest.approx(5000, rel=1e-3)
    assert (row.occurred_on, row.body["place"]) == ("2019-07-04", "Mill")
    start = row.geometry.exterior.coords[0]
    assert GEOD.inv(17.0, 44.0, *start)[0] == pytest.approx(90, abs=1e-3)
    assert [one.code for one in row.issues] == ["closing_error"]
