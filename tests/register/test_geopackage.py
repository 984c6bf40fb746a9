"""The register is a GeoPackage that other programs open, read and append to."""

from __future__ import annotations

import json
import sqlite3

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from landrelease.domain.kinds import kinds
from landrelease.register import geopackage, open_register
from tests.register.test_ledger import SQUARE, area, write

pyogrio = pytest.importorskip("pyogrio")
pytestmark = pytest.mark.filterwarnings("ignore:File /vsimem:RuntimeWarning")


def test_gdal_lists_every_kind_and_reads_geometry_and_crs(register, tmp_path):
    """From the bytes of a snapshot, so that no second SQLite touches the file."""
    write(register, area("HA-1", stated_area_m2=5.5, marked=True), area("HA-2", geometry=None))
    data = register.snapshot()
    listed = dict(pyogrio.list_layers(data))
    assert set(listed) == set(kinds())
    assert listed["organisation"] is None
    meta, _, wkb, columns = pyogrio.raw.read(data, layer="hazardous_area")
    assert meta["crs"] == "EPSG:4326"
    assert shapely.from_wkb(wkb[0]).equals(shapely.geometry.shape(SQUARE))
    assert wkb[1] is None
    values = {name: column[0] for name, column in zip(meta["fields"], columns, strict=True)}
    assert (values["local_id"], values["stated_area_m2"], bool(values["marked"])) == (
        "HA-1",
        5.5,
        True,
    )
    inside = pyogrio.raw.read(data, layer="hazardous_area", bbox=(16.9, 43.9, 17.1, 44.1))
    assert len(inside[2]) == 1


def test_a_row_appended_by_gdal_is_an_outside_edit(register, path):
    """GDAL appends through the spatial index; the register logs it and verify counts it."""
    write(register, area("HA-1"))
    register.close()
    pyogrio.raw.write(
        path,
        np.array([shapely.to_wkb(shapely.box(18, 44, 18.1, 44.1))]),
        [np.array(["new"], object)],
        ["local_id"],
        layer="hazardous_area",
        append=True,
        geometry_type="Unknown",
        crs="EPSG:4326",
    )
    with open_register(path) as again:
        assert [e.operation for e in again.outside_edits()] == ["insert"]
        found = again.verify()
        assert (found.ok, found.outside_edits) == (True, 1)
        again.rebuild()
        assert again.verify().ok


def test_system_tables_are_whole(register, path):
    """Application id, reference systems, and one contents row and index per layer."""
    write(register, area("HA-1"))
    plain = sqlite3.connect(path)
    assert plain.execute("PRAGMA application_id").fetchone()[0] == 0x47504B47
    assert plain.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert plain.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    assert {row[0] for row in plain.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")} == {
        -1,
        0,
        4326,
    }
    spatial = {name for name, spec in kinds().items() if spec.has_geometry}
    assert {
        row[0] for row in plain.execute("SELECT table_name FROM gpkg_geometry_columns")
    } == spatial
    assert {row[0] for row in plain.execute("SELECT table_name FROM gpkg_extensions")} == spatial
    for name in spatial:
        assert plain.execute(f"SELECT rtreecheck('rtree_{name}_geom')").fetchone()[0] == "ok"
    types = {row[2] for name in kinds() for row in plain.execute(f'PRAGMA table_info("{name}")')}
    assert types <= {"INTEGER", "TEXT", "DOUBLE", "BOOLEAN", "GEOMETRY"}
    plain.close()


def test_the_index_follows_every_change(register, path):
    """A moved, emptied and voided area is moved in and taken out of the index."""
    [entry] = write(register, area("HA-1"))
    away = {"type": "Polygon", "coordinates": [[[20, 44], [21, 44], [21, 45], [20, 44]]]}
    box = (19.0, 43.0, 22.0, 46.0)
    assert not list(register.records("hazardous_area", bbox=box))
    write(register, area("HA-1", record_id=entry.record_id, geometry=away))
    assert list(register.records("hazardous_area", bbox=box))
    write(register, area("HA-1", record_id=entry.record_id, geometry=None))
    assert not list(register.records("hazardous_area", bbox=box))
    write(register, area("HA-1", record_id=entry.record_id, geometry=away))
    with register.write("Ana") as writer:
        writer.void(entry.record_id, "wrong")
    assert not list(register.records("hazardous_area", bbox=box))
    assert register.verify().ok


