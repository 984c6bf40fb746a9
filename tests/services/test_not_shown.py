"""What no map shows is told of the date and the time that are asked for, not of today."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from landrelease.services import keeping, land, layers, mending, recording

from .test_review import entry, record

POINT = {"type": "Point", "coordinates": [10.5, 10.5]}


@pytest.fixture
def path(tmp_path):
    """A register of one area that nobody could place before 2025."""
    found = tmp_path / "r.gpkg"
    keeping.init(found, country=None, name="Test", by="Tester")
    body = {"local_id": "A-1", "hazard_kind": "SHA", "stated_area_m2": 500}
    record(found, entry("hazardous_area", body, "2020"))
    return found


def now():
    """The moment, after all that was recorded and before all that will be."""
    time.sleep(0.005)
    told = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    time.sleep(0.005)
    return told


def counts(told):
    """How many hazards are not shown, by the reason."""
    return {one["code"]: one["count"] for one in told["not_shown"]}


def test_an_area_is_not_shown_as_long_as_nobody_had_placed_it(path):
    """On dates before its place, on none before its report; `near` and `areas` agree."""
    record(path, entry("hazardous_area", {"local_id": "A-1", "geometry": POINT}, "2025"))
    bare = {"recorded_without_geometry": 1}
    for as_of, told in (("2022", bare), ("2019", {}), ("2025", {}), (None, {})):
        assert counts(land.areas(path, as_of=as_of)) == told
        assert counts(land.near(path, 10.5, 10.5, as_of=as_of)) == told
    assert land.summary(path)["not_shown"]["no_geometry"] == 0


def test_rows_that_waited_are_told_as_they_were_known(path, tmp_path):
    """Before their import, while they waited, and after they were taken back."""
    before = now()
    layer = tmp_path / "a.csv"
    layer.write_text("id,hazard_kind,lat,lon\nB-1,SHA,,\nB-2,SHA,10.5,10.5\n", "utf-8")
    done = layers.take_in(path, layers.ImportCall(layer, kind="hazardous_area"), by="Tester")
    waited = now()
    recording.void(path, record_id=None, import_id=done["import_id"], why="wrong file", by="Tester")
    assert mending.quarantine(path)["count"] == 0
    assert "no_geometry" not in counts(land.areas(path))
    assert "no_geometry" not in counts(land.areas(path, known_at=before))
    assert counts(land.areas(path, known_at=waited))["no_geometry"] == 1
    assert counts(land.near(path, 10, 10, known_at=waited))["no_geometry"] == 1
