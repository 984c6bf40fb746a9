"""What the register holds of an area or a claim, joined to the models; no status changes."""

import pytest

from landrelease.errors import RefusedError
from landrelease.services import area_science, keeping, land, recording
from landrelease.services.area_page import area_page

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[16.0, 44.0], [16.003, 44.0], [16.003, 44.002], [16.0, 44.002], [16.0, 44.0]]],
}


@pytest.fixture
def register(tmp_path):
    """A register with an area, its minefield record, devices found and a claim."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country="BIH", name="test", by="Ana Test")
    entries = [
        ("hazardous_area", {"local_id": "SHA-1", "hazard_kind": "SHA", "geometry": SQUARE}),
        (
            "minefield_record",
            {"local_id": "MF-1", "area": "SHA-1", "mines_recorded": 40, "laid_on": "1994"},
        ),
        ("device", {"area": "SHA-1", "category": "anti_personnel_mine", "count": 12}),
        ("device", {"area": "SHA-1", "category": "unexploded_ordnance", "count": 3}),
        (
            "land_release_product",
            {"local_id": "LRP-1", "area": "SHA-1", "method": "cleared", "geometry": SQUARE},
        ),
        (
            "munition_claim",
            {
                "local_id": "MC-1",
                "fields": {
                    "munition": "non-persistent anti-personnel mines",
                    "property": "becomes inert",
                    "duration_days": 14,
                    "claimant": "spokesperson",
                },
            },
        ),
    ]
    source = {"title": "test"}
    document = {
        "entries": [
            {"kind": kind, "body": body, "source": source, "occurred_on": "2020-01-01"}
            for kind, body in entries
        ]
    }
    recording.record(path, document, by="Ana Test")
    return path


def test_area_page_shows_outlook_finds_and_inspection(register):
    """Forty recorded, twelve found; all forty may function; a sample for the cleared units."""
    status = land.areas(register)["areas"][0]["status"]
    page = area_page(register, "SHA-1")
    assert (page["outlook"]["recorded"], page["outlook"]["found"]) == (40, 12)
    assert page["outlook"]["outlook"]["times"][-1]["can_function"]["mean"] == 40
    assert page["outlook"]["outlook"]["releases_land"] is False
    units = page["inspection"]["units"]
    assert units == pytest.approx(page["balance"]["cleared_m2"] / 100, abs=1)
    assert page["inspection"]["answer"]["results"]["n"] < units
    assert land.areas(register)["areas"][0]["status"] == status


def test_claim_starts_an_outlook(register):
    """The claim's words reach the assumptions; an area starts none."""
    started = area_science.claim_outlook(register, "MC-1")
    assert started["scenario"]["cohorts"][0]["munition"] == "us-non-persistent-ap-mine"
    assert any("spokesperson" in line for line in started["outlook"]["assumptions"])
    with pytest.raises(RefusedError):
        area_science.claim_outlook(register, "SHA-1")


def test_nothing_cleared_needs_no_inspection():
    """No cleared square metre, no sample."""
    assert area_science.inspection_of(0.0) is None


SEARCHED = {
    "type": "Polygon",
    "coordinates": [[[10, 10], [10.01, 10], [10.01, 10.01], [10, 10.01], [10, 10]]],
}


@pytest.fixture
def cleared(tmp_path):
    """An area with a completed clearance that found 20 mines, linked to its product."""
    path = tmp_path / "cleared.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    source = {"title": "Completion report"}
    bodies = [
        ("hazardous_area", {"local_id": "A", "hazard_kind": "CHA", "geometry": SEARCHED}),
        (
            "activity",
            {"local_id": "C", "activity_type": "clearance", "status": "completed", "area": "A"}
            | {"geometry": SEARCHED},
        ),
        (
            "land_release_product",
            {
                "area": "A",
                "method": "cleared",
                "activity": "C",
                "geometry": SEARCHED,
                "depth_m": 0.2,
                "depth_datum": "ground_surface",
            },
        ),
        ("device", {"category": "anti_personnel_mine", "count": 20, "activity": "C", "area": "A"}),
        ("minefield_record", {"area": "A", "mines_recorded": 25, "place": "x"}),
    ]
    bodies[0][1]["evidence"] = ["accident"]
    entries = [{"kind": kind, "source": source, "body": body} for kind, body in bodies]
    recording.record(path, {"entries": entries}, by="Tester")
    return path


def test_a_clearance_without_detection_cannot_be_judged(cleared) -> None:
    """«Nothing missed» is not said without a probability of detection."""
    found = area_page(cleared, "A")["clearances"]
    assert [c["status"] for c in found] == ["cannot_estimate"]


def test_a_completed_clearance_shows_what_it_may_have_missed(cleared) -> None:
    """20 finds at detection 0.9: 2.33 missed on average with a flat prior, and no status changes."""
    change = {"kind": "activity", "body": {"local_id": "C", "detection_probability": 0.9}}
    recording.record(cleared, {"entries": [change]}, by="Tester")
    before = land.areas(cleared)
    found = area_page(cleared, "A")
    assert found["clearances"][0]["missed"]["results"]["flat"]["mean"] == pytest.approx(7 / 3)
    assert found["outlook"]["finds"]["releases_land"] is False
    assert land.areas(cleared) == before