def _triangle(west):
    """A small area that begins at a longitude."""
    ring = [[west, 44], [west + 0.001, 44], [west + 0.001, 44.001], [west, 44]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_the_index_of_many_rows_is_that_of_single_ones(register, path):
    """Rows written in bulk are moved, emptied and indexed as the triggers would, which stay."""
    listed = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    raw = sqlite3.connect(path)
    triggers = raw.execute(listed).fetchall()
    entries = write(register, *[area(f"HA-{n}", geometry=_triangle(16)) for n in range(600)])
    ways = [_triangle(20), None, _triangle(16)]
    again = [
        area(f"HA-{n}", record_id=entry.record_id, geometry=ways[n % 3])
        for n, entry in enumerate(entries)
    ]
    write(register, *again)
    assert raw.execute(listed).fetchall() == triggers
    index = 'SELECT x.id, round(minx) FROM "rtree_hazardous_area_geom" AS x ORDER BY x.id'
    layer = "SELECT fid, geom FROM hazardous_area WHERE geom IS NOT NULL ORDER BY fid"
    rows = raw.execute(layer).fetchall()
    boxes = [(fid, round(geopackage.decode([blob])[0].bounds[0])) for fid, blob in rows]
    assert raw.execute(index).fetchall() == boxes
    assert {west for _, west in boxes} == {16, 20}
    assert len(boxes) == 400
    raw.close()


@given(
    st.lists(
        st.sampled_from(
            [
                None,
                shapely.Point(17, 44),
                shapely.box(0, 0, 1, 1),
                shapely.Polygon(),
                shapely.LineString([(0, 0), (2, 3)]),
                shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)]),
            ]
        ),
        max_size=6,
    )
)
def test_blobs_give_back_what_went_in(shapes):
    """Encoding and decoding are inverse, and the envelope is that of the shape."""
    array = np.array([*shapes, None], dtype=object)
    blobs = geopackage.encode(array)
    for shape, blob, back in zip(array, blobs, geopackage.decode(blobs), strict=True):
        assert (shape is None) == (blob is None)
        assert shape is None or shape.equals(back)
    plain = sqlite3.connect(":memory:")
    geopackage.register_functions(plain)
    for shape, blob in zip(array, blobs, strict=True):
        box = plain.execute(
            "SELECT ST_MinX(?1), ST_MinY(?1), ST_MaxX(?1), ST_MaxY(?1), ST_IsEmpty(?1)", (blob,)
        ).fetchone()
        if shape is None:
            assert box == (None,) * 5
        else:
            assert box[4] == shape.is_empty
            assert shape.is_empty or box[:4] == shape.bounds


def extent_told(path, layer="hazardous_area"):
    """The extent that `gpkg_contents` tells other programs: west, south, east, north."""
    raw = sqlite3.connect(path)
    query = "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?"
    found = raw.execute(query, (layer,)).fetchone()
    raw.close()
    return found


def test_a_layer_tells_its_extent(register, path):
    """After every write, after GDAL appended and after a rebuild it holds all features."""
    write(
        register, area("HA-1", geometry=json.loads(shapely.to_geojson(shapely.box(17, 44, 18, 45))))
    )
    assert extent_told(path) == (17, 44, 18, 45)
    assert extent_told(path, "accident") == (None,) * 4
    write(register, area("HA-2", geometry={"type": "Point", "coordinates": [20, 40]}))
    assert extent_told(path) == (17, 40, 20, 45)
    register.close()
    pyogrio.raw.write(
        path,
        np.array([shapely.to_wkb(shapely.Point(16, 43))]),
        [np.array(["new"], object), np.array(["SHA"], object)],
        ["local_id", "hazard_kind"],
        layer="hazardous_area",
        append=True,
        geometry_type="Unknown",
        crs="EPSG:4326",
    )
    assert extent_told(path) == (16, 40, 20, 45)
    with open_register(path, write=True) as again:
        again.rebuild()
        assert extent_told(path) == (17, 40, 20, 45)
        [waiting] = again.outside_edits()
        with again.write("Ana") as writer:
            adopted = writer.adopt_edit(waiting.edit_id, "walked there")
        assert again.record(adopted.record_id).body["local_id"] == "new"
        assert again.verify().ok
