"""Areas of a district, by whatever it goes by."""

from __future__ import annotations

import pytest

from landrelease.services import keeping, land

from .test_review import entry, record


@pytest.fixture
def register(tmp_path):
    """A province with two districts of which one shares its name with another province's."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    units = [
        {"name": "North", "code": "N"},
        {"name": "San Juan", "code": "N1", "parent": "N"},
        {"name": "Mill", "code": "N2", "parent": "North"},
        {"name": "San Juan", "code": "S1"},
    ]
    said = ["San Juan", "N1", "Mill", "mill", "S1", "Nowhere"]
    areas = [
        {"local_id": f"A-{n}", "hazard_kind": "SHA", "stated_area_m2": 1.0, "district": one}
        for n, one in enumerate(said)
    ]
    record(path, *(entry("district", unit) for unit in units))
    record(path, *(entry("hazardous_area", area, "2019") for area in areas))
    return path


@pytest.mark.parametrize(
    ("district", "due"),
    [
        ("N2", ["A-2", "A-3"]),
        ("Mill", ["A-2", "A-3"]),
        ("N1", ["A-1"]),
        ("N", ["A-1", "A-2", "A-3"]),
        ("san juan", ["A-0", "A-1", "A-4"]),
        ("nowhere", ["A-5"]),
    ],
)
def test_areas_are_found_by_name_or_p_code(register, district, due) -> None:
    """However the records name it; a name of two finds all that may lie in either."""
    found = land.areas(register, wanted=land.AreaFilter(district=district))
    assert [area["local_id"] for area in found["areas"]] == due
