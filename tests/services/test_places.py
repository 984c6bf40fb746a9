"""Areas of a district, by whatever it goes by."""

from __future__ import annotations

import pytest

from landrelease.errors import NotFoundError
from landrelease.services import keeping, land

from .test_review import HALF, SQUARE, entry, record


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


def test_an_area_that_names_no_district_lies_where_its_ground_does(register) -> None:
    """It is found by its outline, in every district that it reaches into."""
    record(register, entry("district", {"name": "East", "code": "E", "geometry": HALF}))
    area = {"local_id": "A-9", "hazard_kind": "SHA", "geometry": SQUARE}
    record(register, entry("hazardous_area", area, "2019"))
    for district, due in {"E": ["A-9"], "east": ["A-9"], "N2": ["A-2", "A-3"]}.items():
        found = land.areas(register, wanted=land.AreaFilter(district=district))
        assert [one["local_id"] for one in found["areas"]] == due


def test_a_district_that_nothing_goes_by_is_refused(register) -> None:
    """An empty answer would read as a district without hazards; a real one may be empty."""
    with pytest.raises(NotFoundError, match="Atlantis"):
        land.areas(register, wanted=land.AreaFilter(district="Atlantis"))
    record(register, entry("district", {"name": "Calm", "code": "C"}))
    assert land.areas(register, wanted=land.AreaFilter(district="calm"))["count"] == 0
    found = land.areas(register, wanted=land.AreaFilter(district="N2", search="A-0"))
    assert found["count"] == 0
