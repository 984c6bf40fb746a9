"""What a file says again beats no later word by hand; what both say anew waits for a person."""

from __future__ import annotations

import json

import pytest

from landrelease.register import open_register
from landrelease.services import claims, keeping, land, layers, recording, review

FIELD = [[[17, 44], [17.01, 44], [17.01, 44.01], [17, 44.01], [17, 44]]]
CORNER = [[[17, 44], [17.001, 44], [17.001, 44.001], [17, 44.001], [17, 44]]]
GROWN = [[[17, 44], [17.02, 44], [17.02, 44.01], [17, 44.01], [17, 44]]]


@pytest.fixture
def path(tmp_path):
    """An empty register."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    return path


def take(path, kind="hazardous_area", ring=FIELD, name="layer", **row):
    """Take in a file of one row; it has a geometry where ``ring`` is given."""
    shape = {"type": "Polygon", "coordinates": ring} if ring else None
    feature = {"type": "Feature", "properties": row, "geometry": shape}
    file = path.parent / f"{name}.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return layers.take_in(path, layers.ImportCall(file, kind=kind), by="Ana")


def by_hand(path, kind="hazardous_area", on=None, reason="seen on foot", **body):
    """Record by hand."""
    entry = {"kind": kind, "body": body, "reason": reason}
    entry |= {"occurred_on": on} if on else {}
    recording.record(path, {"entries": [entry]}, by="Ben")


def body_of(path, name="A"):
    """What a record says now."""
    with open_register(path) as register:
        return dict(register.record(name).body)


def claimed(path):
    """Field, value and code of the claims that wait."""
    found = claims.listing(path)["claims"]
    return [(one["field"], one["value"], one["code"]) for one in found]


AREA = {"local_id": "A", "hazard_kind": "SHA"}


def test_the_same_file_again_undoes_no_correction_of_a_release(path):
    """A product that a person made smaller and shallower stays so."""
    take(path, **AREA)
    ground = {"type": "Polygon", "coordinates": FIELD}
    work = {"activity_type": "clearance", "status": "completed", "area": "A", "geometry": ground}
    by_hand(path, "activity", local_id="CL", **work)
    row = {"local_id": "P", "area": "A", "activity": "CL", "method": "cleared"}
    row |= {"depth_m": 0.2, "depth_datum": "ground_surface"}
    take(path, "land_release_product", name="products", **row)
    corner = {"type": "Polygon", "coordinates": CORNER}
    by_hand(path, "land_release_product", local_id="P", geometry=corner, depth_m=0.05)
    left = land.balance(path)["remaining_m2"]
    again = take(path, "land_release_product", name="products", **row)
    assert (again["unchanged"], again["changed"], again["import_id"]) == (1, 0, None)
    assert land.balance(path)["remaining_m2"] == left > 8e5
    noted = take(path, "land_release_product", name="products", **row, note="by team 3")
    assert [one["field"] for c in noted["changes"] for one in c["fields"]] == ["note"]
    assert land.balance(path)["remaining_m2"] == left
    assert body_of(path, "P")["depth_m"] == 0.05
    assert claimed(path) == []


def _reopened(path):
    """An area that a file closed, and that a person opened again."""
    take(path, **AREA, status="open")
    take(path, "land_release_product", name="products", local_id="P", area="A", method="cancelled")
    take(path, **AREA, status="closed")
    assert body_of(path)["status"] == "closed"
    by_hand(path, local_id="A", status="open")


def test_a_stale_file_closes_no_area_that_a_person_reopened(path):
    """Neither as it was nor with another field; and whatever comes between."""
    _reopened(path)
    take(path, **AREA, status="closed")
    take(path, **AREA, status="closed", name="layer", note="x")
    take(path, **AREA, status="closed", name="layer", note="y")
    assert (body_of(path)["status"], body_of(path)["note"]) == ("open", "y")
    assert "reopened_with_nothing_left" in {c["code"] for c in review.conflicts(path)["conflicts"]}
    assert claimed(path) == []


def test_what_both_say_anew_waits_for_a_person(path):
    """The area stays as the person left it; the file's word is listed until it is settled."""
    _reopened(path)
    told = take(path, **AREA, status="handed_over")
    assert [(one["field"], one["code"]) for one in told["contradictions"]] == [
        ("status", "changed_by_hand")
    ]
    assert body_of(path)["status"] == "open"
    assert claimed(path) == [("status", "handed_over", "changed_by_hand")]
    assert take(path, **AREA, status="handed_over")["import_id"] is None
    take(path, **AREA, status="handed_over", note="x")
    assert claimed(path) == [("status", "handed_over", "changed_by_hand")]
    how = claims.Settling("dismiss", "looked at the place")
    claims.settle(path, claims.Chosen(["A"]), how, by="Ben")
    take(path, **AREA, status="handed_over", note="y")
    assert (body_of(path)["status"], claimed(path)) == ("open", [])


