"""A device on released land is listed where no inquiry asks why: one recorded before that rule."""

from __future__ import annotations

import pytest

from landrelease.domain.entries import Draft
from landrelease.register import open_register
from landrelease.services import keeping, land, recording, review

from .test_review import HALF, SQUARE, entry, record

IN, OUT = [10.002, 10.005], [10.008, 10.005]
CODE = "device_on_released_land"

#: When and where a device is found, and whether that is after the release of March 2021.
FOUND = [
    ("2021-04-01", IN, 1),
    ("2023", IN, 1),
    ("2021-03-31", IN, 0),  # the month of the release
    ("2021", IN, 0),
    ("2020-05", IN, 0),
    (None, IN, 0),
    ("2023", OUT, 0),
]


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


def write(path, draft):
    """Write a version past the rules, as a merge may bring it."""
    with open_register(path, write=True) as register, register.write("Tester") as writer:
        writer.append([draft])


def put(path, body, found_on):
    """Write a device as a program did that opened no inquiry into it."""
    write(path, Draft("device", "record.added", body, occurred_on=found_on))


def listed(path):
    """The conflicts of devices, as pairs of local ids."""
    return [c for c in review.conflicts(path)["conflicts"] if c["code"] == CODE]


@pytest.mark.parametrize(("found_on", "where", "count"), FOUND)
def test_what_was_found_after_the_release_is_listed(path, found_on, where, count):
    """By dates that tell for certain, and by the ground that was released; the balance counts it."""
    put(path, device(where), found_on)
    assert len(listed(path)) == count
    assert land.balance(path)["conflicts"] == review.conflicts(path)["count"]
    assert land.balance(path, "2020")["conflicts"] == 0


@pytest.mark.parametrize("noted", ["device", "land_release_product"])
def test_a_note_without_a_date_hides_nothing(path, noted):
    """The date of what was corrected holds; a note on the device opens the inquiry."""
    put(path, device(IN), "2023")
    local_id = "D-1" if noted == "device" else "P-1"
    record(path, entry(noted, {"local_id": local_id, "note": "read again"}))
    assert len(listed(path)) == (0 if noted == "device" else 1)


@pytest.mark.parametrize(("inquiry", "left"), [({"product": "P-1"}, 0), ({"area": "A-1"}, 1)])
def test_an_inquiry_into_the_product_settles_it(path, inquiry, left):
    """One into something else does not."""
    put(path, device(IN), "2023")
    record(path, entry("inquiry", {**inquiry, "why": "a mine was missed"}, "2023"))
    assert len(listed(path)) == left


@pytest.mark.parametrize("other", ["accident", "device"])
def test_an_inquiry_into_another_sign_settles_no_device(path, other):
    """The program opened it for an accident or another device; this one is a sign of its own."""
    place = {"geometry": {"type": "Point", "coordinates": IN}}
    sign = {"injured": 1, **place} if other == "accident" else {**device(IN), "local_id": "D-9"}
    record(path, entry(other, sign, "2022"))
    put(path, device(IN), "2023")
    assert len(listed(path)) == 1
    recording.void(path, record_id="D-1", import_id=None, why="no device", by="Tester")
    assert listed(path) == []
