"""The ground of an area is its outline, whoever asks: near, the map, exports and reports."""

from __future__ import annotations

import json

import pyogrio
import pytest
import shapely

from landrelease.domain.entries import Draft
from landrelease.errors import NotFoundError
from landrelease.geometry import area_m2
from landrelease.register import open_register
from landrelease.services import exporting, keeping, land, layers, records, reporting

from .test_review import entry, record


def box(west, south, east, north):
    """A box as GeoJSON."""
    return json.loads(shapely.to_geojson(shapely.box(west, south, east, north)))


OWN = box(102.50, 18.00, 102.51, 18.01)
ENLARGED = box(102.50, 18.00, 102.52, 18.01)
BESIDE = (102.515, 18.005)


@pytest.fixture
def register(tmp_path):
    """An area surveyed again and enlarged, one whose product sticks out, and a plain one."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    area = {"hazard_kind": "SHA"}
    record(
        path,
        entry("district", {"name": "East", "code": "E1", "geometry": box(102.512, 17, 103, 19)}),
        entry("hazardous_area", {**area, "local_id": "H1", "geometry": OWN}, "2019"),
        entry("resurvey", {"area": "H1", "geometry": ENLARGED}, "2020"),
        entry(
            "hazardous_area",
            {**area, "local_id": "H2", "geometry": box(102.60, 18.00, 102.61, 18.01)},
            "2019",
        ),
        entry(
            "hazardous_area",
            {**area, "local_id": "H3", "geometry": box(102.70, 18.00, 102.71, 18.01)},
            "2019",
        ),
    )
    return path


def found(path, where, **when):
    """Local ids of the areas at a point."""
    asked = land.near(path, *where, 50, **when)
    return [f["local_id"] for f in asked["found"] if f["kind"] == "hazardous_area"]


def test_near_finds_ground_that_a_resurvey_added(register) -> None:
    """Who stands in the enlarged part stands in the area."""
    assert found(register, BESIDE) == ["H1"]
    assert land.near(register, *BESIDE, 50)["found"][0]["distance_m"] == 0
    assert found(register, (102.705, 18.005)) == ["H3"]


WEST, EAST = box(102.80, 18.00, 102.805, 18.01), box(102.805, 18.00, 102.81, 18.01)
SPLIT = {"hazard_kind": "SHA", "split_from": ["H4"]}


@pytest.fixture
def split(register):
    """The same with an area of which the west is split off."""
    own = {"hazard_kind": "SHA", "local_id": "H4", "geometry": box(102.80, 18.00, 102.81, 18.01)}
    record(
        register,
        entry("hazardous_area", own, "2019"),
        entry("hazardous_area", {**SPLIT, "local_id": "H4a", "geometry": WEST}, "2020"),
    )
    return register


@pytest.fixture
def split_wholly(split):
    """The same with the east split off too, and the area closed."""
    record(split, entry("hazardous_area", {**SPLIT, "local_id": "H4b", "geometry": EAST}, "2020"))
    record(split, entry("hazardous_area", {"local_id": "H4", "status": "closed"}, "2021"))
    return split


def map_of(path):
    """What the map draws, by local id."""
    rows = exporting.features(path, "hazardous_area", "internal")
    return {shown["local_id"]: shapely.from_wkb(wkb) for _, wkb, shown in rows}


def test_ground_of_a_part_is_no_more_its_parents(split) -> None:
    """Who asks for it finds the part alone, now and on a date; before the split the parent."""
    west, east = (102.802, 18.005), (102.808, 18.005)
    for when in ({}, {"as_of": "2020"}):
        assert (found(split, west, **when), found(split, east, **when)) == (["H4a"], ["H4"])
    assert found(split, west, as_of="2019") == ["H4"]
    assert shapely.equals(map_of(split)["H4"], shapely.geometry.shape(EAST))


def test_an_area_that_its_parts_hold_wholly_is_drawn_as_nothing(split_wholly, tmp_path) -> None:
    """Neither near nor the map finds it, and an export holds it without a shape."""
    assert found(split_wholly, (102.808, 18.005)) == ["H4b"]
    assert "H4" not in map_of(split_wholly)
    file = tmp_path / "areas.geojson"
    exporting.export(split_wholly, file, kind="hazardous_area", as_of=None, audience="internal")
    rows = json.loads(file.read_text())["features"]
    shapes = {row["properties"]["local_id"]: row["geometry"] for row in rows}
    assert (shapes["H4"], shapes["H4a"]["type"]) == (None, "Polygon")


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson"])
def test_a_split_area_comes_back_unchanged(split_wholly, tmp_path, suffix) -> None:
    """Its own polygon travels along, although nothing is drawn of it."""
    file = tmp_path / f"areas{suffix}"
    exporting.export(split_wholly, file, kind="hazardous_area", as_of=None, audience="internal")
    back = layers.take_in(split_wholly, layers.ImportCall(file), by="Tester")
    assert (back["unchanged"], back["changed"], back["added"]) == (6, 0, 0)


@pytest.mark.parametrize("kind", ["device", "accident"])
def test_a_sign_in_a_part_doubts_no_closed_parent(split_wholly, kind) -> None:
    """The ground was handed to the part, not released."""
    said = {"device": {"category": "anti_personnel_mine"}, "accident": {"injured": 1}}[kind]
    place = {"type": "Point", "coordinates": [102.802, 18.005]}
    record(split_wholly, entry(kind, {**said, "geometry": place}, "2022"))
    with open_register(split_wholly) as opened:
        assert list(opened.records("inquiry")) == []


def test_near_answers_for_a_date(register) -> None:
    """Before the second survey nobody knew of that ground; before the first of none."""
    assert found(register, BESIDE, as_of="2019") == []
    assert found(register, BESIDE, as_of="2020") == ["H1"]
    assert found(register, (102.505, 18.005), as_of="2019") == ["H1"]
    assert found(register, (102.505, 18.005), as_of="2018") == []


def test_show_says_what_stood_on_a_date(register) -> None:
    """A record as it was; asked for a day before it stood, it says so."""
    status = {"local_id": "H3", "status": "suspended"}
    record(register, entry("hazardous_area", {**status, "reason": "flood"}, "2021"))
    assert records.show(register, "H3")["body"]["status"] == "suspended"
    assert records.show(register, "H3", "2020")["body"]["status"] == "open"
    with pytest.raises(NotFoundError) as caught:
        records.show(register, "H3", "2018")
    assert caught.value.code == "record_not_then"


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_the_map_and_exports_draw_the_outline(register, tmp_path, audience) -> None:
    """What is drawn is what the balance measures, also on a date."""
    drawn = {
        properties["local_id"]: shapely.from_wkb(wkb)
        for _, wkb, properties in exporting.features(register, "hazardous_area", audience)
    }
    assert drawn["H1"].equals(shapely.geometry.shape(ENLARGED))
    file = tmp_path / f"{audience}.geojson"
    export = {"kind": "hazardous_area", "audience": audience}
    done = exporting.export(register, file, as_of=None, **export)
    assert done["layers"][0]["area_m2"] == pytest.approx(
        sum(a["area_m2"] for a in land.areas(register)["areas"])
    )
    earlier = exporting.export(register, tmp_path / "then.geojson", as_of="2019", **export)
    assert earlier["layers"][0]["area_m2"] == pytest.approx(
        sum(a["area_m2"] for a in land.areas(register, "2019")["areas"])
    )


def test_a_product_that_sticks_out_belongs_to_the_outline(register) -> None:
    """Imported products may reach beyond their area; the outline holds them."""
    sticking = box(102.605, 18.00, 102.615, 18.01)
    product = {"area": "H2", "method": "cancelled", "geometry": sticking}
    file = register.parent / "products.geojson"
    feature = {"type": "Feature", "geometry": sticking, "properties": product}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    layers.take_in(register, layers.ImportCall(file, kind="land_release_product"), by="Tester")
    with open_register(register) as opened:
        redrawn = opened.redrawn()
        names = {opened.record(key).local_id for key in redrawn}
    assert names == {"H1", "H2"}
    assert found(register, (102.6145, 18.005)) == ["H2"]


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson"])
def test_what_was_exported_comes_back_unchanged(register, tmp_path, suffix) -> None:
    """The record's own polygon travels beside the outline, so that nothing was surveyed anew."""
    file = tmp_path / f"areas{suffix}"
    exporting.export(register, file, kind="hazardous_area", as_of=None, audience="internal")
    back = layers.take_in(register, layers.ImportCall(file), by="Tester")
    assert (back["unchanged"], back["changed"], back["added"]) == (3, 0, 0)


