"""The monthly file against the rules: what it says is kept as a claim, and no land leaves by it."""

from __future__ import annotations

import json

import pytest

from landrelease.register import open_register
from landrelease.services import claims, keeping, land, layers, recording, review

FIELD = [[[17, 44], [17.01, 44], [17.01, 44.01], [17, 44.01], [17, 44]]]
CORNER = [[[17, 44], [17.001, 44], [17.001, 44.001], [17, 44.001], [17, 44]]]


@pytest.fixture
def path(tmp_path):
    """A register that took in a layer of one area in January."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    take_in(path, "2024-01")
    return path


def take_in(path, month, ring=FIELD, **said):
    """Take in the layer of a month."""
    row = {"local_id": "I4", "hazard_kind": "SHA", **said}
    feature = {
        "type": "Feature",
        "properties": row,
        "geometry": {"type": "Polygon", "coordinates": ring},
    }
    file = path.parent / month / "areas.geojson"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return layers.take_in(path, layers.ImportCall(file, kind="hazardous_area"), by="Ana")


def area(path):
    """The one area: its state and its body."""
    with open_register(path) as register:
        [state] = register.areas()
        return state, dict(register.record(state.record_id).body)


def by_hand(path, kind="hazardous_area", source="Report", **body):
    """Record by hand."""
    reason = body.pop("reason", None)
    entry = {"kind": kind, "body": body, "reason": reason, "source": {"title": source}}
    recording.record(path, {"entries": [{k: v for k, v in entry.items() if v}]}, by="Ben")


def codes(path):
    """The codes of all conflicts."""
    return sorted(c["code"] for c in review.conflicts(path)["conflicts"])


def test_a_file_that_shrinks_and_hands_over_releases_nothing(path):
    """The area stays as it was, the balance too; the file's words wait for a person."""
    before, account = area(path)[0], land.balance(path)
    told = take_in(path, "2024-02", CORNER, status="handed_over")
    after, body = area(path)
    assert (after.status, after.area_m2) == ("open", before.area_m2)
    assert land.balance(path)["remaining_m2"] == account["remaining_m2"]
    assert {one["field"] for one in told["contradictions"]} == {"status", "geometry"}
    assert {claim["value"] for claim in body["claims"] if claim["field"] == "status"} == {
        "handed_over"
    }
    assert codes(path) == ["claimed_by_file", "claimed_by_file"]
    again = take_in(path, "2024-03", CORNER, status="handed_over", remark="again")
    assert len(again["contradictions"]) == 2
    assert area(path)[0].status == "open"


def test_the_preview_shows_the_contradiction(path):
    """Before anything is written."""
    file = path.parent / "2024-01" / "areas.geojson"
    file.write_text(file.read_text().replace('"SHA"', '"SHA", "status": "closed"'))
    told = layers.preview(path, layers.ImportCall(file, kind="hazardous_area"))
    assert [one["code"] for one in told["contradictions"]] == ["land_left"]
    assert "remaining" not in str(area(path)[1].get("claims"))


def test_a_claim_is_settled_by_what_a_person_records_or_the_file_takes_back(path):
    """Cleared by a product, the area may be handed over; or the next file says otherwise."""
    take_in(path, "2024-02", status="handed_over")
    assert codes(path) == ["claimed_by_file"]
    ground = {"type": "Polygon", "coordinates": FIELD}
    work = {"activity_type": "clearance", "status": "completed", "geometry": ground}
    by_hand(path, "activity", local_id="C", **work)
    depth = {"depth_m": 0.2, "depth_datum": "ground_surface"}
    by_hand(
        path,
        "land_release_product",
        area="I4",
        activity="C",
        method="cleared",
        geometry=ground,
        **depth,
    )
    by_hand(path, local_id="I4", status="handed_over")
    assert (area(path)[0].status, codes(path)) == ("handed_over", [])


def test_a_claim_ends_when_the_file_no_longer_says_it(path):
    """A mistake of February is gone in March."""
    take_in(path, "2024-02", status="closed")
    take_in(path, "2024-03", status="open")
    assert codes(path) == []
    assert "claims" not in area(path)[1]


def table(path, month, **cells):
    """Take in a table of a month without outlines, as rows of the layer."""
    file = path.parent / month / "areas.csv"
    file.parent.mkdir(exist_ok=True)
    row = {"local_id": "I4", **cells}
    file.write_text(f"{','.join(row)}\n{','.join(row.values())}\n")
    mapping = file.with_suffix(".yaml")
    fields = "".join(f", {name}: {name}" for name in cells)
    mapping.write_text(
        "layer: areas\nkind: hazardous_area\nidentity: {local_id: local_id}\n"
        f"fields: {{hazard_kind: {{constant: SHA}}{fields}}}\n"
    )
    return layers.take_in(path, layers.ImportCall(file, mapping=mapping), by="Ana")


