"""Ground that one area's product released and another area still holds is told."""

from __future__ import annotations

import pytest

from landrelease.domain.entries import Draft
from landrelease.errors import RefusedError
from landrelease.register import create_register, open_register
from landrelease.services import land, recording, review
from tests.services.test_time_conflicts import AREA, CLEARED, FIELD, box, done, write

EAST = box(17.005, 44, 17.015, 44.01)


@pytest.fixture
def path(tmp_path):
    """A register with an area that was wholly cleared."""
    found = tmp_path / "register.gpkg"
    create_register(found, name="Test", author="Ana").close()
    cleared = CLEARED._replace(body={**CLEARED.body, "geometry": FIELD})
    write(found, AREA, done(geometry=FIELD), cleared)
    return found


def new_area(path):
    """An area that holds the eastern half of the field, and as much beside it."""
    body = {"local_id": "B", "hazard_kind": "SHA", "status": "open", "geometry": EAST}
    write(path, Draft("hazardous_area", "hazardous_area.reported", body, occurred_on="2020"))


def test_released_ground_of_one_area_in_another_is_a_conflict(path):
    """Product and area are named, with their shared m², and the total tells it."""
    assert review.conflicts(path)["contested_m2"] == 0.0
    new_area(path)
    told = review.conflicts(path)
    half = land.balance(path)["cleared_m2"] / 2
    with open_register(path) as register:
        [one] = [c for c in register.conflicts() if c.code == "released_and_suspected"]
        [product] = register.records("land_release_product")
        assert one.record_ids == (product.record_id, register.record("B").record_id)
    assert (one.area_m2, told["contested_m2"]) == pytest.approx((half, half), rel=1e-6)


def test_what_is_counted_twice_of_the_remaining_land_stands_apart(path):
    """Two outlines overlap, and no square metre of what remains is counted twice."""
    new_area(path)
    account = land.balance(path)
    assert account["overlap_m2"] > 400_000
    assert account["remaining_overlap_m2"] == pytest.approx(0.0, abs=0.5)


def test_ground_that_is_hazardous_again_is_released_from_a_new_area(path):
    """The refusal of a second product of the area names the way, and the way works."""
    new_area(path)
    again = {"local_id": "P2", "area": "A", "activity": "T", "method": "cleared", "geometry": EAST}
    again |= {"depth_m": 0.2, "depth_datum": "ground_surface"}
    entry = {"kind": "land_release_product", "occurred_on": "2021", "body": again}
    with pytest.raises(RefusedError) as caught:
        recording.record(path, {"entries": [entry]}, by="Ana")
    assert caught.value.code in ("product_outside", "products_overlap")
    work = done(geometry=EAST)
    write(path, work._replace(body={**work.body, "local_id": "T2", "area": "B"}))
    entry["body"] |= {"area": "B", "activity": "T2"}
    recording.record(path, {"entries": [entry]}, by="Ana")
    assert land.balance(path)["remaining_m2"] == pytest.approx(0.0, abs=0.5)
    assert review.conflicts(path)["contested_m2"] == pytest.approx(0.0, abs=0.5)
