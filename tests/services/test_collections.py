"""Shapes of several kinds in one, and areas drawn as lines: measured or told, by hand as in files."""

from __future__ import annotations

import json

import pyogrio
import pytest

from landrelease.domain.entries import Draft
from landrelease.errors import InputError, RefusedError
from landrelease.exchange.writing import vector
from landrelease.register import open_register
from landrelease.services import exporting, keeping, land, layers, recording

BOX = {
    "type": "Polygon",
    "coordinates": [[[17.2, 44.5], [17.204, 44.5], [17.204, 44.504], [17.2, 44.5]]],
}
APART = {
    "type": "Polygon",
    "coordinates": [[[18.2, 44.5], [18.204, 44.5], [18.204, 44.504], [18.2, 44.5]]],
}
LABEL = {"type": "Point", "coordinates": [17.203, 44.501]}
PATH = {"type": "LineString", "coordinates": [[17.2, 44.5], [17.204, 44.5], [17.2, 44.5]]}
BODY = {"hazard_kind": "SHA", "local_id": "G"}
PUBLIC = {"kind": "hazardous_area", "as_of": None, "audience": "public"}


def collection(*shapes):
    """A GeoJSON collection."""
    return {"type": "GeometryCollection", "geometries": list(shapes)}


@pytest.fixture
def path(tmp_path):
    """A register."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    return path


def take_in(path, geometry, kind="hazardous_area", **properties):
    """Import one feature."""
    file = path.with_name("layer.geojson")
    feature = {"type": "Feature", "geometry": geometry, "properties": properties or BODY}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return layers.take_in(path, layers.ImportCall(file, kind=kind), by="Tester")


def by_hand(path, geometry, kind="hazardous_area", **body):
    """Record one entry."""
    entry = {"kind": kind, "body": {**(body or BODY), "geometry": geometry}}
    return recording.record(path, {"entries": [entry]}, by="Tester")


def held(path, kind="hazardous_area"):
    """The body of the only record of a kind."""
    with open_register(path) as register:
        (record,) = register.records(kind)
    return record.body


def remaining_m2(path):
    """What the register counts."""
    return land.balance(path)["remaining_m2"]


@pytest.mark.parametrize("put", [take_in, by_hand])
def test_the_polygon_of_a_collection_is_the_area(path, put):
    """Beside its label, in a collection within one, it is measured as it would be alone."""
    told = put(path, collection(collection(BOX), LABEL))
    notes = told["issues"] if "issues" in told else told["warnings"]
    assert [one["code"] for one in notes] == ["geometry_collection"]
    assert "taken Polygon, left 1 Point" in notes[0]["message"]
    body = held(path)
    assert body["geometry"]["type"] == "Polygon"
    assert "POINT" in body["geometry_entered"]["text"].upper()
    assert remaining_m2(path) == pytest.approx(70_697, abs=100)


@pytest.mark.parametrize("put", [take_in, by_hand])
@pytest.mark.parametrize(
    ("kind", "geometry", "taken"),
    [
        ("hazardous_area", collection(BOX, APART, PATH), "MultiPolygon"),
        ("hazardous_area", collection(PATH, LABEL), "Point"),
        ("accident", collection(BOX, LABEL), "Point"),
        ("device", collection(LABEL), "Point"),
        ("activity", collection(PATH, LABEL), "LineString"),
    ],
)
def test_what_counts_is_taken_by_the_kind(path, put, kind, geometry, taken):
    """Ground first; of an area its place before a line, of an accident the point."""
    more = {
        "hazardous_area": BODY,
        "device": {"category": "anti_personnel_mine"},
        "activity": {"activity_type": "clearance"},
    }
    put(path, geometry, kind, **more.get(kind, {"place": "Mill"}))
    assert held(path, kind)["geometry"]["type"] == taken


def test_a_line_is_no_area(path):
    """In a file it waits, by hand it is refused; neither counts 0 m² in silence."""
    told = take_in(path, PATH)
    assert (told["quarantined"], told["by_code"]) == (1, {"geometry_without_ground": 1})
    with pytest.raises(RefusedError) as caught:
        by_hand(path, PATH)
    assert caught.value.code == "geometry_type"
    with pytest.raises(RefusedError):
        by_hand(path, collection(PATH))


@pytest.mark.parametrize("put", [take_in, by_hand])
def test_a_line_with_its_size_stays_on_the_map(path, put):
    """It counts as stated, and the warning says that nothing of it is measured."""
    told = put(path, PATH, **BODY, stated_area_m2=400)
    notes = told["issues"] if "issues" in told else told["warnings"]
    assert [(one["code"], one["severity"]) for one in notes] == [
        ("geometry_without_ground", "warning")
    ]
    assert held(path)["geometry"]["type"] == "LineString"


@pytest.mark.parametrize("name", ["o.zip", "o.gpkg", "o.kml", "o.geojson", "o.csv"])
def test_one_collection_in_an_old_register_fails_no_export(path, name):
    """Registers of earlier versions hold some: the others are given out, and its ground with them."""
    by_hand(path, BOX, **{**BODY, "local_id": "A"})
    with open_register(path, write=True) as register, register.write("Tester") as writer:
        odd = {**BODY, "geometry": collection(BOX, LABEL)}
        writer.append([Draft("hazardous_area", "hazardous_area.reported", odd)])
    file = path.with_name(name)
    done = exporting.export(path, file, **PUBLIC)
    assert done["layers"][0]["count"] == 2
    if name.endswith(".zip"):
        assert len(pyogrio.raw.read(f"/vsizip/{file}/hazardous_area_polygons.shp")[2]) == 2


def test_a_format_that_refuses_a_record_is_no_full_disk():
    """What GDAL cannot write is told as what it is."""
    with (
        pytest.raises(InputError) as caught,
        vector._as_os_errors(ValueError),
    ):
        raise ValueError("Geometry type of 'Tin' not supported in shapefiles")
    assert caught.value.code == "record_unwritable"
    assert "disk" not in str(caught.value)
