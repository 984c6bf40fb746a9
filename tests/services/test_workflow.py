"""Verifying and approving as a programme does it: one by one, an import at once, in the open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from landrelease.errors import FieldError, RefusedError, UsageError
from landrelease.register import open_register
from landrelease.services import (
    exporting,
    keeping,
    land,
    layers,
    lineage,
    recording,
    records,
    reporting,
    totals,
    workflow,
)
from landrelease.services.area_page import area_page

from .test_review import HALF, SQUARE, entry, record


@pytest.fixture
def register(tmp_path):
    """A register that asks for approval, with an area, its clearance and the product."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana", workflow=True)
    done = recording.record(
        path,
        {
            "entries": [
                entry(
                    "hazardous_area",
                    {"local_id": "A-1", "hazard_kind": "SHA", "geometry": SQUARE},
                    "2019",
                ),
                entry(
                    "activity",
                    {"local_id": "W-1", "activity_type": "clearance", "geometry": SQUARE},
                    "2020",
                ),
                entry(
                    "land_release_product",
                    {
                        "local_id": "P-1",
                        "area": "A-1",
                        "activity": "W-1",
                        "method": "cleared",
                        "geometry": HALF,
                    },
                    "2020",
                ),
            ]
        },
        by="Ana",
    )
    assert len(done["recorded"]) == 3
    return path


def both(path, *ids, verifier="Ben", approver="Cem", **what):
    """Verify, then approve."""
    workflow.take_step(path, "verify", ids, by=verifier, **what)
    return workflow.take_step(path, "approve", ids, by=approver, **what)


def test_from_collected_to_approved(register) -> None:
    """Only the approval of the product lets its land leave; every step says who and why."""
    assert land.balance(register)["cleared_m2"] == 0.0
    assert totals.totals(register)["released"] == []
    assert workflow.awaiting(register)["count"] == 3
    both(register, "P-1", "W-1", "A-1", why="checked against the completion report")
    assert land.balance(register)["cleared_m2"] > 0.0
    assert [row["products"] for row in totals.totals(register)["released"]] == [1]
    assert workflow.awaiting(register)["records"] == []
    last = records.history(register, "P-1")["entries"][-1]
    assert (last["action"], last["author"]) == ("record.approved", "Cem")
    assert last["reason"] == "checked against the completion report"


def test_named_records_are_taken_all_or_none(register) -> None:
    """One that cannot be verified, and none is."""
    with pytest.raises(RefusedError, match="own record"):
        workflow.take_step(register, "verify", ["A-1"], by="ana")
    workflow.take_step(register, "verify", ["A-1"], by="Ben")
    with pytest.raises(RefusedError, match="already"):
        workflow.take_step(register, "verify", ["W-1", "A-1"], by="Ben")
    assert {r["local_id"]: r["state"] for r in workflow.awaiting(register)["records"]} == {
        "A-1": "verified",
        "W-1": "collected",
        "P-1": "collected",
    }


def test_an_amendment_goes_back_to_the_start_and_a_void_needs_nobody(register) -> None:
    """What was approved is not what now stands; what is wrong leaves at once."""
    both(register, "W-1", "P-1")
    recording.record(
        register,
        {"entries": [entry("land_release_product", {"local_id": "P-1", "note": "x"}, "2020")]},
        by="Ana",
    )
    assert land.balance(register)["cleared_m2"] == 0.0
    with pytest.raises(RefusedError, match="only after it was verified"):
        workflow.take_step(register, "approve", ["P-1"], by="Cem")
    recording.void(register, record_id="P-1", import_id=None, why="never happened", by="Ana")
    assert {r["local_id"] for r in workflow.awaiting(register)["records"]} == {"A-1"}


def test_an_import_is_approved_as_one_act_and_undone_as_one(register, tmp_path) -> None:
    """The same layer again stays approved; undoing the import takes its approvals along."""
    feature = {
        "type": "Feature",
        "geometry": SQUARE,
        "properties": {"id": "N-1", "hazard_kind": "SHA"},
    }
    file = tmp_path / "areas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    call = layers.ImportCall(file=file, kind="hazardous_area")
    brought = layers.take_in(register, call, by="Ana")
    done = both(register, import_id=brought["import_id"])
    assert (len(done["records"]), done["left"]) == (1, [])
    again = layers.take_in(register, call, by="Ana")
    assert again["unchanged"] == 1
    record_id = done["records"][0]["record_id"]
    with open_register(register) as opened:
        assert opened.workflow_state(record_id) == "approved"
    recording.void(
        register, record_id=None, import_id=brought["import_id"], why="wrong file", by="Ana"
    )
    assert record_id not in {a["record_id"] for a in land.areas(register)["areas"]}
    assert keeping.verify(register)["ok"]


