"""A hazard whose size nobody knows, or is given as 0, does not end by that: product, work, or told."""

from __future__ import annotations

import pytest

from landrelease.errors import RefusedError
from landrelease.register import create_register
from landrelease.services import land, layers, recording, review

HEAD = "local_id,hazard_kind,longitude,latitude,status,stated_area_m2"


@pytest.fixture
def path(tmp_path):
    """An empty register."""
    found = tmp_path / "register.gpkg"
    create_register(found, name="Test", author="Ana").close()
    return found


def take_in(path, *rows):
    """Take in the monthly table of one layer."""
    file = path.parent / "areas.csv"
    file.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    return layers.take_in(path, layers.ImportCall(file, kind="hazardous_area"), by="Ana")


def by_hand(path, body, on=None, kind="hazardous_area", **more):
    """Record by hand."""
    entry = {"kind": kind, "body": body, "occurred_on": on, **more}
    recording.record(path, {"entries": [entry]}, by="Ana")


def status(path):
    """The status of the one area."""
    [area] = land.areas(path)["areas"]
    return area["status"]


def codes(path):
    """Codes of the conflicts."""
    return sorted(one["code"] for one in review.conflicts(path)["conflicts"])


@pytest.mark.parametrize("size", ["0", "0.0", ""])
def test_a_file_does_not_close_what_has_no_size(path, size):
    """Zero is named as unknown where it comes in; the ending is a claim, the hazard open."""
    first = take_in(path, f"Q,CHA,17,44,open,{size}")
    assert first["by_code"].get("stated_area_zero", 0) == bool(size)
    done = take_in(path, f"Q,CHA,17,44,closed,{size}")
    assert [c["code"] for c in done["contradictions"]] == ["land_left"]
    assert (status(path), codes(path)) == ("open", ["claimed_by_file"])


def test_unknown_then_zero_then_closed_is_no_way_round(path):
    """Three files in a row leave the hazard open."""
    for row in ("R,SHA,17,44,open,", "R,SHA,17,44,open,0", "R,SHA,17,44,closed,0"):
        take_in(path, row)
    assert (status(path), codes(path)) == ("open", ["claimed_by_file"])


def test_by_hand_zero_is_no_land_released(path):
    """Closing needs a product, or work with its reason and its source."""
    by_hand(path, {"local_id": "R", "hazard_kind": "SHA", "place": "hill"}, "2019")
    by_hand(path, {"local_id": "R", "stated_area_m2": 0}, "2020")
    with pytest.raises(RefusedError) as caught:
        by_hand(path, {"local_id": "R", "status": "closed"}, "2021")
    assert caught.value.code == "land_left"
    spot = {"local_id": "S", "activity_type": "spot_task", "status": "completed", "place": "hill"}
    by_hand(path, spot, "2021", "activity")
    ended = {"local_id": "R", "status": "closed", "rests_on": "S"}
    by_hand(path, ended, "2021", reason="one shell", source={"title": "log"})
    assert (status(path), codes(path)) == ("closed", [])


@pytest.mark.parametrize("size", ["0", ""])
def test_what_comes_closed_is_told(path, size):
    """A first file may say so; it is listed until a product says what became of the land."""
    take_in(path, f"Q,CHA,17,44,closed,{size}")
    assert (status(path), codes(path)) == ("closed", ["ended_with_land"])
    file = path.parent / "products.csv"
    file.write_text("area,method,stated_area_m2\nQ,cancelled,500\n", "utf-8")
    layers.take_in(path, layers.ImportCall(file, kind="land_release_product"), by="Ana")
    assert "ended_with_land" not in codes(path)


def test_a_polygon_needs_no_figure(path):
    """Where the outline is drawn, a stated 0 is not remarked on, and says nothing of its end."""
    ring = [[17, 44], [17.01, 44], [17.01, 44.01], [17, 44]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    body = {"local_id": "P", "hazard_kind": "SHA", "geometry": shape, "stated_area_m2": 0}
    by_hand(path, body, "2019")
    with pytest.raises(RefusedError) as caught:
        by_hand(path, {"local_id": "P", "status": "closed"}, "2020")
    assert caught.value.code == "land_left"
