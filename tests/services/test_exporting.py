"""What an export says of itself: what is not on its map, and that it destroys nothing."""

from __future__ import annotations

import json

import pytest

from landrelease.errors import InputError
from landrelease.services import exporting, keeping, layers

from .test_review import SQUARE, entry, record

PUBLIC = {"kind": "hazardous_area", "as_of": None, "audience": "public"}


@pytest.fixture
def register(tmp_path):
    """A mapped area, one known by its stated size, and one row in quarantine."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    area = {"hazard_kind": "SHA"}
    record(
        path,
        entry("hazardous_area", {**area, "local_id": "A-1", "geometry": SQUARE}, "2019"),
        entry("hazardous_area", {**area, "local_id": "A-2", "stated_area_m2": 500.0}, "2019"),
    )
    file = tmp_path / "more.geojson"
    bare = {"type": "Feature", "geometry": None, "properties": {"hazard_kind": "SHA"}}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [bare]}))
    layers.take_in(path, layers.ImportCall(file, kind="hazardous_area"), by="Tester")
    return path


def test_an_export_says_what_no_map_of_it_shows(register, tmp_path) -> None:
    """The area without a geometry is counted, and so is the row that waits."""
    done = exporting.export(register, tmp_path / "areas.geojson", **PUBLIC)
    counts = {reason["code"]: reason["count"] for reason in done["not_shown"]}
    assert counts == {"without_geometry": 1, "quarantined": 1}
    products = {**PUBLIC, "kind": "land_release_product"}
    done = exporting.export(register, tmp_path / "products.geojson", **products)
    assert [reason["code"] for reason in done["not_shown"]] == ["quarantined"]


@pytest.mark.parametrize("name", ["areas.geojson", "areas.csv", "areas.gpkg"])
def test_a_file_that_is_there_is_not_overwritten(register, tmp_path, name) -> None:
    """Without being told to, an export leaves it as it was; a GeoPackage even then."""
    file = tmp_path / name
    file.write_text("mine")
    with pytest.raises(InputError) as caught:
        exporting.export(register, file, **PUBLIC)
    assert caught.value.code == "file_exists"
    assert file.read_text() == "mine"
    if name.endswith(".gpkg"):
        with pytest.raises(InputError):
            exporting.export(register, file, **PUBLIC, replace=True)
        assert file.read_text() == "mine"
    else:
        exporting.export(register, file, **PUBLIC, replace=True)
        assert "A-1" in file.read_text()


@pytest.mark.parametrize("name", ["all.gpkg", "all.geojson"])
def test_an_export_of_nothing_says_so(tmp_path, name) -> None:
    """No file is written, and the error says why there is none."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    with pytest.raises(InputError, match="no record") as caught:
        exporting.export(path, tmp_path / name, **PUBLIC | {"kind": None})
    assert caught.value.code == "export_empty"
    assert not (tmp_path / name).exists()
