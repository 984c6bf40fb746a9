"""What the register holds of an area or a claim, joined to the models; no status changes."""

import pytest

from landrelease.errors import RefusedError
from landrelease.services import area_science, keeping, land, recording

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
    page = land.area_page(register, "SHA-1")
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