def test_a_table_that_lacks_the_column_leaves_the_claim(path):
    """It says nothing of it: the claim stays that of the file that made it, and is not told anew."""
    made = take_in(path, "2024-02", CORNER, status="closed")["import_id"]
    told = table(path, "2024-03", name="North")
    assert (told["changed"], told["contradictions"]) == (1, [])
    assert [c["field"] for c in told["changes"][0]["fields"]] == ["name"]
    listed = claims.listing(path, claims.Chosen(import_id=made))["claims"]
    assert {(one["field"], one["import_id"]) for one in listed} == {
        ("status", made),
        ("geometry", made),
    }
    assert claims.listing(path, claims.Chosen(import_id=told["import_id"]))["count"] == 0
    assert table(path, "2024-04", name="North")["unchanged"] == 1
    table(path, "2024-05", name="North", status="open")
    assert [one["field"] for one in claims.listing(path)["claims"]] == ["geometry"]


def test_what_the_file_does_not_carry_stays(path):
    """What a person confirmed, suspended and noted is no column of the file."""
    by_hand(path, local_id="I4", hazard_kind="CHA", evidence=["accident"], status="suspended")
    take_in(path, "2024-02", remark="seen again")
    state, body = area(path)
    assert (state.hazard_kind, state.status, body["evidence"]) == ("CHA", "suspended", ["accident"])
    told = [(claim["field"], claim["code"]) for claim in body["claims"]]
    assert told == [("hazard_kind", "said_before")]  # no news, so nobody is asked
    assert codes(path) == []


def test_an_enlarged_row_is_taken_as_it_is(path):
    """What adds a hazard counts at once."""
    wide = [[[17, 44], [17.02, 44], [17.02, 44.01], [17, 44.01], [17, 44]]]
    before = area(path)[0].area_m2
    told = take_in(path, "2024-02", wide)
    assert told["contradictions"] == []
    assert area(path)[0].area_m2 == pytest.approx(2 * before, rel=1e-6)


def test_a_moved_outline_adds_its_new_ground_and_takes_none(path):
    """The new place counts at once, the old one until a survey says otherwise."""
    east = [[[17.005, 44], [17.015, 44], [17.015, 44.01], [17.005, 44.01], [17.005, 44]]]
    before = area(path)[0].area_m2
    for month in ("2024-02", "2024-03"):
        take_in(path, month, east, remark=month)
        assert area(path)[0].remaining_m2 == pytest.approx(1.5 * before, rel=1e-6)
    assert codes(path) == ["claimed_by_file"]
    again = take_in(path, "2024-04", east, remark="2024-03")
    assert (again["changed"], again["unchanged"]) == (0, 1)


def test_an_area_that_comes_closed_is_kept_and_listed(path):
    """A new record of others is a fact of theirs; the land that no product released is named."""
    take_in(path, "2024-02", local_id="I5", status="closed")
    assert "ended_with_land" in codes(path)
    assert land.balance(path)["remaining_m2"] > 2e6 / 2


def rows_in(path, kind, *rows):
    """Take in a layer of other kinds; each row is (what it says, ring or None)."""
    features = [
        {
            "type": "Feature",
            "properties": said,
            "geometry": ring and {"type": "Polygon", "coordinates": ring},
        }
        for said, ring in rows
    ]
    file = path.parent / f"{kind}.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return layers.take_in(path, layers.ImportCall(file, kind=kind), by="Ana")


def released(path):
    """The m² of each method, and what remains."""
    account = land.balance(path)
    return {name: account[f"{name}_m2"] for name in ("cancelled", "cleared", "remaining")}


WIDE = [[[17, 44], [17.02, 44], [17.02, 44.01], [17, 44.01], [17, 44]]]


def test_a_resurvey_of_a_file_takes_no_ground(path):
    """A new row without activity and reason draws what was there; its word is a claim."""
    before = released(path)
    told = rows_in(path, "resurvey", ({"local_id": "R1", "area": "I4"}, CORNER))
    assert [one["code"] for one in told["contradictions"]] == ["land_lost"]
    assert released(path) == pytest.approx(before, rel=1e-6)
    assert codes(path) == ["claimed_by_file"]
    again = rows_in(path, "resurvey", ({"local_id": "R1", "area": "I4", "note": ""}, CORNER))
    assert released(path) == pytest.approx(before, rel=1e-6)
    assert again["changed"] == 0


def test_a_resurvey_row_that_shrinks_later_takes_no_ground(path):
    """What it added stays added."""
    row = {"local_id": "R1", "area": "I4"}
    before = released(path)["remaining"]
    assert rows_in(path, "resurvey", (row, WIDE))["contradictions"] == []
    assert released(path)["remaining"] == pytest.approx(2 * before, rel=1e-6)
    for _ in range(2):
        rows_in(path, "resurvey", (row, CORNER))
        assert released(path)["remaining"] == pytest.approx(2 * before, rel=1e-6)
        assert codes(path) == ["claimed_by_file"]


