"""The national layers of Bosnia and Herzegovina: every row accounted for."""

import pytest
import shapely

from landrelease.exchange import by_code, guess_mapping, prepare, read_table
from landrelease.geometry import area_m2, unite

pytestmark = pytest.mark.data


def prepared(shared, layer, kind, **fields):
    """The rows of one layer, prepared without a mapping file."""
    table = read_table(shared / "data/bih-mines" / f"{layer}.geojson")
    return prepare(table, guess_mapping(table, kind), set_fields=fields)


def test_suspected_areas(shared):
    """3,094 null and 3 empty geometries wait; 467 are mended; the union is 806.9 km², the sum 812.3."""
    found = prepared(shared, "suspect_areas_simplyfied", "hazardous_area", hazard_kind="SHA")
    accepted = [row for row in found.rows if not row.quarantined]
    codes = by_code(found.issues)
    assert (len(found.rows), len(accepted)) == (11_068, 7_971)
    assert (codes["geometry_missing"], codes["geometry_empty"]) == (3_094, 3)
    assert sum(row.repaired for row in accepted) == codes["geometry_invalid_repaired"] == 467
    shapes = [row.geometry for row in accepted]
    assert shapely.is_valid(shapes).all()
    assert area_m2(shapes).sum() / 1e6 == pytest.approx(812.3, abs=0.1)
    assert area_m2(unite(shapes)) / 1e6 == pytest.approx(806.9, abs=0.1)


@pytest.mark.parametrize(
    ("layer", "kind", "fields", "read", "waiting", "duplicates"),
    [
        ("cleared_areas_simplyfied", "land_release_product", {"method": "cleared"}, 8_329, 114, 94),
        ("incidents", "accident", {}, 1_442, 0, 202),
        ("lifted_minefields", "minefield_record", {"status": "lifted"}, 925, 0, 90),
        ("cantons", "district", {}, 142, 0, 0),
    ],
)
def test_other_layers(shared, layer, kind, fields, read, waiting, duplicates):
    """Rows without geometry wait, duplicates are kept and named, and no identity is shared."""
    found = prepared(shared, layer, kind, **fields)
    assert len(found.rows) == len({row.identity for row in found.rows}) == read
    assert sum(row.quarantined for row in found.rows) == waiting
    assert by_code(found.issues).get("duplicate_geometry", 0) == duplicates


def test_districts_have_their_name_and_code(shared):
    """The names of geoBoundaries' columns are known."""
    body = prepared(shared, "cantons", "district").rows[0].body
    assert body["name"] == "Olovo"
    assert body["code"] == "43093233B78325541023921"