def test_an_import_leaves_what_cannot_be_approved_and_says_why(register, tmp_path) -> None:
    """One row was looked at, the other not; the one is approved, the other named."""
    rows = "id,name\nO-1,Here\nO-2,There\n"
    file = tmp_path / "organisations.csv"
    file.write_text(rows, "utf-8")
    brought = layers.take_in(register, layers.ImportCall(file=file, kind="organisation"), by="Ana")[
        "import_id"
    ]
    with open_register(register) as opened:
        [one, _] = opened.records("organisation")
    workflow.take_step(register, "verify", [one.record_id], by="Ben")
    done = workflow.take_step(register, "approve", import_id=brought, by="Cem")
    assert [r["record_id"] for r in done["records"]] == [one.record_id]
    assert [r["code"] for r in done["left"]] == ["not_verified"]
    with pytest.raises(RefusedError):
        workflow.take_step(register, "approve", import_id=brought, by="Cem")


def test_the_switch_is_an_act_with_a_reason(register) -> None:
    """It says who and why, changes no figure, and what waits still waits."""
    before = land.balance(register)
    with pytest.raises(FieldError, match="reason"):
        workflow.switch(register, "off", why=" ", by="Ana")
    with pytest.raises(RefusedError, match="already"):
        workflow.switch(register, "on", why="as agreed", by="Ana")
    workflow.switch(register, "off", why="the trial is over", by="Ana")
    assert land.balance(register) == before
    assert workflow.status(register) == {"on": False, "collected": 3, "verified": 0, "approved": 0}
    both(register, "W-1", "P-1")
    record(register, entry("device", {"category": "other", "area": "A-1"}, "2020"))
    assert {r["kind"] for r in workflow.awaiting(register)["records"]} == {"hazardous_area"}


