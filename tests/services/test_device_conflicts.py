"""A device found on land after its release is told; what the clearance itself found is not."""

from __future__ import annotations

import pytest

from landrelease.services import keeping, land, layers, recording, review

from .test_review import HALF, SQUARE, entry, record

IN, OUT = [10.002, 10.005], [10.008, 10.005]
REST = {
    "type": "Polygon",
    "coordinates": [[[10.005, 10], [10.01, 10], [10.01, 10.01], [10.005, 10.01], [10.005, 10]]],
}
CODE = "device_on_released_land"


@pytest.fixture
def path(tmp_path):
    """A register of an area of which half was cleared in March 2021."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    record(
        path,
        entry(
            "hazardous_area", {"local_id": "A-1", "hazard_kind": "SHA", "geometry": SQUARE}, "2015"
        ),
    )
    product = {"local_id": "P-1", "area": "A-1", "method": "cleared", "geometry": HALF}
    record(path, entry("land_release_product", product, "2021-03"))
    return path


def device(where, **more):
    """A mine found at a place."""
    place = {"geometry": {"type": "Point", "coordinates": where}}
    return {"local_id": "D-1", "category": "anti_personnel_mine", **place, **more}


def listed(path):
    """The conflicts of devices, as pairs of local ids."""
    return [c for c in review.conflicts(path)["conflicts"] if c["code"] == CODE]


@pytest.mark.parametrize(
    ("found_on", "where", "count"),
    [
        ("2021-04-01", IN, 1),
        ("2023", IN, 1),
        ("2021-03-31", IN, 0),  # the month of the release
        ("2021", IN, 0),
        ("2020-05", IN, 0),
        (None, IN, 0),
        ("2023", OUT, 0),
    ],
)
def test_what_was_found_after_the_release_is_listed(path, found_on, where, count):
    """By dates that tell for certain, and by the ground that was released; the balance counts it."""
    record(path, entry("device", device(where), found_on))
    assert len(listed(path)) == count
    assert land.balance(path)["conflicts"] == review.conflicts(path)["count"]
    assert land.balance(path, "2020")["conflicts"] == 0


@pytest.mark.parametrize("noted", ["device", "land_release_product"])
def test_a_note_without_a_date_hides_nothing(path, noted):
    """The date of what was corrected holds."""
    record(path, entry("device", device(IN), "2023"))
    local_id = "D-1" if noted == "device" else "P-1"
    record(path, entry(noted, {"local_id": local_id, "note": "read again"}))
    assert len(listed(path)) == 1


def test_a_file_and_a_late_product_are_seen_too(path, tmp_path):
    """In whatever order they come, and by whatever way."""
    file = tmp_path / "devices.csv"
    file.write_text(
        "local_id,category,longitude,latitude,date\nD-2,anti_personnel_mine,10.008,10.005,2023-05-01\n",
        "utf-8",
    )
    assert layers.take_in(path, layers.ImportCall(file, kind="device"), by="Tester")["added"] == 1
    assert listed(path) == []
    rest = {"local_id": "P-2", "area": "A-1", "method": "cleared", "geometry": REST}
    record(path, entry("land_release_product", rest, "2022"))
    assert len(listed(path)) == 1


@pytest.mark.parametrize(("inquiry", "left"), [({"product": "P-1"}, 0), ({"area": "A-1"}, 1)])
def test_an_inquiry_into_the_product_settles_it(path, inquiry, left):
    """One into something else does not."""
    record(path, entry("device", device(IN), "2023"))
    record(path, entry("inquiry", {**inquiry, "why": "a mine was missed"}, "2023"))
    assert len(listed(path)) == left


def test_an_inquiry_into_an_accident_settles_no_device(path):
    """The program opened it for the accident; the device is another sign."""
    record(
        path,
        entry("accident", {"geometry": {"type": "Point", "coordinates": IN}, "injured": 1}, "2022"),
    )
    record(path, entry("device", device(IN), "2023"))
    assert len(listed(path)) == 1
    recording.void(path, record_id="D-1", import_id=None, why="no device", by="Tester")
    assert listed(path) == []
