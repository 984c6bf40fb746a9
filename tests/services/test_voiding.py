"""What a void takes along: the records that fall by it, and the inquiries of accidents that were none."""

from __future__ import annotations

import json

import pytest

from landrelease.errors import RefusedError
from landrelease.register import open_register
from landrelease.services import land, layers, recording
from tests.services.test_review import entry, record, register

__all__ = ["register"]


def _void(register, **what: str) -> list[str]:
    asked = {"record_id": None, "import_id": None, **what}
    return recording.void(register, **asked, why="no accident", by="Tester")["voided"]


def _take(register, folder, kind="accident", **properties):
    place = {"type": "Point", "coordinates": [10.002, 10.005]}
    if kind != "accident":
        x = properties.pop("west")
        ring = [[x, 5], [x + 0.01, 5], [x + 0.01, 5.01], [x, 5]]
        place = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "geometry": place, "properties": properties}
    path = folder / f"{kind}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    call = layers.ImportCall(file=path, kind=kind)
    return layers.take_in(register, call, by="Tester")["import_id"]


def _open(register) -> int:
    return sum(area["open_inquiries"] for area in land.areas(register)["areas"])


def test_an_accident_takes_the_inquiry_that_it_opened_along(register, tmp_path):
    """By its import or by itself; where it comes back, so does its inquiry."""
    ids = {}
    for ask in ("import_id", "record_id"):
        ids["import_id"] = _take(register, tmp_path, local_id="X", injured=1, date="2023-01-05")
        with open_register(register) as opened:
            (inquiry,) = opened.records("inquiry")
            ids["record_id"] = opened.record("X").record_id
        assert _open(register) == 1
        gone = _void(register, **{ask: ids[ask]})
        assert set(gone) == {ids["record_id"], inquiry.record_id}
        assert _open(register) == 0


def test_an_inquiry_that_someone_worked_on_stays(register, tmp_path):
    """What a person found out is theirs, whatever becomes of the accident."""
    brought = _take(register, tmp_path, local_id="X", injured=1, date="2023-01-05")
    with open_register(register) as opened:
        (inquiry,) = opened.records("inquiry")
    found = entry("inquiry", {"measures": "the strip was searched once more"}, "2023-04")
    record(register, {**found, "record_id": inquiry.record_id})
    assert inquiry.record_id not in _void(register, import_id=brought)
    assert _open(register) == 1


def test_an_import_is_voided_once(register, tmp_path):
    """The second time is refused, as for a record."""
    brought = _take(register, tmp_path, local_id="X", injured=1, date="2023-01-05")
    _void(register, import_id=brought)
    with pytest.raises(RefusedError, match="voided before"):
        _void(register, import_id=brought)


def test_only_what_stands_no_more_is_told_voided(register, tmp_path):
    """A record that the import only changed stands as before; one voided earlier is not told twice."""
    _take(register, tmp_path, "hazardous_area", west=5, local_id="H", hazard_kind="SHA")
    how = {"local_id": "H", "hazard_kind": "SHA", "name": "new"}
    changed = _take(register, tmp_path, "hazardous_area", west=5, **how)
    assert _void(register, import_id=changed) == []
    brought = _take(register, tmp_path, "hazardous_area", west=6, local_id="G", hazard_kind="SHA")
    assert len(_void(register, record_id="G")) == 1
    assert _void(register, import_id=brought) == []


PLACE = {"geometry": {"type": "Point", "coordinates": [10.002, 10.005]}}


@pytest.fixture
def judged(register):
    """A register in which a person voided the inquiry into an accident."""
    record(register, entry("accident", {"local_id": "X", "injured": 1, **PLACE}, "2023-01-05"))
    with open_register(register) as opened:
        (inquiry,) = opened.records("inquiry")
    _void(register, record_id=inquiry.record_id)
    return register


@pytest.mark.parametrize(
    ("said", "on", "opened"),
    [
        ({"injured": 2}, None, 0),
        ({"injured": 2}, "2023-01-05", 0),
        ({"injured": 2}, "2023-02", 1),
        ({"geometry": {"type": "Point", "coordinates": [10.0021, 10.005]}}, None, 1),
    ],
    ids=["note", "same day", "another date", "another place"],
)
def test_an_inquiry_that_a_person_voided_stays_void(judged, said, on, opened):
    """Until the accident is known to have been elsewhere or at another time."""
    record(judged, entry("accident", {"local_id": "X", **said}, on))
    assert _open(judged) == opened
    record(judged, entry("accident", {"local_id": "X", "note": "read again"}))
    assert _open(judged) == opened


def test_a_note_on_the_release_opens_no_voided_inquiry(judged):
    """What the person judged is as it was; a release drawn anew is judged anew."""
    note = {"local_id": "P-1", "note": "read again", "depth_m": 0.3}
    record(judged, entry("land_release_product", note, "2020-06-01", reason="a typing error"))
    assert _open(judged) == 0
    west = [[10, 10], [10.004, 10], [10.004, 10.01], [10, 10.01], [10, 10]]
    drawn = {"local_id": "P-1", "geometry": {"type": "Polygon", "coordinates": [west]}}
    record(judged, entry("land_release_product", drawn, "2020-06-01", reason="drawn anew"))
    assert _open(judged) == 1