def test_a_file_that_follows_a_person_may_go_on(path):
    """It says closed as the person did, and open again later: that is news, and a hazard."""
    take(path, **AREA, status="open")
    take(path, "land_release_product", name="products", local_id="P", area="A", method="cancelled")
    by_hand(path, local_id="A", status="closed")
    follows = take(path, **AREA, status="closed")
    assert (follows["unchanged"], follows["changed"]) == (1, 0)
    assert take(path, **AREA, status="closed")["import_id"] is None
    told = take(path, **AREA, status="open")
    assert [one["action"] for one in told["changes"]] == ["hazardous_area.reopened"]
    assert body_of(path)["status"] == "open"


def test_other_fields_of_a_row_change(path):
    """A new outline comes in; the name that a person gave stays, also the month after."""
    take(path, **AREA, name="layer", note="x")
    by_hand(path, local_id="A", note="by hand")
    for ring in (GROWN, FIELD, GROWN):
        take(path, ring=ring, **AREA, note="x")
    body = body_of(path)
    assert body["note"] == "by hand"
    assert body["geometry"]["coordinates"] == GROWN


def test_columns_that_no_field_takes_follow_the_same_rule(path):
    """Of each of them apart."""
    take(path, **AREA, team="3", sheet="1")
    by_hand(path, local_id="A", attributes={"team": "4", "sheet": "1"})
    take(path, **AREA, team="3", sheet="2")
    take(path, **AREA, team="3", sheet="3")
    assert body_of(path)["attributes"] == {"team": "4", "sheet": "3"}
    assert claimed(path) == []


@pytest.mark.parametrize(
    ("kind", "row", "hand"),
    [
        (
            "activity",
            {"activity_type": "clearance", "status": "completed"},
            {"status": "withdrawn"},
        ),
        (
            "non_conformity",
            {"severity": "critical", "what": "w", "open": "false", "measures": "m"},
            {"open": True},
        ),
        ("accident", {"killed": 1, "injured": 0, "setting": "farming"}, {"killed": 2}),
    ],
)
def test_every_kind_keeps_a_later_word_by_hand(path, kind, row, hand):
    """Work that was called off, a finding opened again, a count that was corrected."""
    take(path, **AREA)
    row = {"local_id": "X", "area": "A", **row}
    take(path, kind, name="others", **row)
    by_hand(path, kind, local_id="X", **hand)
    take(path, kind, name="others", **row)
    take(path, kind, name="others", **row, note="seen")
    body = body_of(path, "X")
    assert {name: body[name] for name in hand} == hand
    assert {**body, **body.get("attributes", {})}["note"] == "seen"


def test_a_new_word_on_any_kind_is_claimed_and_can_be_taken_over(path):
    """A file that changes what a person changed is asked about, of an activity too."""
    take(path, **AREA)
    row = {"local_id": "X", "area": "A", "activity_type": "clearance"}
    take(path, "activity", name="work", **row, status="completed")
    by_hand(path, "activity", local_id="X", status="withdrawn")
    take(path, "activity", name="work", **row, status="planned")
    assert claimed(path) == [("status", "planned", "changed_by_hand")]
    assert body_of(path, "X")["status"] == "withdrawn"
    claims.settle(path, claims.Chosen(["X"]), claims.Settling("accept", "asked them"), by="Ben")
    assert (body_of(path, "X")["status"], claimed(path)) == ("planned", [])


def test_another_layer_repeats_nothing_of_its_own(path):
    """What a second source says against a person's word is asked about, and not taken over."""
    take(path, **AREA, status="open")
    take(path, "land_release_product", name="products", local_id="P", area="A", method="cancelled")
    by_hand(path, local_id="A", status="closed")
    take(path, name="partner", **AREA, status="open")
    assert body_of(path)["status"] == "closed"
    assert claimed(path) == [("status", "open", "changed_by_hand")]


def test_what_an_undone_import_said_is_no_word(path):
    """After its undoing the same row is news again."""
    take(path, **AREA, note="x")
    told = take(path, **AREA, note="y")
    recording.void(path, record_id=None, import_id=told["import_id"], why="x", by="Ben")
    assert take(path, **AREA, note="y")["changed"] == 1
    assert body_of(path)["note"] == "y"


def test_a_correction_of_an_earlier_date_is_a_word_by_hand(path):
    """Carried on into later versions of a file, it is not taken for the file's."""
    take(path, **AREA, date="2024-01-01", note="x")
    take(path, **AREA, date="2024-03-01", note="x", status="suspended")
    by_hand(path, on="2024-02-01", local_id="A", note="by hand")
    assert body_of(path)["note"] == "by hand"
    again = take(path, **AREA, date="2024-03-01", note="x", status="suspended")
    assert (again["unchanged"], body_of(path)["note"]) == (1, "by hand")