def test_what_was_recorded_before_is_not_asked_about(tmp_path) -> None:
    """Switching it on leaves the figures of the years before as they are."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    record(path, entry("organisation", {"local_id": "O-1", "name": "X"}))
    workflow.switch(path, "on", why="as agreed", by="Ana")
    assert workflow.awaiting(path)["count"] == 0
    with pytest.raises(RefusedError, match="asked for no approval"):
        workflow.take_step(path, "verify", ["O-1"], by="Ben")


def test_a_step_needs_to_know_of_what(register) -> None:
    """Neither nothing nor both."""
    with pytest.raises(UsageError, match="name records"):
        workflow.take_step(register, "approve", by="Ben")
    with pytest.raises(UsageError, match="name records"):
        workflow.take_step(register, "approve", ["A-1"], import_id="x", by="Ben")


ELSEWHERE = {
    "type": "Polygon",
    "coordinates": [[[10.02, 10], [10.03, 10], [10.03, 10.01], [10.02, 10.01], [10.02, 10]]],
}


def closing(path):
    """What waits: the product of the first area, and the closing of a second one."""
    both(path, "W-1", "A-1")
    body = {"local_id": "A-2", "hazard_kind": "SHA", "geometry": ELSEWHERE}
    record(path, entry("hazardous_area", body, "2019"))
    work = {"local_id": "W-2", "activity_type": "clearance", "area": "A-2"}
    record(path, entry("activity", work, "2020"))
    both(path, "W-2")
    ended = {"local_id": "A-2", "status": "closed", "rests_on": "W-2"}
    record(path, entry("hazardous_area", ended, "2021", reason="no threat was found"))


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_nothing_that_waits_is_given_out_as_released(register, tmp_path, audience) -> None:
    """No product of it, no closed area; and the export says what it left out."""
    closing(register)
    file = tmp_path / "out.geojson"
    told = exporting.export(register, file, kind=None, as_of=None, audience=audience)
    features = json.loads(file.read_text("utf-8"))["features"]
    kinds = [f["properties"]["record_kind"] for f in features]
    assert "land_release_product" not in kinds
    areas = [
        f["properties"] for f in features if f["properties"]["record_kind"] == "hazardous_area"
    ]
    assert [area["status"] for area in areas] == ["open", "open"]
    assert any("wait for approval" in sentence for sentence in told["lost"])


def test_an_internal_export_gives_the_records_as_they_are(register, tmp_path) -> None:
    """So that another copy can take them in; and says that some wait."""
    closing(register)
    file = tmp_path / "out.geojson"
    told = exporting.export(register, file, kind=None, as_of=None, audience="internal")
    features = json.loads(file.read_text("utf-8"))["features"]
    given = {f["properties"].get("local_id"): f["properties"] for f in features}
    assert given["A-2"]["status"] == "closed"
    assert given["P-1"]["method"] == "cleared"
    assert any("wait for approval" in sentence for sentence in told["lost"])


def test_the_map_draws_what_counts(register) -> None:
    """For every audience: the area is open, its product is not drawn."""
    closing(register)
    for audience in ("public", "internal"):
        assert list(exporting.features(register, "land_release_product", audience)) == []
        assert _drawn(register, audience) == {"A-1": "open", "A-2": "open"}
    both(register, "P-1", "A-2")
    assert len(list(exporting.features(register, "land_release_product", "public"))) == 1
    # approved, but no product took its ground: it is given out as the hazard that it still is
    assert _drawn(register, "public") == {"A-1": "open", "A-2": "open"}
    assert register_status(register, "A-2") == "closed"


def register_status(path, local_id):
    """The status that the list of areas gives."""
    return {row["local_id"]: row["status"] for row in land.areas(path)["areas"]}[local_id]


def _drawn(register, audience):
    drawn = exporting.features(register, "hazardous_area", audience)
    return {shown["local_id"]: shown["status"] for _, _, shown in drawn}


def test_every_answer_about_the_area_says_that_it_waits(register) -> None:
    """Areas, show, near, search, lineage and the page of the area agree."""
    closing(register)
    rows = {row["local_id"]: row for row in land.areas(register)["areas"]}
    assert [(r["status"], r["workflow"]) for r in rows.values()] == [
        ("open", "approved"),
        ("open", "collected"),
    ]
    for answer in (records.show(register, "A-2"), area_page(register, "A-2")["record"]):
        assert (answer["status"], answer["workflow"]) == ("open", "collected")
    near = land.near(register, 10.002, 10.002, 5000)["found"]
    words = {f["local_id"]: f["text"] for f in near}
    assert words["A-2"] == "Hazardous area, SHA, open, waits for approval"
    assert words["P-1"].endswith("waits for approval")
    assert records.search(register, "A-2")["records"][0]["text"] == words["A-2"]
    page = area_page(register, "A-1")
    assert [(p["m2"], p["workflow"]) for p in page["products"]] == [(None, "collected")]
    half_m2 = rows["A-1"]["area_m2"] / 2
    assert page["balance"]["awaiting_m2"] == pytest.approx(half_m2, rel=1e-3)
    assert shapely.geometry.shape(page["geometry"]).equals(shapely.geometry.shape(SQUARE))
    [root] = lineage.lineage(register, "A-2")["trees"]
    assert (root["status"], root["workflow"]) == ("open", "collected")
    assert land.summary(register)["awaiting"] == 2


def test_the_country_report_says_how_many_records_wait(register, tmp_path) -> None:
    """By kind and state; and the land of a product that waits is not among the released."""
    closing(register)
    with open_register(register) as opened:
        facts = reporting._facts(opened, 2026)
    assert sorted((r["kind"], r["state"]) for r in facts.awaiting) == [
        ("hazardous_area", "collected"),
        ("land_release_product", "collected"),
    ]
    assert facts.products == []
    assert [a["status"] for a in facts.areas] == ["open", "open"]
    files = reporting.country(register, tmp_path)["files"]
    text = next(Path(f) for f in files if f.endswith(".html")).read_text("utf-8")
    assert "Records that wait for approval" in text
    assert "Awaiting approval" in text


KNOWN_AT = {"type": "Point", "coordinates": [10.5, 10.5]}
FAR_OFF = {"type": "Point", "coordinates": [11, 11]}


@pytest.mark.parametrize("geometry", [FAR_OFF, None])
def test_a_hazard_that_one_person_lessens_holds_until_that_is_approved(tmp_path, geometry):
    """Its place, its larger figure and what was confirmed stand beside the new version, for everyone."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana", workflow=True)
    figure = {"stated_area_m2": 50_000, "place": "Dolna"}
    known = {"hazard_kind": "CHA", "evidence": ["ordnance_seen"], "geometry": KNOWN_AT, **figure}
    record(path, entry("hazardous_area", {"local_id": "A-1", **known}, "2019"))
    [one] = land.areas(path)["areas"]
    both(path, one["record_id"])
    less = {"local_id": "A-1", "hazard_kind": "SHA", "geometry": geometry, "stated_area_m2": 10}
    record(path, entry("hazardous_area", less, "2020", reason="read again"))
    for as_of in (None, "2021"):
        [one] = land.areas(path, as_of=as_of)["areas"]
        assert (one["hazard_kind"], one["stated_area_m2"]) == ("CHA", 50_000)
        [found] = land.near(path, *KNOWN_AT["coordinates"], as_of=as_of)["found"]
        assert "CHA" in found["text"]
    [(_, wkb, seen)] = exporting.features(path, "hazardous_area", "public")
    assert shapely.from_wkb(wkb).intersects(shapely.geometry.shape(KNOWN_AT))
    assert (seen["hazard_kind"], seen["stated_area_m2"]) == ("CHA", 50_000)
    both(path, one["record_id"])
    [one] = land.areas(path)["areas"]
    assert (one["hazard_kind"], one["stated_area_m2"]) == ("SHA", 10)
    assert land.near(path, *KNOWN_AT["coordinates"])["found"] == []


