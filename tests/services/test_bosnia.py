"""A real national register, end to end: every row accounted for, every command answering.

The layers are EUFOR minefield maps as digitised by a third party, read from the folder of real
data; the expected figures are counts and areas of that folder, found independently (see its notes).
"""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely

from landrelease.geometry import area_m2
from landrelease.register import open_register
from landrelease.services import exporting, keeping, land, layers, review, work

pytestmark = pytest.mark.data

LAYERS = {
    "cantons": ("district", {}),
    "suspect_areas_simplyfied": ("hazardous_area", {"hazard_kind": "SHA"}),
    "cleared_areas_simplyfied": ("land_release_product", {"method": "cleared"}),
    "lifted_minefields": ("minefield_record", {"status": "lifted"}),
    "incidents": ("accident", {}),
}


def call(shared, name) -> layers.ImportCall:
    """The import of one layer."""
    kind, fields = LAYERS[name]
    file = shared / "data" / "bih-mines" / f"{name}.geojson"
    return layers.ImportCall(file=file, kind=kind, set_fields=fields)


@pytest.fixture(scope="module")
def bosnia(shared, tmp_path_factory):
    """The register with all layers, and the account of each import."""
    path = tmp_path_factory.mktemp("bih") / "bih.gpkg"
    keeping.init(path, country="BIH", name="Bosnia and Herzegovina", by="Tester")
    return path, {name: layers.take_in(path, call(shared, name), by="Tester") for name in LAYERS}


def test_suspected_areas_are_accounted_for(bosnia) -> None:
    """11,068 read: 3,094 null and 3 empty are quarantined, 467 are repaired and say so."""
    account = bosnia[1]["suspect_areas_simplyfied"]
    assert (account["read"], account["accepted"], account["quarantined"]) == (11068, 7971, 3097)
    assert account["by_code"]["geometry_missing"] == 3094
    assert account["by_code"]["geometry_empty"] == 3
    assert account["repaired"] == account["by_code"]["geometry_invalid_repaired"] == 467


def test_sum_and_union_are_told_apart(bosnia) -> None:
    """The areas sum to 812.3 km² and cover 806.9 km²; the difference is shown as overlap."""
    account = land.balance(bosnia[0])
    assert account["reported_m2"] == pytest.approx(812.3e6, rel=1e-3)
    assert account["reported_m2"] - account["overlap_m2"] == pytest.approx(806.9e6, rel=0.01)
    assert abs(account["difference_m2"]) < 0.5


def test_union_agrees_with_geos(bosnia) -> None:
    """The union of the accepted polygons, by GEOS over the layer, is 806.9 km² within 1 %."""
    with open_register(bosnia[0]) as register:
        blobs = [wkb for _, wkb, _ in register.layer("hazardous_area")]
    united = shapely.union_all(shapely.from_wkb(np.array(blobs, dtype=object)))
    assert float(area_m2(united)) == pytest.approx(806.9e6, rel=0.01)


def test_every_question_says_what_is_not_shown(bosnia) -> None:
    """Areas, summary and near say that 3,097 reported hazards have no geometry."""
    shown = land.areas(bosnia[0])["not_shown"]
    assert [(r["code"], r["count"]) for r in shown] == [("no_geometry", 3097)]
    assert land.summary(bosnia[0])["not_shown"]["no_geometry"] == 3097
    assert land.near(bosnia[0], 17.0167, 45.2119)["not_shown"] == shown


def test_duplicates_and_strangers_are_kept(bosnia) -> None:
    """202 duplicate incidents and 20 outside the country are accepted and flagged."""
    account = bosnia[1]["incidents"]
    assert account["accepted"] == 1442
    assert account["by_code"]["duplicate_geometry"] == 202
    assert account["by_code"]["outside_country"] == 20


def test_cleared_polygons_have_no_parent(bosnia) -> None:
    """Products without an area are kept and listed; what is both cleared and suspected is shown."""
    with open_register(bosnia[0]) as register:
        conflicts = register.conflicts()
        products = register.counts()["land_release_product"]
    unlinked = [c for c in conflicts if c.code == "product_without_area"]
    assert len(unlinked) == products
    assert review.conflicts(bosnia[0])["contested_m2"] == pytest.approx(1.14e6, rel=0.02)


def test_importing_again_adds_nothing(bosnia, shared) -> None:
    """The same file again is all unchanged, and the ledger stays as it was."""
    with open_register(bosnia[0]) as register:
        before = register.revision()
    again = layers.take_in(bosnia[0], call(shared, "suspect_areas_simplyfied"), by="Tester")
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 7971)
    with open_register(bosnia[0]) as register:
        assert register.revision() == before


def test_plan_ranks_with_reasons(bosnia, tmp_path) -> None:
    """Every open area is ranked, with reasons on size, accidents nearby and kind."""
    teams = tmp_path / "teams.yaml"
    teams.write_text(
        "teams: [{name: A, activity_type: technical_survey, output_m2_per_day: 3000}]",
        encoding="utf-8",
    )
    made = work.plan(bosnia[0], teams, horizon_days=60)
    assert len(made["ranked"]) + len(made["not_ranked"]) == 7971
    first = "; ".join(made["ranked"][0]["reasons"])
    assert "suspected" in first
    assert "accidents within 500 m" in first
    assert "m² remaining" in first


@pytest.mark.parametrize("suffix", ["geojson", "gpkg"])
def test_export_is_read_back_by_gdal(bosnia, tmp_path, suffix) -> None:
    """GDAL reads the same count, coordinate system and area."""
    import pyogrio

    file = tmp_path / f"areas.{suffix}"
    written = exporting.export(
        bosnia[0], file, kind="hazardous_area", as_of=None, audience="internal"
    )
    meta, _, geometry, _ = pyogrio.raw.read(file)
    assert len(geometry) == written["layers"][0]["count"] == 7971
    assert meta["crs"] == "EPSG:4326"
    assert float(area_m2(shapely.from_wkb(geometry)).sum()) == pytest.approx(812.3e6, rel=1e-3)


def test_gdal_reads_a_snapshot_of_the_register(bosnia, tmp_path) -> None:
    """A backup of the register itself opens in GDAL with its layers."""
    import pyogrio

    copy = tmp_path / "copy.gpkg"
    keeping.backup(bosnia[0], copy)
    found = {name for name, _ in pyogrio.list_layers(copy)}
    assert {"hazardous_area", "accident", "district", "land_release_product"} <= found
    assert pyogrio.read_info(copy, layer="hazardous_area")["features"] == 7971


def test_the_register_proves_itself(bosnia) -> None:
    """After all of it, every hash, chain and layer is right."""
    assert keeping.verify(bosnia[0])["ok"]


def test_answers_are_json(bosnia) -> None:
    """Each answer is one JSON document."""
    for answer in (
        land.areas(bosnia[0]),
        land.balance(bosnia[0]),
        land.summary(bosnia[0]),
        bosnia[1]["incidents"],
    ):
        assert json.loads(json.dumps(answer)) == answer
