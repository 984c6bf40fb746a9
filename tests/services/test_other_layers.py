"""The next month under a new file name: said in words and numbers, and nothing is joined by itself."""

from __future__ import annotations

import pytest

from landrelease.services import land, layers
from tests.services.test_mending import register, square, take, write_layer

__all__ = ["register"]

HOW = {"kind": "hazardous_area", "set_fields": {"hazard_kind": "SHA"}}


@pytest.mark.parametrize(
    ("names", "areas"), [(({}, {}), 4), (({"local_id": "A"}, {"local_id": "B"}), 3)]
)
def test_rows_of_another_layer_are_counted(register, tmp_path, names, areas):
    """By id or by the same outline, in the preview and in the account; new ground is not."""
    two = square(17, **names[0]), square(18, **names[1])
    take(register, write_layer(tmp_path, *two, name="susp_2024_01.geojson"))
    path = write_layer(tmp_path, *two, square(19, local_id="C"), name="susp_2024_02.geojson")
    if areas == 4:
        path = write_layer(tmp_path, *two, name="susp_2024_02.geojson")
    call = layers.ImportCall(file=path, **HOW)
    expected = [{"layer": "susp_2024_01", "rows": 2}]
    assert layers.preview(register, call)["other_layers"] == expected
    assert take(register, path)["other_layers"] == expected
    assert len(land.areas(register)["areas"]) == areas


def test_a_layer_that_the_mapping_names_is_no_doubt(register, tmp_path):
    """Whoever names the layer knows what it is: nothing is said."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "layer: other\nkind: hazardous_area\nfields: {hazard_kind: {constant: SHA}}\n"
    )
    take(register, write_layer(tmp_path, square(17), name="susp_2024_01.geojson"))
    again = write_layer(tmp_path, square(17), name="susp_2024_02.geojson")
    assert take(register, again, mapping=mapping)["other_layers"] == []


def test_the_same_layer_and_other_ground_are_no_doubt(register, tmp_path):
    """The same file name is the same layer, and a square elsewhere is of no other."""
    path = write_layer(tmp_path, square(17), name="susp_2024_01.geojson")
    take(register, path)
    assert take(register, path)["other_layers"] == []
    elsewhere = write_layer(tmp_path, square(18), name="roads.geojson")
    assert take(register, elsewhere)["other_layers"] == []
