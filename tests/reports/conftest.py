"""A small country's facts, made by hand, so that every figure can be added up by eye."""

from __future__ import annotations

import pytest

from landrelease.reports import CountryFacts, MapArea


def square(west: float, south: float, size: float) -> dict:
    """A GeoJSON square."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def facts() -> CountryFacts:
    """Three areas, three products, two accidents with three casualties, one quarantined row."""
    return CountryFacts(
        name="Testland",
        country="XVT",
        year=2024,
        as_of="2024-12-31",
        known_at="2025-01-15T00:00:00Z",
        made_at="2025-01-15T08:00:00Z",
        version="0.0-test",
        register_id="reg-1",
        heads=[{"replica": "r1", "seq": 12, "hash": "ab" * 32}],
        areas=[
            {
                "record_id": "a1",
                "local_id": "HA-1",
                "hazard_kind": "CHA",
                "status": "open",
                "district": "North",
                "area_m2": 9000.0,
                "remaining_m2": 4000.0,
            },
            {
                "record_id": "a2",
                "local_id": "HA-2",
                "hazard_kind": "SHA",
                "status": "open",
                "district": "North",
                "area_m2": 20000.0,
                "remaining_m2": 20000.0,
            },
            {
                "record_id": "a3",
                "local_id": "HA-3",
                "hazard_kind": "SHA",
                "status": "suspended",
                "district": None,
                "area_m2": None,
                "remaining_m2": None,
                "stated_area_m2": 700.0,
                "stated_left_m2": 700.0,
            },
        ],
        products=[
            {
                "record_id": "p1",
                "local_id": "LR-1",
                "method": "cleared",
                "occurred_on": "2024-05",
                "district": "North",
                "m2": 3000.0,
                "depth_m": 0.2,
                "area": "a1",
            },
            {
                "record_id": "p2",
                "local_id": "LR-2",
                "method": "reduced",
                "occurred_on": "2023",
                "district": "North",
                "m2": 2000.0,
                "area": "a1",
            },
            {
                "record_id": "p3",
                "local_id": "LR-3",
                "method": "cancelled",
                "occurred_on": None,
                "m2": None,
                "stated_area_m2": 50.0,
            },
        ],
        balance={
            "reported_m2": 29000.0,
            "resurvey_m2": 0.0,
            "cancelled_m2": 0.0,
            "reduced_m2": 2000.0,
            "cleared_m2": 3000.0,
            "remaining_m2": 24000.0,
            "difference_m2": 0.0,
            "overlap_m2": 0.0,
            "remaining_overlap_m2": 0.0,
            "stated": {"areas": 1, "m2": 700.0},
            "undated": 1,
            "quarantined": 1,
            "conflicts": 0,
        },
        accidents=[
            {
                "record_id": "x1",
                "local_id": "AX-1",
                "occurred_on": "2024-03-02",
                "district": "North",
                "killed": 1,
                "injured": 1,
            },
            {
                "record_id": "x2",
                "local_id": "AX-2",
                "occurred_on": "2019",
                "district": "South",
                "killed": 0,
                "injured": 1,
            },
        ],
        victims=[
            {
                "record_id": "v1",
                "accident": "x1",
                "outcome": "killed",
                "age_group": "man",
                "name": "SECRET NAME",
                "identity": "id-77",
            },
            {"record_id": "v2", "accident": "x1", "outcome": "injured", "age_group": "girl"},
            {"record_id": "v3", "accident": "x2", "outcome": "injured", "age_group": "unknown"},
        ],
        devices=[
            {
                "record_id": "d1",
                "occurred_on": "2024-05-03",
                "category": "anti_personnel_mine",
                "count": 4,
            },
            {
                "record_id": "d2",
                "occurred_on": "2023",
                "category": "unexploded_ordnance",
                "count": 2,
            },
        ],
        not_shown=[
            {
                "what": "hazardous area",
                "why": "no polygon, stated m² only",
                "count": 1,
                "records": ["a3"],
            }
        ],
        quarantined=[
            {"layer": "areas", "code": "geometry_missing", "message": "no geometry", "count": 1}
        ],
        sources=[
            {
                "record_id": "s1",
                "title": '=HYPERLINK("x")',
                "publisher": "@office",
                "published_on": "2024",
                "records": 5,
            }
        ],
        shapes=[
            MapArea(square(-30.0, 31.0, 0.5), "district", "North"),
            MapArea(square(-29.9, 31.1, 0.05), "CHA", "HA-1"),
            MapArea(square(-29.7, 31.3, 0.0001), "SHA", "HA-2"),
        ],
    )
