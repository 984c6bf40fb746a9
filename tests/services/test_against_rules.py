"""Products of a file that break the rules are told by the import and by its preview."""

from __future__ import annotations

import json

import pytest

from landrelease.services import keeping, layers, review
from tests.exchange.bad_files import polygon

CORNERS = [[17.2, 44.5], [17.204, 44.5], [17.204, 44.504], [17.2, 44.504], [17.2, 44.5]]
AREA = {"record_kind": "hazardous_area", "local_id": "A", "hazard_kind": "SHA", "date": "2024"}
WORK = {
    "record_kind": "activity",
    "local_id": "W",
    "activity_type": "technical_survey",
    "started_on": "2024-02",
}
SOUND = {
    "record_kind": "land_release_product", "local_id": "P", "area": "A", "activity": "W",
    "method": "reduced", "date": "2024-03",
}  # fmt: skip


@pytest.fixture
def path(tmp_path):
    """A register."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    return path


def call(path, *rows):
    """An import of rows on one ground."""
    file = path.with_name("rows.geojson")
    features = [
        {"type": "Feature", "geometry": polygon(CORNERS), "properties": row} for row in rows
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return layers.ImportCall(file)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"activity": None}, ["activity_missing"]),
        ({"method": "cleared"}, ["method_beyond_activity", "depth_missing"]),
        ({"date": "2023"}, ["released_before_reported"]),
        ({"area": None}, ["area_missing"]),
        ({"area": "X"}, ["area_unknown"]),
    ],
)
def test_a_product_against_the_rules_is_named(path, change, codes):
    """By row, id and code, in the preview as in the import, where its area stands already."""
    layers.take_in(path, call(path, AREA, WORK), by="Tester")
    asked = call(path, {**SOUND, **change})
    for told in (layers.preview(path, asked), layers.take_in(path, asked, by="Tester")):
        assert [(one["row"], one["local_id"], one["code"]) for one in told["against_rules"]] == [
            (1, "P", code) for code in codes
        ]
        assert told["accepted"] == 1
    assert layers.take_in(path, asked, by="Tester")["against_rules"] == []
    listed = {one["code"] for one in review.conflicts(path)["conflicts"]}
    assert {code for code in codes if code in ("activity_missing", "depth_missing")} <= listed


def test_what_the_file_brings_along_is_known(path):
    """An area and work of the same file are no unknown names."""
    told = layers.preview(path, call(path, AREA, WORK, SOUND))
    assert told["against_rules"] == []