def test_a_polygon_elsewhere_does_not_move_an_approved_point_alone(tmp_path):
    """Who stands at the approved place is told, on every map, until a second person approves."""
    path, files = tmp_path / "r.gpkg", tmp_path / "out"
    keeping.init(path, country=None, name="Test", by="Ana", workflow=True)
    body = {"local_id": "A-1", "hazard_kind": "SHA", "geometry": KNOWN_AT}
    record(path, entry("hazardous_area", body, "2019"))
    both(path, "A-1")
    square = shapely.geometry.mapping(shapely.box(11, 11, 11.01, 11.01))
    record(path, entry("hazardous_area", body | {"geometry": square}, "2020", reason="surveyed"))
    point, polygon = shapely.geometry.shape(KNOWN_AT), shapely.geometry.shape(square)
    for as_of in (None, "2021"):
        assert len(land.near(path, *KNOWN_AT["coordinates"], as_of=as_of)["found"]) == 1
        assert len(land.near(path, 11.005, 11.005, as_of=as_of)["found"]) == 1
    for audience in ("public", "partner"):
        [(_, wkb, _)] = exporting.features(path, "hazardous_area", audience)
        assert shapely.from_wkb(wkb).intersects(point)
        assert shapely.from_wkb(wkb).intersects(polygon)
    exporting.export(
        path, tmp_path / "i.geojson", kind="hazardous_area", as_of=None, audience="internal"
    )
    [row] = json.loads((tmp_path / "i.geojson").read_text("utf-8"))["features"]
    assert row["geometry"]["type"] == "Polygon"
    written = reporting.country(path, files)["files"]
    [page] = [Path(file) for file in written if file.endswith(".html")]
    assert page.read_text("utf-8").count('<circle class="SHA"') == 1  # the point, off the square
    assert land.balance(path)["remaining_m2"] == pytest.approx(
        land.areas(path)["areas"][0]["area_m2"]
    )
    both(path, "A-1")
    assert land.near(path, *KNOWN_AT["coordinates"])["found"] == []
    with open_register(path) as opened:
        assert opened.places_beside() == {}


def test_what_holds_is_told_beside_what_waits(tmp_path):
    """`show` and the page of the area give no unapproved value as if it stood."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana", workflow=True)
    known = {"hazard_kind": "CHA", "evidence": ["ordnance_seen"], "stated_area_m2": 50_000}
    first = {"local_id": "A-1", "geometry": KNOWN_AT, **known}
    record(path, entry("hazardous_area", first, "2019"))
    both(path, "A-1")
    assert records.show(path, "A-1")["holds"] == {}
    less = {"hazard_kind": "SHA", "geometry": FAR_OFF, "stated_area_m2": 10}
    record(path, entry("hazardous_area", {"local_id": "A-1", **less}, "2020", reason="read again"))
    holds = records.show(path, "A-1")["holds"]
    assert (holds["hazard_kind"], holds["stated_area_m2"]) == ("CHA", 50_000)
    there = shapely.geometry.shape(holds["geometry"])
    assert there.intersects(shapely.geometry.shape(KNOWN_AT))
    page = area_page(path, "A-1")
    assert page["record"]["hazard_kind"] == "CHA"
    assert page["holds"] == holds