def test_a_resurvey_by_a_survey_with_its_reason_counts(path):
    """The file names the survey that drew it, and its note says why."""
    by_hand(path, "activity", local_id="S", activity_type="technical_survey", area="I4")
    row = {"local_id": "R1", "area": "I4", "activity": "S", "note": "surveyed on foot"}
    assert rows_in(path, "resurvey", (row, CORNER))["contradictions"] == []
    assert released(path)["remaining"] < 1e5


def test_a_product_that_a_file_makes_larger_and_more_thorough_stays(path):
    """Cancelled by a survey it was; cleared by that survey, and ten times as large, it is not."""
    by_hand(path, "activity", local_id="N", activity_type="non_technical_survey", area="I4")
    row = {"local_id": "P1", "area": "I4", "activity": "N", "method": "cancelled"}
    rows_in(path, "land_release_product", (row, CORNER))
    before = released(path)
    told = rows_in(path, "land_release_product", (row | {"method": "cleared"}, FIELD))
    assert {one["field"] for one in told["contradictions"]} == {"method", "geometry"}
    assert released(path) == before
    assert set(codes(path)) == {"claimed_by_file"}
    rows_in(path, "land_release_product", (row | {"note": "as before"}, CORNER))
    assert (released(path), codes(path)) == (before, [])


def test_a_new_product_counts_and_its_contradictions_are_listed(path):
    """Work of others is a fact of theirs; what the rules say against it is told."""
    strip = {"type": "Polygon", "coordinates": CORNER}
    by_hand(
        path,
        "activity",
        local_id="C",
        activity_type="clearance",
        area="I4",
        geometry=strip,
    )
    by_hand(path, "activity", local_id="N", activity_type="non_technical_survey", area="I4")
    rows_in(
        path,
        "land_release_product",
        ({"local_id": "P1", "area": "I4", "activity": "N", "method": "cleared"}, CORNER),
        ({"local_id": "P2", "area": "I4", "activity": "C", "method": "cleared"}, FIELD),
        ({"local_id": "P3", "area": "I4", "method": "cancelled"}, CORNER),
    )
    assert released(path)["remaining"] == 0
    assert {
        "method_beyond_activity",
        "ground_not_processed",
        "activity_missing",
        "depth_missing",
    } <= set(codes(path))


def test_a_critical_finding_is_not_closed_softened_or_moved_by_a_file(path):
    """Without measures it stays open and critical on its area, and holds the handover back."""
    row = {"local_id": "N", "severity": "critical", "area": "I4", "what": "w", "open": "true"}
    rows_in(path, "non_conformity", (row, None))
    told = rows_in(path, "non_conformity", (row | {"open": "false"}, None))
    assert [one["code"] for one in told["contradictions"]] == ["measures_missing"]
    take_in(path, "2024-02", local_id="I5")
    softer = {"severity": "minor", "area": "I5", "open": "false"}
    rows_in(path, "non_conformity", (row | softer, None))
    with open_register(path) as register:
        body = register.record("N").body
    assert (body["severity"], body["area"], body["open"]) == ("critical", "I4", True)
    assert codes(path) == ["claimed_by_file"] * 3
    closed = row | {"open": "false", "measures": "searched again"}
    rows_in(path, "non_conformity", (closed, None))
    assert codes(path) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"did": "hazardous_area.closed"}, "hazardous_area.amended"),
        ({"did": "hazardous_area.amended", "status": "suspended"}, "hazardous_area.suspended"),
        ({"did": "hazardous_area.suspended"}, "hazardous_area.suspended"),
    ],
)
def test_the_history_tells_what_a_file_did_and_not_what_it_said(path, said, told):
    """An ending that is held back is no ending in the history; a status is told by its action."""
    mapping = path.parent / "m.yaml"
    status = ", status: status" if "status" in said else ""
    mapping.write_text(
        "kind: hazardous_area\nidentity: {local_id: local_id}\naction: {column: did, values: {"
        + ", ".join(
            f"hazardous_area.{one}: hazardous_area.{one}"
            for one in ("closed", "amended", "suspended")
        )
        + f"}}}}\nfields: {{hazard_kind: hazard_kind{status}}}\n"
    )
    shape = {"type": "Polygon", "coordinates": FIELD}
    row = {"local_id": "I4", "hazard_kind": "SHA", **said}
    feature = {"type": "Feature", "properties": row, "geometry": shape}
    file = path.parent / "areas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    layers.take_in(path, layers.ImportCall(file, mapping=mapping), by="Ana")
    with open_register(path) as register:
        [one] = register.records("hazardous_area")
        assert [e.action for e in register.history(one.record_id)][1:] == [told]
