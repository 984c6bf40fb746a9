"""What is recorded by hand outside the country is taken, with a warning that says what it may be."""

from __future__ import annotations

import json

import pytest

from landrelease.services import keeping, layers

from .test_review import entry, record

LAOS = (102.6, 18.0)


def at(x, y):
    """A device at a point."""
    point = {"type": "Point", "coordinates": [x, y]}
    return entry("device", {"category": "unexploded_ordnance", "geometry": point})


@pytest.fixture
def path(tmp_path):
    """A register of Laos without districts."""
    made = tmp_path / "r.gpkg"
    keeping.init(made, country="LAO", name="Test", by="Ana")
    return made


@pytest.mark.parametrize(
    ("x", "y", "code"),
    [
        (*LAOS, None),
        (18.0, 80.0, "outside_country"),
        (-102.6, 18.0, "sign_missing"),
        (102.6, -18.0, "sign_missing"),
        (-102.6, -18.0, "sign_missing"),
    ],
)
def test_a_slip_is_named_and_nothing_is_refused(path, x, y, code) -> None:
    """The record stands; the warning has the code that an import would give."""
    done = record(path, at(x, y))
    assert [one["code"] for one in done["warnings"]] == ([code] if code else [])
    assert len(done["recorded"]) == 1
    for one in done["warnings"]:
        assert (one["entry"], one["severity"]) == (0, "warning")
        assert one["record_id"] == done["recorded"][0]["record_id"]


def test_axes_that_changed_places_are_named_with_the_place_they_mean(tmp_path) -> None:
    """The words say where it would lie; an import of the same point says the same."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country="BIH", name="Test", by="Ana")
    [warning] = record(path, at(44.2, 17.9))["warnings"]
    assert warning["code"] == "axes_swapped"
    assert "17.900000, 44.200000" in warning["message"]
    point = {"type": "Point", "coordinates": [44.2, 17.9]}
    row = {"type": "Feature", "properties": {"category": "other"}, "geometry": point}
    file = tmp_path / "d.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [row]}))
    seen = layers.preview(path, layers.ImportCall(file, kind="device"))
    assert "axes_swapped" in {issue["code"] for issue in seen["issues"]}


def test_districts_tell_the_country_and_are_not_measured_by_themselves(path) -> None:
    """A point within the box of the country and in no district is named; a new border is not."""
    ring = [[102, 17], [103, 17], [103, 19], [102, 19], [102, 17]]
    border = {"type": "Polygon", "coordinates": [ring]}
    east = {"type": "Polygon", "coordinates": [[[x + 1, y] for x, y in ring]]}
    assert record(path, entry("district", {"name": "West", "geometry": border}))["warnings"] == []
    assert record(path, entry("district", {"name": "East", "geometry": east}))["warnings"] == []
    done = record(path, at(*LAOS), at(105.0, 18.0))
    assert [(w["entry"], w["code"]) for w in done["warnings"]] == [(1, "outside_country")]


def test_without_a_country_nothing_is_said(tmp_path) -> None:
    """Nobody knows where such a register lies; a new version without a place is not looked at."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    assert record(path, at(0.0, 0.0))["warnings"] == []