def test_an_outline_drawn_anew_in_an_export_counts(register, tmp_path) -> None:
    """Who redraws the outline in the exported file and takes it in with its date has surveyed it."""
    file = tmp_path / "areas.geojson"
    exporting.export(register, file, kind="hazardous_area", as_of=None, audience="internal")
    content = json.loads(file.read_text())
    wider = box(102.50, 18.00, 102.53, 18.01)
    for feature in content["features"]:
        if feature["properties"]["local_id"] == "H1":
            feature["geometry"] = wider
            feature["properties"]["occurred_on"] = "2021"
    file.write_text(json.dumps(content))
    back = layers.take_in(register, layers.ImportCall(file), by="Tester")
    assert (back["unchanged"], back["changed"]) == (2, 1)
    h1 = next(a for a in land.areas(register)["areas"] if a["local_id"] == "H1")
    assert h1["area_m2"] == pytest.approx(area_m2(shapely.geometry.shape(wider)))


def test_a_public_export_holds_no_recorded_polygon(register, tmp_path) -> None:
    """What is for the way back is for the own house."""
    file = tmp_path / "areas.gpkg"
    exporting.export(register, file, kind="hazardous_area", as_of=None, audience="public")
    assert "geometry_recorded" not in pyogrio.read_info(file)["fields"]


def test_the_report_names_areas_that_reach_into_a_district(register) -> None:
    """The enlarged part lies in East: the area is named in its row, and was not before."""
    with open_register(register) as opened:
        h1 = opened.record("H1").record_id
        rows = {row["scope"]: row for row in reporting._balances(opened, "2021")}
        before = {row["scope"]: row for row in reporting._balances(opened, "2019")}
    assert h1 in rows["East"]["records"]
    assert h1 not in before["East"]["records"]


def test_an_accident_in_the_enlarged_part_of_ended_land_is_inquired_into(register) -> None:
    """What a re-survey added was handed over with the area: the accident lies inside it."""
    with open_register(register, write=True) as opened, opened.write("Tester") as writer:
        area = opened.record("H1")
        body = {**area.body, "status": "handed_over"}
        done = "hazardous_area.handed_over"
        draft = Draft(area.kind, done, body, area.record_id, "2021", supersedes=area.entry_id)
        writer.append([draft])
    place = {"type": "Point", "coordinates": list(BESIDE)}
    record(register, entry("accident", {"geometry": place, "injured": 1}, "2022"))
    with open_register(register) as opened:
        assert [inquiry.body["area"] for inquiry in opened.records("inquiry")] == [area.record_id]
